//! Which unit a statement's figures really have.

use super::{Kind, Statement};
use crate::grid::Grid;
use crate::money::{Closeness, Interval, Money, Unit};

/// Gives statements without a unit that of the document's main statements, and corrects a declared unit that the
/// same figures elsewhere in the document prove wrong.
pub fn settle(grids: &[Grid], statements: &mut [Statement]) {
    let input = |s: &Statement| grids[s.table.grid as usize].input;
    for i in 0..statements.len() {
        if statements[i].declared_unit.is_none() {
            let own = statements.iter().filter(|s| input(s) == input(&statements[i]));
            let main = own.filter(|s| matches!(s.kind, Kind::IncomeStatement | Kind::BalanceSheet | Kind::CashFlow));
            statements[i].unit = main.filter_map(|s| s.declared_unit).next().unwrap_or_default();
        }
    }
    for i in 0..statements.len() {
        if statements[i].declared_unit.is_some()
            && let Some(unit) =
                proved(&statements[i], statements.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, s)| s))
        {
            statements[i].unit = unit;
        }
    }
}

/// A figure of a statement, and that of the same line elsewhere.
struct Shared {
    own: Interval,
    other: Interval,
    /// Which of the other statements has it.
    place: usize,
    /// That statement declares the same unit.
    same_unit: bool,
}

/// Another unit than the declared one, where at least two lines of it have the figures of the same lines of other
/// statements in that unit, and none has in the declared one. Of statements that declare the same unit one alone
/// proves nothing: either of the two may be wrong.
fn proved<'a>(statement: &Statement, others: impl Iterator<Item = &'a Statement> + Clone) -> Option<Unit> {
    let shared = shared_figures(statement, others);
    let agreeing = |unit: Unit| -> Vec<&Shared> {
        let scale = |figure: &Interval| Interval {
            middle: (figure.middle * unit.factor()).divide(statement.unit.factor()).unwrap_or_default(),
            half: (figure.half * unit.factor()).divide(statement.unit.factor()).unwrap_or_default(),
        };
        shared.iter().filter(|shared| scale(&shared.own).closeness(shared.other) != Closeness::Off).collect()
    };
    if !agreeing(statement.unit).is_empty() {
        return None;
    }
    let (found, unit) = [Unit::Kronor, Unit::Thousands, Unit::Millions]
        .into_iter()
        .filter(|unit| *unit != statement.unit)
        .map(|unit| (agreeing(unit), unit))
        .max_by_key(|(found, _)| found.len())?;
    let several = found.windows(2).any(|pair| pair[0].place != pair[1].place);
    let vouched = several || found.iter().filter(|shared| !shared.same_unit).count() >= 2;
    (found.len() >= 2 && vouched).then_some(unit)
}

/// Figures of the same line, period and measure here and elsewhere; by wording where the lines have no concept and the
/// statements declare different units.
fn shared_figures<'a>(statement: &Statement, others: impl Iterator<Item = &'a Statement> + Clone) -> Vec<Shared> {
    let mut shared = Vec::new();
    for (i, line) in statement.lines().iter().enumerate() {
        for (c, column) in statement.columns().iter().enumerate() {
            let (Some(period), Some(measure), Some(own)) = (column.period, column.measure, statement.interval(i, c))
            else {
                continue;
            };
            // Small figures agree with anything.
            if own.middle.abs() < Money::from(1_000) * own.half {
                continue;
            }
            let elsewhere = others.clone().enumerate().filter_map(|(place, other)| {
                let same_unit = other.declared_unit == statement.declared_unit;
                let oc = other.column(period, measure)?;
                let ol = match line.concept {
                    Some(found) => other.line(found.concept)?,
                    None if same_unit => return None,
                    None => other.lines().iter().position(|l| l.wording == line.wording)?,
                };
                Some(Shared { own, other: other.interval(ol, oc)?, place, same_unit })
            });
            shared.extend(elsewhere);
        }
    }
    shared
}
