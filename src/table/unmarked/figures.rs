//! The figures of a sheet as whole numbers, seen along its rows or along its columns.

use super::hash::mix;
use crate::grid::{Grid, NumberFormat, Value};
use crate::money::Amount;
use crate::words::{self, Class};
use crate::written::{DecimalSign, Figure as WrittenFigure, Suffix, Written, read_written};

/// No figure is held to more decimals than this: a binary number shows no truth beyond them.
const MOST_DECIMALS: u32 = 6;
/// From so many decimals on, a figure is a cut binary number, and its last decimal is not exact.
const BINARY_DECIMALS: u32 = 5;
/// The largest scaled figure: sums of a thousand of them stay within 64 bits.
const LARGEST: i64 = 1 << 53;
/// A line with so many figures that are all round shows to what they were rounded.
const ENOUGH_TO_ROUND: u32 = 4;

/// What stands in a cell, as far as arithmetic goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Blank,
    /// Words or a mark; counts as nothing in a sum.
    Word,
    Number,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figure {
    /// In steps of 10^−[`Sheet::decimals`].
    pub value: i64,
    /// The power of ten that the figure is a multiple of: what it may have been rounded to.
    pub zeros: u8,
    /// To what the figures of its row or its column are rounded: 1, 5, 10, 50, …
    pub unit: i64,
    /// What the last written decimal is worth.
    pub step: i64,
    /// How many steps of the sheet one is.
    pub one: i64,
    pub state: State,
    /// Written with a percent sign.
    pub percent: bool,
}

impl Figure {
    /// The step to which the figure is plainly rounded: tens or more, or 0.
    pub fn coarse(self) -> i64 {
        if self.unit >= 10 * self.one { self.unit } else { 0 }
    }

    pub fn is_number(self) -> bool {
        self.state == State::Number
    }
}

/// All figures of a sheet, without the rows and columns that hold none.
pub(super) struct Sheet {
    pub along_rows: Strip,
    pub along_columns: Strip,
}

/// The figures in one direction. A relation runs over *lines* (the columns, when it runs along a row) and is
/// expected to repeat in the *siblings* (then the rows).
pub(super) struct Strip {
    pub lines: usize,
    pub siblings: usize,
    /// Where a line and a sibling stand in the grid.
    pub line_at: Vec<u32>,
    pub sibling_at: Vec<u32>,
    /// Whether the wording at the line says that it is a total.
    pub named: Vec<bool>,
    /// The word of a total at the line, as a number: lines of one word are of one level. Zero where it is no total.
    pub level: Vec<u64>,
    /// Whether it says that the line is what others leave over.
    pub left_over: Vec<bool>,
    /// How many of the line's figures are below zero.
    pub below_zero: Vec<u32>,
    /// 1 where some figures are cut binary numbers, so that a sum of them may be off by a few steps; else 0.
    pub fuzz: i64,
    /// Sibling by sibling.
    cells: Vec<Figure>,
}

impl Strip {
    pub fn sibling(&self, sibling: usize) -> &[Figure] {
        &self.cells[sibling * self.lines..][..self.lines]
    }

    pub fn get(&self, sibling: usize, line: usize) -> Figure {
        self.cells[sibling * self.lines + line]
    }

    /// At most so many siblings, each with its lines that hold a figure other than zero.
    pub fn filled(&self, most: usize) -> Vec<(usize, Vec<usize>)> {
        let every = self.siblings.div_ceil(most).max(1);
        let lines = |sibling| (0..self.lines).filter(|&line| self.get(sibling, line).value != 0).collect();
        (0..self.siblings).step_by(every).map(|sibling| (sibling, lines(sibling))).collect()
    }

    /// The line of the only figure of a block that the total below it repeats.
    pub fn repeated(&self, sibling: usize, total: usize) -> Option<usize> {
        let line = (0..total).rev().find(|&line| self.get(sibling, line).value != 0)?;
        let same = self.get(sibling, line).value == self.get(sibling, total).value;
        (same && !self.named[line]).then_some(line)
    }

