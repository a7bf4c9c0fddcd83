//! Guesses of sums whose parts lie apart: two lines anywhere near, and lines at a fixed step.

use super::figures::Strip;
use super::guess::{Guesses, LONG, Shape};
use super::standing::{What, bits};

/// At most so many siblings are asked.
const ASKED: usize = 160;
/// Two parts lie within so many figures of their sum, in strips of few and of many lines.
const NEAR: usize = 48;
const NEAR_IN_LONG: usize = 16;
/// Steps are sought in strips of at most so many lines.
const STEPPED: usize = 240;
/// The sum of lines at a step stands within so many lines of the first or the last.
const STEPS_AWAY: usize = 12;

/// Two lines whose sum is a third, none far from the others.
pub(super) fn pairs(strip: &Strip, guesses: &mut Guesses) {
    let asked = strip.filled(ASKED);
    // In long strips small figures make sums everywhere.
    let (least, near) = match strip.lines > LONG {
        true => (bits(strip.lines as u64) / 2, NEAR_IN_LONG),
        false => (0, NEAR),
    };
    let mut sorted: Vec<(i64, usize)> = Vec::new();
    for result in 0..strip.lines {
        for (sibling, lines) in &asked {
            let Ok(at) = lines.binary_search(&result) else { continue };
            let figures = strip.sibling(*sibling);
            let window = &lines[at.saturating_sub(near)..lines.len().min(at + near + 1)];
            sorted.clear();
            sorted.extend(window.iter().filter(|&&line| line != result).map(|&line| (figures[line].value, line)));
            sorted.sort_unstable();
            let total = figures[result];
            let room = total.unit + strip.fuzz * 2;
            let (mut low, mut high) = (0, sorted.len());
            while low + 1 < high {
                let sum = sorted[low].0 + sorted[high - 1].0;
                if sum > total.value + room {
                    high -= 1;
                    continue;
                }
                // Every partner of `low` in reach.
                for &(value, other) in sorted[low + 1..high].iter().rev() {
                    if sorted[low].0 + value < total.value - room {
                        break;
                    }
                    let told = sorted[low].0.unsigned_abs().min(value.unsigned_abs());
                    if bits(told) >= least {
                        let (a, b) = (sorted[low].1, other);
                        guesses.add(strip, *sibling, What::Sum, result, &[a.min(b), a.max(b)], Shape::Pair);
                    }
                }
                low += 1;
            }
        }
        guesses.settle();
    }
}

/// Lines at a fixed step whose sum stands before the first or after the last of them.
pub(super) fn steps(strip: &Strip, guesses: &mut Guesses) {
    if strip.lines > STEPPED {
        return;
    }
    let mut asked = strip.filled(ASKED / 4);
    for (sibling, order) in &mut asked {
        order.sort_by_key(|&line| strip.get(*sibling, line).value);
    }
    for step in 2..=strip.lines / 2 {
        for (sibling, order) in &asked {
            for first in 0..strip.lines {
                steps_from(strip, (*sibling, order), first, step, guesses);
            }
        }
        guesses.settle();
    }
}

fn steps_from(strip: &Strip, (sibling, order): (usize, &[usize]), first: usize, step: usize, guesses: &mut Guesses) {
    let figures = strip.sibling(sibling);
    let (mut sum, mut parts) = (0i64, 0);
    for line in (first..strip.lines).step_by(step).filter(|&line| figures[line].value != 0) {
        sum = sum.saturating_add(figures[line].value);
        parts += 1;
        if parts < 2 {
            continue;
        }
        let room = figures[line].unit * 2 + strip.fuzz * 4;
        let start = order.partition_point(|&other| figures[other].value < sum - room);
        let hits = order[start..].iter().take_while(|&&other| figures[other].value <= sum + room);
        for &result in hits.take(6) {
            let near = result + STEPS_AWAY >= first && result <= line + STEPS_AWAY;
            if near && (result < first || result > line) {
                let terms: Vec<usize> = (first..=line).step_by(step).collect();
                guesses.add(strip, sibling, What::Sum, result, &terms, Shape::Step);
            }
        }
    }
}
