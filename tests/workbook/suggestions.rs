//! Suggestions put into the cleaned workbook, by their names.

use std::fs;
use std::process::Command;

use avstam::check;
use avstam::money::Money;
use avstam::suggestion::{self, NameError};

use crate::amounts::{reread, text};
use crate::{ARSREDOVISNING, cell, checked, fixture, number, sheets_of};

#[test]
fn names_are_of_the_code_and_its_findings() {
    let (book, report) = checked(ARSREDOVISNING);
    let all = suggestion::suggestions(&book, &report);
    let names: Vec<&str> = all.iter().map(|found| found.name.as_str()).collect();
    assert!(names.contains(&"KF02-1") && names.contains(&"FA02-1a") && names.contains(&"FA02-1b"), "{names:?}");
    let named = |asked: &str| suggestion::named(&all, asked).map(|found| found.name.clone());
    assert_eq!(named("kf02"), Ok("KF02-1".into()));
    assert_eq!(named("FA02-1b"), Ok("FA02-1b".into()));
    assert!(matches!(named("FA02"), Err(NameError::Ambiguous { names, .. }) if names.len() == 3));
    assert!(matches!(named("FA04"), Err(NameError::Ambiguous { names, .. }) if names == ["FA04-1", "FA04-2"]));
    assert!(matches!(named("XX99"), Err(NameError::Unknown { .. })));
}

fn clean(arguments: &[&str], target: &std::path::Path) -> (Option<i32>, String) {
    let mut avstam = Command::new(env!("CARGO_BIN_EXE_avstam"));
    avstam.arg("clean").arg(fixture(ARSREDOVISNING)).arg("-o").arg(target).args(arguments);
    let output = avstam.output().expect("avstam");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_suggestion_is_put_in_marked_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("ut.xlsx");
    let (code, message) = clean(&["--apply", "KF02"], &target);
    assert_eq!(code, Some(0), "{message}");
    assert!(message.contains("4 belopp ändrade"), "{message}");
    let sheets = sheets_of(&target);
    // Two years, and the page that is printed twice. The figure stands where the source's own did, and the source in the back has its own still.
    assert_eq!(cell(&sheets, "Kassaflödesanalys!F9").and_then(number), Some(Money::from(468_595)));
    assert_eq!(cell(&sheets, "KF (källa)!B10").and_then(number), Some(Money::from(462_836)));
    let changes = &sheets["Ändringar"];
    let row: Vec<&str> = (0..3).chain(5..8).map(|col| text(changes, 1, col)).collect();
    assert_eq!(row[..5], ["arsredovisning-2019.xlsx", "KF", "B10", "Kassaflödesanalys!F9", "KF02"]);
    assert!(row[5].starts_with("Inlagt förslag KF02-1. "), "{}", row[5]);
    let was_is = [3, 4].map(|col| changes.get(1, col).and_then(number));
    assert_eq!(was_is, [Some(Money::from(462_836)), Some(Money::from(468_595))]);
    // Read again, it is corrected.
    let report = check::check(&reread(&target), &check::Options::default());
    assert!(!report.findings.iter().any(|finding| finding.rule == "KF02"));
    let (_, before) = checked(ARSREDOVISNING);
    assert_eq!(report.findings.len() + 1, before.findings.len());
}

#[test]
fn a_name_that_is_none_or_several_is_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("ut.xlsx");
    for (asked, says) in [("FA02", "FA02-1a, FA02-1b"), ("XX99", "det finns inget förslag XX99")] {
        let (code, message) = clean(&["--apply", asked], &target);
        assert_eq!(code, Some(2), "{message}");
        assert!(message.contains(says) && message.lines().count() == 1, "{message}");
    }
    let (code, message) = clean(&["--apply", "FA02-1a", "--apply", "FA02-1a"], &target);
    assert_eq!((code, message.contains("1 belopp ändrat")), (Some(0), true), "{message}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
