//! What the cells of a row say: texts, amounts, accounts.

use crate::grid::{Cell, Grid, Value};
use crate::ledger::{Figure, Place};
use crate::money::{Amount, Unit};
use crate::written::{DecimalSign, Suffix, Written, read_written};

pub(super) fn texts(cells: &[Cell]) -> impl Iterator<Item = (u32, &str)> {
    cells.iter().filter_map(|cell| Some((cell.col, cell.text()?.trim()))).filter(|(_, text)| !text.is_empty())
}

/// The decimal sign of a sheet's figures.
pub(super) fn sign(grid: &Grid) -> DecimalSign {
    DecimalSign::of(grid.others().filter_map(|cell| cell.text()))
}

/// The amount that a cell holds.
pub(super) fn amount(cell: &Cell, sign: DecimalSign) -> Option<Amount> {
    match &cell.value {
        Value::Number(amount) => Some(*amount),
        Value::Text(text) => match read_written(text, sign) {
            Written::Figure(figure) if matches!(figure.suffix, Suffix::Nothing | Suffix::Unit(Unit::Kronor)) => {
                Some(figure.amount)
            }
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn figure(cell: &Cell, sign: DecimalSign) -> Option<Figure> {
    let amount = amount(cell, sign)?;
    Some(Figure { value: amount.value, place: Place { row: cell.row, col: cell.col } })
}

/// What stands in a cell, as it would be written: numbers of accounts and vouchers are often stored as figures.
pub(super) fn written(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(amount) if amount.value.is_integer() => Some(amount.value.normalize().to_string()),
        _ => None,
    }
}

/// The account that a cell names, and its name where that stands in the same cell: `1930`, `1930 Bank`, `1930 - Bank`.
pub(super) fn account(cell: &Cell) -> Option<(String, String)> {
    let text = written(cell)?;
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let name = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':' | '.' | ','));
    let parted = rest.is_empty() || (rest.len() > name.len() && name.starts_with(char::is_alphabetic));
    let right = (3..=8).contains(&number.len()) && !number.starts_with('0') && parted;
    right.then(|| (number.to_owned(), name.to_owned()))
}
