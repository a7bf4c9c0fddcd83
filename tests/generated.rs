//! What holds of every cleaned workbook, on books made at random: 30 förbund, each with its own tables and style.

#[path = "workbook/amounts.rs"]
#[allow(dead_code, reason = "another harness reads single workbooks")]
mod amounts;
#[path = "../examples/books/book.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod book;
#[path = "../examples/books/expected.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod expected;
#[path = "../examples/books/figures.rs"]
mod figures;
#[path = "../examples/books/forbund.rs"]
mod forbund;
#[path = "../examples/books/notes.rs"]
mod notes;
#[path = "../examples/books/random.rs"]
mod random;
#[path = "../examples/books/sheet.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod sheet;
#[path = "../examples/books/short.rs"]
mod short;
#[path = "../examples/books/statements.rs"]
mod statements;
#[path = "../examples/books/style.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod style;
#[path = "../examples/books/table.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod table;

use avstam::book::Book;
use avstam::check;
use avstam::grid::Source;
use avstam::read::{Format, Input};

#[test]
fn cleaned_workbooks_keep_every_amount_and_read_as_their_sources() {
    for seed in 1..=30 {
        let grids = book::generate(seed).grids;
        let format = match grids[0].source {
            Source::Workbook => Format::Xlsx,
            Source::Delimited => Format::Csv,
            Source::Text | Source::Ledger => Format::Text,
        };
        let input = Input {
            path: format!("{seed}.xlsx").into(),
            sha256: String::new(),
            format: Some(format),
            error: None,
            remarks: Vec::new(),
            ledger: None,
        };
        let book = Book::of(vec![input], grids);
        let report = check::check(&book, &check::Options::default());
        amounts::hold(&format!("seed {seed}"), &book, &report);
    }
}
