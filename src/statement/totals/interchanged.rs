//! Totals whose figures, or those of one of their rows, have changed places between two columns.
//!
//! Such a total comes out in neither column, and of two years it would be no total any more. But both are off by the
//! same amount in opposite directions, and one row has just that between its two figures: that proves the sum better
//! than a column that holds, and the interchange stays a slip to be told.

use super::Walk;
use crate::money::{Closeness, Interval, Money};

/// A column in which a sum does not come out: what is stated, and what its parts give.
#[derive(Clone, Copy, Debug)]
pub(super) struct Off {
    pub column: usize,
    pub stated: Interval,
    pub sum: Interval,
}

/// So much larger than the rounding must the difference be: small ones meet by chance.
const MUCH_LARGER: i64 = 5;

impl Walk<'_> {
    /// How many columns hold when one row, or the total itself, has its figures put back: two or none.
    pub(super) fn interchanged(&self, terms: impl Iterator<Item = (usize, i32)>, off: &[Off]) -> usize {
        let &[a, b] = off else { return 0 };
        let difference = |off: Off| off.stated.middle - off.sum.middle;
        let slack = a.stated.half + a.sum.half + b.stated.half + b.sum.half;
        let opposite = (difference(a) + difference(b)).abs() <= slack;
        if !opposite || difference(a).abs() < slack * Money::from(MUCH_LARGER) {
            return 0;
        }
        let agree = |one: Interval, other: Interval| one.closeness(other) != Closeness::Off;
        let put_back = |(line, sign): (usize, i32)| {
            let figure = |column| self.statement.interval(line, column);
            let (Some(first), Some(second)) = (figure(a.column), figure(b.column)) else { return false };
            let more = Money::from(i64::from(sign)) * (second.middle - first.middle);
            let moved = |sum: Interval, by: Money| Interval { middle: sum.middle + by, half: sum.half };
            agree(a.stated, moved(a.sum, more)) && agree(b.stated, moved(b.sum, -more))
        };
        let total = agree(a.stated, b.sum) && agree(b.stated, a.sum);
        if total || terms.into_iter().any(put_back) { 2 } else { 0 }
    }
}
