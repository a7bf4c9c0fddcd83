//! What a heading says of the text below it: whose figures they are, of which year, how long something lasts.

use super::clause;
use super::figures::{self, What};
use super::items::items;
use crate::words::fold;
use crate::words::running::{self, Word};

/// Whether a heading says that what stands under it is of a body together with its companies, or of it alone.
pub fn group_of(heading: &str) -> Option<bool> {
    clause::group(&items(heading, &[]))
}

/// The only year that a short heading names.
pub fn year_of(heading: &str) -> Option<i32> {
    const SHORT: usize = 6;
    if heading.split_whitespace().count() > SHORT || heading.trim_end().ends_with(':') {
        return None;
    }
    let marks = figures::read(heading);
    let mut years = marks.iter().filter_map(|mark| match mark.what {
        What::Year(year) => Some(Some(year)),
        What::Years(..) => Some(None),
        _ => None,
    });
    years.next().filter(|_| years.next().is_none()).flatten()
}

/// Whether a short line only says how long something lasts (`Projekttid: 2020-01-01 t.o.m. 2021-12-31`).
pub fn is_term(line: &str) -> bool {
    fold(line).split(' ').take(3).any(|word| running::word(word) == Some(Word::Term))
}
