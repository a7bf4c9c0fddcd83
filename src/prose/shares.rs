//! Percentages of running text that say which part of what they are, and the rows with which they can be tested.

use std::cell::LazyCell;

use super::clause;
use super::passages::{each_passage, sentences};
use super::rows::Rows;
use super::when::When;
use crate::book::{Book, Spot};
use crate::grid::At;
use crate::money::Money;
use crate::period::Period;
use crate::statement::{Kind, Statement};
use crate::words::Concept;
use crate::words::running::Spoken;

/// A percentage of a text and the rows of a table that it can be computed from.
#[derive(Clone, Debug)]
pub struct Share {
    pub at: At,
    /// In per cent.
    pub said: Money,
    /// With so many decimals.
    pub decimals: u32,
    pub part: Spot,
    /// The whole that the text names.
    pub whole: Spot,
    /// A row of the table with a share that the text repeats, or with what it leaves of the whole (`true`).
    pub repeats: Option<(Spot, bool)>,
}

impl Share {
    /// The share that the part has of the whole that the text names, in per cent.
    pub fn real(&self, book: &Book) -> Option<Money> {
        let (part, whole) = (book.interval(self.part)?.middle.abs(), book.interval(self.whole)?.middle.abs());
        (part * Money::from(100)).divide(whole)
    }

    pub fn agrees(&self, book: &Book) -> bool {
        self.real(book).is_some_and(|real| real.round(self.decimals) == self.said)
    }
}

/// The percentages of the texts that say of what they are.
pub fn shares(book: &Book) -> Vec<Share> {
    // Most books have no such text.
    let rows = LazyCell::new(|| Rows::of(book));
    let mut shares = Vec::new();
    each_passage(book, |passage| {
        let year = rows.year(passage.input(book));
        for range in sentences(&passage.text) {
            let Some(said) = clause::share(&passage.text[range.clone()]) else { continue };
            let year = match said.when {
                When::Year(year) => Some(year),
                When::Unsaid | When::Now => year,
                _ => None,
            };
            let at = passage.at(range.start);
            shares.extend(year.and_then(|year| share(book, &said, Period::year(year), at)));
        }
    });
    shares
}

fn share(book: &Book, said: &clause::Share, period: Period, at: At) -> Option<Share> {
    let is_part = |concept: &Concept| {
        matches!(concept, Concept::IndividualActivities | Concept::StructuralActivities | Concept::AdministrationCosts)
    };
    let concepts =
        || said.spoken.iter().filter_map(|spoken| if let Spoken::Concept(c) = spoken { Some(*c) } else { None });
    let part = concepts().find(is_part)?;
    let whole = concepts().find(|concept| *concept == Concept::OperatingCosts)?;
    let (i, s) = book.of_kind(Kind::Budget).find(|(_, s)| s.line(part).is_some() && s.line(whole).is_some())?;
    let column = s.columns().iter().position(|column| column.period == Some(period) && column.entity.is_none())?;
    let spot = |line: usize| Spot { statement: i, line, column };
    let (value, decimals) = (said.percent.value, said.percent.decimals);
    let repeats = repeated(s, column, value, decimals).map(|(line, rest)| (spot(line), rest));
    Some(Share { at, said: value, decimals, part: spot(s.line(part)?), whole: spot(s.line(whole)?), repeats })
}

/// The row of the table that prints the share, or what the share leaves of the whole.
fn repeated(statement: &Statement, column: usize, said: Money, decimals: u32) -> Option<(usize, bool)> {
    let found = |wanted: Money| {
        (0..statement.lines().len()).find(|&line| {
            let figure = statement.lines()[line].entries[column].figure();
            figure.is_some_and(|figure| figure.percent && figure.amount.value.round(decimals) == wanted)
        })
    };
    let rest = || found(Money::from(100) - said).map(|line| (line, true));
    found(said).map(|line| (line, false)).or_else(rest)
}
