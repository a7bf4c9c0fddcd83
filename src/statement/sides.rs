//! Statements written as a ledger signs them, where their figures and not their words tell it.

use super::{Kind, Statement, kinds};
use crate::period::Measure;
use crate::table::Role;
use crate::words::{Concept, Match};

/// So many figures below the assets tell how equity and liabilities are signed.
const FEWEST: usize = 3;

/// Finds out whether equity and liabilities, or income, are written below zero, and which equity is only the part before
/// the result.
pub fn settle(statement: &mut Statement) {
    match statement.kind {
        Kind::BalanceSheet => {
            statement.credit_from = credit_from(statement);
            name_retained(statement);
        }
        Kind::IncomeStatement if has_income_below_zero(statement) => {
            (statement.credit_from, statement.cost_sign) = (Some(0), 1);
        }
        _ => {}
    }
}

/// Whether income is negative and costs are positive, and they are added: then a surplus is negative, too.
fn has_income_below_zero(statement: &Statement) -> bool {
    let columns = || statement.table.amount_columns().filter(|(_, column)| column.measure.is_none_or(Measure::is_own));
    // How many figures of such lines are below zero, and how many above.
    let signs = |is: fn(Concept) -> bool| {
        let lines = statement.lines().iter().enumerate();
        let lines = lines.filter(|(_, line)| line.concept.is_some_and(|found| is(found.concept)));
        let figures = lines.flat_map(|(line, _)| columns().filter_map(move |(c, _)| statement.amount(line, c)));
        let figures = figures.map(|amount| amount.value).filter(|value| !value.is_zero());
        figures.fold((0, 0), |(below, above), value| match value.is_negative() {
            true => (below + 1, above),
            false => (below, above + 1),
        })
    };
    let ((income_below, income_above), (costs_below, costs_above)) = (signs(kinds::is_income), signs(kinds::is_cost));
    let is_cost = |line: usize| statement.lines()[line].concept.is_some_and(|found| kinds::is_cost(found.concept));
    let costs = || statement.sums.iter().flat_map(|sum| &sum.terms).filter(|(line, _)| is_cost(*line));
    let added = costs().next().is_some() && costs().all(|(_, sign)| *sign > 0);
    added && income_below > income_above && costs_above > costs_below
}

/// The first line below all assets, where most figures from there on are negative, as ledgers sign them, and those of
/// the assets are not.
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
    (credit && negative >= FEWEST && 2 * negative > below().count()).then_some(assets + 1)
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
