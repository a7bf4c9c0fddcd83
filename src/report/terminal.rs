//! The report for people at a terminal. Colours are always written; the program strips them where they do not belong.

mod check;
mod excerpt;
mod finding;
mod inspect;
mod page;
mod rules;
mod summary;

pub use check::check;
pub use inspect::inspect;
pub use rules::{list, story};

use crate::book::Book;
use crate::finding::Language;
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

/// What a statement is called where people read: its own title, else its kind.
fn name(statement: &Statement, look: &Look) -> String {
    match statement.name() {
        name if name.is_empty() => kind(statement.kind, look).to_string(),
        name => name,
    }
}

/// `bokslut.xlsx, blad KF, A4:C13`.
fn whereabouts(book: &Book, statement: &Statement, look: &Look) -> String {
    let grid = &book.grids[statement.table.grid as usize];
    let path = book.inputs[grid.input].path.display();
    let range = statement.table.area.a1();
    match grid.sheet.as_str() {
        "" => format!("{path}, {range}"),
        sheet => format!("{path}, {} {sheet}, {range}", look.say("blad", "sheet")),
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
