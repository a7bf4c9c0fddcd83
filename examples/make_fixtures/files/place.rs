//! Places: where a figure is in every layout, by table, row and column instead of by cell.

use std::collections::HashMap;

use super::layout::Layout;
use super::twin::{Row, Table, Twin};

/// A place and its cell in one variant.
pub struct Entry {
    pub table: String,
    pub row: String,
    pub column: String,
    pub sheet: String,
    /// In A1 form.
    pub cell: String,
    /// Whether anything is printed there. An empty cell has a place for formulas, but not in the map.
    filled: bool,
}

/// All places of one variant, in reading order.
#[derive(Default)]
pub struct Places {
    entries: Vec<Entry>,
    index: HashMap<(String, String, String), usize>,
}

impl Places {
    pub fn of_layout(twin: &Twin, layout: &Layout) -> Places {
        let mut places = Places::default();
        for table in &twin.tables {
            for (sheet, placed) in &layout.sheets {
                for placed in placed.iter().filter(|placed| placed.table.key == table.key) {
                    if let Some(title) = placed.title {
                        places.add(table, "(title)", "label", sheet, a1(title, 0));
                    }
                    for (row, at) in table.rows.iter().zip(placed.first..) {
                        places.add_row(table, row, sheet, |column| a1(at, column));
                    }
                }
            }
        }
        places
    }

    pub fn add(&mut self, table: &Table, row: &str, column: &str, sheet: &str, cell: String) {
        self.insert([&table.key, row, column], sheet, cell);
    }

    /// Every cell of a row that holds something.
    pub fn add_row(&mut self, table: &Table, row: &Row, sheet: &str, cell: impl Fn(usize) -> String) {
        for (column, (key, text)) in table.columns.iter().zip(&row.cells).enumerate() {
            if !row.name.is_empty() {
                self.insert_with([&table.key, &row.name, key], sheet, cell(column), !text.is_empty());
            }
        }
    }

    pub fn insert(&mut self, place: [&str; 3], sheet: &str, cell: String) {
        self.insert_with(place, sheet, cell, true);
    }

    fn insert_with(&mut self, [table, row, column]: [&str; 3], sheet: &str, cell: String, filled: bool) {
        let [table, row, column] = [table, row, column].map(str::to_owned);
        self.index.insert((table.clone(), row.clone(), column.clone()), self.entries.len());
        self.entries.push(Entry { table, row, column, sheet: sheet.to_owned(), cell, filled });
    }

    pub fn find(&self, table: &str, row: &str, column: &str) -> Option<&Entry> {
        let at = self.index.get(&(table.to_owned(), row.to_owned(), column.to_owned()))?;
        self.entries.get(*at)
    }

    /// A text file has no sheets.
    pub fn forget_sheet(&mut self) {
        for entry in &mut self.entries {
            entry.sheet.clear();
        }
    }

    pub fn to_tsv(&self) -> String {
        let mut text = String::from("table\trow\tcolumn\tsheet\tcell\n");
        for Entry { table, row, column, sheet, cell, .. } in self.entries.iter().filter(|entry| entry.filled) {
            text.push_str(&format!("{table}\t{row}\t{column}\t{sheet}\t{cell}\n"));
        }
        text
    }
}

/// A cell's name from its row and column, both from 0; at most 26 columns.
pub fn a1(row: u32, column: usize) -> String {
    let letter = (b'A'..=b'Z').nth(column).map_or('?', char::from);
    format!("{letter}{}", row + 1)
}
