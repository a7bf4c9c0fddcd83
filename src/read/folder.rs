//! Paths as users give them → the files to read: a folder stands for the files in it.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use super::error::ReadError;

/// A file or folder that was not taken along.
#[derive(Clone, Debug)]
pub struct LeftOut {
    pub path: PathBuf,
    pub why: Why,
}

#[derive(Clone, Debug)]
pub enum Why {
    /// Hidden, or a program's own trace of an open file (`~$bokslut.xlsx`, `.~lock.bokslut.ods#`).
    Hidden,
    /// Of a kind that holds no tables that are read, by its ending.
    OtherKind,
    /// Deeper than folders of accounts ever are.
    TooDeep,
    Refused(ReadError),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Hidden => f.write_str("skipped: it is hidden or a lock file"),
            Why::OtherKind => f.write_str("skipped: not a spreadsheet or text file by its ending"),
            Why::TooDeep => f.write_str("skipped: the folder lies too deep"),
            Why::Refused(error) => error.fmt(f),
        }
    }
}

impl Why {
    pub fn swedish(&self) -> String {
        match self {
            Why::Hidden => "hoppas över: dold fil eller låsfil".into(),
            Why::OtherKind => "hoppas över: inget kalkylark och ingen textfil enligt filändelsen".into(),
            Why::TooDeep => "hoppas över: mappen ligger för djupt".into(),
            Why::Refused(error) => error.swedish(),
        }
    }
}

const ENDINGS: [&str; 19] = [
    "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "ods", "ots", "fods", "csv", "tsv", "tab", "txt", "md",
    "markdown", "se", "si", "sie",
];
const DEEPEST: usize = 16;

/// The files that the paths stand for. A folder stands for those directly in it, then those in its folders,
/// each in the order of their names. A path to a file stands for itself, whatever it is called.
pub fn expand(paths: &[PathBuf]) -> Vec<Result<PathBuf, LeftOut>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk(path, 0, &mut found);
            if !found[before..].iter().any(Result::is_ok) {
                found.push(Err(LeftOut { path: path.clone(), why: Why::Refused(ReadError::EmptyFolder) }));
            }
        } else {
            found.push(Ok(path.clone()));
        }
    }
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<Result<PathBuf, LeftOut>>) {
    let leave = |path: &Path, why| Err(LeftOut { path: path.to_path_buf(), why });
    if depth > DEEPEST {
        return found.push(leave(folder, Why::TooDeep));
    }
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            return found.push(leave(folder, Why::Refused(ReadError::NotReadable(error.into()))));
        }
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || name.starts_with("~$") {
            found.push(leave(&path, Why::Hidden));
        } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            // Links to folders are not followed: they can lead round.
            folders.push(path);
        } else if path.is_file() {
            found.push(if is_ours(&path) { Ok(path) } else { leave(&path, Why::OtherKind) });
        }
    }
    for folder in folders {
        walk(&folder, depth + 1, found);
    }
}

fn is_ours(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_the_files_that_are_ours() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("2019")).unwrap();
        std::fs::create_dir(at("tom")).unwrap();
        for name in ["b.xlsx", "A.CSV", "~$b.xlsx", ".dold.csv", "protokoll.pdf", "2019/x.ods"] {
            std::fs::write(at(name), "x").unwrap();
        }
        let found = expand(&[folder.path().to_path_buf(), at("saknas.xlsx"), at("tom")]);
        let shown: Vec<String> = found
            .iter()
            .map(|item| match item {
                Ok(path) => path.strip_prefix(folder.path()).unwrap().display().to_string(),
                Err(left) => format!("- {}", left.path.strip_prefix(folder.path()).unwrap().display()),
            })
            .collect();
        let expected =
            ["- .dold.csv", "A.CSV", "b.xlsx", "- protokoll.pdf", "- ~$b.xlsx", "2019/x.ods", "saknas.xlsx", "- tom"];
        assert_eq!(shown, expected);
    }
}
