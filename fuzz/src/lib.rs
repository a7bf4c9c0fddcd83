//! What the targets share: a file of given bytes, or a workbook of given parts, read as the program reads it.
//!
//! Readers catch their own faults so that one file never takes the others with it. Here a fault must be seen: this
//! package is built with `panic = "abort"`.

pub mod copied;

use std::borrow::Cow;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::LazyLock;

use avstam::grid::Grid;
use avstam::read::{self, Input, Limits, Options};
use zip::write::SimpleFileOptions;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = base.join(format!("avstam-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
});

/// Reads bytes as a file whose name ends so. The limits are small, so that a run is short.
pub fn read(ending: &str, bytes: &[u8]) -> (Input, Vec<Grid>) {
    let path = FOLDER.join(format!("a.{ending}"));
    std::fs::write(&path, bytes).expect("a file");
    let limits = Limits { cells: 20_000, text_bytes: 4 << 20, inflated_bytes: 8 << 20, ..Limits::default() };
    read::read(&path, 0, &Options { limits, keep_transactions: 1 << 20, ..Options::default() })
}

const TYPES: &str = "<Types><Override ContentType=\"x.spreadsheetml.sheet.main+xml\"/></Types>";
const WORKBOOK: &[u8] = b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"o/worksheet\" Target=\"s.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"o/styles\" Target=\"t.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"o/sharedStrings\" Target=\"u.xml\"/></Relationships>";

/// The parts of an xlsx that a target feeds: parted by a byte that XML does not have.
pub struct Parts<'b> {
    pub sheet: Cow<'b, [u8]>,
    strings: &'b [u8],
    styles: &'b [u8],
    workbook: &'b [u8],
}

impl<'b> Parts<'b> {
    pub fn of(bytes: &'b [u8]) -> Parts<'b> {
        let mut parts = bytes.split(|byte| *byte == 0);
        let mut part = || parts.next().unwrap_or_default();
        let (sheet, strings, styles, workbook) = (part(), part(), part(), part());
        let workbook = if workbook.is_empty() { WORKBOOK } else { workbook };
        Parts { sheet: sheet.into(), strings, styles, workbook }
    }

    /// The workbook of these parts, read.
    pub fn read(&self) -> (Input, Vec<Grid>) {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, part) in [
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("xl/workbook.xml", self.workbook),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/s.xml", &self.sheet),
            ("xl/t.xml", self.styles),
            ("xl/u.xml", self.strings),
        ] {
            zip.start_file(name, stored).expect("a part");
            zip.write_all(part).expect("a part");
        }
        read("xlsx", &zip.finish().expect("a package").into_inner())
    }
}
