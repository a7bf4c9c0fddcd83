//! What the amounts of a book were tied to: a figure in no relation is a figure that nobody has tested.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::book::{Book, Spot};
use crate::grid::{Area, At, Cell, Grid, Source, Value};
use crate::parallel;
use crate::relation::Check;
use crate::statement::{Kind, Statement};
use crate::words::Concept;

/// What the amounts of the book were tied to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub amounts: usize,
    /// In a relation that reaches outside their own table.
    pub tied: usize,
    /// In relations of their own table only.
    pub summed: usize,
    /// In no relation at all, in the order of the book.
    pub untied: Vec<Spot>,
    /// The numbers that stand in no table that is known to tell amounts, by grid: they may be amounts, and no relation
    /// reaches them. Years are none.
    pub outside: Vec<Outside>,
}

/// Numbers of a grid that no table accounts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    pub first: At,
    pub numbers: usize,
}

impl Coverage {
    /// The numbers of all grids that stand in no known table.
    pub fn numbers_outside(&self) -> usize {
        self.outside.iter().map(|outside| outside.numbers).sum()
    }
}

/// What an amount is tied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// To another table, or to another file.
    Tied,
    /// To its own table only, as a total or a part of one.
    Summed,
    /// To nothing.
    Untied,
}

impl Tie {
    pub const ALL: [Tie; 3] = [Tie::Tied, Tie::Summed, Tie::Untied];

    pub fn code(self) -> &'static str {
        match self {
            Tie::Tied => "tied",
            Tie::Summed => "summed",
            Tie::Untied => "untied",
        }
    }
}

/// Counts the amounts of a book by what the tested relations tie them to.
pub fn cover(book: &Book, checks: &[Check]) -> Coverage {
    let reached = reach(book, checks);
    let mut coverage = Coverage { outside: outside(book, &reached), ..Coverage::default() };
    show_ties(book, &reached, |spot, tie| {
        coverage.amounts += 1;
        match tie {
            Tie::Tied => coverage.tied += 1,
            Tie::Summed => coverage.summed += 1,
            Tie::Untied => coverage.untied.push(spot),
        }
    });
    coverage
}

/// Shows every amount of a book with what the tested relations tie it to, in the order of the book.
pub fn each_tie(book: &Book, checks: &[Check], show: impl FnMut(Spot, Tie)) {
    show_ties(book, &reach(book, checks), show);
}

fn show_ties(book: &Book, reached: &Reached, mut show: impl FnMut(Spot, Tie)) {
    for (i, statement) in book.statements.iter().enumerate() {
        let columns = columns_of_money(statement, &reached[i]);
        let lines = (0..statement.lines().len()).filter(|&line| !counts(statement, line));
        for (line, &column) in lines.flat_map(|line| columns.iter().map(move |column| (line, column))) {
            if statement.amount(line, column).is_none() {
                continue;
            }
            let tie = match reached[i][line * statement.columns().len() + column] {
                // A copy is compared with its original cell for cell.
                _ if statement.copy_of.is_some() => Tie::Tied,
                Some(true) => Tie::Tied,
                Some(false) => Tie::Summed,
                None => Tie::Untied,
            };
            show(Spot { statement: i, line, column }, tie);
        }
    }
}

/// So many relations are followed at a time.
const AT_ONCE: usize = 16_384;

/// By statement, line by line: whether a relation reaches the figure, and whether it reaches outside the table.
type Reached = Vec<Vec<Option<bool>>>;

fn reach(book: &Book, checks: &[Check]) -> Reached {
    let places = Places::of(book);
    let parts = checks.chunks(AT_ONCE).collect();
    let parts = parallel::map_large(book.cells(), parts, |checks| reached(book, &places, checks));
    parts.into_iter().reduce(together).unwrap_or_else(|| reached(book, &places, &[]))
}

/// What two parts of the relations reach.
fn together(mut all: Reached, part: Reached) -> Reached {
    for (own, its) in all.iter_mut().flatten().zip(part.into_iter().flatten()) {
        *own = (*own).max(its);
    }
    all
}

fn reached(book: &Book, places: &Places, checks: &[Check]) -> Reached {
    let figures = |statement: &Statement| vec![None; statement.lines().len() * statement.columns().len()];
    let mut reached: Reached = book.statements.iter().map(figures).collect();
    let mut spots = Vec::new();
    // Most equations are of one row.
    let mut row = (At { grid: 0, row: 0, col: 0 }, places.of_row(0, 0));
    for check in checks.iter().filter(|check| check.held() || check.broke()) {
        spots.clear();
        let mut tables = check.relation.cells().map(|at| {
            let before = spots.len();
            if (row.0.grid, row.0.row) != (at.grid, at.row) {
                row = (at, places.of_row(at.grid, at.row));
            }
            spots.extend(places.in_column(row.1, at.col));
            spots[before..].last().map(|spot| spot.statement)
        });
        let own = tables.next().flatten();
        // All of them are to be looked up.
        let outside = tables.filter(|table| *table != own).count() > 0;
        for &spot in &spots {
            let width = book.statements[spot.statement].columns().len();
            *reached[spot.statement][spot.line * width + spot.column].get_or_insert_default() |= outside;
        }
    }
    reached
}

