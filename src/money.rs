//! Amounts: exact decimals, their units, and the interval that a rounded figure stands for.
//!
//! The only arithmetic on amounts in the program. Nothing here knows about cells, tables or wording.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// An exact amount of money (or another exact number) without a unit.
///
/// Sums and differences are exact as long as they stay within 28 digits; beyond that the operations
/// saturate at the largest amount instead of losing digits silently, which no real statement reaches.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

impl Money {
    pub const ZERO: Money = Money(Decimal::ZERO);
    pub const ONE: Money = Money(Decimal::ONE);
    const MAX: Money = Money(Decimal::MAX);
    const MIN: Money = Money(Decimal::MIN);

    /// `digits` · 10^−`decimals`: `Money::new(12585, 1)` is 1 258,5.
    pub fn new(digits: i64, decimals: u32) -> Money {
        Money(Decimal::new(digits, decimals.min(28)))
    }

    /// Reads digits with an optional `-` first and `.` as the decimal sign; scientific notation too.
    pub fn parse(text: &str) -> Option<Money> {
        let decimal = match text.bytes().any(|b| matches!(b, b'e' | b'E')) {
            true => Decimal::from_scientific(text).ok()?,
            false => Decimal::from_str_exact(text).ok()?,
        };
        Some(Money(decimal))
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    pub fn abs(self) -> Money {
        Money(self.0.abs())
    }

    /// Without trailing zeros after the decimal sign: 1.50 → 1.5.
    pub fn normalize(self) -> Money {
        Money(self.0.normalize())
    }

    /// How many decimals the number carries (trailing zeros count).
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }

    pub fn is_integer(self) -> bool {
        self.digits().map_or_else(|| self.0.is_integer(), |(digits, unit)| digits % unit == 0)
    }

    /// The whole number that it is.
    pub fn whole(self) -> Option<i64> {
        match self.digits() {
            Some((digits, unit)) => (digits % unit == 0).then(|| digits / unit),
            None => self.0.is_integer().then(|| self.0.to_i64()).flatten(),
        }
    }

    /// The number as digits and what they are to be divided by, where both are small enough for whole numbers: those are
    /// many times faster than decimals, and nearly all amounts fit.
    fn digits(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.0.mantissa()).ok()?, 10i64.checked_pow(self.0.scale())?))
    }

    /// The quotient, to 28 digits; `None` when the divisor is zero.
    pub fn divide(self, by: Money) -> Option<Money> {
        self.0.checked_div(by.0).map(Money)
    }

    /// Rounded half away from zero, as people round.
    pub fn round(self, decimals: u32) -> Money {
        Money(self.0.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The amount as a whole number of 10^−`decimals`, where it is one and fits.
    pub fn scaled(self, decimals: u32) -> Option<i128> {
        let shifted = self.0.checked_mul(Decimal::from_i128_with_scale(10i128.checked_pow(decimals)?, 0))?;
        shifted.is_integer().then(|| shifted.to_i128()).flatten()
    }

    /// The other way: a whole number of 10^−`decimals`.
    pub fn of_scaled(scaled: i128, decimals: u32) -> Money {
        let decimal = Decimal::try_from_i128_with_scale(scaled, decimals.min(28));
        decimal.map_or(if scaled < 0 { Money::MIN } else { Money::MAX }, |decimal| Money(decimal.normalize()))
    }

    /// How many digits it has without the zeros at its end: 3 for 454 000. Longer numbers than amounts are have none.
    pub fn significant(self) -> usize {
        let plain = self.abs().normalize();
        let Some(mut whole) = plain.scaled(plain.decimals()).filter(|whole| *whole > 0) else { return 0 };
        // 0,05 is three digits.
        let written = (whole.ilog10() + 1).max(plain.decimals() + 1);
        let mut zeros = 0;
        while whole % 10 == 0 {
            (whole, zeros) = (whole / 10, zeros + 1);
        }
        if written < MOST_DIGITS { (written - zeros) as usize } else { 0 }
    }

    pub fn to_i64(self) -> Option<i64> {
        self.0.to_i64()
    }

    /// The decimal itself, for the writer of workbooks.
    pub(crate) fn decimal(self) -> Decimal {
        self.0
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        match self.0.checked_add(other.0) {
            Some(sum) => Money(sum),
            None if other.is_negative() => Money::MIN,
            None => Money::MAX,
        }
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(if self.0.is_zero() { Decimal::ZERO } else { -self.0 })
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        self + -other
    }
}

impl Mul for Money {
    type Output = Money;
    fn mul(self, other: Money) -> Money {
        match self.0.checked_mul(other.0) {
            Some(product) => Money(product),
            None if self.is_negative() != other.is_negative() => Money::MIN,
            None => Money::MAX,
        }
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Money>>(items: I) -> Money {
        items.fold(Money::ZERO, Add::add)
    }
}

impl From<i64> for Money {
    fn from(whole: i64) -> Money {
        Money(Decimal::from(whole))
    }
}

/// `-431372.5`: the form of machine output. For people, see [`Swedish`].
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.width() {
            None => write!(f, "{}", self.0.normalize()),
            Some(_) => f.pad(&self.0.normalize().to_string()),
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// An amount as people in Sweden write it: `-431 372,5`, thousands parted by a no-break space.
pub struct Swedish(pub Money);

impl fmt::Display for Swedish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut shown = String::with_capacity(2 * text.len() + 1);
        if self.0.is_negative() {
            shown.push('-');
        }
        let (first, mut rest) = whole.split_at((whole.len() - 1) % 3 + 1);
        shown.push_str(first);
        while let Some((three, others)) = rest.split_at_checked(3) {
            shown.push('\u{a0}');
            shown.push_str(three);
            rest = others;
        }
        if !fraction.is_empty() {
            shown.push(',');
            shown.push_str(fraction);
        }
        f.pad(&shown)
    }
}

/// What one step of a written figure is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Whole kronor (with or without ören after the decimal sign).
    #[default]
    Kronor,
    /// Thousands of kronor (tkr, KSEK).
    Thousands,
    /// Millions of kronor (mkr, mnkr, MSEK).
    Millions,
}

