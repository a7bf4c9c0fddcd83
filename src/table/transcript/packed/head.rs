//! The heading over cells that run together: which lines it stands on, and names that may be one.

use std::borrow::Cow;

use super::items::items;
use super::lines::{About, Line, most_apart};
use super::parting::MOST_WORDS;
use crate::period::Measure;
use crate::table::heading;
use crate::words::{self, Class, titles};

/// A heading line in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What stands over the labels.
    pub corner: String,
    /// Whether a column of note references is headed.
    pub note: bool,
    pub columns: Vec<String>,
    /// What stands over the remarks after the figures.
    pub remarks: Option<String>,
    /// How well its words fit so many columns.
    pub score: i32,
}

/// A heading has no more lines than this.
const MOST_LINES: usize = 20;

/// The lines that head a table, from one on.
pub struct Lines<'a> {
    pub lines: Vec<Line<'a>>,
    /// All of them on one line.
    pub text: String,
    /// The first line after them.
    pub next: usize,
}

/// The heading that begins at a line, if it can be one. What a page sets on top of each other, a copy sets on lines of
/// their own: `Not`, `Utfall`, `2019`, `Utfall`, `2018`.
pub fn collect<'a>(lines: &[About<'a>], at: usize) -> Option<Lines<'a>> {
    let text = |at: usize| lines.get(at).map_or(Cow::Borrowed(""), |about| unglued(about.line.text.trim()));
    let first = text(at);
    let begins = |at: usize| may_head(&text(at)) || opens(&text(at));
    let over = || begins(at + 1) && names_several(&first);
    if !(may_head(&first) || opens(&first) || over()) {
        return None;
    }
    let dated = !heading::read(&first).years.is_empty();
    // `Resultaträkning – sammanställd redovisning` above the heading says what the table is.
    if !dated && begins(at + 1) && is_title(&first) {
        return None;
    }
    // `Budget och utfall` above `Belopp i kr Utfall 2008 Budget 2008`: the heading is the line that begins at the left.
    if !dated && must_head(&text(at + 1)) && !heads_column(&text(at + 1)) {
        return None;
    }
    if names_measures(&first) && heads_several(&text(at + 1)) {
        return None;
    }
    let mut next = at + 1;
    let mut speaks = must_head(&first);
    let mut joined = first.to_string();
    let blank = |next: usize| lines[next].line.row - lines[next - 1].line.row - 1;
    let most_apart = most_apart(&lines[at..]);
    while next < lines.len() && next - at < MOST_LINES && blank(next) <= most_apart {
        let own = text(next);
        // `Koncern` above its year, and `Kommunen`, `Koncernen` above the years of both.
        let names = || {
            let below = (next..next + MOST_NAMES).find(|&below| !(is_name(&text(below)) || opens(&text(below))));
            below.is_some_and(|below| below > next && heads_column(&text(below)))
        };
        // `Kommunen 2019`, `Kommunen 2018`.
        let named = || is_named(&own) && (is_named(&text(next + 1)) || is_named(&text(next - 1)));
        if !(heads_column(&own) || opens(&own) || named() || names()) {
            break;
        }
        speaks |= heads_column(&own) || is_named(&own);
        joined = format!("{joined} {own}");
        next += 1;
    }
    let lines = lines[at..next].iter().map(|about| about.line).collect();
    speaks.then_some(Lines { lines, text: joined, next })
}

/// A heading whose words and years run together: `20192018`, `Utfall2019Budget 2019`.
fn unglued(text: &str) -> Cow<'_, str> {
    const LEAST: usize = 5;
    let has_years = text.as_bytes().windows(LEAST).any(|five| five.iter().filter(|b| b.is_ascii_digit()).count() >= 4);
    if !has_years {
        return Cow::Borrowed(text);
    }
    let mut parted = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        let glued = match c {
            '0'..='9' => run % 4 == 0 && parted.ends_with(char::is_alphanumeric),
            _ => c.is_uppercase() && parted.ends_with(|before: char| before.is_ascii_digit()),
        };
        if glued {
            parted.push(' ');
        }
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        parted.push(c);
    }
    let is_year = |word: &str| word.len() == 4 && heading::year(word).is_some();
    let same = |word: &str| !word.bytes().all(|b| b.is_ascii_digit()) || word.len() < 4 || is_year(word);
    if parted.split_whitespace().all(same) { Cow::Owned(parted) } else { Cow::Borrowed(text) }
}

/// So many lines of names may stand above the years that they are of.
const MOST_NAMES: usize = 5;

/// Whether a line above the heading may be a title that happens to have its words: `Budget och utfall 2019`, `Prognos
/// 2022`, `Ekonomiskt utfall`.
fn names_measures(text: &str) -> bool {
    let read = heading::read(text);
    read.measure.is_some() && read.years.len() < 2 && read.unit.is_none() && !read.note
}

/// Whether a line heads several columns by itself, one of them with what is measured in a year; with a year first it may go
/// on with the line above.
fn heads_several(text: &str) -> bool {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let read: Vec<heading::Heading> = text.split_whitespace().map(heading::read).collect();
    let measures = read.iter().filter(|read| read.measure.is_some()).count();
    measures > 1 && read.iter().any(|read| !read.years.is_empty()) && must_head(text)
}

/// Whether a line is a title wherever it stands.
pub fn is_title(text: &str) -> bool {
    titles::title(text, false).is_some_and(|title| title.is_strong())
}

/// A heading without its last word, which heads remarks, and that word.
pub fn without_remarks(text: &str) -> Option<(&str, &str)> {
    let (heading, word) = text.trim_end().rsplit_once(' ')?;
    words::lookup(Class::Remark, word).map(|_| (heading, word))
}

