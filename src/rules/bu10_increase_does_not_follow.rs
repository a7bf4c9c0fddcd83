use std::cmp::Reverse;

use super::lookup::{claim, own_columns};
use super::rule;
use crate::book::Book;
use crate::money::Money;
use crate::period::{Measure, Period};
use crate::relation::{Check, Confidence, Kind as RelationKind, Operand, Outcome, Relation};
use crate::statement::{Kind, Statement};
use crate::table::Line;
use crate::words::{self, Growth};

rule! {
    /// A row named as an increase in per cent is not that of the year before.
    ///
    /// *10% ökning* among the contributions of a plan: of last year's total, of it and added to the increases before it, or of the row itself,
    /// whichever at least one year of the table shows. Where no year shows any of them, nothing is said.
    ///
    /// What to do: compute the increase anew after the last change of the year before it, or correct the label.
    "BU10" "increase-does-not-follow" Warning, Relations(relate),
    "En rad som heter en ökning i procent är inte den andelen av året före.

*10% ökning* bland bidragen i en plan: av förra årets summa, av den och lagd till tidigare års ökningar, eller av raden själv, vilket minst ett år i tabellen visar. Om inget år visar något av dem sägs ingenting.

Gör så här: räkna om ökningen efter den senaste ändringen av året före, eller rätta benämningen."
}

/// So many years that come out make a warning of the one that does not.
const ENOUGH: usize = 2;

/// What an increase may be of.
#[derive(Clone, Copy, Debug)]
enum Reading {
    /// The total that the row is a part of, last year; the increases of the years before are kept.
    Added,
    /// The same, of one year alone.
    Alone,
    /// The row itself, last year.
    Itself,
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.of_kind(Kind::Budget) {
        let grown = |(line, own): (usize, &Line)| Some((line, words::growth(&own.label)?));
        for (line, growth) in statement.lines().iter().enumerate().filter_map(grown) {
            let readings = [Reading::Added, Reading::Alone, Reading::Itself];
            let read = readings.map(|reading| increases((i, statement), line, growth, reading));
            let best = read.into_iter().map(shown).filter(|(held, ..)| *held > 0);
            let best = best.min_by_key(|(held, off, _)| (Reverse(*held), *off));
            relations.extend(best.into_iter().flat_map(|(.., own)| own));
        }
    }
    relations
}

/// The equations of a reading, with how many years show it and by how much the others are off.
fn shown(mut own: Vec<Relation>) -> (usize, Money, Vec<Relation>) {
    let checks: Vec<Check> = own.iter().cloned().map(Check::of).collect();
    let held = checks.iter().filter(|check| check.held()).count();
    let confidence = if held >= ENOUGH { Confidence::LIKELY } else { Confidence::DOUBTFUL };
    own.iter_mut().for_each(|relation| relation.doubt(confidence));
    let off = |check: &Check| match (check.outcome, check.relation.result.figure) {
        (Outcome::Broke { expected }, Some(stated)) => (stated.middle - expected).abs(),
        _ => Money::ZERO,
    };
    (held, checks.iter().map(off).sum(), own)
}

fn increases((i, statement): (usize, &Statement), line: usize, growth: Growth, reading: Reading) -> Vec<Relation> {
    let Some((whole, part)) = parts(growth) else { return Vec::new() };
    let sum = statement.sums.iter().find(|sum| sum.terms.iter().any(|&(term, _)| term == line));
    let sign = sum.and_then(|sum| sum.terms.iter().find(|&&(term, _)| term == line)).map_or(1, |&(_, sign)| sign);
    let base = match reading {
        Reading::Itself => Some(line),
        Reading::Added | Reading::Alone => sum.map(|sum| sum.result),
    };
    let Some(base) = base else { return Vec::new() };
    let told =
        |line: usize, column: usize| statement.interval(line, column).is_some_and(|figure| !figure.middle.is_zero());
    let years = planned(statement).into_iter().filter(|&(column, before)| told(line, column) && told(base, before));
    let relation = |(column, before): (usize, usize)| {
        let of = |line: usize, coefficient: i32| statement.operand(line, before, coefficient);
        let terms: Vec<Operand> = match reading {
            Reading::Added => vec![of(line, whole), of(base, sign.saturating_mul(part))],
            Reading::Alone => vec![of(base, sign.saturating_mul(part))],
            Reading::Itself => vec![of(line, whole.saturating_add(part))],
        };
        let result = statement.operand(line, column, whole);
        claim(&RULE, (i, statement), column, RelationKind::Sum, (result, terms))
    };
    years.map(relation).collect()
}

/// A percentage as a fraction of whole numbers, the part less than nothing where it shrinks: 2,5 % is 25 of 1 000.
fn parts(growth: Growth) -> Option<(i32, i32)> {
    const MOST_DECIMALS: u32 = 3;
    let percent = growth.percent.normalize();
    let decimals = Some(percent.decimals()).filter(|decimals| *decimals <= MOST_DECIMALS)?;
    let part = percent.scaled(decimals).and_then(|part| i32::try_from(part).ok()).filter(|part| *part > 0)?;
    let part = if growth.down { -part } else { part };
    Some((10_i32.pow(2 + decimals), part))
}

/// The columns of a budget and its plan years that have the year before them, each with it.
fn planned(statement: &Statement) -> Vec<(usize, usize)> {
    let planned = |measure: Measure| matches!(measure, Measure::Budget | Measure::Plan);
    let columns: Vec<_> = own_columns(statement).filter(|&(.., measure)| planned(measure)).collect();
    let before = |&(column, period, _): &(usize, _, _)| {
        let mut before = columns.iter().filter(|(_, earlier, _)| *earlier == Period::shifted(period, -1));
        let found = before.next()?.0;
        before.next().is_none().then_some((column, found))
    };
    columns.iter().filter_map(before).collect()
}
