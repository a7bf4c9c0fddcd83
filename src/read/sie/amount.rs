//! Amounts, dates and numbers as SIE files write them, and sums of millions of them.

use crate::ledger::Odd;
use crate::money::Money;
use crate::period::Date;

/// An amount: in öre where it is written with two decimals at most, as nearly all are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Cents(i64),
    Exact(Money),
}

impl Amount {
    pub fn money(self) -> Money {
        match self {
            Amount::Cents(cents) => Money::of_scaled(i128::from(cents), 2),
            Amount::Exact(money) => money,
        }
    }
}

/// A sum of amounts, exact whatever they are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    cents: i128,
    rest: Money,
}

impl Sum {
    pub fn add(&mut self, amount: Amount) {
        match amount {
            Amount::Cents(cents) => self.cents += i128::from(cents),
            Amount::Exact(money) => self.rest = self.rest + money,
        }
    }

    pub fn money(self) -> Money {
        Money::of_scaled(self.cents, 2) + self.rest
    }

    pub fn is_zero(self) -> bool {
        if self.rest.is_zero() { self.cents == 0 } else { self.money().is_zero() }
    }
}

/// Reads an amount, and says whether it was written as the format has it.
pub(super) fn amount(field: &[u8]) -> Result<(Amount, Option<Odd>), Odd> {
    match cents(field) {
        Some(cents) => Ok((Amount::Cents(cents), None)),
        None => unusual(field).map(|money| (Amount::Exact(money), Some(Odd::AmountOdd))).ok_or(Odd::AmountUnreadable),
    }
}

/// `-1234.5` in öre.
fn cents(field: &[u8]) -> Option<i64> {
    let (negative, digits) = match field {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    if digits.is_empty() || digits.len() > 17 {
        return None;
    }
    let mut value = 0i64;
    let mut decimals = None;
    for (i, b) in digits.iter().enumerate() {
        match b {
            b'0'..=b'9' => value = value * 10 + i64::from(b - b'0'),
            b'.' if decimals.is_none() && i > 0 => decimals = Some(digits.len() - i - 1),
            _ => return None,
        }
    }
    let value = match decimals {
        None => value.checked_mul(100)?,
        Some(0) => return None,
        Some(1) => value.checked_mul(10)?,
        Some(2) => value,
        Some(_) => return None,
    };
    Some(if negative { -value } else { value })
}

/// What programs write instead: `1 234,50`, `+12`, `.5`, `12.345`, `1.5E-05`.
fn unusual(field: &[u8]) -> Option<Money> {
    let text = std::str::from_utf8(field).ok()?;
    let plain: String = text.trim().trim_start_matches('+').chars().filter(|c| !c.is_whitespace()).collect();
    let plain = match plain.matches(',').count() {
        1 if !plain.contains('.') => plain.replace(',', "."),
        _ => plain,
    };
    let plain = plain.strip_suffix('.').unwrap_or(&plain);
    let ok = plain.bytes().any(|b| b.is_ascii_digit())
        && plain.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'E' | b'e' | b'+'));
    if !ok {
        return None;
    }
    let plain = match plain.strip_prefix("-.") {
        Some(rest) => format!("-0.{rest}"),
        None if plain.starts_with('.') => format!("0{plain}"),
        None => plain.to_owned(),
    };
    Money::parse(&plain)
}

/// `20201231`; with dashes too, which is not as it should be.
pub(super) fn date(field: &[u8]) -> Result<Option<Date>, Odd> {
    let mut digits = [0u8; 8];
    let plain = match field.len() {
        0 => return Ok(None),
        8 => field,
        10 if field[4] == b'-' && field[7] == b'-' => {
            let parts = field[..4].iter().chain(&field[5..7]).chain(&field[8..]);
            digits.iter_mut().zip(parts).for_each(|(to, from)| *to = *from);
            &digits
        }
        _ => return Err(Odd::DateUnreadable),
    };
    let number = |from: usize, to: usize| number(&plain[from..to]);
    let found = || Date::new(number(0, 4)? as i32, number(4, 6)? as u8, number(6, 8)? as u8);
    found().map(Some).ok_or(Odd::DateUnreadable)
}

/// `202003`.
pub(super) fn month(field: &[u8]) -> Option<(i32, u8)> {
    let year = number(field.get(..4)?)? as i32;
    let month = number(field.get(4..6)?)? as u8;
    (matches!(field.len(), 6 | 8) && Date::new(year, month, 1).is_some()).then_some((year, month))
}

/// A whole number without a sign.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    if field.is_empty() || field.len() > 18 {
        return None;
    }
    field.iter().try_fold(0u64, |value, b| b.is_ascii_digit().then(|| value * 10 + u64::from(b - b'0')))
}

/// The index of a year: 0, −1, ….
pub(super) fn index(field: &[u8]) -> Option<i32> {
    let (negative, digits) = match field {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    let value = i32::try_from(number(digits)?).ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_however_they_are_written() {
        let read = |text: &str| amount(text.as_bytes()).map(|(amount, odd)| (amount.money().to_string(), odd));
        let odd = Some(Odd::AmountOdd);
        for (text, value, how) in [
            ("-1234.5", "-1234.5", None),
            ("0", "0", None),
            ("10.05", "10.05", None),
            ("1 234,50", "1234.5", odd),
            ("+12", "12", odd),
            (".5", "0.5", odd),
            ("12.345", "12.345", odd),
            ("1.5E-05", "0.000015", odd),
        ] {
            assert_eq!(read(text), Ok((value.to_string(), how)), "{text}");
        }
        assert_eq!(read("12kr"), Err(Odd::AmountUnreadable));
        assert_eq!(read("-"), Err(Odd::AmountUnreadable));
        let mut sum = Sum::default();
        for text in ["0.1", "0.2", "-0.3", "0.0004", "-0.0004"] {
            sum.add(amount(text.as_bytes()).unwrap().0);
        }
        assert!(sum.is_zero());
    }

    #[test]
    fn dates_and_months() {
        assert_eq!(date(b"20200229").unwrap(), Date::new(2020, 2, 29));
        assert_eq!(date(b"2020-02-29").unwrap(), Date::new(2020, 2, 29));
        assert_eq!(date(b"20190229"), Err(Odd::DateUnreadable));
        assert_eq!((month(b"202013"), month(b"202012")), (None, Some((2020, 12))));
    }
}
