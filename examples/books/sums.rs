//! Slips in the making of sums: amounts on the wrong row, rows left out, counted twice or gone.

use avstam::grid::At;
use avstam::money::Money;
use avstam::relation::{Check, Kind, Operand};

use crate::random::Random;
use crate::sheet::Placed;
use crate::slips::{Gone, Slip};

/// A slip that has to do with a figure, of what the book's own relations say: `kind` 0 puts it on another row, 1 and
/// 2 change a total that it is in, 3 takes its row away.
pub fn slip(kind: usize, figure: &Placed, placed: &[Placed], checks: &[Check], random: &mut Random) -> Option<Slip> {
    match kind {
        0 => wrong_row(figure, placed, random),
        1 | 2 => in_total(kind, figure, placed, checks, random),
        _ => gone(figure, placed, checks),
    }
}

fn wrong_row(figure: &Placed, placed: &[Placed], random: &mut Random) -> Option<Slip> {
    let near = |other: &&Placed| {
        let (a, b) = (other.at, figure.at);
        other.part == figure.part && a.grid == b.grid && a.col == b.col && (1..=2).contains(&a.row.abs_diff(b.row))
    };
    let others: Vec<&Placed> = placed.iter().filter(near).collect();
    if others.is_empty() {
        return None;
    }
    let other = random.pick(&others);
    let edits = vec![(figure.at, Money::ZERO), (other.at, other.written + figure.written)];
    Some(Slip { edits, gone: None })
}

/// The sums that a figure is in, with what it counts for there.
fn sums(figure: At, checks: &[Check]) -> impl Iterator<Item = (&Check, &Operand)> {
    let sum = |check: &&Check| {
        let relation = &check.relation;
        check.held() && relation.kind == Kind::Sum && relation.result.coefficient == 1 && relation.terms.len() > 2
    };
    let term = move |check| Some((check, own_term(check, figure)?));
    checks.iter().filter(sum).filter_map(term)
}

fn own_term(check: &Check, figure: At) -> Option<&Operand> {
    check.relation.terms.iter().find(|term| term.at == figure)
}

fn in_total(kind: usize, figure: &Placed, placed: &[Placed], checks: &[Check], random: &mut Random) -> Option<Slip> {
    let sums: Vec<(&Check, &Operand)> = sums(figure.at, checks).collect();
    if sums.is_empty() {
        return None;
    }
    let (check, term) = random.pick(&sums);
    let total = placed.iter().find(|placed| placed.at == check.relation.result.at && placed.part == figure.part)?;
    let part = Money::from(i64::from(term.coefficient)) * figure.written;
    let new = if kind == 1 { total.written - part } else { total.written + part };
    Some(Slip { edits: vec![(total.at, new)], gone: None })
}

/// Only where no other table stands on the same rows.
fn gone(figure: &Placed, placed: &[Placed], checks: &[Check]) -> Option<Slip> {
    let At { grid, row, .. } = figure.at;
    let on_row: Vec<&Placed> = placed.iter().filter(|p| (p.at.grid, p.at.row) == (grid, row)).collect();
    if on_row.iter().any(|other| other.part != figure.part) {
        return None;
    }
    let after = |at: At| At { row: at.row - u32::from(at.grid == grid && at.row > row), ..at };
    let checks = || on_row.iter().flat_map(|placed| sums(placed.at, checks));
    let totals: Vec<At> = checks().map(|(check, _)| after(check.relation.result.at)).collect();
    let amounts = on_row.iter().map(|placed| placed.written.abs()).collect();
    (!totals.is_empty()).then_some(Slip { edits: Vec::new(), gone: Some(Gone { grid, row, amounts, totals }) })
}
