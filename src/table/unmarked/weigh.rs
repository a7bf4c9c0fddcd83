//! How much the figures themselves speak for a relation.
//!
//! Evidence is counted in bits: how unlikely it is that figures of this size agree by chance. A relation that
//! holds among large figures with many different digits in many siblings is certain; `3 = 1 + 2` once, or any
//! number of zeros, says next to nothing. Bits are kept as eighths, so that all stays in whole numbers.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::difference;
use super::figures::{Figure, Strip};
use super::hash::{Mixed, mix};
use super::standing::{BIT, Standing, What, standing};

/// What a sibling takes away where the relation does not hold.
const BROKEN: i32 = -6 * BIT;
/// What a sibling takes away that goes on from the stretch in which the relation holds, and breaks it.
const BEYOND: i32 = -3 * BIT;
/// So many of these are counted at most: what holds often enough holds, whatever table stands beside it.
const MOST_BEYOND: usize = 25;
/// Siblings further apart than this are of two tables.
const APART: u32 = 2;

/// What siblings say together at most in which only one part is not zero.
const MOST_PLAIN: i32 = 24 * BIT;

/// A stretch of siblings in which a relation holds, but for a few.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub first: usize,
    pub last: usize,
    pub evidence: i32,
    /// Siblings that hold and say something, that hold and say nothing, and that are off.
    pub held: u32,
    /// Of those that hold and say something, those that hold to the last step.
    pub exact: u32,
    pub trivial: u32,
    pub off: u32,
    /// Siblings in which a word stands in the place of a part.
    pub unknown: u32,
}

/// How far the pull may fall below its best before the stretch is over.
const FALL: i32 = 150;

/// The stretches of siblings in which the relation holds, with what they say for it.
pub(super) fn stretches(strip: &Strip, what: What, result: usize, terms: &[usize], apart: bool) -> Vec<Stretch> {
    let rest = if what == What::Sum { difference::may_be_rest(strip, result, terms) } else { None };
    let standings: Vec<Standing> = (0..strip.siblings)
        .map(|s| match rest {
            Some(rest) => difference::standing(strip, s, result, terms, rest),
            None => standing(what, strip.sibling(s), result, terms, strip.fuzz),
        })
        .collect();
    let scaled_part = if apart { 16 } else { 4 };
    let mut found = Vec::new();
    let mut from = 0;
    while from < standings.len() {
        if standings[from].pull() <= 0 {
            from += 1;
            continue;
        }
        let (mut pull, mut best, mut last) = (0, 0, from);
        for (i, standing) in standings.iter().enumerate().skip(from) {
            pull += standing.pull();
            if pull > best && standing.pull() > 0 {
                (best, last) = (pull, i);
            }
            if pull < best - FALL {
                break;
            }
        }
        let mut stretch = sum_up(strip, (what, result, terms), &standings, from..=last, scaled_part);
        // Another table begins where siblings are left out, or where there is no result.
        let joined = |i: &usize| standings[*i] != Standing::Absent;
        let near = |a: usize, b: usize| strip.sibling_at[b] - strip.sibling_at[a] <= APART;
        let before = (0..from).rev().take_while(|&i| near(i, i + 1) && joined(&i));
        let after = (last + 1..standings.len()).take_while(|&i| near(i - 1, i) && joined(&i));
        let beyond = before.chain(after).filter(|&i| standings[i] == Standing::Off).take(MOST_BEYOND).count();
        stretch.evidence += BEYOND * beyond as i32;
        if stretch.held > 0 {
            found.push(stretch);
        }
        from = last + 1;
    }
    found
}

/// The figures themselves, as one number.
fn values(figures: &[Figure], result: usize, terms: &[usize]) -> u64 {
    terms.iter().fold(mix(3, figures[result].value as u64), |print, &term| mix(print, figures[term].value as u64))
}

/// What part of the sum each term is, roughly: the same for siblings that only scale each other.
fn shares(figures: &[Figure], result: usize, terms: &[usize]) -> u64 {
    let total = figures[result].value;
    terms.iter().fold(0, |print, &term| match total {
        0 => mix(print, figures[term].value as u64),
        _ => mix(print, (i128::from(figures[term].value) * 512 / i128::from(total)) as u64),
    })
}

/// Adds up what the siblings say; one that repeats another says nothing new, and one that scales it little.
fn sum_up(
    strip: &Strip,
    (what, result, terms): (What, usize, &[usize]),
    standings: &[Standing],
    range: RangeInclusive<usize>,
    scaled_part: i32,
) -> Stretch {
    let (first, last) = (*range.start(), *range.end());
    let mut seen: HashSet<u64, Mixed> = HashSet::default();
    let mut stretch = Stretch { first, last, evidence: 0, held: 0, exact: 0, trivial: 0, off: 0, unknown: 0 };
    let mut plain = 0;
    for (sibling, &standing) in standings.iter().enumerate().take(last + 1).skip(first) {
        match standing {
            Standing::Exact(evidence) | Standing::Rounded(evidence) => {
                let figures = strip.sibling(sibling);
                let copy = !seen.insert(values(figures, result, terms));
                let scaled = what == What::Sum && !seen.insert(shares(figures, result, terms));
                stretch.evidence += if copy {
                    0
                } else if scaled {
                    evidence / scaled_part
                } else {
                    evidence
                };
                stretch.held += 1;
                stretch.exact += u32::from(matches!(standing, Standing::Exact(_)));
            }
            Standing::Trivial => {
                let total = strip.get(sibling, result).value;
                if total != 0 && seen.insert(mix(7, total as u64)) {
                    plain += BIT;
                }
                stretch.trivial += 1;
            }
            Standing::Off => {
                stretch.evidence += BROKEN;
                stretch.off += 1;
            }
            Standing::Unknown => stretch.unknown += 1,
            Standing::Absent => {}
        }
    }
    if stretch.held > 0 {
        stretch.evidence += plain.min(MOST_PLAIN).min(stretch.evidence.max(0));
    }
    stretch
}
