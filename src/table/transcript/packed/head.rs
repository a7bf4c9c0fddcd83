//! The heading over cells that run together: where one column's words end and the next one's begin.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::items::items;
use super::lines::{About, Line, most_apart};
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
    /// How well its words fit so many columns.
    pub score: i32,
}

/// A heading has no more words than this.
const MOST_WORDS: usize = 24;
/// What a column must say to be one: `Avvikelse utfall–budget` is not two.
const COLUMN: i32 = 4;
/// What it costs that a column has its year before what is measured.
const TURNED: i32 = 3;
/// What it costs that some columns have a name and others none.
const MIXED: i32 = 6;
/// One column's heading has no more words than this.
const MOST_OF_ONE: usize = 6;

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

/// Whether a line is a title wherever it stands.
pub fn is_title(text: &str) -> bool {
    titles::title(text, false).is_some_and(|title| title.is_strong())
}

/// Whether a line names what parts of the heading below it are of: `(tkr) Kommunen Sammanställd redovisning`.
fn names_several(text: &str) -> bool {
    const MOST_WORDS: usize = 8;
    text.split_whitespace().count() <= MOST_WORDS && !is_title(text) && items(text).is_empty() && names(text).len() > 1
}

/// The names in a text, each from one capital letter to the next, without units and what heads the notes.
fn names(text: &str) -> Vec<String> {
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

/// The line as the headings of so many columns, every one of which says a period or a measure.
pub fn part(line: &str, columns: usize) -> Option<Head> {
    let words: Vec<&str> = line.split_whitespace().collect();
    named(&words, columns).or_else(|| part_plain(&words, columns))
}

fn part_plain(words: &[&str], columns: usize) -> Option<Head> {
    if columns == 0 || words.len() < columns || words.len() > MOST_WORDS {
        return None;
    }
    let joined = |from: usize, to: usize| words[from..to].join(" ");
    let scored = |from: usize, to: usize| score(&joined(from, to));
    // best[k][j]: the best way in which the last words from j on are k headings, and where the first of them ends.
    let mut best: Vec<Vec<Option<(i32, usize)>>> = vec![vec![None; words.len() + 1]; columns + 1];
    best[0][words.len()] = Some((0, words.len()));
    for k in 1..=columns {
        for from in (0..words.len()).rev() {
            let most = (from + MOST_OF_ONE).min(words.len());
            let ways = (from + 1..=most).filter_map(|to| Some((best[k - 1][to]?.0 + scored(from, to)?, to)));
            best[k][from] = ways.max_by_key(|(total, to)| (*total, usize::MAX - to));
        }
    }
    let says = |corner: heading::Heading| corner.speaks() || !corner.years.is_empty();
    // What stands after `Not` heads a column.
    let noted = words.iter().position(|word| words::lookup(Class::Note, word).is_some());
    let corner_cost = |from: usize| match from {
        0 => 0,
        _ if noted.is_some_and(|at| at + 1 < from) => 12,
        _ if says(heading::read(&joined(0, from))) => 6,
        _ => 0,
    };
    let headings = |first: usize| {
        let mut at = first;
        let next = |k: usize| {
            let from = at;
            at = best[k][at]?.1;
            Some(joined(from, at))
        };
        (1..=columns).rev().map(next).collect::<Option<Vec<String>>>()
    };
    // Names over some of the columns alone were parted wrongly.
    let plain = |heading: &String| heading::read(heading).rest.is_empty();
    let mixed = |headings: &[String]| if headings.iter().any(plain) && !headings.iter().all(plain) { MIXED } else { 0 };
    let parted = (0..words.len()).filter_map(|from| {
        let (total, _) = best[columns][from]?;
        let headings = headings(from)?;
        Some((total - corner_cost(from) - mixed(&headings), from, headings))
    });
    let (score, first, headings) = parted.max_by_key(|(total, from, _)| (*total, Reverse(*from)))?;
    let note = first > 0 && words::lookup(Class::Note, words[first - 1]).is_some();
    let corner = joined(0, first - usize::from(note));
    Some(Head { corner, note, columns: headings, score })
}

/// How well words are the heading of one column; none where they say no period and no measure.
fn score(text: &str) -> Option<i32> {
    let read = heading::read(text);
    if !read.speaks() || read.note {
        return None;
    }
    let mut years = read.years.clone();
    years.dedup();
    let one_year = i32::from(years.len() <= 1 || read.period.is_some());
    let said = 4 * i32::from(read.period.is_some()) + 3 * i32::from(read.measure.is_some());
    let other = read.rest.split_whitespace().count() as i32 + i32::from(read.unit.is_some());
    // Of two ways that say as much, that in which the measures stand before the years.
    let first = heading::read(text.split(' ').next().unwrap_or_default());
    let dated = !first.years.is_empty() || first.month.is_some() || first.period.is_some();
    let turned = TURNED * i32::from(read.measure.is_some() && first.measure.is_none() && dated);
    let told = said + i32::from(read.prior || read.current) - 2 * other - 6 * (1 - one_year);
    Some(2 * (told - COLUMN) - turned)
}

/// Where in a heading that repeats its columns the parts begin, of which there are so many names.
fn parts(columns: &[String], names: usize) -> Option<Vec<usize>> {
    let count = columns.len();
    let even = count.checked_div(names).filter(|period| {
        names > 1 && period * names == count && (*period..count).all(|at| columns[at] == columns[at - period])
    });
    if let Some(period) = even {
        return Some((0..count).step_by(period).collect());
    }
    // `Bokslut 2020`, `Bokslut 2021`, `Budget 2021` of one, and only the first two of the other.
    let again = |at: &usize| columns[..*at].windows(count - at).any(|part| *part == columns[*at..]);
    (names == 2).then(|| (1..count).find(again)).flatten().map(|at| vec![0, at])
}

/// The heading with the names that stand over parts of it put to each column: `Kommunen Koncernen` over `2019 2018 2019
/// 2018`.
fn named(words: &[&str], columns: usize) -> Option<Head> {
    // `Sammanställd redovisning` is no measure.
    let speaks = |at: &usize| heading::read(&words[at.saturating_sub(1)..=*at].join(" ")).speaks();
    let first = (0..words.len()).find(speaks)?;
    let names = names(&words[..first].join(" "));
    let is_name = |word: &&&str| names.iter().any(|name| name.split(' ').any(|part| part == **word));
    let plain: Vec<&str> =
        words[..first].iter().filter(|word| !is_name(word)).chain(&words[first..]).copied().collect();
    let mut head = part_plain(&plain, columns)?;
    let parts = (2..=names.len()).rev().find_map(|count| parts(&head.columns, count))?;
    let names = &names[names.len() - parts.len()..];
    for (at, column) in head.columns.iter_mut().enumerate() {
        let of = parts.iter().rposition(|from| *from <= at).unwrap_or_default();
        *column = format!("{} {column}", names[of]);
    }
    Some(head)
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
    Some(Head { corner: words[..corner].join(" "), note: false, columns, score: 0 })
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
    Some(Head { corner: line[..at].trim().to_string(), note: false, columns: names[corner..].to_vec(), score: 0 })
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

    fn shown(line: &str, columns: usize) -> String {
        part(line, columns).map_or("-".into(), |head| {
            format!("{}|{}{}", head.corner, if head.note { "Not|" } else { "" }, head.columns.join("|"))
        })
    }

    #[test]
    fn every_column_gets_its_words() {
        let cases = [
            (
                "Kronor Redovisat 2010 Budget 2010 Avvikelse budget–utfall",
                3,
                "Kronor|Redovisat 2010|Budget 2010|Avvikelse budget–utfall",
            ),
            ("Belopp i kr Not 2019-12-31 2018-12-31", 2, "Belopp i kr|Not|2019-12-31|2018-12-31"),
            (
                "Tkr 2019-01-01 -2019-12-31 2018-01-01 -2018-12-31",
                2,
                "Tkr|2019-01-01 -2019-12-31|2018-01-01 -2018-12-31",
            ),
            (
                "Resultaträkning (tkr) Budget 2024 Plan 2025 Plan 2026",
                3,
                "Resultaträkning (tkr)|Budget 2024|Plan 2025|Plan 2026",
            ),
            (
                "Utfall jan-aug 2023 Utfall jan-aug 2022 Budget helår 2023 Prognos helår 2023",
                4,
                "|Utfall jan-aug 2023|Utfall jan-aug 2022|Budget helår 2023|Prognos helår 2023",
            ),
            ("Belopp i kr Not 31/12 2013", 1, "Belopp i kr|Not|31/12 2013"),
            ("Tkr Not Kommunen 2019 Kommunen 2018", 2, "Tkr|Not|Kommunen 2019|Kommunen 2018"),
            (
                "(tkr) Kommunen Sammanställd redovisning Utfall 2019 Utfall 2018 Utfall 2019 Utfall 2018",
                4,
                "(tkr)|Kommunen Utfall 2019|Kommunen Utfall 2018|Sammanställd redovisning Utfall 2019|\
                 Sammanställd redovisning Utfall 2018",
            ),
            (
                "Tkr Kommunen Koncernen Not Budget 2014 Utfall 2013 Utfall 2014 Utfall 2013 Utfall 2014",
                5,
                "Tkr|Not|Kommunen Budget 2014|Kommunen Utfall 2013|Kommunen Utfall 2014|Koncernen Utfall 2013|\
                 Koncernen Utfall 2014",
            ),
            ("Verksamhetens intäkter", 2, "-"),
        ];
        for (line, columns, expected) in cases {
            assert_eq!(shown(line, columns), expected, "{line}");
        }
    }
}
