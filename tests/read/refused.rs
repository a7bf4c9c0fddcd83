//! Files that must not be read, or not in whole: each ends in a true reason, and soon.

use std::path::Path;
use std::time::{Duration, Instant};

use avstam::read::{self, Input, Limit, Limits, Lookalike, Options, ReadError};

use crate::{DATES, fixture, package, read_bytes, xlsx_of, xlsx_written};

fn refusal(name: &str, bytes: &[u8]) -> ReadError {
    let (input, grids) = read_bytes(name, bytes, &Options::default());
    assert!(grids.is_empty(), "{name} was read");
    let error = input.error.unwrap_or_else(|| panic!("{name} was not refused"));
    assert!(!error.to_string().contains('\n') && !error.swedish().contains('\n'));
    error
}

#[test]
fn bombs_are_refused_before_they_fill_the_memory() {
    let limits = Limits { cells: 1_000, text_bytes: 10_000, token_bytes: 100_000, ..Limits::default() };
    let refused = |sheet: &str, limits: &Limits| {
        let options = Options { limits: limits.clone(), ..Options::default() };
        match read_bytes("bok.xlsx", &xlsx_of(sheet, "", ""), &options) {
            (Input { error: Some(ReadError::TooLarge(limit)), .. }, grids) if grids.is_empty() => limit,
            (input, _) => panic!("{:?}", input.error),
        }
    };
    let row = |cell: &str, n| format!("<worksheet><sheetData><row>{}</row></sheetData></worksheet>", cell.repeat(n));
    assert_eq!(refused(&row("<c><v>1</v></c>", 1_001), &limits), Limit::Cells { limit: 1_000 });
    let text = format!("<c t=\"str\"><v>{}</v></c>", "x".repeat(101));
    assert_eq!(refused(&row(&text, 100), &limits), Limit::Text { limit: 10_000 });
    let endless = format!("<c t=\"str\"><v>{}</v></c>", "x".repeat(400_000));
    assert_eq!(refused(&row(&endless, 1), &limits), Limit::Token { limit: 100_000 });
    let small = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(refused(&row(" ", 2 << 20), &small), Limit::Inflated { limit: 1 << 20 });
    let padding = format!("<!--{}-->", " ".repeat(1 << 20));
    assert_eq!(refused(&row(&padding, 70), &Limits::default()), Limit::Ratio { limit: Limits::default().ratio });
    let (input, _) = read_bytes(
        "bok.xlsx",
        &xlsx_written(),
        &Options { limits: Limits { file_bytes: 100, ..Limits::default() }, ..Options::default() },
    );
    assert!(matches!(input.error, Some(ReadError::TooLarge(Limit::File { limit: 100, .. }))));
}

#[test]
fn files_that_are_no_spreadsheets_are_told_apart() {
    let looks = |name, bytes: &[u8]| match refusal(name, bytes) {
        ReadError::NotASpreadsheet(what) => what,
        error => panic!("{name}: {error}"),
    };
    assert_eq!(looks("a.xlsx", b"%PDF-1.7"), Lookalike::Pdf);
    assert_eq!(looks("a.xls", b"\x89PNG\r\n\x1a\n"), Lookalike::Image);
    assert_eq!(looks("a.xls", b"<html><table><tr><td>1</td></tr></table></html>"), Lookalike::Html);
    assert_eq!(looks("a.csv", &[0, 1, 2, 3, 200, 0, 7, 9]), Lookalike::Binary);
    let word =
        package(&[("[Content_Types].xml", "<Types>wordprocessingml.document</Types>"), ("word/document.xml", "")]);
    assert_eq!(looks("a.xlsx", &word), Lookalike::Word);
    assert_eq!(looks("a.xlsx", &package(&[("a.txt", "x")])), Lookalike::Archive);
    assert_eq!(
        looks("a.ods", &package(&[("mimetype", "application/vnd.oasis.opendocument.text")])),
        Lookalike::OpenDocument
    );
}

