//! Formulas that only add and subtract cells: what they add, and what that gives.

use std::collections::BTreeSet;

use crate::grid::{Area, At, Grid, Value};
use crate::money::Money;

/// What a formula adds: the sheet where it names one, the cells, and +1 or −1.
pub type Addend = (Option<String>, Area, i8);

/// The cells that a formula adds and subtracts: `SUM(B2:B9,B12)-'Not 3'!C4`. `None` for a formula that does
/// anything else, and for one that uses no cell at all. The leading `=` may stand or be left out.
pub fn linear(formula: &str) -> Option<Vec<Addend>> {
    let text = formula.trim();
    let mut parser = Parser { rest: text.strip_prefix('=').unwrap_or(text), addends: Vec::new(), depth: 0 };
    parser.sum(1, false)?;
    parser.skip_blanks();
    (parser.rest.is_empty() && !parser.addends.is_empty()).then_some(parser.addends)
}

/// A formula over more cells than this is not taken apart.
const MOST_CELLS: u64 = 1_000;

/// Totals are not nested deeper.
const MOST_LEVELS: usize = 64;

/// The cells that the formula of a cell adds, in the grids of its file, and its signs. `None` where it does anything
/// else.
pub fn added(grids: &[Grid], total: At) -> Option<Vec<(At, i8)>> {
    let home = &grids[total.grid as usize];
    let mut found = Vec::new();
    for (sheet, area, sign) in linear(home.get(total.row, total.col)?.formula()?)? {
        let of_file = |grid: &Grid| grid.input == home.input && Some(&grid.sheet) == sheet.as_ref();
        let grid = if sheet.is_some() { grids.iter().position(of_file)? as u32 } else { total.grid };
        let size = u64::from(area.last_row - area.first_row + 1) * u64::from(area.last_col - area.first_col + 1);
        if size > MOST_CELLS {
            return None;
        }
        let columns = area.first_col..=area.last_col;
        let places = (area.first_row..=area.last_row).flat_map(|row| columns.clone().map(move |col| (row, col)));
        found.extend(places.map(|(row, col)| (At { grid, row, col }, sign)));
    }
    Some(found)
}

/// What cells add up to, those without a number as nothing.
pub fn sum(grids: &[Grid], added: &[(At, i8)]) -> Money {
    added.iter().map(|&(at, sign)| Money::from(i64::from(sign)) * number(grids, at)).sum()
}

/// Whether a cell shows what its formula adds up to, but for the noise of programs that add in binary.
pub fn comes_out(grids: &[Grid], total: At, added: &[(At, i8)]) -> bool {
    let (stands, noise) = (number(grids, total), Money::new(1, 6));
    (sum(grids, added) - stands).abs() <= noise.max(noise * stands.abs())
}

fn number(grids: &[Grid], at: At) -> Money {
    match grids[at.grid as usize].get(at.row, at.col).map(|cell| &cell.value) {
        Some(Value::Number(amount)) => amount.value,
        _ => Money::ZERO,
    }
}

/// The sums that formulas give in files where all of them come out, to be computed again when a figure changes.
#[derive(Clone, Debug, Default)]
pub struct Live(Vec<(At, Vec<(At, i8)>)>);

impl Live {
    pub fn of(grids: &[Grid]) -> Live {
        let (mut found, mut stale) = (Vec::new(), BTreeSet::new());
        for (grid, sheet) in (0u32..).zip(grids) {
            for cell in sheet.cells().iter().filter(|cell| cell.formula().is_some()) {
                let at = At { grid, row: cell.row, col: cell.col };
                let Some(added) = added(grids, at) else { continue };
                if !comes_out(grids, at, &added) {
                    stale.insert(sheet.input);
                }
                found.push((at, added));
            }
        }
        found.retain(|(at, _)| !stale.contains(&grids[at.grid as usize].input));
        Live(found)
    }

    /// Gives every sum its new value that some changed cells go into: the cells, and what stood there. What is no
    /// formula any more is left.
    pub fn compute(&self, grids: &mut [Grid], from: &[At]) -> Vec<(At, Money)> {
        let mut changed: BTreeSet<At> = from.iter().copied().collect();
        let mut was: Vec<(At, Money)> = Vec::new();
        for _ in 0..MOST_LEVELS {
            let mut settled = true;
            for (at, added) in &self.0 {
                if !added.iter().any(|(part, _)| changed.contains(part)) {
                    continue;
                }
                let grid = &grids[at.grid as usize];
                let cell = grid.get(at.row, at.col).filter(|cell| cell.formula().is_some()).cloned();
                let Some(mut cell) = cell.filter(|_| !comes_out(grids, *at, added)) else { continue };
                if changed.insert(*at) {
                    was.push((*at, number(grids, *at)));
                }
                cell.value = Value::number(sum(grids, added));
                grids[at.grid as usize].put(cell);
                settled = false;
            }
            if settled {
                break;
            }
        }
        was
    }
}

/// Nothing that people write is nested deeper.
const DEEPEST: u32 = 32;

