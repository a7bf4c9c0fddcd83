//! Where everything goes: which sheet, which rows, and where each cell of the source came to stand.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::listing::Listing;
use super::order;
use super::pen::Target;
use super::totals::{self, Content};
use super::wording::SHEETS;
use crate::book::identity::Role;
use crate::book::{Book, Spot};
use crate::check::Report;
use crate::grid::{At, Source, Value};
use crate::money::Money;
use crate::report;
use crate::statement::Statement;

/// Columns of every statement sheet: the labels, the note references, and then the figures.
pub const LABEL_COL: u16 = 0;
pub const NOTE_COL: u16 = 1;
const FIRST_FIGURE_COL: u16 = 2;

/// Where a cell of the source stands in the cleaned workbook.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The cell itself; of a total, the calculated one.
    pub shown: Target<'a>,
    /// The cell with the source's own figure; the same, but for totals.
    pub stated: Target<'a>,
    /// That figure, as the cell holds it.
    pub value: Option<Money>,
}

/// One statement on its sheet.
#[derive(Debug)]
pub struct Block {
    pub statement: usize,
    /// The rows of its title and of its column headings.
    pub top: u32,
    pub head: u32,
    /// Its lines in the order of the sheet, and the row of each line.
    pub lines: Vec<usize>,
    pub row_of: Vec<u32>,
    pub contents: Vec<Vec<Content>>,
    /// Where what the source states about its totals stands, for the columns that have any.
    pub stated_col: Vec<Option<u16>>,
}

#[derive(Debug)]
pub struct Sheet {
    pub name: &'static str,
    pub blocks: Vec<Block>,
}

pub struct Layout<'a> {
    pub book: &'a Book,
    pub sheets: Vec<Sheet>,
    /// The ledgers' trial balances.
    pub listings: Vec<Listing<'a>>,
    places: BTreeMap<At, Place<'a>>,
    spots: HashMap<At, Spot>,
    /// Title rows of the notes, by file and number.
    notes: HashMap<(usize, u32), Target<'a>>,
}

impl Block {
    /// A table wider than a sheet can be is refused by the writer.
    pub fn figure_col(column: usize) -> u16 {
        u16::try_from(column).unwrap_or(u16::MAX).saturating_add(FIRST_FIGURE_COL)
    }

    pub fn line_on(&self, row: u32) -> usize {
        self.lines[(row - self.head - 1) as usize]
    }

    /// The row after its last one.
    pub fn end(&self) -> u32 {
        self.head + 1 + self.lines.len() as u32
    }
}

/// Where a statement stands among others of its kind: body by body, this year's accounts first, then those of earlier
/// years, the latest first, and what was planned or is of a part of a year.
fn standing(book: &Book, statement: usize) -> (usize, u8, Reverse<Option<i32>>) {
    let document = book.documents.get(book.input(&book.statements[statement]));
    let rank = match document.map(|document| document.role) {
        Some(Role::Accounts) => 0,
        Some(Role::PriorAccounts) => 1,
        Some(Role::Interim) => 2,
        _ => 3,
    };
    let body = if book.is_of_several() { document.map_or(0, |document| document.group) } else { 0 };
    (body, rank, Reverse(document.and_then(|document| document.years.first().copied())))
}

