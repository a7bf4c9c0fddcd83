//! Cell → entry: what stands where a line and a column meet.

use super::{Entry, Figure};
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
