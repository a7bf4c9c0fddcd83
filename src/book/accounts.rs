//! Accounts and the rows of the notes that they make.

use super::{Book, Spot};
use crate::ledger::{Account, Figure, Ledger};
use crate::money::{Closeness, Interval, Money};
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement};
use crate::table::Role;
use crate::words::{self, Likeness, Naming};

/// Accounts that make a row of a note, by their names and their amounts. Nobody has said so: it is shown, and tested
/// once the settings have it.
pub struct Proposal<'a> {
    pub ledger: &'a Ledger,
    pub accounts: Vec<&'a Account>,
    pub spot: Spot,
}

/// So many accounts, one after the other, make a row at most.
const TOGETHER: usize = 8;

impl Proposal<'_> {
    /// `"2710-2731" = "Personalskatt och sociala avgifter"`, as the settings say it.
    pub fn setting(&self, book: &Book) -> String {
        format!("\"{}\" = \"{}\"", self.range(), book.label(self.spot).trim().replace(['"', '\\'], ""))
    }

    /// `2710-2731`, or the one account.
    pub fn range(&self) -> String {
        match self.accounts.as_slice() {
            [] => String::new(),
            [only] => only.number.clone(),
            [first, .., last] => format!("{}-{}", first.number, last.number),
        }
    }
}

/// The columns of outcome that are of a year of the ledger.
pub fn columns<'a>(ledger: &'a Ledger, s: &'a Statement) -> impl Iterator<Item = (usize, Period, i32)> + 'a {
    s.columns().iter().enumerate().filter(move |_| s.copy_of.is_none()).filter_map(|(i, column)| {
        let period = column.period.filter(|_| column.measure == Some(Measure::Actual) && column.entity.is_none())?;
        let year = ledger.years.iter().find(|year| {
            let whole = (year.from.month, year.from.day, year.to.month, year.to.day) == (1, 1, 12, 31);
            whole && year.from.year == year.to.year && period == Period::year(year.to.year)
        })?;
        Some((i, period, year.index))
    })
}

/// What an account closes a year with: its balance, or its result.
pub fn closing(account: &Account, year: i32) -> Option<Figure> {
    let balance = account.balance(year)?;
    if account.is_balance() { balance.closing } else { balance.result.or(balance.closing) }
}

/// The rows of the notes that accounts make by name and amount, of each ledger the latest year. Of several rows or runs
/// of accounts that are as likely, none.
pub fn proposals(book: &Book) -> Vec<Proposal<'_>> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for ledger in &book.ledgers {
        let home = book.grids[ledger.grid as usize].input;
        let rows = rows(book, ledger, home);
        let told = |account: &&Account| !book.chart.notes.iter().any(|row| row.has(&account.number));
        let accounts: Vec<(&Account, Money, Naming)> = ledger
            .counted()
            .iter()
            .filter(told)
            .filter_map(|account| Some((account, closing(account, 0)?.value, Naming::of(&account.name))))
            .filter(|(_, amount, _)| !amount.is_zero())
            .collect();
        let mut found: Vec<(Likeness, usize, usize, Spot)> = Vec::new();
        for (spot, stated, name) in &rows {
            found.extend(best(&accounts, *stated, name).map(|(like, first, count)| (like, first, count, *spot)));
        }
        // An account makes one row: the one whose name is most like its own.
        found.sort_by_key(|(like, first, count, spot)| (std::cmp::Reverse(*like), *first, *count, *spot));
        let mut taken = vec![false; accounts.len()];
        for (_, first, count, spot) in found {
            if taken[first..first + count].iter().any(|taken| *taken) {
                continue;
            }
            taken[first..first + count].fill(true);
            let accounts = accounts[first..first + count].iter().map(|(account, ..)| *account).collect();
            proposals.push(Proposal { ledger, accounts, spot });
        }
    }
    proposals.sort_by_key(|proposal| (proposal.ledger.grid, proposal.spot));
    proposals
}

/// The rows of the notes in the ledger's own year.
fn rows(book: &Book, ledger: &Ledger, home: usize) -> Vec<(Spot, Interval, Naming)> {
    let notes = book.of_kind(Kind::Note).filter(|(_, note)| book.together(home, book.input(note)));
    let mut rows = Vec::new();
    for (statement, note) in notes {
        for (column, ..) in columns(ledger, note).filter(|(_, _, year)| *year == 0) {
            for (line, about) in note.lines().iter().enumerate().filter(|(_, line)| line.role == Role::Line) {
                let spot = Spot { statement, line, column };
                let told = |row: &crate::chart::NoteRow| words::fold(&row.label) == words::fold(&about.label);
                let stated = book.interval(spot).filter(|stated| !stated.middle.is_zero());
                let Some(stated) = stated.filter(|_| !book.chart.notes.iter().any(told)) else { continue };
                rows.push((spot, stated, Naming::of(&about.label)));
            }
        }
    }
    rows
}

/// The run of accounts whose names are like a row's and whose sum is its amount, whatever its sign: how like, where it
/// begins and how many they are. Nothing where two runs are as likely.
fn best(accounts: &[(&Account, Money, Naming)], stated: Interval, name: &Naming) -> Option<(Likeness, usize, usize)> {
    let agrees = |sum: Money| stated.closeness(Interval::exact(sum)) != Closeness::Off;
    // Of thousands of accounts few come to the amount: they alone are asked for their names.
    let like = |run: &[(&Account, Money, Naming)]| {
        let likes: Option<Vec<Likeness>> = run.iter().map(|(_, _, own)| name.likeness(own)).collect();
        likes.and_then(|likes| likes.into_iter().min())
    };
    let mut found: Vec<(Likeness, usize, usize)> = Vec::new();
    for first in 0..accounts.len() {
        let mut sum = Money::ZERO;
        for (count, (_, amount, _)) in (1..=TOGETHER).zip(&accounts[first..]) {
            sum = sum + *amount;
            if agrees(sum) || agrees(-sum) {
                found.extend(like(&accounts[first..first + count]).map(|like| (like, first, count)));
            }
        }
    }
    let most = found.iter().map(|(like, ..)| *like).max()?;
    let mut likely = found.into_iter().filter(|(like, ..)| *like == most);
    likely.next().filter(|_| likely.next().is_none())
}
