//! `clean --annotate`: the user's own workbook keeps all that it has. The fixtures are made by `fixtures/annotate/make.py`;
//! `examples/annotate_corpus` does the same with any folder of workbooks.

mod kept;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use avstam::annotate::{self, Annotated};
use avstam::book::Book;
use avstam::check;
use avstam::finding::{Finding, Language, Role, Severity, Text};
use avstam::grid::{At, Grid, Value};
use avstam::read;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn annotated(path: &Path, cells: &[(u32, u32, u32)]) -> (Vec<u8>, Annotated) {
    let (input, grids) = read::read(path, 0, &read::Options::default());
    let book = Book::of(vec![input], grids);
    let mut report = check::check(&book, &check::Options::default());
    report.findings.clear();
    for &(grid, row, col) in cells {
        let mut finding = Finding::new("TX01", Severity::Error, Text::new("Fel <1> & 2", "Wrong <1> & 2"));
        finding.cells = vec![(At { grid, row, col }, Role::Total)];
        report.findings.push(finding);
    }
    let bytes = fs::read(path).expect("the fixture");
    let made = annotate::annotate(&book, &report, 0, &bytes, Language::Swedish).expect("annotated");
    (bytes, made)
}

fn reread(bytes: &[u8]) -> Vec<Grid> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("annoterad.xlsx");
    fs::write(&path, bytes).expect("a file");
    let (input, grids) = read::read(&path, 0, &read::Options::default());
    assert!(input.error.is_none(), "{:?}", input.error);
    grids
}

/// A figure, a formula, a noted cell, blank cells within the sheet, beside and below it, on two sheets.
const CELLS: [(u32, u32, u32); 7] = [(0, 1, 1), (0, 3, 1), (0, 0, 0), (0, 4, 3), (0, 1, 40), (0, 90, 2), (1, 0, 0)];

#[test]
fn nothing_is_lost() {
    let names = ["openpyxl", "xlsxwriter", "libreoffice", "prefixed", "strict", "nostyles"];
    let mut paths: Vec<PathBuf> = names.iter().map(|name| fixture(&format!("annotate/{name}.xlsx"))).collect();
    paths.extend(["macros.xlsm", "conversation.xlsx", "signed.xlsx"].map(|name| fixture(&format!("annotate/{name}"))));
    paths.push(fixture("workbooks/arsredovisning-2019.xlsx"));
    for path in paths {
        let (before, made) = annotated(&path, &CELLS);
        let (faults, same) = kept::lost(&before, &made.bytes);
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
        assert!(same > 2, "{}: {same} parts are as they were", path.display());
        assert_eq!(annotated(&path, &CELLS).1.bytes, made.bytes, "the same again");
        let (_, grids) = read::read(&path, 0, &read::Options::default());
        for (was, is) in grids.iter().zip(reread(&made.bytes)) {
            assert_eq!((&was.sheet, was.hidden, was.cells()), (&is.sheet, is.hidden, is.cells()), "{}", path.display());
        }
    }
}

#[test]
fn a_lost_part_or_value_would_be_seen() {
    let (before, made) = annotated(&fixture("annotate/openpyxl.xlsx"), &CELLS);
    assert!(!kept::lost(&made.bytes, &before).0.is_empty());
}

#[test]
fn flagged_cells_are_coloured_noted_and_linked_to() {
    let path = fixture("annotate/openpyxl.xlsx");
    let (_, made) = annotated(&path, &CELLS);
    assert_eq!(made.flagged, CELLS.len());
    let parts = kept::parts(&made.bytes);
    let text = |wanted: &str| {
        let (_, bytes) = parts.iter().find(|(name, _)| name.ends_with(wanted)).expect(wanted);
        String::from_utf8_lossy(bytes).into_owned()
    };
    assert!(text("styles.xml").contains("FFFFC7CE"));
    assert!(text("comment1.xml").contains("Fel &lt;1&gt; &amp; 2"));
    assert!(text("comment1.xml").contains("Kolla mot boken"));
    let grids = reread(&made.bytes);
    let names: Vec<&str> = grids.iter().map(|grid| grid.sheet.as_str()).collect();
    // The user has an Översikt already.
    assert_eq!(names, ["Översikt", "Dold", "Tab", "Översikt (avstam)", "Avvikelser", "Kontroller", "Regler"]);
    assert_eq!(grids[4].get(1, 3).map(|cell| &cell.value), Some(&Value::Text("Översikt!B2".into())));
    assert!(text("avstam-worksheet2.xml").contains("location=\"'Översikt'!B2\""));
}

