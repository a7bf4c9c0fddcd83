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
/// Without a heading, so many figures must be sums.
const LEAST_PROOF: usize = 3;

/// A table in the making.
struct Block<'a> {
    heading: Option<head::Lines<'a>>,
    /// The line above the heading, where it may name what several columns are of.
    above: Option<Line<'a>>,
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
    let notes = note_numbers(&lines);
    let mut laid = Laid::default();
    let mut at = 0;
    while at < lines.len() {
        let (block, next) = block(&lines, at, &notes);
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

/// The table that begins at a line, if one does, and where to look for the next.
fn block<'a>(lines: &[About<'a>], at: usize, notes: &[u32]) -> (Option<Block<'a>>, usize) {
    let above = at.checked_sub(1).map(|above| lines[above].line);
    let above = above.filter(|above| above.row + 1 == lines[at].line.row);
    if let Some(heading) = head::collect(lines, at) {
        let columns: Vec<(usize, Head)> =
            (1..=MOST_COLUMNS).filter_map(|columns| Some((columns, head::part(&heading.text, columns)?))).collect();
        let (rows, next) = lines::rows(lines, heading.next, |text| text.trim() == lines[at].line.text.trim());
        if let Some((head, weighed)) = weigh::headed(&rows, columns, notes) {
            return (Some(Block { heading: Some(heading), above, head, rows, weighed }), next);
        }
        return (None, at + 1);
    }
    let text = lines[at].line.text;
    if text.split_whitespace().count() <= MOST_COLUMNS + 1 {
        let columns: Vec<(usize, Head)> =
            (2..=MOST_COLUMNS).filter_map(|columns| Some((columns, head::by_words(text, columns)?))).collect();
        if !columns.is_empty() {
            let (rows, next) = lines::rows(lines, at + 1, |line| line.trim() == text.trim());
            if let Some((head, weighed)) = weigh::named(&rows, columns, notes) {
                let heading = head::Lines { lines: vec![lines[at].line], text: text.to_string(), next: at + 1 };
                return (Some(Block { heading: Some(heading), above: None, head, rows, weighed }), next);
            }
        }
    }
    (None, at + 1)
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
        let notes = block.head.note || block.rows.iter().any(|row| row.says_note || row.reference.is_some());
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
            self.lay_above(grid, block, base, last.row.saturating_sub(1));
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
            if number.is_some() && row.says_note {
                label = label.rsplit_once(' ').map_or_else(String::new, |(label, _)| label.to_string());
            }
            self.put(grid, (at, 0), line, label.trim_end());
            match (number, row.reference) {
                (_, Some(line)) => self.put(grid, (at, 1), line.row, line.text.trim_end_matches([' ', '»'])),
                (Some(placed), None) => self.put(grid, (at, 1), placed.line.row, placed.text()),
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

    /// The names of what several columns are of (`Kommunen Koncernen` over two years each), or the measures of the years
    /// below them.
    fn lay_above(&mut self, grid: &Grid, block: &Block<'_>, base: u32, at: u32) {
        let Some(above) = block.above else { return };
        let is_title = titles::title(above.text, false).is_some();
        let Some(over) = head::over(above.text, &block.head.columns).filter(|_| !is_title) else { return };
        self.taken.insert(above.row);
        self.put(grid, (at, 0), above.row, &over.corner);
        for (column, text) in over.columns {
            self.put(grid, (at, base + column as u32), above.row, &text);
        }
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