    fn turned(&self, (level, left_over): (Vec<u64>, Vec<u64>)) -> Strip {
        let mut cells = Vec::with_capacity(self.cells.len());
        for line in 0..self.lines {
            cells.extend((0..self.siblings).map(|sibling| self.get(sibling, line)));
        }
        Strip {
            lines: self.siblings,
            siblings: self.lines,
            line_at: self.sibling_at.clone(),
            sibling_at: self.line_at.clone(),
            named: level.iter().map(|&level| level != 0).collect(),
            level,
            left_over: left_over.iter().map(|&word| word != 0).collect(),
            below_zero: Vec::new(),
            fuzz: self.fuzz,
            cells,
        }
        .counted()
    }

    fn counted(mut self) -> Strip {
        self.below_zero = vec![0; self.lines];
        for (i, _) in self.cells.iter().enumerate().filter(|(_, figure)| figure.value < 0) {
            self.below_zero[i % self.lines] += 1;
        }
        self
    }
}

/// A cell that is not blank: its row and column, and its amount and whether that is in percent, where it has one.
type Read = (u32, u32, Option<(Amount, bool)>);

/// The most cells (used rows times used columns) that are looked at together.
const LARGEST_SHEET: usize = 1 << 24;

/// Which rows and which columns are called what is wanted. A wording with figures to its right names its row, another one
/// the column below it.
fn named(
    grid: &Grid,
    rows: &[u32],
    cols: &[u32],
    cells: &[Figure],
    wanted: impl Fn(&str) -> bool + Copy,
) -> (Vec<u64>, Vec<u64>) {
    let (mut named_rows, mut named_cols) = (vec![0; rows.len()], vec![0; cols.len()]);
    for cell in grid.others() {
        let Some(word) = cell.text().and_then(|text| says(text, wanted)) else { continue };
        let from = cols.partition_point(|&col| col <= cell.col);
        let row = rows.binary_search(&cell.row).ok();
        match row.filter(|&row| cells[row * cols.len()..][from..cols.len()].iter().any(|figure| figure.is_number())) {
            Some(row) => named_rows[row] = word,
            None => {
                if let Ok(col) = cols.binary_search(&cell.col) {
                    named_cols[col] = word;
                }
            }
        }
    }
    (named_rows, named_cols)
}

/// The word of a wanted name in a short wording, as a number that is not zero.
fn says(text: &str, wanted: impl Fn(&str) -> bool) -> Option<u64> {
    const LONGEST: usize = 60;
    if text.len() > LONGEST {
        return None;
    }
    let folded = words::fold(text);
    let word = folded.split(' ').find(|word| words::ending(Class::Total, word).is_some_and(&wanted))?;
    // `total` and `totalt` are one word.
    let word = word.trim_end_matches('t');
    Some(word.bytes().fold(1, |hash, byte| mix(hash, u64::from(byte))).max(1))
}

/// Reads the figures of a sheet; `None` where there are none, or far too many.
pub(super) fn read(grid: &Grid) -> Option<Sheet> {
    let sign = DecimalSign::of(grid.others().filter_map(|cell| cell.text()));
    let mut found: Vec<Read> = Vec::new();
    for cell in grid.cells() {
        let figure = match &cell.value {
            Value::Number(amount) => Some((*amount, matches!(cell.style.format, NumberFormat::Percent { .. }))),
            Value::Text(text) if text.trim().is_empty() => continue,
            Value::Text(text) => written(text, sign),
            Value::Uncalculated => continue,
            _ => None,
        };
        found.push((cell.row, cell.col, figure));
    }
    let decimals = shared_decimals(&found);
    let mut rows: Vec<u32> = found.iter().filter(|(.., figure)| figure.is_some()).map(|&(row, ..)| row).collect();
    let mut cols: Vec<u32> = found.iter().filter(|(.., figure)| figure.is_some()).map(|&(_, col, _)| col).collect();
    rows.dedup();
    cols.sort_unstable();
    cols.dedup();
    if rows.is_empty() || rows.len().checked_mul(cols.len())? > LARGEST_SHEET {
        return None;
    }
    let mut cells = vec![Figure::default(); rows.len() * cols.len()];
    for (row, col, figure) in found {
        let (Ok(r), Ok(c)) = (rows.binary_search(&row), cols.binary_search(&col)) else { continue };
        cells[r * cols.len() + c] = figure
            .and_then(|(amount, percent)| scaled(amount, percent, decimals))
            .unwrap_or(Figure { state: State::Word, ..Figure::default() });
    }
    let is_total = |name: &str| name != "difference";
    let (named_rows, named_cols) = named(grid, &rows, &cols, &cells, is_total);
    let (rest_rows, rest_cols) = named(grid, &rows, &cols, &cells, |name| !is_total(name));
    let mut along_rows = Strip {
        lines: cols.len(),
        siblings: rows.len(),
        line_at: cols,
        sibling_at: rows,
        named: named_cols.iter().map(|&word| word != 0).collect(),
        level: named_cols,
        left_over: rest_cols.iter().map(|&word| word != 0).collect(),
        below_zero: Vec::new(),
        fuzz: i64::from(decimals >= BINARY_DECIMALS),
        cells,
    }
    .counted();
    mark_units(&mut along_rows);
    let along_columns = along_rows.turned((named_rows, rest_rows));
    Some(Sheet { along_rows, along_columns })
}

