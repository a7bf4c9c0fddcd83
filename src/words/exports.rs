//! What the columns and rows of exported ledgers are called.

use super::folded;
use super::table::{self, Class};

/// What a heading says of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// `account`, `name`, `opening`, `closing`, `debit`, …
    pub name: &'static str,
    /// It is of the year before.
    pub prior: bool,
    /// `debit` or `credit`, where it ends so: the side of a balance.
    pub side: Option<&'static str>,
}

/// So many words a heading of a column has at most; what is longer is a sentence.
const WORDS: usize = 6;

/// What a heading of a column means: the longest wording that it begins with (`Utg. balans 2024-12-31`, `Period fg år`).
pub fn column(text: &str) -> Option<Heading> {
    let folded = folded(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.starts_with(|c: char| c.is_ascii_digit())).collect();
    if words.len() > WORDS {
        return None;
    }
    let heading = words.join(" ");
    let name = table::longest(Class::LedgerColumn, &heading)?.name();
    let prior = table::standing_in(Class::Filler, &heading).any(|(_, entry)| entry.name() == "earlier");
    let side = heading.rsplit_once(' ').and_then(|(_, last)| table::name(Class::LedgerColumn, last));
    Some(Heading { name, prior, side: side.filter(|side| matches!(*side, "debit" | "credit")) })
}

/// The longest name of a column that words begin with, with `fg år` after it, and of how many of them it is made.
pub fn longest(words: &[&str]) -> Option<(&'static str, usize)> {
    let named = |count: usize| {
        let heading = folded(&words[..count].join(" "));
        let own = table::name(Class::LedgerColumn, &heading);
        let earlier = || {
            let entry = table::longest(Class::LedgerColumn, &heading)?;
            let rest = heading.get(entry.wording().len()..)?.trim();
            (table::name(Class::Filler, rest) == Some("earlier")).then_some(entry.name())
        };
        own.or_else(earlier).map(|name| (name, count))
    };
    let (name, count) = (1..=words.len().min(WORDS)).rev().find_map(named)?;
    // `Saldo 2024-12-31`: the day or the year that it is of.
    let of = words.get(count).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    Some((name, count + usize::from(of)))
}

/// Which report a title names: `trial-balance`, `balances`, `results`, `journal`, `vouchers`.
pub fn report(text: &str) -> Option<&'static str> {
    let folded = folded(text);
    folded.split(' ').find_map(|word| table::name(Class::LedgerReport, word))
}
