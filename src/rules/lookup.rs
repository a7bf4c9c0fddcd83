//! How rules find the lines that they relate.

use crate::book::{Book, Spot};
use crate::period::{Measure, Period};
use crate::relation::{Kind as RelationKind, Operand, Relation};
use crate::statement::{Kind, LineSum, Statement};
use crate::table::Role;
use crate::words::Concept;

/// The sums of the statements of a kind whose result line is wanted, in every column, as relations of a rule.
pub fn sums(
    book: &Book,
    rule: &'static str,
    kind: Kind,
    wanted: impl Fn(&Statement, &LineSum) -> bool,
) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == kind) {
        for sum in statement.sums.iter().filter(|sum| wanted(statement, sum)) {
            relations
                .extend(statement.table.amount_columns().map(|(column, _)| sum_relation(book, rule, i, sum, column)));
        }
    }
    relations
}

/// The concept of a sum's result line.
pub fn result_concept(statement: &Statement, sum: &LineSum) -> Option<Concept> {
    statement.lines()[sum.result].concept.map(|found| found.concept)
}

fn sum_relation(book: &Book, rule: &'static str, i: usize, sum: &LineSum, column: usize) -> Relation {
    let statement = &book.statements[i];
    let terms: Vec<Operand> = sum.terms.iter().map(|&(line, sign)| statement.operand(line, column, sign)).collect();
    let kind = if terms.iter().any(|term| term.coefficient < 0) { RelationKind::Difference } else { RelationKind::Sum };
    let about = &statement.columns()[column];
    let variances_follow =
        [Measure::Actual, Measure::Budget].iter().all(|m| statement.columns().iter().any(|c| c.measure == Some(*m)));
    Relation {
        rule,
        kind: if terms.len() == 1 { RelationKind::Equal } else { kind },
        result: statement.operand(sum.result, column, 1),
        terms,
        period: about.period,
        unit: statement.unit,
        table: i,
        derived: about.measure == Some(Measure::Variance) && variances_follow,
    }
}

/// Ties a line of every statement of a kind to lines of the book's own statements, column by column:
/// `terms` gives what the line should be in a period, or nothing where that cannot be said.
pub fn ties(
    book: &Book,
    rule: &'static str,
    kind: Kind,
    concept: Concept,
    terms: impl Fn(&Statement, Period, Measure) -> Option<Vec<(Spot, i32)>>,
) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == kind) {
        let Some(line) = statement.line(concept) else { continue };
        for (column, about) in statement.columns().iter().enumerate() {
            let (Some(period), Some(measure)) = (about.period, about.measure) else { continue };
            if matches!(measure, Measure::Variance | Measure::Share) || about.entity.is_some() {
                continue;
            }
            let Some(terms) = terms(statement, period, measure).filter(|terms| !terms.is_empty()) else { continue };
            relations.push(tie(book, rule, Spot { statement: i, line, column }, &terms));
        }
    }
    relations
}

/// One tie of a cell to others.
pub fn tie(book: &Book, rule: &'static str, spot: Spot, terms: &[(Spot, i32)]) -> Relation {
    let statement = &book.statements[spot.statement];
    let terms: Vec<Operand> = terms.iter().map(|&(spot, coefficient)| book.operand(spot, coefficient)).collect();
    let kind = match terms.as_slice() {
        [_] => RelationKind::Equal,
        _ if terms.iter().any(|term| term.coefficient < 0) => RelationKind::Difference,
        _ => RelationKind::Sum,
    };
    Relation {
        rule,
        kind,
        result: book.operand(spot, 1),
        terms,
        period: statement.columns()[spot.column].period,
        unit: statement.unit,
        table: spot.statement,
        derived: false,
    }
}

/// The lines of a balance sheet that one of its totals adds, down to single lines.
pub fn leaves(statement: &Statement, line: usize) -> Vec<usize> {
    match statement.sum_of(line) {
        Some(sum) if statement.lines()[line].role != Role::Line => {
            sum.terms.iter().flat_map(|&(term, _)| leaves(statement, term)).collect()
        }
        _ => vec![line],
    }
}

/// Costs may be written as positive figures in one table and as negative ones in another: the coefficient that makes
/// them comparable.
pub fn cost_coefficient(a: &Statement, b: &Statement) -> i32 {
    a.cost_sign * b.cost_sign
}

/// Whether a figure is there to be compared, not blank and not "Inga".
pub fn has_figure(book: &Book, spot: Spot) -> bool {
    book.interval(spot).is_some()
}
