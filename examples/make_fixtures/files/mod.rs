//! Everything that is made: one list of documents, each with its twin, its seed text and its workbooks.

mod csv;
pub mod document;
pub mod figure;
mod folder;
mod formula;
mod layout;
mod paint;
pub mod place;
mod seed;
pub mod twin;

use std::error::Error;
use std::fs;
use std::path::Path;

use document::{DOCUMENTS, Document, Form};
use formula::Formulas;
use layout::Layout;
use place::Places;
use twin::Twin;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A file as it should be: its path below `fixtures/` and its content.
pub struct Made {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// All made files of all documents, in a fixed order.
pub fn all(root: &Path) -> Result<Vec<Made>> {
    let mut made = Vec::new();
    for document in DOCUMENTS {
        make(root, document, &mut made).map_err(|error| format!("{}: {error}", document.twin))?;
    }
    made.extend(folder::all(root)?);
    Ok(made)
}

fn make(root: &Path, document: &Document, made: &mut Vec<Made>) -> Result<()> {
    let twin = Twin::parse(&fs::read_to_string(root.join(format!("twins/{}.md", document.twin)))?)?;
    let formulas = Formulas::read(&root.join(format!("twins/{}.formulas.tsv", document.twin)), &twin)?;
    for book in document.books {
        let layout = Layout::of(&twin, book)?;
        let mut places = Places::of_layout(&twin, &layout);
        let bytes = match book.form {
            Form::Formulas => paint::workbook(&twin, &layout, &formulas, &places)?,
            Form::Typed | Form::Text => paint::workbook(&twin, &layout, &Formulas::default(), &places)?,
            Form::Csv => {
                places.forget_sheet();
                csv::file(&twin, &layout)?
            }
        };
        made.push(Made { path: format!("workbooks/{}", book.file), bytes });
        made.push(map(&book.map_name(), &places));
    }
    let text = fs::read_to_string(root.join(format!("seeds/{}.txt", document.seed)))?;
    let mut places = seed::places(&twin, &text)?;
    let prose = root.join(format!("twins/{}.prose.tsv", document.twin));
    if prose.exists() {
        seed::add_prose(&mut places, &twin::prose(&fs::read_to_string(prose)?)?, &text)?;
    }
    made.push(map(document.seed, &places));
    Ok(())
}

/// The place map of a variant.
fn map(variant: &str, places: &Places) -> Made {
    Made { path: format!("expected/{variant}.places.tsv"), bytes: places.to_tsv().into_bytes() }
}
