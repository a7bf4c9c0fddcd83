//! How like two labels are, in letters: to guess what a label may be, and to find a line under its new name.

use similar::{ChangeTag, TextDiff};

use super::concept::Concept;
use super::fold;
use super::matching::strip;
use super::table::{self, Class};

/// How much of two labels is the same, in per cent of their letters.
pub fn likeness(a: &str, b: &str) -> usize {
    let (a, b) = (fold(a), fold(b));
    same_letters(&a, &b)
}

fn same_letters(a: &str, b: &str) -> usize {
    let letters = a.chars().count() + b.chars().count();
    let same = TextDiff::from_chars(a, b).iter_all_changes().filter(|change| change.tag() == ChangeTag::Equal).count();
    (200 * same).checked_div(letters).unwrap_or(0)
}

/// What a label may be in a table of a kind, the likeliest first; at most three.
pub fn guesses(label: &str, kind: &str) -> Vec<Concept> {
    const LEAST: usize = 60;
    const MOST: usize = 3;
    let bare = strip(&fold(label));
    let fits = |kinds: &str| kinds.is_empty() || kinds.split(',').any(|k| k == kind);
    let wordings = table::of(Class::Concept).iter().filter(|entry| fits(entry.kinds()));
    let mut near: Vec<(usize, Concept)> = wordings
        .filter_map(|entry| Some((same_letters(&bare, entry.wording()), Concept::of_code(entry.name())?)))
        .filter(|(like, _)| *like >= LEAST)
        .collect();
    near.sort_by_key(|(like, concept)| (std::cmp::Reverse(*like), *concept));
    let mut guesses: Vec<Concept> = Vec::new();
    for (_, concept) in near {
        if !guesses.contains(&concept) && guesses.len() < MOST {
            guesses.push(concept);
        }
    }
    guesses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_are_alike() {
        assert!(likeness("Korta fordringar", "Kortfristiga fordringar") > 70);
        assert!(likeness("Lokalhyra", "Revisionsarvoden") < 50);
        assert_eq!(guesses("Div. kortfristiga fordringar", "balance-sheet").first(), Some(&Concept::Receivables));
        assert_eq!(guesses("Xyz", "balance-sheet"), []);
    }
}
