//! What only the user can tell of a förbund: who it is, whose shares it has, and the goals that it has set itself.

use crate::money::{Amount, Interval, Money};

/// A förbund as its own people describe it. Empty where nobody has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub name: Option<String>,
    /// `222000-1234`.
    pub organisation_number: Option<String>,
    pub members: Vec<Member>,
    /// How much equity is reasonable, the lowest step first.
    pub staircase: Vec<Step>,
    pub goals: Goals,
}

/// A member and its share of all contributions, as the members have agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub share: Share,
}

/// A step of the equity staircase: with contributions of at least `from` kronor a year, equity should be at most
/// `most` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub from: Money,
    pub most: Share,
}

/// What the förbund wants to reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goals {
    /// The least share of the costs that should go to insatser.
    pub activities: Option<Share>,
}

/// A share as it is written. Whole per cents are agreed and exact; those with decimals are rounded to their last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// `33,3 %` is 33.3 with one decimal.
    pub percent: Amount,
}

impl Share {
    /// The part of an amount.
    pub fn of(self, whole: Money) -> Money {
        whole * self.interval().middle * Money::new(1, 2)
    }

    /// The per cents that it stands for.
    pub fn interval(self) -> Interval {
        match self.percent.decimals {
            0 => Interval::exact(self.percent.value),
            _ => Interval { middle: self.percent.value, half: self.percent.half_step() },
        }
    }

    /// The part of a written amount, as far as the rounding of both lets it be known.
    pub fn interval_of(self, whole: Interval) -> Interval {
        let (share, part) = (self.interval(), Money::new(1, 2));
        Interval {
            middle: self.of(whole.middle),
            half: (share.middle * whole.half + whole.middle.abs() * share.half + share.half * whole.half) * part,
        }
    }
}
