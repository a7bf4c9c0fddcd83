//! Ledgers: SIE 1 to 4, and SIE 5.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    avstam_fuzz::read("se", bytes);
});
