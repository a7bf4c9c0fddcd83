//! Members of a förbund, as labels name them: municipalities, and who else pays.

use super::{fold, misspelt};

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The municipality that a label names, as it writes it: `Intäkter Luleå kommun 62%` is of `Luleå kommun`.
pub fn municipality(label: &str) -> Option<String> {
    let words: Vec<&str> = label.split_whitespace().map(bare).collect();
    let at = words.iter().position(|word| matches!(*word, "kommun" | "Kommun"))?;
    let mut start = at;
    while start > 0 && is_name(words[start - 1]) && words[start - 1].chars().any(char::is_lowercase) {
        start -= 1;
    }
    // The first word of a label has a capital whatever it is: `Intäkter Luleå kommun`.
    if start == 0 && at - start > 1 {
        start = at - 1;
    }
    let known = |word: &str| !misspelt::has_unknown(&[fold(word).as_str()]);
    (start < at && !known(words[start])).then(|| format!("{} kommun", words[start..at].join(" ")))
}

/// Who pays a contribution, by the label of its line: the municipality, else the label without marks before it and
/// without its percentage.
pub fn member(label: &str) -> String {
    let words = || label.split_whitespace().filter(|word| !word.contains('%'));
    let plain = || words().collect::<Vec<_>>().join(" ");
    municipality(label).unwrap_or_else(|| plain().trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn municipalities_are_named_as_written() {
        let cases = [
            ("Luleå kommun 62%", Some("Luleå kommun")),
            ("Intäkter Luleå kommun 62%", Some("Luleå kommun")),
            ("Driftbidrag från Luleå kommun", Some("Luleå kommun")),
            ("- Skellefteå kommun", Some("Skellefteå kommun")),
            ("Örnsköldsviks Kommun", Some("Örnsköldsviks kommun")),
            ("Bidrag från Upplands Väsby kommun", Some("Upplands Väsby kommun")),
            ("Bidrag kommun", None),
            ("Kommunens bidrag", None),
        ];
        for (label, expected) in cases {
            assert_eq!(municipality(label).as_deref(), expected, "{label}");
        }
        assert_eq!(member("- Västerbottens läns landsting 25%"), "Västerbottens läns landsting");
    }
}
