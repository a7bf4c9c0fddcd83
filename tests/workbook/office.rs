//! LibreOffice as oracle: it calculates every formula anew and must come to what the workbook says.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use avstam::annotate;
use avstam::check;
use avstam::finding::Language;
use avstam::grid::{Grid, Value, a1};
use zip::write::SimpleFileOptions;

use crate::amounts::reread;
use crate::{BOOKS, Cleaned, MORE, sheets_of};

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

fn package(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The workbook with the results of its formulas taken away, and on one sheet another text in the place of one.
fn uncalculated(bytes: &[u8], sheet: &str, change: (&str, &str)) -> Vec<u8> {
    let mut parts = parts(bytes);
    for (name, content) in
        parts.iter_mut().filter(|(name, _)| name.starts_with("xl/worksheets/") && name.ends_with(".xml"))
    {
        let text = String::from_utf8(std::mem::take(content)).expect("text");
        let mut pieces = text.split("</f><v>");
        let mut bare = pieces.next().unwrap_or_default().to_string();
        for piece in pieces {
            bare.push_str("</f>");
            bare.push_str(piece.split_once("</v>").expect("the end of a value").1);
        }
        if name == sheet {
            assert!(bare.contains(change.0), "{sheet} has no {}", change.0);
            bare = bare.replace(change.0, change.1);
        }
        *content = bare.into_bytes();
    }
    package(&parts)
}

/// Has LibreOffice open workbooks, calculate them, and save them again in the folder. It starts once.
fn recalculated<'a>(workbooks: impl Iterator<Item = &'a [u8]>, folder: &Path) -> Vec<PathBuf> {
    let write = |(i, bytes): (usize, &[u8])| {
        let source = folder.join(format!("in-{i}.xlsx"));
        std::fs::write(&source, bytes).expect("a file");
        source
    };
    let sources: Vec<PathBuf> = workbooks.enumerate().map(write).collect();
    let out = folder.join("out");
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&out)
        .args(&sources)
        .output()
        .expect("LibreOffice");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    sources.iter().filter_map(|source| source.file_name()).map(|name| out.join(name)).collect()
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_calculates_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let bare: Vec<Vec<u8>> =
        BOOKS.iter().chain(MORE.iter()).map(|book| uncalculated(&book.bytes, "", ("", ""))).collect();
    let saved = recalculated(bare.iter().map(Vec::as_slice), folder.path());
    for (book, saved) in BOOKS.iter().chain(MORE.iter()).zip(saved) {
        book.controls_agree();
        let (name, ours, theirs) = (book.name, &book.sheets, sheets_of(&saved));
        let mut formulas = 0;
        for (sheet, grid) in ours {
            let other = theirs.get(sheet).unwrap_or_else(|| panic!("{name}: {sheet} is gone"));
            for cell in grid.cells() {
                let place = format!("{name}: {sheet}!{}", a1(cell.row, cell.col));
                let found = other.get(cell.row, cell.col).unwrap_or_else(|| panic!("{place} is gone"));
                assert_eq!(found.formula().is_some(), cell.formula().is_some(), "{place}");
                formulas += usize::from(cell.formula().is_some());
                match (&cell.value, &found.value) {
                    (Value::Number(ours), Value::Number(theirs)) => {
                        assert_eq!(ours.value.normalize(), theirs.value.normalize(), "{place}: {:?}", cell.formula());
                    }
                    (ours, theirs) => assert_eq!(ours, theirs, "{place}: {:?}", cell.formula()),
                }
            }
            assert!(!other.cells().iter().any(|cell| matches!(cell.value, Value::Error(_))), "{name}: {sheet}");
        }
        assert!(formulas > 0, "{name}: no formula");
    }
}