/// Where in the statements a cell of the sheets is.
struct Places {
    /// (statement, line) by grid and row. Tables may stand side by side.
    lines: Vec<(usize, usize)>,
    rows: FxHashMap<(u32, u32), Range<usize>>,
    /// Of each statement, its columns from left to right.
    columns: Vec<Vec<(u32, usize)>>,
}

impl Places {
    fn of(book: &Book) -> Places {
        let mut lines: Vec<((u32, u32), (usize, usize))> = Vec::new();
        for (i, statement) in book.statements.iter().enumerate() {
            let grid = statement.table.grid;
            lines.extend(statement.lines().iter().enumerate().map(|(line, about)| ((grid, about.row), (i, line))));
        }
        lines.sort_by_key(|(row, _)| *row);
        let mut rows = FxHashMap::with_capacity_and_hasher(lines.len(), Default::default());
        let mut start = 0;
        for row in lines.chunk_by(|a, b| a.0 == b.0) {
            rows.insert(row[0].0, start..start + row.len());
            start += row.len();
        }
        let columns = |statement: &Statement| {
            let mut columns: Vec<_> = statement.columns().iter().map(|column| column.col).zip(0..).collect();
            columns.sort_unstable();
            columns
        };
        let columns = book.statements.iter().map(columns).collect();
        Places { lines: lines.into_iter().map(|(_, place)| place).collect(), rows, columns }
    }

    /// The lines of a row.
    fn of_row(&self, grid: u32, row: u32) -> &[(usize, usize)] {
        &self.lines[self.rows.get(&(grid, row)).cloned().unwrap_or_default()]
    }

    /// Those of them that a column crosses, and where.
    fn in_column<'p>(&'p self, lines: &'p [(usize, usize)], col: u32) -> impl Iterator<Item = Spot> + 'p {
        lines.iter().filter_map(move |&(statement, line)| {
            let columns = &self.columns[statement];
            let found = columns.binary_search_by_key(&col, |(col, _)| *col).ok()?;
            Some(Spot { statement, line, column: columns[found].1 })
        })
    }
}

/// The columns of a statement whose figures are money. Page numbers of a table of contents and counts of persons stand
/// in tables too, so a table must be of a known kind with columns that say what they are, or declare a unit, or have
/// been related by a rule.
fn columns_of_money(statement: &Statement, reached: &[Option<bool>]) -> Vec<usize> {
    let all = statement.declared_unit.is_some() || reached.iter().any(Option::is_some);
    let columns = statement.table.amount_columns().filter(|(_, column)| {
        let says = column.period.is_some() || column.measure.is_some();
        all || (statement.kind != Kind::Other && says)
    });
    columns.map(|(column, _)| column).collect()
}

/// The numbers of each grid that stand in no table, or in columns of one that do not say what they are. Years and the
/// pages of a table of contents are left out.
fn outside(book: &Book, reached: &Reached) -> Vec<Outside> {
    let mut tables: Vec<Vec<Known>> = book.grids.iter().map(|_| Vec::new()).collect();
    for (statement, reached) in book.statements.iter().zip(reached) {
        tables[statement.table.grid as usize].push(Known::of(statement, reached));
    }
    tables.iter_mut().for_each(|tables| tables.sort_by_key(|table| Reverse(table.area.first_row)));
    let count = |(i, grid): (usize, &Grid)| {
        // The cells come row by row: the tables that are left above need not be asked again.
        let (mut below, mut here) = (tables[i].iter().collect::<Vec<_>>(), Vec::<&Known>::new());
        let mut known = |cell: &Cell| {
            while let Some(table) = below.pop_if(|table| table.area.first_row <= cell.row) {
                here.push(table);
            }
            here.retain(|table| table.area.last_row >= cell.row);
            here.iter().any(|table| table.holds(cell.row, cell.col))
        };
        let is_outside =
            |cell: &&Cell| matches!(cell.value, Value::Number(amount) if !amount.is_year()) && !known(cell);
        let mut cells = grid.cells().iter().filter(is_outside);
        let first = cells.next()?;
        Some(Outside { first: At { grid: i as u32, row: first.row, col: first.col }, numbers: 1 + cells.count() })
    };
    let is_ledger = |i: usize| book.ledgers.iter().any(|ledger| ledger.grid as usize == i);
    let grids = book.grids.iter().enumerate().filter(|(i, grid)| grid.source != Source::Ledger && !is_ledger(*i));
    grids.filter_map(count).collect()
}

