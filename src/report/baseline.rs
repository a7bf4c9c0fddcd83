//! An earlier report, to tell what is new since then.

use serde::Deserialize;

use crate::book::Book;
use crate::check::{Baseline, Report};
use crate::finding::Text;
use crate::marks::fingerprint;

/// What an earlier `check --format json` found.
#[derive(Clone, Debug)]
pub struct Earlier(Vec<Found>);

/// One book of it.
#[derive(Clone, Debug, Deserialize)]
struct Found {
    schema: String,
    inputs: Vec<Input>,
    findings: Vec<Finding>,
}

#[derive(Clone, Debug, Deserialize)]
struct Input {
    path: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Finding {
    fingerprint: String,
}

impl Earlier {
    /// Reads a report: one object, or one for each book.
    ///
    /// # Errors
    ///
    /// Where the text is no such report.
    pub fn parse(text: &str) -> Result<Earlier, Text> {
        let books: Result<Vec<Found>, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
        match books {
            Ok(books) if !books.is_empty() && books.iter().all(|book| book.schema == "avstam/check/1") => {
                Ok(Earlier(books))
            }
            _ => Err(Text::new(
                "är ingen rapport att jämföra med: skriv en med `avstam check --format json SÖKVÄG… > FIL`",
                "is no report to compare with: write one with `avstam check --format json PATH… > FILE`",
            )),
        }
    }

    /// Leaves only what is new in a report, and counts the rest.
    pub fn subtract(&self, book: &Book, report: &mut Report) {
        let mut then: Vec<&str> =
            self.of(book).flat_map(|found| &found.findings).map(|f| f.fingerprint.as_str()).collect();
        let before = report.findings.len();
        report.findings.retain(|finding| {
            let own = fingerprint(book, finding);
            let known = then.iter().position(|earlier| *earlier == own);
            known.map(|i| then.swap_remove(i)).is_none()
        });
        report.baseline = Some(Baseline { known: before - report.findings.len(), gone: then.len() });
    }

    /// What is to be compared with a book: all of it, or the same files where it holds several books.
    fn of<'a>(&'a self, book: &Book) -> impl Iterator<Item = &'a Found> {
        let paths: Vec<String> = book.inputs.iter().map(|input| input.path.display().to_string()).collect();
        let only = self.0.len() == 1;
        self.0.iter().filter(move |found| only || found.inputs.iter().map(|input| &input.path).eq(&paths))
    }
}
