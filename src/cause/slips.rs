//! What a slip of the pen does to a figure: from the figure that stands there to those it may have been meant to be.
//!
//! The classes are those of Scholtus (2008: signs, interchanges; 2009: digits interchanged, added, omitted, replaced),
//! with factors of ten, which come from units and lost zeros.

use crate::finding::Slip;

/// A figure that may have been meant, in steps of the last written decimal, and the slip that made it another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    pub steps: i128,
    pub slip: Slip,
}

/// Every figure that one slip may have turned into `written` (both in steps of the last written decimal), each once,
/// under its most plausible slip.
pub fn meant(written: i128) -> Vec<Meant> {
    let mut found: Vec<Meant> = Vec::new();
    if written == 0 {
        return found;
    }
    let sign = written.signum();
    let digits: Vec<u8> = written.unsigned_abs().to_string().bytes().map(|byte| byte - b'0').collect();
    found.push(Meant { steps: -written, slip: Slip::SignFlipped });
    for power in [10, 100, 1_000] {
        found.extend(written.checked_mul(power).map(|steps| Meant { steps, slip: Slip::Scaled }));
        if written % power == 0 {
            found.push(Meant { steps: written / power, slip: Slip::Scaled });
        }
    }
    let mut digits_meant = |slip: Slip, digits: &[u8]| {
        // Nobody writes a zero first, so no slip began with one.
        if digits.is_empty() || (digits[0] == 0 && digits.len() > 1) || digits.len() > 30 {
            return;
        }
        let value = digits.iter().fold(0i128, |value, digit| value * 10 + i128::from(*digit));
        found.push(Meant { steps: sign * value, slip });
    };
    for i in 1..digits.len() {
        let mut swapped = digits.clone();
        swapped.swap(i - 1, i);
        digits_meant(Slip::DigitsTransposed, &swapped);
    }
    for i in 0..digits.len() {
        let mut fewer = digits.clone();
        fewer.remove(i);
        digits_meant(Slip::DigitAdded, &fewer);
    }
    for i in 0..digits.len() {
        for digit in 0..10 {
            let mut other = digits.clone();
            other[i] = digit;
            digits_meant(Slip::DigitReplaced, &other);
        }
    }
    for i in 0..=digits.len() {
        for digit in 0..10 {
            let mut more = digits.clone();
            more.insert(i, digit);
            digits_meant(Slip::DigitOmitted, &more);
        }
    }
    found.retain(|meant| meant.steps != written);
    found.sort_by_key(|meant| (meant.steps, rarity(meant.slip)));
    found.dedup_by_key(|meant| meant.steps);
    found
}

/// What an operation costs in the search. The number of operations decides first: two that are named (8) cost more
/// than any single one, a figure without a reason is dearer than one with, and a relation that must lack a row
/// altogether is the last resort.
pub fn cost(slip: Slip) -> u32 {
    match slip {
        Slip::StaleValue | Slip::Copied => 5,
        Slip::Unknown => 6,
        Slip::RowMissing => 7,
        _ => NAMED,
    }
}

/// The least that any operation costs.
pub const NAMED: u32 = 4;

/// Ranks explanations that cost the same: how often the slip is made, times how little chance there is that a right
/// figure looks as if it had been made. A flipped sign leaves one candidate for each cell, a replaced digit fifty.
/// Frequencies after Scholtus 2009 (of 152 slips of digits: 112 replaced, 15 omitted, 14 interchanged, 11 added).
pub fn rarity(slip: Slip) -> u32 {
    match slip {
        Slip::SignFlipped => 1,
        Slip::SwappedCells => 2,
        Slip::WrongRow => 3,
        Slip::Scaled => 4,
        Slip::DigitsTransposed => 5,
        Slip::RowLeftOut => 6,
        Slip::RowCountedTwice => 7,
        Slip::DigitAdded => 8,
        Slip::DigitReplaced => 9,
        Slip::DigitOmitted => 10,
        Slip::StaleValue | Slip::Copied => 12,
        Slip::Rounded | Slip::UnitMislabelled => 13,
        Slip::Unknown => 14,
        Slip::RowMissing => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(written: i128, right: i128) -> Option<Slip> {
        meant(written).into_iter().find(|meant| meant.steps == right).map(|meant| meant.slip)
    }

    #[test]
    fn each_slip_is_known_by_what_it_did() {
        assert_eq!(slip(252_077, -252_077), Some(Slip::SignFlipped));
        assert_eq!(slip(2_031_572, 2_031_372), Some(Slip::DigitReplaced));
        assert_eq!(slip(858_379, 858_376), Some(Slip::DigitReplaced));
        assert_eq!(slip(12_354, 12_345), Some(Slip::DigitsTransposed));
        assert_eq!(slip(123_345, 12_345), Some(Slip::DigitAdded));
        assert_eq!(slip(1_245, 12_345), Some(Slip::DigitOmitted));
        assert_eq!(slip(12_345_000, 12_345), Some(Slip::Scaled));
        assert_eq!(slip(795_575, 795_393), None);
        assert!(meant(0).is_empty());
    }
}
