//! What a table of several years carries over from each of them to the next.

use super::Rule;
use super::lookup::tie;
use crate::book::{Book, Spot};
use crate::period::Measure;
use crate::relation::Relation;
use crate::statement::{Statement, kinds};
use crate::table::{Column, Line};
use crate::words::Concept;

/// Equity, or a result that is carried over, in each year as that of the year before and the year's own result; where
/// the opening equity stands on a line of its own, both steps.
pub fn carried_over(book: &Book, rule: &Rule, i: usize, statement: &Statement) -> Vec<Relation> {
    let line_of = |concepts: &[Concept]| concepts.iter().find_map(|&concept| statement.line(concept));
    let closing = line_of(&[Concept::AccumulatedResult, Concept::Equity]);
    let result = line_of(&[Concept::Result, Concept::ResultAfterFinancial, Concept::OperatingResult]);
    let (Some(closing), Some(result)) = (closing, result) else {
        return closing.map(|closing| left_over(book, rule, i, closing)).unwrap_or_default();
    };
    let opening = statement.line(Concept::OpeningEquity).filter(|_| statement.line(Concept::Equity) == Some(closing));
    let columns: Vec<(usize, &Column)> = statement.table.amount_columns().collect();
    let spot = |line, column| Spot { statement: i, line, column };
    let stated = |line, column| book.interval(spot(line, column)).is_some();
    let before = |column: usize, about: &Column| {
        let period = about.period.filter(|_| about.measure != Some(Measure::Variance))?;
        let before = columns.iter().filter(|(other, its)| {
            its.period == Some(period.shifted(-1)) && its.entity == about.entity && stated(closing, *other)
        });
        before.map(|(other, _)| *other).min_by_key(|other| other.abs_diff(column))
    };
    let mut relations = Vec::new();
    for &(column, about) in columns.iter().filter(|(column, _)| stated(closing, *column)) {
        let before = before(column, about).map(|before| spot(closing, before));
        let opens = opening.filter(|&opening| stated(opening, column)).map(|opening| spot(opening, column));
        let begins = opens.or(before).filter(|_| stated(result, column) && about.measure != Some(Measure::Variance));
        relations.extend(
            begins.map(|begins| tie(book, rule, spot(closing, column), &[(begins, 1), (spot(result, column), 1)])),
        );
        relations.extend(opens.zip(before).map(|(opens, before)| tie(book, rule, opens, &[(before, 1)])));
    }
    relations
}

/// The equity at the end of a year as what the förbund may use in it less the costs, in a table without a result.
fn left_over(book: &Book, rule: &Rule, i: usize, closing: usize) -> Vec<Relation> {
    let statement = &book.statements[i];
    let Some(funds) = statement.line(Concept::AvailableFunds).filter(|&funds| funds < closing) else {
        return Vec::new();
    };
    let is_cost = |line: &Line| line.role.adds() && line.concept.is_some_and(|found| kinds::is_cost(found.concept));
    let Some(costs) = (funds..closing).rfind(|&line| is_cost(&statement.lines()[line])) else { return Vec::new() };
    let spot = |line, column| Spot { statement: i, line, column };
    let stated =
        |column: &usize| [closing, funds, costs].iter().all(|&line| book.interval(spot(line, *column)).is_some());
    let columns = statement.table.amount_columns().map(|(column, _)| column).filter(stated);
    let terms = |column| [(spot(funds, column), 1), (spot(costs, column), statement.cost_sign)];
    columns.map(|column| tie(book, rule, spot(closing, column), &terms(column))).collect()
}
