//! Labels of rows that are parts of the one above and are not added.

use super::table::{self, Class};
use super::{folded, misspelt};

/// Whether a label says that its row is a part of the one above (`varav`, `därav`).
pub fn says_of_which(label: &str) -> bool {
    let label = folded(label);
    let first = label.split(' ').next().unwrap_or_default();
    let says = |word: &str| table::name(Class::OfWhich, word).is_some();
    says(first) || (!misspelt::is_known(first) && of_five_letters(first).iter().any(|word| says(word)))
}

/// The words of five letters that a slip of the pen may have made this one of: a letter too many, two that have changed
/// places, one within it that was lost.
fn of_five_letters(word: &str) -> Vec<String> {
    // In bytes at most: ä has two.
    let letters: Vec<char> = if (4..=7).contains(&word.len()) { word.chars().collect() } else { Vec::new() };
    let but = |change: &dyn Fn(&mut Vec<char>)| {
        let mut meant = letters.clone();
        change(&mut meant);
        meant.into_iter().collect::<String>()
    };
    match letters.len() {
        4 => {
            let places = (1..4).flat_map(|i| LOST.chars().map(move |letter| (i, letter)));
            places.map(|(i, letter)| but(&|meant| meant.insert(i, letter))).collect()
        }
        5 => (0..4).map(|i| but(&|meant| meant.swap(i, i + 1))).collect(),
        6 => (0..6).map(|i| but(&|meant| _ = meant.remove(i))).collect(),
        _ => Vec::new(),
    }
}

/// The letters within `varav` and `därav`.
const LOST: &str = "arä";

/// Whether a label says nothing else: the rows below it are the parts (`Varav:`).
pub fn says_only_of_which(label: &str) -> bool {
    table::name(Class::OfWhich, &folded(label)).is_some()
}

#[cfg(test)]
mod tests {
    use super::{says_of_which, says_only_of_which};

    #[test]
    fn parts_are_told_by_the_first_word_or_by_a_row_of_its_own() {
        let cases = [
            ("Varav", true, true),
            ("Därav:", true, true),
            ("vilka består av:", false, true),
            ("– varav löner", true, false),
            ("- varv projektmedel", true, false),
            ("Vara kommun", false, false),
            ("Löner", false, false),
        ];
        for (label, part, alone) in cases {
            assert_eq!((says_of_which(label), says_only_of_which(label)), (part, alone), "{label}");
        }
    }
}
