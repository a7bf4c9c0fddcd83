//! Which lines refer to which notes.

use crate::book::Book;
use crate::statement::{Kind, LineSum, Statement, kinds};
use crate::table::{Line, Role};
use crate::words::{self, Concept, titles::Heading};

/// The lines that refer to a note, as (statement, line).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum References {
    None,
    One((usize, usize)),
    Several(Vec<(usize, usize)>),
    /// The heading of a section: the note is of the lines below it, which come to a line where there is a total.
    Section(Option<(usize, usize)>),
}

/// The lines of the same report's statements that refer to a note, copies left out.
pub fn references(book: &Book, note: &Statement) -> References {
    let Some((number, _)) = &note.note else { return References::None };
    let home = book.input(note);
    let refer = |(i, statement): (usize, &Statement)| {
        let may = statement.kind != Kind::Note && !book.is_reprint(statement);
        let lines = statement.lines().iter().enumerate().filter(move |_| may);
        let refers = lines.filter(|(_, line)| line.notes().any(|note| note == *number));
        refers.map(|(line, _)| (i, line)).collect::<Vec<_>>()
    };
    // The lines of another file count where the document itself refers to no notes at all: another year's report has
    // other numbers.
    let own = refers_to_notes(book, home) || !book.is_together(home);
    let reached: Vec<bool> = (0..book.inputs.len())
        .map(|other| other == home || if own { goes_on(book, home, other) } else { book.together(other, home) })
        .collect();
    let there = book.statements.iter().enumerate().filter(|(_, s)| reached[book.input(s)]);
    let mut lines: Vec<(usize, usize)> = there.flat_map(refer).collect();
    let has_figures = |&(s, l): &(usize, usize)| book.statements[s].lines()[l].has_figures();
    if lines.iter().any(has_figures) {
        lines.retain(has_figures);
    }
    match lines.as_slice() {
        [] => References::None,
        &[heading, ..] if !has_figures(&heading) => {
            let (statement, line) = heading;
            References::Section(total_of_section(&book.statements[statement], line).map(|total| (statement, total)))
        }
        &[line] => References::One(line),
        _ => References::Several(lines),
    }
}

/// Whether any line of a document refers to a note.
fn refers_to_notes(book: &Book, input: usize) -> bool {
    book.of_input(input).any(|(_, s)| s.lines().iter().any(|line| line.note.is_some()))
}

/// Whether a report goes on from one file to another: both are of the same year, and no note of the one has a number that
/// a note of the other has.
fn goes_on(book: &Book, one: usize, other: usize) -> bool {
    let year = |input: usize| book.documents.get(input)?.years.first().copied();
    let numbers = |input: usize| {
        let notes = book.of_input(input).filter(|(_, s)| s.kind == Kind::Note);
        notes.filter_map(|(_, s)| s.note.as_ref()).map(|(number, _)| *number)
    };
    let apart = || !numbers(one).any(|number| numbers(other).any(|there| there == number));
    book.together(one, other) && year(one).is_some() && year(one) == year(other) && apart()
}

/// What the lines below a heading come to: the first total that adds the first of them and none above.
fn total_of_section(statement: &Statement, heading: usize) -> Option<usize> {
    let first = (heading + 1..statement.lines().len()).find(|&line| statement.lines()[line].has_figures())?;
    let begins = |sum: &&LineSum| sum.terms.iter().map(|&(line, _)| line).min() == Some(first);
    statement.sums.iter().filter(begins).map(|sum| sum.result).filter(|&total| total > first).min()
}

/// The lines that a note comes to.
pub fn totals(note: &Statement) -> Vec<usize> {
    let totals: Vec<usize> = (0..note.lines().len()).filter(|&i| note.lines()[i].role == Role::Total).collect();
    if totals.is_empty() { only_line(note).into_iter().collect() } else { totals }
}

fn only_line(statement: &Statement) -> Option<usize> {
    let mut lines = (0..statement.lines().len()).filter(|&i| statement.lines()[i].has_figures());
    lines.next().filter(|_| lines.next().is_none())
}

/// Whether a note is called what a line of a statement is called.
pub fn is_namesake(title: &str, statement: &Statement, line: &Line) -> bool {
    let meant = |text: &str| words::concept(text, statement.kind.code()).map(|found| found.concept);
    let (label, name) = (words::strip(&line.wording), words::strip(&words::fold(title)));
    let within = label.contains(&name) || name.contains(&label);
    within || (meant(title).is_some() && meant(title) == meant(&line.label))
}

/// The row of a note that is called what a line of a statement is called (`Årets avskrivningar` in the note of the
/// inventories).
pub fn row_of(note: &Statement, statement: &Statement, line: usize) -> Option<usize> {
    let wanted = &statement.lines()[line];
    note.lines().iter().position(|row| {
        let concept = row.concept.map(|found| found.concept);
        let meant = concept.or_else(|| words::sure_concept(&row.label, statement.kind.code()));
        let one_concept = meant.is_some() && meant == wanted.concept.map(|found| found.concept);
        row.has_figures() && (one_concept || row.wording == wanted.wording)
    })
}

/// The whole that a note is called, where a line is a part of it by the form (`Not 5 Eget kapital` at `Övrigt eget
/// kapital`).
pub fn whole_named(title: &str, statement: &Statement, line: usize) -> Option<Concept> {
    let part = statement.lines()[line].concept?.concept;
    let named = words::concept(title, statement.kind.code())?.concept;
    kinds::is_part(named, part).then_some(named)
}

/// The numbers of the notes that a report has in whatever file, or, where it has none, of those of the other files. One
/// without a table (*Inga*, the accounting principles) is there by its title.
pub fn note_numbers(book: &Book, input: usize) -> Vec<u32> {
    let own = numbers_within(book, &|other| other == input || goes_on(book, input, other));
    if own.is_empty() { numbers_within(book, &|other| book.together(input, other)) } else { own }
}

/// How many words of a line are enough to tell that a note begins there.
const TITLE_WORDS: usize = 3;

/// The numbers of the notes of each document.
pub fn own_note_numbers(book: &Book) -> impl Iterator<Item = (usize, Vec<u32>)> + '_ {
    (0..book.inputs.len()).map(|input| (input, numbers_within(book, &move |other| other == input)))
}

fn numbers_within(book: &Book, wanted: &dyn Fn(usize) -> bool) -> Vec<u32> {
    let statements = || book.statements.iter().filter(|statement| wanted(book.input(statement)));
    let notes = statements().filter(|s| s.kind == Kind::Note);
    let tables = notes.filter_map(|statement| statement.note.as_ref()).map(|(number, _)| *number);
    let context = statements().flat_map(|statement| &statement.table.context).map(|title| title.text.as_str());
    let prose = book.prose.iter().filter(|prose| wanted(book.grids[prose.at.grid as usize].input));
    let titles = prose.map(|prose| prose.text.as_str()).chain(context);
    let number = |text: &str| match words::title(text, false)? {
        Heading::Note { number, .. } => Some(number),
        Heading::Statement { .. } => None,
    };
    // A note of which all stands on one line and could not be read is there, too.
    let opening = |text: &str| text.match_indices(' ').nth(TITLE_WORDS).map(|(at, _)| at);
    let in_text = titles.filter_map(|text| number(text).or_else(|| number(&text[..opening(text)?])));
    let mut numbers: Vec<u32> = tables.chain(in_text).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
