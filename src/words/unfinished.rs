//! Labels that are too long for their row and go on in the next.

use super::folded;
use super::matching::says_total;
use super::table::{self, Class};

/// Whether a label cannot end as it does: with a word that needs another after it (`Resultat efter`), within
/// parentheses, or with a sign that joins.
pub fn is_unfinished(label: &str) -> bool {
    let label = label.trim_end();
    let open = label.matches('(').count() > label.matches(')').count();
    let joined = label.ends_with(['/', ',', '&', '+']) || label.ends_with(|c: char| c == '-' && label.len() > 1);
    // `Bidrag från:` heads what it names.
    let needs = || !label.ends_with(':') && folded(label).rsplit(' ').next().is_some_and(needs_another);
    open || joined || needs()
}

fn needs_another(word: &str) -> bool {
    table::name(Class::Unfinished, word).is_some()
}

/// Whether a label without figures lacks something: it is unfinished, or says of what it is the total (`Summa
/// kortfristiga`).
pub fn is_part(label: &str) -> bool {
    is_unfinished(label) || (says_total(label) && label.trim().contains(' '))
}

/// Whether a label goes on from the row above by its words: it begins with one that joins (`OCH SKULDER`), or within a
/// sentence (`från Ekeby kommun`).
pub fn goes_on(label: &str) -> bool {
    let first = folded(label).split(' ').next().and_then(|word| table::name(Class::Unfinished, word));
    first == Some("joins") || (begins_small(label) && (first.is_some() || label.starts_with('(')))
}

/// Whether a label goes on from the row above by its look: its first letter is small, whatever sign stands before it.
pub fn begins_small(label: &str) -> bool {
    let bare = label.trim_start_matches(['(', ')', '+', '-', '/', ' ']);
    !label.starts_with('-') && bare.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{begins_small, goes_on, is_part, is_unfinished};

    #[test]
    fn some_labels_go_on_in_the_next_row() {
        let cases = [
            ("Resultat efter", true),
            ("SUMMA SKULDER OCH", true),
            ("Årets resultat (förändring", true),
            ("Försäkringskassan/", true),
            ("Ökning (-) / minskning (+)", false),
            ("Bidrag från:", false),
            ("Summa skulder", false),
            ("-", false),
        ];
        for (label, unfinished) in cases {
            assert_eq!(is_unfinished(label), unfinished, "{label}");
        }
    }

    #[test]
    fn what_goes_on_begins_small() {
        let cases = [
            ("(+) av fordringar", true),
            ("av eget kapital)", true),
            ("- varav löner", false),
            ("Eget kapital", false),
        ];
        for (label, small) in cases {
            assert_eq!(begins_small(label), small, "{label}");
        }
        assert!(goes_on("OCH SKULDER") && goes_on("från Ekeby") && !goes_on("varav löner") && !goes_on("Från Ekeby"));
        assert!(is_part("Summa kortfristiga") && !is_part("Summa"));
    }
}
