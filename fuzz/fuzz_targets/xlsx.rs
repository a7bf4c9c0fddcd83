//! The parts of an xlsx, past the checksums of its package: a sheet, shared strings, styles and the workbook.
#![no_main]

use avstam_fuzz::Parts;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    Parts::of(bytes).read();
});
