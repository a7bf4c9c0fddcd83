//! Slips of the pen in figures that were placed.

use avstam::finding::Slip as Cause;
use avstam::grid::{At, Grid, NumberFormat, Value};
use avstam::money::{Amount, Money};
use avstam::relation::Check;

use crate::random::Random;
use crate::sheet::Placed;
use crate::sums;

/// A kind of slip, and the causes that tell it as what it is.
pub struct Kind {
    pub name: &'static str,
    pub causes: &'static [Cause],
}

const fn kind(name: &'static str, causes: &'static [Cause]) -> Kind {
    Kind { name, causes }
}

pub const KINDS: [Kind; 15] = [
    kind("sign flipped", &[Cause::SignFlipped]),
    kind("digits transposed", &[Cause::DigitsTransposed]),
    kind("digit replaced", &[Cause::DigitReplaced]),
    kind("digit added", &[Cause::DigitAdded]),
    kind("digit omitted", &[Cause::DigitOmitted]),
    kind("scaled", &[Cause::Scaled]),
    kind("swapped years", &[Cause::SwappedCells]),
    kind("swapped rows", &[Cause::SwappedCells, Cause::WrongRow]),
    kind("copied", &[Cause::Copied, Cause::StaleValue]),
    kind("stale value", &[Cause::StaleValue]),
    kind("rounded", &[Cause::Rounded]),
    kind("wrong row", &[Cause::WrongRow]),
    kind("row left out", &[Cause::RowLeftOut]),
    kind("row counted twice", &[Cause::RowCountedTwice]),
    kind("row missing", &[Cause::RowMissing]),
];

/// Cells with the amounts that they get, or a row that goes.
#[derive(Clone, Debug, Default)]
pub struct Slip {
    pub edits: Vec<(At, Money)>,
    pub gone: Option<Gone>,
}

/// A row that is not there: what it held, and the totals that still hold it, by their places afterwards.
#[derive(Clone, Debug)]
pub struct Gone {
    pub grid: u32,
    pub row: u32,
    pub amounts: Vec<Money>,
    pub totals: Vec<At>,
}

impl Slip {
    fn of(edits: Vec<(At, Money)>) -> Slip {
        Slip { edits, gone: None }
    }

    /// Where a finding should point.
    pub fn cells(&self) -> Vec<At> {
        match &self.gone {
            Some(gone) => gone.totals.clone(),
            None => self.edits.iter().map(|(at, _)| *at).collect(),
        }
    }
}

/// A slip of a kind in a figure, where it can have one.
pub fn slip(kind: usize, figure: &Placed, placed: &[Placed], checks: &[Check], random: &mut Random) -> Option<Slip> {
    let value = figure.written;
    if value.is_zero() {
        return None;
    }
    let new = match kind {
        0 => -value,
        1..=4 => digits(kind, value, random)?,
        5 => value * Money::from(random.pick(&[10, 100, 1_000])),
        6..=8 => return neighbours(kind, figure, placed, random),
        9 => {
            let other_year = |p: &&Placed| p.part == figure.part && p.at.row == figure.at.row && p.at != figure.at;
            let others: Vec<&Placed> =
                placed.iter().filter(other_year).filter(|p| p.at.grid == figure.at.grid).collect();
            if others.is_empty() {
                return None;
            }
            random.pick(&others).written
        }
        10 => {
            let step = Money::from(random.pick(&[100, 1_000, 10_000]));
            value.divide(step)?.round(0) * step
        }
        _ => return sums::slip(kind - 11, figure, placed, checks, random),
    };
    (new != value).then(|| Slip::of(vec![(figure.at, new)]))
}

fn neighbours(kind: usize, figure: &Placed, placed: &[Placed], random: &mut Random) -> Option<Slip> {
    let near = |other: &&Placed| {
        let (a, b) = (other.at, figure.at);
        let same_row = a.row == b.row && a.col != b.col;
        let same_col = a.col == b.col && (1..=2).contains(&a.row.abs_diff(b.row));
        other.part == figure.part && a.grid == b.grid && if kind == 6 { same_row } else { same_col }
    };
    let others: Vec<&Placed> = placed.iter().filter(near).filter(|other| other.written != figure.written).collect();
    if others.is_empty() {
        return None;
    }
    let other = random.pick(&others);
    let copied = (figure.at, other.written);
    Some(Slip::of(if kind == 8 { vec![copied] } else { vec![copied, (other.at, figure.written)] }))
}

fn digits(kind: usize, value: Money, random: &mut Random) -> Option<Money> {
    let decimals = value.decimals();
    let text = value.abs().scaled(decimals)?.to_string();
    let mut digits: Vec<u8> = text.bytes().collect();
    let at = random.below(digits.len());
    match kind {
        1 => {
            let at = (0..digits.len().saturating_sub(1)).filter(|&i| digits[i] != digits[i + 1]).collect::<Vec<_>>();
            if at.is_empty() {
                return None;
            }
            let at = random.pick(&at);
            digits.swap(at, at + 1);
        }
        2 => digits[at] = b'0' + (digits[at] - b'0' + 1 + random.below(9) as u8) % 10,
        3 => digits.insert(at, b'0' + random.below(10) as u8),
        _ if digits.len() > 1 => {
            digits.remove(at);
        }
        _ => return None,
    }
    // A digit after the decimal sign is one decimal more or less.
    let after = at >= text.len().saturating_sub(decimals as usize) && random.chance(50);
    let decimals = match kind {
        3 if after && decimals > 0 => decimals + 1,
        4 if after && decimals > 0 => decimals - 1,
        _ => decimals,
    };
    if digits[0] == b'0' {
        return None;
    }
    let number: i64 = String::from_utf8(digits).ok()?.parse().ok()?;
    let new = Money::new(number, decimals);
    Some(if value.is_negative() { -new } else { new })
}

/// The grids with the slip in them.
pub fn apply(grids: &[Grid], slip: &Slip) -> Vec<Grid> {
    let mut grids = grids.to_vec();
    for (index, grid) in grids.iter_mut().enumerate() {
        let own: Vec<&(At, Money)> = slip.edits.iter().filter(|(at, _)| at.grid as usize == index).collect();
        let gone = slip.gone.as_ref().filter(|gone| gone.grid as usize == index);
        if own.is_empty() && gone.is_none() {
            continue;
        }
        let mut cells = grid.cells().to_vec();
        if let Some(gone) = gone {
            cells.retain(|cell| cell.row != gone.row);
            cells.iter_mut().filter(|cell| cell.row > gone.row).for_each(|cell| cell.row -= 1);
        }
        for (at, value) in own {
            if let Some(cell) = cells.iter_mut().find(|cell| (cell.row, cell.col) == (at.row, at.col)) {
                // In per cent a cell holds the hundredth of what it shows.
                let value = match cell.style.format {
                    NumberFormat::Percent { .. } => value.divide(Money::from(100)).unwrap_or(*value),
                    _ => *value,
                };
                cell.value = match &cell.value {
                    Value::Text(_) => Value::Text(value.to_string().replace('.', ",").into()),
                    _ => Value::Number(Amount::new(value.normalize(), value.normalize().decimals())),
                };
            }
        }
        let mut new = Grid::new(grid.input, grid.sheet.clone(), grid.source, cells);
        new.styled = grid.styled;
        *grid = new;
    }
    grids
}
