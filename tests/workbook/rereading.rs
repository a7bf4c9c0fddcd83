//! A cleaned workbook, read again.

use std::fs;

use avstam::check::{self, Report};
use avstam::grid::{Cell, Value};
use avstam::money::Money;
use avstam::read::{self, ReadError, Remark};
use avstam::workbook;

use crate::amounts::{hold, unpacked};
use crate::{BOOKS, Cleaned, arsredovisning, book, fixture};

#[test]
fn no_amount_is_lost_or_made_up_and_it_reads_as_its_source() {
    for Cleaned { name, book, report, .. } in BOOKS.iter() {
        hold(name, book, report);
    }
}

/// The documents of the rules have all that goes wrong in them; every sixth of them, for each is many books in one.
#[test]
fn nor_in_the_documents_of_the_rules() {
    let documents = fs::read_dir(fixture("rules")).expect("the documents");
    let mut paths: Vec<_> = documents.map(|document| document.expect("a document").path()).collect();
    paths.sort();
    let mut read = 0;
    for path in paths.into_iter().step_by(6) {
        let book = book(&[&path]);
        let report = check::check(&book, &check::Options::default());
        hold(&path.display().to_string(), &book, &report);
        read += 1;
    }
    assert!(read > 8);
}

/// Two files of one book have notes and years of their own when they are read again.
#[test]
fn several_files_come_apart_again() {
    let paths = [fixture("workbooks/arsredovisning-2019.xlsx"), fixture("workbooks/budget-2020-ornskoldsvik.csv")];
    let book = book(&[&paths[0], &paths[1]]);
    let report = check::check(&book, &check::Options::default());
    hold("two files", &book, &report);
}

/// The cost that is missing is put in, and `Källor` follows it: what broke by it holds.
#[test]
fn a_corrected_figure_is_tested() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rättad.xlsx");
    fs::write(&path, &arsredovisning().bytes).expect("a file");
    let (input, mut grids) = read::read(&path, 0, &read::Options::default());
    let sources = grids.iter_mut().find(|grid| grid.sheet == "Källor").expect("Källor");
    let follows = |cell: &&Cell| cell.col == 7 && cell.formula() == Some("'Resultaträkning'!C5");
    let mut cell = sources.cells().iter().find(follows).expect("a row that follows the cost").clone();
    cell.value = Value::number(Money::from(2_494_241));
    sources.put(cell);
    let again = unpacked(input, grids);
    let after = check::check(&again, &check::Options::default());
    let broke = |report: &Report| report.checks.iter().any(|check| check.relation.rule == "RR01" && check.broke());
    assert_eq!((broke(&arsredovisning().report), broke(&after)), (true, false));
    let [input] = again.inputs.as_slice() else { panic!("one file") };
    assert_eq!(input.path, path.join("arsredovisning-2019.xlsx"));
    assert!(input.remarks.contains(&Remark::Cleaned));
}

/// A part of the accounts would be missing without a word.
#[test]
fn a_source_sheet_that_was_taken_away_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("städad.xlsx");
    fs::write(&path, &arsredovisning().bytes).expect("a file");
    let (input, mut grids) = read::read(&path, 0, &read::Options::default());
    grids.retain(|grid| grid.sheet != "KF (källa)");
    let files = workbook::unpack(input, grids);
    let [(input, grids)] = files.as_slice() else { panic!("one file") };
    assert!(matches!(input.error, Some(ReadError::CleanedWithoutSources)));
    assert!(grids.is_empty());
}

/// Figures written into a statement are not passed over in silence.
#[test]
fn a_figure_that_has_no_source_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("städad.xlsx");
    fs::write(&path, &arsredovisning().bytes).expect("a file");
    let (input, mut grids) = read::read(&path, 0, &read::Options::default());
    let income = grids.iter_mut().find(|grid| grid.sheet == "Resultaträkning").expect("a statement");
    income.put(Cell::new(20, 2, Value::number(Money::from(250))));
    let [(input, _)] = workbook::unpack(input, grids).try_into().expect("one file");
    assert!(input.remarks.contains(&Remark::NotOfSource { cells: vec!["Resultaträkning!C21".into()] }));
}

/// A workbook of somebody's own with a sheet of our name is read as it is.
#[test]
fn a_workbook_that_is_not_ours_is_itself() {
    let (input, grids) = read::read(&fixture("workbooks/arsredovisning-2019.xlsx"), 0, &read::Options::default());
    let mut grids = grids;
    grids[0].sheet = "Källor".into();
    let files = workbook::unpack(input, grids.clone());
    assert_eq!((files.len(), files[0].1.len()), (1, grids.len()));
}