struct Parser<'a> {
    rest: &'a str,
    addends: Vec<Addend>,
    depth: u32,
}

impl Parser<'_> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, c: char) -> bool {
        self.skip_blanks();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Terms with `+` and `−` between them; among the arguments of SUM also with `,` or `;`, and with ranges.
    fn sum(&mut self, sign: i8, arguments: bool) -> Option<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut own = sign;
        loop {
            while self.rest.trim_start().starts_with(['+', '-']) {
                if self.take('-') {
                    own = -own;
                } else {
                    self.take('+');
                }
            }
            self.term(own, arguments)?;
            self.skip_blanks();
            match self.rest.chars().next() {
                Some('+' | '-') => own = sign,
                Some(',' | ';') if arguments => {
                    self.rest = &self.rest[1..];
                    own = sign;
                }
                _ => break,
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn term(&mut self, sign: i8, ranges: bool) -> Option<()> {
        self.skip_blanks();
        if self.take('(') {
            self.sum(sign, false)?;
            return self.take(')').then_some(());
        }
        if self.rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("SUM")) {
            let after = self.rest[3..].trim_start();
            if let Some(inside) = after.strip_prefix('(') {
                self.rest = inside;
                self.sum(sign, true)?;
                return self.take(')').then_some(());
            }
        }
        // A zero adds nothing; any other number is more than a sum of cells.
        let digits = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        if digits > 0 {
            let nothing = self.rest[..digits].bytes().all(|b| matches!(b, b'0' | b'.'));
            self.rest = &self.rest[digits..];
            return nothing.then_some(());
        }
        let sheet = self.sheet()?;
        let (first_row, first_col) = self.cell()?;
        let (last_row, last_col) = match self.take(':') {
            true if ranges => self.cell()?,
            true => return None,
            false => (first_row, first_col),
        };
        let area = Area {
            first_row: first_row.min(last_row),
            first_col: first_col.min(last_col),
            last_row: first_row.max(last_row),
            last_col: first_col.max(last_col),
        };
        self.addends.push((sheet, area, sign));
        Some(())
    }

    /// `Name!` or `'Any name'!` before a cell, with a quote written twice where the name holds one. `None` where a
    /// quote is not closed.
    fn sheet(&mut self) -> Option<Option<String>> {
        if let Some(quoted) = self.rest.strip_prefix('\'') {
            let mut from = 0;
            loop {
                let end = from + quoted[from..].find('\'')?;
                if quoted[end + 1..].starts_with('\'') {
                    from = end + 2;
                    continue;
                }
                self.rest = quoted[end + 1..].strip_prefix('!')?;
                return Some(Some(quoted[..end].replace("''", "'")));
            }
        }
        let name = self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')));
        match name {
            Some(end) if end > 0 && self.rest[end..].starts_with('!') => {
                let name = self.rest[..end].to_string();
                self.rest = &self.rest[end + 1..];
                Some(Some(name))
            }
            _ => Some(None),
        }
    }

    /// `B9`, `$B$9`.
    fn cell(&mut self) -> Option<(u32, u32)> {
        self.skip_blanks();
        let text = self.rest.strip_prefix('$').unwrap_or(self.rest);
        let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        if !(1..=3).contains(&letters) {
            return None;
        }
        let col = text[..letters].bytes().fold(0, |col, b| col * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let text = &text[letters..];
        let text = text.strip_prefix('$').unwrap_or(text);
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let row: u32 = text[..digits].parse().ok().filter(|&row| row > 0)?;
        self.rest = &text[digits..];
        Some((row - 1, col - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(formula: &str) -> String {
        let Some(addends) = linear(formula) else { return "-".into() };
        let shown = addends.iter().map(|(sheet, area, sign)| {
            let sign = if *sign > 0 { '+' } else { '-' };
            let sheet = sheet.as_ref().map_or(String::new(), |sheet| format!("{sheet}!"));
            format!("{sign}{sheet}{}", area.a1())
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_only_adds_and_subtracts_is_read() {
        let formulas = [
            ("SUM(B2:B9)", "+B2:B9"),
            ("=sum(B2:B4;$C$7, D1)", "+B2:B4 +C7:C7 +D1:D1"),
            ("E5-F5", "+E5:E5 -F5:F5"),
            ("-(A1-B1)+0", "-A1:A1 +B1:B1"),
            ("SUM(A1:A3)-SUM(B1:B3)", "+A1:A3 -B1:B3"),
            ("+'Not 3'!C4+RR!B9", "+Not 3!C4:C4 +RR!B9:B9"),
            ("sum(E1-F1)", "+E1:E1 -F1:F1"),
        ];
        for (formula, expected) in formulas {
            assert_eq!(shown(formula), expected, "{formula}");
        }
    }

    #[test]
    fn what_does_more_is_not() {
        for formula in ["A1*2", "A1+5", "AVERAGE(A1:A3)", "A1:A3", "SUM(A1:A3", "1", "", "A1/B1", "SUMIFS(A1:A3)", "'x"]
        {
            assert_eq!(shown(formula), "-", "{formula}");
        }
    }
}
