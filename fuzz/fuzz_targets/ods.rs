//! OpenDocument: the document as one XML file, which the same code reads as that of a package.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut document = b"<?xml version=\"1.0\"?><office:document xmlns:o=\"opendocument\">".to_vec();
    document.extend(bytes);
    avstam_fuzz::read("fods", &document);
});
