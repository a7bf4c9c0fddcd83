//! Tables whose lines are lines still, but whose cells run together or stand one a line: what copying out of a page
//! leaves of them.
//!
//! `Verksamhetens intäkter 1 7 666 358 7 332 000` under `Belopp i kr Not 2019 2018`. The heading, of one line or of many,
//! says which columns there may be; which digits are one figure, and how many columns there are where the heading can be
//! parted in several ways, is told by the rows that can be read in one way only, and by the totals, as on a line that
//! holds a whole table. What nothing tells is read so that the figures of the row are of about one size, and otherwise
//! left as not known. Under no heading that is understood a table is read only where its totals prove the reading.
//!
//! The cells stay in the document: row for row where their labels were, each in a column of its own.

mod head;
pub(super) mod items;
mod lines;
mod ways;
mod weigh;

use std::collections::HashSet;

use super::choices::Content;
use super::lay::Remark;
use super::settle::Known;
use crate::grid::{Cell, Grid, Source, Value};
use crate::words::{self, Class, titles};
use head::Head;
use lines::{About, Line, Packed};
use weigh::Weighed;

/// More columns than these have too many ways to weigh, and fewer rows are no table.
const MOST_COLUMNS: usize = 8;
const LEAST_ROWS: usize = 2;
/// A heading of names alone has no more words.
const MOST_NAME_WORDS: usize = 20;
/// Without a heading, so many figures must be sums.
const LEAST_PROOF: usize = 3;

/// A table in the making.
struct Block<'a> {
    heading: Option<head::Lines<'a>>,
    head: Head,
    rows: Vec<Packed<'a>>,
    weighed: Weighed,
}

/// Parts the cells that run together; says what could not be told of them.
pub fn part(grid: &mut Grid) -> Vec<Remark> {
    if grid.source != Source::Text {
        return Vec::new();
    }
    let alone = grid.rows().filter_map(|(row, cells)| match cells {
        // What begins so is a record of bookkeeping, or a heading of its own.
        [only] if only.col == 0 => Some(Line { row, text: only.text().filter(|text| !text.starts_with('#'))? }),
        _ => None,
    });
    let lines: Vec<About> = alone.map(About::new).collect();
    let mut reader = Reader { lines: &lines, notes: note_numbers(&lines), above: Vec::new() };
    let mut laid = Laid::default();
    let mut at = 0;
    while at < lines.len() {
        let (block, next) = reader.block(at);
        if let Some(block) = block {
            laid.lay(grid, &block);
        }
        at = next;
    }
    laid.into_grid(grid)
}

/// The numbers of the notes that have titles.
fn note_numbers(lines: &[About<'_>]) -> Vec<u32> {
    let number = |about: &About| match titles::title(about.line.text.trim(), false)? {
        titles::Heading::Note { number, .. } => Some(number),
        titles::Heading::Statement { .. } => None,
    };
    lines.iter().filter_map(number).collect()
}

/// Goes through the lines of a document.
struct Reader<'l, 'a> {
    lines: &'l [About<'a>],
    /// The numbers of the notes that have titles.
    notes: Vec<u32>,
    /// The heading that may stand for the notes below it, too.
    above: Vec<(usize, Head)>,
}

