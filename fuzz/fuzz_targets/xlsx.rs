//! The parts of an xlsx, past the checksums of its package: a sheet, shared strings, styles and the workbook, parted by
//! a byte that XML does not have.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const TYPES: &str = "<Types><Override ContentType=\"x.spreadsheetml.sheet.main+xml\"/></Types>";
const WORKBOOK: &[u8] = b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"o/worksheet\" Target=\"s.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"o/styles\" Target=\"t.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"o/sharedStrings\" Target=\"u.xml\"/></Relationships>";

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|byte| *byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let (sheet, strings, styles, workbook) = (part(), part(), part(), part());
    let workbook = if workbook.is_empty() { WORKBOOK } else { workbook };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/s.xml", sheet),
        ("xl/t.xml", styles),
        ("xl/u.xml", strings),
    ] {
        zip.start_file(name, stored).expect("a part");
        zip.write_all(part).expect("a part");
    }
    avstam_fuzz::read("xlsx", &zip.finish().expect("a package").into_inner());
});
