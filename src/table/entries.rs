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
    let amount = match format {
        NumberFormat::Percent { .. } => {
            let value = (amount.value * Money::from(100)).normalize();
            Amount::new(value, value.decimals())
        }
        // 2,5 that shows as 2,50 is no 2,54. A whole number may show zeros that nobody means.
        NumberFormat::Fixed { decimals } if amount.decimals > 0 => {
            Amount::new(amount.value, amount.decimals.max(decimals.into()))
        }
        _ => amount,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_that_is_shown_with_a_zero_is_as_fine_as_it_looks() {
        let decimals = |text: &str, shown| {
            let value = Money::parse(text).expect("an amount");
            number(Amount::new(value, value.decimals()), NumberFormat::Fixed { decimals: shown }).amount.decimals
        };
        assert_eq!(decimals("2.5", 2), 2);
        assert_eq!(decimals("2.4137", 2), 4);
        assert_eq!(decimals("75", 2), 0, "the usual format of amounts shows zeros that nobody means");
    }
}
