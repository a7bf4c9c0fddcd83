//! Equity of earlier years among the lines of a budget: what it pays for is told by the total below it.
//!
//! `Eget kapital från 2023` under `Intäkter` is income to `Summa intäkter` if that adds it, and otherwise stands apart
//! from the income of the year. Where the result does not add it either, the total is what the förbund may use and no
//! income.

use super::{Kind, Statement, kinds};
use crate::money::Money;
use crate::table::Role;
use crate::words::{self, Concept, Match};

/// Fewer lines beside the equity may come to a total by chance.
const FEWEST: usize = 2;

/// Finds out which lines of earlier equity the income of a budget has in it.
pub fn settle(statement: &mut Statement) {
    if statement.kind != Kind::Budget {
        return;
    }
    for line in 0..statement.lines().len() {
        let Some((total, counted)) = is_counted(statement, line) else { continue };
        let is_income = statement.means(total, Concept::OperatingIncome);
        let (equity, sum) = match counted {
            false => (Concept::OpeningEquity, None),
            true if is_income && is_left_out_of_result(statement, line, total) => {
                (Concept::OpeningEquity, Some(Concept::AvailableFunds))
            }
            true if statement.means(total, Concept::AvailableFunds) => (Concept::OpeningEquity, None),
            true => (Concept::OpeningEquityAsIncome, None),
        };
        let mut name = |line: usize, concept| {
            statement.table.lines[line].concept = Some(Match { concept, sure: false });
        };
        name(line, equity);
        if let Some(concept) = sum {
            name(total, concept);
        }
    }
}

/// The total below a line of equity, and whether that adds it; nothing where the figures tell neither.
fn is_counted(statement: &Statement, line: usize) -> Option<(usize, bool)> {
    let own = &statement.lines()[line];
    let is_equity = own.concept.is_some_and(|found| {
        matches!(found.concept, Concept::Equity | Concept::OpeningEquity | Concept::OpeningEquityAsIncome)
    });
    if !is_equity || own.role != Role::Line || !own.has_figures() {
        return None;
    }
    let is_part = |line: &usize| {
        let about = &statement.lines()[*line];
        let ends = |found: Match| kinds::is_cost(found.concept) || kinds::is_result(found.concept);
        about.role == Role::Line
            && about.has_figures()
            && !about.concept.is_some_and(ends)
            && !is_total(statement, *line)
    };
    let first = (0..line).rev().take_while(is_part).last().unwrap_or(line);
    let total = (line + 1..statement.lines().len()).find(|below| !is_part(below))?;
    let concept = statement.lines()[total].concept.map(|found| found.concept);
    let is_cost = concept.is_some_and(kinds::is_cost);
    if !is_total(statement, total) || !statement.lines()[total].has_figures() || is_cost || total - first <= FEWEST {
        return None;
    }
    // Of what the total leaves when the others are taken from it, is it this line or nothing?
    let (mut with, mut without) = (Money::ZERO, Money::ZERO);
    for Shown { column, equity, sum } in shown(statement, line, total) {
        let others = (first..total).filter(|&part| part != line).filter_map(|part| statement.amount(part, column));
        let others: Money = others.map(|amount| amount.value).sum();
        with = with + (sum - others - equity).abs();
        without = without + (sum - others).abs();
    }
    (with != without).then_some((total, with < without))
}

/// The figures of a column that shows both the equity and the total below it.
struct Shown {
    column: usize,
    equity: Money,
    sum: Money,
}

fn shown(statement: &Statement, line: usize, total: usize) -> Vec<Shown> {
    let columns = statement.table.amount_columns().filter_map(|(column, _)| {
        let equity = statement.amount(line, column)?.value;
        let sum = statement.amount(total, column)?.value;
        (!equity.is_zero()).then_some(Shown { column, equity, sum })
    });
    columns.collect()
}

/// Whether the result is what is left of the total less the equity and the costs, in every column.
fn is_left_out_of_result(statement: &Statement, line: usize, total: usize) -> bool {
    let (Some(result), Some(costs)) = (statement.line(Concept::Result), statement.line(Concept::OperatingCosts)) else {
        return false;
    };
    let follows = |shown: &Shown| {
        let amount = |line: usize| statement.amount(line, shown.column).map(|amount| amount.value);
        let figures = amount(result).zip(amount(costs));
        figures.is_some_and(|(result, costs)| result == shown.sum - shown.equity - costs.abs())
    };
    let columns = shown(statement, line, total);
    !columns.is_empty() && columns.iter().all(follows)
}

fn is_total(statement: &Statement, line: usize) -> bool {
    let about = &statement.lines()[line];
    let whole = [Concept::OperatingIncome, Concept::AvailableFunds];
    about.role.adds() || words::says_total(&about.label) || whole.iter().any(|&concept| statement.means(line, concept))
}
