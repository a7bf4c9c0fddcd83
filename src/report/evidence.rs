//! What of the sheets a finding shows: its cells by the table they stand in, each marked with its part in the matter.

use super::wording::say;
use super::{primary, stated, statement_of};
use crate::book::Book;
use crate::check::Report;
use crate::finding::{Finding, Language, Role};
use crate::grid::{At, Grid};
use crate::money::Swedish;
use crate::relation::{Kind, Relation};

/// A cell that takes part in a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub row: u32,
    pub col: u32,
    /// Set before the figure: `+`, `−`, `=`.
    pub sign: &'static str,
    pub pointer: Pointer,
    /// Said beside the pointer.
    pub note: String,
}

/// How a cell is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pointer {
    None,
    /// `-----`: it belongs to the matter.
    Weak,
    /// `^^^^^`: it is the matter.
    Strong,
}

/// Which part of a sheet is shown.
#[derive(Clone, Debug)]
pub struct Window {
    /// Rows of headings, shown whatever is marked.
    pub headings: Vec<u32>,
    /// Columns of figures: shown from the right, and narrow.
    pub figures: Vec<u32>,
    /// First and last column of the table.
    pub columns: (u32, u32),
}

/// More rows than these are counted, not shown.
const ROWS: usize = 16;

/// The cells of a finding that stand in one table, or on one sheet outside the tables.
pub struct Part {
    pub statement: Option<usize>,
    pub marks: Vec<Mark>,
    grid: u32,
}

/// The parts of a finding; that of its first cell comes first.
pub fn parts(book: &Book, report: &Report, finding: &Finding, language: Language) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (grid, mark) in marks(book, report, finding, language) {
        let statement = statement_of(book, At { grid, row: mark.row, col: mark.col });
        match parts.iter_mut().find(|part| part.grid == grid && part.statement == statement) {
            Some(part) => part.marks.push(mark),
            None => parts.push(Part { statement, marks: vec![mark], grid }),
        }
    }
    parts.sort_by_key(|part| !part.marks.iter().any(|mark| mark.pointer == Pointer::Strong));
    parts
}

impl Part {
    /// The cell that the part is about: what is pointed at most, else the first.
    pub fn at(&self) -> At {
        let most = self.marks.iter().map(|mark| mark.pointer).max();
        let first = self.marks.iter().find(|mark| Some(mark.pointer) == most);
        let (row, col) = first.map_or((0, 0), |mark| (mark.row, mark.col));
        At { grid: self.grid, row, col }
    }

    pub fn window(&self, book: &Book) -> Window {
        let Some(table) = self.statement.map(|i| &book.statements[i].table) else {
            let last = self.marks.iter().map(|mark| mark.col).max().unwrap_or(0);
            return Window { headings: Vec::new(), figures: Vec::new(), columns: (0, last) };
        };
        // The headings may stand on several rows, of which a column names one.
        let first_line = table.lines.first().map_or(table.area.first_row, |line| line.row);
        let mut headings: Vec<u32> = (table.area.first_row..first_line.min(table.area.first_row + 4)).collect();
        headings.extend(table.columns.iter().filter_map(|column| Some(column.at?.row)));
        headings.retain(|&row| !book.grids[self.grid as usize].row(row).is_empty());
        headings.sort_unstable();
        headings.dedup();
        let figures: Vec<u32> = table.columns.iter().map(|column| column.col).collect();
        let last = figures.iter().max().copied().unwrap_or(0).max(table.area.last_col);
        Window { headings, figures, columns: (table.area.first_col, last) }
    }
}

/// So many cells are pointed at; more are marked with a dot, which takes no line.
const FEW: usize = 3;

/// What is marked in which cell, in the order of the sheets.
fn marks(book: &Book, report: &Report, finding: &Finding, language: Language) -> Vec<(u32, Mark)> {
    let relation = relation(report, finding);
    let first = primary(finding);
    let mut cells = finding.cells.clone();
    // What the likeliest cause would change is worth seeing, also where the equation does not hold it.
    let edited = finding.causes.first().into_iter().flat_map(|cause| cause.edits.iter().map(|edit| edit.at));
    for at in edited.chain(finding.suspect) {
        if !cells.iter().any(|(other, _)| *other == at) {
            cells.push((at, Role::Tie));
        }
    }
    cells.retain(|(at, _)| (at.grid as usize) < book.grids.len());
    // A blank adds nothing, and a row of blanks says nothing.
    cells.retain(|(at, role)| *role != Role::Term || Some(*at) == first || book.cell(*at).is_some());
    cells.sort_by_key(|(at, _)| *at);
    cells.dedup_by_key(|(at, _)| *at);
    let signed = |at, role| relation.map_or("", |relation| sign(relation, at, role));
    let many = cells.iter().filter(|(at, role)| signed(*at, *role).is_empty()).count() > FEW;
    let mark = |(at, role): (At, Role)| {
        let sign = signed(at, role);
        let (sign, pointer) = match sign {
            _ if Some(at) == first => (sign, Pointer::Strong),
            "" if many => ("•", Pointer::None),
            "" | "=" => (sign, Pointer::Weak),
            _ => (sign, Pointer::None),
        };
        (at.grid, Mark { row: at.row, col: at.col, sign, pointer, note: note(finding, at, language) })
    };
    cells.into_iter().map(mark).collect()
}

/// The broken relation that the finding is about.
fn relation<'a>(report: &'a Report, finding: &Finding) -> Option<&'a Relation> {
    report.broken(finding.rule, stated(finding)?)
}

fn sign(relation: &Relation, at: At, role: Role) -> &'static str {
    if relation.result.at == at && role == Role::Total {
        return "=";
    }
    if !matches!(relation.kind, Kind::Sum | Kind::Difference) {
        return "";
    }
    match relation.terms.iter().find(|term| term.at == at).map(|term| term.coefficient) {
        Some(coefficient) if coefficient < 0 => "−",
        Some(_) => "+",
        None => "",
    }
}

/// What is said of a cell beside its pointer: what the likeliest cause would have there, else what the equation gives.
fn note(finding: &Finding, at: At, language: Language) -> String {
    let edit = finding.causes.first().and_then(|cause| cause.edits.iter().find(|edit| edit.at == at));
    let expected = finding.expected.filter(|_| stated(finding) == Some(at));
    match (edit, expected) {
        (Some(edit), _) => format!("{} {}", say(language, "borde vara", "should be"), Swedish(edit.to)),
        (None, Some(expected)) => format!("{} {}", say(language, "väntat", "expected"), Swedish(expected)),
        (None, None) => String::new(),
    }
}

/// The rows that are shown: headings, those with marks, and a single row between two of them.
pub fn rows(grid: &Grid, window: &Window, marks: &[Mark]) -> Vec<u32> {
    let mut rows: Vec<u32> = marks.iter().map(|mark| mark.row).collect();
    rows.sort_unstable();
    rows.dedup();
    if rows.len() > ROWS {
        let noted = |row: &u32| marks.iter().any(|mark| mark.row == *row && mark.pointer > Pointer::None);
        let (first, last) = (rows[ROWS / 2], rows[rows.len() - ROWS / 4]);
        rows.retain(|row| *row < first || *row >= last || noted(row));
    }
    rows.extend(&window.headings);
    rows.sort_unstable();
    rows.dedup();
    let alone: Vec<u32> = rows
        .windows(2)
        .filter_map(|pair| {
            let mut between = grid.rows_between(pair[0], pair[1]);
            between.next().filter(|_| between.next().is_none())
        })
        .collect();
    rows.extend(alone);
    rows.sort_unstable();
    rows
}
