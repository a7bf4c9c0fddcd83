//! Lists of accounts with their balances: saldobalans, balansrapport, resultatrapport.

use std::collections::BTreeSet;

use super::Told;
use super::layout::{Column, Layout, Part};
use super::preamble::Preamble;
use super::rows::{account, amount, figure, sign, texts, written};
use super::signs::Turned;
use super::sums;
use crate::grid::{Cell, Grid};
use crate::ledger::{Account, Balance, Figure, Journal, Place};
use crate::money::Money;
use crate::written::DecimalSign;

/// So many accounts make a list.
const ACCOUNTS: usize = 4;

/// A row of a list.
pub(super) enum Row {
    Account(Entry),
    /// Figures without an account.
    Total {
        label: String,
        figures: Vec<Option<Figure>>,
    },
    /// Nothing but words: a heading of a group.
    Heading,
}

/// An account with its figures, one a column of amounts.
pub(super) struct Entry {
    pub number: String,
    pub name: String,
    pub place: Place,
    pub figures: Vec<Option<Figure>>,
}

pub(super) fn read(grid: &Grid, layout: &Layout, preamble: &Preamble) -> Option<Told> {
    let sign = sign(grid);
    let columns: Vec<&Column> = layout.amounts().collect();
    let rows: Vec<Row> =
        grid.rows().filter(|(row, _)| *row > layout.row).filter_map(|(_, cells)| row(cells, layout, sign)).collect();
    let entries: Vec<&Entry> = entries(&rows).collect();
    let totals = rows.iter().filter(|row| matches!(row, Row::Total { .. })).count();
    let numbers: BTreeSet<&str> = entries.iter().map(|entry| entry.number.as_str()).collect();
    // An account that stands twice is listed by objects: its rows are parts of it.
    // In what names itself a report, each group of one account may have its total and that of the groups over it.
    let most = if layout.report.is_some() { 2 * entries.len() } else { entries.len() };
    if entries.len() < ACCOUNTS || totals > most || numbers.len() < entries.len() {
        return None;
    }
    let own = preamble.span.map(|(_, to, _)| to.year);
    let index = |column: &Column| match (column.prior, column.year, own) {
        (true, ..) => -1,
        (false, Some(year), Some(own)) => year - own,
        _ => 0,
    };
    // A balance beside what made it is of the year so far, whatever period the list is of.
    let has = |part: Part| columns.iter().any(|column| column.part == part);
    let accumulated = has(Part::Closing) && (has(Part::Opening) || has(Part::Carried) || has(Part::Change));
    let years = preamble.years(columns.iter().any(|column| index(column) == -1), accumulated);
    let whole = years.first().is_none_or(|year| preamble.span.is_none_or(|(from, ..)| from == year.from));
    let turned = turned(&entries, &columns);
    let accounts = entries.iter().map(|entry| entry_account(entry, &columns, turned, whole, &index));
    let mut accounts: Vec<Account> = accounts.collect();
    accounts.sort_by(|a, b| a.number.cmp(&b.number));
    let amounts = grid.cells().iter().filter(|cell| layout.is_amount(cell.col)).filter_map(|cell| amount(cell, sign));
    let written = sums::Written::of(amounts);
    let stated = sums::all(&rows, &columns, &|number| turned.has(number), written);
    Some(Told { accounts, years, journal: Journal::default(), stated, transactions: None })
}

pub(super) fn entries(rows: &[Row]) -> impl Iterator<Item = &Entry> {
    rows.iter().filter_map(|row| match row {
        Row::Account(entry) => Some(entry),
        _ => None,
    })
}

