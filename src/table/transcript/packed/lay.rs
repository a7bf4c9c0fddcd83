//! Rows whose cells ran together as cells again, in the document where their labels were.

use std::collections::HashSet;

use super::Block;
use super::lines::{Packed, Placed};
use crate::grid::{Cell, Grid, Source, Value};
use crate::table::transcript::choices::Content;
use crate::table::transcript::lay::Remark;
use crate::table::transcript::settle::Known;
use crate::words::{self, Class};

/// What is laid out of a document.
#[derive(Default)]
pub struct Laid {
    cells: Vec<Cell>,
    /// Where cells stand that are not where they were.
    moved: Vec<((u32, u32), (u32, u32))>,
    /// The lines that have become rows.
    taken: HashSet<u32>,
    remarks: Vec<Remark>,
}

impl Laid {
    /// Lays out a table: its heading on the last of the heading's lines, each row where its label stands. Where a row
    /// takes several lines the rows close up, for a table has no gaps.
    pub fn lay(&mut self, grid: &Grid, block: &Block<'_>) {
        let (head, rows, weighed) = (&block.read.head, &block.read.rows, &block.read.weighed);
        let notes = head.note || weighed.noted || rows.iter().any(|row| row.reference.is_some());
        let base = 1 + u32::from(notes);
        let top = block.heading.last().map_or(0, |line| line.row);
        self.taken.extend(block.heading.iter().map(|line| line.row));
        self.put(grid, (top, 0), top, &head.corner);
        if notes {
            let word = words::names(Class::Note).next().map_or("", |(_, wording)| wording);
            self.put(grid, (top, 1), top, word);
        }
        for (col, text) in (base..).zip(&head.columns) {
            self.put(grid, (top, col), top, text);
        }
        let remarked = base + head.columns.len() as u32;
        self.put(grid, (top, remarked), top, head.remarks.as_deref().unwrap_or_default());
        let mut undecided = Vec::new();
        let same_line = |pair: &[Packed]| pair[0].lines[0] == pair[1].lines[0];
        let closes_up = rows.iter().any(|row| row.lines.len() > 1) || rows.windows(2).any(same_line);
        for (i, row) in rows.iter().enumerate() {
            let line = row.lines[0];
            let at = if closes_up { top + 1 + i as u32 } else { line };
            self.taken.extend(&row.lines);
            if row.items.is_empty() {
                self.put(grid, (at, 0), line, &row.label);
                continue;
            }
            self.put_label(grid, at, row, weighed.skipped[i]);
            if let Some(remark) = row.remark {
                self.put(grid, (at, remarked), remark.row, remark.text);
            }
            let known = weighed.known(i);
            for (col, known) in (base..).zip(&known) {
                match known {
                    Known::Content(Content::Figure(figure)) => {
                        let first = &row.items[figure.from];
                        let text = written(&row.items[figure.from..figure.to]);
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

    /// A row's label and its reference to notes, of which so many of its groups are a part.
    fn put_label(&mut self, grid: &Grid, at: u32, row: &Packed<'_>, skipped: usize) {
        let is_number = |placed: &&Placed| placed.item.group.shown().len() <= 2 && !placed.item.group.is_percent();
        let number = row.items[..skipped].last().filter(is_number);
        let own = &row.items[..skipped - usize::from(number.is_some())];
        let mut label = row.label.clone();
        own.iter().for_each(|placed| label = format!("{label} {}", placed.text()));
        if number.is_some() && row.says_note && row.notes.is_none() {
            label = label.rsplit_once(' ').map_or_else(String::new, |(label, _)| label.to_string());
        }
        self.put(grid, (at, 0), row.lines[0], label.trim_end());
        match (number, row.reference) {
            (_, Some(line)) => self.put(grid, (at, 1), line.row, line.text.trim_end_matches([' ', '»'])),
            (Some(placed), None) => {
                let listed = row.notes.as_ref().map(|listed| format!("{listed} {}", placed.text()));
                self.put(grid, (at, 1), placed.line.row, listed.as_deref().unwrap_or(placed.text()));
            }
            (None, None) => {}
        }
    }

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

    /// Puts the tables in the place of their lines; says what could not be told of them.
    pub fn into_grid(mut self, grid: &mut Grid) -> Vec<Remark> {
        if !self.taken.is_empty() {
            self.cells.extend(grid.cells().iter().filter(|cell| !self.taken.contains(&cell.row)).cloned());
            let styled = grid.styled;
            *grid = Grid::new(grid.input, grid.sheet.clone(), Source::Text, self.cells);
            self.moved.sort_unstable();
            (grid.styled, grid.moved) = (styled, self.moved);
        }
        self.remarks
    }
}

/// The groups of one figure as they are written. All of them stand in one line.
fn written<'a>(groups: &[Placed<'a>]) -> &'a str {
    let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return "" };
    first.line.text.get(first.item.start..last.item.end).unwrap_or_default()
}
