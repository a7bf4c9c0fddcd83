//! Suggestions: the changes of figures that the causes of findings propose, by names that users can give.
//!
//! A finding is named by its code and its number among those of the code, `KF02-1`; one of several explanations of it
//! by a letter, `KF02-1b`. The same files give the same names.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Book;
use crate::check::Report;
use crate::finding::{Cause, Edit, Finding, Text};
use crate::grid::{At, Cell, Grid, Value};
use crate::statement::Statement;
use crate::table::formula::Live;

/// One explanation of a finding whose changes can be put into the book.
#[derive(Clone, Debug)]
pub struct Suggestion<'a> {
    pub name: String,
    /// That of its finding.
    pub finding_name: String,
    pub finding: &'a Finding,
    pub cause: &'a Cause,
    /// Whether it is the most plausible one of its finding, and not as plausible as others.
    pub first: bool,
}

/// A change that was put into the book.
#[derive(Clone, Debug)]
pub struct Applied {
    pub name: String,
    pub rule: &'static str,
    pub edit: Edit,
    /// The cell as the source has it.
    pub was: Cell,
    pub why: Text,
}

/// All that can be put in, in the order of the book.
pub fn suggestions<'a>(book: &Book, report: &'a Report) -> Vec<Suggestion<'a>> {
    let figures = figures(book);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| finding.suspect.or(finding.cells.first().map(|(at, _)| *at)));
    let mut found = Vec::new();
    for finding in findings {
        let number = numbers.entry(finding.rule).or_default();
        *number += 1;
        let finding_name = format!("{}-{number}", finding.rule);
        for (i, cause) in finding.causes.iter().enumerate() {
            // A figure in running text is a part of its sentence.
            if cause.edits.is_empty() || !cause.edits.iter().all(|edit| figures.contains(&edit.at)) {
                continue;
            }
            let name = match finding.causes.len() {
                1 => finding_name.clone(),
                _ => format!("{finding_name}{}", letter(i)),
            };
            let first = finding.causes.len() == 1 || i == 0 && finding.suspect.is_some();
            found.push(Suggestion { name, finding_name: finding_name.clone(), finding, cause, first });
        }
    }
    found
}

/// `a`, `b`, … `z`, `aa`, …
fn letter(i: usize) -> String {
    crate::grid::column_name(i as u32).to_lowercase()
}

/// The cells where tables have their figures; of a table laid out from one line there are none.
fn figures(book: &Book) -> BTreeSet<At> {
    let mut cells = BTreeSet::new();
    for statement in &book.statements {
        if book.grids[statement.table.grid as usize].line.is_some() {
            continue;
        }
        let columns = statement.columns().len();
        let places = (0..statement.lines().len()).flat_map(|line| (0..columns).map(move |column| (line, column)));
        cells.extend(places.map(|(line, column)| statement.table.at(line, column)));
    }
    cells
}

/// Why a name leads to no single suggestion.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("nothing is suggested for {asked}: {}", what_there_is(.names, "there is ", "there is nothing to apply"))]
    Unknown { asked: String, names: Vec<String> },
    #[error("{asked} may be several suggestions: name one of {}", listed(.names, "and # more"))]
    Ambiguous { asked: String, names: Vec<String> },
    #[error("{one} and {other} change the same cell: apply one of them")]
    SameCell { one: String, other: String },
}

impl NameError {
    pub fn swedish(&self) -> String {
        match self {
            NameError::Unknown { asked, names } => {
                let what = match names.is_empty() {
                    true => "det finns inget att lägga in".to_string(),
                    false => format!("det finns {}", listed(names, "och # till (alla med avstam check -v)")),
                };
                format!("det finns inget förslag {asked}: {what}")
            }
            NameError::Ambiguous { asked, names } => {
                format!("{asked} kan vara flera förslag: ange ett av {}", listed(names, "och # till"))
            }
            NameError::SameCell { one, other } => {
                format!("{one} och {other} ändrar samma cell: lägg in ett av dem")
            }
        }
    }
}

/// How many names a message lists.
const NAMED: usize = 8;

fn listed(names: &[String], and_more: &str) -> String {
    let named = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => named,
        rest => format!("{named} {}", and_more.replace('#', &rest.to_string())),
    }
}

fn what_there_is(names: &[String], there_is: &str, nothing: &str) -> String {
    match names.is_empty() {
        true => nothing.to_string(),
        false => format!("{there_is}{}", listed(names, "and # more (all with avstam check -v)")),
    }
}

