//! Public bodies that texts name: the förbund itself, its organisation number, and municipalities.

use super::{fold, misspelt};

/// The name of a förbund within a text: `Samordningsförbundet Södra Norrbotten: Verksamhetsplan 2024`.
pub fn association(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first =
        words.iter().position(|word| matches!(fold(word).as_str(), "samordningsförbundet" | "finsamförbundet"))?;
    if ends(words[first]) {
        return None;
    }
    let mut rest = &words[first + 1..];
    let mut name = vec![words[first]];
    // `Samordningsförbundet i Örnköldsvik`
    if let [link, place, ..] = rest
        && matches!(*link, "i" | "för")
        && is_name(place)
    {
        name.push(link);
        rest = &rest[1..];
    }
    let mut named = None;
    for word in rest.iter().take(4) {
        if !is_name(word) && !matches!(*word, "och" | "&" | "-" | "–") {
            break;
        }
        name.push(bare(word));
        if is_name(word) {
            named = Some(name.join(" "));
        }
        if ends(word) {
            break;
        }
    }
    named
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn ends(word: &str) -> bool {
    word.ends_with(|c: char| !c.is_alphanumeric())
}

/// The organisation number of a kommunalförbund within a text: `222000-2063`. No person has such a number, for it
/// has no date of birth in it.
pub fn organisation_number(text: &str) -> Option<&str> {
    const PREFIX: &str = "222000";
    text.match_indices(PREFIX).find_map(|(at, _)| {
        let rest = &text[at + PREFIX.len()..];
        let dash = usize::from(rest.starts_with('-'));
        let digits = rest.get(dash..dash + 4)?;
        let after = rest[dash + 4..].chars().next();
        let alone = !text[..at].ends_with(|c: char| c.is_alphanumeric()) && !after.is_some_and(char::is_alphanumeric);
        (dash == 1 && alone && digits.bytes().all(|b| b.is_ascii_digit())).then(|| &text[at..at + PREFIX.len() + 5])
    })
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
    fn a_forbund_is_named_in_titles_and_texts() {
        let cases = [
            (
                "Samordningsförbundet Södra Norrbotten: Verksamhetsplan 2024",
                Some("Samordningsförbundet Södra Norrbotten"),
            ),
            (
                "kommun Samordningsförbundet i Örnköldsvik (222000-2063). Samordningsförbundet har",
                Some("Samordningsförbundet i Örnköldsvik"),
            ),
            ("Samordningsförbundet Skellefteå-Norsjö, budget", Some("Samordningsförbundet Skellefteå-Norsjö")),
            ("Samordningsförbundet har ansvaret", None),
            ("Samordningsförbundet. Ansvaret", None),
            ("Årsredovisning 2019", None),
        ];
        for (text, expected) in cases {
            assert_eq!(association(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn organisation_numbers_stand_alone() {
        assert_eq!(organisation_number("Örnköldsvik (222000-2063)."), Some("222000-2063"));
        assert_eq!(organisation_number("bg 5222000-2063, 222000-20634"), None);
    }

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
