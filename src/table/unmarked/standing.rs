//! How a relation stands in one sibling: whether it holds there, and how much that says.

use super::figures::{Figure, State};

/// One bit of evidence.
pub(super) const BIT: i32 = 8;

/// What a relation says of its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Sum,
    Average,
    /// The first term divided by the second, times a hundred where `percent`.
    Ratio {
        percent: bool,
    },
    /// The change from the first term to the second as a share of the first.
    Change {
        percent: bool,
    },
}

impl What {
    /// A number for each, to tell guesses apart.
    pub fn key(self) -> u64 {
        match self {
            What::Sum => 1,
            What::Average => 2,
            What::Ratio { percent } => 3 + u64::from(percent),
            What::Change { percent } => 5 + u64::from(percent),
        }
    }
}

/// The standing of a relation in one sibling.
pub(super) fn standing(what: What, figures: &[Figure], result: usize, terms: &[usize], fuzz: i64) -> Standing {
    match what {
        What::Sum => sum(figures, result, terms, fuzz),
        What::Average => average(figures, result, terms),
        What::Ratio { percent } => {
            let part = figures[terms[0]];
            match part.is_number() {
                true => ratio(figures[result], (part.value, part.coarse()), figures[terms[1]], percent),
                false => Standing::Absent,
            }
        }
        What::Change { percent } => {
            let (from, to) = (figures[terms[0]], figures[terms[1]]);
            match to.is_number() {
                true => ratio(figures[result], (to.value - from.value, to.coarse() + from.coarse()), from, percent),
                false => Standing::Absent,
            }
        }
    }
}

/// What rounded figures must pay, for fewer relations are rounded than exact.
const ROUNDED: i32 = -2 * BIT;
/// What one sibling can say at most: beyond this it is no longer chance, but perhaps one figure typed twice.
const MOST_FROM_ONE: i32 = 20 * BIT;

/// How a relation stands in one sibling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// There is no result, or nothing to make it of.
    Absent,
    /// It holds, but so would anything: zeros, or one part alone.
    Trivial,
    Exact(i32),
    /// Off by no more than rounding explains.
    Rounded(i32),
    Off,
    /// Off, but some part is not a figure (a value kept secret).
    Unknown,
}

impl Standing {
    pub fn holds(self) -> bool {
        matches!(self, Standing::Trivial | Standing::Exact(_) | Standing::Rounded(_))
    }

    /// How far the run of siblings in which the relation holds is carried on or broken off by this one.
    pub fn pull(self) -> i32 {
        match self {
            Standing::Absent | Standing::Unknown => 0,
            Standing::Trivial => 1,
            Standing::Exact(_) => 20,
            Standing::Rounded(_) => 15,
            Standing::Off => -50,
        }
    }
}

/// log₂ in eighths of a bit.
pub(super) fn bits(value: u64) -> i32 {
    if value < 2 {
        return 0;
    }
    let whole = 63 - value.leading_zeros();
    let fraction = if whole >= 3 { (value >> (whole - 3)) & 7 } else { (value << (3 - whole)) & 7 };
    whole as i32 * BIT + fraction as i32
}

/// The standing of `result = Σ terms` in one sibling.
fn sum(figures: &[Figure], result: usize, terms: &[usize], fuzz: i64) -> Standing {
    let total = figures[result];
    if !total.is_number() {
        return Standing::Absent;
    }
    let (mut sum, mut size, mut largest, mut parts, mut words) = (0i64, 0i64, 0i64, 0i64, false);
    let mut copied = false;
    let (mut zeros, mut unit, mut numbers) = (total.zeros, total.unit, 0);
    if total.value == 0 {
        (zeros, unit) = (u8::MAX, 1);
    }
    for &term in terms {
        let figure = figures[term];
        if !figure.is_number() {
            words |= figure.state == State::Word;
            continue;
        }
        copied |= total.value != 0 && figure.value == total.value;
        numbers += 1;
        if figure.value != 0 {
            sum = sum.saturating_add(figure.value);
            size = size.saturating_add(figure.value.abs());
            largest = largest.max(figure.value.abs());
            parts += 1;
            zeros = zeros.min(figure.zeros);
            unit = unit.max(figure.unit);
        }
    }
    if numbers == 0 {
        return Standing::Absent;
    }
    let off = sum.abs_diff(total.value) as i64;
    let slack = if fuzz > 0 { 1 + (parts as u64).isqrt() as i64 } else { 0 };
    let exact = off <= slack;
    let rest = size - largest;
    if rest == 0 {
        return match exact {
            true => Standing::Trivial,
            false if words || (parts == 0 && numbers < terms.len()) => Standing::Unknown,
            false => Standing::Off,
        };
    }
    if exact && copied {
        // One part alone makes the total, and the others make nothing of each other.
        return Standing::Trivial;
    }
    if exact {
        let step = 10u64.pow(u32::from(zeros.min(18)));
        let chance = bits(rest as u64 / step + 1) - if step == 1 { bits(2 * slack as u64 + 1) } else { 0 };
        return Standing::Exact(chance.clamp(0, MOST_FROM_ONE));
    }
    let step = unit.max(1);
    let room = most_rounding(parts);
    if off <= room.saturating_mul(step) {
        let chance = bits((rest / step) as u64 + 1) - bits(2 * room as u64 + 1) + ROUNDED;
        return Standing::Rounded(chance.clamp(0, MOST_FROM_ONE));
    }
    if words { Standing::Unknown } else { Standing::Off }
}

