//! What stands on `Bokföring`: of each ledger and year the lines that its accounts come to, and the accounts.

use std::collections::HashSet;

use super::layout::Place;
use super::pen::Target;
use super::wording::LEDGER;
use crate::book::Book;
use crate::check::Report;
use crate::grid::At;
use crate::ledger::{Figure, Ledger};
use crate::relation::{Check, Relation};
use crate::report::ledgers::{Row, TrialBalance, trial_balances};

/// The columns of the accounts.
pub const OPENING_COL: u16 = 2;
pub const CHANGE_COL: u16 = 3;
pub const CLOSING_COL: u16 = 4;

/// A ledger's trial balance of a year.
pub struct Listing<'a> {
    pub ledger: &'a Ledger,
    pub balance: TrialBalance<'a>,
    /// The checks that tie its accounts to the statements, by their numbers in the report.
    pub ties: Vec<usize>,
    pub top: u32,
}

impl<'a> Listing<'a> {
    /// The trial balances of the book under each other, with two rows between.
    pub fn all(book: &'a Book, report: &'a Report) -> Vec<Listing<'a>> {
        let mut listings: Vec<Listing> = Vec::new();
        for ledger in &book.ledgers {
            for balance in trial_balances(ledger) {
                let ties = ties(ledger, &balance, &report.checks);
                let top = listings.last().map_or(0, |before| before.end() + 2);
                listings.push(Listing { ledger, balance, ties, top });
            }
        }
        listings
    }

    /// The row of the headings of the lines; there is none where no line is tied.
    pub fn ties_head(&self) -> u32 {
        self.top + 2
    }

    /// The row of the accounts' headings.
    pub fn head(&self) -> u32 {
        match self.ties.len() as u32 {
            0 => self.top + 2,
            ties => self.ties_head() + ties + 2,
        }
    }

    pub fn row(&self, i: usize) -> u32 {
        self.head() + 1 + i as u32
    }

    /// The row after its sum.
    pub fn end(&self) -> u32 {
        self.row(self.balance.rows.len()) + 1
    }

    /// The figures of an account that the file states, with their columns.
    pub fn figures(&self, row: &Row) -> impl Iterator<Item = (u16, Figure)> + use<> {
        let balance = self.balance.of(row.account).unwrap_or_default();
        let opening = balance.opening.map(|figure| (OPENING_COL, figure));
        opening.into_iter().chain(balance.closing.or(balance.result).map(|figure| (CLOSING_COL, figure)))
    }

    /// The places of all of them.
    pub fn places(&self) -> impl Iterator<Item = (At, Place<'static>)> + '_ {
        self.balance.rows.iter().enumerate().flat_map(move |(i, row)| {
            self.figures(row).map(move |(col, figure)| {
                let cell = Target { sheet: LEDGER, row: self.row(i), col };
                (self.ledger.at(figure.place), Place { shown: cell, stated: cell, value: Some(figure.value) })
            })
        })
    }

    /// The accounts of a relation: `1930`, or the first and the last of several with their count.
    pub fn span(&self, relation: &Relation) -> String {
        let own = |at: At| self.balance.rows.iter().find(|row| self.at(row) == Some(at));
        let numbers: Vec<&str> =
            relation.terms.iter().filter_map(|term| Some(own(term.at)?.account.number.as_str())).collect();
        match numbers.as_slice() {
            [] => String::new(),
            [only] => (*only).to_string(),
            [first, .., last] => format!("{first}–{last} ({})", numbers.len()),
        }
    }

    /// The cell of the source that has an account's closing figure.
    pub fn at(&self, row: &Row) -> Option<At> {
        closing(&self.balance, row).map(|figure| self.ledger.at(figure.place))
    }
}

fn closing(balance: &TrialBalance, row: &Row) -> Option<Figure> {
    let told = balance.of(row.account)?;
    told.closing.or(told.result)
}

/// The checks that were made of the accounts' closing figures.
fn ties(ledger: &Ledger, balance: &TrialBalance, checks: &[Check]) -> Vec<usize> {
    let own: HashSet<At> =
        balance.rows.iter().filter_map(|row| Some(ledger.at(closing(balance, row)?.place))).collect();
    let tied = |check: &Check| check.relation.terms.first().is_some_and(|term| own.contains(&term.at));
    (0..checks.len()).filter(|&i| tied(&checks[i]) && (checks[i].held() || checks[i].broke())).collect()
}
