//! Text documents → tables, statements and findings: tables that stand on one line, or one cell a line, or that cannot
//! be told.
#![no_main]

use avstam::book::Book;
use avstam::check::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let (input, grids) = avstam_fuzz::read(["txt", "md"][usize::from(kind % 2)], rest);
    check::check(&Book::of(vec![input], grids), &Options::default());
});
