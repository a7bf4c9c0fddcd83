//! The heading over cells that run together: where one column's words end and the next one's begin.

use std::cmp::Reverse;

use super::items::items;
use super::lines::{About, Line, most_apart};
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
    let first = lines.get(at)?.line;
    if !(may_head(first.text) || opens(first.text)) {
        return None;
    }
    let begins = |at: usize| lines.get(at).is_some_and(|about| may_head(about.line.text) || opens(about.line.text));
    let dated = !heading::read(first.text).years.is_empty();
    let is_title = || titles::title(first.text, false).is_some_and(|title| title.is_strong());
    // `Resultaträkning – sammanställd redovisning` above the heading says what the table is.
    if !dated && begins(at + 1) && is_title() {
        return None;
    }
    let mut next = at + 1;
    let mut speaks = may_head(first.text);
    let blank = |next: usize| lines[next].line.row - lines[next - 1].line.row - 1;
    let most_apart = most_apart(&lines[at..]);
    while next < lines.len() && next - at < MOST_LINES && blank(next) <= most_apart {
        let text = lines[next].line.text;
        // `Koncern` above its year.
        let names = || lines.get(next + 1).is_some_and(|below| heads_column(below.line.text)) && is_name(text);
        if !(heads_column(text) || opens(text) || names()) {
            break;
        }
        speaks |= heads_column(text);
        next += 1;
    }
    let lines: Vec<Line> = lines[at..next].iter().map(|about| about.line).collect();
    let text = lines.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
    speaks.then_some(Lines { lines, text, next })
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
        && !titles::title(text, false).is_some_and(|title| title.is_strong())
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
    let corner_cost = |from: usize| if from > 0 && says(heading::read(&joined(0, from))) { 6 } else { 0 };
    let first = (0..words.len()).filter_map(|from| Some((best[columns][from]?.0 - corner_cost(from), from)));
    let (score, first) = first.max_by_key(|(total, from)| (*total, Reverse(*from)))?;
    let mut headings = Vec::new();
    let mut at = first;
    for k in (1..=columns).rev() {
        let (_, to) = best[k][at]?;
        headings.push(joined(at, to));
        at = to;
    }
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
    let turned = i32::from(read.measure.is_some() && text.starts_with(|c: char| c.is_ascii_digit()));
    let told = said + i32::from(read.prior || read.current) - 2 * other - 6 * (1 - one_year);
    Some(2 * (told - COLUMN) - turned)
}

/// What a line above the heading says of several columns.
pub struct Over {
    pub corner: String,
    /// The texts, each at the first of its columns.
    pub columns: Vec<(usize, String)>,
}

/// The line above a heading as what stands over its columns: over each, or over each part of a heading that repeats
/// (`Kommunen Sammanställd redovisning` over `2019 2018 2019 2018`).
pub fn over(line: &str, columns: &[String]) -> Option<Over> {
    let count = columns.len();
    if may_head(line) {
        let head = part(line, count)?;
        return Some(Over { corner: head.corner, columns: head.columns.into_iter().enumerate().collect() });
    }
    let repeats = |period: &usize| {
        count.is_multiple_of(*period) && (*period..count).all(|at| columns[at] == columns[at - period])
    };
    let period = (1..count).find(repeats)?;
    let names = items(line).is_empty() && !words::is_sentence(line);
    let mut words = line.split_whitespace().filter(|_| names).peekable();
    let mut corner: Vec<&str> = Vec::new();
    while let Some(word) = words.next_if(|word| !word.starts_with(char::is_uppercase)) {
        corner.push(word);
    }
    let mut parts: Vec<String> = Vec::new();
    for word in words {
        match parts.last_mut() {
            Some(last) if !word.starts_with(char::is_uppercase) => *last = format!("{last} {word}"),
            _ => parts.push(word.to_string()),
        }
    }
    let columns = (0..count).step_by(period).zip(parts.clone()).collect();
    (parts.len() == count / period).then(|| Over { corner: corner.join(" "), columns })
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

#[cfg(test)]
mod tests {
    use super::*;

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
            ("Verksamhetens intäkter", 2, "-"),
        ];
        for (line, columns, expected) in cases {
            assert_eq!(shown(line, columns), expected, "{line}");
        }
    }
}
