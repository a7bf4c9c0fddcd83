//! Stored numbers as exact decimals.
#![expect(clippy::disallowed_types, reason = "spreadsheets store binary floats; here they become exact")]

use crate::money::{Amount, Money};

/// A spreadsheet computes with 15 digits and shows no more; what stands after them is binary noise.
const DIGITS: usize = 15;

/// The exact decimal of a stored number's 15 significant digits, and the text as stored where that says more.
/// `None` where it is no finite number within 28 digits.
pub(super) fn stored(text: &str) -> Option<(Amount, Option<Box<str>>)> {
    let text = text.trim();
    if let Some((amount, length)) = plain(text.as_bytes())
        && length == text.len()
    {
        return Some((amount, None));
    }
    if !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None; // `NaN`, `inf` and `12,5` are text
    }
    let value = decimal(text.parse().ok()?)?;
    let exact = Money::parse(text).is_some_and(|as_stored| as_stored == value);
    Some((amount(value), (!exact).then(|| text.into())))
}

/// The same for a number that is given as a binary float.
pub(super) fn float(value: f64) -> Option<(Amount, Option<Box<str>>)> {
    let exact = decimal(value)?;
    let shortest = value.to_string();
    let noisy = Money::parse(&shortest).is_none_or(|stored| stored != exact);
    Some((amount(exact), noisy.then(|| shortest.into())))
}

fn amount(value: Money) -> Amount {
    let value = value.normalize();
    Amount::new(value, value.decimals())
}

/// The number of at most 15 digits that bytes begin with, and how many of them it takes. If nothing follows, an exponent
/// above all, it is its own exact decimal.
pub(super) fn plain(bytes: &[u8]) -> Option<(Amount, usize)> {
    let negative = bytes.first() == Some(&b'-');
    let (mut whole, mut seen, mut point) = (0i64, 0, None);
    let mut length = usize::from(negative);
    while let Some(&b) = bytes.get(length) {
        match b {
            b'0'..=b'9' if seen < DIGITS => {
                whole = whole * 10 + i64::from(b - b'0');
                seen += 1;
            }
            b'0'..=b'9' => return None,
            b'.' if point.is_none() => point = Some(seen),
            _ => break,
        }
        length += 1;
    }
    if seen == 0 {
        return None;
    }
    let mut fraction = point.map_or(0, |point| seen - point) as u32;
    while fraction > 0 && whole % 10 == 0 {
        (whole, fraction) = (whole / 10, fraction - 1);
    }
    Some((Amount::new(Money::new(if negative { -whole } else { whole }, fraction), fraction), length))
}

fn decimal(value: f64) -> Option<Money> {
    if !value.is_finite() {
        return None;
    }
    Money::parse(&format!("{value:.14e}"))
        // Too small for 28 decimals at full precision: what there is room for.
        .or_else(|| (value.abs() < 1.0).then(|| Money::parse(&format!("{value:.28}")))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, u32, Option<String>)> {
        stored(text).map(|(amount, as_stored)| (amount.value.to_string(), amount.decimals, as_stored.map(String::from)))
    }

    #[test]
    fn fifteen_digits_are_the_number() {
        let exact = |value: &str, decimals| Some((value.to_string(), decimals, None));
        assert_eq!(read("462836"), exact("462836", 0));
        assert_eq!(read("-431372.50"), exact("-431372.5", 1));
        assert_eq!(read("1.5E3"), exact("1500", 0));
        assert_eq!(read("1E-2"), exact("0.01", 2));
        assert_eq!(read("-0"), exact("0", 0));
        assert_eq!(read("0.1"), exact("0.1", 1));
    }

    #[test]
    fn noise_is_dropped_and_kept_beside() {
        assert_eq!(read("0.30000000000000004"), Some(("0.3".into(), 1, Some("0.30000000000000004".into()))));
        assert_eq!(read("434.99999999999994"), Some(("435".into(), 0, Some("434.99999999999994".into()))));
        let tiny = read("1.23456789012345E-25").unwrap();
        assert_eq!((tiny.0.as_str(), tiny.2.is_some()), ("0.0000000000000000000000001235", true));
    }

    #[test]
    fn what_is_no_finite_number_is_no_number() {
        assert_eq!(
            [read("NaN"), read("1e400"), read("12,5"), read(""), read("inf"), read("1e29"), read("-")],
            [const { None }; 7]
        );
    }

    #[test]
    fn floats_follow_the_same_rule() {
        let read = |value| float(value).map(|(amount, stored)| (amount.value.to_string(), stored.map(String::from)));
        assert_eq!(read(0.1 + 0.2), Some(("0.3".into(), Some("0.30000000000000004".into()))));
        assert_eq!(read(1234567.89), Some(("1234567.89".into(), None)));
        assert_eq!(read(f64::NAN), None);
    }
}