#[test]
fn a_project_of_macros_is_kept_and_the_ending_says_so() {
    let path = fixture("annotate/macros.xlsm");
    let (before, made) = annotated(&path, &CELLS);
    assert_eq!(annotate::ending(&made.bytes).expect("an ending"), "xlsm");
    let project = "xl/vbaProject.bin";
    assert_eq!(kept::parts(&made.bytes)[project], kept::parts(&before)[project]);
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("ut.xlsx");
    let (code, message) =
        told(&avstam(&[Path::new("clean"), &path, Path::new("--annotate"), Path::new("-o"), &target]));
    assert!(code == Some(2) && message.contains("slutar på .xlsm"), "{message}");
}

#[test]
fn a_conversation_is_left_as_it_is() {
    let (before, made) = annotated(&fixture("annotate/conversation.xlsx"), &[(0, 0, 1), (0, 1, 1)]);
    // A note beside a conversation would take its place in the programs that know both.
    assert_eq!(made.without_note, ["RR!B1"]);
    let (before, after) = (kept::parts(&before), kept::parts(&made.bytes));
    for part in ["xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml"] {
        assert_eq!(before[part], after[part], "{part}");
    }
}

#[test]
fn a_signature_goes_with_what_it_was_of() {
    let (_, made) = annotated(&fixture("annotate/signed.xlsx"), &CELLS);
    assert!(made.signatures_left_out);
    let parts = kept::parts(&made.bytes);
    assert!(!parts.keys().any(|name| name.starts_with("_xmlsignatures")));
    assert!(!String::from_utf8_lossy(&parts["_rels/.rels"]).contains("digital-signature"));
}

fn avstam(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_avstam")).args(arguments).output().expect("avstam")
}

fn told(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn the_annotated_workbook_is_checked_as_its_source_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, target) = (fixture("workbooks/arsredovisning-2019.xlsx"), folder.path().join("ut.xlsx"));
    let flag = Path::new("--annotate");
    let (code, message) = told(&avstam(&[Path::new("clean"), &source, flag, Path::new("-o"), &target]));
    assert_eq!(code, Some(0), "{message}");
    assert!(message.contains("din arbetsbok med") && message.lines().count() == 1, "{message}");
    let found = |path: &Path| {
        // A line a finding: what is told for people is cut by the length of the path.
        let output = avstam(&[Path::new("check"), Path::new("--format"), Path::new("short"), path]);
        String::from_utf8_lossy(&output.stdout).replace(&path.display().to_string(), "bok")
    };
    assert_eq!(found(&source), found(&target));
    let again = folder.path().join("igen.xlsx");
    let (code, message) = told(&avstam(&[Path::new("clean"), &target, flag, Path::new("-o"), &again]));
    assert_eq!(code, Some(2), "{message}");
    assert!(
        message.contains("redan avstams blad") && message.lines().count() == 1 || message.lines().count() == 2,
        "{message}"
    );
}

#[test]
fn where_there_is_no_workbook_to_keep_it_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("ut.xlsx");
    let cases = [
        ("workbooks/arsredovisning-2019.ods", "spara den som xlsx"),
        ("workbooks/arsredovisning-2019.xls", "spara den som xlsx"),
        ("workbooks/budget-2020-ornskoldsvik.csv", "spara den som xlsx"),
        ("folder/bokforing-2024.se", "spara den som xlsx"),
        ("folder", "en arbetsbok i taget"),
    ];
    for (source, says) in cases {
        let source = fixture(source);
        let arguments = [Path::new("clean"), &source, Path::new("--annotate"), Path::new("-o"), &target];
        let (code, message) = told(&avstam(&arguments));
        assert_eq!(code, Some(2), "{message}");
        assert!(message.lines().any(|line| line.contains(says)), "{message}");
        assert!(!target.exists());
    }
}
