//! What a heading says of the text below it: whose figures they are, of which year, how long something lasts.

use std::cell::OnceCell;

use super::clause;
use super::figures::{self, What};
use super::items::items;
use crate::words::fold;
use crate::words::running::{self, Word};

/// A heading: it stands over many texts, and what it says is found out once.
#[derive(Clone, Debug)]
pub struct Heading<'b> {
    pub text: &'b str,
    group: OnceCell<Option<bool>>,
    year: OnceCell<Option<i32>>,
    term: OnceCell<bool>,
}

impl<'b> Heading<'b> {
    pub fn new(text: &'b str) -> Heading<'b> {
        Heading { text, group: OnceCell::new(), year: OnceCell::new(), term: OnceCell::new() }
    }

    /// Whether it says that what stands under it is of a body together with its companies, or of it alone.
    pub fn group(&self) -> Option<bool> {
        *self.group.get_or_init(|| clause::group(&items(self.text, &[])))
    }

    /// The only year that it names, if it is short.
    pub fn year(&self) -> Option<i32> {
        *self.year.get_or_init(|| year_of(self.text))
    }

    /// Whether it only says how long something lasts (`Projekttid: 2020-01-01 t.o.m. 2021-12-31`).
    pub fn is_term(&self) -> bool {
        let says = |word: &str| running::word(word) == Some(Word::Term);
        *self.term.get_or_init(|| fold(self.text).split(' ').take(3).any(says))
    }
}

fn year_of(heading: &str) -> Option<i32> {
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
