//! What a slip of the pen does to a figure: from the figure that stands there to those it may have been meant to be.
//!
//! The classes are those of Scholtus (2008: signs, interchanges; 2009: digits interchanged, added, omitted, replaced),
//! with factors of ten, which come from units and lost zeros.

use std::sync::OnceLock;

use super::system::Cell;
use crate::finding::Slip;
use crate::money::Money;

/// A figure that may have been meant, and the slip that made it another: its digits, and how many of them stand after
/// the decimal sign. A digit lost or added there changes their number: 1,2 becomes 1,92.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    pub digits: i128,
    pub decimals: u32,
    pub slip: Slip,
}

/// Every figure that one slip may have turned into the one written with these digits, of which so many are decimals.
/// A figure may come twice, under two slips.
pub fn meant(written: i128, decimals: u32) -> Vec<Meant> {
    let mut found: Vec<Meant> = Vec::new();
    if written == 0 {
        return found;
    }
    let sign = written.signum();
    let value = written.abs();
    found.push(Meant { digits: -written, decimals, slip: Slip::SignFlipped });
    for (places, power) in [(1, 10), (2, 100), (3, 1_000)] {
        let slip = Slip::Scaled;
        found.extend(written.checked_mul(power).map(|digits| Meant { digits, decimals, slip }));
        found.push(Meant { digits: written, decimals: decimals + places, slip });
    }
    // At least one digit stands before the decimal sign: 0,01 is 0 0 1.
    let length = (value.ilog10() + 1).max(decimals + 1);
    if length > MOST_DIGITS + 1 {
        return found;
    }
    // The digits from the right: the last is at place 0.
    let digit = |place: u32| value / POWERS[place as usize] % 10;
    let right_of = |place: u32| value % POWERS[place as usize];
    let left_of = |place: u32| value / POWERS[place as usize + 1];
    let mut add = |slip: Slip, length: u32, digits: i128, decimals: u32| {
        // Nobody writes a zero first, so no slip began with one.
        let zero_first = length - decimals > 1 && digits < POWERS[length as usize - 1];
        if length > decimals && length <= MOST_DIGITS && !zero_first {
            found.push(Meant { digits: sign * digits, decimals, slip });
        }
    };
    for place in (1..length).rev() {
        let apart = digit(place - 1) - digit(place);
        let swapped = value + apart * (POWERS[place as usize] - POWERS[place as usize - 1]);
        add(Slip::DigitsTransposed, length, swapped, decimals);
    }
    for place in (0..length).rev() {
        let fewer = left_of(place) * POWERS[place as usize] + right_of(place);
        add(Slip::DigitAdded, length - 1, fewer, decimals);
        if place < decimals {
            add(Slip::DigitAdded, length - 1, fewer, decimals - 1);
        }
    }
    for place in (0..length).rev() {
        for other in 0..10 {
            add(Slip::DigitReplaced, length, value + (other - digit(place)) * POWERS[place as usize], decimals);
        }
    }
    // A new digit stands to the left of so many others.
    for place in (0..=length).rev() {
        let (left, right) = (value / POWERS[place as usize], right_of(place));
        for new in 0..10 {
            let more = (left * 10 + new) * POWERS[place as usize] + right;
            add(Slip::DigitOmitted, length + 1, more, decimals);
            if place <= decimals {
                add(Slip::DigitOmitted, length + 1, more, decimals + 1);
            }
        }
    }
    found.retain(|meant| (meant.digits, meant.decimals) != (written, decimals));
    found
}

/// No figure that was meant has more digits.
const MOST_DIGITS: u32 = 30;

