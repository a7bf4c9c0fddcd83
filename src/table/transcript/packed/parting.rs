//! A heading line in parts: where one column's words end and the next one's begin.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use super::head::{Head, names};
use crate::table::heading;
use crate::words::{self, Class};

/// A heading has no more words than this.
pub const MOST_WORDS: usize = 24;
/// What a column must say to be one: `Avvikelse utfall–budget` is not two.
const COLUMN: i32 = 4;
/// What it costs that a column has its year before what is measured.
const TURNED: i32 = 3;
/// What it costs that some columns have a name and others none.
const MIXED: i32 = 6;
/// One column's heading has no more words than this.
const MOST_OF_ONE: usize = 6;

/// The line as the headings of so many columns, every one of which says a period or a measure.
pub fn part(line: &str, columns: usize) -> Option<Head> {
    parted(line, columns..=columns).pop().map(|(_, head)| head)
}

/// In how many columns a line can be parted, and how.
pub fn parted(line: &str, columns: RangeInclusive<usize>) -> Vec<(usize, Head)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let named = Named::of(&words, *columns.end());
    let plain = Parting::of(words, *columns.end());
    let part = |columns: usize| {
        let named = named.as_ref().and_then(|named| named.head(columns));
        named.or_else(|| plain.as_ref()?.head(columns)).map(|head| (columns, head))
    };
    columns.filter_map(part).collect()
}

/// The words of a line, as headings of columns.
struct Parting<'w> {
    words: Vec<&'w str>,
    /// `best[k][j]`: the best way in which the words from j on are k headings, and where the first of them ends.
    best: Vec<Vec<Option<(i32, usize)>>>,
}

impl<'w> Parting<'w> {
    fn of(words: Vec<&'w str>, columns: usize) -> Option<Parting<'w>> {
        if words.len() > MOST_WORDS {
            return None;
        }
        // The same words head the last column and the first.
        let mut scores = vec![[None; MOST_OF_ONE]; words.len()];
        let mut scored = |from: usize, to: usize| {
            *scores[from][to - from - 1].get_or_insert_with(|| score(&words[from..to].join(" ")))
        };
        let mut best: Vec<Vec<Option<(i32, usize)>>> = vec![vec![None; words.len() + 1]; columns + 1];
        best[0][words.len()] = Some((0, words.len()));
        for k in 1..=columns {
            for from in (0..words.len()).rev() {
                let most = (from + MOST_OF_ONE).min(words.len());
                let ways = (from + 1..=most).filter_map(|to| Some((best[k - 1][to]?.0 + scored(from, to)?, to)));
                best[k][from] = ways.max_by_key(|(total, to)| (*total, usize::MAX - to));
            }
        }
        Some(Parting { words, best })
    }

    fn head(&self, columns: usize) -> Option<Head> {
        let Parting { words, best } = self;
        let joined = |from: usize, to: usize| words[from..to].join(" ");
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
        let mixed =
            |headings: &[String]| if headings.iter().any(plain) && !headings.iter().all(plain) { MIXED } else { 0 };
        let parted = (0..words.len()).filter_map(|from| {
            let (total, _) = best[columns][from]?;
            let headings = headings(from).filter(|headings| !are_torn(&joined(0, from), headings))?;
            Some((total - corner_cost(from) - mixed(&headings), from, headings))
        });
        let (score, first, headings) = parted.max_by_key(|(total, from, _)| (*total, Reverse(*from)))?;
        let note = first > 0 && words::lookup(Class::Note, words[first - 1]).is_some();
        let corner = joined(0, first - usize::from(note));
        Some(Head { corner, note, columns: headings, remarks: None, score })
    }
}

/// Whether a year was torn from what it is the year of, which stands with its own elsewhere or is torn there, too:
/// `Utfall`, `2023`, `Utfall 2022`.
fn are_torn(corner: &str, headings: &[String]) -> bool {
    let all = std::iter::once(corner).chain(headings.iter().map(String::as_str));
    let read: Vec<heading::Heading> = all.map(heading::read).collect();
    let is_year = |own: &heading::Heading| own.measure.is_none() && own.period.is_some();
    let bare = |own: &heading::Heading| own.measure.is_some() && own.years.is_empty();
    let again = |at: usize| (0..read.len()).any(|other| other != at && read[other].measure == read[at].measure);
    (1..read.len()).any(|at| is_year(&read[at]) && bare(&read[at - 1]) && again(at - 1))
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

/// A heading and the names that stand over parts of it: `Kommunen Koncernen` over `2019 2018 2019 2018`.
struct Named<'w> {
    names: Vec<String>,
    plain: Parting<'w>,
}

impl<'w> Named<'w> {
    fn of(words: &[&'w str], columns: usize) -> Option<Named<'w>> {
        // `Sammanställd redovisning` is no measure.
        let speaks = |at: &usize| heading::read(&words[at.saturating_sub(1)..=*at].join(" ")).speaks();
        let first = (0..words.len()).find(speaks)?;
        let names = names(&words[..first].join(" "));
        if names.len() < 2 {
            return None;
        }
        let is_name = |word: &&&str| names.iter().any(|name| name.split(' ').any(|part| part == **word));
        let plain = words[..first].iter().filter(|word| !is_name(word)).chain(&words[first..]).copied().collect();
        Some(Named { plain: Parting::of(plain, columns)?, names })
    }

    /// The heading with its name put to each column.
    fn head(&self, columns: usize) -> Option<Head> {
        let mut head = self.plain.head(columns)?;
        let parts = (2..=self.names.len()).rev().find_map(|count| parts(&head.columns, count))?;
        let names = &self.names[self.names.len() - parts.len()..];
        for (at, column) in head.columns.iter_mut().enumerate() {
            let of = parts.iter().rposition(|from| *from <= at).unwrap_or_default();
            *column = format!("{} {column}", names[of]);
        }
        Some(head)
    }
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
            ("Utfall 2023 Utfall 2022", 2, "|Utfall 2023|Utfall 2022"),
            ("Utfall 2023 Utfall 2022", 3, "-"),
            ("Utfall 2023 Utfall 2022", 4, "-"),
        ];
        for (line, columns, expected) in cases {
            assert_eq!(shown(line, columns), expected, "{line}");
        }
    }
}
