//! The part of a ledger that is of some objects: a förbund that is one ansvar in the books of its kommun.

use super::{Account, Balance, Dimension, Figure, Ledger, Movement, RowKind, Transaction, Voucher};
use crate::money::Money;
use crate::period::Date;
use crate::words;

/// Accounts with only what is told of the objects.
#[derive(Clone, Debug)]
pub struct Part {
    /// Dimensions and objects, by their numbers.
    pub objects: Vec<(String, String)>,
    /// Those accounts alone that have anything of them.
    pub accounts: Vec<Account>,
    /// How many rows of vouchers count.
    pub rows: u64,
}

impl Ledger {
    /// The accounts that are the förbund's: those of its part, or all.
    pub fn counted(&self) -> &[Account] {
        self.part.as_ref().map_or(&self.accounts, |part| &part.accounts)
    }

    /// Whether a row of a voucher is of the part.
    pub fn counts(&self, row: &Transaction) -> bool {
        row.kind == RowKind::Counts && self.part.as_ref().is_none_or(|part| has_any(&row.objects, &part.objects))
    }

    /// The objects by the numbers that this ledger has for them. A dimension is told by its number or its name.
    pub fn objects_of(&self, told: &[(String, String)]) -> Vec<(String, String)> {
        let number = |dimension: &String| {
            let is =
                |known: &&Dimension| known.number == *dimension || words::fold(&known.name) == words::fold(dimension);
            self.dimensions.iter().find(is).map_or(dimension, |known| &known.number).clone()
        };
        told.iter().map(|(dimension, object)| (number(dimension), object.clone())).collect()
    }

    /// The part that is of the objects; `None` where the file tells nothing of them. `each` gives every voucher with its
    /// rows, as often as it is called.
    pub fn part_of(
        &self,
        objects: Vec<(String, String)>,
        each: impl FnOnce(&mut dyn FnMut(&Voucher, &[Transaction])),
    ) -> Option<Part> {
        let bare = |account: &Account| Account {
            balances: Vec::new(),
            movements: Vec::new(),
            objects: account.objects.iter().filter(|told| has_any(&told.objects, &objects)).cloned().collect(),
            periods: account.periods.iter().filter(|told| has_any(&told.objects, &objects)).cloned().collect(),
            ..account.clone()
        };
        let mut accounts: Vec<Account> = self.accounts.iter().map(bare).collect();
        let mut rows = 0;
        each(&mut |voucher, transactions| {
            let own = transactions.iter().filter(|row| row.kind == RowKind::Counts && has_any(&row.objects, &objects));
            for row in own {
                rows += 1;
                let found = accounts.binary_search_by(|account| account.number.as_str().cmp(&row.account));
                if let (Ok(i), Some(date)) = (found, row.date.or(voucher.date)) {
                    accounts[i].move_by(date, row.amount);
                }
            }
        });
        for (account, whole) in accounts.iter_mut().zip(&self.accounts) {
            account.movements.sort_by_key(|moved| (moved.year, moved.month));
            account.balances = self.years.iter().filter_map(|year| self.balance_of(account, whole, year)).collect();
        }
        accounts.retain(|account| !account.balances.is_empty() || !account.movements.is_empty());
        (!accounts.is_empty()).then_some(Part { objects, accounts, rows })
    }

    /// What an account has of the part in a year, by its vouchers and what the file says of the objects. A sum of rows
    /// has the place of the account's own figure.
    fn balance_of(&self, part: &Account, whole: &Account, year: &super::Year) -> Option<Balance> {
        let own = whole.balance(year.index).copied().unwrap_or_default();
        let place = own.result.or(own.closing).map(|figure| figure.place).or(whole.used).or(whole.declared)?;
        let told: Vec<_> = part.objects.iter().filter(|told| told.year == year.index).collect();
        let sum = |figures: Vec<Figure>| -> Option<Figure> {
            let first = figures.first()?;
            Some(Figure { value: figures.iter().map(|figure| figure.value).sum(), place: first.place })
        };
        let opening = sum(told.iter().filter_map(|told| told.opening).collect());
        let stated = sum(told.iter().filter_map(|told| told.closing).collect());
        let by_vouchers = self.journal.days.iter().any(|day| year.holds(day.date));
        let of_periods = part.periods.iter().filter(|told| told.index == year.index && !told.budget);
        let moved = match by_vouchers {
            true => part.moved(year),
            false => of_periods.clone().map(|told| told.figure.value).sum(),
        };
        let any = !moved.is_zero() || of_periods.count() > 0;
        let before = opening.map_or(Money::ZERO, |figure| figure.value);
        let change = any.then_some(Figure { value: before + moved, place });
        let (closing, result) = match whole.is_balance() {
            true => (stated.or(change.filter(|_| opening.is_some())), None),
            false => (None, change.or(stated)),
        };
        let balance = Balance { year: year.index, opening, closing, result };
        (balance != Balance { year: year.index, ..Balance::default() }).then_some(balance)
    }
}

impl Account {
    fn move_by(&mut self, date: Date, amount: Money) {
        let month = |moved: &&mut Movement| (moved.year, moved.month) == (date.year, date.month);
        match self.movements.iter_mut().find(month) {
            Some(moved) => (moved.sum, moved.rows) = (moved.sum + amount, moved.rows + 1),
            None => self.movements.push(Movement { year: date.year, month: date.month, sum: amount, rows: 1 }),
        }
    }
}

fn has_any(objects: &[(String, String)], wanted: &[(String, String)]) -> bool {
    objects.iter().any(|object| wanted.contains(object))
}
