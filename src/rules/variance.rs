//! Which way a column of variances is computed.

use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::statement::{Statement, kinds};

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
        .filter(|(_, column)| column.measure != Some(Measure::Variance))
        .map(|(i, _)| i)
        .collect();
    let costs = cost_lines(statement);
    let mut best: Option<((usize, bool, bool), usize, Convention)> = None;
    let mut tested_most = 0;
    for &from in &columns {
        for &less in columns.iter().filter(|&&less| less != from) {
            for favourable in [false, true] {
                let convention = Convention { from, less, favourable };
                let Followed { tested, held, still } = follow(statement, &costs, variance, convention);
                tested_most = tested_most.max(tested);
                let rank = (held, is_budget_pair(statement, from, less) && !favourable, !favourable);
                if held > 0 && best.is_none_or(|(best, ..)| rank > best) {
                    best = Some((rank, still, convention));
                }
            }
        }
    }
    let ((held, ..), still, convention) = best?;
    // One row of two is no evidence; half of many is.
    ((held + still) * 2 >= tested_most && (held >= 2 || tested_most == 1)).then_some(convention)
}

fn is_budget_pair(statement: &Statement, from: usize, less: usize) -> bool {
    let measure = |column: usize| statement.columns()[column].measure;
    let pair = [measure(from), measure(less)];
    pair.contains(&Some(Measure::Actual)) && pair.contains(&Some(Measure::Budget))
}

/// How many rows have a variance and both figures.
struct Followed {
    tested: usize,
    /// So many have a variance, and it follows.
    held: usize,
    /// So many do not vary: they follow any convention.
    still: usize,
}

/// How many rows follow a convention. Two that are off by the same amount in
/// opposite directions follow too: their variances, or what they are of, have changed places, which is a slip to be
/// told.
fn follow(statement: &Statement, costs: &[bool], variance: usize, convention: Convention) -> Followed {
    let (mut tested, mut held, mut still) = (0, 0, 0);
    let mut off: Vec<(Money, Money)> = Vec::new();
    for (line, &is_cost) in costs.iter().enumerate() {
        let figure = |column| statement.or_nothing(line, column, 1).figure;
        let (Some(stated), Some(from), Some(less)) =
            (statement.interval(line, variance), figure(convention.from), figure(convention.less))
        else {
            continue;
        };
        let turn = if convention.favourable && is_cost { -1 } else { 1 };
        let difference = Interval::exact(Money::ZERO).plus(turn, from).plus(-turn, less);
        tested += 1;
        match stated.closeness(difference) {
            Closeness::Off => off.push((stated.middle - difference.middle, stated.half + difference.half)),
            _ if stated.middle.is_zero() => still += 1,
            _ => held += 1,
        }
    }
    // They alone would follow any convention.
    Followed { tested, held: held + if held > 0 && interchanged(&off) { 2 } else { 0 }, still }
}

/// Whether two rows, each given as its difference and its rounding, have what the other lacks, and by more than chance.
fn interchanged(off: &[(Money, Money)]) -> bool {
    let &[(one, half), (other, other_half)] = off else { return false };
    let slack = half + other_half;
    (one + other).abs() <= slack && one.abs() > Money::from(MUCH_LARGER) * slack
}

/// So much larger than the rounding must a difference be: small ones meet by chance.
const MUCH_LARGER: i64 = 5;

/// Which lines' figures are costs that are written as positive figures: their wording says so, or the total of costs that
/// adds them.
pub fn cost_lines(statement: &Statement) -> Vec<bool> {
    let count = statement.lines().len();
    if statement.cost_sign >= 0 {
        return vec![false; count];
    }
    let mut totals = vec![Vec::new(); count];
    for sum in &statement.sums {
        sum.terms.iter().filter(|(_, sign)| *sign == 1).for_each(|&(term, _)| totals[term].push(sum.result));
    }
    (0..count).map(|line| is_cost(statement, &totals, line, MOST_LEVELS)).collect()
}

/// No table has totals of totals of more levels.
const MOST_LEVELS: usize = 4;

/// `totals` are the results of the sums that add each line.
fn is_cost(statement: &Statement, totals: &[Vec<usize>], line: usize, levels: usize) -> bool {
    match statement.lines()[line].concept.map(|found| found.concept) {
        Some(concept) if kinds::is_cost(concept) => true,
        Some(concept) if kinds::is_income(concept) || kinds::is_result(concept) => false,
        _ if levels == 0 => false,
        _ => totals[line].iter().any(|&total| is_cost(statement, totals, total, levels - 1)),
    }
}
