//! The workbook on disk: whole or not at all, and never over a source.

use std::fs;
use std::path::Path;

use avstam::workbook::{SaveError, save};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn refused(path: &Path, source: &Path) {
    let before = fs::read(source).expect("the source");
    let error = save(b"new", path, &[source]).expect_err("refused");
    assert!(matches!(error, SaveError::IsSource(_)), "{error}");
    assert!(error.swedish().contains("är en källa"));
    assert_eq!(fs::read(source).expect("the source"), before);
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_source_is_never_overwritten() {
    let folder = folder();
    let source = folder.path().join("bokslut.xlsx");
    fs::write(&source, b"old").expect("a file");
    refused(&source, &source);
    refused(&folder.path().join(".").join("bokslut.xlsx"), &source);
    let other = folder.path().join("mapp");
    fs::create_dir(&other).expect("a folder");
    refused(&other.join("..").join("bokslut.xlsx"), &source);
}

#[cfg(unix)]
#[test]
fn nor_through_its_other_names() {
    let folder = folder();
    let source = folder.path().join("bokslut.xlsx");
    fs::write(&source, b"old").expect("a file");
    let link = folder.path().join("lank.xlsx");
    std::os::unix::fs::symlink(&source, &link).expect("a link");
    refused(&link, &source);
    refused(&source, &link);
    let twin = folder.path().join("tvilling.xlsx");
    fs::hard_link(&source, &twin).expect("a hard link");
    refused(&twin, &source);
}

#[test]
fn a_missing_folder_is_told_and_nothing_is_left() {
    let folder = folder();
    let error = save(b"new", &folder.path().join("saknas/ut.xlsx"), &[]).expect_err("no folder");
    assert!(matches!(error, SaveError::NoFolder(_)), "{error}");
    assert!(error.swedish().contains("finns inte"));
    assert!(matches!(save(b"new", folder.path(), &[]), Err(SaveError::IsFolder(_))));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn an_older_result_is_replaced_whole() {
    let folder = folder();
    let (path, source) = (folder.path().join("ut.xlsx"), folder.path().join("bokslut.xlsx"));
    fs::write(&source, b"source").expect("a file");
    save(b"first", &path, &[&source]).expect("saved");
    save(b"second", &path, &[&source]).expect("saved again");
    assert_eq!(fs::read(&path).expect("the result"), b"second");
    assert_eq!(names(folder.path()), ["bokslut.xlsx", "ut.xlsx"]);
}

#[cfg(unix)]
#[test]
fn a_write_protected_result_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("ut.xlsx");
    fs::write(&path, b"old").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions");
    assert!(matches!(save(b"new", &path, &[]), Err(SaveError::NotWritable { .. })));
    assert_eq!(fs::read(&path).expect("the result"), b"old");
    assert_eq!(names(folder.path()), ["ut.xlsx"]);
}