/// Whether a line names what parts of the heading below it are of: `(tkr) Kommunen Sammanställd redovisning`.
fn names_several(text: &str) -> bool {
    const MOST_WORDS: usize = 8;
    text.split_whitespace().count() <= MOST_WORDS && !is_title(text) && items(text).is_empty() && names(text).len() > 1
}

/// The names in a text, each from one capital letter to the next, without units and what heads the notes.
pub fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let read = heading::read(word);
        let is_other = read.rest.is_empty() || read.unit.is_some() || read.note || opens(word);
        match names.last_mut() {
            _ if is_other && !read.speaks() => {}
            _ if word.starts_with(char::is_uppercase) => names.push(word.to_string()),
            Some(last) => *last = format!("{last} {word}"),
            None => {}
        }
    }
    names
}

/// Whether a line is a name and a year: `Koncernen 2019`.
fn is_named(text: &str) -> bool {
    let read = heading::read(text);
    let words = read.rest.split_whitespace().count();
    let letters = read.rest.chars().all(|c| c.is_alphabetic() || c == ' ');
    read.period.is_some() && read.years.len() == 1 && (1..=2).contains(&words) && letters && !is_title(text)
}

/// Whether a line heads columns, and is no label that has a word of headings in it (`Årets förändring`).
pub fn must_head(text: &str) -> bool {
    let words = text.split_whitespace().map(heading::read);
    let mut measures: Vec<Measure> = words.filter_map(|read| read.measure).collect();
    measures.dedup();
    may_head(text) && (measures.len() > 1 || heads_column(text) || !heading::read(text).years.is_empty())
}

/// Whether a line is what stands left of the columns: a unit, `Not`.
fn opens(text: &str) -> bool {
    heading::says_unit_only(text) || words::lookup(Class::Note, text.trim()).is_some()
}

/// Whether a line heads columns and says nothing else.
fn heads_column(text: &str) -> bool {
    const MOST_BYTES: usize = 120;
    if text.len() > MOST_BYTES {
        return false;
    }
    let told = heading::read(text);
    let many = || text.split_whitespace().all(|word| heading::read(word).rest.is_empty());
    // A unit stands at the left, where a heading begins.
    (told.speaks() || !told.years.is_empty() && many())
        && told.rest.is_empty()
        && told.unit.is_none()
        && !is_title(text)
}

/// Whether a line is a name of few words, without figures.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=3).contains(&words)
        && text.starts_with(char::is_uppercase)
        && items(text).is_empty()
        && !words::is_sentence(text)
}

/// Whether a line may head columns at all.
pub fn may_head(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (1..=MOST_WORDS).contains(&words)
        && !line.trim_end().ends_with(['.', '!', '?', ':'])
        && heading::read(line).speaks()
        || line.split_whitespace().filter(|word| heading::read(word).speaks()).count() > 1 && words <= MOST_WORDS
}

/// Words alone, one over each column (`Insats Kvinnor Män Totalt`).
pub fn by_words(line: &str, columns: usize) -> Option<Head> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_name = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters.all(char::is_lowercase)
    };
    let named = words.iter().all(is_name);
    let corner = words.len().checked_sub(columns).filter(|corner| *corner <= 1 && named && columns >= 2)?;
    let columns = words[corner..].iter().map(|word| word.to_string()).collect();
    Some(Head { corner: words[..corner].join(" "), note: false, columns, remarks: None, score: 0 })
}

/// Names of one or more words, one over each column, from capital letter to capital letter (`Belopp i mnkr Intäkter
/// Kostnader Utgående eget kapital`). There are many such lines; only their rows can tell.
pub fn by_names(line: &str, columns: usize) -> Option<Head> {
    const LEAST: usize = 3;
    // `Kv 1`, and the year of the title.
    let is_numbered = |word: &str| {
        heading::year(word).is_some() || (word.len() == 1 && word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '(' | ')' | '.'));
    let is_plain = line.split(' ').all(|word| is_word(word) || is_numbered(word));
    let names = names(line);
    let corner = names.len().checked_sub(columns).filter(|corner| *corner <= 1 && is_plain && columns >= LEAST)?;
    let first = names.get(corner)?;
    let at = line.find(first.split(' ').next()?)?;
    Some(Head {
        corner: line[..at].trim().to_string(),
        note: false,
        columns: names[corner..].to_vec(),
        remarks: None,
        score: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_run_together_are_parted() {
        assert_eq!(unglued("202020192018"), "2020 2019 2018");
        assert_eq!(unglued("Utfall2019Budget 2019"), "Utfall 2019 Budget 2019");
        for text in ["556012-5790", "20201231", "Konto 19301940", "Not 12345678"] {
            assert_eq!(unglued(text), text);
        }
    }

    #[test]
    fn names_head_columns_from_capital_to_capital() {
        let head = by_names("Belopp i mnkr Intäkter Årets resultat Utgående eget kapital", 3);
        let expected = ["Intäkter", "Årets resultat", "Utgående eget kapital"].map(String::from);
        assert_eq!(head.map(|head| (head.corner, head.columns)), Some(("Belopp i mnkr".into(), expected.to_vec())));
        assert_eq!(by_names("Kassa och bank 2019", 3), None);
        let quarters = by_names("Plan 2023 Kv 1 Kv 2 Kv 3 Kv 4 Totalt", 5).map(|head| head.columns.join("|"));
        assert_eq!(quarters.as_deref(), Some("Kv 1|Kv 2|Kv 3|Kv 4|Totalt"));
    }
}