/// The part of a workbook that a sheet is: they are written in the order in which they stand.
fn part_of(bytes: &[u8], sheet: &str) -> String {
    let workbook = String::from_utf8(parts(bytes).remove("xl/workbook.xml").expect("a workbook")).expect("text");
    let names = workbook.split("<sheet name=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let at = names.into_iter().position(|name| name == sheet).expect("the sheet");
    format!("xl/worksheets/sheet{}.xml", at + 1)
}

/// Workbook, sheet, a figure that stands there once, what it is changed to, and the rules whose controls turn by that.
const CORRECTIONS: &[(&str, &str, &str, &str, &[&str])] = &[
    // The cost that is missing from the income statement is put in.
    (crate::ARSREDOVISNING, "Resultaträkning", "2494227", "2494241", &["RR01"]),
    ("workbooks/budget-2024-sodra-norrbotten.xlsx", "Budget", "1970000", "1790000", &["SU01"]),
    ("folder", "Resultaträkning", "-4334836", "-4334863", &["RR01", "NO02", "FA04", "LB01"]),
    ("folder", "Budget", "1500000", "1050000", &["AR03", "SU01"]),
    // The ledger itself is not read from the cleaned workbook: its controls are live all the same.
    ("folder", "Bokföring", "1480000", "1408000", &["LB01"]),
];

/// What LibreOffice saved is read again, and its controls show what the rules then say, one by one.
#[test]
#[ignore = "needs LibreOffice"]
fn a_corrected_figure_turns_its_controls() {
    let folder = tempfile::tempdir().expect("a folder");
    let cleaned = |name: &str| BOOKS.iter().chain(MORE.iter()).find(|book| book.name == name).expect("the book");
    let corrected: Vec<Vec<u8>> = CORRECTIONS
        .iter()
        .map(|(name, sheet, was, is, _)| {
            let bytes = &cleaned(name).bytes;
            let change = (format!("<v>{was}</v>"), format!("<v>{is}</v>"));
            uncalculated(bytes, &part_of(bytes, sheet), (&change.0, &change.1))
        })
        .collect();
    let saved = recalculated(corrected.iter().map(Vec::as_slice), folder.path());
    for ((name, sheet, was, _, rules), saved) in CORRECTIONS.iter().zip(saved) {
        let (before, after) = (&cleaned(name).sheets, sheets_of(&saved));
        let (turned, agreed) = controls(before, &after);
        assert!(rules.iter().all(|rule| turned.contains(*rule)), "{name} {sheet} {was}: {turned:?}");
        let again = reread(&saved);
        let report = check::check(&again, &check::Options::default());
        // The amounts of running text are in no cell that is calculated, and a ledger's file is not in the workbook.
        let is_in_cells = |rule: &str| !rule.starts_with("PR") && !rule.starts_with("LB");
        let told = report.checks.iter().map(|check| (check.relation.rule.to_string(), check.broke()));
        let told: Vec<(String, bool)> = told.filter(|(rule, _)| is_in_cells(rule)).collect();
        let shown: Vec<(String, bool)> = agreed.into_iter().filter(|(rule, _)| is_in_cells(rule)).collect();
        assert_eq!(shown, told, "{name} {sheet} {was}");
    }
}

/// The rules of the controls that turned, and of each control afterwards whether it breaks.
fn controls(
    before: &BTreeMap<String, Grid>,
    after: &BTreeMap<String, Grid>,
) -> (BTreeSet<String>, Vec<(String, bool)>) {
    let text = |sheets: &BTreeMap<String, Grid>, row: u32, col: u32| {
        sheets["Kontroller"].get(row, col).and_then(|cell| cell.text()).unwrap_or_default().to_string()
    };
    let breaks = |sheets: &BTreeMap<String, Grid>, row: u32| text(sheets, row, 11) == "Stämmer inte";
    let (mut turned, mut all) = (BTreeSet::new(), Vec::new());
    for row in 1..=after["Kontroller"].last().map_or(0, |(row, _)| row) {
        let rule = text(after, row, 0);
        if breaks(before, row) != breaks(after, row) {
            turned.insert(rule.clone());
        }
        all.push((rule, breaks(after, row)));
    }
    (turned, all)
}

/// The user's own workbook with our sheets: its own cells are what the controls calculate.
#[test]
#[ignore = "needs LibreOffice"]
fn a_corrected_figure_turns_the_controls_of_the_users_own_workbook() {
    let path = crate::fixture(crate::ARSREDOVISNING);
    let (book, report) = crate::checked(crate::ARSREDOVISNING);
    let bytes = std::fs::read(&path).expect("the workbook");
    let made = annotate::annotate(&book, &report, 0, &bytes, Language::Swedish).expect("annotated").bytes;
    let before = crate::read_back(&made);
    let folder = tempfile::tempdir().expect("a folder");
    let change = ("<v>5759</v>", "<v>5773</v>");
    let income = part_of(&bytes, "RR");
    let bare = [uncalculated(&made, "", ("", "")), uncalculated(&made, &income, change)];
    let saved = recalculated(bare.iter().map(Vec::as_slice), folder.path());
    let [same, corrected] = [0, 1].map(|i| sheets_of(&saved[i]));
    let (turned, shown) = controls(&before, &same);
    assert!(turned.is_empty(), "{turned:?}");
    let told: Vec<bool> = report.checks.iter().map(|check| check.broke()).collect();
    assert_eq!(shown.iter().map(|(_, breaks)| *breaks).collect::<Vec<_>>(), told);
    let (turned, _) = controls(&before, &corrected);
    assert!(turned.contains("RR01"), "{turned:?}");
}

/// What another reader finds in the workbook: no link that leads nowhere, no error, no name of nothing.
#[test]
#[ignore = "needs Python with openpyxl"]
fn openpyxl_reads_every_part() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbook/read_with_openpyxl.py");
    for Cleaned { name, bytes, .. } in BOOKS.iter().chain(MORE.iter()) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cleaned.xlsx");
        std::fs::write(&path, bytes).expect("a file");
        let output = Command::new("python3").arg(&script).arg(&path).output().expect("python3");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let read = String::from_utf8_lossy(&output.stdout);
        assert!(!read.contains("\n0 links") && !read.contains("\n0 formulas"), "{name}: {read}");
    }
}