fn written(text: &str, sign: DecimalSign) -> Option<(Amount, bool)> {
    let figure = |text| match read_written(text, sign) {
        Written::Figure(WrittenFigure { amount, suffix, .. }) => Some((amount, suffix == Suffix::Percent)),
        _ => None,
    };
    figure(text).or_else(|| figure(without_letter(text)?))
}

/// A figure without the letter that marks its quality, as statistical offices write it: `9,904E`.
fn without_letter(text: &str) -> Option<&str> {
    let rest = text.trim().strip_suffix(|c: char| c.is_ascii_uppercase())?;
    (rest.len() >= 3 && rest.ends_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// The decimals that hold every figure, but no more than fit.
fn shared_decimals(found: &[Read]) -> u32 {
    let (mut decimals, mut largest) = (0, 1);
    for (amount, _) in found.iter().filter_map(|(.., figure)| *figure) {
        decimals = decimals.max(amount.value.normalize().decimals());
        if let Some(whole) = amount.value.round(0).to_i64().filter(|whole| whole.unsigned_abs() < 1 << 43) {
            largest = largest.max(whole.abs());
        }
    }
    let mut decimals = decimals.min(MOST_DECIMALS);
    while decimals > 0 && largest > LARGEST / 10i64.pow(decimals) {
        decimals -= 1;
    }
    decimals
}

fn scaled(amount: Amount, percent: bool, decimals: u32) -> Option<Figure> {
    let value = i64::try_from(amount.value.round(decimals).scaled(decimals)?).ok()?;
    if value.abs() > LARGEST {
        return None;
    }
    let step = 10i64.pow(decimals - amount.decimals.min(decimals));
    Some(Figure { value, zeros: zeros(value), unit: 1, step, one: 10i64.pow(decimals), state: State::Number, percent })
}

/// How many zeros a number ends with.
fn zeros(mut value: i64) -> u8 {
    let mut zeros = 0;
    while value != 0 && value % 10 == 0 {
        value /= 10;
        zeros += 1;
    }
    zeros
}

/// Notes for each figure what the figures of its row or its column are rounded to.
fn mark_units(strip: &mut Strip) {
    let mut by_line = vec![(0u64, 0u32); strip.lines];
    let mut by_sibling = vec![(0u64, 0u32); strip.siblings];
    for (i, figure) in strip.cells.iter().enumerate() {
        if figure.value != 0 {
            for (divisor, count) in [&mut by_line[i % strip.lines], &mut by_sibling[i / strip.lines]] {
                *divisor = common_divisor(*divisor, figure.value.unsigned_abs());
                *count += 1;
            }
        }
    }
    let unit = |(divisor, count): (u64, u32)| if count >= ENOUGH_TO_ROUND { round_step(divisor) } else { 1 };
    for (i, figure) in strip.cells.iter_mut().enumerate() {
        figure.unit = unit(by_line[i % strip.lines]).max(unit(by_sibling[i / strip.lines]));
    }
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

/// The largest of 1, 5, 10, 50, 100, … that divides a number: the steps to which people round.
fn round_step(divisor: u64) -> i64 {
    let mut step = 1;
    while divisor > 0 && divisor.is_multiple_of(step * 10) {
        step *= 10;
    }
    if divisor > 0 && divisor.is_multiple_of(step * 5) { step as i64 * 5 } else { step as i64 }
}
