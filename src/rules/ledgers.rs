//! What the rules on ledgers share: how many faults of one kind are told, and how vouchers and years are named.

use super::{Observed, Rule};
use crate::finding::{Consequence, Finding, Language, Role, Text};
use crate::grid::At;
use crate::ledger::{Expected, Ledger, Of, Place, Stated, Voucher, Year};
use crate::money::{Money, Swedish, Unit};
use crate::period::Period;

/// So many faults of one kind in a ledger are findings of their own; more are one finding, with the others as what
/// belongs to it.
const ALONE: usize = 3;
/// So many of those are told one by one.
pub const TOLD: usize = 100;

/// One fault of a ledger.
pub struct Fault {
    pub message: Text,
    pub stated: Option<Money>,
    pub expected: Option<Money>,
    pub cells: Vec<(Place, Role)>,
    /// The first of the cells is the one that is wrong.
    pub suspect: bool,
    /// Cells of other documents that say so too.
    pub elsewhere: Vec<(At, Role)>,
}

impl Fault {
    pub fn new(message: Text, cells: Vec<(Place, Role)>) -> Fault {
        Fault { message, stated: None, expected: None, cells, suspect: false, elsewhere: Vec::new() }
    }

    /// A balance that is not what it should be.
    pub fn of(expected: &Expected, message: Text) -> Fault {
        let mut cells: Vec<(Place, Role)> = Vec::new();
        cells.extend(expected.stated.map(|figure| (figure.place, Role::Total)));
        cells.extend(expected.opening.map(|figure| (figure.place, Role::Term)));
        if cells.is_empty() {
            cells.extend(expected.account.used.or(expected.account.declared).map(|place| (place, Role::Label)));
        }
        let (stated, expected) = (Some(expected.stated()), Some(expected.expected));
        Fault { stated, expected, ..Fault::new(message, cells) }
    }
}

/// Tells the faults of one kind: each as a finding while they are few, else as one finding. `count` is how many there
/// are; `faults` may hold the first of them only. `together` is what is said of many.
pub fn tell(
    observed: &mut Observed,
    rule: &Rule,
    ledger: &Ledger,
    faults: Vec<Fault>,
    count: usize,
    together: impl Fn(usize) -> Text,
) {
    let period = ledger.year(0).and_then(period);
    let cells = |fault: &Fault| -> Vec<_> {
        let own = fault.cells.iter().map(|(place, role)| (ledger.at(*place), *role));
        own.chain(fault.elsewhere.iter().copied()).collect()
    };
    let finding = |fault: &Fault| {
        let mut finding = Finding::new(rule.code, rule.severity, fault.message.clone());
        (finding.stated, finding.expected, finding.period) = (fault.stated, fault.expected, period);
        finding.unit = fault.stated.map(|_| Unit::Kronor);
        finding.cells = cells(fault);
        finding.suspect = finding.cells.first().filter(|_| fault.suspect).map(|(at, _)| *at);
        finding
    };
    if count <= ALONE {
        observed.findings.extend(faults.iter().map(finding));
        return;
    }
    let Some(first) = faults.first() else { return };
    let mut one = finding(first);
    (one.stated, one.expected, one.unit) = (None, None, None);
    one.message = both(&together(count), &first.message);
    let consequence =
        |fault: &Fault| Consequence { rule: rule.code, message: fault.message.clone(), cells: cells(fault) };
    one.consequences = faults.iter().skip(1).take(TOLD).map(consequence).collect();
    observed.untold += count.saturating_sub(1 + one.consequences.len());
    observed.findings.push(one);
}

fn both(first: &Text, second: &Text) -> Text {
    let joined = |language| format!("{} {}", first.get(language), second.get(language));
    Text::new(joined(Language::Swedish), joined(Language::English))
}

/// The total that a list states of a voucher that does not balance, and that its rows are off from by as much.
pub fn total_of<'l>(ledger: &'l Ledger, voucher: &Voucher) -> Option<&'l Stated> {
    // Its own total, or that of all rows.
    let own = |stated: &&Stated| {
        let first = stated.terms.iter().map(|(figure, _)| figure.place.row).min();
        let rows = first.unwrap_or(u32::MAX)..=stated.result.place.row;
        let last = voucher.place.row + voucher.rows.max(1);
        stated.of == Of::Group && rows.contains(&voucher.place.row.max(*rows.start()).min(last))
    };
    let broken = ledger.stated.iter().filter(|stated| !stated.holds());
    broken.filter(own).find(|stated| stated.difference().abs() == voucher.sum.abs())
}

/// The voucher that does not balance by just what an account's balance is off: the row on that account is wrong.
pub fn explained_by<'l>(ledger: &'l Ledger, found: &Expected) -> Option<&'l Voucher> {
    let off = found.stated() - found.expected;
    ledger.journal.unbalanced_first.iter().find(|voucher| (voucher.sum + off).is_zero())
}

/// By how much an account opens a year otherwise than it closed the year before: the opening balance is wrong, and so is
/// all that follows from it.
pub fn opened_otherwise(ledger: &Ledger, year: &Year, account: &str) -> Option<Money> {
    let carried = ledger.carried_forward(year.index);
    let own = carried.iter().find(|carried| carried.account.number == account && !carried.holds())?;
    Some(own.stated() - own.expected)
}

/// The period of a financial year, where it is within a calendar year.
pub fn period(year: &Year) -> Option<Period> {
    Period::span(year.from, year.to)
}

/// `2024`, or the days where they are no calendar year: in both languages the same.
pub fn year_name(year: &Year) -> String {
    match period(year) {
        Some(period) if period.is_year() => period.to_string(),
        _ => format!("{}–{}", year.from, year.to),
    }
}

/// `A 12`, or the line's number where the voucher has no number.
pub fn voucher_name(voucher: &Voucher) -> String {
    let name = format!("{} {}", voucher.series, voucher.number);
    match name.trim() {
        "" => (voucher.place.row + 1).to_string(),
        name => name.to_string(),
    }
}

/// Whole kronor as such, else with two decimals.
pub fn shown(amount: Money) -> String {
    let text = Swedish(amount.normalize()).to_string();
    match text.split_once(',') {
        Some((_, decimals)) if decimals.len() == 1 => format!("{text}0"),
        _ => text,
    }
}
