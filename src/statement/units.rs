//! Which unit a statement's figures really have.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Statement;
use crate::grid::Grid;
use crate::money::{Closeness, Interval, Money, Unit};
use crate::period::{Measure, Period};
use crate::table::Column;

/// Gives statements without a unit that of the document's main statements, and corrects a declared unit that the
/// same figures elsewhere in the document prove wrong.
pub fn settle(grids: &[Grid], statements: &mut [Statement]) {
    let input = |s: &Statement| grids[s.table.grid as usize].input;
    let mut of_main = HashMap::new();
    for main in statements.iter().filter(|s| s.kind.is_main()) {
        if let Some(unit) = main.declared_unit {
            of_main.entry(input(main)).or_insert(unit);
        }
    }
    for statement in statements.iter_mut().filter(|s| s.declared_unit.is_none()) {
        statement.unit = of_main.get(&input(statement)).copied().unwrap_or_default();
    }
    for (file, unit) in told_by_other_files(grids, statements, |file| !of_main.contains_key(&file)) {
        let own = |s: &&mut Statement| input(s) == file && s.declared_unit.is_none();
        statements.iter_mut().filter(own).for_each(|statement| statement.unit = unit);
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

/// The units of tables that name none, by the files that they stand in: notes in another file than the main statements.
/// They are written in the unit of these where they have as many of their figures as are not there by chance, and none
/// in kronor.
fn told_by_other_files(
    grids: &[Grid],
    statements: &[Statement],
    is_open: impl Fn(usize) -> bool,
) -> Vec<(usize, Unit)> {
    let input = |s: &Statement| grids[s.table.grid as usize].input;
    // Distinct figures by file and unit.
    let mut found: BTreeMap<usize, [FxHashSet<Fine>; 3]> = BTreeMap::new();
    let open: Vec<&Statement> = statements.iter().filter(|s| s.declared_unit.is_none() && is_open(input(s))).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let mut known: FxHashMap<Fine, Unit> = FxHashMap::default();
    for main in statements.iter().filter(|s| s.kind.is_main() && s.declared_unit.is_some()) {
        known.extend(fine_figures(main).map(|figure| (figure, main.unit)));
    }
    for statement in open {
        let of_units = found.entry(input(statement)).or_default();
        for (period, measure, amount) in fine_figures(statement) {
            for (figures, unit) in of_units.iter_mut().zip(UNITS) {
                let figure = (period, measure, (amount * unit.factor()).normalize());
                if known.get(&figure) == Some(&unit) {
                    figures.insert(figure);
                }
            }
        }
    }
    let told = |(file, [kronor, others @ ..]): (usize, [FxHashSet<_>; 3])| {
        let (figures, unit) = others.iter().zip(&UNITS[1..]).max_by_key(|(figures, _)| figures.len())?;
        let declared = || statements.iter().filter(|s| input(s) == file).filter_map(|s| s.declared_unit);
        let beside = if declared().all(|other| other == *unit) { declared().count() } else { 0 };
        let enough = !figures.is_empty() && figures.len() + beside >= FEWEST;
        (kronor.is_empty() && enough).then_some((file, *unit))
    };
    found.into_iter().filter_map(told).collect()
}

/// A figure of three digits and more in kronor, without its sign: a note may have it otherwise.
type Fine = (Period, Measure, Money);

const UNITS: [Unit; 3] = [Unit::Kronor, Unit::Thousands, Unit::Millions];

/// So many figures are not the same by chance; one fewer for each other table of the file that says the unit, where all
/// that say one say the same.
const FEWEST: usize = 3;

fn fine_figures(statement: &Statement) -> impl Iterator<Item = Fine> {
    let columns = statement.columns().iter().enumerate();
    let of_column = move |(c, column): (usize, &Column)| Some((c, column.period?, column.measure?));
    columns.filter_map(of_column).flat_map(move |(c, period, measure)| {
        let amounts = (0..statement.lines().len()).filter_map(move |line| Some(statement.interval(line, c)?.middle));
        let fine = amounts.filter(|amount| amount.significant() >= 3);
        fine.map(move |amount| (period, measure, amount.abs().normalize()))
    })
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
    let (found, unit) = UNITS
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
