//! Which lines refer to which notes.

use crate::book::Book;
use crate::statement::{Kind, Statement};
use crate::words::{self, titles::Heading};

/// The lines that refer to a note, as (statement, line).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum References {
    None,
    One((usize, usize)),
    Several(Vec<(usize, usize)>),
}

/// The lines of the same document's statements that refer to a note, copies left out.
pub fn references(book: &Book, note: &Statement) -> References {
    let Some((number, _)) = &note.note else { return References::None };
    let input = |s: &Statement| book.grids[s.table.grid as usize].input;
    let mut lines = Vec::new();
    for (i, statement) in book.statements.iter().enumerate() {
        if statement.kind == Kind::Note || statement.copy_of.is_some() {
            continue;
        }
        let refers =
            |line: &crate::table::Line| line.note.is_some_and(|note| note.number == *number) && line.has_figures();
        lines.extend(
            statement
                .lines()
                .iter()
                .enumerate()
                .filter(|(_, line)| refers(line))
                .map(|(l, _)| (input(statement), i, l)),
        );
    }
    // Notes of another file count where the document itself has no reference.
    if lines.iter().any(|(file, ..)| *file == input(note)) {
        lines.retain(|(file, ..)| *file == input(note));
    }
    match lines.as_slice() {
        [] => References::None,
        [(_, statement, line)] => References::One((*statement, *line)),
        lines => References::Several(lines.iter().map(|(_, s, l)| (*s, *l)).collect()),
    }
}

/// The numbers of the book's notes. One without a table (*Inga*, the accounting principles) is there by its title.
pub fn note_numbers(book: &Book) -> Vec<u32> {
    let tables =
        book.of_kind(Kind::Note).filter_map(|(_, statement)| statement.note.as_ref()).map(|(number, _)| *number);
    let context =
        book.statements.iter().flat_map(|statement| &statement.table.context).map(|title| title.text.as_str());
    let titles = book.prose.iter().map(|prose| prose.text.as_str()).chain(context);
    let in_text = titles.filter_map(|text| match words::title(text, false)? {
        Heading::Note { number, .. } => Some(number),
        Heading::Statement { .. } => None,
    });
    let mut numbers: Vec<u32> = tables.chain(in_text).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