/// The part of a sheet that a table accounts for.
struct Known {
    area: Area,
    /// Its columns of figures that do not say what they are.
    unknown: Vec<u32>,
}

impl Known {
    fn of(statement: &Statement, reached: &[Option<bool>]) -> Known {
        let of_money = columns_of_money(statement, reached);
        let unknown = statement.table.amount_columns().filter(|(i, _)| !of_money.contains(i));
        let unknown = if statement.kind == Kind::Contents { Vec::new() } else { unknown.map(|(_, c)| c.col).collect() };
        Known { area: statement.table.area, unknown }
    }

    fn holds(&self, row: u32, col: u32) -> bool {
        self.area.holds(row, col) && !self.unknown.contains(&col)
    }
}

/// Whether a line holds something else than money.
fn counts(statement: &Statement, line: usize) -> bool {
    let concept = statement.lines()[line].concept.map(|found| found.concept);
    matches!(concept, Some(Concept::EquityRatio | Concept::Employees))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{Cell, Grid, Source, Value};
    use crate::money::{Amount, Money};
    use crate::relation::{Kind as RelationKind, Operand, Relation};

    fn sheet(index: usize, rows: &[(&str, Option<i64>)]) -> Grid {
        let mut cells = Vec::new();
        for (row, (label, figure)) in rows.iter().enumerate() {
            cells.push(Cell::new(row as u32, 0, Value::Text((*label).into())));
            let amount = |value| Value::Number(Amount::new(Money::from(value), 0));
            cells.extend(figure.map(|value| Cell::new(row as u32, 1, amount(value))));
        }
        Grid::new(index, "", Source::Workbook, cells)
    }

    #[test]
    fn numbers_that_no_table_accounts_for_are_counted() {
        let mut cells = vec![Cell::new(0, 0, Value::Text("Resultaträkning".into()))];
        let number = |row, col, value| Cell::new(row, col, Value::Number(Amount::new(Money::from(value), 0)));
        cells.extend([number(0, 1, 2023), number(0, 2, 2022)]);
        for (row, (label, now, before)) in [
            ("Verksamhetens intäkter", 500, 400),
            ("Verksamhetens kostnader", -300, -300),
            ("Verksamhetens resultat", 200, 100),
        ]
        .into_iter()
        .enumerate()
        {
            let row = row as u32 + 1;
            cells.extend([Cell::new(row, 0, Value::Text(label.into())), number(row, 1, now), number(row, 2, before)]);
        }
        cells.extend([number(19, 8, 123_456), number(24, 1, 777_000), number(30, 4, 2022)]);
        let book = Book::of(Vec::new(), vec![Grid::new(0, "RR", Source::Workbook, cells)]);
        let report = crate::check::check(&book, &crate::check::Options::default());
        let first = At { grid: 0, row: 19, col: 8 };
        assert_eq!(report.coverage.outside, [Outside { first, numbers: 2 }]);
        assert_eq!(report.coverage.amounts, 6);
    }

    #[test]
    fn an_amount_is_tied_summed_or_untied() {
        let income = sheet(
            0,
            &[
                ("Resultaträkning", None),
                ("Belopp i kr", Some(2019)),
                ("Verksamhetens intäkter", Some(500)),
                ("Verksamhetens kostnader", Some(400)),
                ("Verksamhetens resultat", Some(100)),
                ("Årets resultat", Some(100)),
            ],
        );
        let note = sheet(
            0,
            &[("Not 1 Verksamhetens intäkter", None), ("", Some(2019)), ("Bidrag", Some(500)), ("Summa", Some(500))],
        );
        let book = Book::of(Vec::new(), vec![income, note]);
        let at = |grid, row| At { grid, row, col: 1 };
        let equal = |result, term| {
            let operand = |at: At| {
                let amount = book.cell(at).and_then(|cell| match cell.value {
                    Value::Number(amount) => Some(amount),
                    _ => None,
                });
                Operand::new(at, amount.map(|amount| crate::money::Interval::of(amount, Default::default())), 1)
            };
            Check::of(Relation {
                rule: "XX01",
                kind: RelationKind::Equal,
                result: operand(result),
                terms: vec![operand(term)],
                period: None,
                unit: Default::default(),
                table: 0,
                derived: false,
                gravest: crate::finding::Severity::Error,
                confidence: crate::relation::Confidence::SURE,
            })
        };
        let coverage = cover(&book, &[equal(at(1, 3), at(0, 2)), equal(at(0, 5), at(0, 4))]);
        let rows: Vec<u32> = coverage.untied.iter().map(|spot| book.at(*spot).row).collect();
        assert_eq!((coverage.amounts, coverage.tied, coverage.summed), (6, 2, 2));
        assert_eq!(rows, [3, 2], "the costs, and the note's own line");
    }
}
