//! Files made to break a reader: each is read as it is or refused with a reason, soon and in little memory. What is
//! said of calamine was seen in 0.38.0.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use avstam::grid::Grid;
use avstam::read::{Failure, Format, Input, Limit, Limits, Options, ReadError, Remark};

use crate::{DATES, all_shown, fixture, package, read_bytes, xlsx_of};

/// In a worker, as the program reads.
fn options() -> Options {
    Options { worker: Some(PathBuf::from(env!("CARGO_BIN_EXE_avstam"))), ..Options::default() }
}

/// Reads a file, which must not take long.
fn soon(name: &str, bytes: &[u8]) -> (Input, Vec<Grid>) {
    let start = Instant::now();
    let read = read_bytes(name, bytes, &options());
    assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
    read
}

fn limit(name: &str, bytes: &[u8]) -> Limit {
    match soon(name, bytes) {
        (Input { error: Some(ReadError::TooLarge(limit)), .. }, grids) if grids.is_empty() => limit,
        (input, _) => panic!("{name}: {:?}", input.error),
    }
}

/// calamine's `worksheet_range` asks for 550 GB here, and the process ends.
#[test]
fn the_first_and_the_last_cell_of_a_sheet() {
    let sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let both = ["A1 1", "XFD1048576 2"];
    for (name, bytes) in [("a.xlsx", xlsx_of(sheet, "", DATES)), ("a.xlsb", xlsb(&[(0, 0, 1), (1_048_575, 16_383, 2)]))]
    {
        let (input, grids) = soon(name, &bytes);
        assert!(input.error.is_none(), "{name}: {:?}", input.error);
        assert_eq!(all_shown(&grids[0]), both, "{name}");
    }
}

/// An xlsb of one sheet with whole numbers by row and column.
fn xlsb(cells: &[(u32, u32, u32)]) -> Vec<u8> {
    fn record(kind: u16, body: &[u8], into: &mut Vec<u8>) {
        match kind {
            0..0x80 => into.push(kind as u8),
            _ => into.extend([(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8]),
        }
        assert!(body.len() < 0x80);
        into.push(body.len() as u8);
        into.extend(body);
    }
    fn wide(text: &str) -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        (text.len() as u32).to_le_bytes().into_iter().chain(units).collect()
    }
    let mut workbook = Vec::new();
    let sheet = [0u32.to_le_bytes().to_vec(), 1u32.to_le_bytes().to_vec(), wide("rId1"), wide("Blad1")].concat();
    record(0x9c, &sheet, &mut workbook);
    record(0x90, &[], &mut workbook);
    record(0x9d, &[0; 4], &mut workbook);
    let mut data = Vec::new();
    let last = cells.last().map_or((0, 0), |(row, col, _)| (*row, *col));
    record(0x94, &[0, last.0, 0, last.1].map(u32::to_le_bytes).concat(), &mut data);
    record(0x91, &[], &mut data);
    for (row, col, number) in cells {
        record(0x00, &[row.to_le_bytes(), [0; 4]].concat(), &mut data);
        record(0x02, &[*col, 0, number << 2 | 2].map(u32::to_le_bytes).concat(), &mut data);
    }
    record(0x92, &[], &mut data);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let relation = "<Relationships><Relationship Id=\"rId1\" Type=\"o/worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let parts: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", b"<Types><Override ContentType=\"x.sheet.binary.macroEnabled.main\"/></Types>"),
        ("xl/_rels/workbook.bin.rels", relation.as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/worksheets/sheet1.bin", &data),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xls whose numbers are moved to the corners of its sheet. calamine lays out every cell between them; the worker
/// has no room for that, and only the worker ends.
#[test]
fn the_corners_of_an_old_sheet() {
    let mut bytes = std::fs::read(fixture("bokslut.xls")).unwrap();
    let number = [0x03, 0x02, 0x0e, 0x00];
    let at = memchr::memmem::find(&bytes, &number).expect("a number");
    bytes[at + 4..at + 8].copy_from_slice(&[0xff, 0xff, 0xff, 0x00]);
    let (input, grids) = soon("a.xls", &bytes);
    match input.error {
        None => assert!(grids.iter().all(|grid| grid.cells().len() < 1_000)),
        Some(ReadError::Crashed { failure: Failure::Memory, format: "xls" }) => assert!(grids.is_empty()),
        error => panic!("{error:?}"),
    }
}

fn flat(table: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><office:document xmlns:o=\"opendocument\"><office:spreadsheet>\
         <table:table table:name=\"a\">{table}"
    )
    .into_bytes()
}

const END: &str = "</table:table></office:spreadsheet></office:document>";

fn row(repeated: u32, cells: &str) -> String {
    format!("<table:table-row table:number-rows-repeated=\"{repeated}\">{cells}</table:table-row>")
}

fn one(repeated: u32) -> String {
    format!(
        "<table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"{repeated}\"/>"
    )
}

