//! The row of a table that amounts told one after the other are of, and which of its figures each of them is.

use super::candidates::{self, Around, Named};
use super::clause::Mention;
use super::ties::{Found, Verdict, compare};
use super::told::Base;
use super::when::When;
use crate::book::{Book, Spot};
use crate::money::{Closeness, Interval, Money};
use crate::period::{Measure, Period};
use crate::statement::Kind;
use crate::table::Column;

/// A row of a table in the columns of one body.
pub struct Place<'b> {
    pub row: Named,
    entity: Option<&'b str>,
}

/// The rows that an amount may be of, each with the bodies that it may be of.
pub fn places<'b>(book: &'b Book, rows: Vec<Named>, first: &Mention) -> Vec<Place<'b>> {
    let mut places = Vec::new();
    for row in rows {
        let s = &book.statements[row.statement];
        let own = |column: &Column| candidates::whose(s, column, first.group) != Some(false);
        let columns = s.table.amount_columns().filter(|(_, column)| own(column));
        let mut entities: Vec<Option<&str>> = columns.map(|(_, column)| column.entity.as_deref()).collect();
        entities.sort_unstable();
        entities.dedup();
        places.extend(entities.into_iter().map(|entity| Place { row, entity }));
    }
    places
}

/// Which figure of a row an amount is.
#[derive(Clone, Copy)]
enum Meant {
    Figure(i32, Measure),
    /// How far the outcome of a year is from its budget.
    Variance(i32),
    /// How far two figures are apart.
    Apart((i32, Measure), (i32, Measure)),
}

/// What a row says that an amount should be.
pub struct Expected {
    spot: Spot,
    less: Option<Spot>,
    pub value: Interval,
    coefficient: i32,
    pub agrees: bool,
    /// The words leave no other figure of the row.
    pub explicit: bool,
}

impl Expected {
    pub fn found(&self, verdict: Verdict) -> Found {
        Found { spots: vec![self.spot], less: self.less, coefficient: self.coefficient, verdict }
    }
}

impl Place<'_> {
    /// What the row says of an amount of a run that begins with the first.
    pub fn expected(&self, book: &Book, mention: &Mention, first: &Mention, around: &Around<'_>) -> Option<Expected> {
        let (meant, explicit) = self.meant(book, mention, first, around)?;
        let cells = self.cells(book, meant);
        let each = || cells.iter().filter_map(|(spot, less)| compared(book, mention, *spot, *less, explicit));
        // In parentheses may stand anything of the row.
        let loose = mention.beside && mention.when == When::Unsaid;
        let anywhere = || {
            let columns = book.statements[self.row.statement].table.amount_columns().filter(|_| loose);
            let all = columns.filter_map(|(column, _)| compared(book, mention, self.spot(column), None, false));
            all.into_iter().find(|cell| cell.agrees)
        };
        each().find(|cell| cell.agrees).or_else(anywhere).or_else(|| each().next())
    }

    /// Which figure of the row it is, and whether the words leave no other.
    fn meant(&self, book: &Book, mention: &Mention, first: &Mention, around: &Around<'_>) -> Option<(Meant, bool)> {
        let kind = book.statements[self.row.statement].kind;
        let single = |when: When| when.years(around.year).filter(|(from, to)| from == to).map(|(year, _)| year);
        let own = single(first.when).or(around.year.filter(|_| first.when == When::Unsaid))?;
        let planned = kind == Kind::Budget || first.measure == Some(Measure::Budget);
        let main = if planned { Measure::Budget } else { Measure::Actual };
        if !mention.is_level() {
            let Base { when, measure } = mention.base()?;
            let meant = match (when, measure) {
                (When::Unsaid, Some(Measure::Budget)) if kind != Kind::Budget => Meant::Variance(own),
                (When::Unsaid, measure) => Meant::Apart((own, main), (own, measure.unwrap_or(main))),
                (when, measure) => Meant::Apart((own, main), (single(when)?, measure.unwrap_or(main))),
            };
            return Some((meant, true));
        }
        // What there was when the year began, the year before left.
        let opening = mention.opening && kind == Kind::BalanceSheet;
        let year = match single(mention.when).filter(|year| !mention.recalled || Some(*year) == around.year) {
            Some(year) if opening && year == own => year - 1,
            Some(year) => year,
            None if mention.beside || opening => own - 1,
            None => own,
        };
        let measure = match mention.measure {
            Some(Measure::Variance) => return Some((Meant::Variance(year), true)),
            Some(Measure::Budget) => Measure::Budget,
            _ => main,
        };
        let other = year != own || measure != main;
        let subject = std::ptr::eq(mention, first) && (self.row.rank == 0 || !mention.limited);
        Some((Meant::Figure(year, measure), other || (subject && !mention.opening)))
    }

    /// The cells of what is meant; a difference that is printed comes before one that is computed.
    fn cells(&self, book: &Book, meant: Meant) -> Vec<(Spot, Option<Spot>)> {
        let here = |(year, measure): (i32, Measure)| self.column(book, year, measure);
        let apart = |one, other| Some((here(one)?, Some(here(other)?))).filter(|(spot, less)| Some(*spot) != *less);
        let figure = |year, measure| Some((here((year, measure))?, None));
        let found = match meant {
            Meant::Figure(year, measure) => [figure(year, measure), None],
            Meant::Apart(one, other) => [apart(one, other), None],
            Meant::Variance(year) => {
                [figure(year, Measure::Variance), apart((year, Measure::Actual), (year, Measure::Budget))]
            }
        };
        found.into_iter().flatten().collect()
    }

    /// The only column of a year and a measure.
    fn column(&self, book: &Book, year: i32, measure: Measure) -> Option<Spot> {
        let s = &book.statements[self.row.statement];
        let fits = |own: Option<Measure>| match measure {
            Measure::Budget => matches!(own, Some(Measure::Budget | Measure::Plan)),
            Measure::Actual => matches!(own, Some(Measure::Actual) | None),
            other => own == Some(other),
        };
        let time = |period: Option<Period>| match period {
            Some(period) => period.year == year,
            None => measure == Measure::Variance,
        };
        let mut columns = s.table.amount_columns().filter(|(_, column)| {
            column.entity.as_deref() == self.entity && fits(column.measure) && time(column.period)
        });
        let only = columns.next().filter(|_| columns.next().is_none());
        only.map(|(column, _)| self.spot(column)).filter(|spot| book.interval(*spot).is_some())
    }

    fn spot(&self, column: usize) -> Spot {
        Spot { statement: self.row.statement, line: self.row.line, column }
    }
}

/// What a cell, or two, come to, and whether an amount says that.
fn compared(book: &Book, mention: &Mention, spot: Spot, less: Option<Spot>, explicit: bool) -> Option<Expected> {
    let value = book.interval(spot)?;
    let value = match less {
        Some(less) => value.plus(-1, book.interval(less)?),
        None => value,
    };
    let unit = mention.figure.unit.unwrap_or_default();
    let said = mention.precision.interval(&mention.figure, unit);
    let (coefficient, closeness, apart) = compare(said, value);
    // A difference may have been computed from figures as the text rounds them.
    let step = mention.figure.amount.half_step() * Money::from(2) * unit.factor();
    let agrees = closeness != Closeness::Off || (less.is_some() && apart <= step);
    Some(Expected { spot, less, value, coefficient, agrees, explicit })
}
