//! What could not be placed: lines without a concept in tables whose lines have one, and tables of no known kind.

use std::collections::BTreeMap;

use super::Record;
use crate::statement::Kind;
use crate::table::Role;
use crate::words::{self, Concept};

/// A label that no line of a form was found for, in a kind of table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    pub statement: Kind,
    pub label: String,
    /// How many records have it.
    pub records: usize,
    /// Where it first stands: file, sheet and cell.
    pub first: (String, String, String),
    /// What it may be, the likeliest first.
    pub guesses: Vec<Concept>,
}

/// The labels that could not be placed, those of most records first. Notes, budgets and insatser have lines of the
/// förbund's own, and a label without a concept is as it should be there.
pub fn unplaced(records: &[Record]) -> Vec<Unplaced> {
    let mut found: BTreeMap<(Kind, String), Unplaced> = BTreeMap::new();
    for record in records.iter().filter(|record| is_unplaced(record)) {
        let entry = found.entry((record.statement, words::fold(&record.label))).or_insert_with(|| Unplaced {
            statement: record.statement,
            label: record.label.clone(),
            records: 0,
            first: (record.file.clone(), record.sheet.clone(), record.cell.clone()),
            guesses: words::guesses(&record.label, record.statement.code()),
        });
        entry.records += 1;
    }
    let mut found: Vec<Unplaced> = found.into_values().collect();
    found.sort_by_key(|unplaced| std::cmp::Reverse(unplaced.records));
    found
}

fn is_unplaced(record: &Record) -> bool {
    let form = record.statement.has_form() && record.statement != Kind::Note;
    record.concept.is_none() && form && record.role != Role::OfWhich && record.amount.is_some()
}
