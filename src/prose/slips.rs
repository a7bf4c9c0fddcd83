//! How a figure of a text differs from the figure that it should repeat.

use crate::finding::Slip;
use crate::money::Money;

/// The slip of one hand or key that makes the one figure of the other: a digit replaced, two neighbours exchanged, a
/// digit too many or too few.
pub fn digit_slip(stated: Money, expected: Money) -> Option<Slip> {
    let (a, b) = (digits(stated)?, digits(expected)?);
    if a.len() == b.len() {
        let apart: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
        return match apart.as_slice() {
            [_] => Some(Slip::DigitReplaced),
            [i, j] if *j == i + 1 && a[*i] == b[*j] && a[*j] == b[*i] => Some(Slip::DigitsTransposed),
            _ => None,
        };
    }
    let (long, short) = if a.len() > b.len() { (&a, &b) } else { (&b, &a) };
    let one_out = long.len() == short.len() + 1
        && (0..long.len()).any(|i| long[..i] == short[..i] && long[i + 1..] == short[i..]);
    one_out.then_some(if a.len() > b.len() { Slip::DigitAdded } else { Slip::DigitOmitted })
}

/// Longer numbers are no amounts.
const MOST_DIGITS: usize = 20;

fn digits(amount: Money) -> Option<Vec<u8>> {
    let plain = amount.abs().normalize().to_string();
    let digits: Vec<u8> = plain.bytes().filter(u8::is_ascii_digit).collect();
    (digits.len() < MOST_DIGITS).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_digits() {
        let slip = |a: i64, b: i64| digit_slip(Money::from(a), Money::from(b));
        assert_eq!(slip(1_030_361, 1_030_561), Some(Slip::DigitReplaced));
        assert_eq!(slip(1_030_361, 1_030_631), Some(Slip::DigitsTransposed));
        assert_eq!(slip(118_283, 11_283), Some(Slip::DigitAdded));
        assert_eq!(slip(11_283, 118_283), Some(Slip::DigitOmitted));
        assert_eq!(slip(29_473, 24_273), None);
    }
}