#[test]
fn files_that_cannot_be_read_say_why() {
    assert!(matches!(refusal("a.xlsx", b""), ReadError::Empty));
    assert!(matches!(refusal("a.csv", b" \r\n\r\n"), ReadError::Empty));
    let whole = xlsx_written();
    assert!(matches!(refusal("a.xlsx", &whole[..whole.len() / 2]), ReadError::Truncated(_)));
    assert!(matches!(refusal("a.xlsx", &compound("EncryptedPackage")), ReadError::Encrypted));
    assert!(matches!(refusal("a.doc", &compound("WordDocument")), ReadError::NotASpreadsheet(Lookalike::OldOffice)));
    let manifest = "<manifest:encryption-data/>";
    let locked =
        package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("META-INF/manifest.xml", manifest)]);
    assert!(matches!(refusal("a.ods", &locked), ReadError::Encrypted));
    let folder = tempfile::tempdir().unwrap();
    let error = |path: &Path| read::read(path, 0, &Options::default()).0.error;
    assert!(matches!(error(folder.path()), Some(ReadError::Folder)));
    assert!(matches!(error(&folder.path().join("saknas.xlsx")), Some(ReadError::Missing)));
}

/// The outside of an OLE file with one stream.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[512..512 + name.len()].copy_from_slice(&name);
    bytes[512 + 64] = name.len() as u8 + 2;
    bytes[512 + 66] = 2;
    bytes
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(6) {
            let at = self.roll(bytes.len());
            match self.roll(4) {
                0 => bytes.truncate(at.max(20)),
                1 => bytes[at] = 0xff,
                _ => bytes[at] ^= 1 << self.roll(8),
            }
        }
    }
}

#[test]
fn damaged_files_end_in_a_reason_and_soon() {
    let mut dice = Dice(2019);
    let sheet = "<worksheet><cols><col min=\"1\" max=\"9\" hidden=\"1\"/></cols><sheetData><row r=\"2\" hidden=\"1\">\
        <c r=\"A2\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>Summa &amp; rest_x000D_</t></r></is></c>\
        <c r=\"B2\" s=\"1\"><f t=\"shared\" ref=\"B2:C2\" si=\"0\">SUM($A1:B1)</f><v>43830.5</v></c><c r=\"C2\"><f t=\"shared\" si=\"0\"/>\
        <v>-1.5E-3</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>";
    let flat = "<?xml version=\"1.0\"?><office:document xmlns:o=\"opendocument\"><office:spreadsheet><table:table table:name=\"a\">\
        <table:table-column table:number-columns-repeated=\"3\" table:visibility=\"collapse\"/><table:table-row table:number-rows-repeated=\"2\">\
        <table:table-cell table:formula=\"of:=SUM([.A1:.B2];{1|2})\" office:value-type=\"float\" office:value=\"1\" table:number-columns-spanned=\"2\">\
        <text:p>1<text:s text:c=\"3\"/></text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:document>";
    let text = "# **Rubrik**\n\n| a | *b* |\n|---|---|\n| 1 &amp; | \\-2 |\n\n\"x;y\";\"z\n<b>s</b>;__ö__\n";
    let mut slowest = Duration::ZERO;
    for round in 0..600 {
        let (name, mut bytes) = match round % 4 {
            // Damage within a part, past the checksum of its package.
            0 => {
                let mut inner = sheet.as_bytes().to_vec();
                dice.damage(&mut inner);
                ("a.xlsx", xlsx_of(&String::from_utf8_lossy(&inner), "", DATES))
            }
            1 => ("a.fods", flat.as_bytes().to_vec()),
            2 => ("a.md", text.as_bytes().to_vec()),
            _ => ("a.ods", std::fs::read(fixture("bokslut.ods")).unwrap()),
        };
        if round % 4 != 0 {
            dice.damage(&mut bytes);
        }
        let start = Instant::now();
        let (input, _) = read_bytes(name, &bytes, &Options::default());
        slowest = slowest.max(start.elapsed());
        assert!(!matches!(input.error, Some(ReadError::Crashed { .. })), "round {round}: {:?}", input.error);
    }
    assert!(slowest.as_secs() < 2, "{slowest:?}");
}
