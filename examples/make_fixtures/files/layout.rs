//! Where each table of a twin stands in a workbook.

use super::Result;
use super::document::{Book, Form};
use super::twin::{Table, Twin};

/// A workbook's sheets with their tables put in place.
pub struct Layout<'a> {
    pub form: Form,
    pub sheets: Vec<(&'a str, Vec<Placed<'a>>)>,
}

/// A table and the rows (from 0) where it stands; its columns start at column A.
pub struct Placed<'a> {
    pub table: &'a Table,
    pub title: Option<u32>,
    pub first: u32,
    pub footnotes: u32,
}

impl<'a> Layout<'a> {
    /// The document's title on the first row, then each table: title, rows, a blank row, footnotes.
    pub fn of(twin: &'a Twin, book: &'a Book) -> Result<Layout<'a>> {
        let mut sheets = Vec::new();
        for sheet in book.sheets {
            let tables: Vec<&Table> = match sheet.tables {
                [] => twin.tables.iter().collect(),
                keys => keys
                    .iter()
                    .map(|key| twin.table(key).ok_or_else(|| format!("no table {key}")))
                    .collect::<std::result::Result<_, _>>()?,
            };
            sheets.push((sheet.name, stack(&tables)));
        }
        Ok(Layout { form: book.form, sheets })
    }
}

/// Tables below each other, from the third row.
fn stack<'a>(tables: &[&'a Table]) -> Vec<Placed<'a>> {
    let mut row = 2;
    let mut placed = Vec::new();
    for &table in tables {
        let title = (!table.title.is_empty()).then_some(row);
        let first = title.map_or(row, |title| title + 1);
        let footnotes = first + table.rows.len() as u32 + 1;
        row = match table.footnotes.len() as u32 {
            0 => footnotes + 1,
            count => footnotes + count + 2,
        };
        placed.push(Placed { table, title, first, footnotes });
    }
    placed
}