/// How many steps the sum of so many rounded parts may be off: hardly ever more than two standard
/// deviations of as many uniform errors.
fn most_rounding(parts: i64) -> i64 {
    parts.min(1 + (parts as u64).isqrt() as i64)
}

/// `result = (Σ terms) / n`, n being the number of terms that are figures.
fn average(figures: &[Figure], result: usize, terms: &[usize]) -> Standing {
    let mean = figures[result];
    let numbers = || terms.iter().map(|&term| figures[term]).filter(|figure| figure.is_number());
    let count = numbers().count() as i64;
    if !mean.is_number() || count == 0 {
        return Standing::Absent;
    }
    let total = numbers().fold(0i64, |total, figure| total.saturating_add(figure.value));
    let off = total.abs_diff(mean.value.saturating_mul(count)) as i64;
    // Half a step of the written mean, and a little for cut binary numbers among the terms.
    if off > (mean.step * count).max(count + 1) {
        return Standing::Off;
    }
    if 2 * off > (mean.step * count).max(2 * count + 2) {
        return Standing::Unknown;
    }
    // Means of many figures that lie close together come close to anything near them.
    let apart = numbers().fold(0u64, |apart, figure| apart.saturating_add(figure.value.abs_diff(mean.value)));
    if apart == 0 {
        return Standing::Trivial;
    }
    let spread = apart / count as u64 / (count as u64).isqrt().max(1);
    let rough = 10u64.pow(u32::from(mean.zeros.min(17))).max(mean.step as u64);
    Standing::Exact(bits(2 * spread / rough + 1).min(MOST_FROM_ONE))
}

/// `result = part / whole`: the written share times the whole is the part, within half a step of the share,
/// or within what the rounding of part and whole allows.
fn ratio(share: Figure, part: (i64, i64), whole: Figure, percent: bool) -> Standing {
    if !share.is_number() || !whole.is_number() || whole.value == 0 {
        return Standing::Absent;
    }
    let scale = i128::from(share.one) * if percent { 100 } else { 1 };
    let (stated, whole, whole_unit) = (i128::from(share.value), i128::from(whole.value), i128::from(whole.coarse()));
    let (part, part_unit) = (i128::from(part.0) * scale, i128::from(part.1) * scale);
    let off = 2 * (part - stated * whole).abs();
    let room = i128::from(share.step) * whole.abs();
    if part == 0 && share.value == 0 {
        return Standing::Trivial;
    }
    if off > room + room / 32 {
        let rounded = room + part_unit + stated.abs() * whole_unit;
        if off > rounded {
            return if off <= 3 * room { Standing::Rounded(0) } else { Standing::Off };
        }
        let told = (2 * part.abs() / rounded.max(1)) as u64;
        return Standing::Rounded((bits(told) + ROUNDED).clamp(0, 6 * BIT));
    }
    if part == 0 || stated * whole == whole * i128::from(share.one) {
        return Standing::Trivial;
    }
    let rough = 10i64.pow(u32::from(share.zeros.min(17))).max(share.step);
    Standing::Exact(bits((share.value.abs() / rough) as u64 + 1).min(MOST_FROM_ONE))
}
