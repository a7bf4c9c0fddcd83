//! `avstam clean` as users call it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::{ARSREDOVISNING, arsredovisning, fixture, sheets_of};

fn avstam(command: &str, source: &Path, target: &Path) -> Output {
    let mut avstam = Command::new(env!("CARGO_BIN_EXE_avstam"));
    avstam.arg(command).arg(source).arg("-o").arg(target).output().expect("avstam")
}

fn told(output: &Output) -> (Option<i32>, String) {
    assert!(output.stdout.is_empty(), "standard output is for reports");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn clean_writes_the_workbook_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("ut.xlsx");
    for command in ["clean", "städa"] {
        let (code, message) = told(&avstam(command, &fixture(ARSREDOVISNING), &target));
        assert_eq!(code, Some(0), "{message}");
        assert!(message.starts_with("avstam: Skrev ") && message.lines().count() == 1, "{message}");
        assert_eq!(sheets_of(&target).len(), arsredovisning().sheets.len());
    }
}

#[test]
fn clean_tells_what_it_could_not_do_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("bokslut.xlsx");
    fs::copy(fixture(ARSREDOVISNING), &source).expect("a copy");
    let before = fs::read(&source).expect("the copy");
    let missing = folder.path().join("saknas.xlsx");
    let cases = [
        (&source, source.clone(), "är en källa"),
        (&source, folder.path().join("saknas/ut.xlsx"), "finns inte"),
        (&source, folder.path().join("ut.csv"), "slutar på .xlsx"),
        (&missing, folder.path().join("ut.xlsx"), "filen finns inte"),
    ];
    for (source, target, says) in cases {
        let (code, message) = told(&avstam("clean", source, &target));
        assert_eq!(code, Some(2), "{message}");
        assert!(message.contains(says) && message.lines().count() == 1, "{message}");
    }
    assert_eq!(fs::read(&source).expect("the copy"), before);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
