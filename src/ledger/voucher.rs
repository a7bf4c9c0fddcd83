//! Vouchers: counted, summed, and remembered one by one only where something is wrong with them.

use super::Place;
use crate::money::Money;
use crate::period::Date;

/// The vouchers of a ledger, taken together.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    pub vouchers: u64,
    /// Rows that count.
    pub rows: u64,
    /// Rows that were added later, and struck ones, with the first places of each.
    pub added: u64,
    pub struck: u64,
    pub corrected: Vec<Place>,
    /// Vouchers without rows that count.
    pub empty: u64,
    /// Vouchers whose rows do not sum to zero: how many, and the first of them.
    pub unbalanced: u64,
    pub unbalanced_first: Vec<Voucher>,
    /// Vouchers without a date.
    pub undated: u64,
    /// How many vouchers each day has, in order.
    pub days: Vec<Day>,
    pub series: Vec<Series>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub vouchers: u32,
    /// The first of them.
    pub place: Place,
}

/// The numbers of the vouchers of a series.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub vouchers: u64,
    /// Numbers that are there, as runs of consecutive ones: first and last.
    pub runs: Vec<(u64, u64)>,
    /// Numbers used again: how often, and where first.
    pub repeated: u64,
    pub repeated_first: Vec<(u64, Place)>,
    /// Vouchers without a number, or with one that is no number.
    pub unnumbered: u64,
    pub place: Place,
}

/// A voucher; its sum is not zero where it does not balance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voucher {
    pub series: String,
    pub number: String,
    pub date: Option<Date>,
    pub text: String,
    pub rows: u32,
    pub sum: Money,
    pub place: Place,
}

/// What a row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    Counts,
    /// Was added afterwards; the row that counts follows it.
    Added,
    Struck,
}

/// A row of a voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub account: String,
    /// Dimensions and objects.
    pub objects: Vec<(String, String)>,
    pub amount: Money,
    /// Where it is another than the voucher's.
    pub date: Option<Date>,
    pub text: String,
    pub kind: RowKind,
    pub place: Place,
}
