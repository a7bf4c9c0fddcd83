//! How a book comes to the program.

use std::path::PathBuf;

use avstam::book::Book;
use avstam::check::{self, Options, Report};
use avstam::grid::Grid;
use avstam::read::{self, Input};

use crate::write;

/// How a book comes to the program: as it is, or through files of a folder and the readers of their formats.
#[derive(Clone, Debug, Default)]
pub struct Way {
    pub folder: Option<PathBuf>,
}

impl Way {
    /// The book and what is found in it; its file is called so.
    pub fn check(&self, name: &str, grids: Vec<Grid>) -> (Book, Report) {
        let Some(folder) = &self.folder else { return check(vec![input()], grids) };
        let path = write::write(folder, name, &grids).expect("a book as a file");
        let (input, grids) = read::read(&path, 0, &read::Options::default());
        assert!(input.error.is_none(), "{}: {:?}", path.display(), input.error);
        check(vec![input], grids)
    }
}

fn check(inputs: Vec<Input>, grids: Vec<Grid>) -> (Book, Report) {
    let book = Book::of(inputs, grids);
    let report = check::check(&book, &Options::default());
    (book, report)
}

/// The one file that the whole book is in.
fn input() -> Input {
    let (sha256, remarks) = Default::default();
    Input { path: "bok.xlsx".into(), sha256, format: None, error: None, remarks, ledger: None }
}
