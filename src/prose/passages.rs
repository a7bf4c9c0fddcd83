//! Book → passages: the texts outside the tables, with the headings that they stand under.

use std::collections::HashSet;
use std::ops::Range;

use crate::book::Book;
use crate::grid::{Area, At, Cell, Grid, Source};
use crate::prose::figures::{self, What};
use crate::table::Role;
use crate::words;

/// A text with at least one digit.
#[derive(Clone, Debug)]
pub struct Passage {
    pub text: String,
    /// Short lines right above, the nearest first.
    pub headings: Vec<String>,
    /// Where in the text each of its cells begins.
    parts: Vec<(usize, At)>,
}

impl Passage {
    /// The cell in which a byte of the text stands.
    pub fn at(&self, offset: usize) -> At {
        let after = self.parts.partition_point(|(start, _)| *start <= offset);
        self.parts[after.saturating_sub(1)].1
    }
}

/// The texts of a book that belong to no table and have a digit.
pub fn passages(book: &Book) -> Vec<Passage> {
    let mut passages = Vec::new();
    // The rows of an exported list are accounts, whatever their names also stand for.
    let lists: HashSet<usize> = book.ledgers.iter().map(|ledger| ledger.grid as usize).collect();
    let is_text = |(i, grid): &(usize, &Grid)| grid.source != Source::Ledger && !lists.contains(i);
    for (i, grid) in book.grids.iter().enumerate().filter(is_text) {
        let tables = book.statements.iter().map(|s| &s.table).filter(|table| table.grid == i as u32);
        let areas: Vec<Area> = tables.clone().map(|table| table.area).collect();
        // Lines without figures are words inside a table; they may be sentences.
        let bare: HashSet<(u32, u32)> = tables
            .flat_map(|table| table.lines.iter().filter(|line| line.role == Role::Heading))
            .map(|line| (line.at.row, line.at.col))
            .collect();
        let outside = |cell: &Cell| {
            bare.contains(&(cell.row, cell.col)) || !areas.iter().any(|area| area.holds(cell.row, cell.col))
        };
        of_grid(i as u32, grid, &outside, &mut passages);
    }
    passages
}

fn of_grid(index: u32, grid: &Grid, outside: &dyn Fn(&Cell) -> bool, passages: &mut Vec<Passage>) {
    let mut above: Vec<(u32, String)> = Vec::new();
    let mut joined: Option<u32> = None;
    for (row, cells) in grid.rows() {
        let texts: Vec<&Cell> = cells.iter().filter(|cell| cell.text().is_some() && outside(cell)).collect();
        if texts.is_empty() {
            above.clear();
            continue;
        }
        for cell in texts {
            let text = cell.text().unwrap_or_default();
            let at = At { grid: index, row, col: cell.col };
            if let Some(last) = joined.filter(|last| *last + 1 == row).and_then(|_| passages.last_mut())
                && continues(&last.text, text)
            {
                last.text.push(' ');
                last.parts.push((last.text.len(), at));
                last.text.push_str(text);
                joined = Some(row);
                continue;
            }
            let told = text.bytes().any(|b| b.is_ascii_digit());
            if told {
                let headings = above.iter().rev().take(HEADINGS).map(|(_, text)| text.clone()).collect();
                passages.push(Passage { text: text.to_string(), headings, parts: vec![(0, at)] });
            }
            joined = (told && grid.source == Source::Text && cells.len() == 1).then_some(row);
            if is_heading(text) {
                above.push((row, text.to_string()));
            } else if told && text.chars().count() < LONG && has_amount(text) {
                // A line with an amount closes what the headings above it were about.
                above.clear();
            }
            if above.len() > 4 * HEADINGS {
                above.drain(..3 * HEADINGS);
            }
        }
    }
}

/// How many headings above a text may be about it.
const HEADINGS: usize = 12;
/// A line shorter than this is no paragraph.
const LONG: usize = 60;

fn has_amount(text: &str) -> bool {
    figures::read(text).iter().any(|mark| matches!(mark.what, What::Amount(figure) if figure.unit.is_some()))
}

fn is_heading(text: &str) -> bool {
    let short = text.chars().count() <= 120 && text.split_whitespace().count() <= 14;
    short && !text.trim_end().ends_with(['.', '!', '?', ',']) && !has_amount(text)
}

/// Whether a line is the rest of a sentence that was broken at the width of the page.
fn continues(text: &str, next: &str) -> bool {
    let open = text.len() >= LONG && !text.trim_end().ends_with(['.', ':', '!', '?', ';', ')']);
    open && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

/// The sentences of a text that have a digit.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let ends = match c {
            '.' | '!' | '?' => {
                chars.peek().is_none_or(|(_, next)| next.is_whitespace()) && !inside(&text[..i], &text[i + 1..])
            }
            '\n' | '\u{2756}' => true,
            _ => false,
        };
        if ends {
            push(text, start..i + c.len_utf8(), &mut sentences);
            start = i + c.len_utf8();
        }
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    if text[range.clone()].bytes().any(|b| b.is_ascii_digit()) {
        sentences.push(range);
    }
}

/// Whether a full stop stands after an abbreviation or before a word that begins no sentence.
fn inside(before: &str, after: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let next = after.trim_start().chars().next();
    let lower = next.is_some_and(char::is_lowercase);
    lower || (!word.is_empty() && word.len() < 7 && words::running::is_abbreviation(&words::fold(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_end() {
        let text = "Det blev ca. 100 kr t.o.m. 2019. 59 nya kom. Ingen siffra här. Slut på 5 kr";
        let found: Vec<&str> = sentences(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, ["Det blev ca. 100 kr t.o.m. 2019.", "59 nya kom.", "Slut på 5 kr"]);
    }
}
