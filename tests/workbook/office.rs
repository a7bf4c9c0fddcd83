//! LibreOffice as oracle: it calculates every formula anew and must come to what the workbook says.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use avstam::grid::{Grid, Value, a1};
use zip::write::SimpleFileOptions;

use crate::{BOOKS, Cleaned, arsredovisning, sheets_of};

/// The parts of a workbook by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = BTreeMap::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its content");
        parts.insert(part.name().expect("a name").into_owned(), content);
    }
    parts
}

pub fn package(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The workbook with the results of its formulas taken away, and another text put in the place of one.
fn uncalculated(bytes: &[u8], change: (&str, &str)) -> Vec<u8> {
    let mut parts = parts(bytes);
    for (_, content) in parts.iter_mut().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        let text = String::from_utf8(std::mem::take(content)).expect("text");
        let mut pieces = text.split("</f><v>");
        let mut bare = pieces.next().unwrap_or_default().to_string();
        for piece in pieces {
            bare.push_str("</f>");
            bare.push_str(piece.split_once("</v>").expect("the end of a value").1);
        }
        *content = bare.replace(change.0, change.1).into_bytes();
    }
    package(&parts)
}

/// Has LibreOffice open a workbook, calculate it, and save it again.
fn recalculated(bytes: &[u8]) -> BTreeMap<String, Grid> {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("in.xlsx");
    std::fs::write(&source, bytes).expect("a file");
    let out = folder.path().join("out");
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .args([&out, &source])
        .output()
        .expect("LibreOffice");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let saved: PathBuf = Path::new(&out).join("in.xlsx");
    sheets_of(&saved)
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_calculates_the_same() {
    for Cleaned { name, bytes, sheets: ours, .. } in BOOKS.iter() {
        let theirs = recalculated(&uncalculated(bytes, ("\u{0}", "")));
        let mut formulas = 0;
        for (sheet, grid) in ours {
            let other = theirs.get(sheet).unwrap_or_else(|| panic!("{name}: {sheet} is gone"));
            for cell in grid.cells() {
                let place = format!("{name}: {sheet}!{}", a1(cell.row, cell.col));
                let found = other.get(cell.row, cell.col).unwrap_or_else(|| panic!("{place} is gone"));
                assert_eq!(found.formula.is_some(), cell.formula.is_some(), "{place}");
                formulas += usize::from(cell.formula.is_some());
                match (&cell.value, &found.value) {
                    (Value::Number(ours), Value::Number(theirs)) => {
                        assert_eq!(ours.value.normalize(), theirs.value.normalize(), "{place}: {:?}", cell.formula);
                    }
                    (ours, theirs) => assert_eq!(ours, theirs, "{place}: {:?}", cell.formula),
                }
            }
            assert!(!other.cells().iter().any(|cell| matches!(cell.value, Value::Error(_))), "{name}: {sheet}");
        }
        assert!(formulas > 0, "{name}: no formula");
    }
}

/// The cost that is missing from the income statement is put in: its control turns, and no other breaks.
#[test]
#[ignore = "needs LibreOffice"]
fn a_corrected_figure_turns_its_controls() {
    let Cleaned { bytes, sheets: before, .. } = arsredovisning();
    let after = recalculated(&uncalculated(bytes, ("<v>2494227</v>", "<v>2494241</v>")));
    let broken = |sheets: &BTreeMap<String, Grid>, rule: &str| {
        let controls = &sheets["Kontroller"];
        let text = |row: u32, col: u32| controls.get(row, col).and_then(|cell| cell.text());
        let breaks = |row: u32| text(row, 0) == Some(rule) && text(row, 11) == Some("Stämmer inte");
        controls.rows().filter(|(row, _)| breaks(*row)).count()
    };
    assert_eq!((broken(before, "RR01"), broken(&after, "RR01")), (1, 0));
    assert!(broken(&after, "FA02") < broken(before, "FA02"));
}
