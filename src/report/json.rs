//! The report for machines, schema `avstam/check/1`: a promise to users, so the structs here are its own and the
//! order of their fields is the order on the page.

use std::io::{self, Write};

use serde::Serialize;

use super::order::findings;
use super::proof::{self, Evidence};
use super::{bodies, rule};
use crate::book::Book;
use crate::book::identity::{Document, Standing};
use crate::check::{self, Report};
use crate::finding::{self, Language};
use crate::grid::At;
use crate::ledger::Ledger;
use crate::marks::fingerprint;
use crate::money::Money;
use crate::read;

/// Whether machines read one object or one a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Pretty,
    Line,
}

#[derive(Serialize)]
struct Check<'a> {
    schema: &'static str,
    tool: Tool,
    inputs: Vec<Input>,
    /// Whose the files are, where they are of several; each is reconciled by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bodies: Vec<Body>,
    findings: Vec<Finding<'a>>,
    checks: Checks,
    coverage: Coverage,
    marks: Marks<'a>,
    baseline: Option<Baseline>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence<'a>>,
}

#[derive(Serialize)]
struct Body {
    entity: Entity,
    inputs: Vec<usize>,
    errors: usize,
    warnings: usize,
    infos: usize,
    accepted: usize,
    tested: usize,
    held: usize,
}

#[derive(Serialize)]
struct Baseline {
    known: usize,
    gone: usize,
}

#[derive(Serialize)]
struct Marks<'a> {
    accepted: usize,
    expired: usize,
    unused: Vec<Unused<'a>>,
}

#[derive(Serialize)]
struct Unused<'a> {
    rule: &'a str,
    about: &'a str,
    #[serde(flatten)]
    sign: Sign<'a>,
}

#[derive(Serialize)]
struct Sign<'a> {
    reason: &'a str,
    initials: &'a str,
    date: &'a str,
}

#[derive(Serialize)]
struct Mark<'a> {
    state: &'static str,
    #[serde(flatten)]
    sign: Sign<'a>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    cell: &'a str,
    from: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(super) const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
pub(super) struct Input {
    path: String,
    sha256: String,
    format: Option<&'static str>,
    /// In English whatever the language: only messages and texts follow it.
    error: Option<String>,
    role: &'static str,
    /// Of its figures, the year that it is about first.
    years: Vec<i32>,
    entity: Entity,
    /// It is reconciled with the other files of the book.
    together: bool,
    /// The objects that alone count of a ledger, dimension and number, where the settings name any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    objects: Vec<String>,
    /// Which of the bodies it is of, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<usize>,
}

/// Whose the accounts are, as far as the file tells.
#[derive(Serialize)]
struct Entity {
    name: Option<String>,
    number: Option<String>,
}

#[derive(PartialEq, Eq, Serialize)]
pub(super) struct Place<'a> {
    input: usize,
    sheet: &'a str,
    cell: String,
}

#[derive(PartialEq, Eq, Serialize)]
struct Cell<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    role: &'static str,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    /// Which of the bodies it is about, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<usize>,
    period: Option<String>,
    unit: Option<&'static str>,
    stated: Option<String>,
    expected: Option<String>,
    difference: Option<String>,
    suspect: Option<Place<'a>>,
    cells: Vec<Cell<'a>>,
    causes: Vec<Cause<'a>>,
    consequences: Vec<Consequence<'a>>,
    /// The same wherever its cells stand, another when a value changes.
    fingerprint: String,
    mark: Option<Mark<'a>>,
}

#[derive(Serialize)]
struct Cause<'a> {
    kind: &'static str,
    text: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    from: Option<String>,
    to: String,
}

#[derive(Serialize)]
struct Consequence<'a> {
    rule: &'static str,
    message: &'a str,
    cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
struct Checks {
    tested: usize,
    held: usize,
    broke: usize,
    untestable: usize,
}

