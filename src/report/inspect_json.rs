//! What was understood, for machines: schema `avstam/inspect/1`.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use serde::Serialize;

use super::json::{Input, Layout, Place, inputs, place, write};
use crate::book::Book;
use crate::book::accounts::{self, Proposal};
use crate::grid::{At, Source, column_name};
use crate::ledger::{Account, Figure, Ledger, Year};
use crate::money::{Money, Unit};
use crate::relation::{Check, Confidence, Operand, Relation};
use crate::statement::Statement;
use crate::table::unmarked;

#[derive(Serialize)]
struct Inspect<'a> {
    schema: &'static str,
    inputs: Vec<Input>,
    tables: Vec<Table<'a>>,
    relations: Vec<Equation<'a>>,
    /// Rows of notes that accounts make by name and amount; only where there is a ledger.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    proposals: Vec<NoteRow<'a>>,
}

/// A row of a note and the accounts that it seems to be made of.
#[derive(Serialize)]
struct NoteRow<'a> {
    /// The input that the ledger is.
    ledger: usize,
    accounts: Vec<&'a str>,
    row: Place<'a>,
    label: &'a str,
    /// The line of `[note-rows]` that accepts it.
    setting: String,
}

#[derive(Serialize)]
struct Table<'a> {
    input: usize,
    sheet: &'a str,
    range: String,
    kind: &'static str,
    title: Option<&'a str>,
    unit: &'static str,
    columns: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Column<'a> {
    column: String,
    period: Option<String>,
    measure: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
}

#[derive(Serialize)]
struct Row<'a> {
    row: u32,
    label: &'a str,
    concept: Option<&'static str>,
    note: Option<String>,
    role: &'static str,
    /// Of a trial balance only.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    balances: Vec<Balances>,
}

/// What a ledger tells of an account in a year; null where it does not.
#[derive(Serialize)]
struct Balances {
    period: String,
    opening: Option<String>,
    moved: Option<String>,
    closing: Option<String>,
    result: Option<String>,
}

#[derive(Serialize)]
struct Equation<'a> {
    kind: &'static str,
    by: &'static str,
    result: Place<'a>,
    terms: Vec<Term<'a>>,
    /// Null where it could not be tested.
    holds: Option<bool>,
    /// From 0 to 1, as a decimal: how sure it is that the result is meant to be made of the terms.
    confidence: String,
    /// What speaks for that: `form`, `wording`, `formula`, `siblings`, `nested`, `arithmetic`.
    evidence: Vec<&'static str>,
}

#[derive(Serialize)]
struct Term<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    coefficient: String,
}

/// Writes what was understood of a book, and the relations that were claimed on it.
pub fn inspect(out: &mut dyn Write, book: &Book, checks: &[Check], layout: Layout) -> io::Result<()> {
    let inspect = Inspect {
        schema: "avstam/inspect/1",
        inputs: inputs(book),
        tables: book
            .statements
            .iter()
            .map(|statement| table(book, statement))
            .chain(book.ledgers.iter().map(|ledger| trial_balance(book, ledger)))
            .collect(),
        relations: relations(book, checks),
        proposals: accounts::proposals(book).iter().map(|proposal| note_row(book, proposal)).collect(),
    };
    write(out, &inspect, layout)
}

fn note_row<'a>(book: &'a Book, proposal: &Proposal<'a>) -> NoteRow<'a> {
    NoteRow {
        ledger: book.grids[proposal.ledger.grid as usize].input,
        accounts: proposal.accounts.iter().map(|account| account.number.as_str()).collect(),
        row: place(book, book.at(proposal.spot)),
        label: book.label(proposal.spot).trim(),
        setting: proposal.setting(book),
    }
}

fn table<'a>(book: &'a Book, statement: &'a Statement) -> Table<'a> {
    let grid = &book.grids[statement.table.grid as usize];
    let column = |column: &'a crate::table::Column| Column {
        column: column_name(grid.origin(0, column.col).1),
        period: column.period.map(|period| period.to_string()),
        measure: column.measure.map(|measure| measure.code()),
        entity: column.entity.as_deref(),
    };
    let row = |line: &'a crate::table::Line| Row {
        row: grid.origin(line.row, 0).0 + 1,
        label: &line.label,
        concept: line.concept.map(|found| found.concept.code()),
        note: line.note.map(|note| note.number.to_string()),
        role: line.role.code(),
        account: None,
        balances: Vec::new(),
    };
    Table {
        input: grid.input,
        sheet: &grid.sheet,
        range: grid.range(statement.table.area),
        kind: statement.kind.code(),
        title: statement.table.title.as_ref().map(|title| title.text.as_str()),
        unit: statement.unit.code(),
        columns: statement.columns().iter().map(column).collect(),
        rows: statement.lines().iter().map(row).collect(),
    }
}

