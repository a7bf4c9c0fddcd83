//! Lines of the statements and the accounts of the ledger that they come to.

use crate::book::accounts::{closing, columns};
use crate::book::{Book, Spot};
use crate::chart::{self, Found, Plan, Side, Way};
use crate::finding::Text;
use crate::ledger::{Account, Figure, Ledger};
use crate::money::{Closeness, Interval, Money};
use crate::period::Period;
use crate::statement::{Kind, Statement};

/// A line in a year and what its accounts come to.
pub struct Tie<'a> {
    pub spot: Spot,
    pub way: &'a Way,
    /// 0 for the ledger's own year, −1 for the one before.
    pub year: i32,
    pub period: Period,
    /// The accounts with their figures.
    pub accounts: Vec<(&'a Account, Figure)>,
    /// What one krona of debit is in the line.
    pub sign: i32,
    /// What the accounts come to, as the line is written, in kronor.
    pub booked: Money,
}

impl Tie<'_> {
    pub fn holds(&self, stated: Interval) -> bool {
        stated.closeness(Interval::exact(self.booked)) != Closeness::Off
    }
}

/// The lines of a statement that a ledger has accounts for, each in the way that comes out, or else in the first.
pub fn ties<'a>(book: &'a Book, ledger: &'a Ledger, plan: Plan, statement: usize) -> Vec<Tie<'a>> {
    let s = &book.statements[statement];
    let mut ties: Vec<Tie> = Vec::new();
    let is_form = matches!(s.kind, Kind::IncomeStatement | Kind::BalanceSheet);
    for (column, period, year) in columns(ledger, s).filter(|_| is_form) {
        let mut done = None;
        for way in chart::ways(plan) {
            let Some(line) = s.line(way.concept) else { continue };
            let spot = Spot { statement, line, column };
            let Some(stated) = book.interval(spot) else { continue };
            let tie = tie(book, ledger, (plan, way), (spot, period, year));
            let Some(tie) = tie else { continue };
            match ties.last_mut() {
                Some(before) if done == Some(way.concept) => {
                    // A result that is not booked yet is a part of equity, whatever else is wrong.
                    let unbooked = of_balance(s) && way.has_results() && tie.booked != before.booked;
                    if !before.holds(stated) && (tie.holds(stated) || unbooked) {
                        *before = tie;
                    }
                }
                _ => ties.push(tie),
            }
            done = Some(way.concept);
        }
    }
    ties
}

fn of_balance(s: &Statement) -> bool {
    matches!(s.kind, Kind::BalanceSheet)
}

fn tie<'a>(
    book: &'a Book,
    ledger: &'a Ledger,
    (plan, way): (Plan, &'a Way),
    (spot, period, year): (Spot, Period, i32),
) -> Option<Tie<'a>> {
    let s = &book.statements[spot.statement];
    // The result of the year stands in both statements; the accounts of the income statement tell it once.
    let of_balance = of_balance(s);
    let own = way.is_of_balance() == of_balance;
    // Where the accounts of the result are not told, all others tell what they and the line's own come to.
    let turned = of_balance && way.has_results() && tells_no_results(ledger, year);
    let accounts: Vec<(&Account, Figure)> = ledger
        .counted()
        .iter()
        .filter(|account| own && way.has(&account.number, plan, &book.chart) != turned)
        .filter_map(|account| Some((account, closing(account, year)?)))
        .collect();
    if accounts.is_empty() {
        return None;
    }
    let sign = match way.side {
        Side::Debit => 1,
        Side::Credit => -1,
        Side::Cost => -s.cost_sign,
    };
    let sign = if turned != s.is_credit(spot.line) { -sign } else { sign };
    let sum: Money = accounts.iter().map(|(_, figure)| figure.value).sum();
    Some(Tie { spot, way, year, period, accounts, sign, booked: Money::from(i64::from(sign)) * sum })
}

/// Whether a list has the accounts of the balance sheet and no others (`balansrapport`): what those come to beside
/// zero is the result that is not yet booked.
fn tells_no_results(ledger: &Ledger, year: i32) -> bool {
    !ledger.counted().iter().any(|account| !account.is_balance() && closing(account, year).is_some())
}

/// The chart of each ledger of the book; `None` where both fit and differ. A ledger that does not tell, such as a list of balances
/// alone, follows the chart of the others that it is reconciled with.
pub fn plans(book: &Book) -> impl Iterator<Item = (&Ledger, Option<(Plan, Found)>)> {
    let input = |ledger: &Ledger| book.grids[ledger.grid as usize].input;
    let own = |ledger: &Ledger| chart::plan(ledger, &book.chart);
    let other = move |ledger: &Ledger| {
        let others = book.ledgers.iter().filter(|other| book.together(input(other), input(ledger)));
        others.filter_map(own).next()
    };
    book.ledgers
        .iter()
        .map(move |ledger| (ledger, own(ledger).or_else(|| other(ledger)).or_else(|| chart::shared(ledger))))
}

/// The file of a ledger, and the objects that alone count of it: `kommunen.se (objekt 4310)`.
pub fn named(book: &Book, ledger: &Ledger) -> Text {
    let file = book.inputs[book.grids[ledger.grid as usize].input].path.file_name();
    let file = file.unwrap_or_default().to_string_lossy();
    let Some(part) = &ledger.part else { return Text::new(file.clone(), file) };
    let objects = part.objects.iter().map(|(_, object)| object.as_str()).collect::<Vec<_>>().join(", ");
    Text::new(format!("{file} (objekt {objects})"), format!("{file} (object {objects})"))
}
