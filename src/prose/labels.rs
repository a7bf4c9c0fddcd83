//! Amounts inside the labels of rows (`Beräknat eget kapital från 2022 är 1 689 729`), and what the texts say of the same.

use super::clause::{self, Mention};
use super::passages::each_passage;
use super::rows::Rows;
use super::ties;
use super::when::When;
use crate::book::Book;
use crate::grid::At;
use crate::money::{Interval, Money, Unit};
use crate::words::Concept;
use crate::words::running::Spoken;

/// An amount in a label.
#[derive(Clone, Debug)]
pub struct Label {
    pub statement: usize,
    pub line: usize,
    pub stated: Money,
    pub unit: Unit,
    /// In kronor.
    pub interval: Interval,
    /// What the running text says of the same thing at the same time.
    pub said: Vec<Said>,
}

#[derive(Clone, Debug)]
pub struct Said {
    pub at: At,
    pub quote: String,
    pub interval: Interval,
}

/// The amounts in the labels of the book's tables.
pub fn labels(book: &Book) -> Vec<Label> {
    let mut labels = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.copy_of.is_none()) {
        for (l, line) in statement.lines().iter().enumerate() {
            if !line.label.bytes().any(|b| b.is_ascii_digit()) {
                continue;
            }
            let Some((concept, mention)) = amount(&line.label) else { continue };
            let unit = mention.figure.unit.unwrap_or(statement.unit);
            let interval = Interval::of(mention.figure.amount, unit);
            let label =
                Label { statement: i, line: l, stated: mention.figure.amount.value, unit, interval, said: Vec::new() };
            labels.push((concept, label));
        }
    }
    if !labels.is_empty() {
        let rows = Rows::of(book);
        each_passage(book, |passage| {
            let year = rows.year(passage.input(book));
            for (offset, mention) in ties::mentions(&passage) {
                for (concept, label) in &mut labels {
                    if tells(&mention, *concept, year)
                        && let Some(unit) = mention.figure.unit
                    {
                        let quote = ties::quote(&passage, offset, &mention);
                        let interval = mention.precision.interval(&mention.figure, unit);
                        label.said.push(Said { at: passage.at(offset), quote, interval });
                    }
                }
            }
        });
    }
    labels.into_iter().map(|(_, label)| label).collect()
}

/// The only amount of a label and what it is of.
fn amount(label: &str) -> Option<(Concept, Mention)> {
    let mut mentions = clause::mentions(label).into_iter();
    let mention = mentions.next().filter(|mention| mentions.next().is_none() && mention.is_level())?;
    match mention.spoken.as_slice() {
        [Spoken::Concept(concept)] if mention.named.is_empty() => Some((*concept, mention)),
        _ => None,
    }
}

/// Whether a text tells of the concept as it is when the document is written.
fn tells(mention: &Mention, concept: Concept, year: Option<i32>) -> bool {
    let now = match mention.when {
        When::Unsaid | When::Now => true,
        When::Year(said) => mention.recalled || Some(said) == year,
        _ => false,
    };
    now && mention.plain
        && mention.is_level()
        && mention.named.is_empty()
        && mention.spoken == [Spoken::Concept(concept)]
}
