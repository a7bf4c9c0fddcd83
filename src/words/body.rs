//! Whose a document is and what it is: the names of förbund and of kinds of documents.

use super::table::{self, Class};
use super::{fold, folded, lookup};

/// The name of a samordningsförbund that a text mentions: what stands in capitals after the word
/// (`Samordningsförbundet Södra Norrbotten: Årsredovisning` → `Södra Norrbotten`), or with the genitive before it
/// (`Örnsköldsviks samordningsförbund`).
pub fn association(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| lookup(Class::Association, word).is_some())?;
    after(words[at], &words[at + 1..]).or_else(|| before(&words[..at], words[at]))
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && document(word).is_none()
}

fn after(said: &str, words: &[&str]) -> Option<String> {
    // A stop after the word itself ends it: `… för Samordningsförbundet. Pyramis …`
    if !said.ends_with(char::is_alphanumeric) {
        return None;
    }
    let mut name: Vec<&str> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let joins = matches!(bare, "och" | "i") && (i > 0 || is_capital(said));
        if !joins && !is_capital(bare) {
            break;
        }
        name.push(bare);
        if !word.ends_with(char::is_alphanumeric) {
            break;
        }
    }
    let last = name.iter().rposition(|word| is_capital(word))?;
    let first = name.iter().position(|word| is_capital(word))?;
    Some(name[first..=last].join(" "))
}

/// `Örnsköldsviks samordningsförbund`.
fn before(words: &[&str], said: &str) -> Option<String> {
    let last = words.last().filter(|word| word.ends_with('s'))?;
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    is_capital(last).then(|| format!("{last} {said}"))
}

/// Whether two names are those of one body: equal, or the one begins with the other
/// (`Pyramis`, `Pyramis i Luleå`), or both are the same words with a genitive s.
pub fn same_association(a: &str, b: &str) -> bool {
    begins(&comparable(a), &comparable(b))
}

/// A name as it is compared with others: without genitive s, and without the word for a förbund where more is said
/// (`Finsam Björkådalen`).
pub fn comparable(name: &str) -> String {
    let folded = fold(name);
    let says = |word: &&str| lookup(Class::Association, word).is_none();
    let mut words: Vec<&str> = folded.split(' ').filter(says).collect();
    if words.is_empty() {
        words = folded.split(' ').collect();
    }
    words.into_iter().map(|word| word.strip_suffix('s').unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

/// Whether one of two comparable names begins with the words of the other.
pub fn begins(a: &str, b: &str) -> bool {
    let shared = a.split(' ').zip(b.split(' '));
    !a.is_empty() && !b.is_empty() && shared.into_iter().all(|(a, b)| a == b)
}

/// What kind of document a word is the title of: `accounts`, `budget`, `interim`, `trial-balance`, `ledger`.
pub fn document(word: &str) -> Option<&'static str> {
    lookup(Class::Document, word)
}

/// The kind of document that a title names first.
pub fn document_named(text: &str) -> Option<&'static str> {
    text.split_whitespace().filter_map(document).find(|kind| *kind != "draft")
}

/// Whether a text says that its document is a draft: `UTKAST 2025-01-28`, `Preliminärt bokslut`.
pub fn says_draft(text: &str) -> bool {
    text.split_whitespace().any(|word| document(word) == Some("draft"))
}

/// Whether a text says that something was decided and not what: `Fastställd av styrelsen 2023-11-19`.
pub fn says_decided_only(text: &str) -> bool {
    let mut named = text.split_whitespace().filter_map(document);
    let begins = text.split_whitespace().next().and_then(document) == Some("decided");
    begins && named.all(|kind| kind == "decided")
}

/// Whether a text is about the figures of an earlier year.
pub fn tells_of_earlier_year(text: &str, year: i32) -> bool {
    let folded = fold(text);
    folded.contains("jämförelse") || folded.split(' ').any(|word| word == year.to_string())
}

/// Whether a text says that figures of an earlier year were changed (`2023 omräknat`).
pub fn says_restated(text: &str) -> bool {
    table::standing_in(Class::Restated, &folded(text)).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_the_name_ends() {
        let name = |text| association(text).unwrap_or_default();
        assert_eq!(name("Samordningsförbundet Södra Norrbotten, organisationsnummer"), "Södra Norrbotten");
        assert_eq!(name("Årsredovisning 2019 för Samordningsförbundet Pyramis i Luleå har"), "Pyramis i Luleå");
        assert_eq!(name("Samordningsförbundet Årsredovisning 2024"), "");
        assert_eq!(name("Samordningsförbundet. Bidrag från Luleå"), "");
        assert_eq!(name("samordningsförbundet har fyra medlemmar"), "");
        assert_eq!(name("Samordningsförbundet i Örnsköldsvik (222000-2063)"), "Örnsköldsvik");
        assert_eq!(name("Örnsköldsviks samordningsförbund Beslutad 2019"), "Örnsköldsviks samordningsförbund");
        assert_eq!(name("FINSAM Björkådalen: bokslut"), "Björkådalen");
    }

    #[test]
    fn a_decision_is_no_title_unless_it_says_of_what() {
        assert!(says_decided_only("Fastställd av styrelsen 2023-11-19"));
        assert!(!says_decided_only("Beslutad budget 2024") && !says_decided_only("Budget 2024, fastställd 2023-11-19"));
    }

    #[test]
    fn a_name_may_be_longer_in_one_place() {
        assert!(same_association("Pyramis", "PYRAMIS i Luleå"));
        assert!(same_association("Björkådalens samordningsförbund", "Björkådalen"));
        assert!(same_association("Finsam Björkådalen", "Björkådalen"));
        assert!(!same_association("Södra Norrbotten", "Norra Norrbotten"));
        assert!(!same_association("Finsam Norr", "Finsam Söder"));
    }
}