impl<'a> Layout<'a> {
    pub fn of(book: &'a Book, report: &'a Report) -> Layout<'a> {
        let mut sheets = Vec::new();
        for (kind, name) in SHEETS {
            let mut statements: Vec<usize> = book.of_kind(kind).map(|(i, _)| i).collect();
            statements.sort_by_key(|&i| standing(book, i));
            if !statements.is_empty() {
                sheets.push(sheet(book, name, statements));
            }
        }
        let (listings, places) = (Listing::all(book, report), BTreeMap::new());
        let mut layout = Layout { book, sheets, listings, places, spots: HashMap::new(), notes: HashMap::new() };
        layout.find_places();
        layout
    }

    /// The same where nothing is laid out: the cells of an input stand in the workbook that it was read from, which is
    /// the one that is written into. What is a figure there only to who reads it, such as a text, has no place.
    pub fn in_place(book: &'a Book, input: usize) -> Layout<'a> {
        let (places, spots, notes) = Default::default();
        let mut layout = Layout { book, sheets: Vec::new(), listings: Vec::new(), places, spots, notes };
        layout.find_places();
        for statement in &book.statements {
            let grid = &book.grids[statement.table.grid as usize];
            if grid.input != input || grid.line.is_some() || grid.source != Source::Workbook {
                continue;
            }
            for (line, told) in statement.lines().iter().enumerate() {
                for (column, entry) in told.entries.iter().enumerate() {
                    let at = statement.table.at(line, column);
                    let value = match (book.cell(at).map(|cell| &cell.value), entry.figure()) {
                        (Some(Value::Number(amount)), Some(_)) => Some(amount.value),
                        (_, Some(_)) => continue,
                        _ => None,
                    };
                    let cell =
                        Target { sheet: &grid.sheet, row: at.row, col: u16::try_from(at.col).unwrap_or(u16::MAX) };
                    layout.places.insert(at, Place { shown: cell, stated: cell, value });
                }
            }
        }
        layout
    }

    /// Where a cell of the source stands; that of a left-out copy, where its original does.
    pub fn place(&self, at: At) -> Option<&Place<'a>> {
        self.places.get(&at)
    }

    /// The line and column of a figure of the source.
    pub fn spot(&self, at: At) -> Option<Spot> {
        self.spots.get(&at).copied()
    }

    pub fn note(&self, input: usize, number: u32) -> Option<Target<'a>> {
        self.notes.get(&(input, number)).copied()
    }

    /// The statement whose table a cell of the source lies in.
    pub fn statement_at(&self, at: At) -> Option<usize> {
        if let Some(spot) = self.spot(at) {
            return Some(spot.statement);
        }
        report::statement_of(self.book, at)
    }

    /// Where a statement begins, and a copy's original.
    pub fn start(&self, statement: usize) -> Option<Target<'a>> {
        let statement = self.book.statements.get(statement)?.copy_of.unwrap_or(statement);
        self.blocks().find(|(_, block)| block.statement == statement).map(|(sheet, block)| Target {
            sheet: sheet.name,
            row: block.top,
            col: LABEL_COL,
        })
    }

    pub fn blocks(&self) -> impl Iterator<Item = (&Sheet, &Block)> {
        self.sheets.iter().flat_map(|sheet| sheet.blocks.iter().map(move |block| (sheet, block)))
    }

    fn find_places(&mut self) {
        let book = self.book;
        let sheets = std::mem::take(&mut self.sheets);
        for sheet in &sheets {
            for block in &sheet.blocks {
                let statement = &book.statements[block.statement];
                self.add(sheet, block, statement);
                if let Some((number, _)) = statement.note {
                    let input = book.grids[statement.table.grid as usize].input;
                    let target = Target { sheet: sheet.name, row: block.top, col: LABEL_COL };
                    self.notes.entry((input, number)).or_insert(target);
                }
            }
        }
        // A copy's cells stand where those of its original do.
        for copy in book.statements.iter().filter(|statement| statement.copy_of.is_some()) {
            let original = copy.copy_of.and_then(|original| {
                sheets.iter().find_map(|sheet| {
                    sheet.blocks.iter().find(|block| block.statement == original).map(|block| (sheet, block))
                })
            });
            if let Some((sheet, block)) = original {
                self.add(sheet, block, copy);
            }
        }
        for (i, statement) in book.statements.iter().enumerate() {
            for line in 0..statement.lines().len() {
                for column in 0..statement.columns().len() {
                    self.spots.entry(statement.table.at(line, column)).or_insert(Spot { statement: i, line, column });
                }
            }
        }
        self.sheets = sheets;
        let listed: Vec<_> = self.listings.iter().flat_map(Listing::places).collect();
        self.places.extend(listed);
    }

    /// The places of a statement's cells in a block: its own, or that of which it is a copy.
    fn add(&mut self, sheet: &Sheet, block: &Block, statement: &Statement) {
        let target = |row: u32, col: u16| Target { sheet: sheet.name, row, col };
        let mut put = |at: At, shown: Target<'a>, stated: Target<'a>, value: Option<Money>| {
            self.places.entry(at).or_insert(Place { shown, stated, value });
        };
        for (i, line) in statement.lines().iter().enumerate().take(block.row_of.len()) {
            let row = block.row_of[i];
            for (column, content) in block.contents[i].iter().enumerate().take(line.entries.len()) {
                let shown = target(row, Block::figure_col(column));
                let stated = match (content, block.stated_col[column]) {
                    (Content::Total(_), Some(col)) => target(row, col),
                    _ => shown,
                };
                put(statement.table.at(i, column), shown, stated, content.stated());
            }
            let label = target(row, LABEL_COL);
            put(line.at, label, label, None);
            if let Some(note) = line.note {
                put(note.at, target(row, NOTE_COL), target(row, NOTE_COL), None);
            }
        }
        for (column, about) in statement.columns().iter().enumerate().take(block.stated_col.len()) {
            let head = target(block.head, Block::figure_col(column));
            about.at.into_iter().for_each(|at| put(at, head, head, None));
        }
        let unit = target(block.top + 1, LABEL_COL);
        statement.table.unit_at.into_iter().for_each(|at| put(at, unit, unit, None));
        let title = target(block.top, LABEL_COL);
        statement.table.title.iter().for_each(|found| put(found.at, title, title, None));
    }
}

/// The statements of a kind under each other: a title, what they are, the headings, the lines, two rows between.
fn sheet(book: &Book, name: &'static str, statements: Vec<usize>) -> Sheet {
    let widest = statements.iter().map(|&i| book.statements[i].columns().len()).max().unwrap_or(0);
    let first_stated = Block::figure_col(widest).saturating_add(1);
    let mut top = 0;
    let mut blocks = Vec::with_capacity(statements.len());
    for i in statements {
        let statement = &book.statements[i];
        let contents = totals::contents(book, statement);
        let head = top + 2;
        let lines = order::lines(statement);
        let mut row_of = vec![0; lines.len()];
        for (at, &line) in lines.iter().enumerate() {
            row_of[line] = head + 1 + at as u32;
        }
        let mut next = first_stated;
        let stated_col = (0..statement.columns().len())
            .map(|column| {
                let has_total = contents.iter().any(|line| matches!(line[column], Content::Total(_)));
                has_total.then(|| {
                    let col = next;
                    next = next.saturating_add(2);
                    col
                })
            })
            .collect();
        let block = Block { statement: i, top, head, lines, row_of, contents, stated_col };
        top = block.end() + 2;
        blocks.push(block);
    }
    Sheet { name, blocks }
}
