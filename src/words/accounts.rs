//! What ledgers call their accounts and their charts.

use super::fold;
use super::table::{Class, names};

/// The chart that a ledger's own code names: `bas` (`EUBAS97`, `BAS2014`), `kommun-bas`.
pub fn chart(code: &str) -> Option<&'static str> {
    let folded = fold(code).replace(' ', "");
    match folded.contains("bas") {
        true if folded.contains("kommun") => Some("kommun-bas"),
        true => Some("bas"),
        false => None,
    }
}

/// Whether the name of an account is of wages, or of what an employer pays on them.
pub fn says_wages(name: &str) -> bool {
    let folded = fold(name);
    folded.split(' ').any(|word| names(Class::Wages).any(|(_, wording)| word.starts_with(wording)))
}
