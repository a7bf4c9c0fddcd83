//! Pages copied out of documents, from words: a byte is a character, or a whole word of such pages, so that one byte more
//! or less moves a cell, a heading or a line. Everything from lines whose cells run together to the statements.
#![no_main]

use avstam::book::Book;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (input, grids) = avstam_fuzz::read("txt", avstam_fuzz::copied::text(bytes).as_bytes());
    Book::of(vec![input], grids);
});
