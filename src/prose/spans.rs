//! When a text says that an insats begins and ends.

use super::clause;
use super::passages::{passages, sentences};
use super::rows::Rows;
use crate::book::Book;
use crate::grid::At;
use crate::period::Date;
use crate::words::{Likeness, Naming};

/// The time of an insats, and the rows that it is.
#[derive(Clone, Debug)]
pub struct Span {
    pub at: At,
    pub from: Date,
    pub to: Date,
    /// Statement and line.
    pub rows: Vec<(usize, usize)>,
}

/// The times of all insatser that stand under a heading with the name of a row.
pub fn spans(book: &Book) -> Vec<Span> {
    let rows = Rows::of(book);
    let mut spans = Vec::new();
    for passage in passages(book) {
        for range in sentences(&passage.text) {
            let Some((from, to)) = clause::dates(&passage.text[range.clone()]) else { continue };
            let named = passage.headings.iter().map(|heading| rows.named(&Naming::of(heading), Likeness::Within));
            let Some(named) = named.into_iter().find(|named| !named.is_empty()) else { continue };
            let rows = named.iter().map(|(row, _)| (row.statement, row.line)).collect();
            spans.push(Span { at: passage.at(range.start), from, to, rows });
        }
    }
    spans
}
