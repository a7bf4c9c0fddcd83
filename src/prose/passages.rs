//! Book → passages: the texts outside the tables, with the headings that they stand under.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use crate::book::Book;
use crate::grid::{Area, At, Cell, Grid, Source};
use crate::prose::figures::{self, What};
use crate::prose::headings::Heading;
use crate::table::{Role, Table};
use crate::words;

/// A text with at least one digit.
#[derive(Clone, Debug)]
pub struct Passage<'b> {
    pub text: Cow<'b, str>,
    /// Short lines right above, the nearest first.
    pub headings: Vec<Rc<Heading<'b>>>,
    /// Where in the text each of its cells begins.
    parts: Vec<(usize, At)>,
}

impl Passage<'_> {
    /// The cell in which a byte of the text stands.
    pub fn at(&self, offset: usize) -> At {
        let after = self.parts.partition_point(|(start, _)| *start <= offset);
        self.parts[after.saturating_sub(1)].1
    }

    /// Whether it stands under the same headings as another.
    pub fn stands_with(&self, other: &Passage) -> bool {
        self.headings.iter().map(|heading| heading.text).eq(other.headings.iter().map(|heading| heading.text))
    }

    /// The file that it stands in.
    pub fn input(&self, book: &Book) -> usize {
        book.grids[self.at(0).grid as usize].input
    }
}

/// Shows the texts of a book that belong to no table and have a digit, one by one: a sheet may have hundreds of thousands.
pub fn each_passage<'b>(book: &'b Book, mut show: impl FnMut(Passage<'b>)) {
    // The rows of an exported list are accounts, whatever their names also stand for.
    let lists: HashSet<usize> = book.ledgers.iter().map(|ledger| ledger.grid as usize).collect();
    let is_text = |(i, grid): &(usize, &Grid)| grid.source != Source::Ledger && !lists.contains(i);
    for (i, grid) in book.grids.iter().enumerate().filter(is_text) {
        let first = book.statements.partition_point(|s| (s.table.grid as usize) < i);
        let tables = book.statements[first..].iter().map(|s| &s.table).take_while(|table| table.grid as usize == i);
        let tables: Vec<&Table> = tables.collect();
        of_grid(i as u32, grid, &mut Tables::of(&tables), &mut show);
    }
}

/// Where the tables of a grid are, asked row by row from above.
struct Tables {
    /// Those that begin further down, the next one last.
    below: Vec<Area>,
    /// Those that the row last asked about crosses.
    here: Vec<Area>,
    /// Lines without figures: words inside a table that may be sentences.
    bare: HashSet<(u32, u32)>,
}

impl Tables {
    fn of(tables: &[&Table]) -> Tables {
        let mut below: Vec<Area> = tables.iter().map(|table| table.area).collect();
        below.sort_by_key(|area| Reverse(area.first_row));
        let headings = tables.iter().flat_map(|table| table.lines.iter().filter(|line| line.role == Role::Heading));
        let bare = headings.map(|line| (line.at.row, line.at.col)).collect();
        Tables { below, here: Vec::new(), bare }
    }

    fn hold(&mut self, cell: &Cell) -> bool {
        while let Some(area) = self.below.pop_if(|area| area.first_row <= cell.row) {
            self.here.push(area);
        }
        self.here.retain(|area| area.last_row >= cell.row);
        self.here.iter().any(|area| area.holds(cell.row, cell.col)) && !self.bare.contains(&(cell.row, cell.col))
    }
}

fn of_grid<'b>(index: u32, grid: &'b Grid, tables: &mut Tables, show: &mut impl FnMut(Passage<'b>)) {
    let mut above: Vec<Rc<Heading>> = Vec::new();
    // What the next line may go on, and the row where it ends if it may.
    let (mut open, mut joined): (Option<Passage>, Option<u32>) = (None, None);
    let mut last: Option<u32> = None;
    let mut texts = grid.others().filter(|cell| cell.text().is_some()).peekable();
    while let Some(first) = texts.next() {
        let row = first.row;
        let mut own = vec![first];
        while let Some(cell) = texts.next_if(|cell| cell.row == row) {
            own.push(cell);
        }
        own.retain(|cell| !tables.hold(cell));
        let parted = last.is_some_and(|last| grid.rows_between(last, row).next().is_some());
        last = Some(row);
        if own.is_empty() || parted {
            above.clear();
        }
        for cell in own {
            let text = cell.text().unwrap_or_default();
            let at = At { grid: index, row, col: cell.col };
            if let Some(before) = open.as_mut().filter(|_| joined.is_some_and(|last| last + 1 == row))
                && continues(&before.text, text)
            {
                let whole = before.text.to_mut();
                whole.push(' ');
                before.parts.push((whole.len(), at));
                whole.push_str(text);
                joined = Some(row);
                continue;
            }
            let told = text.bytes().any(|b| b.is_ascii_digit());
            if told {
                let headings = above.iter().rev().take(HEADINGS).cloned().collect();
                let passage = Passage { text: text.into(), headings, parts: vec![(0, at)] };
                open.replace(passage).into_iter().for_each(&mut *show);
            }
            joined = (told && grid.source == Source::Text && grid.row(row).len() == 1).then_some(row);
            if is_heading(text) {
                above.push(Rc::new(Heading::new(text)));
            } else if told && text.chars().count() < LONG && has_amount(text) {
                // A line with an amount closes what the headings above it were about.
                above.clear();
            }
            if above.len() > 4 * HEADINGS {
                above.drain(..3 * HEADINGS);
            }
        }
    }
    open.into_iter().for_each(show);
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
    fn a_line_that_ends_in_the_middle_of_a_sentence_goes_on() {
        let long = "Förbundets kostnader för arbetsträning och vägledning blev under året";
        assert!(continues(long, "lägre än budget") && continues(long, "400 tkr lägre"));
        assert!(!continues(long, "Lägre än budget") && !continues(&format!("{long}."), "lägre än budget"));
        assert!(!continues("Kostnaderna blev", "lägre än budget"));
        assert!(continues(&long[..LONG], "lägre än budget") && !continues(&long[..LONG - 1], "lägre än budget"));
    }

    #[test]
    fn sentences_end_where_they_end() {
        let text = "Det blev ca. 100 kr t.o.m. 2019. 59 nya kom. Ingen siffra här. Slut på 5 kr";
        let found: Vec<&str> = sentences(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, ["Det blev ca. 100 kr t.o.m. 2019.", "59 nya kom.", "Slut på 5 kr"]);
        assert_eq!(sentences("Det blev 5 tkr. per plats.").len(), 1);
    }
}
