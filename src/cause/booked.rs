//! Which of several equally good causes the books confirm: the one whose figure is the balance of an account.

use super::wording::{self, Names};
use crate::book::Book;
use crate::book::accounts::{closing, columns};
use crate::finding::{Cause, Edit, Finding, Text};
use crate::ledger::Account;
use crate::money::Money;
use crate::period::Period;

/// Amounts of fewer kronor are balances of some account by chance.
const LEAST: i64 = 1_000;

/// Of each finding that has several causes, the one that the books confirm first, and its cell the suspect.
pub fn decide(book: &Book, findings: &mut [Finding]) {
    if book.ledgers.is_empty() {
        return;
    }
    let names = Names::of(book);
    for finding in findings.iter_mut().filter(|finding| finding.causes.len() > 1) {
        let confirmed = |cause: &Cause| match (cause.edits.as_slice(), finding.period) {
            ([edit], Some(period)) => account(book, &names, edit, period),
            _ => None,
        };
        let found: Vec<(usize, &Account)> =
            finding.causes.iter().enumerate().filter_map(|(i, cause)| Some((i, confirmed(cause)?))).collect();
        let [(first, account)] = found[..] else { continue };
        let (number, name) = (&account.number, account.name.trim());
        let says = Text::new(
            format!("Så står det i bokföringen, konto {number} {name}."),
            format!("That is what the ledger has, account {number} {name}."),
        );
        let cause = &mut finding.causes[first];
        cause.text = wording::together(&[cause.text.clone(), says]);
        finding.suspect = cause.edits.first().map(|edit| edit.at);
        finding.causes[..=first].rotate_right(1);
    }
}

/// The one account that closes the period with what the cell should have, and none with what it has.
fn account<'b>(book: &'b Book, names: &Names, edit: &Edit, period: Period) -> Option<&'b Account> {
    let s = names.statement(edit.at)?;
    let size = |value: Money| (value * s.unit.factor()).abs();
    let (to, from) = (size(edit.to), size(edit.from?));
    let column = s.columns().iter().position(|column| column.col == edit.at.col)?;
    let together = |grid: u32| book.together(book.grids[grid as usize].input, book.input(s));
    for ledger in book.ledgers.iter().filter(|ledger| together(ledger.grid)) {
        let Some((.., year)) = columns(ledger, s).find(|(own, its, _)| *own == column && *its == period) else {
            continue;
        };
        let half = if s.unit.factor() == Money::ONE { Money::new(5, 1) } else { Money::ZERO };
        let of = |amount: Money| {
            let is_it = move |account: &&Account| {
                closing(account, year).is_some_and(|figure| (figure.value.abs() - amount).abs() <= half)
            };
            ledger.counted().iter().filter(is_it).collect::<Vec<&Account>>()
        };
        if let ([account], []) = (of(to).as_slice(), of(from).as_slice())
            && to >= Money::from(LEAST)
        {
            return Some(account);
        }
    }
    None
}
