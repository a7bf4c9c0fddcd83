//! Text files of every kind: csv, plain text, Markdown.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    avstam_fuzz::read(["csv", "txt", "md", "tsv"][usize::from(kind % 4)], rest);
});
