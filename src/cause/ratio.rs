//! A ratio that is not what its figures give: no search explains it, but the slip in the ratio itself can be named.

use super::slips;
use super::wording::{self, Changed, Names};
use crate::finding::{Cause, Edit, Slip};
use crate::relation::{Check, Kind, Outcome};

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
    // What lost its decimals by the slip had those of its line.
    let mates = names.book.statements[statement].lines()[line].entries.iter().filter_map(|entry| entry.figure());
    let decimals = mates.map(|figure| figure.amount.decimals).max().unwrap_or(0).max(written.decimals);
    let to = (expected * factor).round(decimals);
    let slip = slips::between(written.value, to, decimals).unwrap_or(Slip::Unknown);
    let (from, to) = (written.value.normalize(), to.normalize());
    let text = wording::cause(names, slip, &[Changed { at, from, to }], &[]);
    Some(Cause { slip, text, edits: vec![Edit { at, from: Some(from), to }] })
}
