//! Guesses of averages, ratios and relative changes.

use super::figures::{Figure, Strip};
use super::guess::{self, Guesses, Shape, View};
use super::standing::What;

/// At most so many siblings are asked.
const ASKED: usize = 40;
/// A ratio and its terms lie within so many lines, in strips with few and with many lines.
const NEAR: usize = 40;
const NEAR_IN_LONG: usize = 12;
const NEAR_IN_VERY_LONG: usize = 3;
/// From so many figures in a sibling on, it is long.
const LONG: usize = 120;
/// A share beyond this is no share.
const MOST_TIMES: i64 = 1000;

/// Ratios `a = b / c` and changes `a = (c − b) / b` of any lines near each other.
pub(super) fn ratios(strip: &Strip, guesses: &mut Guesses) {
    let asked = strip.filled(ASKED);
    let mut sorted: Vec<(i64, usize)> = Vec::new();
    // Result by result, so that the guesses that come to nothing can be forgotten.
    for result in 0..strip.lines {
        for &(sibling, ref lines) in &asked {
            let Ok(i) = lines.binary_search(&result) else { continue };
            let figures = strip.sibling(sibling);
            let near = match lines.len() {
                count if count > guess::LONG => NEAR_IN_VERY_LONG,
                count if count > LONG => NEAR_IN_LONG,
                _ => NEAR,
            };
            let share = figures[result];
            if share.value.abs() > MOST_TIMES * share.one || bare(share) {
                continue;
            }
            let around = &lines[i.saturating_sub(near)..lines.len().min(i + near + 1)];
            sorted.clear();
            sorted.extend(around.iter().filter(|&&line| line != result).map(|&line| (figures[line].value, line)));
            sorted.sort_unstable();
            let unit = around.iter().map(|&line| figures[line].coarse()).max().unwrap_or(0);
            for &whole in around.iter().filter(|&&whole| whole != result) {
                for percent in [false, true] {
                    if !percent_fits(share, percent) {
                        continue;
                    }
                    let Some(span) = Span::of(share, figures[whole], percent, unit) else { continue };
                    for from in [0, figures[whole].value] {
                        let start = sorted.partition_point(|&(value, _)| value < from.saturating_add(span.low));
                        let parts = sorted[start..].iter().take_while(|part| part.0 <= from.saturating_add(span.high));
                        for &(_, part) in parts.filter(|&&(_, part)| part != whole) {
                            quotients(strip, sibling, result, (part, whole), percent, from != 0, guesses);
                        }
                    }
                }
            }
        }
        guesses.settle();
    }
}

/// Between which figures a part (or a change) lies that makes about the share of the whole.
struct Span {
    low: i64,
    high: i64,
}

impl Span {
    fn of(share: Figure, whole: Figure, percent: bool, unit: i64) -> Option<Span> {
        let scale = i128::from(share.one) * if percent { 100 } else { 1 };
        let middle = i128::from(share.value) * i128::from(whole.value);
        let coarse = i128::from(whole.coarse());
        let room = i128::from(share.step) * i128::from(whole.value.abs())
            + (i128::from(unit) + coarse) * scale
            + i128::from(share.value.abs()) * coarse;
        let (low, high) = ((middle - room / 2) / scale - 1, (middle + room / 2) / scale + 1);
        Some(Span { low: i64::try_from(low).ok()?, high: i64::try_from(high).ok()? })
    }
}

/// A share of one significant digit says nothing.
fn bare(share: Figure) -> bool {
    share.value.unsigned_abs() / 10u64.pow(u32::from(share.zeros.min(18))) < 10
        && share.step == share.one
        && !share.percent
}

/// A figure with a percent sign counts in percent.
fn percent_fits(share: Figure, percent: bool) -> bool {
    percent || !share.percent
}

fn quotients(
    strip: &Strip,
    sibling: usize,
    result: usize,
    (part, whole): (usize, usize),
    percent: bool,
    change: bool,
    guesses: &mut Guesses,
) {
    let figures = strip.sibling(sibling);
    let (share, first, second) = (figures[result], figures[part], figures[whole]);
    let scale = i128::from(share.one) * if percent { 100 } else { 1 };
    let (stated, whole_size) = (i128::from(share.value), i128::from(second.value));
    let near = |part: i64, unit: i64| {
        let off = 2 * (i128::from(part) * scale - stated * whole_size).abs();
        let room = i128::from(share.step) * whole_size.abs();
        // A share of figures that are rounded coarsely need not be theirs to the last step.
        let rounded = i128::from(unit) * scale + stated.abs() * i128::from(second.coarse());
        off <= room || (off <= room + rounded && i128::from(part.abs()) * scale > 16 * rounded)
    };
    if !change && near(first.value, first.coarse()) {
        guesses.add(strip, sibling, What::Ratio { percent }, result, &[part, whole], Shape::Quotient);
    }
    if change && near(first.value - second.value, first.coarse() + second.coarse()) {
        guesses.add(strip, sibling, What::Change { percent }, result, &[whole, part], Shape::Quotient);
    }
}

/// An average stands so many lines from the first or the last that it is made of.
const GAPS: usize = 4;
/// An average is made of so many figures at most.
const LONGEST: usize = 1000;

/// Averages of the lines before or after.
pub(super) fn averages(strip: &Strip, guesses: &mut Guesses) {
    let every = strip.siblings.div_ceil(ASKED).max(1);
    for sibling in (0..strip.siblings).step_by(every) {
        let figures = strip.sibling(sibling);
        let lines: Vec<usize> = (0..strip.lines).filter(|&line| figures[line].is_number()).collect();
        let longest = if lines.len() > LONGEST { LONG } else { LONGEST };
        for (i, &result) in lines.iter().enumerate() {
            if figures[result].value == 0 {
                continue;
            }
            for gap in 0..=(if lines.len() > LONGEST { 0 } else { GAPS }) {
                let shape = Shape::Run { view: View::All, gap: gap as u8 };
                let before: Vec<usize> = lines[..i.saturating_sub(gap)].iter().rev().take(longest).copied().collect();
                grow(strip, sibling, result, &before, shape, guesses);
                let after: Vec<usize> = lines[(i + 1 + gap).min(lines.len())..].iter().take(longest).copied().collect();
                grow(strip, sibling, result, &after, shape, guesses);
            }
        }
    }
}

/// Takes line after line and notes where their mean is the result.
fn grow(strip: &Strip, sibling: usize, result: usize, lines: &[usize], shape: Shape, guesses: &mut Guesses) {
    let figures = strip.sibling(sibling);
    let (mean, mut total, mut apart) = (figures[result], 0i64, false);
    let mut terms = Vec::new();
    for (i, &line) in lines.iter().enumerate() {
        total = total.saturating_add(figures[line].value);
        apart |= figures[line].value != mean.value;
        let count = i as i64 + 1;
        let off = total.abs_diff(mean.value.saturating_mul(count)) as i64;
        if count >= 2 && apart && 2 * off <= (mean.step * count).max(2 * count + 2) {
            let (low, high) = (lines[0].min(line), lines[0].max(line));
            terms.clear();
            terms.extend(low..=high);
            guesses.add(strip, sibling, What::Average, result, &terms, shape);
        }
    }
}
