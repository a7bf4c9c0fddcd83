//! Slips of the pen in figures that were placed.

use avstam::grid::{At, Grid, NumberFormat, Value};
use avstam::money::{Amount, Money};

use crate::random::Random;
use crate::sheet::Placed;

pub const KINDS: [&str; 9] = [
    "sign flipped",
    "digits transposed",
    "digit replaced",
    "digit added",
    "digit omitted",
    "scaled",
    "swapped years",
    "swapped rows",
    "copied",
];

/// Cells with the amounts that they get.
pub type Slip = Vec<(At, Money)>;

/// A slip of a kind in a figure, where it can have one.
pub fn slip(kind: usize, figure: &Placed, placed: &[Placed], random: &mut Random) -> Option<Slip> {
    let value = figure.written;
    if value.is_zero() {
        return None;
    }
    let new = match kind {
        0 => -value,
        5 => value * Money::from(random.pick(&[10, 100, 1_000])),
        6..=8 => return neighbours(kind, figure, placed, random),
        _ => digits(kind, value, random)?,
    };
    (new != value).then(|| vec![(figure.at, new)])
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
    Some(if kind == 8 { vec![copied] } else { vec![copied, (other.at, figure.written)] })
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
        let own: Vec<&(At, Money)> = slip.iter().filter(|(at, _)| at.grid as usize == index).collect();
        if own.is_empty() {
            continue;
        }
        let mut cells = grid.cells().to_vec();
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
