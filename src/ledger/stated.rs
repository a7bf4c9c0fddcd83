//! Equations that a file states between its own figures: what a group comes to, what an account closes with.

use super::{Figure, Place};
use crate::money::Money;

/// A figure and those that it should come to, in the signs of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// What the row is called: `Summa tillgångar`, `1930 Bank`.
    pub label: String,
    pub of: Of,
    pub result: Figure,
    /// Figures with their signs.
    pub terms: Vec<(Figure, i32)>,
    /// What rounding may leave, where the figures are rounded.
    pub slack: Money,
}

/// What an equation is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A row: opening balance and change make the closing balance.
    Row,
    /// A column: a group of rows.
    Group,
    /// A column of a group that lacks a row: the totals above it have what its own rows do not come to.
    Lacking,
}

impl Stated {
    pub fn expected(&self) -> Money {
        self.terms.iter().map(|(figure, sign)| Money::from(i64::from(*sign)) * figure.value).sum()
    }

    pub fn difference(&self) -> Money {
        self.result.value - self.expected()
    }

    pub fn holds(&self) -> bool {
        self.difference().abs() <= self.slack
    }

    /// By how much a figure of the equation must change for it to hold; `None` where it is none of them.
    pub fn mended_by(&self, place: Place) -> Option<Money> {
        if self.result.place == place {
            return Some(-self.difference());
        }
        let (_, sign) = self.terms.iter().find(|(figure, _)| figure.place == place)?;
        Some(Money::from(i64::from(*sign)) * self.difference())
    }

    pub fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        std::iter::once(self.result).chain(self.terms.iter().map(|(figure, _)| *figure))
    }
}