#[derive(Serialize)]
struct Coverage {
    amounts: usize,
    tied: usize,
    summed: usize,
    untied: usize,
    unread: usize,
    outside: usize,
}

/// Writes the report of a book. `full`: with every tested relation, and what each amount rests on.
pub fn check(
    out: &mut dyn Write,
    book: &Book,
    report: &Report,
    language: Language,
    layout: Layout,
    full: bool,
) -> io::Result<()> {
    let relations = if full { proof::tested(report) } else { Vec::new() };
    let by_cell = proof::by_cell(&relations);
    let check::Tally { tested, held, broke, untestable } = report.tally;
    let coverage = &report.coverage;
    let numbers = numbers(book);
    let check = Check {
        schema: "avstam/check/1",
        tool: TOOL,
        inputs: inputs(book),
        bodies: bodies(book, report),
        findings: findings(book, report).iter().map(|(_, found)| finding(book, &numbers, found, language)).collect(),
        checks: Checks { tested, held, broke, untestable },
        coverage: Coverage {
            amounts: coverage.amounts,
            tied: coverage.tied,
            summed: coverage.summed,
            untied: coverage.untied.len(),
            unread: book.unread_amounts(),
            outside: coverage.numbers_outside(),
        },
        marks: marks(report),
        baseline: report.baseline.map(|check::Baseline { known, gone }| Baseline { known, gone }),
        evidence: full.then(|| proof::evidence(book, report, &relations, &by_cell, language)),
    };
    write(out, &check, layout)
}

pub(super) fn write(out: &mut dyn Write, value: &impl Serialize, layout: Layout) -> io::Result<()> {
    match layout {
        Layout::Pretty => serde_json::to_writer_pretty(&mut *out, value)?,
        Layout::Line => serde_json::to_writer(&mut *out, value)?,
    }
    out.write_all(b"\n")
}

pub(super) fn inputs(book: &Book) -> Vec<Input> {
    let objects = |i: usize| {
        let own = |ledger: &&Ledger| book.grids[ledger.grid as usize].input == i;
        let part = book.ledgers.iter().find(own).and_then(|ledger| ledger.part.as_ref());
        let objects = part.into_iter().flat_map(|part| &part.objects);
        objects.map(|(dimension, object)| format!("{dimension}:{object}")).collect()
    };
    let bodies = numbers(book);
    let input = |(i, (input, document)): (usize, (&read::Input, &Document))| Input {
        path: input.path.display().to_string(),
        sha256: input.sha256.clone(),
        format: input.format.map(read::Format::code),
        error: input.error.as_ref().map(ToString::to_string),
        role: document.role.code(),
        years: document.years.clone(),
        entity: Entity { name: document.name.clone(), number: document.number.clone() },
        together: document.standing == Standing::Together,
        objects: objects(i),
        body: bodies.get(document.group).copied().flatten(),
    };
    book.inputs.iter().zip(&book.documents).enumerate().map(input).collect()
}

/// The place of each group among the bodies, where there are several of these.
fn numbers(book: &Book) -> Vec<Option<usize>> {
    let mut numbers = vec![None; book.groups.len()];
    if book.is_of_several() {
        book.bodies().enumerate().for_each(|(number, group)| numbers[group] = Some(number));
    }
    numbers
}

fn bodies(book: &Book, report: &Report) -> Vec<Body> {
    let body = |(group, found): (usize, bodies::Outcome)| {
        let documents = || book.groups[group].iter().map(|&input| &book.documents[input]);
        let named = documents().filter_map(|document| Some((document.role, document.name.clone()?)));
        Body {
            entity: Entity {
                name: named.min_by_key(|(role, _)| *role).map(|(_, name)| name),
                number: documents().find_map(|document| document.number.clone()),
            },
            inputs: book.groups[group].clone(),
            errors: found.errors,
            warnings: found.warnings,
            infos: found.infos,
            accepted: found.accepted,
            tested: found.tested,
            held: found.held,
        }
    };
    let outcomes = if book.is_of_several() { bodies::outcomes(book, report) } else { Vec::new() };
    outcomes.into_iter().map(body).collect()
}

