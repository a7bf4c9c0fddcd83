//! The little arithmetic that the cleaned workbook's formulas need, exact.

use std::collections::BTreeMap;

use avstam::grid::{Cell, Grid};
use avstam::money::Money;

use crate::number;

/// The value of a formula of sums, differences, products, quotients and roundings; `None` for anything else.
pub fn evaluate(formula: &str, sheet: &str, sheets: &BTreeMap<String, Grid>) -> Option<Money> {
    let mut reader = Reader { rest: formula, sheet, sheets };
    let value = reader.sum()?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
    sheet: &'a str,
    sheets: &'a BTreeMap<String, Grid>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, mark: &str) -> bool {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn sum(&mut self) -> Option<Money> {
        let mut value = if self.take("-") { -self.product()? } else { self.product()? };
        loop {
            match () {
                _ if self.take("+") => value = value + self.product()?,
                _ if self.take("-") => value = value - self.product()?,
                _ => return Some(value),
            }
        }
    }

    fn product(&mut self) -> Option<Money> {
        let mut value = self.atom()?;
        loop {
            match () {
                _ if self.take("*") => value = value * self.atom()?,
                _ if self.take("/") => value = value.divide(self.atom()?)?,
                _ => return Some(value),
            }
        }
    }

    fn atom(&mut self) -> Option<Money> {
        if self.take("SUM(") {
            let (sheet, first) = self.reference()?;
            let last = if self.take(":") { self.reference()?.1 } else { first };
            return self.take(")").then(|| self.range(sheet, first, last));
        }
        if self.take("ROUND(") {
            let value = self.sum()?;
            let decimals = self.take(",").then(|| self.digits())??;
            return self.take(")").then_some(value.round(decimals.to_i64()? as u32));
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return self.digits();
        }
        let (sheet, (row, col)) = self.reference()?;
        self.sheets.get(sheet)?.get(row, col).map_or(Some(Money::ZERO), number)
    }

    fn digits(&mut self) -> Option<Money> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        Money::parse(digits)
    }

    /// `C5` or `'Noter'!C5`.
    fn reference(&mut self) -> Option<(&'a str, (u32, u32))> {
        let mut sheet = self.sheet;
        if let Some(named) = self.rest.strip_prefix('\'') {
            let (name, rest) = named.split_once("'!")?;
            (sheet, self.rest) = (name, rest);
        } else if let Some((name, rest)) = self.rest.split_once('!')
            && name.chars().all(char::is_alphabetic)
        {
            (sheet, self.rest) = (name, rest);
        }
        let letters = self.rest.find(|c: char| !c.is_ascii_uppercase())?;
        let (column, rest) = self.rest.split_at(letters);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let row: u32 = rest[..end].parse().ok()?;
        self.rest = &rest[end..];
        let col = column.bytes().try_fold(0u32, |col, b| Some(col.checked_mul(26)? + u32::from(b - b'A') + 1))?;
        Some((sheet, (row.checked_sub(1)?, col.checked_sub(1)?)))
    }

    fn range(&self, sheet: &str, first: (u32, u32), last: (u32, u32)) -> Money {
        let holds = |cell: &&Cell| (first.0..=last.0).contains(&cell.row) && (first.1..=last.1).contains(&cell.col);
        let cells = self.sheets.get(sheet).map_or(&[][..], Grid::cells);
        cells.iter().filter(holds).filter_map(number).sum()
    }
}