/// The accounts of a ledger, each at the line that declares it, with what is told of it.
fn trial_balance<'a>(book: &'a Book, ledger: &'a Ledger) -> Table<'a> {
    let grid = &book.grids[ledger.grid as usize];
    let figure = |figure: Option<Figure>| figure.map(|figure| figure.value.to_string());
    let row = |account: &'a Account| Row {
        row: account.declared.or(account.used).unwrap_or_default().row + 1,
        label: &account.name,
        concept: None,
        note: None,
        role: "line",
        account: Some(&account.number),
        balances: ledger.years.iter().filter_map(|year| balances(account, year, figure)).collect(),
    };
    let (last, _) = grid.last().unwrap_or_default();
    Table {
        input: grid.input,
        sheet: &grid.sheet,
        range: format!("A1:A{}", last + 1),
        kind: "trial-balance",
        title: ledger.header.name.as_ref().map(|said| said.text.as_str()),
        unit: Unit::Kronor.code(),
        columns: Vec::new(),
        rows: ledger.counted().iter().map(row).collect(),
    }
}

fn balances(account: &Account, year: &Year, figure: impl Fn(Option<Figure>) -> Option<String>) -> Option<Balances> {
    let balance = account.balance(year.index).copied().unwrap_or_default();
    let moved = account.moved(year);
    let told = balance.opening.or(balance.closing).or(balance.result).is_some();
    (told || !moved.is_zero()).then(|| Balances {
        period: format!("{}..{}", year.from, year.to),
        opening: figure(balance.opening),
        moved: (!account.movements.is_empty()).then(|| moved.to_string()),
        closing: figure(balance.closing),
        result: figure(balance.result),
    })
}

fn equation<'a>(book: &'a Book, check: &Check) -> Equation<'a> {
    let relation = &check.relation;
    Equation {
        kind: relation.kind.code(),
        by: relation.rule,
        result: place(book, relation.result.at),
        terms: relation
            .terms
            .iter()
            .map(|term| Term { place: place(book, term.at), coefficient: coefficient(relation, term).to_string() })
            .collect(),
        holds: (check.held() || check.broke()).then(|| check.held()),
        confidence: decimal(confidence(check)),
        evidence: evidence(book, check),
    }
}

/// In per cent: figures that come out leave little doubt.
fn confidence(check: &Check) -> u8 {
    let claimed = check.relation.confidence;
    let confidence = if check.held() { claimed.max(Confidence::SURE) } else { claimed };
    confidence.percent()
}

fn evidence(book: &Book, check: &Check) -> Vec<&'static str> {
    let result = check.relation.result.at;
    let has_form = book.statements[check.relation.table].kind.has_form();
    let grid = &book.grids[result.grid as usize];
    let mut evidence = vec![if has_form { "form" } else { "wording" }];
    if grid.get(result.row, result.col).is_some_and(|cell| cell.formula().is_some()) {
        evidence.push("formula");
    }
    if check.held() {
        evidence.push("arithmetic");
    }
    evidence
}

fn decimal(percent: u8) -> String {
    Money::new(percent.into(), 2).normalize().to_string()
}

/// Four times a quarter is the whole: the relation is written for its result, so the quarter's terms count 0.25.
fn coefficient(relation: &Relation, term: &Operand) -> Money {
    let whole = |number: i32| Money::from(i64::from(number));
    whole(term.coefficient).divide(whole(relation.result.coefficient)).unwrap_or_else(|| whole(term.coefficient))
}