impl Unit {
    /// How many kronor one is.
    pub fn factor(self) -> Money {
        Money::from(match self {
            Unit::Kronor => 1,
            Unit::Thousands => 1_000,
            Unit::Millions => 1_000_000,
        })
    }

    /// The Swedish abbreviation, as in table headings and in machine output.
    pub fn code(self) -> &'static str {
        match self {
            Unit::Kronor => "kr",
            Unit::Thousands => "tkr",
            Unit::Millions => "mkr",
        }
    }
}

/// A figure as written: its value and how many decimals it was given with.
///
/// A figure written with d decimals stands for every number that rounds to it: value ± ½·10^−d.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub value: Money,
    pub decimals: u32,
}

impl Amount {
    pub fn new(value: Money, decimals: u32) -> Amount {
        Amount { value, decimals }
    }

    /// Whether a number may as well be a year: a whole one from 1900 to 2099.
    pub fn is_year(self) -> bool {
        self.decimals == 0 && (Money::from(1900)..Money::from(2100)).contains(&self.value)
    }

    /// Half a step of the last written decimal.
    pub fn half_step(self) -> Money {
        Money::new(5, self.decimals + 1)
    }
}

/// How far a stated figure lies from what it should be, and how far it may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closeness {
    Exact,
    /// Off by no more than the rounding of the written figures can explain.
    Rounded,
    Off,
}

/// The interval arithmetic of Calculations 1.1: a sum of n figures written to the unit u may differ from
/// its written total by at most ½·u·(n+1), for each of them stands for ± ½·u.
#[derive(Clone, Copy, Debug)]
pub struct Interval {
    pub middle: Money,
    pub half: Money,
}

impl Interval {
    /// The same without its sign.
    pub fn abs(self) -> Interval {
        Interval { middle: self.middle.abs(), ..self }
    }

    pub fn exact(value: Money) -> Interval {
        Interval { middle: value, half: Money::ZERO }
    }

    /// The written figure in kronor.
    pub fn of(amount: Amount, unit: Unit) -> Interval {
        match unit {
            Unit::Kronor => Interval { middle: amount.value, half: amount.half_step() },
            _ => Interval { middle: amount.value * unit.factor(), half: amount.half_step() * unit.factor() },
        }
    }

    /// This plus `coefficient` times the other.
    pub fn plus(self, coefficient: i32, other: Interval) -> Interval {
        let (middle, half) = match coefficient {
            1 => (other.middle, other.half),
            -1 => (-other.middle, other.half),
            _ => {
                let coefficient = Money::from(i64::from(coefficient));
                (coefficient * other.middle, coefficient.abs() * other.half)
            }
        };
        Interval { middle: self.middle + middle, half: self.half + half }
    }

    /// Whether it is at least so many of the steps in which it is written.
    pub fn has_steps(self, count: i64) -> bool {
        self.middle.abs() >= Money::from(2 * count) * self.half
    }

    /// Whether two written figures can stand for the same number.
    pub fn closeness(self, other: Interval) -> Closeness {
        let apart = (self.middle - other.middle).abs();
        match apart {
            _ if apart.is_zero() => Closeness::Exact,
            _ if apart <= self.half + other.half => Closeness::Rounded,
            _ => Closeness::Off,
        }
    }
}

