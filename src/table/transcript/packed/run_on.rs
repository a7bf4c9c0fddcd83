//! A whole table on one line that refers to notes: `Belopp i kr Not 2020 2019 Fordringar 4 118 793 100 000 …`.
//!
//! The number of a note looks as the thousands of the figure after it, so such a table is read only where its totals
//! prove the reading.

use super::head::Head;
use super::items::{self, Item};
use super::lay::Laid;
use super::lines::{Line, Packed, Placed};
use super::weigh::Document;
use super::{Block, parting, weigh};
use crate::grid::{Grid, Source};
use crate::table::transcript::block::Effort;
use crate::table::transcript::heading::Heading;
use crate::table::transcript::settle::Known;
use crate::table::transcript::{LABEL_WORDS, MOST_COLUMNS, Transcript};

/// Fewer rows with figures are no table, and more are too many to weigh.
pub const ROWS: std::ops::RangeInclusive<usize> = 4..=300;

/// The table under a heading on a line, whose rows begin at a byte; none where its totals do not prove it.
pub fn read<'a>(input: usize, line: Line<'a>, heading: &Heading, from: usize, effort: &Effort) -> Option<Transcript> {
    let columns = heading.years.len();
    if columns > MOST_COLUMNS {
        return None;
    }
    let (rows, end) = rows(line, from);
    let figures = rows.iter().filter(|row| !row.items.is_empty()).count();
    if !ROWS.contains(&figures) {
        return None;
    }
    let heads = vec![(columns, head(heading)?)];
    let of = Document { titled: &[], effort, short: false };
    let proved = |rows: &[Packed<'a>]| weigh::headed(rows, heads.clone(), of).filter(|read| read.weighed.is_proved());
    let first = proved(&rows)?;
    // What stands between the heading and the first row that is understood is no row.
    let is_row = |i: &usize| first.weighed.known(*i).iter().any(|known| *known != Known::Unknown);
    let before = (0..first.rows.len()).find(is_row).unwrap_or_default();
    let read = if before > 0 { proved(&first.rows[before..])? } else { first };
    let document = Grid::new(input, "", Source::Text, Vec::new());
    let mut laid = Laid::default();
    laid.lay(&document, &Block { heading: vec![Line { row: 1, text: "" }], read });
    let mut grid = document;
    let remarks = laid.into_grid(&mut grid);
    grid.line = Some(line.row);
    grid.moved.clear();
    let prose = [heading.before.clone(), line.text[end..].trim().to_string()];
    Some(Transcript { grid, remarks, prose: prose.into_iter().filter(|text| !text.is_empty()).collect() })
}

/// The heading as that of columns, each with its year and what is measured.
fn head(heading: &Heading) -> Option<Head> {
    let count = heading.years.len();
    let columns: Vec<String> = match heading.measures.len() == count {
        true => heading.measures.iter().zip(&heading.years).map(|(said, year)| format!("{said} {year}")).collect(),
        false => heading.years.clone(),
    };
    parting::part(&format!("{} {} {}", heading.title, heading.corner, columns.join(" ")), count)
}

/// The rows from a byte on, and where they end: before a label that is too long to be one, or the years of another table.
pub fn rows(line: Line<'_>, from: usize) -> (Vec<Packed<'_>>, usize) {
    let (mut rows, mut end) = (Vec::new(), from);
    let (mut label, mut found): (Option<(usize, usize)>, Vec<Item>) = (None, Vec::new());
    let mut at = from;
    for token in line.text[from..].split([' ', '\t']) {
        let (start, stop) = (at, at + token.len());
        at = stop + 1;
        if token.is_empty() {
            continue;
        }
        if let Some(last) = found.last_mut().filter(|_| token == "%") {
            *last = Item { end: stop, group: last.group.clone().percent(), ..last.clone() };
            continue;
        }
        let own = if is_number(token, line.text[stop..].trim_start()) { Vec::new() } else { items::items(token) };
        if own.first().is_some_and(|first| first.start == 0) {
            found.extend(own.into_iter().map(|item| Item { start: item.start + start, end: item.end + start, ..item }));
            continue;
        }
        // `unga 20-25 år 87 220`: digits inside the label, for the label goes on.
        let goes_on = found.len() <= 2 && label.is_some() && token.starts_with(|c: char| c.is_lowercase() || c == '%');
        if !found.is_empty() && !goes_on {
            let Some(row) = row(line, label.take(), std::mem::take(&mut found)) else { return (rows, end) };
            rows.push(row);
            end = start;
        }
        found.clear();
        label = Some((label.map_or(start, |(first, _)| first), stop));
        if rows.len() > *ROWS.end() {
            return (rows, end);
        }
    }
    if let Some(row) = row(line, label, found) {
        rows.push(row);
        end = line.text.len();
    }
    (rows, end)
}

/// Whether a token is the number of the label after it: `1.2 Regionens bidrag`.
fn is_number(token: &str, after: &str) -> bool {
    const MOST_DIGITS: usize = 2;
    let mut parts = token.strip_suffix('.').unwrap_or(token).split('.');
    let is_part = |part: &str| (1..=MOST_DIGITS).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    token.contains('.') && parts.all(is_part) && after.starts_with(char::is_uppercase)
}

/// A row of its label and its figures, if it can be one.
fn row<'a>(line: Line<'a>, label: Option<(usize, usize)>, found: Vec<Item>) -> Option<Packed<'a>> {
    let label = label.map_or("", |(from, to)| &line.text[from..to]);
    let is_years = found.len() > 1 && found.iter().all(|item| item.group.is_year());
    // `å r s r e d o v i s n i n g  2 0 1 2`: letters set apart at the foot of a page.
    let letters = label.split(' ').filter(|word| word.chars().count() == 1).count();
    let is_spaced = letters > 3 && 2 * letters > label.split(' ').count();
    let fits = !found.is_empty() && !is_years && !is_spaced && label.split(' ').count() <= LABEL_WORDS;
    let items = found.into_iter().map(|item| Placed { line, item }).collect();
    fits.then(|| Packed::new(vec![line.row], label.to_string(), items))
}
