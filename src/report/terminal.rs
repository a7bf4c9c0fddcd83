//! The report for people at a terminal. Colours are always written; the program strips them where they do not belong.

mod check;
mod diff;
mod documents;
mod evidence;
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
use crate::grid::{At, Source};
use crate::report::place;
use crate::statement::{Kind, Statement};

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
        match self.language {
            Language::Swedish => swedish,
            Language::English => english,
        }
    }

    /// `1 tabell`, `2 tabeller`.
    fn count(&self, number: usize, swedish: [&str; 2], english: [&str; 2]) -> String {
        let many = usize::from(number != 1);
        format!("{number} {}", self.say(swedish[many], english[many]))
    }
}

/// The line between the reports of two books.
pub fn divider(book: &Book) -> String {
    let paths: Vec<String> = book.inputs.iter().map(|input| input.path.display().to_string()).collect();
    format!("{}\n\n", page::paint(page::BOLD, &format!("═══ {}", paths.join(", "))))
}

/// What a statement is called where people read: its own title, else its kind.
fn name(statement: &Statement, look: &Look) -> String {
    match statement.name() {
        name if name.is_empty() => kind(statement.kind, look).to_string(),
        name => name,
    }
}

/// `blad KF, A4:C13`, in a text document its lines; the file before it where there are several.
fn whereabouts(book: &Book, statement: &Statement, look: &Look) -> String {
    let area = statement.table.area;
    let grid = &book.grids[statement.table.grid as usize];
    let range = match grid.source {
        Source::Text if grid.line.is_some() => {
            format!("{} {}", look.say("rad", "line"), grid.origin(area.first_row, 0).0 + 1)
        }
        Source::Text => format!("{} {}–{}", look.say("rad", "lines"), area.first_row + 1, area.last_row + 1),
        _ => area.a1(),
    };
    let sheet = sheet(book, statement.table.grid, look);
    if sheet.is_empty() { range } else { format!("{sheet}, {range}") }
}

/// `bokslut.xlsx, blad KF`, of which only what is needed to tell it from the others.
fn sheet(book: &Book, grid: u32, look: &Look) -> String {
    let grid = &book.grids[grid as usize];
    let mut parts = Vec::new();
    if book.inputs.len() > 1 {
        parts.push(file(book, grid.input));
    }
    if !grid.sheet.is_empty() {
        parts.push(format!("{} {}", look.say("blad", "sheet"), grid.sheet));
    }
    parts.join(", ")
}

/// The name of a file, or its path where another one is called the same.
fn file(book: &Book, input: usize) -> String {
    let path = &book.inputs[input].path;
    let alike = book.inputs.iter().filter(|input| input.path.file_name() == path.file_name()).count();
    let name = path.file_name().filter(|_| alike == 1);
    name.map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The place within the book: [`report::place`](crate::report::place) without the file where there is only one.
fn place_in(book: &Book, at: At) -> String {
    let full = place(book, at);
    let path = book.inputs[book.grids[at.grid as usize].input].path.display().to_string();
    match full.strip_prefix(&path).and_then(|rest| rest.strip_prefix(':')) {
        Some(rest) if book.inputs.len() == 1 => rest.to_string(),
        _ => full,
    }
}

fn kind(kind: Kind, look: &Look) -> &'static str {
    let (swedish, english) = match kind {
        Kind::IncomeStatement => ("Resultaträkning", "Income statement"),
        Kind::BalanceSheet => ("Balansräkning", "Balance sheet"),
        Kind::CashFlow => ("Kassaflödesanalys", "Cash flow"),
        Kind::Note => ("Not", "Note"),
        Kind::Budget => ("Budget", "Budget"),
        Kind::Activities => ("Insatser", "Activities"),
        Kind::MultiYear => ("Flerårsöversikt", "Multi-year overview"),
        Kind::Summary => ("Ekonomisk sammanfattning", "Summary"),
        Kind::Contents | Kind::Other => ("Övrig tabell", "Other table"),
    };
    match look.language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}
