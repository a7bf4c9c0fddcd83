//! What stands above the heading of an exported list: whose it is, and of which year.

use super::layout::Layout;
use super::rows::texts;
use crate::grid::Grid;
use crate::ledger::{Header, Place, Said, Year};
use crate::period::Date;
use crate::table::{dates, heading};
use crate::words::{self, exports};

pub(super) struct Preamble {
    pub header: Header,
    /// The days that the list covers.
    pub span: Option<(Date, Date, Place)>,
    /// The first day of the longest span that is told: of the financial year, where the list is of a period in it.
    began: Option<Date>,
}

/// So many rows below the list may name its owner too.
const FOOT: usize = 4;

impl Preamble {
    pub fn of(grid: &Grid, layout: &Layout) -> Preamble {
        let mut header = Header::default();
        let mut spans: Vec<(Date, Date, Place)> = Vec::new();
        let mut years: Vec<(i32, Place)> = Vec::new();
        let mut closing: Option<(Date, Place)> = None;
        let last = grid.rows().rev().take(FOOT).map(|(row, _)| row).filter(|row| *row > layout.row).last();
        let around = |row: &u32| *row < layout.row || last.is_some_and(|last| *row >= last);
        for (row, cells) in grid.rows().filter(|(row, _)| around(row)) {
            for (col, text) in texts(cells) {
                let place = Place { row, col };
                let said = |text: &str| Some(Said { text: text.to_owned(), place });
                header.name = header.name.or_else(|| words::body::association(text).and_then(|name| said(&name)));
                header.organisation = header.organisation.or_else(|| number(text).and_then(said));
                if row < layout.row {
                    let found = dates::take(&mut text.to_owned());
                    let pairs = found.chunks_exact(2).filter(|pair| pair[0] < pair[1]);
                    spans.extend(pairs.map(|pair| (pair[0], pair[1], place)));
                    let months = months(text).filter(|_| found.is_empty());
                    spans.extend(months.map(|(from, to)| (from, to, place)));
                    // `Råbalans per 2024-12-31`; a day elsewhere may be the one when the list was printed.
                    if let [day] = found[..]
                        && day.ends_month()
                        && exports::report(text).is_some()
                    {
                        closing = closing.or(Some((day, place)));
                    }
                    if found.is_empty() && months.is_none() {
                        years.extend(heading::read(text).years.into_iter().map(|year| (year, place)));
                    }
                }
            }
        }
        header.kind = layout.report.map(|report| Said { text: report.to_owned(), place: Place::line(0) });
        // The financial year may be told beside the period, which lies in it: the list is of the period.
        let month = |day: &Date| 12 * day.year + i32::from(day.month);
        let shortest = spans.iter().min_by_key(|(from, to, _)| month(to) - month(from)).copied();
        let whole = |(year, place): (i32, Place)| Some((Date::new(year, 1, 1)?, Date::new(year, 12, 31)?, place));
        let span = shortest.or_else(|| years.first().copied().and_then(whole)).or_else(|| {
            let named = layout.columns.iter().filter(|column| !column.prior).filter_map(|column| column.year).max();
            whole((named?, Place::line(layout.row)))
        });
        let span = span.or_else(|| {
            let (day, place) = closing?;
            Some((Date::new(day.year, 1, 1)?, day, place))
        });
        let holding = |day: Date| spans.iter().filter(move |(from, to, _)| *from <= day && day <= *to);
        let began = span.and_then(|(from, to, _)| holding(to).map(|(first, ..)| *first).chain([from]).min());
        Preamble { header, span, began }
    }

    /// The years that the list tells of: its own, and the one before where its columns have it. What has accumulated by
    /// the last day of a month is of the year so far; a förbund's is that of the calendar where nothing else is told.
    pub fn years(&self, prior: bool, accumulated: bool) -> Vec<Year> {
        let Some((from, to, place)) = self.span else { return Vec::new() };
        let began = self.began.filter(|began| *began < from).or_else(|| Date::new(to.year, 1, 1)).unwrap_or(from);
        let from = if accumulated { began.min(from) } else { from };
        let mut years = vec![Year { index: 0, from, to, place }];
        let before = |day: Date| Date::new(day.year - 1, day.month, day.day);
        if let (true, Some(from), Some(to)) = (prior, before(from), before(to)) {
            years.push(Year { index: -1, from, to, place });
        }
        years
    }
}

/// The days of a period that is told by its first and last month: `202401-202412`.
fn months(text: &str) -> Option<(Date, Date)> {
    let is_month = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    let mut months = text.split(|c: char| !c.is_ascii_digit()).filter(is_month).filter_map(|word| {
        let (year, month) = (word[..4].parse().ok()?, word[4..].parse().ok()?);
        Date::new(year, month, 1).filter(|first| (1990..2100).contains(&first.year))
    });
    let (from, last, None) = (months.next()?, months.next()?, months.next()) else { return None };
    let to = (28..=31).rev().find_map(|day| Date::new(last.year, last.month, day))?;
    (from < to).then_some((from, to))
}

/// The organisation number in a text: `222000-1230`, where it is no date.
fn number(text: &str) -> Option<&str> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    text.split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .find(|word| word.split_once('-').is_some_and(|(a, b)| a.len() == 6 && b.len() == 4 && digits(a) && digits(b)))
}
