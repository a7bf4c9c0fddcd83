//! Which sums are differences written the other way round.
//!
//! `a = b + c` is the same equation as `c = a − b`, and the figures cannot say which of the two was meant. A line
//! that is negative here and there, where the others never are, or that is called a balance or a change, is what
//! is left over.

use std::cmp::Ordering;
use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::Place;
use super::choose::Pattern;
use super::figures::{State, Strip};
use super::standing::{self, BIT, Standing, What, bits};

/// What a sibling says at most in which two figures make nothing of each other.
const MOST_TO_ZERO: i32 = 8 * BIT;

/// Of the parts of a sum of two, the one that may be what the other leaves over: it is called so, or it is below zero
/// here and there where the others never are.
pub(super) fn may_be_rest(strip: &Strip, result: usize, terms: &[usize]) -> Option<usize> {
    let &[first, second] = terms else { return None };
    if strip.below_zero[result] > 0 {
        return None;
    }
    match (strip.below_zero[first] > 0, strip.below_zero[second] > 0) {
        (false, true) => Some(second),
        (true, false) => Some(first),
        _ => None,
    }
}

/// How a difference that is written as a sum stands in one sibling: where what is left over is blank, nothing was
/// taken away; where the two parts make nothing of each other, the blank result is zero.
pub(super) fn standing(strip: &Strip, sibling: usize, result: usize, terms: &[usize], rest: usize) -> Standing {
    let figures = strip.sibling(sibling);
    if figures[rest].state == State::Blank {
        return Standing::Absent;
    }
    let made: i64 = terms.iter().map(|&term| figures[term].value).sum();
    if figures[result].state == State::Blank && made == 0 && terms.iter().all(|&term| figures[term].value != 0) {
        let said = bits(figures[rest].value.unsigned_abs() / 10u64.pow(u32::from(figures[rest].zeros.min(18))));
        return Standing::Exact(said.min(MOST_TO_ZERO));
    }
    standing::standing(What::Sum, figures, result, terms, strip.fuzz)
}

/// The line that a sum of two leaves over, where it is one.
pub(super) fn rest(strip: &Strip, pattern: &Pattern) -> Option<usize> {
    let guess = &pattern.guess;
    let &[first, second] = guess.terms.as_slice() else { return None };
    if guess.what != What::Sum {
        return None;
    }
    let below_zero =
        |line: usize| (pattern.stretch.first..=pattern.stretch.last).filter(|&s| strip.get(s, line).value < 0).count();
    let (left, right, total) = (below_zero(first), below_zero(second), below_zero(guess.result));
    // What the signs say plainly, a wording far above does not unsay.
    match (strip.left_over[first], strip.left_over[second]) {
        _ if total == 0 && right > 1 && left == 0 => Some(second),
        _ if total == 0 && left > 1 && right == 0 => Some(first),
        (false, true) => Some(second),
        (true, false) => Some(first),
        _ if total > 0 => None,
        _ if right > 0 && left == 0 => Some(second),
        _ if left > 0 && right == 0 => Some(first),
        _ => None,
    }
}

/// The relations of one direction, by the lines that they make and by those that they leave over.
#[derive(Default)]
pub(super) struct ByLine<'p> {
    made: FxHashMap<usize, Vec<&'p Pattern>>,
    left_over: FxHashMap<usize, Vec<&'p Pattern>>,
}

impl<'p> ByLine<'p> {
    pub fn of(strip: &Strip, patterns: &'p [Pattern]) -> ByLine<'p> {
        let mut by_line = ByLine::default();
        for pattern in patterns {
            by_line.made.entry(pattern.guess.result).or_default().push(pattern);
            if let Some(rest) = rest(strip, pattern) {
                by_line.left_over.entry(rest).or_default().push(pattern);
            }
        }
        by_line
    }

    pub fn made(&self, line: usize) -> impl Iterator<Item = &'p Pattern> + '_ {
        self.made.get(&line).into_iter().flatten().copied()
    }

    fn left_over(&self, line: usize) -> impl Iterator<Item = &'p Pattern> + '_ {
        self.left_over.get(&line).into_iter().flatten().copied()
    }
}

/// Where the total of a sum of two is itself what another relation leaves over, it is not made twice: the part with
/// the finer figures is then what remains of it, and the other part was typed.
pub(super) fn typed(strip: &Strip, pattern: &Pattern, others: &ByLine) -> Option<usize> {
    let guess = &pattern.guess;
    let &[first, second] = guess.terms.as_slice() else { return None };
    let meets = |other: &&Pattern| {
        other.stretch.first.max(pattern.stretch.first) < other.stretch.last.min(pattern.stretch.last)
    };
    others.left_over(guess.result).find(meets)?;
    let zeros = |line: usize| -> u32 {
        let figures = (pattern.stretch.first..=pattern.stretch.last).map(|sibling| strip.get(sibling, line));
        figures.filter(|figure| figure.value != 0).map(|figure| u32::from(figure.zeros)).sum()
    };
    match zeros(first).cmp(&zeros(second)) {
        Ordering::Less => Some(first),
        Ordering::Greater => Some(second),
        Ordering::Equal => None,
    }
}

/// The cells that are differences of two others along their row or column, blanks counted as nothing.
pub(super) fn cells(
    strip: &Strip,
    pattern: &Pattern,
    rest: usize,
    place: impl Fn(usize, usize) -> Place,
    cells: &mut HashSet<Place>,
) {
    let other = pattern.guess.terms.iter().copied().find(|&term| term != rest).unwrap_or(rest);
    for sibling in 0..strip.siblings {
        let (a, b, c) = (strip.get(sibling, pattern.guess.result), strip.get(sibling, other), strip.get(sibling, rest));
        if c.is_number() && (a.is_number() || b.is_number()) && a.value - b.value == c.value {
            cells.insert(place(sibling, rest));
        }
    }
}
