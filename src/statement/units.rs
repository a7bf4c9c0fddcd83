//! Which unit a statement's figures really have.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Statement;
use crate::grid::Grid;
use crate::money::{Closeness, Interval, Money, Unit};
use crate::period::{Measure, Period};
use crate::table::Column;
use crate::words;

/// Gives statements without a unit that of the document's main statements, and corrects a declared unit that the
/// same figures elsewhere in the document prove wrong.
pub fn settle(grids: &[Grid], statements: &mut [Statement]) {
    inherit(grids, statements);
    if correct(grids, statements) {
        inherit(grids, statements);
    }
}

/// Gives statements without a unit that of the main statements of their file, or of other files.
fn inherit(grids: &[Grid], statements: &mut [Statement]) {
    let input = |s: &Statement| grids[s.table.grid as usize].input;
    let of_main = units_of_main(grids, statements);
    for statement in statements.iter_mut().filter(|s| s.declared_unit.is_none()) {
        statement.unit = of_main.get(&input(statement)).copied().unwrap_or_default();
    }
    for (file, unit) in told_by_other_files(grids, statements, |file| !of_main.contains_key(&file)) {
        let own = |s: &&mut Statement| input(s) == file && s.declared_unit.is_none();
        statements.iter_mut().filter(own).for_each(|statement| statement.unit = unit);
    }
}

/// Corrects the declared units that are proved wrong, and tells whether there were any.
fn correct(grids: &[Grid], statements: &mut [Statement]) -> bool {
    let wholes: Vec<Option<Whole>> = statements.iter().map(whole_of_note).collect();
    let proof = |statements: &[Statement], i: usize| {
        let table = |j: usize| {
            let file = grids[statements[j].table.grid as usize].input;
            Table { statement: &statements[j], whole: wholes[j].as_ref(), file }
        };
        let near = i.saturating_sub(NEAR)..statements.len().min(i + NEAR);
        proved(table(i), near.filter(|j| *j != i).map(table))
    };
    let declared = (0..statements.len()).filter(|&i| statements[i].declared_unit.is_some());
    let mut wrong: Vec<(usize, Proof)> = declared.filter_map(|i| Some((i, proof(statements, i)?))).collect();
    // Of two that say different units, the one is wrong that more tables contradict; of two that contradict each other, the
    // one by which a small body would have hundreds of millions, or all but nothing.
    wrong.sort_by_key(|(i, proof)| (Reverse(proof.tables), !is_unlikely(&statements[*i])));
    let any = !wrong.is_empty();
    for (i, _) in wrong {
        if let Some(proof) = proof(statements, i) {
            statements[i].unit = proof.unit;
        }
    }
    any
}

/// Whether the figures of a statement are larger in its unit than those of a small body, or smaller. What is written in
/// thousands stays below a hundred thousand of them, and of what is written in kronor something does not.
fn is_unlikely(statement: &Statement) -> bool {
    let written = |line: usize, column: usize| statement.amount(line, column).map(|amount| amount.value.abs());
    let columns = || statement.table.amount_columns().map(|(column, _)| column);
    let figures =
        columns().flat_map(|column| (0..statement.lines().len()).filter_map(move |line| written(line, column)));
    let is_large = figures.max().is_some_and(|largest| largest >= Money::from(100_000));
    is_large == (statement.unit != Unit::Kronor)
}

/// The unit of the main statements of each file that name one: of most of them, of the first where they are divided.
fn units_of_main(grids: &[Grid], statements: &[Statement]) -> HashMap<usize, Unit> {
    let mut units: HashMap<usize, Vec<Unit>> = HashMap::new();
    for main in statements.iter().filter(|s| s.kind.is_main() && s.declared_unit.is_some()) {
        units.entry(grids[main.table.grid as usize].input).or_default().push(main.unit);
    }
    let most = |units: &[Unit]| {
        let count = |unit: &Unit| units.iter().filter(|other| *other == unit).count();
        units.iter().rev().copied().max_by_key(count).unwrap_or_default()
    };
    units.iter().map(|(&file, units)| (file, most(units))).collect()
}

/// The line that a note ends with, and what the note is called, stripped of what carries no meaning.
struct Whole {
    line: usize,
    number: u32,
    title: String,
}

