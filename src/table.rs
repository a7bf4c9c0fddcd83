//! Grid → tables: where they begin and end, what their columns and lines are.

mod columns;
pub(crate) mod dates;
mod entries;
mod find;
pub mod formula;
pub mod heading;
mod lines;
mod rows;
mod strips;
pub mod transcript;
pub mod unmarked;
mod wrapped;

use crate::grid::{Area, At};
use crate::money::{Amount, Unit};
use crate::period::{Measure, Period};
use crate::words::Match;

pub use columns::period;
pub use find::{Prose, find};

/// A table as it stands on its sheet.
#[derive(Clone, Debug)]
pub struct Table {
    pub grid: u32,
    pub area: Area,
    /// The title above it, or in the corner of its heading row.
    pub title: Option<Title>,
    /// Headings that stand further up and may still be about it, the nearest first (`7. Noter`).
    pub context: Vec<Title>,
    /// The unit that its heading, its title or its sheet declares, and where.
    pub unit: Option<Unit>,
    pub unit_at: Option<At>,
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    pub text: String,
    pub at: At,
}

/// A column of figures.
#[derive(Clone, Debug)]
pub struct Column {
    pub col: u32,
    /// The words of its heading, all levels.
    pub header: String,
    pub at: Option<At>,
    pub period: Option<Period>,
    pub measure: Option<Measure>,
    /// Whose figures they are, where a table has several bodies side by side (`SOF Södra Norrbotten`).
    pub entity: Option<String>,
    /// The heading says that this is the period before (`Föregående år`).
    pub prior: bool,
    /// The heading says that this is the period that the table is about (`Innevarande år`).
    pub current: bool,
}

/// A row with a label.
#[derive(Clone, Debug)]
pub struct Line {
    pub row: u32,
    pub label: String,
    /// The label in its comparable form (see [`crate::words::fold`]).
    pub wording: String,
    pub at: At,
    pub note: Option<NoteReference>,
    /// The other notes that it refers to (`3, 4`).
    pub further_notes: Vec<u32>,
    pub role: Role,
    pub concept: Option<Match>,
    /// Steps of indentation, by style or leading spaces or column.
    pub indent: u8,
    pub bold: bool,
    /// One for each column of the table.
    pub entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteReference {
    pub number: u32,
    pub at: At,
}

/// What a line is in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// No figures: it names what follows.
    Heading,
    Line,
    /// Adds other lines and is itself added by another.
    Subtotal,
    Total,
    /// A part of the line above, not added (`varav`).
    OfWhich,
}

impl Role {
    pub fn code(self) -> &'static str {
        match self {
            Role::Heading => "heading",
            Role::Line => "line",
            Role::Subtotal => "subtotal",
            Role::Total => "total",
            Role::OfWhich => "of-which",
        }
    }

    pub fn adds(self) -> bool {
        matches!(self, Role::Subtotal | Role::Total)
    }
}

/// What stands where a line and a column meet.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Blank,
    Figure(Figure),
    /// A dash, which a total that comes to nothing is written as.
    Dash,
    /// A mark or word that says that there is no figure.
    Absent,
    /// `#REF!` and the like.
    Error(Box<str>),
    /// A formula that was never calculated.
    Uncalculated,
    /// Words where figures stand.
    Words,
    /// `?`: there is a figure or there is none; nobody knows.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub amount: Amount,
    /// Given in per cent.
    pub percent: bool,
    /// A unit written with the figure itself.
    pub unit: Option<Unit>,
    /// Stored as text in a workbook that could have stored a number.
    pub as_text: bool,
    /// The value is understood, but it is not well written.
    pub malformed: bool,
}

impl Entry {
    pub fn figure(&self) -> Option<&Figure> {
        match self {
            Entry::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    pub fn figure_mut(&mut self) -> Option<&mut Figure> {
        match self {
            Entry::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// The figure, where it is an amount and not a percentage.
    pub fn amount(&self) -> Option<Amount> {
        self.figure().filter(|figure| !figure.percent).map(|figure| figure.amount)
    }
}

impl Table {
    /// Takes another grid for the one that it stands in.
    pub fn lay_in(&mut self, grid: u32) {
        self.grid = grid;
        let titles = self.title.iter_mut().chain(&mut self.context).map(|title| &mut title.at);
        let columns = self.columns.iter_mut().filter_map(|column| column.at.as_mut());
        let notes = self.lines.iter_mut().flat_map(|line| {
            let note = line.note.as_mut().map(|note| &mut note.at);
            std::iter::once(&mut line.at).chain(note)
        });
        titles.chain(columns).chain(notes).chain(&mut self.unit_at).for_each(|at| at.grid = grid);
    }

    /// The place of an entry.
    pub fn at(&self, line: usize, column: usize) -> At {
        At { grid: self.grid, row: self.lines[line].row, col: self.columns[column].col }
    }

    /// The line that stands in a row of the sheet.
    pub fn line_of(&self, row: u32) -> Option<usize> {
        let crosses = (self.area.first_row..=self.area.last_row).contains(&row);
        crosses.then(|| self.lines.binary_search_by_key(&row, |line| line.row).ok()).flatten()
    }

    pub fn amount(&self, line: usize, column: usize) -> Option<Amount> {
        self.lines[line].entries[column].amount()
    }

    /// What a column is told by in running text, and the measure that this leaves to be said: its period, or the words
    /// of its heading where it has none and where another column is of the same (`Intäkter 2024`, `Kostnader 2024`).
    pub fn told_by(&self, column: usize) -> (String, Option<Measure>) {
        const LONGEST: usize = 40;
        let own = &self.columns[column];
        let header = own.header.trim();
        let alike = |other: &&Column| (other.period, other.measure) == (own.period, own.measure);
        let alone = self.columns.iter().filter(alike).count() < 2 || header.is_empty() || header.len() > LONGEST;
        match own.period.filter(|_| alone) {
            Some(period) => (period.to_string(), own.measure),
            None => (header.to_string(), None),
        }
    }

    /// The columns of amounts with their indices, shares left out.
    pub fn amount_columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.measure != Some(Measure::Share))
    }
}

impl Line {
    /// The numbers of the notes that it refers to.
    pub fn notes(&self) -> impl Iterator<Item = u32> + '_ {
        self.note.iter().map(|note| note.number).chain(self.further_notes.iter().copied())
    }

    pub fn has_figures(&self) -> bool {
        self.entries.iter().any(|entry| entry.figure().is_some())
    }
}