/// The suggestion of a name, or of a rule's code or a finding's name where that leaves no choice: where there is
/// one finding, and one explanation of it is the most plausible.
pub fn named<'s, 'a>(all: &'s [Suggestion<'a>], asked: &str) -> Result<&'s Suggestion<'a>, NameError> {
    let alike = |name: &str| name.eq_ignore_ascii_case(asked.trim());
    if let Some(found) = all.iter().find(|suggestion| alike(&suggestion.name)) {
        return Ok(found);
    }
    let meant: Vec<&Suggestion<'_>> = all.iter().filter(|s| alike(&s.finding_name) || alike(s.finding.rule)).collect();
    let names = |of: &[&Suggestion<'_>]| of.iter().map(|suggestion| suggestion.name.clone()).collect();
    let one_finding = meant.iter().all(|suggestion| suggestion.finding_name == meant[0].finding_name);
    match meant.as_slice() {
        [] => Err(NameError::Unknown { asked: asked.into(), names: names(&all.iter().collect::<Vec<_>>()) }),
        [only] => Ok(only),
        [first, ..] if one_finding && first.first => Ok(first),
        several => Err(NameError::Ambiguous { asked: asked.into(), names: names(several) }),
    }
}

/// A cell and those that repeat it where its part is printed again: changed alone, they would be no copies any more.
fn copies(book: &Book, at: At) -> Vec<At> {
    let of_cell = |statement: &Statement| {
        let line = statement.table.line_of(at.row)?;
        let column = (0..statement.columns().len()).find(|&column| statement.table.at(line, column) == at)?;
        Some((line, column))
    };
    let found = book.statements.iter().enumerate().find_map(|(i, statement)| Some((i, of_cell(statement)?)));
    let Some((i, (line, column))) = found else { return vec![at] };
    let original = book.statements[i].copy_of.unwrap_or(i);
    let same = |(i, statement): &(usize, &Statement)| *i == original || statement.copy_of == Some(original);
    let others = book.statements.iter().enumerate().filter(same).map(|(_, statement)| statement.table.at(line, column));
    std::iter::once(at).chain(others.filter(|other| *other != at)).collect()
}

/// The book with the changes of the named suggestions, understood anew, and what was changed.
pub fn apply(book: Book, report: &Report, asked: &[String]) -> Result<(Book, Vec<Applied>), NameError> {
    let all = suggestions(&book, report);
    let mut applied: Vec<Applied> = Vec::new();
    for asked in asked {
        let chosen = named(&all, asked)?;
        if applied.iter().any(|earlier| earlier.name == chosen.name) {
            continue;
        }
        for edit in &chosen.cause.edits {
            for at in copies(&book, edit.at) {
                if let Some(earlier) = applied.iter().find(|earlier| earlier.edit.at == at) {
                    return Err(NameError::SameCell { one: earlier.name.clone(), other: chosen.name.clone() });
                }
                let blank = || Cell::new(at.row, at.col, Value::Text("".into()));
                applied.push(Applied {
                    name: chosen.name.clone(),
                    rule: chosen.finding.rule,
                    edit: Edit { at, ..*edit },
                    was: book.cell(at).cloned().unwrap_or_else(blank),
                    why: chosen.cause.text.clone(),
                });
            }
        }
    }
    let (mut grids, live) = (book.grids.clone(), Live::of(&book.grids));
    for Applied { edit, .. } in &applied {
        grids[edit.at.grid as usize].correct(edit.at.row, edit.at.col, edit.from, edit.to);
    }
    // A total whose formula is what is wrong says nothing of those above it: they stand as they are borne out.
    let is_written = |at: &At| book.cell(*at).is_none_or(|cell| cell.formula().is_none());
    let written: Vec<At> = applied.iter().map(|applied| applied.edit.at).filter(is_written).collect();
    for (at, from) in live.compute(&mut grids, &written) {
        let cell = |grids: &[Grid]| grids[at.grid as usize].get(at.row, at.col).cloned();
        let (Some(was), Some(Cell { value: Value::Number(to), .. })) = (cell(&book.grids), cell(&grids)) else {
            continue;
        };
        let edit = Edit { at, from: Some(from), to: to.value };
        let why = Text::new("Formeln räknar om beloppet.", "The formula computes the amount again.");
        let (name, rule) = (applied[0].name.clone(), applied[0].rule);
        applied.push(Applied { name, rule, edit, was, why });
    }
    // Tables that stand on one line are laid out again, in the same order.
    grids.retain(|grid| grid.line.is_none());
    let mut mended = Book::of(book.inputs, grids);
    mended.profile = book.profile;
    Ok((mended, applied))
}
