//! A cleaned workbook, read again.

use std::fs;

use avstam::check;
use avstam::read::Remark;

use crate::amounts::{hold, reread};
use crate::office::{package, parts};
use crate::{BOOKS, Cleaned, arsredovisning, book, fixture};

#[test]
fn no_amount_is_lost_or_made_up_and_it_reads_as_its_source() {
    for Cleaned { name, book, report, .. } in BOOKS.iter() {
        hold(name, book, report);
    }
}

/// The documents of the rules have all that goes wrong in them.
#[test]
fn nor_in_the_documents_of_the_rules() {
    let documents = fs::read_dir(fixture("rules")).expect("the documents");
    let mut read = 0;
    for document in documents {
        let path = document.expect("a document").path();
        let book = book(&[&path]);
        let report = check::check(&book, &check::Options::default());
        hold(&path.display().to_string(), &book, &report);
        read += 1;
    }
    assert!(read > 40);
}

/// Two files of one book have notes and years of their own when they are read again.
#[test]
fn several_files_come_apart_again() {
    let paths = [fixture("workbooks/arsredovisning-2019.xlsx"), fixture("workbooks/budget-2020-ornskoldsvik.csv")];
    let book = book(&[&paths[0], &paths[1]]);
    let report = check::check(&book, &check::Options::default());
    hold("two files", &book, &report);
}

/// The workbook with another figure in the cell of a sheet, and in the formulas that follow it.
fn with_figure(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut parts = parts(bytes);
    let mut replaced = 0;
    for (name, content) in parts.iter_mut().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        let text = String::from_utf8(std::mem::take(content)).expect("text");
        // The statement that has it, and what Källor now shows; not what it was, nor the source in the back.
        let now = format!("</f><v>{from}</v>");
        let new = match () {
            _ if text.contains(&now) => text.replacen(&now, &format!("</f><v>{to}</v>"), 1),
            _ => text.clone(),
        };
        replaced += usize::from(new != text);
        *content = new.into_bytes();
        assert!(!name.is_empty());
    }
    assert!(replaced > 0);
    package(&parts)
}

/// The cost that is missing is put in: what broke by it holds, and nothing else is said.
#[test]
fn a_corrected_figure_is_tested() {
    let Cleaned { bytes, report, .. } = arsredovisning();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rättad.xlsx");
    fs::write(&path, with_figure(bytes, "2494227", "2494241")).expect("a file");
    let again = reread(&path);
    let after = check::check(&again, &check::Options::default());
    let broke = |report: &check::Report| report.checks.iter().filter(|check| check.broke()).count();
    assert_ne!(broke(report), broke(&after));
    let [input] = again.inputs.as_slice() else { panic!("one file") };
    assert_eq!(input.path, path.join("arsredovisning-2019.xlsx"));
    assert!(input.remarks.contains(&Remark::Cleaned));
}
