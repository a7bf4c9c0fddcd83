//! A sentence's words → the time that it speaks of.

use super::items::Item;
use crate::words::running::Word;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Unsaid,
    Year(i32),
    Years(i32, i32),
    /// The document's own year.
    Now,
    /// The year before it.
    Prior,
}

impl When {
    /// What rose from one amount to another was the one before and is the other now (`Some(true)`).
    pub fn or_if_from(self, reached: Option<bool>) -> When {
        match (self, reached) {
            (When::Unsaid | When::Now, Some(true)) => When::Now,
            (When::Unsaid | When::Now, Some(false)) => When::Prior,
            (said, _) => said,
        }
    }

    /// The first and the last year, in a document of a year.
    pub fn years(self, year: Option<i32>) -> Option<(i32, i32)> {
        match self {
            When::Unsaid => None,
            When::Year(year) => Some((year, year)),
            When::Years(from, to) => Some((from, to)),
            When::Now => year.map(|year| (year, year)),
            When::Prior => year.map(|year| (year - 1, year - 1)),
        }
    }
}

/// When it was, by the words before an amount or else by those after it.
pub fn when(before: &[Item], after: &[Item]) -> When {
    let said = |items: &[Item]| {
        items.iter().enumerate().rev().find_map(|(i, item)| {
            let origin = i > 0 && matches!(&items[i - 1], Item::Word(_, Some(Word::From)));
            match item {
                Item::Year(year) if !origin => Some(When::Year(*year)),
                Item::Years(from, to) => Some(When::Years(*from, *to)),
                Item::Word(_, Some(Word::Prior)) => Some(When::Prior),
                _ => None,
            }
        })
    };
    let now =
        |items: &[Item]| items.iter().any(|item| matches!(item, Item::Word(_, Some(Word::Now)))).then_some(When::Now);
    said(before).or_else(|| said(after)).or_else(|| now(before)).or_else(|| now(after)).unwrap_or(When::Unsaid)
}

/// Whether more than one year is named that is not only where something began (`från 2018`).
pub fn several(items: &[Item]) -> bool {
    let mut years: Vec<i32> =
        items.iter().filter_map(|item| if let Item::Year(year) = item { Some(*year) } else { None }).collect();
    years.sort_unstable();
    years.dedup();
    let origin = |pair: &&[Item]| matches!(pair, [Item::Word(_, Some(Word::From)), Item::Year(_)]);
    years.len() > 1 + items.windows(2).filter(origin).count()
}