#[test]
fn rows_and_columns_repeated_beyond_all_sheets() {
    for table in [row(4_000_000_000, &one(1)), row(1_048_576, &one(16_384)), row(1, &one(4_000_000_000)).repeat(300)] {
        let (input, grids) = soon("a.fods", &flat(&(table.clone() + END)));
        let cells: usize = grids.iter().map(|grid| grid.cells().len()).sum();
        assert!(cells <= Limits::default().cells, "{table:.60}: {cells}");
        let told = input.remarks.iter().any(|remark| matches!(remark, Remark::RepeatsLeftOut { .. }));
        assert!(told || input.error.is_some() || cells > 0, "{table:.60}");
    }
    let far = row(1_048_574, "<table:table-cell/>")
        + &row(1, &("<table:table-cell table:number-columns-repeated=\"16383\"/>".to_owned() + &one(1)));
    let (input, grids) = soon("a.fods", &flat(&(far + END)));
    assert!(input.error.is_none(), "{:?}", input.error);
    assert_eq!(all_shown(&grids[0]), ["XFD1048575 1"]);
}

/// calamine's reader of ods never ends where the file ends inside a table.
#[test]
fn a_document_that_ends_inside_a_table() {
    let rows = row(1, &one(1)).repeat(3);
    for end in 0..rows.len() {
        let (input, _) = soon("a.fods", &flat(&rows[..end]));
        assert!(
            matches!(input.error, Some(ReadError::Damaged(_) | ReadError::Truncated(_))),
            "{end}: {:?}",
            input.error
        );
    }
}

#[test]
fn elements_nested_without_end() {
    let deep = "<a>".repeat(100_000);
    assert_eq!(limit("a.xlsx", &xlsx_of(&deep, "", DATES)), Limit::Nesting { limit: 256 });
    assert_eq!(limit("a.xlsx", &xlsx_of("", &deep, DATES)), Limit::Nesting { limit: 256 });
    assert_eq!(limit("a.fods", &flat(&deep)), Limit::Nesting { limit: 256 });
    let closed =
        format!("<worksheet><sheetData>{}</sheetData></worksheet>", "<row><c><v>1</v></c></row>".repeat(1_000));
    assert!(
        soon("a.xlsx", &xlsx_of(&closed, "", DATES)).0.error.is_none(),
        "elements beside each other are not nested"
    );
}

/// calamine takes 20 seconds and 2.8 GB for a bomb of this kind.
#[test]
fn more_shared_strings_than_cells() {
    let sheet = "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    let mut strings = String::from("<sst>");
    strings.push_str(&"<si/>".repeat(10_002));
    strings.push_str("</sst>");
    let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"o/worksheet\" Target=\"worksheets/s.xml\"/>\
        <Relationship Id=\"rId2\" Type=\"o/sharedStrings\" Target=\"s.xml\"/></Relationships>";
    let of = |strings: &str| {
        package(&[
            ("[Content_Types].xml", "<Types><Override ContentType=\"x.spreadsheetml.sheet.main+xml\"/></Types>"),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>",
            ),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/s.xml", strings),
            ("xl/worksheets/s.xml", sheet),
        ])
    };
    let limits = Limits { cells: 10_000, ..Limits::default() };
    let (input, _) = read_bytes("a.xlsx", &of(&strings), &Options { limits, ..options() });
    assert!(matches!(input.error, Some(ReadError::TooLarge(Limit::Cells { limit: 10_000 }))), "{:?}", input.error);
    let mut endless = String::from("<sst><si><t>");
    endless.push_str(&"x".repeat(9 << 20));
    assert_eq!(limit("a.xlsx", &of(&endless)), Limit::Token { limit: 8 << 20 });
}

#[test]
fn packages_of_many_parts() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..10_001 {
        zip.start_file(format!("{i}"), zip::write::SimpleFileOptions::default()).unwrap();
    }
    let many = zip.finish().unwrap().into_inner();
    assert_eq!(limit("a.xlsx", &many), Limit::Entries { limit: 10_000, found: 10_001 });
}

/// Two parts whose names differ in case alone are one part to Excel.
#[test]
fn parts_that_differ_in_case_are_told() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let whole = xlsx_of("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>", "", DATES);
    let mut source = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    for i in 0..source.len() {
        zip.raw_copy_file(source.by_index(i).unwrap()).unwrap();
    }
    zip.start_file("XL/Worksheets/S.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>").unwrap();
    let (input, grids) = soon("a.xlsx", &zip.finish().unwrap().into_inner());
    assert!(input.remarks.contains(&Remark::DuplicateParts), "{:?}", input.remarks);
    assert_eq!(all_shown(&grids[0]), ["A1 2"]);
}

#[test]
fn text_without_an_end() {
    let line = "1".repeat(9 << 20);
    let mut sie = String::from("#FLAGGA 0\n#SIETYP 4\n#FNAMN \"");
    _ = write!(sie, "{line}");
    assert_eq!(limit("a.se", sie.as_bytes()), Limit::Token { limit: 8 << 20 });
    for (name, text) in [("a.csv", format!("a;\"{line}")), ("a.txt", line.clone()), ("a.md", format!("| {line} |"))] {
        let (input, _) = soon(name, text.as_bytes());
        assert!(!matches!(input.error, Some(ReadError::Crashed { .. })), "{name}: {:?}", input.error);
    }
}

#[test]
fn a_limit_is_set_for_the_worker_too() {
    let limits = Limits { cells: 3, ..Limits::default() };
    let bytes = std::fs::read(fixture("bokslut.xls")).unwrap();
    let (input, grids) = read_bytes("a.xls", &bytes, &Options { limits, ..options() });
    assert!(matches!(input.error, Some(ReadError::TooLarge(Limit::Cells { limit: 3 }))), "{:?}", input.error);
    assert_eq!((input.format, grids.len()), (Some(Format::Xls), 0));
}
