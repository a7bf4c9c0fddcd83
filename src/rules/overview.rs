//! What the short tables (ekonomisk sammanfattning, flerårsöversikt) repeat of the statements.

use super::Rule;
use super::lookup::{cost_coefficient, own_columns, tie};
use crate::book::{Book, Spot};
use crate::grid::At;
use crate::period::{Measure, Period};
use crate::relation::{Check, Confidence, Relation};
use crate::statement::{Kind, kinds};
use crate::table::{Line, Role};
use crate::words::Concept::{self, *};

/// Which lines of which statement a line of a short table repeats; the first that agrees in most columns counts.
const REPEATS: &[(Concept, Kind, &[&[Concept]])] = &[
    (OperatingIncome, Kind::IncomeStatement, &[&[OperatingIncome], &[OperatingIncome, FinancialIncome]]),
    (
        OperatingCosts,
        Kind::IncomeStatement,
        &[&[OperatingCosts], &[OperatingCosts, Depreciation], &[OperatingCosts, Depreciation, FinancialCosts]],
    ),
    (Depreciation, Kind::IncomeStatement, &[&[Depreciation]]),
    (NetCosts, Kind::IncomeStatement, &[&[NetCosts]]),
    (OperatingResult, Kind::IncomeStatement, &[&[OperatingResult]]),
    (FinancialIncome, Kind::IncomeStatement, &[&[FinancialIncome]]),
    (FinancialCosts, Kind::IncomeStatement, &[&[FinancialCosts]]),
    (ResultAfterFinancial, Kind::IncomeStatement, &[&[ResultAfterFinancial]]),
    (Result, Kind::IncomeStatement, &[&[Result]]),
    (Equity, Kind::BalanceSheet, &[&[Equity]]),
    (TotalAssets, Kind::BalanceSheet, &[&[TotalAssets]]),
    (Liabilities, Kind::BalanceSheet, &[&[Liabilities], &[CurrentLiabilities]]),
    (LiquidFunds, Kind::BalanceSheet, &[&[CashAndBank, ShortTermInvestments], &[CashAndBank]]),
    (CashAndBank, Kind::BalanceSheet, &[&[CashAndBank], &[CashAndBank, ShortTermInvestments]]),
];

/// Ties the lines of the short tables of a kind to the statements that they repeat.
pub fn repeats(book: &Book, rule: &Rule, kind: Kind) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, short) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == kind) {
        for &(concept, statement_kind, ways) in REPEATS {
            let Some(line) = short.line(concept) else { continue };
            let tied = ways.iter().map(|way| {
                let columns = own_columns(short).filter(|(_, _, measure)| *measure == Measure::Actual);
                let terms = columns.filter_map(|(column, period, _)| {
                    let spot = Spot { statement: i, line, column };
                    book.interval(spot)?;
                    let mut relation = tie(book, rule, spot, &terms(book, spot, statement_kind, way, period)?);
                    // The report of another year may have been restated since.
                    let input = |at: At| book.grids[at.grid as usize].input;
                    if relation.terms.iter().any(|term| input(term.at) != input(relation.result.at)) {
                        relation.doubt(Confidence::LIKELY);
                    }
                    Some(relation)
                });
                terms.collect::<Vec<Relation>>()
            });
            let tied = tied.chain(std::iter::once(all_of(book, rule, (i, line), statement_kind, concept)));
            let held = |relations: &Vec<Relation>| relations.iter().filter(|r| Check::of((*r).clone()).held()).count();
            let mut best: Vec<Relation> = Vec::new();
            for way in tied {
                if best.is_empty() || held(&way) > held(&best) {
                    best = way;
                }
            }
            relations.extend(best);
        }
    }
    relations
}

/// All lines of a concept together, where a statement has several: contributions may stand before the net costs or
/// after them.
fn all_of(book: &Book, rule: &Rule, (i, line): (usize, usize), kind: Kind, concept: Concept) -> Vec<Relation> {
    let short = &book.statements[i];
    let ties =
        own_columns(short).filter(|(_, _, measure)| *measure == Measure::Actual).filter_map(|(column, period, _)| {
            let spot = Spot { statement: i, line, column };
            book.interval(spot)?;
            let there = book.find(short, kind, concept, period, Measure::Actual)?;
            let statement = &book.statements[there.statement];
            let is_one = |l: &Line| l.role == Role::Line && l.concept.is_some_and(|found| found.concept == concept);
            let lines = (0..statement.lines().len()).filter(|&line| is_one(&statement.lines()[line]));
            let sign = cost_coefficient(short, statement, kinds::is_cost(concept));
            let terms: Vec<(Spot, i32)> = lines.map(|line| (Spot { line, ..there }, sign)).collect();
            Some(tie(book, rule, spot, &terms))
        });
    ties.collect()
}

/// The statement's lines in the period; the first must be there, the others may be missing.
fn terms(book: &Book, spot: Spot, kind: Kind, way: &[Concept], period: Period) -> Option<Vec<(Spot, i32)>> {
    let short = &book.statements[spot.statement];
    let find = |concept: &Concept| book.find(short, kind, *concept, period, Measure::Actual);
    let first = find(way.first()?)?;
    let rest = way[1..].iter().filter_map(find);
    let signed = |found: Spot| {
        let statement = &book.statements[found.statement];
        let is_cost = statement.lines()[found.line].concept.is_some_and(|c| kinds::is_cost(c.concept));
        (found, cost_coefficient(short, statement, is_cost))
    };
    Some(std::iter::once(first).chain(rest).map(signed).collect())
}
