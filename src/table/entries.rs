//! Cell → entry: what stands where a line and a column meet.

use super::{Entry, Figure, Line};
use crate::grid::{Cell, Grid, NumberFormat, Source, Value};
use crate::money::{Amount, Money};
use crate::written::{self, DecimalSign, Suffix, Written};

pub fn read(grid: &Grid, cell: &Cell, sign: DecimalSign) -> Entry {
    match &cell.value {
        Value::Number(amount) => Entry::Figure(number(*amount, cell.style.format)),
        Value::Text(text) => match written::read_written(text, sign) {
            Written::Figure(figure) => Entry::Figure(Figure {
                amount: figure.amount,
                percent: figure.suffix == Suffix::Percent,
                unit: match figure.suffix {
                    Suffix::Unit(unit) => Some(unit),
                    _ => None,
                },
                as_text: grid.source == Source::Workbook,
                malformed: figure.malformed,
            }),
            Written::Dash => Entry::Dash,
            Written::Absent => Entry::Absent,
            Written::Unknown => Entry::Unknown,
            Written::Other => Entry::Words,
        },
        Value::Error(code) => Entry::Error(code.clone()),
        Value::Uncalculated => Entry::Uncalculated,
        Value::Date(_) | Value::Bool(_) => Entry::Words,
    }
}

fn number(amount: Amount, format: NumberFormat) -> Figure {
    let percent = matches!(format, NumberFormat::Percent { .. });
    let amount = match percent {
        true => {
            let value = (amount.value * Money::from(100)).normalize();
            Amount::new(value, value.decimals())
        }
        false => amount,
    };
    Figure { amount, percent, unit: None, as_text: false, malformed: false }
}

/// Figures that are stored without the zeros after their decimals get the decimals of most figures beside them:
/// in a table of 13,2 and 12,5 a stored 13 is 13,0. None gets more than its own row shows: a share of 81,7 per cent under
/// amounts in kronor and öre is written to one decimal.
pub fn even_steps(lines: &mut [Line]) {
    let amounts = |entry: &Entry| {
        entry.figure().filter(|figure| !figure.percent && !figure.amount.value.is_zero()).map(|f| f.amount.decimals)
    };
    // Of all amounts, those with one decimal or more, and those with two or more.
    let mut counts = [0; 3];
    for decimals in lines.iter().flat_map(|line| line.entries.iter().filter_map(amounts)) {
        counts[..=decimals.min(2) as usize].iter_mut().for_each(|count| *count += 1);
    }
    let Some(step) = (1..=2u32).rev().find(|&step| counts[step as usize] * 2 > counts[0]) else { return };
    // A row of whole numbers may be of another kind: per cent, people. One of zeros is as good as its neighbours.
    for line in lines {
        let shown = line.entries.iter().filter_map(amounts).max().unwrap_or(step);
        for entry in &mut line.entries {
            if let Entry::Figure(figure) = entry
                && !figure.percent
            {
                figure.amount.decimals = figure.amount.decimals.max(step.min(shown));
            }
        }
    }
}