fn row(cells: &[Cell], layout: &Layout, sign: DecimalSign) -> Option<Row> {
    let figures: Vec<Option<Figure>> = layout
        .amounts()
        .map(|column| cells.iter().find(|cell| cell.col == column.col).and_then(|cell| figure(cell, sign)))
        .collect();
    let any = figures.iter().any(Option::is_some);
    let named = |cell: &&Cell| !layout.is_amount(cell.col) && written(cell).is_some();
    let first = match layout.col(Part::Account) {
        Some(col) => cells.iter().find(|cell| cell.col == col).or(cells.iter().find(named)),
        None => cells.iter().find(named),
    };
    let Some((cell, (number, name))) = first.and_then(|cell| Some((cell, account(cell)?))) else {
        let label = texts(cells).find(|(col, _)| !layout.is_amount(*col)).map(|(_, text)| text.to_owned());
        return match (any, label) {
            (true, label) => Some(Row::Total { label: label.unwrap_or_default(), figures }),
            (false, Some(_)) => Some(Row::Heading),
            (false, None) => None,
        };
    };
    let beside = texts(cells).find(|(col, _)| *col > cell.col && !layout.is_amount(*col));
    let name = if name.is_empty() { beside.map(|(_, text)| text.to_owned()).unwrap_or_default() } else { name };
    let place = Place { row: cell.row, col: cell.col };
    // The number of a group heads it: `20 Eget kapital` has no figures of its own.
    Some(if any { Row::Account(Entry { number, name, place, figures }) } else { Row::Heading })
}

/// The sign of each group, by the column that says most of balances.
fn turned(entries: &[&Entry], columns: &[&Column]) -> Turned {
    // Sides tell the signs themselves.
    if columns.iter().any(|column| column.credit) {
        return Turned::default();
    }
    let best = [Part::Closing, Part::Change, Part::Opening]
        .iter()
        .find_map(|part| columns.iter().position(|column| column.part == *part && !column.prior));
    let Some(best) = best else { return Turned::default() };
    let figures = entries.iter().filter_map(|entry| Some((entry.number.as_str(), entry.figures[best]?.value)));
    Turned::of(&figures.collect::<Vec<_>>())
}

/// `whole`: the period that the list is of begins with the year that its balances are of.
fn entry_account(
    entry: &Entry,
    columns: &[&Column],
    turned: Turned,
    whole: bool,
    index: &impl Fn(&Column) -> i32,
) -> Account {
    let mut account = Account {
        number: entry.number.clone(),
        name: entry.name.clone(),
        declared: Some(entry.place),
        used: Some(entry.place),
        ..Account::default()
    };
    let sign = if turned.has(&entry.number) { -Money::ONE } else { Money::ONE };
    let is_balance = account.is_balance();
    let told = |part: Part, prior: bool| columns.iter().any(|column| column.part == part && column.prior == prior);
    let sided = columns.iter().any(|column| column.credit);
    let has_closing = told(Part::Closing, false);
    for (column, figure) in columns.iter().zip(&entry.figures) {
        let Some(figure) = figure else { continue };
        let year_index = index(column);
        let balance = balance(&mut account.balances, year_index);
        let side = if column.credit { -Money::ONE } else { Money::ONE };
        let mut tell = |slot: fn(&mut Balance) -> &mut Option<Figure>| {
            let slot = slot(balance);
            match slot {
                // Of two sides, the one that is nothing says nothing.
                Some(_) if sided && figure.value.is_zero() => {}
                Some(known) if sided => *known = Figure { value: known.value + side * figure.value, ..*figure },
                _ => *slot = Some(Figure { value: sign * side * figure.value, ..*figure }),
            }
        };
        match column.part {
            Part::Closing if is_balance => tell(|balance| &mut balance.closing),
            Part::Closing => tell(|balance| &mut balance.result),
            Part::Opening if is_balance => tell(|balance| &mut balance.opening),
            // What the period begins with, where nothing else is told of the opening.
            Part::Carried if is_balance && whole && !told(Part::Opening, false) => tell(|balance| &mut balance.opening),
            Part::Change if !is_balance && (whole || !has_closing) && !told(Part::Closing, column.prior) => {
                tell(|balance| &mut balance.result)
            }
            // Two columns without a balance are the balance: on the one side or on the other.
            Part::Debit | Part::Credit if !has_closing && !figure.value.is_zero() => {
                let value = if column.part == Part::Debit { figure.value } else { -figure.value };
                let slot = if is_balance { &mut balance.closing } else { &mut balance.result };
                let before = slot.map_or(Money::ZERO, |known| known.value);
                *slot = Some(Figure { value: before + value, ..*figure });
            }
            _ => {}
        }
    }
    account
}

fn balance(balances: &mut Vec<Balance>, year: i32) -> &mut Balance {
    let at = balances.iter().position(|balance| balance.year == year).unwrap_or_else(|| {
        balances.push(Balance { year, ..Balance::default() });
        balances.len() - 1
    });
    &mut balances[at]
}
