//! Statements of one year in two files: which belong together, and which of their lines are the same.

use super::lookup::cost_coefficient;
use crate::book::identity::{Document, Role, Standing};
use crate::book::{Book, Spot};
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement, kinds};
use crate::table::{Column, Line};
use crate::words::{Concept, activity, body, fold};

/// The inputs of a role that are reconciled with each other, with the year that each is about.
pub fn inputs<'a>(book: &'a Book, roles: &'a [Role]) -> impl Iterator<Item = (usize, i32)> + Clone + 'a {
    let wanted = |document: &Document| roles.contains(&document.role) && document.standing == Standing::Together;
    let documents = book.documents.iter().enumerate().filter(move |(_, document)| wanted(document));
    documents.filter_map(|(input, document)| Some((input, *document.years.first()?)))
}

/// The statements of a file, copies left out.
pub fn statements(book: &Book, input: usize) -> impl Iterator<Item = (usize, &Statement)> {
    book.statements.iter().enumerate().filter(move |(_, s)| s.copy_of.is_none() && book.input(s) == input)
}

/// The one statement of another file that is the same one for another year.
pub fn counterpart(book: &Book, statement: &Statement, input: usize) -> Option<usize> {
    let title = |s: &Statement| s.note.as_ref().map(|(_, title)| fold(title));
    // Notes change their numbers from year to year; their titles stay.
    let same = |(_, s): &(usize, &Statement)| s.kind == statement.kind && title(s) == title(statement);
    let mut same = statements(book, input).filter(same).map(|(i, _)| i);
    same.next().filter(|_| same.next().is_none())
}

/// The lines of two statements that are the same: of one concept, or of one name, where each has only one such.
pub fn same_lines(a: &Statement, b: &Statement) -> Vec<(usize, usize)> {
    let pair = |line: usize| {
        let own = &a.lines()[line];
        let alike = |s: &Statement| -> Vec<usize> {
            (0..s.lines().len())
                .filter(|&other| s.lines()[other].has_figures() && same(own, &s.lines()[other]))
                .collect()
        };
        match (alike(a).as_slice(), alike(b).as_slice()) {
            ([_], [other]) => Some((line, *other)),
            _ => None,
        }
    };
    (0..a.lines().len()).filter_map(pair).collect()
}

fn same(a: &Line, b: &Line) -> bool {
    let concept = |line: &Line| line.concept.filter(|found| found.sure).map(|found| found.concept);
    match (concept(a), concept(b)) {
        (Some(a), Some(b)) => a == b,
        _ if a.wording == b.wording => !a.wording.is_empty(),
        (None, None) => activity(&a.wording).is_some_and(|name| activity(&b.wording) == Some(name)),
        _ => false,
    }
}

/// The column of a period and measure that is the förbund's own, where it is the only one.
pub fn column(statement: &Statement, period: Period, measure: Measure) -> Option<usize> {
    statement.column(period, measure).filter(|&column| statement.columns()[column].entity.is_none())
}

/// Cells of two statements that say the same, with the sign that makes them comparable.
pub fn same_cells(book: &Book, (a, own): (usize, usize), (b, other): (usize, usize)) -> Vec<(Spot, Spot, i32)> {
    let (first, second) = (&book.statements[a], &book.statements[b]);
    let cell = |(line, there): (usize, usize)| {
        let pair = (Spot { statement: a, line, column: own }, Spot { statement: b, line: there, column: other });
        let (x, y) = (book.interval(pair.0)?, book.interval(pair.1)?);
        let of = |s: &Statement, line: usize| s.lines()[line].concept.map(|found| found.concept);
        let is_cost = of(first, line).or(of(second, there)).is_some_and(kinds::is_cost);
        // Tables without a form write costs as they like.
        let free = |kind: Kind| matches!(kind, Kind::Note | Kind::Activities);
        let sign = match free(first.kind) || free(second.kind) {
            true if x.middle.is_negative() != y.middle.is_negative() && x.middle.abs() == y.middle.abs() => -1,
            true => 1,
            false => cost_coefficient(first, second, is_cost),
        };
        Some((pair.0, pair.1, sign))
    };
    same_lines(first, second).into_iter().filter_map(cell).collect()
}

/// Whether a document says that its figures of a year were changed: in the column, the line, the table or the text.
pub fn says_restated(book: &Book, spot: Spot, year: i32) -> bool {
    let statement = &book.statements[spot.statement];
    let about: &Column = &statement.columns()[spot.column];
    let titles = statement.table.title.iter().chain(&statement.table.context).map(|title| title.text.as_str());
    let near = titles.chain([about.header.as_str(), statement.lines()[spot.line].label.as_str()]);
    let input = book.input(statement);
    let prose = book.prose.iter().filter(|prose| book.grids[prose.at.grid as usize].input == input);
    let told = prose.map(|prose| prose.text.as_str()).filter(|text| body::tells_of_earlier_year(text, year));
    near.chain(told).any(body::says_restated)
}

/// The concepts of a closing balance that opens the next year, with the opening ones.
pub const OPENINGS: &[(Concept, &[(Kind, Concept)])] = &[
    (Concept::OpeningCash, &[(Kind::CashFlow, Concept::ClosingCash), (Kind::BalanceSheet, Concept::CashAndBank)]),
    (Concept::OpeningEquity, &[(Kind::BalanceSheet, Concept::Equity)]),
];
