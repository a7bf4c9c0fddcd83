//! The report for people at a terminal. Colours are always written; the program strips them where they do not belong.

mod check;
mod diff;
mod documents;
mod excerpt;
mod finding;
mod inspect;
mod ledger;
mod page;
mod rules;
mod summary;
mod trial;

pub use check::check;
pub use diff::diff;
pub use inspect::inspect;
pub use rules::{list, story};
pub use trial::trial;

use crate::book::Book;
use crate::finding::Language;
use crate::report::wording;

/// How the text is to look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub language: Language,
    /// How many columns a line may take.
    pub width: usize,
    /// Findings only.
    pub quiet: bool,
    /// Everything, nothing counted that could be listed.
    pub verbose: bool,
}

impl Look {
    /// The wording of the language.
    fn say<'a>(&self, swedish: &'a str, english: &'a str) -> &'a str {
        wording::say(self.language, swedish, english)
    }

    /// `1 tabell`, `2 tabeller`.
    fn count(&self, number: usize, swedish: [&str; 2], english: [&str; 2]) -> String {
        wording::count(self.language, number, swedish, english)
    }
}

/// The line between the reports of two books.
pub fn divider(book: &Book) -> String {
    let paths: Vec<String> = book.inputs.iter().map(|input| input.path.display().to_string()).collect();
    format!("{}\n\n", page::paint(page::BOLD, &format!("═══ {}", paths.join(", "))))
}
