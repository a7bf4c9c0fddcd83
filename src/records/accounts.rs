//! The accounts of ledgers as records: what each closes the year with, and what it began with where no year before
//! tells that.

use std::collections::{BTreeSet, HashSet};

use super::place::{self, Place};
use super::{Record, Teller, Written};
use crate::check::Report;
use crate::coverage::Tie;
use crate::grid::At;
use crate::ledger::{Account, Figure, Ledger, Stated};
use crate::money::{Money, Unit};
use crate::period::{Measure, Period};
use crate::statement::Kind;
use crate::table::Role;

/// The records of a ledger, account by account. Amounts have the signs of the ledger: credit is negative.
pub(super) fn records<'a>(teller: &'a Teller<'a>, report: &Report, ledger: &'a Ledger) -> Vec<Record> {
    let tied: HashSet<At> = report.checks.iter().flat_map(|check| check.relation.cells()).collect();
    let summed: HashSet<At> =
        ledger.stated.iter().flat_map(Stated::figures).map(|figure| ledger.at(figure.place)).collect();
    let place = place::of_accounts(teller.book, ledger);
    let mut records = Vec::new();
    for account in ledger.counted() {
        for year in &ledger.years {
            let Some(balance) = account.balance(year.index) else { continue };
            let period = Period::span(year.from, year.to);
            let before = account.balance(year.index - 1).is_some_and(|before| before.closing.is_some());
            let opening = balance.opening.filter(|_| !before).map(|figure| (figure, period.map(|p| p.shifted(-1))));
            let closing = balance.result.or(balance.closing).map(|figure| (figure, period));
            for (figure, period) in opening.into_iter().chain(closing) {
                let at = ledger.at(figure.place);
                let tie = match () {
                    () if tied.contains(&at) => Tie::Tied,
                    () if summed.contains(&at) => Tie::Summed,
                    () => Tie::Untied,
                };
                records.push(record(teller, ledger, account, place(account), (figure, period, tie)));
            }
        }
    }
    records
}

fn record(
    teller: &Teller,
    ledger: &Ledger,
    account: &Account,
    place: Place,
    (figure, period, tie): (Figure, Option<Period>, Tie),
) -> Record {
    let at = ledger.at(figure.place);
    let grid = &teller.book.grids[at.grid as usize];
    Record {
        association: teller.book.association(grid.input).map(str::to_owned),
        organisation_number: teller.book.organisation_number(grid.input).map(str::to_owned),
        period,
        source: super::source(teller.book, grid.input),
        statement: Kind::Other,
        title: ledger.header.name.as_ref().map_or_else(String::new, |said| said.text.clone()),
        note: None,
        concept: None,
        label: account.name.clone(),
        role: Role::Line,
        measure: Some(Measure::Actual),
        entity: None,
        member: None,
        account: Some(account.number.clone()),
        activity: None,
        activity_kind: None,
        amount: Some(figure.value),
        value: figure.value,
        unit: Some(Written::Money(Unit::Kronor)),
        tie: Some(tie),
        findings: teller.findings.get(&at).cloned().unwrap_or_else(BTreeSet::new),
        file: teller.book.inputs.get(grid.input).map_or(String::new(), |input| input.path.display().to_string()),
        sheet: grid.sheet.clone(),
        cell: grid.address(at.row, at.col),
        part_of: place.part_of,
        signed_amount: place.sign.map(|sign| figure.value * Money::from(i64::from(sign))),
    }
}
