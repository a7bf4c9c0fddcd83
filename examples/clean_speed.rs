//! Measures what the cleaned workbook costs beside writing the same cells bare; with `--records`, the workbook that
//! `convert` writes.
//!
//! `cargo run --release --example clean_speed -- PATH… [--times 20] [--records]`
#![expect(clippy::disallowed_types, reason = "the bare writer takes binary floats")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use avstam::book::Book;
use avstam::check;
use avstam::finding::Language;
use avstam::grid::{Grid, Value};
use avstam::read;
use avstam::records;
use avstam::workbook;
use rust_xlsxwriter::{Formula, Workbook, XlsxError};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let times = match arguments.iter().position(|argument| argument == "--times") {
        Some(at) => arguments.drain(at..).nth(1).and_then(|times| times.parse().ok()).unwrap_or(20),
        None => 20,
    };
    let records =
        arguments.iter().position(|argument| argument == "--records").map(|at| arguments.remove(at)).is_some();
    for path in arguments.into_iter().map(PathBuf::from) {
        let (input, grids) = read::read(&path, 0, &read::Options::default());
        let book = Book::of(vec![input], grids);
        let report = check::check(&book, &check::Options::default());
        let write = || match records {
            true => workbook::records(&records::records(&book, &report), Language::Swedish),
            false => workbook::write(&book, &report, Language::Swedish),
        };
        let bytes = write().expect("a workbook");
        let cells = read_back(&bytes);
        let count: usize = cells.iter().map(|grid| grid.cells().len()).sum();
        let cleaned = fastest(times, || write().is_ok());
        let bare = fastest(times, || bare(&cells).is_ok());
        let ratio = cleaned.as_nanos() * 100 / bare.as_nanos().max(1);
        println!(
            "{}: {count} cells, written {cleaned:?}, bare {bare:?}, {}.{:02} times",
            path.display(),
            ratio / 100,
            ratio % 100
        );
    }
}

fn fastest(times: usize, run: impl Fn() -> bool) -> Duration {
    let one = |_| {
        let start = Instant::now();
        assert!(run());
        start.elapsed()
    };
    (0..times.max(1)).map(one).min().unwrap_or_default()
}

fn read_back(bytes: &[u8]) -> Vec<Grid> {
    let path = std::env::temp_dir().join(format!("avstam-clean-speed-{}.xlsx", std::process::id()));
    std::fs::write(&path, bytes).expect("a file");
    let (_, grids) = read::read(&path, 0, &read::Options::default());
    std::fs::remove_file(&path).expect("the file");
    grids
}

/// The same cells without looks, links, notes or widths.
fn bare(grids: &[Grid]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for grid in grids {
        let sheet = workbook.add_worksheet().set_name(&grid.sheet)?;
        for cell in grid.cells() {
            let (row, col) = (cell.row, cell.col as u16);
            match (cell.formula(), &cell.value) {
                (Some(formula), Value::Number(amount)) => {
                    let formula = Formula::new(formula).set_result(amount.value.to_string());
                    sheet.write_formula(row, col, formula)?;
                }
                (Some(formula), _) => _ = sheet.write_formula(row, col, Formula::new(formula))?,
                (None, Value::Number(amount)) => {
                    sheet.write_number(row, col, amount.value.to_string().parse::<f64>().unwrap_or_default())?;
                }
                (None, Value::Text(text)) => _ = sheet.write_string(row, col, text.as_ref())?,
                _ => {}
            }
        }
    }
    workbook.save_to_buffer()
}
