//! The parts of an xlsx, read twice: as they are, where plain rows and cells are read straight from the bytes, and with
//! a tab in the tag of every row and cell, which XML does not mind and no plain one has. The general reader of XML then
//! reads them all, and must find the same.
#![no_main]

use avstam_fuzz::Parts;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let plain = Parts::of(bytes);
    // In a comment or in literal text a tab is another text.
    if plain.sheet.windows(2).any(|pair| pair == b"<!") {
        return;
    }
    let mut general = Parts::of(bytes);
    general.sheet = with_tabs(&plain.sheet).into();
    let ((one, cells), (other, same)) = (plain.read(), general.read());
    assert_eq!(one.error.is_some(), other.error.is_some(), "{:?} {:?}", one.error, other.error);
    assert_eq!(format!("{cells:?}"), format!("{same:?}"));
});

fn with_tabs(sheet: &[u8]) -> Vec<u8> {
    let mut tabbed = Vec::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((&byte, after)) = rest.split_first() {
        let tags = [b"<c ".as_slice(), b"<c>", b"<c/>", b"<row ", b"<row>", b"<row/>"];
        match tags.into_iter().find(|tag| rest.starts_with(tag)) {
            Some(tag) => {
                // A space more does no harm.
                let name = if tag.starts_with(b"<c") { 2 } else { 4 };
                tabbed.extend(&tag[..name]);
                tabbed.push(b'\t');
                tabbed.extend(&tag[name..]);
                rest = &rest[tag.len()..];
            }
            None => {
                tabbed.push(byte);
                rest = after;
            }
        }
    }
    tabbed
}
