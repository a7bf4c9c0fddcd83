//! Which unit a statement's figures really have.

use std::collections::HashMap;

use super::{Kind, Statement};
use crate::grid::Grid;
use crate::money::{Closeness, Interval, Money, Unit};

/// Gives statements without a unit that of the document's main statements, and corrects a declared unit that the
/// same figures elsewhere in the document prove wrong.
pub fn settle(grids: &[Grid], statements: &mut [Statement]) {
    let input = |s: &Statement| grids[s.table.grid as usize].input;
    let mut of_main = HashMap::new();
    for main in
        statements.iter().filter(|s| matches!(s.kind, Kind::IncomeStatement | Kind::BalanceSheet | Kind::CashFlow))
    {
        if let Some(unit) = main.declared_unit {
            of_main.entry(input(main)).or_insert(unit);
        }
    }
    for statement in statements.iter_mut().filter(|s| s.declared_unit.is_none()) {
        statement.unit = of_main.get(&input(statement)).copied().unwrap_or_default();
    }
    for i in 0..statements.len() {
        if statements[i].declared_unit.is_some() {
            let near = i.saturating_sub(NEAR)..statements.len().min(i + NEAR);
            let others = near.filter(|j| *j != i).map(|j| &statements[j]);
            if let Some(unit) = proved(&statements[i], others) {
                statements[i].unit = unit;
            }
        }
    }
}

/// What is further away than so many statements is not compared: a file of thousands of tables would have millions of
/// pairs.
const NEAR: usize = 300;

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
fn proved<'a>(statement: &'a Statement, others: impl Iterator<Item = &'a Statement> + Clone) -> Option<Unit> {
    let shared = shared_figures(statement, others)?;
    let agreeing = |unit: Unit| -> Vec<&Shared> {
        let scale = |figure: &Interval| Interval {
            middle: (figure.middle * unit.factor()).divide(statement.unit.factor()).unwrap_or_default(),
            half: (figure.half * unit.factor()).divide(statement.unit.factor()).unwrap_or_default(),
        };
        shared.iter().filter(|shared| scale(&shared.own).closeness(shared.other) != Closeness::Off).collect()
    };
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
/// statements declare different units. Nothing where one is the same in the declared unit.
fn shared_figures<'a>(
    statement: &'a Statement,
    others: impl Iterator<Item = &'a Statement> + Clone,
) -> Option<Vec<Shared>> {
    let mut shared = Vec::new();
    for (c, column) in statement.columns().iter().enumerate() {
        let (Some(period), Some(measure)) = (column.period, column.measure) else { continue };
        // Few of the others have the column, and most columns have many lines.
        let same = |(place, other): (usize, &'a Statement)| Some((place, other, other.column(period, measure)?));
        let others: Vec<(usize, &Statement, usize)> = others.clone().enumerate().filter_map(same).collect();
        for (i, line) in statement.lines().iter().enumerate() {
            // Small figures agree with anything.
            let own = statement.interval(i, c).filter(|own| own.middle.abs() >= Money::from(1_000) * own.half);
            let Some(own) = own else { continue };
            for &(place, other, column) in &others {
                let same_unit = other.declared_unit == statement.declared_unit;
                let found = match line.concept {
                    Some(found) => other.line(found.concept),
                    None if same_unit => None,
                    None => other.lines().iter().position(|l| l.wording == line.wording),
                };
                let Some(other) = found.and_then(|line| other.interval(line, column)) else { continue };
                if own.closeness(other) != Closeness::Off {
                    return None;
                }
                shared.push(Shared { own, other, place, same_unit });
            }
        }
    }
    Some(shared)
}
