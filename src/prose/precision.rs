//! How exactly a text means the amount that it tells.

use crate::money::{Interval, Money, Unit};
use crate::prose::figures::Figure;
use crate::words::running::Word;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// To the last written digit.
    Exact,
    /// `ca`: half a step of the last digit that is not zero, or a twentieth, whichever is more.
    About,
    /// `drygt`: at or a little above.
    Above,
    /// `knappt`: a little below.
    Below,
    /// `minst`, `högst`: a limit, which no amount can contradict here.
    Bound,
}

impl Precision {
    pub fn of(word: Word) -> Option<Precision> {
        match word {
            Word::About => Some(Precision::About),
            Word::Above => Some(Precision::Above),
            Word::Below => Some(Precision::Below),
            Word::Bound => Some(Precision::Bound),
            _ => None,
        }
    }

    /// The amounts in kronor that the figure can stand for.
    pub fn interval(self, figure: &Figure, unit: Unit) -> Interval {
        let written = Interval::of(figure.amount, unit);
        let size = written.middle.abs();
        let twentieth = size * Money::new(5, 2);
        let wide = twentieth.max(last_step(size) * Money::new(5, 1)).max(written.half);
        let towards = |sign: i64| {
            let sign = if written.middle.is_negative() { -sign } else { sign };
            let half = wide * Money::new(5, 1) + written.half;
            Interval { middle: written.middle + Money::from(sign) * wide * Money::new(5, 1), half }
        };
        match self {
            Precision::Exact | Precision::Bound => written,
            Precision::About => Interval { middle: written.middle, half: wide },
            Precision::Above => towards(1),
            Precision::Below => towards(-1),
        }
    }
}

/// What one step of the last digit that is not zero is worth: 1 000 in 454 000.
pub fn last_step(amount: Money) -> Money {
    let plain = amount.abs().normalize();
    if plain.is_zero() || !plain.is_integer() {
        return Money::new(1, plain.decimals());
    }
    let mut step = Money::ONE;
    let ten = Money::from(10);
    while plain.divide(step * ten).is_some_and(Money::is_integer) {
        step = step * ten;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Amount, Closeness};

    #[test]
    fn words_widen_the_figure() {
        let figure =
            |value: i64, decimals| Figure { amount: Amount::new(Money::new(value, decimals), decimals), unit: None };
        let agrees = |precision: Precision, figure: Figure, unit, kronor: i64| {
            precision.interval(&figure, unit).closeness(Interval::exact(Money::from(kronor))) != Closeness::Off
        };
        assert!(agrees(Precision::Exact, figure(54, 1), Unit::Millions, 5_434_000));
        assert!(!agrees(Precision::Exact, figure(54, 1), Unit::Millions, 5_460_000));
        assert!(agrees(Precision::Above, figure(54, 1), Unit::Millions, 5_460_000));
        assert!(!agrees(Precision::Above, figure(54, 1), Unit::Millions, 5_300_000));
        assert!(agrees(Precision::Below, figure(3, 0), Unit::Millions, 2_900_000));
        assert!(agrees(Precision::About, figure(100_000, 0), Unit::Kronor, 96_400));
        assert!(!agrees(Precision::About, figure(100_000, 0), Unit::Kronor, 1_689_729));
        assert_eq!(last_step(Money::from(454_000)), Money::from(1_000));
    }
}
