//! `clean --since`: the sheet of what changed.

use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::diff::{self, Version};
use avstam::finding::Language;
use avstam::money::Money;
use avstam::workbook::{self, Since, With};

use crate::{cell, number, read_back, text};

const DRAFT: &str = "Resultaträkning\n\t2019\t2018\nVerksamhetens intäkter\t1000\t900\nVerksamhetens kostnader\t-700\t-600\n\
                     Verksamhetens resultat\t310\t300\nFinansiella intäkter\t10\t10\nÅrets resultat\t310\t310\n";

fn version(text: &str) -> (Book, Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bokslut.txt");
    std::fs::write(&path, text).expect("a file");
    let book = crate::book(&[&path]);
    let report = check::check(&book, &check::Options::default());
    (book, report)
}

#[test]
fn what_changed_since_a_draft_has_a_sheet() {
    let (old, new) = (version(DRAFT), version(&DRAFT.replace("resultat\t310\t300", "resultat\t300\t300")));
    let old = Version { book: &old.0, report: &old.1 };
    let diff = diff::diff(old, Version { book: &new.0, report: &new.1 });
    let name = "ett mycket långt [namn]/på utkastet.xlsx";
    let with = With { since: Some(Since { name, old, diff: &diff }), ..With::default() };
    let bytes = workbook::write_with(&new.0, &new.1, &with, Language::Swedish).expect("a workbook");
    let sheets = read_back(&bytes);
    let sheet = &sheets["Ändrat sedan ett mycket långt n"];
    let row = |row: u32| [0, 1, 2, 3, 8].map(|col| text(sheet, row, col).to_owned());
    let expected = ["Resultaträkning", "Verksamhetens resultat", "2019 utfall", "Beloppet är ändrat"];
    assert_eq!(row(1)[..4], expected);
    assert_eq!([4, 5, 6].map(|col| sheet.get(1, col).and_then(number)), [310, 300, -10].map(Money::from).map(Some));
    assert!(cell(&sheets, &row(1)[4]).is_some(), "{} is a cell", row(1)[4]);
    assert!(text(sheet, 1, 9).contains("RR01") && text(sheet, 1, 10).is_empty());
    assert_eq!(sheet.rows().count(), 2);
}

#[test]
fn nothing_changed_is_said() {
    let version = version(DRAFT);
    let version = Version { book: &version.0, report: &version.1 };
    let diff = diff::diff(version, version);
    let with = With { since: Some(Since { name: "utkast", old: version, diff: &diff }), ..With::default() };
    let bytes = workbook::write_with(version.book, version.report, &with, Language::English).expect("a workbook");
    assert_eq!(text(&read_back(&bytes)["Changed since utkast"], 1, 0), "No amount and no line has changed.");
}