impl<'a> Reader<'_, 'a> {
    /// The table that begins at a line, if one does, and where to look for the next.
    fn block(&mut self, at: usize) -> (Option<Block<'a>>, usize) {
        let found = match head::collect(self.lines, at) {
            Some(heading) => self.under_heading(at, heading),
            None => self.under_title(at),
        };
        match found.or_else(|| self.under_names(at)) {
            Some((block, next)) => (Some(block), next),
            None => (None, at + 1),
        }
    }

    fn under_heading(&mut self, at: usize, heading: head::Lines<'a>) -> Option<(Block<'a>, usize)> {
        let parted = |columns| Some((columns, head::part(&heading.text, columns)?));
        let heads: Vec<(usize, Head)> = (1..=MOST_COLUMNS).filter_map(parted).collect();
        let repeats = |text: &str| text.trim() == self.lines[at].line.text.trim();
        let (rows, next) = lines::rows(self.lines, heading.next, repeats);
        if let Some((head, weighed)) = weigh::headed(&rows, heads.clone(), &self.notes) {
            self.above = vec![(head.columns.len(), head.clone())];
            return Some((Block { heading: Some(heading), head, rows, weighed }, next));
        }
        // `2019 2018` once, above the titles of all notes.
        let next = self.lines.get(heading.next).map(|about| about.line.text);
        if rows.is_empty() && next.is_some_and(|text| is_note_title(text) || is_strong_title(text)) {
            self.above = heads;
        }
        None
    }

    /// A note or a statement whose columns are those of the table above it.
    fn under_title(&self, at: usize) -> Option<(Block<'a>, usize)> {
        let title = self.lines[at].line;
        let is_title = is_note_title(title.text) || is_strong_title(title.text);
        let has_own = || self.lines.get(at + 1).is_some() && head::collect(self.lines, at + 1).is_some();
        if !is_title || self.above.is_empty() || has_own() {
            return None;
        }
        let (rows, next) = lines::rows(self.lines, at + 1, |_| false);
        let (mut head, weighed) = weigh::headed(&rows, self.above.clone(), &self.notes)?;
        head.corner = title.text.trim().to_string();
        let heading = head::Lines { lines: vec![title], text: title.text.to_string(), next: at + 1 };
        Some((Block { heading: Some(heading), head, rows, weighed }, next))
    }

    /// A table under words that may be the names of its columns.
    fn under_names(&self, at: usize) -> Option<(Block<'a>, usize)> {
        let line = self.lines[at].line;
        if line.text.split_whitespace().count() > MOST_NAME_WORDS {
            return None;
        }
        let names = |columns| head::by_words(line.text, columns).or_else(|| head::by_names(line.text, columns));
        let heads: Vec<(usize, Head)> =
            (2..=MOST_COLUMNS).filter_map(|columns| Some((columns, names(columns)?))).collect();
        if heads.is_empty() {
            return None;
        }
        let (rows, next) = lines::rows(self.lines, at + 1, |below| below.trim() == line.text.trim());
        let (head, weighed) = weigh::named(&rows, heads, &self.notes)?;
        let heading = head::Lines { lines: vec![line], text: line.text.to_string(), next: at + 1 };
        Some((Block { heading: Some(heading), head, rows, weighed }, next))
    }
}

fn is_strong_title(text: &str) -> bool {
    titles::title(text, false).is_some_and(|title| title.is_strong())
}

/// Whether a line is the title of a note, and not a reference to one.
fn is_note_title(text: &str) -> bool {
    let is_note = matches!(titles::title(text.trim(), false), Some(titles::Heading::Note { .. }));
    is_note && text.split_whitespace().count() > 2
}

/// What is laid out of a document.
#[derive(Default)]
struct Laid {
    cells: Vec<Cell>,
    /// Where cells stand that are not where they were.
    moved: Vec<((u32, u32), (u32, u32))>,
    /// The lines that have become rows.
    taken: HashSet<u32>,
    remarks: Vec<Remark>,
}

impl Laid {
    fn put(&mut self, grid: &Grid, (row, col): (u32, u32), line: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        let style = grid.get(line, 0).map(|cell| cell.style).unwrap_or_default();
        self.cells.push(Cell::new(row, col, Value::Text(text.into())).styled(style));
        if row != line {
            self.moved.push(((row, col), (line, 0)));
        }
    }

    fn lay(&mut self, grid: &Grid, block: &Block<'_>) {
        let notes = block.head.note || block.weighed.noted || block.rows.iter().any(|row| row.reference.is_some());
        let base = 1 + u32::from(notes);
        if let Some(last) = block.heading.as_ref().and_then(|heading| heading.lines.last()) {
            self.taken.extend(block.heading.iter().flat_map(|heading| &heading.lines).map(|line| line.row));
            self.put(grid, (last.row, 0), last.row, &block.head.corner);
            if notes {
                let word = words::names(Class::Note).next().map_or("", |(_, wording)| wording);
                self.put(grid, (last.row, 1), last.row, word);
            }
            for (col, text) in (base..).zip(&block.head.columns) {
                self.put(grid, (last.row, col), last.row, text);
            }
        }
        let mut undecided = Vec::new();
        // Where a row takes several lines, the rows close up: a table has no gaps.
        let gaps = block.rows.iter().any(|row| row.lines.len() > 1);
        let first = block.heading.as_ref().and_then(|heading| heading.lines.last()).map(|line| line.row + 1);
        let first = first.unwrap_or(block.rows[0].lines[0]);
        for (i, row) in block.rows.iter().enumerate() {
            let line = row.lines[0];
            let at = if gaps { first + i as u32 } else { line };
            self.taken.extend(&row.lines);
            if row.items.is_empty() {
                self.put(grid, (at, 0), line, &row.label);
                continue;
            }
            let skipped = block.weighed.skipped[i];
            let number = row.items[..skipped].last().filter(|placed| placed.item.group.shown().len() <= 2);
            let own = &row.items[..skipped - usize::from(number.is_some())];
            let mut label = row.label.clone();
            own.iter().for_each(|placed| label = format!("{label} {}", placed.text()));
            if number.is_some() && row.says_note && row.notes.is_none() {
                label = label.rsplit_once(' ').map_or_else(String::new, |(label, _)| label.to_string());
            }
            self.put(grid, (at, 0), line, label.trim_end());
            match (number, row.reference) {
                (_, Some(line)) => self.put(grid, (at, 1), line.row, line.text.trim_end_matches([' ', '»'])),
                (Some(placed), None) => {
                    let listed = row.notes.as_ref().map(|listed| format!("{listed} {}", placed.text()));
                    self.put(grid, (at, 1), placed.line.row, listed.as_deref().unwrap_or(placed.text()));
                }
                (None, None) => {}
            }
            let known = block.weighed.known(i);
            for (col, known) in (base..).zip(&known) {
                match known {
                    Known::Content(Content::Figure(figure)) => {
                        let (first, last) = (&row.items[figure.from], &row.items[figure.to - 1]);
                        let text = &first.line.text[first.item.start..last.item.end];
                        self.put(grid, (at, col), first.line.row, text);
                    }
                    Known::Content(_) => {}
                    Known::Nothing => self.put(grid, (at, col), line, "-"),
                    Known::Unknown => self.put(grid, (at, col), line, "?"),
                }
            }
            undecided.extend(known.contains(&Known::Unknown).then_some(at));
        }
        self.remarks.extend((!undecided.is_empty()).then_some(Remark::Undecided { rows: undecided }));
    }

