//! Which way a column of variances is computed.

use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::statement::{LineSum, Statement, kinds};

/// A column of variances is the figures of one column less those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convention {
    pub from: usize,
    pub less: usize,
    /// Plus is good: the rows of costs are turned.
    pub favourable: bool,
}

/// The convention that most rows of a column of variances follow, or none where they do not tell.
///
/// Outcome against budget goes before other pairs where as many rows follow.
pub fn convention(statement: &Statement, variance: usize) -> Option<Convention> {
    let columns: Vec<usize> = statement
        .table
        .amount_columns()
        .filter(|(_, column)| column.measure != Some(Measure::Variance) && column.measure.is_some())
        .map(|(i, _)| i)
        .collect();
    let mut best: Option<((usize, bool), Convention)> = None;
    let mut tested_most = 0;
    for &from in &columns {
        for &less in columns.iter().filter(|&&less| less != from) {
            for favourable in [false, true] {
                let convention = Convention { from, less, favourable };
                let (tested, held) = follow(statement, variance, convention);
                tested_most = tested_most.max(tested);
                let rank = (held, is_budget_pair(statement, from, less) && !favourable);
                if held > 0 && best.is_none_or(|(best, _)| rank > best) {
                    best = Some((rank, convention));
                }
            }
        }
    }
    let ((held, _), convention) = best?;
    // One row of two is no evidence; half of many is.
    (held * 2 >= tested_most && (held >= 2 || tested_most == 1)).then_some(convention)
}

fn is_budget_pair(statement: &Statement, from: usize, less: usize) -> bool {
    let measure = |column: usize| statement.columns()[column].measure;
    let pair = [measure(from), measure(less)];
    pair.contains(&Some(Measure::Actual)) && pair.contains(&Some(Measure::Budget))
}

/// How many rows have a variance and both figures, and how many of them follow. Two that are off by the same amount in
/// opposite directions follow too: their variances, or what they are of, have changed places, which is a slip to be
/// told.
fn follow(statement: &Statement, variance: usize, convention: Convention) -> (usize, usize) {
    let (mut tested, mut held) = (0, 0);
    let mut off: Vec<(Money, Money)> = Vec::new();
    for line in 0..statement.lines().len() {
        let figure = |column| statement.interval(line, column);
        let (Some(stated), Some(from), Some(less)) =
            (figure(variance), figure(convention.from), figure(convention.less))
        else {
            continue;
        };
        tested += 1;
        let turn = if convention.favourable && is_cost_line(statement, line) { -1 } else { 1 };
        let difference = Interval::exact(Money::ZERO).plus(turn, from).plus(-turn, less);
        match stated.closeness(difference) {
            Closeness::Off => off.push((stated.middle - difference.middle, stated.half + difference.half)),
            _ => held += usize::from(!stated.middle.is_zero()),
        }
    }
    // They alone would follow any convention.
    (tested, held + if held > 0 && interchanged(&off) { 2 } else { 0 })
}

/// Whether two rows, each given as its difference and its rounding, have what the other lacks, and by more than chance.
fn interchanged(off: &[(Money, Money)]) -> bool {
    let &[(one, half), (other, other_half)] = off else { return false };
    let slack = half + other_half;
    (one + other).abs() <= slack && one.abs() > Money::from(MUCH_LARGER) * slack
}

/// So much larger than the rounding must a difference be: small ones meet by chance.
const MUCH_LARGER: i64 = 5;

/// Whether a line's figures are costs that are written as positive figures: it is named as one, or added to one.
pub fn is_cost_line(statement: &Statement, line: usize) -> bool {
    let named = |line: usize| statement.lines()[line].concept.is_some_and(|found| kinds::is_cost(found.concept));
    let is_added = |sum: &LineSum| named(sum.result) && sum.terms.contains(&(line, 1));
    statement.cost_sign == -1 && (named(line) || statement.sums.iter().any(is_added))
}
