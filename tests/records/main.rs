//! The common format: its columns are those of the schema, every form of output holds the same records, and what the
//! fixtures say is told once, in kronor.

mod cleaned;
mod forms;
mod schema;
mod signs;

use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::check::{self, Options};
use avstam::money::Money;
use avstam::read;
use avstam::records::{self, Record};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The workbooks of the fixtures.
pub fn workbooks() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("fixtures/workbooks")).expect("fixtures");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

pub fn book(path: &Path) -> Book {
    let (input, grids) = read::read(path, 0, &read::Options::default());
    Book::of(vec![input], grids)
}

pub fn of_file(path: &Path) -> Vec<Record> {
    let book = book(path);
    records::records(&book, &check::check(&book, &Options::default()))
}

fn fixture(name: &str) -> Vec<Record> {
    of_file(&root().join("fixtures/workbooks").join(name))
}

fn amount(records: &[Record], label: &str, year: i32) -> Vec<Option<String>> {
    let fits = |record: &&Record| record.label == label && record.period.is_some_and(|period| period.year == year);
    records.iter().filter(fits).map(|record| record.amount.map(|amount| amount.to_string())).collect()
}

#[test]
fn amounts_are_in_kronor_whatever_they_are_written_in() {
    let records = fixture("budget-2020-ornskoldsvik.xlsx");
    let written = records.iter().filter(|record| record.unit.map(|unit| unit.code()) == Some("tkr"));
    let mut count = 0;
    for record in written {
        assert_eq!(record.amount, Some(record.value * Money::from(1000)), "{}", record.cell);
        count += 1;
    }
    assert!(count > 20, "{count} figures in tkr");
}

#[test]
fn what_stands_twice_is_told_once() {
    let records = fixture("arsredovisning-2019.xlsx");
    assert_eq!(amount(&records, "Lokalhyra", 2019).len(), 1);
    assert!(records.iter().all(|record| record.sheet != "Noter (2)" || record.note == Some(1)), "copies are left out");
}

#[test]
fn what_is_no_money_has_no_amount() {
    let records = fixture("arsredovisning-2019.xlsx");
    assert_eq!(amount(&records, "Soliditet", 2019), [None]);
    assert_eq!(amount(&records, "Antal anställda", 2019), [None]);
}

#[test]
fn insatser_have_the_kind_of_their_heading() {
    let records = fixture("budget-2024-sodra-norrbotten.xlsx");
    let kind = |cell: &str| {
        let record = records.iter().find(|record| record.cell == cell).expect("a record");
        (record.activity.is_some(), record.activity_kind.map(|kind| kind.code()))
    };
    assert_eq!(kind("B29"), (true, Some("individual")), "5001 Boden Samordnare 50%");
    assert_eq!(kind("B16"), (false, None), "a cost of personnel");
    assert!(records.iter().any(|record| record.activity_kind.map(|kind| kind.code()) == Some("structural")));
}

#[test]
fn the_forbund_and_its_municipalities_are_named() {
    let records = fixture("budget-2024-sodra-norrbotten.xlsx");
    assert!(records.iter().all(|record| {
        record.association.as_deref() == Some("Södra Norrbotten") && record.source.code() == "budget"
    }));
    let member = |cell: &str| records.iter().find(|record| record.cell == cell).and_then(|r| r.member.as_deref());
    assert_eq!((member("B5"), member("B8"), member("B16")), (Some("Försäkringskassan"), Some("Luleå kommun"), None));
}

#[test]
fn findings_are_told_on_the_figures_that_they_rest_on() {
    let records = fixture("arsredovisning-2019.xlsx");
    let book = book(&root().join("fixtures/workbooks/arsredovisning-2019.xlsx"));
    let report = check::check(&book, &Options::default());
    for finding in &report.findings {
        for &(at, _) in &finding.cells {
            let (sheet, cell) =
                (&book.grids[at.grid as usize].sheet, book.grids[at.grid as usize].address(at.row, at.col));
            let record = records.iter().find(|record| record.sheet == *sheet && record.cell == cell);
            assert!(
                record.is_none_or(|record| record.findings.contains(finding.rule)),
                "{} {sheet}!{cell}",
                finding.rule
            );
        }
    }
    assert!(records.iter().any(|record| record.findings.contains("KF02")));
}

#[test]
fn a_label_that_is_not_known_is_listed_with_guesses() {
    let records = of_file(&text(
        "Balansräkning\n\t2019\nDiv. kortfristiga fordringar\t500\nKassa och bank\t500\nSumma tillgångar\t1000\n\
         Eget kapital\t700\nLeverantörsskulder\t300\nSumma eget kapital och skulder\t1000\n",
    ));
    let unplaced = records::unplaced(&records);
    assert_eq!(unplaced.iter().map(|found| found.label.as_str()).collect::<Vec<_>>(), ["Div. kortfristiga fordringar"]);
    assert_eq!(unplaced[0].guesses[0].code(), "receivables");
    assert_eq!(records::unplaced(&fixture("arsredovisning-2019.xlsx")), []);
}

/// A document of its own.
fn text(text: &str) -> PathBuf {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let path = folder.join("bokslut.txt");
    std::fs::write(&path, text).expect("a file");
    path
}

#[test]
fn a_mapping_places_what_the_wording_does_not() {
    let text = "Balansräkning\n\t2019\nDiv. poster\t500\nKassa och bank\t500\nSumma tillgångar\t1000\n\
                Eget kapital\t700\nLeverantörsskulder\t300\nSumma eget kapital och skulder\t1000\n";
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_avstam"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program starts")
    };
    std::fs::write(folder.path().join("bokslut.txt"), text).expect("a file");
    let draft = run(&["convert", "bokslut.txt", "--write-mapping"]);
    let draft = String::from_utf8(draft.stdout).expect("utf-8");
    assert!(draft.contains("# \"Div. poster\" = "), "{draft}");
    assert!(avstam::config::Config::parse(&draft).is_ok(), "the draft is a settings file");
    // Decided, and a line that nothing needs.
    let decided: String = draft
        .lines()
        .map(|line| match line.starts_with("# \"Div. poster\"") {
            true => "\"Div. poster\" = \"receivables\"\n\"Finns ej\" = \"result\"\n".to_owned(),
            false => format!("{line}\n"),
        })
        .collect();
    std::fs::write(folder.path().join("avstam.toml"), decided).expect("settings");
    let output = run(&["convert", "bokslut.txt", "-o", "ut.csv"]);
    let remarks = String::from_utf8(output.stderr).expect("utf-8");
    assert!(remarks.contains("\"Finns ej\"") && !remarks.contains("Div. poster"), "{remarks}");
    let csv = std::fs::read_to_string(folder.path().join("ut.csv")).expect("the csv");
    assert!(csv.contains(";receivables;Div. poster;"), "{csv}");
}
