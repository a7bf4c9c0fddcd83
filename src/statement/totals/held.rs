//! In how many columns a sum comes out.
//!
//! Where the figures of a total, or of one of its rows, have changed places between two columns, the total comes out
//! in neither, and of two years it would be no total any more. But both are off by the same amount in opposite
//! directions, and one row has just that between its two figures: that proves the sum better than a column that
//! holds, and the interchange stays a slip to be told.

use super::Walk;
use crate::money::{Closeness, Interval, Money};
use crate::table::Entry;

/// A column in which a sum does not come out: what is stated, and what its parts give.
#[derive(Clone, Copy, Debug)]
struct Off {
    column: usize,
    stated: Interval,
    sum: Interval,
}

/// So much larger than the rounding must the difference be: small ones meet by chance.
const MUCH_LARGER: i64 = 5;

/// A sum that grows line by line, in all columns at once.
pub(super) struct Running {
    result: usize,
    columns: Vec<Growing>,
}

struct Growing {
    column: usize,
    stated: Interval,
    sum: Interval,
    /// One of its terms is not zero.
    informative: bool,
    /// One of its terms is not known.
    unknown: bool,
}

impl Running {
    /// Nothing yet, against what a line states.
    pub fn of(walk: &Walk<'_>, result: usize) -> Running {
        let column = |&column: &usize| {
            let stated = walk.statement.interval(result, column)?;
            let sum = Interval::exact(Money::ZERO);
            Some(Growing { column, stated, sum, informative: false, unknown: false })
        };
        Running { result, columns: walk.columns.iter().filter_map(column).collect() }
    }

    pub fn add(&mut self, walk: &Walk<'_>, line: usize) {
        for of in &mut self.columns {
            match walk.statement.interval(line, of.column) {
                Some(figure) => {
                    of.sum = of.sum.plus(1, figure);
                    of.informative |= !figure.middle.is_zero();
                }
                None => of.unknown |= walk.statement.lines()[line].entries[of.column] == Entry::Unknown,
            }
        }
    }

    fn tested(&self) -> impl Iterator<Item = &Growing> {
        self.columns.iter().filter(|of| of.informative && !of.unknown)
    }

    /// In how many columns its terms could be tested, and in how many they come to what is stated.
    pub fn tried(&self, walk: &Walk<'_>, terms: &[(usize, i32)]) -> (usize, usize) {
        let tested = self.tested().count();
        let held = self.tested().filter(|of| of.stated.closeness(of.sum) != Closeness::Off).count();
        // Two that are off may be two that have changed places.
        if tested == held + 2 { walk.tried(self.result, terms) } else { (tested, held) }
    }

    /// In how many columns the sum is larger than what is stated.
    pub fn exceeded(&self) -> usize {
        let exceeds = |of: &&Growing| of.sum.middle > of.stated.middle && of.stated.closeness(of.sum) == Closeness::Off;
        self.tested().filter(exceeds).count()
    }
}

impl Walk<'_> {
    /// Whether no figure of the statement is negative, so that sums only grow.
    pub(super) fn is_rising(&self) -> bool {
        let figures =
            |line: usize| self.columns.iter().filter_map(move |&column| self.statement.interval(line, column));
        (0..self.statement.lines().len()).flat_map(figures).all(|figure| figure.middle >= Money::ZERO)
    }

    /// In how many columns the last `k` of the stack come to what is stated.
    pub(super) fn held(
        &self,
        stated: &[Option<Interval>],
        sums: &[(Interval, bool)],
        k: usize,
        running: bool,
    ) -> usize {
        let mut held = 0;
        let mut off: Vec<Off> = Vec::new();
        for ((&column, stated), &(sum, informative)) in self.columns.iter().zip(stated).zip(sums) {
            match stated.filter(|_| informative) {
                Some(stated) if stated.closeness(sum) != Closeness::Off => held += 1,
                Some(stated) => off.push(Off { column, stated, sum }),
                None => {}
            }
        }
        let terms = self.stack[self.stack.len() - k..].iter().map(|item| (item.line, self.sign(item.line, running)));
        held + self.interchanged(terms, &off)
    }

    /// In how many columns a sum of these terms could be tested, and in how many it holds.
    pub(super) fn tried(&self, i: usize, terms: &[(usize, i32)]) -> (usize, usize) {
        self.tried_in(i, terms, &self.columns)
    }

    pub(super) fn tried_in(&self, i: usize, terms: &[(usize, i32)], columns: &[usize]) -> (usize, usize) {
        let (tested, held, off) = self.as_written(i, terms, columns);
        (tested, held + self.interchanged(terms.iter().copied(), &off))
    }

    /// In how many columns a sum of these terms comes out as its figures stand.
    pub(super) fn held_as_written(&self, i: usize, terms: &[(usize, i32)]) -> usize {
        self.as_written(i, terms, &self.columns).1
    }

    fn as_written(&self, i: usize, terms: &[(usize, i32)], columns: &[usize]) -> (usize, usize, Vec<Off>) {
        let (mut tested, mut held) = (0, 0);
        let mut off: Vec<Off> = Vec::new();
        for &column in columns {
            let Some(stated) = self.statement.interval(i, column) else { continue };
            if terms.iter().any(|&(line, _)| self.statement.lines()[line].entries[column] == Entry::Unknown) {
                continue;
            }
            let figures =
                || terms.iter().filter_map(|&(line, sign)| Some((sign, self.statement.interval(line, column)?)));
            if !figures().any(|(_, figure)| !figure.middle.is_zero()) {
                continue;
            }
            tested += 1;
            let sum = figures().fold(Interval::exact(Money::ZERO), |sum, (sign, figure)| sum.plus(sign, figure));
            match stated.closeness(sum) {
                Closeness::Off => off.push(Off { column, stated, sum }),
                _ => held += 1,
            }
        }
        (tested, held, off)
    }

    /// How many columns hold when one row, or the total itself, has its figures put back: two or none.
    fn interchanged(&self, terms: impl Iterator<Item = (usize, i32)>, off: &[Off]) -> usize {
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
