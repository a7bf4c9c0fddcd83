//! The heading over cells that run together: where one column's words end and the next one's begin.

use std::cmp::Reverse;

use crate::table::heading;
use crate::words::{self, Class};

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