/// What a note comes to is the line of a statement that refers to it or that its title names.
fn whole_of_note(statement: &Statement) -> Option<Whole> {
    let (number, title) = statement.note.as_ref()?;
    let line = statement.lines().iter().rposition(|line| line.has_figures())?;
    Some(Whole { line, number: *number, title: words::strip(&words::fold(title)) })
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
    let mut declared: HashMap<usize, Vec<Unit>> = HashMap::new();
    for statement in statements.iter().filter(|s| s.declared_unit.is_some()) {
        declared.entry(input(statement)).or_default().push(statement.unit);
    }
    let told = |(file, [kronor, others @ ..]): (usize, [FxHashSet<_>; 3])| {
        let (figures, unit) = others.iter().zip(&UNITS[1..]).max_by_key(|(figures, _)| figures.len())?;
        let declared = declared.get(&file).map_or(&[][..], Vec::as_slice);
        let beside = if declared.iter().all(|other| other == unit) { declared.len() } else { 0 };
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

/// The unit that other tables prove a statement to be in, and how many of them.
struct Proof {
    unit: Unit,
    tables: usize,
}

/// A statement, what it comes to if it is a note, and the file that it stands in.
#[derive(Clone, Copy)]
struct Table<'a> {
    statement: &'a Statement,
    whole: Option<&'a Whole>,
    file: usize,
}

impl Table<'_> {
    /// Whether it has its unit of another one: it takes its side, whichever that is.
    fn follows(&self, main: &Table<'_>) -> bool {
        self.statement.declared_unit.is_none() && main.statement.kind.is_main() && self.file == main.file
    }
}

/// Another unit than the declared one, where at least two lines of it have the figures of the same lines of other
/// statements in that unit, and none has in the declared one. Of statements that declare the same unit one alone
/// proves nothing: either of the two may be wrong.
fn proved<'a>(own: Table<'a>, others: impl Iterator<Item = Table<'a>> + Clone) -> Option<Proof> {
    let statement = own.statement;
    let shared = shared_figures(own, others.filter(|other| !other.follows(&own)))?;
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
    let tables = found.iter().map(|shared| shared.place).collect::<FxHashSet<_>>().len();
    let vouched = tables > 1 || found.iter().filter(|shared| !shared.same_unit).count() >= 2;
    (found.len() >= 2 && vouched).then_some(Proof { unit, tables })
}

/// Figures of the same line, period and measure here and elsewhere; by wording where the lines have no concept and the
/// statements declare different units. Nothing where one is the same in the declared unit. Signs are left out of it: a
/// note may have them otherwise.
fn shared_figures<'a>(own: Table<'a>, others: impl Iterator<Item = Table<'a>> + Clone) -> Option<Vec<Shared>> {
    let Table { statement, whole, .. } = own;
    let mut shared = Vec::new();
    for (c, column) in statement.columns().iter().enumerate() {
        let (Some(period), Some(measure)) = (column.period, column.measure) else { continue };
        // Few of the others have the column, and most columns have many lines.
        let same = |(place, table): (usize, Table<'a>)| Some((place, table, table.statement.column(period, measure)?));
        let others: Vec<(usize, Table<'_>, usize)> = others.clone().enumerate().filter_map(same).collect();
        for (i, line) in statement.lines().iter().enumerate() {
            // Small figures agree with anything.
            let own = statement.interval(i, c).map(Interval::abs);
            let Some(own) = own.filter(|own| own.middle >= Money::from(200) * own.half) else { continue };
            let whole = whole.filter(|whole| whole.line == i);
            for &(place, Table { statement: other, whole: other_whole, .. }, column) in &others {
                let same_unit = other.declared_unit == statement.declared_unit;
                let found = match (line.concept, whole) {
                    (Some(found), _) => other.line(found.concept).or_else(|| named(other_whole, statement, i)),
                    (None, Some(whole)) => (0..other.lines().len()).find(|&line| is_called(whole, other, line)),
                    (None, None) if same_unit => None,
                    (None, None) => other.lines().iter().position(|l| l.wording == line.wording),
                };
                let Some(other) = found.and_then(|line| other.interval(line, column)).map(Interval::abs) else {
                    continue;
                };
                if own.closeness(other) != Closeness::Off {
                    return None;
                }
                shared.push(Shared { own, other, place, same_unit });
            }
        }
    }
    Some(shared)
}

/// The total of a note that is called what a line is called.
fn named(whole: Option<&Whole>, statement: &Statement, line: usize) -> Option<usize> {
    whole.filter(|whole| is_called(whole, statement, line)).map(|whole| whole.line)
}

/// Whether a line of a statement refers to a note or is called what it is called.
fn is_called(whole: &Whole, statement: &Statement, line: usize) -> bool {
    let line = &statement.lines()[line];
    let called = || !line.wording.is_empty() && words::strip(&line.wording) == whole.title;
    statement.note.is_none() && (line.notes().any(|number| number == whole.number) || called())
}
