//! What the targets share: a file of given bytes, read as the program reads it.
//!
//! Readers catch their own faults so that one file never takes the others with it. Here a fault must be seen: this
//! package is built with `panic = "abort"`.

use std::path::PathBuf;
use std::sync::LazyLock;

use avstam::grid::Grid;
use avstam::read::{self, Input, Limits, Options};

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = base.join(format!("avstam-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
});

/// Reads bytes as a file whose name ends so. The limits are small, so that a run is short.
pub fn read(ending: &str, bytes: &[u8]) -> (Input, Vec<Grid>) {
    let path = FOLDER.join(format!("a.{ending}"));
    std::fs::write(&path, bytes).expect("a file");
    let limits = Limits { cells: 20_000, text_bytes: 4 << 20, inflated_bytes: 8 << 20, ..Limits::default() };
    read::read(&path, 0, &Options { limits, keep_transactions: 1 << 20, ..Options::default() })
}
