//! Titles of tables: which statement, which note.

use super::folded;
use super::matching::strip;
use super::table::{self, Class, Entry};

/// What a title says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// A statement, by the code of its kind. A weak one is also a word of ordinary lines (`Insatser`).
    Statement { kind: &'static str, weak: bool },
    /// A note and its number (`Not 3. Fordringar`).
    Note { number: u32, title: String },
}

impl Heading {
    /// Whether it is a title wherever it stands, and no word of ordinary lines.
    pub fn is_strong(&self) -> bool {
        matches!(self, Heading::Note { .. } | Heading::Statement { weak: false, .. })
    }
}

/// Reads a title. `among_notes`: a number alone is then a note's number.
pub fn title(text: &str, among_notes: bool) -> Option<Heading> {
    if text.chars().count() > 120 {
        return None;
    }
    let statement = statement(text);
    // `3. Resultaträkning` is no third note, wherever it stands.
    let named = matches!(statement, Some(Heading::Statement { weak: false, .. }));
    note(text, among_notes && !named).or(statement)
}

fn note(text: &str, among_notes: bool) -> Option<Heading> {
    let folded = folded(text);
    let mut tokens = folded.split(' ').peekable();
    let first = *tokens.peek()?;
    let number: u32 = if table::name(Class::Note, first).is_some() {
        tokens.next();
        tokens.next()?.parse().ok()?
    } else if let Some(digits) = first.strip_prefix("not").filter(|digits| !digits.is_empty()) {
        let number = digits.parse().ok()?;
        tokens.next();
        number
    } else if among_notes && first.len() <= 2 {
        let number = first.parse().ok()?;
        tokens.next();
        tokens.peek().filter(|word| word.chars().all(char::is_alphabetic))?;
        number
    } else {
        return None;
    };
    // The wording as written, after the number.
    let at = text.find(&format!("{number}"))? + number.to_string().len();
    // `Not 31/12 2023` heads a column of references and one of figures.
    if text[at..].starts_with('/') {
        return None;
    }
    let title = text[at..].trim_start_matches(|c: char| !c.is_alphanumeric()).trim().to_string();
    (number < 100).then_some(Heading::Note { number, title })
}

fn statement(text: &str) -> Option<Heading> {
    let folded = folded(text);
    let bare = strip(&folded);
    let number = |c: char| c.is_ascii_digit() || c == ' ';
    let bare = bare.trim_start_matches(number);
    let bare = ["bilaga ", "tabell ", "avsnitt ", "kapitel "]
        .iter()
        .find_map(|place| bare.strip_prefix(place))
        .unwrap_or(bare);
    let bare = bare.trim_start_matches(number);
    let best = table::longest(Class::Title, bare).or_else(|| within(bare))?;
    // A sentence that begins with the word is no title.
    if bare.split(' ').count() > best.wording().split(' ').count() + 8 {
        return None;
    }
    Some(Heading::Statement { kind: best.name(), weak: best.kinds() == "weak" })
}

/// The title that stands after a few words that only say whose or which it is (`Tabell 2: Resultaträkning`,
/// `Förbundets balansräkning`); after others the text is about the statement and not its title.
fn within(bare: &str) -> Option<&'static Entry> {
    const ABOUT: [&str; 12] =
        ["till", "enligt", "i", "från", "och", "se", "kommentarer", "kommentar", "om", "av", "över", "mot"];
    const MOST_BEFORE: usize = 4;
    let before = bare.split(' ').take_while(|word| !ABOUT.contains(word)).count().min(MOST_BEFORE);
    let titles = bare.split(' ').skip(1).take(before).filter_map(|word| table::found(Class::Title, word));
    titles.filter(|entry| entry.kinds() != "weak").max_by_key(|entry| entry.wording().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_real_documents() {
        let kind = |text| match title(text, false) {
            Some(Heading::Statement { kind, .. }) => kind.to_string(),
            Some(Heading::Note { number, title }) => format!("{number}:{title}"),
            None => "-".into(),
        };
        assert_eq!(kind("3.Resultaträkning"), "income-statement");
        assert_eq!(kind("4. Balansräkning per 2019-12-31"), "balance-sheet");
        assert_eq!(kind("1.1 Översikt över verksamhetens utveckling"), "multi-year");
        assert_eq!(kind("8. Budget 2020, Plan 2021-2022 (tkr)"), "budget");
        assert_eq!(kind("Not 1. Verksamhetens intäkter"), "1:Verksamhetens intäkter");
        assert_eq!(kind("NOT 12 – Övriga skulder"), "12:Övriga skulder");
        assert_eq!(kind("6.Redovisningsprinciper"), "-");
        assert_eq!(title("3 Fordringar", true), Some(Heading::Note { number: 3, title: "Fordringar".into() }));
    }
}