/// No amount has so many digits.
const MOST_DIGITS: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_at_the_end_say_nothing() {
        assert_eq!(Money::from(454_000).significant(), 3);
        assert_eq!([(5, 2), (150, 1), (0, 0), (1_205, 1)].map(|(n, d)| Money::new(n, d).significant()), [3, 2, 0, 4]);
    }

    #[test]
    fn people_and_machines_read_the_same_amount() {
        let amount = Money::new(-4_313_725, 1);
        assert_eq!(amount.to_string(), "-431372.5");
        assert_eq!(Swedish(amount).to_string(), "-431\u{a0}372,5");
        assert_eq!(Swedish(Money::from(999)).to_string(), "999");
        assert_eq!(Swedish(Money::from(1_000_000)).to_string(), "1\u{a0}000\u{a0}000");
        assert_eq!((-Money::ZERO).to_string(), "0");
    }

    #[test]
    fn rounding_is_half_a_step_for_each_written_figure() {
        let tkr = |value| Interval::of(Amount::new(Money::from(value), 0), Unit::Thousands);
        let sum = tkr(3).plus(1, tkr(7));
        assert_eq!(tkr(10).closeness(sum), Closeness::Exact);
        assert_eq!(tkr(11).closeness(sum), Closeness::Rounded, "1 lies within ½·(2+1)");
        assert_eq!(tkr(12).closeness(sum), Closeness::Off);
    }

    #[test]
    fn a_figure_has_as_many_steps_as_it_is_written_with() {
        let tkr = |value| Interval::of(Amount::new(Money::from(value), 0), Unit::Thousands);
        assert!(tkr(-10).has_steps(10) && !tkr(9).has_steps(10));
        assert!(Interval::exact(Money::ONE).has_steps(10), "exact amounts have any number");
    }

    #[test]
    fn arithmetic_is_exact_and_stops_at_the_largest_amount() {
        let money = |text| Money::parse(text).unwrap();
        assert_eq!(money("0.1") + money("0.2"), money("0.3"));
        assert_eq!(money("1.5") - money("2.25"), money("-0.75"));
        assert_eq!(money("1.5") * money("-2"), money("-3"));
        assert_eq!([money("1"), money("-4")].into_iter().sum::<Money>(), money("-3"));
        assert_eq!(Money::MAX + Money::ONE, Money::MAX);
        assert_eq!(Money::MIN - Money::ONE, Money::MIN);
        assert_eq!(Money::MAX * Money::from(2), Money::MAX);
        assert_eq!([Money::MAX * Money::from(-2), Money::MIN * Money::from(2)], [Money::MIN; 2]);
        assert_eq!(Money::MIN * Money::from(-2), Money::MAX);
        assert_eq!((money("1").divide(money("8")), Money::ONE.divide(Money::ZERO)), (Some(money("0.125")), None));
    }

    #[test]
    fn signs_decimals_and_rounding() {
        let money = |text| Money::parse(text).unwrap();
        assert!(money("-0.5").is_negative() && !money("-0").is_negative() && !money("3").is_negative());
        assert!(money("0.00").is_zero() && !money("0.01").is_zero());
        assert!(money("2.00").is_integer() && !money("2.01").is_integer());
        assert_eq!((money("1.50").decimals(), money("1.50").normalize().decimals()), (2, 1));
        assert_eq!((money("2.5").round(0), money("-2.5").round(0), money("0.125").round(2)), {
            (money("3"), money("-3"), money("0.13"))
        });
        assert_eq!((money("-7").abs(), money("-1.2e3")), (money("7"), money("-1200")));
        assert_eq!([Money::parse("12,5"), Money::parse(""), Money::parse("1e99")], [None; 3]);
    }

    #[test]
    fn amounts_as_whole_numbers_and_back() {
        let money = |text| Money::parse(text).unwrap();
        assert_eq!((money("12.5").scaled(2), money("12.345").scaled(2)), (Some(1_250), None));
        assert_eq!((Money::of_scaled(-1_250, 2), Money::of_scaled(-1_250, 2).decimals()), (money("-12.5"), 1));
        assert_eq!([Money::of_scaled(i128::MIN, 0), Money::of_scaled(i128::MAX, 0)], [Money::MIN, Money::MAX]);
        assert_eq!((money("-12").to_i64(), Money::MAX.to_i64()), (Some(-12), None));
        assert_eq!(money("12.50").decimal().scale(), 2);
    }

    #[test]
    fn what_a_written_figure_stands_for() {
        let written = Interval::of(Amount::new(Money::new(125, 1), 1), Unit::Millions);
        assert_eq!((written.middle, written.half), (Money::from(12_500_000), Money::from(50_000)));
        let less = Interval::exact(Money::from(100)).plus(-2, written);
        assert_eq!((less.middle, less.half), (Money::from(-24_999_900), Money::from(100_000)));
        assert_eq!(Unit::Kronor.factor(), Money::ONE);
        assert_eq!([Unit::Kronor, Unit::Thousands, Unit::Millions].map(Unit::code), ["kr", "tkr", "mkr"]);
        let half = |value| Interval { middle: Money::from(value), half: Money::ONE };
        assert_eq!(half(1).closeness(half(3)), Closeness::Rounded, "as far apart as both may be");
        assert_eq!(half(0).closeness(half(3)), Closeness::Off);
    }

    #[test]
    fn amounts_align_in_columns() {
        assert_eq!(format!("{:>8}|{:<4}|", Swedish(Money::from(-1_234)), Money::new(50, 1)), "  -1\u{a0}234|5   |");
        assert_eq!(format!("{:?}", Money::new(-15, 1)), "-1.5");
    }
}
