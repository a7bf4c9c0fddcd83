//! The two sides of a balance sheet, where its figures and not its words tell how they are written.

use super::{Kind, Statement};
use crate::period::Measure;
use crate::table::Role;
use crate::words::{Concept, Match};

/// So many figures below the assets tell how equity and liabilities are signed.
const FEWEST: usize = 3;

/// Finds out whether equity and liabilities are written below zero, and which equity is only the part before the result.
pub fn settle(statement: &mut Statement) {
    if statement.kind == Kind::BalanceSheet {
        statement.credit_from = credit_from(statement);
        name_retained(statement);
    }
}

/// The line of all assets, where most figures below it are negative, as ledgers sign them, and it is not.
fn credit_from(statement: &Statement) -> Option<usize> {
    let assets = statement.line(Concept::TotalAssets)?;
    let figures = |line: usize| {
        let columns = statement.table.amount_columns().filter(|(_, column)| column.measure.is_none_or(Measure::is_own));
        columns.filter_map(move |(column, _)| statement.amount(line, column)).map(|amount| amount.value)
    };
    let below = || (assets + 1..statement.lines().len()).flat_map(figures).filter(|value| !value.is_zero());
    let negative = below().filter(|value| value.is_negative()).count();
    let total = statement.line(Concept::TotalEquityAndLiabilities).filter(|&total| total > assets)?;
    let credit = figures(total).all(|value| value.is_negative()) && !figures(assets).any(|value| value.is_negative());
    (credit && negative >= FEWEST && 2 * negative > below().count()).then_some(assets)
}

/// `Eget kapital` that a total adds beside the result of the year is the equity before it.
fn name_retained(statement: &mut Statement) {
    let concept = |line: usize| statement.lines()[line].concept.map(|found| found.concept);
    let plain = |line: &usize| concept(*line) == Some(Concept::Equity) && statement.lines()[*line].role == Role::Line;
    let retained: Vec<usize> = statement
        .sums
        .iter()
        .filter(|sum| sum.terms.iter().any(|&(term, _)| concept(term) == Some(Concept::Result)))
        .flat_map(|sum| sum.terms.iter().map(|(term, _)| *term).filter(plain))
        .collect();
    for line in retained {
        statement.table.lines[line].concept = Some(Match { concept: Concept::RetainedEquity, sure: false });
    }
}
