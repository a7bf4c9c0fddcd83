//! When a text says that an insats begins and ends.

use std::cell::LazyCell;

use super::clause;
use super::passages::{each_passage, sentences};
use super::rows::Rows;
use crate::book::Book;
use crate::grid::At;
use crate::period::Date;
use crate::words::{Likeness, Naming};

/// The time of an insats, and the row that it is.
#[derive(Clone, Debug)]
pub struct Span {
    pub at: At,
    pub from: Date,
    pub to: Date,
    pub statement: usize,
    pub line: usize,
}

/// The times of all insatser that stand right under a heading with the name of a row.
pub fn spans(book: &Book) -> Vec<Span> {
    // Most books have no such text.
    let rows = LazyCell::new(|| Rows::of(book));
    let mut spans = Vec::new();
    each_passage(book, |passage| {
        for range in sentences(&passage.text) {
            let Some((from, to)) = clause::dates(&passage.text[range.clone()]) else { continue };
            let names =
                passage.headings.iter().filter(|heading| !heading.is_term()).map(|heading| Naming::of(heading.text));
            let Some(heading) = names.into_iter().find(|name| !name.is_empty()) else { continue };
            let named = rows.named(passage.input(book), &heading, Likeness::Within);
            let alone = |statement: usize| named.iter().filter(|(row, _)| row.statement == statement).count() == 1;
            let at = passage.at(range.start);
            let own = named.iter().filter(|(row, _)| alone(row.statement));
            spans.extend(own.map(|(row, _)| Span { at, from, to, statement: row.statement, line: row.line }));
        }
    });
    spans
}
