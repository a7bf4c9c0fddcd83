//! Which sums come out to the last digit, and which of them are off by more than rounding allows.

use super::system::{Cell, Equation, State};
use crate::money::Unit;
use crate::relation::Check;

/// The units whose sums come out to the last digit: where hardly any relation needs the rounding to hold, a figure
/// that is off by a little is wrong. A fifth of rounded ones is the mark of a table that was rounded line by line.
pub fn units(equations: &[Equation], checks: &[Check]) -> Vec<Unit> {
    [Unit::Kronor, Unit::Thousands, Unit::Millions]
        .into_iter()
        .filter(|&unit| {
            let of_unit = || {
                equations.iter().filter(|equation| {
                    equation.terms.len() > 2
                        && equation.state == State::Held
                        && checks[equation.checks[0]].relation.unit == unit
                })
            };
            let rounded = of_unit().filter(|equation| equation.residual != 0).count();
            rounded * 5 <= of_unit().count()
        })
        .collect()
}

/// Sums in whole kronor that are off by two kronor or more, where all the others come out to the last krona: such a
/// book was not rounded line by line, and what its rounding would allow is a slip.
pub fn beyond_rounding(equations: &[Equation], checks: &[Check], cells: &[Cell]) -> Vec<usize> {
    let in_kronor = |e: &usize| {
        let equation = &equations[*e];
        let relation = &checks[equation.checks[0]].relation;
        relation.unit == Unit::Kronor && equation.terms.len() > 2 && equation.state == State::Held && !equation.derived
    };
    let (off, exact): (Vec<usize>, Vec<usize>) =
        (0..equations.len()).filter(in_kronor).partition(|&e| equations[e].residual != 0);
    if exact.len() < ENOUGH_EXACT {
        return Vec::new();
    }
    let size = |e: usize| equations[e].terms.len();
    let far = |&e: &usize| {
        // Rounding each by itself, n figures are off by √(n/12) together, and hardly ever by three times that.
        let steps = equations[e].residual.abs() / cells[equations[e].result].step;
        steps >= 2 && 4 * steps * steps > 3 * size(e) as i128
    };
    // Long sums are seldom exact where lines are rounded: those as long as this one must be.
    let as_long = |&e: &usize| exact.iter().filter(|&&other| 2 * size(other) >= size(e)).count() >= LONG_EXACT;
    let shares = |e: usize, other: usize| equations[e].terms.iter().any(|t| equations[other].coefficient(t.0) != 0);
    let alone = |&e: &usize| off.iter().all(|&other| shares(e, other));
    off.iter().copied().filter(far).filter(as_long).filter(alone).collect()
}

/// A sum of a few figures that were rounded each by itself comes out to the last digit in two cases of three at most:
/// twenty in a row never do.
const ENOUGH_EXACT: usize = 20;
const LONG_EXACT: usize = 8;