    fn into_grid(mut self, grid: &mut Grid) -> Vec<Remark> {
        if !self.taken.is_empty() {
            self.cells.extend(grid.cells().iter().filter(|cell| !self.taken.contains(&cell.row)).cloned());
            let styled = grid.styled;
            *grid = Grid::new(grid.input, grid.sheet.clone(), grid.source, self.cells);
            self.moved.sort_unstable();
            (grid.styled, grid.moved) = (styled, self.moved);
        }
        self.remarks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a text as they are parted, and the rows about which nothing is known.
    fn shown(text: &str) -> (Vec<String>, Vec<Remark>) {
        let cell = |(row, line): (u32, &str)| Cell::new(row, 0, Value::Text(line.into()));
        let mut grid = Grid::new(0, "", Source::Text, (0..).zip(text.lines()).map(cell).collect());
        let remarks = part(&mut grid);
        let row = |(_, cells): (u32, &[Cell])| {
            let texts = cells.iter().map(|cell| format!("{}:{}", cell.col, cell.text().unwrap_or_default()));
            texts.collect::<Vec<_>>().join("|")
        };
        (grid.rows().map(row).collect(), remarks)
    }

    #[test]
    fn cells_that_run_together_are_parted() {
        let (rows, remarks) = shown(
            "Resultaträkning\nBelopp i kr Not 2019 2018\nVerksamhetens intäkter 1 7 666 358 332 000\n\
             Verksamhetens kostnader 2 -7 146 542 -17 293\nAvskrivningar - -14 000\nVerksamhetens resultat 519 816 300 707\n\
             Not 1 Verksamhetens intäkter\nNot 2 Verksamhetens kostnader",
        );
        let expected = [
            "0:Resultaträkning",
            "0:Belopp i kr|1:not|2:2019|3:2018",
            "0:Verksamhetens intäkter|1:1|2:7 666 358|3:332 000",
            "0:Verksamhetens kostnader|1:2|2:-7 146 542|3:-17 293",
            "0:Avskrivningar|2:-|3:-14 000",
            "0:Verksamhetens resultat|2:519 816|3:300 707",
            "0:Not 1 Verksamhetens intäkter",
            "0:Not 2 Verksamhetens kostnader",
        ];
        assert_eq!((rows, remarks), (expected.map(String::from).to_vec(), Vec::new()));
    }

    #[test]
    fn totals_tell_a_note_from_a_million() {
        let table = |total: &str| {
            format!(
                "Tkr Not 2019 2018\nFordringar 3 112 100\nKassa och bank 2 312 456 358 376\nSumma tillgångar {total}"
            )
        };
        let bank = |total: &str| shown(&table(total)).0[2].clone();
        assert_eq!(bank("312 568 358 476"), "0:Kassa och bank|1:2|2:312 456|3:358 376");
        assert_eq!(bank("2 312 568 358 476"), "0:Kassa och bank|2:2 312 456|3:358 376");
    }

    #[test]
    fn prose_and_records_are_left_alone() {
        let text = "Under 2019 och 2018 deltog 12\nAntalet blev 12 personer\n#UB 0 1930 100\n#UB 0 2010 200\nRedovisning av budget 2019\nSida 3";
        assert_eq!(shown(text).0, text.lines().map(|line| format!("0:{line}")).collect::<Vec<_>>());
    }
}
