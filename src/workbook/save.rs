//! The workbook on disk: whole or not at all, and never over a source.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why the workbook was not saved. Each message says what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("{} is a source: give what is written another name", .0.display())]
    IsSource(PathBuf),
    #[error("{} is a folder: give the name of a file in it", .0.display())]
    IsFolder(PathBuf),
    #[error("{} is no ordinary file but a pipe or a device: give the name of a file", .0.display())]
    IsDevice(PathBuf),
    #[error("there is no folder {}: make it, or give another place", .0.display())]
    NoFolder(PathBuf),
    #[error("{} cannot be written ({why}): close it if it is open in another program, and check that you may write there", path.display())]
    NotWritable { path: PathBuf, why: io::Error },
}

impl SaveError {
    pub fn swedish(&self) -> String {
        match self {
            SaveError::IsSource(path) => {
                format!("{} är en källa: ge det som skrivs ett annat namn", path.display())
            }
            SaveError::IsFolder(path) => format!("{} är en mapp: ange namnet på en fil i den", path.display()),
            SaveError::IsDevice(path) => {
                format!("{} är ingen vanlig fil utan ett rör eller en enhet: ange namnet på en fil", path.display())
            }
            SaveError::NoFolder(path) => {
                format!("mappen {} finns inte: skapa den, eller ange en annan plats", path.display())
            }
            SaveError::NotWritable { path, why } => format!(
                "{} går inte att skriva ({why}): stäng filen om den är öppen i ett annat program, och kontrollera att du får skriva där",
                path.display()
            ),
        }
    }
}

/// Writes the bytes beside the target and then gives them its name. A target that is one of the sources, under
/// whatever name, is refused.
pub fn save(bytes: &[u8], path: &Path, sources: &[&Path]) -> Result<(), SaveError> {
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(Metadata::is_dir) {
        return Err(SaveError::IsFolder(path.into()));
    }
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return Err(SaveError::IsDevice(path.into()));
    }
    if sources.iter().any(|source| is_same(path, there.as_ref(), source)) {
        return Err(SaveError::IsSource(path.into()));
    }
    // What a link leads to is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(SaveError::NoFolder(folder.into()));
    }
    replace(bytes, &target, folder, there.as_ref()).map_err(|why| SaveError::NotWritable { path: path.into(), why })
}

/// Whether two names lead to one file: through links, in other case where the file system takes it so, or as one of
/// several names of it.
fn is_same(path: &Path, there: Option<&Metadata>, source: &Path) -> bool {
    if path == source {
        return true;
    }
    let Some(there) = there else { return false };
    let same_path = matches!((fs::canonicalize(path), fs::canonicalize(source)), (Ok(a), Ok(b)) if a == b);
    same_path || fs::metadata(source).is_ok_and(|source| is_same_file(there, &source))
}

#[cfg(unix)]
fn is_same_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Replacing a file by a new one leaves its other names as they were.
#[cfg(not(unix))]
fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    false
}

fn replace(bytes: &[u8], target: &Path, folder: &Path, there: Option<&Metadata>) -> io::Result<()> {
    if there.is_some_and(|there| there.permissions().readonly()) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".avstam-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: what the user's mask lets through; else those that the replaced file has.
        let new = fs::Permissions::from_mode(0o666);
        builder.permissions(there.map_or(new, Metadata::permissions));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}
