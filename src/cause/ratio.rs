//! A ratio that is not what its figures give: no search explains it, but the slip in the ratio itself can be named.

use super::slips;
use super::wording::{self, Changed, Names};
use crate::finding::{Cause, Edit, Slip};
use crate::money::Money;
use crate::relation::{Check, Kind, Operand, Outcome};

/// What the written ratio should be, if it alone is wrong, and the slip that made it what it is.
pub fn cause(names: &Names, check: &Check) -> Option<Cause> {
    let Outcome::Broke { expected } = check.outcome else { return None };
    let at = check.relation.result.at;
    let stated = check.relation.result.figure.filter(|_| check.relation.kind == Kind::Ratio)?.middle;
    let (statement, line, column) = names.place(at)?;
    // In per cent it is no amount, but a figure all the same.
    let written = names.book.statements[statement].lines()[line].entries[column].figure()?.amount;
    // A share may be written as 0,83 and as 83.
    let factor = written.value.divide(stated)?.round(0);
    if let Some(cause) = turned(names, check, (stated, expected)) {
        return Some(cause);
    }
    // What lost its decimals by the slip had those of its line.
    let mates = names.book.statements[statement].lines()[line].entries.iter().filter_map(|entry| entry.figure());
    let decimals = mates.map(|figure| figure.amount.decimals).max().unwrap_or(0).max(written.decimals);
    let to = (expected * factor).round(decimals);
    let slip = slips::between(written.value, to, decimals).unwrap_or(Slip::Unknown);
    let (from, to) = (written.value.normalize(), to.normalize());
    let text = wording::cause(names, slip, &[Changed { at, from, to }], &[]);
    Some(Cause { slip, text, edits: vec![Edit { at, from: Some(from), to }] })
}

/// One of the figures has got a minus sign, where the ratio would be right without it.
fn turned(names: &Names, check: &Check, (stated, expected): (Money, Money)) -> Option<Cause> {
    let near = Money::new(1, 2);
    let opposite = (stated + expected).abs() <= near * stated.abs() && stated > Money::ZERO;
    let negative = |term: &&Operand| term.figure.is_some_and(|figure| figure.middle.is_negative());
    let term = check.relation.terms.iter().filter(|_| opposite).find(negative)?;
    let from = names.written(term.at, term.figure?.middle);
    let slip = Slip::SignFlipped;
    let text = wording::cause(names, slip, &[Changed { at: term.at, from, to: -from }], &[]);
    Some(Cause { slip, text, edits: vec![Edit { at: term.at, from: Some(from), to: -from }] })
}