/// What rules claim of the statements they know, and the arithmetic that nobody declared, which speaks first for
/// tables of no form.
fn relations<'a>(book: &'a Book, checks: &[Check]) -> Vec<Equation<'a>> {
    let has_form = |check: &&Check| book.statements[check.relation.table].kind.has_form();
    let (formal, formless): (Vec<&Check>, Vec<&Check>) = checks.iter().partition(has_form);
    let mut known = Known::default();
    formal.iter().for_each(|check| known.add(check.relation.result.at, check.relation.cells()));
    let mut equations: Vec<Equation> = formal.iter().map(|check| equation(book, check)).collect();
    let found: Vec<Arithmetic> =
        unmarked(book).into_iter().filter(|found| !known.has(found.result, found.cells())).collect();
    found.iter().for_each(|found| known.add(found.result, found.cells()));
    // What the figures tell, a rule may claim too; blanks are in its claim only.
    let filled = |relation: &Relation| {
        let filled = relation.terms.iter().filter(|term| term.figure.is_some()).map(|term| term.at);
        sorted(std::iter::once(relation.result.at).chain(filled))
    };
    let claimed: HashMap<Vec<At>, &'static str> =
        formless.iter().map(|check| (filled(&check.relation), check.relation.rule)).collect();
    let by = |found: &Arithmetic| claimed.get(&sorted(found.cells())).copied().unwrap_or("unmarked");
    equations.extend(found.iter().map(|found| found.equation(book, by(found))));
    // A claim on a table of no form rests on its wording alone. Where the figures of its sheet are enough to tell,
    // they have told; where they are not, the claim is heard if it holds.
    let told: HashSet<u32> = found.iter().filter(|found| found.is_linear()).map(|found| found.result.grid).collect();
    let heard = |check: &&&Check| {
        let relation = &check.relation;
        check.held() && !told.contains(&relation.result.at.grid) && !known.has(relation.result.at, relation.cells())
    };
    equations.extend(formless.iter().filter(heard).map(|check| equation(book, check)));
    equations
}

/// Relations that are listed already: by their result, and by their cells whichever of them is called the result.
#[derive(Default)]
struct Known {
    results: HashSet<At>,
    cells: HashSet<Vec<At>>,
}

impl Known {
    fn add(&mut self, result: At, cells: impl Iterator<Item = At>) {
        self.results.insert(result);
        self.cells.insert(sorted(cells));
    }

    fn has(&self, result: At, cells: impl Iterator<Item = At>) -> bool {
        self.results.contains(&result) || self.cells.contains(&sorted(cells))
    }
}

/// A relation that nobody declared, at its places in the book.
struct Arithmetic {
    kind: unmarked::Kind,
    result: At,
    terms: Vec<(At, i8)>,
    holds: bool,
    confidence: u8,
    evidence: Vec<unmarked::Evidence>,
}

impl Arithmetic {
    fn is_linear(&self) -> bool {
        matches!(self.kind, unmarked::Kind::Sum | unmarked::Kind::Difference)
    }

    fn cells(&self) -> impl Iterator<Item = At> + '_ {
        std::iter::once(self.result).chain(self.terms.iter().map(|(cell, _)| *cell))
    }

    fn equation<'a>(&self, book: &'a Book, by: &'static str) -> Equation<'a> {
        let term =
            |&(cell, coefficient): &(At, i8)| Term { place: place(book, cell), coefficient: coefficient.to_string() };
        Equation {
            kind: self.kind.code(),
            by,
            result: place(book, self.result),
            terms: self.terms.iter().map(term).collect(),
            holds: Some(self.holds),
            confidence: decimal(self.confidence),
            evidence: self
                .evidence
                .iter()
                .map(|evidence| evidence.code())
                .chain(self.holds.then_some("arithmetic"))
                .collect(),
        }
    }
}

fn unmarked(book: &Book) -> Vec<Arithmetic> {
    let mut found = Vec::new();
    for (i, grid) in book.grids.iter().enumerate().filter(|(_, grid)| grid.source != Source::Ledger) {
        let at = |(row, col): (u32, u32)| At { grid: i as u32, row, col };
        found.extend(unmarked::find(grid).into_iter().map(|found| Arithmetic {
            kind: found.kind,
            result: at(found.result),
            terms: found.terms.iter().map(|&(cell, coefficient)| (at(cell), coefficient)).collect(),
            holds: found.holds,
            confidence: found.confidence,
            evidence: found.evidence,
        }));
    }
    found
}

/// The cells of an equation, whichever of them is called the result.
fn sorted(cells: impl Iterator<Item = At>) -> Vec<At> {
    let mut cells: Vec<At> = cells.collect();
    cells.sort_unstable();
    cells
}
