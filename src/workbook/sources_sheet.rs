//! `Källor`: the sheets of the sources, and for each cleaned figure where it came from, what it is, and what it was
//! when it was cleaned. `reread` reads this sheet back.

use rust_xlsxwriter::XlsxError;

use super::Material;
use super::layout::{Block, Place};
use super::listing::{Listing, OPENING_COL};
use super::pen::{MOST_ROWS, Pen, Target, digits};
use super::statements;
use super::styles::{Look, Number};
use super::totals::Content;
use super::wording::{self, LEDGER, SOURCES, say};
use crate::book::Spot;
use crate::grid::{Area, At, Source};
use crate::money::Money;
use crate::period::{Measure, Period};
use crate::report::ledgers::Row;
use crate::table::Entry;

const HEADS: [(&str, &str, u16); 13] = [
    ("Cell", "Cell", 26),
    ("Räkning", "Statement", 34),
    ("Rad", "Line", 40),
    ("Post", "Standard line", 30),
    ("Period", "Period", 10),
    ("Mått", "Measure", 10),
    ("Avstämd", "Tied", 9),
    ("Belopp", "Amount", 13),
    ("Vid städningen", "When cleaned", 14),
    ("Källfil", "Source file", 28),
    ("Källblad", "Source sheet", 24),
    ("Källcell", "Source cell", 9),
    ("Källan, sist i boken", "The source, in the back", 28),
];
/// What [`super::reread`] reads back.
pub const FORM: u32 = 3;
pub const NOW: u32 = 7;
pub const THEN: u32 = 8;
pub const FILE: u32 = 9;
pub const SHEET: u32 = 10;
pub const ORIGINAL: u32 = 12;

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(SOURCES)?;
    let heads = HEADS.map(|(swedish, english, width)| (say(material.language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    let mut row = sheets(material, &mut pen)?;
    for (sheet, block) in material.layout.blocks() {
        let statement = &material.book.statements[block.statement];
        let cells =
            block.lines.iter().flat_map(|&line| (0..statement.columns().len()).map(move |column| (line, column)));
        for (line, column) in cells {
            let content = &block.contents[line][column];
            let empty = matches!(statement.lines()[line].entries[column], Entry::Blank);
            if empty && !matches!(content, Content::Total(_)) || row as usize >= MOST_ROWS {
                continue;
            }
            row += 1;
            let target = Target { sheet: sheet.name, row: block.row_of[line], col: Block::figure_col(column) };
            source(material, &mut pen, row, target, Spot { statement: block.statement, line, column })?;
        }
    }
    // A part that is printed again has its cells where those of its original are.
    for (i, statement) in material.book.statements.iter().enumerate().filter(|(_, copy)| copy.copy_of.is_some()) {
        for (line, entries) in statement.lines().iter().map(|line| &line.entries).enumerate() {
            for column in (0..entries.len()).filter(|column| entries[*column].figure().is_some()) {
                let place = material.layout.place(statement.table.at(line, column));
                if let Some(place) = place.filter(|_| (row as usize) < MOST_ROWS) {
                    row += 1;
                    source(material, &mut pen, row, place.shown, Spot { statement: i, line, column })?;
                }
            }
        }
    }
    for (listing, account) in material.layout.listings.iter().flat_map(|l| l.balance.rows.iter().map(move |r| (l, r))) {
        for (col, figure) in listing.figures(account) {
            let at = listing.ledger.at(figure.place);
            if let Some(place) = material.layout.place(at).filter(|_| (row as usize) < MOST_ROWS) {
                row += 1;
                of_account(material, &mut pen, row, (listing, account, col), (place, at))?;
            }
        }
    }
    for (col, most) in [(0, 40), (FILE as u16, 48), (SHEET as u16, 34), (ORIGINAL as u16, 44)] {
        let width = pen.fitted(col, usize::from(HEADS[usize::from(col)].2), most);
        pen.column_width(col, width)?;
    }
    pen.sheet.autofilter(0, 0, row, heads.len() as u16 - 1)?;
    Ok(pen)
}

/// A row for each sheet of a source.
fn sheets(material: &Material<'_>, pen: &mut Pen) -> Result<u32, XlsxError> {
    let (language, plain) = (material.language, Look::NONE);
    let mut row = 0;
    for (i, grid) in material.book.grids.iter().enumerate() {
        let at = |row, col| At { grid: i as u32, row, col };
        let Some((to, shown)) = material.originals.place(at(0, 0)) else { continue };
        row += 1;
        let format = material.book.inputs.get(grid.input).and_then(|input| input.format);
        pen.link_to(row, 0, &to, &shown, plain)?;
        pen.text(row, 1, say(language, "Källans blad, som det var", "The sheet of the source, as it was"), plain)?;
        pen.text(row, FORM as u16, format.map_or("", |format| format.code()), plain)?;
        pen.text(row, FILE as u16, &material.file_of(i as u32), Look::after_figures())?;
        pen.text(row, SHEET as u16, &grid.sheet, plain)?;
        let (last_row, last_col) = grid.last().unwrap_or_default();
        let area = Area { first_row: 0, first_col: 0, last_row, last_col };
        pen.text(row, 11, &area.a1(), plain)?;
        pen.link_to(row, ORIGINAL as u16, &to, &shown, plain)?;
    }
    Ok(row)
}

fn source(material: &Material<'_>, pen: &mut Pen, row: u32, target: Target<'_>, spot: Spot) -> Result<(), XlsxError> {
    let plain = Look::NONE;
    let statement = &material.book.statements[spot.statement];
    let Spot { line, column, .. } = spot;
    let (about, at) = (&statement.columns()[column], statement.table.at(line, column));
    pen.link(row, 0, target, &target.shown(), plain)?;
    pen.text(row, 1, &statements::title(statement, target.sheet), Look::wrapped())?;
    pen.text(row, 2, &statement.lines()[line].label, Look::wrapped())?;
    let concept = statement.lines()[line].concept.map_or("", |found| found.concept.swedish());
    pen.text(row, FORM as u16, concept, Look::wrapped())?;
    pen.text(row, 4, &about.period.map_or(String::new(), |period| period.to_string()), Look { right: true, ..plain })?;
    let measure = about.measure.map_or("", |measure| wording::measure(material.language, measure));
    pen.text(row, 5, measure, Look::after_figures())?;
    if material.report.coverage.untied.binary_search(&spot).is_ok() {
        pen.text(row, 6, say(material.language, "nej", "no"), plain)?;
    }
    if let Some(place) = material.layout.place(at) {
        amounts(material, pen, row, place, at)?;
    }
    pen.text(row, FILE as u16, &material.file_of(at.grid), Look::after_figures())?;
    pen.text(row, SHEET as u16, material.sheet_of(at.grid), plain)?;
    pen.text(row, 11, &material.book.grids[at.grid as usize].address(at.row, at.col), plain)?;
    match material.originals.place(at) {
        Some((to, shown)) => pen.link_to(row, ORIGINAL as u16, &to, &shown, plain),
        None => Ok(()),
    }
}

/// A figure of an account. It can be corrected here where its source is a sheet that has it, not where that is a
/// ledger's file or a list of texts.
fn of_account(
    material: &Material<'_>,
    pen: &mut Pen,
    row: u32,
    (listing, account, col): (&Listing<'_>, &Row<'_>, u16),
    (place, at): (&Place<'_>, At),
) -> Result<(), XlsxError> {
    let plain = Look::NONE;
    pen.link(row, 0, place.shown, &place.shown.shown(), plain)?;
    pen.text(row, 1, LEDGER, Look::wrapped())?;
    pen.text(row, 2, &format!("{} {}", account.account.number, account.account.name), Look::wrapped())?;
    let period = listing.balance.year.and_then(|year| Period::span(year.from, year.to));
    let period = if col == OPENING_COL { period.map(|period| period.shifted(-1)) } else { period };
    pen.text(row, 4, &period.map_or(String::new(), |period| period.to_string()), Look { right: true, ..plain })?;
    pen.text(row, 5, wording::measure(material.language, Measure::Actual), Look::after_figures())?;
    amounts(material, pen, row, place, at)?;
    let grid = &material.book.grids[at.grid as usize];
    pen.text(row, FILE as u16, &material.file_of(at.grid), Look::after_figures())?;
    pen.text(row, SHEET as u16, &grid.sheet, plain)?;
    pen.text(row, 11, &grid.address(at.row, at.col), plain)?;
    match material.originals.place(at).filter(|_| grid.source == Source::Workbook) {
        Some((to, shown)) => pen.link_to(row, ORIGINAL as u16, &to, &shown, plain),
        None => Ok(()),
    }
}

/// The source's own figure as the workbook has it now, by a formula that follows its cell, and as it was.
fn amounts(material: &Material<'_>, pen: &mut Pen, row: u32, place: &Place<'_>, at: At) -> Result<(), XlsxError> {
    let Some(now) = place.value.filter(|value| digits(&value.to_string()) <= 15) else { return Ok(()) };
    let look = |value: Money| Look::number(Number::Amount { decimals: value.normalize().decimals() });
    pen.formula(row, NOW as u16, &format!("={}", place.stated.qualified()), now, look(now))?;
    let applied = material.with.applied.iter().find(|applied| applied.edit.at == at);
    match applied.map_or(Some(now), |applied| applied.edit.from) {
        Some(then) => pen.number(row, THEN as u16, then, look(then)),
        None => Ok(()),
    }
}
