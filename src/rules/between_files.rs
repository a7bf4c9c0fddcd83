//! Statements of one year in two files: which belong together, and which of their lines are the same.

use super::lookup::{cost_coefficient, leaves};
use crate::book::identity::{Document, Role, Standing};
use crate::book::{Book, Spot};
use crate::money::{Closeness, Interval, Money};
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
    book.of_input(input).filter(|(_, s)| s.copy_of.is_none())
}

/// The one statement of another file that is the same one for another year.
pub fn counterpart(book: &Book, statement: &Statement, input: usize) -> Option<usize> {
    let title = |s: &Statement| s.note.as_ref().map(|(_, title)| fold(title));
    // Notes change their numbers from year to year; their titles stay.
    let same = |(_, s): &(usize, &Statement)| s.kind == statement.kind && title(s) == title(statement);
    let found: Vec<(usize, &Statement)> = statements(book, input).filter(same).collect();
    let only = |found: &[(usize, &Statement)]| match found {
        [(only, _)] => Some(*only),
        _ => None,
    };
    // A driftredovisning may have the lines of the income statement: of several the one of the same name.
    let named = |(_, s): &(usize, &Statement)| fold(&s.name()) == fold(&statement.name());
    only(&found).or_else(|| only(&found.iter().copied().filter(named).collect::<Vec<_>>()))
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
    let cells = same_lines(first, second).into_iter().filter_map(|(line, there)| {
        let pair = (Spot { statement: a, line, column: own }, Spot { statement: b, line: there, column: other });
        Some((pair, (book.interval(pair.0)?, book.interval(pair.1)?)))
    });
    let cells: Vec<_> = cells.collect();
    // Tables without a form write costs as they like, most often all in one way.
    let is_free = |s: &Statement| matches!(s.kind, Kind::Note | Kind::Activities);
    let free = is_free(first) || is_free(second);
    let opposite = |(_, (x, y)): &&(_, (Interval, Interval))| x.middle.is_negative() != y.middle.is_negative();
    let usual = if 2 * cells.iter().filter(opposite).count() > cells.len() { -1 } else { 1 };
    let of = |s: &Statement, line: usize| s.lines()[line].concept.map(|found| found.concept);
    let sign = |cell: &((Spot, Spot), (Interval, Interval))| {
        let ((spot, last), (x, y)) = *cell;
        let agrees = |sign: i32| x.closeness(Interval::exact(Money::ZERO).plus(sign, y)) != Closeness::Off;
        let is_cost = of(first, spot.line).or(of(second, last.line)).is_some_and(kinds::is_cost);
        match free {
            true if agrees(-usual) && !agrees(usual) => -usual,
            true => usual,
            false => cost_coefficient(first, second, is_cost),
        }
    };
    cells.iter().map(|cell| (cell.0.0, cell.0.1, sign(cell))).collect()
}

/// What a line of one statement repeats of another: the other's line, less what its total adds and the first has beside
/// its own (a budget's costs with their depreciation), and the reverse.
pub fn repeated(book: &Book, (spot, last, sign): (Spot, Spot, i32)) -> Vec<(Spot, i32)> {
    const BESIDE: [Concept; 3] = [Concept::Depreciation, Concept::FinancialCosts, Concept::FinancialIncome];
    let (own, other) = (&book.statements[spot.statement], &book.statements[last.statement]);
    let adds = |s: &Statement, total: usize, line: usize| line != total && leaves(s, total).contains(&line);
    let beside = BESIDE.into_iter().filter_map(|concept| {
        let (here, there) = (own.line(concept)?, other.line(concept)?);
        let times = match (adds(own, spot.line, here), adds(other, last.line, there)) {
            (false, true) => -sign,
            (true, false) => sign,
            _ => return None,
        };
        Some((Spot { line: there, ..last }, times)).filter(|(spot, _)| book.interval(*spot).is_some())
    });
    let is_whole = own.lines()[spot.line].concept.is_some_and(|found| kinds::is_result(found.concept));
    std::iter::once((last, sign)).chain(beside.filter(|_| !is_whole)).collect()
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

/// A way to come to a closing balance: the lines of a statement that make it.
pub type Closing = (Kind, &'static [Concept]);

/// The lines whose closing balances open the next year, with the opening ones: of several ways the one that agrees.
pub const OPENINGS: &[(Concept, &[Closing])] = &[
    (
        Concept::OpeningCash,
        &[
            (Kind::CashFlow, &[Concept::ClosingCash]),
            (Kind::BalanceSheet, &[Concept::CashAndBank, Concept::ShortTermInvestments]),
            (Kind::BalanceSheet, &[Concept::CashAndBank]),
        ],
    ),
    (Concept::OpeningEquity, &[(Kind::BalanceSheet, &[Concept::Equity])]),
];
