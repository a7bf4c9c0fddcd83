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
    let name = table::longest(Class::LedgerColumn, &heading)?.name;
    let prior = table::standing_in(Class::Filler, &heading).any(|(_, entry)| entry.name == "earlier");
    Some(Heading { name, prior })
}

/// Which report a title names: `trial-balance`, `balances`, `results`, `journal`, `vouchers`.
pub fn report(text: &str) -> Option<&'static str> {
    let folded = folded(text);
    folded.split(' ').find_map(|word| table::name(Class::LedgerReport, word))
}
