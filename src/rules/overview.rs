//! What the short tables (ekonomisk sammanfattning, flerårsöversikt) repeat of the statements.

use super::Rule;
use super::lookup::{cost_coefficient, own_columns, tie};
use crate::book::{Book, Spot};
use crate::grid::At;
use crate::period::{Measure, Period};
use crate::relation::{Confidence, Relation};
use crate::statement::{Kind, kinds};
use crate::table::Role;
use crate::words::Concept::{self, *};

/// Which lines of which statement a line of a short table repeats; the first that agrees in most columns counts.
const REPEATS: &[(Concept, Kind, &[&[Concept]])] = &[
    (OperatingIncome, Kind::IncomeStatement, &[&[OperatingIncome], &[OperatingIncome, FinancialIncome]]),
    (
        OperatingCosts,
        Kind::IncomeStatement,
        &[
            &[OperatingCosts],
            &[OperatingCosts, Depreciation],
            &[OperatingCosts, Depreciation, FinancialCosts],
            &[OperatingCosts, FinancialIncome],
            &[OperatingCosts, FinancialNet],
            &[OperatingCosts, Depreciation, FinancialIncome, FinancialCosts],
        ],
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
            let mut ties: Vec<Vec<Tie>> = vec![Vec::new(); ways.len() + 1];
            for (column, period, _) in own_columns(short).filter(|(_, _, measure)| *measure == Measure::Actual) {
                let spot = Spot { statement: i, line, column };
                if book.interval(spot).is_none() {
                    continue;
                }
                let terms = ways.iter().map(|way| terms(book, spot, statement_kind, way, period));
                let terms = terms.chain([all_of(book, spot, statement_kind, concept, period)]);
                for (ties, terms) in ties.iter_mut().zip(terms) {
                    ties.extend(terms.map(|terms| Tie::new(book, rule, spot, &terms)));
                }
            }
            relations.extend(best_ways(&ties));
        }
    }
    relations
}

/// A line of a short table, in one column, and the lines of one statement that it repeats.
#[derive(Clone)]
struct Tie {
    statement: usize,
    relation: Relation,
}

impl Tie {
    fn new(book: &Book, rule: &Rule, spot: Spot, terms: &[(Spot, i32)]) -> Tie {
        let mut relation = tie(book, rule, spot, terms);
        // The report of another year may have been restated since.
        let input = |at: At| book.grids[at.grid as usize].input;
        if relation.terms.iter().any(|term| input(term.at) != input(relation.result.at)) {
            relation.doubt(Confidence::LIKELY);
        }
        Tie { statement: terms.first().map_or(spot.statement, |(first, _)| first.statement), relation }
    }
}

/// Of each statement that a line repeats, the way that agrees in most columns, the first of several: one year's costs
/// may be found with their depreciation in one table, and without it in another.
fn best_ways(ways: &[Vec<Tie>]) -> Vec<Relation> {
    let mut statements: Vec<usize> = ways.iter().flatten().map(|tie| tie.statement).collect();
    statements.sort_unstable();
    statements.dedup();
    let mut relations = Vec::new();
    for statement in statements {
        let of_it = |way: &Vec<Tie>| -> Vec<Relation> {
            way.iter().filter(|tie| tie.statement == statement).map(|tie| tie.relation.clone()).collect()
        };
        let held = |relations: &[Relation]| relations.iter().filter(|r| r.test().held()).count();
        let mut best: Vec<Relation> = Vec::new();
        for way in ways.iter().map(of_it) {
            if best.is_empty() || held(&way) > held(&best) {
                best = way;
            }
        }
        relations.extend(best);
    }
    relations
}

/// All income that a result adds, where no total stands over it: contributions may stand before the net costs or
/// after them, and a line of a project's grants beside them.
fn all_of(book: &Book, spot: Spot, kind: Kind, concept: Concept, period: Period) -> Option<Vec<(Spot, i32)>> {
    if !kinds::is_income(concept) {
        return None;
    }
    let there = book.find(&book.statements[spot.statement], kind, concept, period, Measure::Actual)?;
    let statement = &book.statements[there.statement];
    let own = |line: usize| statement.lines()[line].concept.map(|found| found.concept);
    let is_one = |&line: &usize| statement.lines()[line].role == Role::Line && own(line) == Some(concept);
    let mut lines: Vec<usize> = (0..statement.lines().len()).filter(is_one).collect();
    if lines.len() < 2 {
        let sum = statement.sums.iter().find(|sum| sum.terms.iter().any(|(term, _)| *term == there.line))?;
        let is_other = |line: usize| own(line).is_some_and(|own| own != concept);
        let beside = sum.terms.iter().take_while(|&&(line, sign)| sign > 0 && !is_other(line));
        lines = beside.map(|(line, _)| *line).collect();
    }
    (lines.len() > 1).then(|| lines.into_iter().map(|line| (Spot { line, ..there }, 1)).collect())
}

/// The statement's lines in the period; the first must be there, the others may be missing.
fn terms(book: &Book, spot: Spot, kind: Kind, way: &[Concept], period: Period) -> Option<Vec<(Spot, i32)>> {
    let short = &book.statements[spot.statement];
    let find = |concept: &Concept| book.find(short, kind, *concept, period, Measure::Actual);
    let first = find(way.first()?)?;
    let rest = way[1..].iter().filter_map(find);
    let signed = |found: Spot| {
        let statement = &book.statements[found.statement];
        let is_cost = |spot: Spot| {
            let statement = &book.statements[spot.statement];
            statement.lines()[spot.line].concept.is_some_and(|found| kinds::is_cost(found.concept))
        };
        // Income among costs is taken from them.
        let taken = is_cost(first) && !is_cost(found);
        (found, if taken { short.cost_sign } else { cost_coefficient(short, statement, is_cost(found)) })
    };
    Some(std::iter::once(first).chain(rest).map(signed).collect())
}
