//! What the sheet's own formulas say, where they are there to be read.

use super::{Evidence, Found, Kind, Place};
use crate::grid::{Grid, Value};
use crate::money::{Closeness, Interval, Money, Unit};
use crate::table::formula::linear;

/// A formula over more cells than this is not taken apart.
const MOST_CELLS: u64 = 100_000;

/// The sums and differences that formulas make of cells of their own sheet.
pub(super) fn relations(grid: &Grid) -> Vec<Found> {
    grid.cells()
        .iter()
        .filter_map(|cell| {
            let terms = cells_of(grid, cell.formula()?)?;
            let result = (cell.row, cell.col);
            let kind = if terms.iter().any(|&(_, sign)| sign < 0) { Kind::Difference } else { Kind::Sum };
            let holds = holds(grid, result, &terms)?;
            Some(Found { kind, result, terms, holds, confidence: 100, evidence: vec![Evidence::Formula] })
        })
        .collect()
}

/// The cells with figures that a linear formula uses, at least two of them, all on this sheet.
fn cells_of(grid: &Grid, formula: &str) -> Option<Vec<(Place, i8)>> {
    let mut terms = Vec::new();
    for (sheet, area, sign) in linear(formula)? {
        if sheet.is_some_and(|sheet| sheet != grid.sheet) {
            return None;
        }
        let size = u64::from(area.last_row - area.first_row + 1) * u64::from(area.last_col - area.first_col + 1);
        if size > MOST_CELLS {
            return None;
        }
        let rows =
            grid.rows().skip_while(|&(row, _)| row < area.first_row).take_while(|&(row, _)| row <= area.last_row);
        for cell in rows.flat_map(|(_, cells)| cells).filter(|cell| area.holds(cell.row, cell.col)) {
            if matches!(cell.value, Value::Number(_)) {
                terms.push(((cell.row, cell.col), sign));
            }
        }
    }
    (terms.len() >= 2).then_some(terms)
}

/// Whether the shown result is what the formula makes of the shown figures; `None` where it shows none.
fn holds(grid: &Grid, result: Place, terms: &[(Place, i8)]) -> Option<bool> {
    let interval = |(row, col): Place| match grid.get(row, col)?.value {
        Value::Number(amount) => Some(Interval::of(amount, Unit::Kronor)),
        _ => None,
    };
    let made = terms.iter().try_fold(Interval::exact(Money::ZERO), |made, &(place, sign)| {
        Some(made.plus(i32::from(sign), interval(place)?))
    })?;
    Some(interval(result)?.closeness(made) != Closeness::Off)
}
