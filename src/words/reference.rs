//! Labels that say where more is told: `Beslutad verksamhet, se bil.`

use super::matching::strip;
use super::table::{self, Class};
use super::{fold, folded};

/// The label without its reference to another table, folded; `None` where it has none.
pub fn refers(label: &str) -> Option<String> {
    let folded = folded(label);
    // `se bilaga` goes before the word alone.
    let (at, entry) = table::standing_in(Class::Refers, &folded)
        .min_by_key(|(at, entry)| (table::of(Class::Refers).iter().position(|one| std::ptr::eq(one, *entry)), *at))?;
    let (before, after) = (&folded[..at], &folded[at + entry.wording().len()..]);
    Some(format!("{} {}", before.trim_end(), after.trim_start()).trim().to_string())
}

/// Whether two texts share a word that is long enough to name something, and says more than that a row is a total.
pub fn share_word(a: &str, b: &str) -> bool {
    const LONG: usize = 6;
    let (a, b) = (strip(&fold(a)), strip(&fold(b)));
    a.split(' ').any(|word| word.chars().count() >= LONG && b.split(' ').any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_within_labels() {
        assert_eq!(refers("- Beslutad verksamhet, se bil."), Some("beslutad verksamhet".into()));
        assert_eq!(refers("Insatser (enligt bilaga 2)"), Some("insatser 2".into()));
        assert_eq!(refers("Se över bilarna"), None);
    }

    #[test]
    fn what_two_names_share_is_a_long_word() {
        assert!(share_word("S:a verksamhetskostnader", "Verksamhetskostnader"));
        assert!(!share_word("Summa kostnader", "Summa intäkter") && !share_word("Summa i år", "Summa i fjol"));
    }
}
