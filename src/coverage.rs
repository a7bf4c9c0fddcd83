//! What the amounts of a book were tied to: a figure in no relation is a figure that nobody has tested.

use std::collections::{HashMap, HashSet};

use crate::book::{Book, Spot};
use crate::grid::At;
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
}

/// Counts the amounts of a book by what the tested relations tie them to.
pub fn cover(book: &Book, checks: &[Check]) -> Coverage {
    let tables = tables(book);
    let mut reached: HashMap<At, bool> = HashMap::new();
    for check in checks.iter().filter(|check| check.held() || check.broke()) {
        let own = tables.get(&check.relation.result.at);
        let outside = check.relation.terms.iter().any(|term| tables.get(&term.at) != own);
        for at in check.relation.cells() {
            *reached.entry(at).or_default() |= outside;
        }
    }
    let touched: HashSet<usize> = reached.keys().filter_map(|at| tables.get(at).copied()).collect();
    let mut coverage = Coverage::default();
    for (i, statement) in book.statements.iter().enumerate() {
        for (line, column) in amounts(statement, touched.contains(&i)) {
            coverage.amounts += 1;
            // A copy is compared with its original cell for cell.
            match reached.get(&statement.table.at(line, column)) {
                _ if statement.copy_of.is_some() => coverage.tied += 1,
                Some(true) => coverage.tied += 1,
                Some(false) => coverage.summed += 1,
                None => coverage.untied.push(Spot { statement: i, line, column }),
            }
        }
    }
    coverage
}

/// Which statement each figure's cell belongs to.
fn tables(book: &Book) -> HashMap<At, usize> {
    let mut tables = HashMap::new();
    for (i, statement) in book.statements.iter().enumerate() {
        for line in 0..statement.lines().len() {
            tables.extend((0..statement.columns().len()).map(|column| (statement.table.at(line, column), i)));
        }
    }
    tables
}

/// The figures of a statement that are money. Page numbers of a table of contents and counts of persons stand in
/// tables too, so a table must be of a known kind with columns that say what they are, or declare a unit, or have
/// been related by a rule.
fn amounts(statement: &Statement, related: bool) -> impl Iterator<Item = (usize, usize)> + '_ {
    let all = related || statement.declared_unit.is_some();
    let columns = statement.table.amount_columns().filter(move |(_, column)| {
        let says = column.period.is_some() || column.measure.is_some();
        all || (statement.kind != Kind::Other && says)
    });
    columns.flat_map(move |(column, _)| {
        (0..statement.lines().len())
            .filter(move |&line| !counts(statement, line) && statement.amount(line, column).is_some())
            .map(move |line| (line, column))
    })
}

/// Whether a line holds something else than money.
fn counts(statement: &Statement, line: usize) -> bool {
    let concept = statement.lines()[line].concept.map(|found| found.concept);
    matches!(concept, Some(Concept::EquityRatio | Concept::Employees))
}
