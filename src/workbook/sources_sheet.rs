//! `Källor`: for each cleaned figure, where it came from and what it is.

use rust_xlsxwriter::XlsxError;

use super::Material;
use super::layout::Block;
use super::pen::{MOST_ROWS, Pen, Target};
use super::statements;
use super::styles::Look;
use super::totals::Content;
use super::wording::{self, SOURCES, say};
use crate::book::Spot;
use crate::table::Entry;

const HEADS: [(&str, &str, u16); 10] = [
    ("Cell", "Cell", 26),
    ("Räkning", "Statement", 34),
    ("Rad", "Line", 44),
    ("Post", "Standard line", 34),
    ("Period", "Period", 10),
    ("Mått", "Measure", 10),
    ("Avstämd", "Tied", 9),
    ("Källfil", "Source file", 28),
    ("Källblad", "Source sheet", 20),
    ("Källcell", "Source cell", 9),
];

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(SOURCES)?;
    let heads = HEADS.map(|(swedish, english, width)| (say(material.language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    let mut row = 0;
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
    pen.sheet.autofilter(0, 0, row, heads.len() as u16 - 1)?;
    Ok(pen)
}

fn source(material: &Material<'_>, pen: &mut Pen, row: u32, target: Target, spot: Spot) -> Result<(), XlsxError> {
    let plain = Look::NONE;
    let Spot { statement, line, column } = spot;
    let statement = &material.book.statements[statement];
    let (about, at) = (&statement.columns()[column], statement.table.at(line, column));
    pen.link(row, 0, target, &target.shown(), plain)?;
    pen.text(row, 1, &statements::title(statement, target.sheet), Look::wrapped())?;
    pen.text(row, 2, &statement.lines()[line].label, Look::wrapped())?;
    pen.text(row, 3, statement.lines()[line].concept.map_or("", |found| found.concept.swedish()), Look::wrapped())?;
    pen.text(row, 4, &about.period.map_or(String::new(), |period| period.to_string()), Look { right: true, ..plain })?;
    pen.text(
        row,
        5,
        about.measure.map_or("", |measure| wording::measure(material.language, measure)),
        Look::after_figures(),
    )?;
    if material.report.coverage.untied.binary_search(&spot).is_ok() {
        pen.text(row, 6, say(material.language, "nej", "no"), plain)?;
    }
    pen.text(row, 7, &material.file_of(at.grid), plain)?;
    pen.text(row, 8, material.sheet_of(at.grid), plain)?;
    pen.text(row, 9, &material.book.grids[at.grid as usize].address(at.row, at.col), plain)
}
