//! A sheet of fields → tables, statements and findings. Lines are rows, tabs part cells, `*` makes a cell bold.
#![no_main]

use avstam::book::Book;
use avstam::check::{self, Options};
use avstam::grid::{Cell, Grid, Source, Value};
use avstam::money::{Amount, Money};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut cells = Vec::new();
    for (row, line) in text.lines().take(60).enumerate() {
        for (col, field) in line.split('\t').take(12).enumerate().filter(|(_, field)| !field.is_empty()) {
            let plain = field.trim_start_matches('*');
            let value = match Money::parse(plain) {
                Some(amount) => Value::Number(Amount::new(amount, amount.decimals())),
                None => Value::Text(plain.into()),
            };
            let mut cell = Cell::new(row as u32, col as u32, value);
            cell.style.bold = plain.len() < field.len();
            cells.push(cell);
        }
    }
    let grid = Grid::new(0, "Blad1", Source::Workbook, cells);
    let (input, _) = avstam_fuzz::read("csv", b"x");
    let book = Book::of(vec![input], vec![grid]);
    check::check(&book, &Options::default());
});
