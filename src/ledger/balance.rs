//! What the figures of a ledger should be by its other figures.

use super::{Account, Figure, Ledger, Year};
use crate::money::Money;

/// An account's closing balance or result beside what it should be.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'l> {
    pub account: &'l Account,
    pub opening: Option<Figure>,
    /// `None` where it is not told: then it is nothing.
    pub stated: Option<Figure>,
    pub expected: Money,
}

impl Expected<'_> {
    pub fn stated(&self) -> Money {
        self.stated.map_or(Money::ZERO, |figure| figure.value)
    }

    pub fn holds(&self) -> bool {
        self.stated() == self.expected
    }
}

/// What accounts of a year should be, by the kind of account.
#[derive(Clone, Debug, Default)]
pub struct Followed<'l> {
    /// Opening balance and movements against the closing balance.
    pub closings: Vec<Expected<'l>>,
    /// Movements against the result.
    pub results: Vec<Expected<'l>>,
}

impl Followed<'_> {
    pub fn any_broken(&self) -> bool {
        self.closings.iter().chain(&self.results).any(|found| !found.holds())
    }
}

impl Ledger {
    /// What closing balances and results should be by the vouchers; `None` where the file tells no vouchers of the
    /// year or no balances.
    pub fn by_vouchers(&self, year: &Year) -> Option<Followed<'_>> {
        let any = self.journal.days.iter().any(|day| year.holds(day.date));
        // Of years that share days it cannot be told which a voucher belongs to; and a year before this one need not
        // tell its opening balances.
        let shared =
            self.years.iter().any(|other| other.index != year.index && year.from <= other.to && other.from <= year.to);
        let opened = year.index >= 0 || self.totals(year.index).opening.is_some();
        (any && opened && !shared && !self.form.is_choice())
            .then(|| self.followed(year, |account| Some(account.moved(year))))?
    }

    /// The same by the changes of the periods.
    pub fn by_periods(&self, year: &Year) -> Option<Followed<'_>> {
        let changes = |account: &Account| {
            let own = account.periods.iter().filter(|period| !period.budget && period.index == year.index);
            let whole = own.clone().filter(|period| period.objects.is_empty());
            // Some programs tell the objects' changes only, and an object may stand in several dimensions.
            let parts_only = own.clone().next().is_some() && whole.clone().next().is_none();
            (!parts_only).then(|| whole.map(|period| period.figure.value).sum())
        };
        let told = |account: &Account| account.periods.iter().any(|p| !p.budget && p.index == year.index);
        let mut followed = self.accounts.iter().any(told).then(|| self.followed(year, changes))??;
        // Others tell of the account what belongs to no object, beside the objects' own: then the account is not whole.
        let parted = |found: &Expected| {
            found.account.periods.iter().any(|p| !p.budget && p.index == year.index && !p.objects.is_empty())
        };
        followed.closings.retain(|found| found.holds() || !parted(found));
        followed.results.retain(|found| found.holds() || !parted(found));
        Some(followed)
    }

    fn followed(&self, year: &Year, moved: impl Fn(&Account) -> Option<Money>) -> Option<Followed<'_>> {
        let balances = || self.accounts.iter().filter_map(|account| account.balance(year.index));
        let (closings, results) = (balances().any(|b| b.closing.is_some()), balances().any(|b| b.result.is_some()));
        if !closings && !results {
            return None;
        }
        let mut followed = Followed::default();
        // An amount without an account is told as such, and has no balance.
        for account in self.accounts.iter().filter(|account| !account.number.is_empty()) {
            let Some(moved) = moved(account) else { continue };
            let balance = account.balance(year.index).copied().unwrap_or_default();
            let told = balance.closing.or(balance.result).or(balance.opening).is_some();
            if !told && moved.is_zero() {
                continue;
            }
            let is_result = match (balance.result, balance.closing.or(balance.opening)) {
                (Some(_), None) => true,
                (None, Some(_)) => false,
                _ => !account.is_balance(),
            };
            let opening = balance.opening;
            match is_result {
                true if results => {
                    followed.results.push(Expected { account, opening: None, stated: balance.result, expected: moved });
                }
                false if closings => {
                    let expected = opening.map_or(Money::ZERO, |figure| figure.value) + moved;
                    followed.closings.push(Expected { account, opening, stated: balance.closing, expected });
                }
                _ => {}
            }
        }
        Some(followed)
    }

    /// Each account's opening balance beside last year's closing one, where the file tells both years.
    pub fn carried_forward(&self, year: i32) -> Vec<Expected<'_>> {
        let before = year - 1;
        let any = |told: fn(&super::Balance) -> bool, year| {
            self.accounts.iter().filter_map(|account| account.balance(year)).any(told)
        };
        if !any(|balance| balance.opening.is_some(), year) || !any(|balance| balance.closing.is_some(), before) {
            return Vec::new();
        }
        let carried = self.accounts.iter().filter_map(|account| {
            let closing = account.balance(before).and_then(|balance| balance.closing);
            let stated = account.balance(year).and_then(|balance| balance.opening);
            closing.or(stated)?;
            let expected = closing.map_or(Money::ZERO, |figure| figure.value);
            Some(Expected { account, opening: closing, stated, expected })
        });
        carried.collect()
    }

    /// The sums of a year's opening balances, closing balances and results.
    pub fn totals(&self, year: i32) -> Totals {
        let mut totals = Totals::default();
        for balance in self.accounts.iter().filter_map(|account| account.balance(year)) {
            for (figure, total) in [
                (balance.opening, &mut totals.opening),
                (balance.closing, &mut totals.closing),
                (balance.result, &mut totals.result),
            ] {
                if let Some(figure) = figure {
                    *total = Some(total.unwrap_or_default() + figure.value);
                }
            }
        }
        totals
    }
}

/// Sums over all accounts; `None` where there is not one figure of the kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    pub result: Option<Money>,
}
