//! Which sums are differences written the other way round.
//!
//! `a = b + c` is the same equation as `c = a − b`, and the figures cannot say which of the two was meant. A line
//! that is negative here and there, where the others never are, or that is called a balance or a change, is what
//! is left over.

use std::collections::HashSet;

use super::Place;
use super::choose::Pattern;
use super::figures::Strip;
use super::standing::What;

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
    match (strip.left_over[first], strip.left_over[second]) {
        (false, true) => Some(second),
        (true, false) => Some(first),
        _ if total > 0 => None,
        _ if right > 0 && left == 0 => Some(second),
        _ if left > 0 && right == 0 => Some(first),
        _ => None,
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
