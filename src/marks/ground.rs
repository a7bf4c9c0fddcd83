//! What a finding rests on, in words and values instead of places.

use sha2::{Digest, Sha256};

use crate::book::Book;
use crate::finding::{Finding, Language};
use crate::grid::{At, Value};
use crate::period::Measure;
use crate::statement::Statement;
use crate::table::Entry;
use crate::words::fold;

/// A cell that a finding rests on: what it is called, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ground {
    /// Kind of statement, label and column: `balance-sheet, Kassa och bank, 2019`.
    pub cell: String,
    pub value: String,
}

impl Ground {
    /// The cell's name in its comparable form.
    pub fn key(&self) -> String {
        fold(&self.cell)
    }
}

/// What a finding rests on, in an order that no moved row changes.
pub fn grounds(book: &Book, finding: &Finding) -> Vec<Ground> {
    let own = finding.cells.len().saturating_sub(finding.only_in_causes);
    let mut grounds: Vec<Ground> = finding.cells[..own].iter().map(|(at, _)| ground(book, *at)).collect();
    if grounds.is_empty() {
        // What is said of no cell rests on what it says.
        let value = finding.message.get(Language::Swedish).to_owned();
        grounds.push(Ground { cell: "text".into(), value });
    }
    grounds.sort_by_cached_key(|ground| (ground.key(), ground.value.clone()));
    grounds
}

/// A short name of a finding by what it rests on: the same wherever its cells stand, another when a value changes.
pub fn fingerprint(book: &Book, finding: &Finding) -> String {
    let mut digest = Sha256::new();
    digest.update(finding.rule);
    for ground in grounds(book, finding) {
        digest.update([0]);
        digest.update(ground.key());
        digest.update([1]);
        digest.update(&ground.value);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn ground(book: &Book, at: At) -> Ground {
    let about = book.statements.iter().find_map(|statement| Some((statement, place(statement, at)?)));
    match about {
        Some((statement, (line, Some(column)))) => Ground {
            cell: named(statement, line, Some(column)),
            value: match &statement.lines()[line].entries[column] {
                Entry::Blank | Entry::Dash | Entry::Absent => String::new(),
                Entry::Figure(figure) if figure.percent => format!("{} %", figure.amount.value),
                Entry::Figure(figure) => figure.amount.value.to_string(),
                _ => text(book, at),
            },
        },
        Some((statement, (line, None))) => Ground { cell: named(statement, line, None), value: text(book, at) },
        None => Ground { cell: "text".into(), value: text(book, at) },
    }
}

/// The line of a cell, and the column where it is an entry.
fn place(statement: &Statement, at: At) -> Option<(usize, Option<usize>)> {
    if statement.table.grid != at.grid {
        return None;
    }
    let line = statement.table.line_of(at.row)?;
    let column = statement.columns().iter().position(|column| column.col == at.col);
    (column.is_some() || statement.lines()[line].at == at).then_some((line, column))
}

fn named(statement: &Statement, line: usize, column: Option<usize>) -> String {
    let mut words = vec![statement.kind.code().to_owned(), statement.lines()[line].label.trim().to_owned()];
    if let Some(column) = column.map(|column| &statement.columns()[column]) {
        match column.period {
            Some(period) => {
                words.push(period.to_string());
                let other = column.measure.filter(|measure| *measure != Measure::Actual);
                words.extend(other.map(|measure| measure.code().to_owned()));
            }
            None => words.push(column.header.trim().to_owned()),
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

/// How much of a running text is kept as it stands; the rest is told apart by its digest.
const KEPT: usize = 80;

fn text(book: &Book, at: At) -> String {
    let text = match book.cell(at).map(|cell| &cell.value) {
        Some(Value::Text(text) | Value::Error(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Some(Value::Number(amount)) => amount.value.to_string(),
        Some(Value::Date(date)) => date.to_string(),
        Some(Value::Bool(flag)) => flag.to_string(),
        Some(Value::Uncalculated) | None => String::new(),
    };
    if text.chars().count() <= KEPT {
        return text;
    }
    let kept: String = text.chars().take(KEPT).collect();
    let digest: String = Sha256::digest(&text).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{kept}… ({digest})")
}
