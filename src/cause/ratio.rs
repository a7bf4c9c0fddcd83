//! A ratio that is not what its figures give: no search explains it, but the slip in the ratio itself can be named.

use super::slips;
use super::wording::{self, Changed, Names};
use crate::finding::{Cause, Edit, Finding, Slip};
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
    let other = turned(names, check, (stated, expected)).or_else(|| scaled(names, check, (stated, expected)));
    if let Some(cause) = other {
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

/// One of the figures is ten, a hundred or a thousand times too large or too small: the ratio says so, and the figures
/// of its line do.
fn scaled(names: &Names, check: &Check, (stated, expected): (Money, Money)) -> Option<Cause> {
    let near = |a: Money, b: Money| (a - b).abs() <= Money::new(5, 2) * a.abs();
    let alike = |a: Money, b: Money| a.abs() <= Money::from(3) * b.abs() && b.abs() <= Money::from(3) * a.abs();
    let corrected = |term: &Operand, factor: Money| {
        let (statement, line, column) = names.place(term.at)?;
        let statement = &names.book.statements[statement];
        let own = statement.amount(line, column)?.value;
        let others: Vec<Money> = (0..statement.columns().len())
            .filter(|&other| other != column)
            .filter_map(|other| Some(statement.amount(line, other)?.value))
            .collect();
        let all = |value: Money| others.iter().all(|&other| alike(value, other));
        let (more, less) = (own * factor, own.divide(factor)?);
        let to = [more, less].into_iter().find(|&to| all(to))?;
        (!others.is_empty() && !all(own)).then_some((own, to.normalize()))
    };
    for factor in [10, 100, 1_000].map(Money::from) {
        if !near(stated, expected * factor) && !near(stated * factor, expected) {
            continue;
        }
        let found = check.relation.terms.iter().find_map(|term| Some((term.at, corrected(term, factor)?)));
        if let Some((at, (from, to))) = found {
            let slip = Slip::Scaled;
            let text = wording::cause(names, slip, &[Changed { at, from, to }], &[]);
            return Some(Cause { slip, text, edits: vec![Edit { at, from: Some(from), to }] });
        }
    }
    None
}

/// Which of a finding's causes, by one changed figure, makes a ratio right that is not.
pub fn mending(names: &Names, finding: &Finding, check: &Check) -> Option<usize> {
    let mends = |cause: &Cause| {
        let [Edit { at, from: Some(from), to }] = cause.edits[..] else { return false };
        let factor = names.unit(at).factor();
        let mut relation = check.relation.clone();
        for figure in relation.terms.iter_mut().filter(|term| term.at == at).filter_map(|term| term.figure.as_mut()) {
            figure.middle = if figure.middle == from { to } else { figure.middle + (to - from) * factor };
        }
        matches!(relation.test(), Outcome::Holds | Outcome::Rounded { .. })
    };
    finding.causes.iter().position(mends)
}
