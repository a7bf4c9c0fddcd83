//! Files as they come: what kind each is, and packages as bytes. Binary workbooks are left to their worker.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let old = bytes.starts_with(&[0xd0, 0xcf]) || bytes.windows(4).any(|window| window == b".bin");
    if !old && !bytes.windows(13).any(|window| window == b"sheet.binary.") {
        avstam_fuzz::read("xlsx", bytes);
    }
});