pub(super) fn place(book: &Book, at: At) -> Place<'_> {
    let grid = &book.grids[at.grid as usize];
    Place { input: grid.input, sheet: &grid.sheet, cell: grid.address(at.row, at.col) }
}

fn cells<'a>(book: &'a Book, cells: &[(At, finding::Role)]) -> Vec<Cell<'a>> {
    let cell = |&(at, role): &(At, finding::Role)| Cell { place: place(book, at), role: role.code() };
    let mut cells: Vec<Cell> = cells.iter().map(cell).collect();
    // The cells of a table that stands on one line are all that line.
    cells.dedup();
    cells
}

fn finding<'a>(
    book: &'a Book,
    bodies: &[Option<usize>],
    finding: &'a finding::Finding,
    language: Language,
) -> Finding<'a> {
    let money = |amount: Option<Money>| amount.map(|amount| amount.to_string());
    Finding {
        rule: finding.rule,
        name: rule(finding.rule).map_or("", |rule| rule.name),
        severity: finding.severity.code(),
        message: finding.message.get(language),
        body: bodies.get(finding.group).copied().flatten(),
        period: finding.period.map(|period| period.to_string()),
        unit: finding.unit.map(|unit| unit.code()),
        stated: money(finding.stated),
        expected: money(finding.expected),
        difference: money(finding.difference()),
        suspect: finding.suspect.map(|at| place(book, at)),
        cells: cells(book, &finding.cells),
        causes: finding.causes.iter().map(|found| cause(book, found, language)).collect(),
        consequences: finding.consequences.iter().map(|found| consequence(book, found, language)).collect(),
        fingerprint: fingerprint(book, finding),
        mark: finding.mark.as_ref().map(mark),
    }
}

fn sign(sign: &finding::Sign) -> Sign<'_> {
    Sign { reason: &sign.reason, initials: &sign.initials, date: &sign.date }
}

fn change(change: &finding::Change) -> Change<'_> {
    Change { cell: &change.cell, from: &change.was, to: &change.is }
}

fn mark(mark: &finding::Mark) -> Mark<'_> {
    match mark {
        finding::Mark::Accepted(by) => Mark { state: "accepted", sign: sign(by), changes: Vec::new() },
        finding::Mark::Expired(by, changes) => {
            Mark { state: "expired", sign: sign(by), changes: changes.iter().map(change).collect() }
        }
    }
}

fn unused(mark: &check::UnusedMark) -> Unused<'_> {
    Unused { rule: &mark.rule, about: &mark.about, sign: sign(&mark.sign) }
}

fn marks(report: &Report) -> Marks<'_> {
    let marks = || report.findings.iter().filter_map(|finding| finding.mark.as_ref());
    Marks {
        accepted: marks().filter(|mark| matches!(mark, finding::Mark::Accepted(_))).count(),
        expired: marks().filter(|mark| matches!(mark, finding::Mark::Expired(..))).count(),
        unused: report.unused_marks.iter().map(unused).collect(),
    }
}

fn cause<'a>(book: &'a Book, cause: &'a finding::Cause, language: Language) -> Cause<'a> {
    let edit = |edit: &finding::Edit| Edit {
        place: place(book, edit.at),
        from: edit.from.map(|from| from.to_string()),
        to: edit.to.to_string(),
    };
    Cause { kind: cause.slip.code(), text: cause.text.get(language), edits: cause.edits.iter().map(edit).collect() }
}

fn consequence<'a>(book: &'a Book, found: &'a finding::Consequence, language: Language) -> Consequence<'a> {
    Consequence { rule: found.rule, message: found.message.get(language), cells: cells(book, &found.cells) }
}
