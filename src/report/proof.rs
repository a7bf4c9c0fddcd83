//! What each amount rests on, for machines: every tested relation with its cells and figures, every amount with the
//! relations that it takes part in. The numbers are those of the working paper.

use std::collections::HashMap;

use serde::Serialize;

use super::json::{Place, place};
use super::matrix::reason;
use crate::book::Book;
use crate::check::Report;
use crate::coverage;
use crate::finding::Language;
use crate::grid::At;
use crate::relation::{Check, Operand, Outcome};

/// The tested relations in the order of the book: number n stands at n − 1.
pub fn tested(report: &Report) -> Vec<&Check> {
    let mut tested: Vec<&Check> = report.checks.iter().filter(|check| check.held() || check.broke()).collect();
    tested.sort_by_key(|check| (check.relation.table, check.relation.result.at));
    tested
}

/// The numbers of the relations that each cell takes part in.
pub fn by_cell(tested: &[&Check]) -> HashMap<At, Vec<usize>> {
    let mut by_cell: HashMap<At, Vec<usize>> = HashMap::new();
    for (i, check) in tested.iter().enumerate() {
        for at in check.relation.cells() {
            let numbers = by_cell.entry(at).or_default();
            if numbers.last() != Some(&(i + 1)) {
                numbers.push(i + 1);
            }
        }
    }
    by_cell
}

#[derive(Serialize)]
pub(super) struct Evidence<'a> {
    /// Each amount of the statements once, in the order of the book.
    amounts: Vec<Amount<'a>>,
    relations: Vec<Tested<'a>>,
    untested: Vec<Untested<'a>>,
}

#[derive(Serialize)]
struct Amount<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
    period: Option<String>,
    /// As the statement has it, in its unit.
    amount: Option<String>,
    tie: &'static str,
    relations: &'a [usize],
}

#[derive(Serialize)]
struct Tested<'a> {
    number: usize,
    rule: &'static str,
    kind: &'static str,
    period: Option<String>,
    result: Term<'a>,
    terms: Vec<Term<'a>>,
    outcome: &'static str,
    /// What the result should be by its terms, in kronor, where it is something else.
    expected: Option<String>,
}

#[derive(Serialize)]
struct Term<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    coefficient: String,
    /// In kronor, whatever unit it is written in; null for a blank cell.
    amount: Option<String>,
}

#[derive(Serialize)]
struct Untested<'a> {
    rule: &'static str,
    #[serde(flatten)]
    place: Place<'a>,
    reason: &'static str,
}

pub(super) fn evidence<'a>(
    book: &'a Book,
    report: &Report,
    tested: &[&'a Check],
    by_cell: &'a HashMap<At, Vec<usize>>,
    language: Language,
) -> Evidence<'a> {
    let mut amounts = Vec::new();
    coverage::each_tie(book, &report.checks, |spot, tie| {
        let statement = &book.statements[spot.statement];
        let at = book.at(spot);
        amounts.push(Amount {
            place: place(book, at),
            label: book.label(spot).trim(),
            period: statement.columns()[spot.column].period.map(|period| period.to_string()),
            amount: statement.amount(spot.line, spot.column).map(|amount| amount.value.to_string()),
            tie: tie.code(),
            relations: by_cell.get(&at).map_or(&[], Vec::as_slice),
        });
    });
    let untested = report.checks.iter().filter_map(|check| match check.outcome {
        Outcome::Untestable(why) => {
            let place = place(book, check.relation.result.at);
            Some(Untested { rule: check.relation.rule, place, reason: reason(why, language) })
        }
        _ => None,
    });
    let relations = tested.iter().enumerate().map(|(i, check)| relation(book, i + 1, check)).collect();
    Evidence { amounts, relations, untested: untested.collect() }
}

fn relation<'a>(book: &'a Book, number: usize, check: &'a Check) -> Tested<'a> {
    let relation = &check.relation;
    let (outcome, expected) = match check.outcome {
        Outcome::Rounded { expected } => ("rounded", Some(expected)),
        Outcome::Broke { expected } => ("broke", Some(expected)),
        Outcome::Holds | Outcome::Untestable(_) => ("holds", None),
    };
    Tested {
        number,
        rule: relation.rule,
        kind: relation.kind.code(),
        period: relation.period.map(|period| period.to_string()),
        result: term(book, &relation.result),
        terms: relation.terms.iter().map(|operand| term(book, operand)).collect(),
        outcome,
        expected: expected.map(|amount| amount.to_string()),
    }
}

fn term<'a>(book: &'a Book, operand: &Operand) -> Term<'a> {
    Term {
        place: place(book, operand.at),
        coefficient: operand.coefficient.to_string(),
        amount: operand.figure.map(|figure| figure.middle.to_string()),
    }
}