const POWERS: [i128; MOST_DIGITS as usize + 3] = {
    let mut powers = [1; MOST_DIGITS as usize + 3];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// What a figure may have been meant to be, found when it is first asked for. A copy, which may be given another value,
/// asks anew.
#[derive(Debug, Default)]
pub struct Meanings(OnceLock<Vec<(i128, Slip)>>);

impl Clone for Meanings {
    fn clone(&self) -> Meanings {
        Meanings::default()
    }
}

impl Meanings {
    pub fn of(&self, cell: &Cell) -> &[(i128, Slip)] {
        self.0.get_or_init(|| of_cell(cell))
    }
}

/// What a cell may have been meant to hold, in the steps of its system. Zeros after the decimal sign are often not
/// written, so the digits are those of every form down to the finest that its table has.
pub fn of_cell(cell: &Cell) -> Vec<(i128, Slip)> {
    let mut found = Vec::new();
    let mut one_step = cell.one.max(cell.step);
    for decimals in 0.. {
        if one_step <= cell.written && cell.value % one_step == 0 {
            for meant in meant(cell.value / one_step, decimals) {
                let (digits, finer) = match meant.decimals.checked_sub(decimals) {
                    Some(more) => (meant.digits, 10i128.pow(more)),
                    None => (meant.digits.saturating_mul(10i128.pow(decimals - meant.decimals)), 1),
                };
                let to = digits.saturating_mul(one_step);
                let step = finer * cell.finest;
                // Whole steps of one are most, and dividing so wide a number is slow.
                if step == 1 || to % step == 0 {
                    found.push((if finer == 1 { to } else { to / finer }, meant.slip));
                }
            }
        }
        if one_step <= cell.finest || one_step % 10 != 0 {
            break;
        }
        one_step /= 10;
    }
    found
}

/// The likeliest slip that makes one figure of another, both written with no more than so many decimals.
pub fn between(written: Money, right: Money, decimals: u32) -> Option<Slip> {
    let (written, right) = (written.scaled(decimals)?, right.scaled(decimals)?);
    let same = |meant: &Meant| {
        let shift = |more: u32| right.checked_mul(10i128.pow(more));
        match meant.decimals.checked_sub(decimals) {
            Some(more) => shift(more) == Some(meant.digits),
            None => meant.digits.checked_mul(10i128.pow(decimals - meant.decimals)) == Some(right),
        }
    };
    let found = meant(written, decimals).into_iter().filter(same);
    found.map(|meant| meant.slip).min_by_key(|&slip| rarity(slip))
}

/// What an operation costs in the search. The number of operations decides first: two that are named (8) cost more
/// than any single one, a figure without a reason is dearer than one with, and a relation that must lack a row
/// altogether is the last resort.
pub fn cost(slip: Slip) -> u32 {
    match slip {
        Slip::StaleValue | Slip::Copied | Slip::Rounded => 5,
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
        Slip::Rounded => 11,
        Slip::StaleValue | Slip::Copied => 12,
        Slip::UnitMislabelled => 13,
        Slip::Unknown => 14,
        Slip::RowMissing => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The likeliest slip between two figures, each as its digits and decimals.
    fn slip(written: (i128, u32), right: (i128, u32)) -> Option<Slip> {
        let value = |digits: i128, decimals: u32| digits * 10i128.pow(6 - decimals);
        let same = |meant: &Meant| value(meant.digits, meant.decimals) == value(right.0, right.1);
        let found = meant(written.0, written.1).into_iter().filter(same);
        found.map(|meant| meant.slip).min_by_key(|&slip| rarity(slip))
    }

    #[test]
    fn each_slip_is_known_by_what_it_did() {
        let whole = |written: i128, right: i128| slip((written, 0), (right, 0));
        assert_eq!(whole(252_077, -252_077), Some(Slip::SignFlipped));
        assert_eq!(whole(2_031_572, 2_031_372), Some(Slip::DigitReplaced));
        assert_eq!(whole(858_379, 858_376), Some(Slip::DigitReplaced));
        assert_eq!(whole(12_354, 12_345), Some(Slip::DigitsTransposed));
        assert_eq!(whole(123_345, 12_345), Some(Slip::DigitAdded));
        assert_eq!(whole(1_245, 12_345), Some(Slip::DigitOmitted));
        assert_eq!(whole(12_345_000, 12_345), Some(Slip::Scaled));
        assert_eq!(whole(795_575, 795_393), None);
        assert!(meant(0, 0).is_empty());
    }

    #[test]
    fn digits_are_lost_and_added_on_both_sides_of_the_decimal_sign() {
        assert_eq!(slip((192, 2), (12, 1)), Some(Slip::DigitAdded));
        assert_eq!(slip((16_319, 2), (1_639, 1)), Some(Slip::DigitAdded));
        assert_eq!(slip((12, 1), (192, 2)), Some(Slip::DigitOmitted));
        assert_eq!(slip((469_920, 0), (46_992, 1)), Some(Slip::Scaled));
        assert_eq!(slip((46_992, 0), (46_992, 1)), Some(Slip::Scaled));
        assert_eq!(slip((105, 2), (15, 2)), Some(Slip::DigitsTransposed));
        assert_eq!(slip((15, 2), (105, 2)), Some(Slip::DigitsTransposed));
        let (written, right) = (Money::new(1_275, 2), Money::new(125, 1));
        assert_eq!(between(written, right, 2), Some(Slip::DigitAdded), "12,75 for 12,5");
    }

    #[test]
    fn a_cell_was_meant_to_hold_what_its_table_can_write() {
        let at = crate::grid::At { grid: 0, row: 0, col: 0 };
        // 125 kronor, counted in ören, in a table that writes tenths.
        let cell = Cell { step: 10, finest: 10, written: 100, one: 100, ..Cell::new(at, 12_500, 10) };
        let found = of_cell(&cell);
        let may_be = |to: i128, slip: Slip| found.contains(&(to, slip));
        assert!(may_be(12_570, Slip::DigitOmitted), "125,7 without its decimal");
        assert!(may_be(12_570, Slip::DigitReplaced), "or with a 0 for the 7 that nobody wrote");
        assert!(may_be(1_250, Slip::Scaled) && may_be(125_000, Slip::Scaled), "12,5 and 1 250");
        assert!(may_be(125_000, Slip::DigitOmitted) && may_be(1_200, Slip::DigitAdded), "1 250 and 12");
        assert!(found.iter().all(|(to, _)| to % 10 == 0), "no ören: {found:?}");
        // 12,75 of which the 7 is too much: the 5 is tenths then.
        let in_oren = Cell { one: 100, ..Cell::new(at, 1_275, 1) };
        assert!(of_cell(&in_oren).contains(&(1_250, Slip::DigitAdded)));
    }
}
