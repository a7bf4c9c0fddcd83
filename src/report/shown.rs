//! What a cell shows, in the Swedish way.

use crate::grid::{Cell, NumberFormat, Value};
use crate::money::{Amount, Money, Swedish};

/// A year in a heading is no amount.
pub fn text(cell: &Cell, heading: bool) -> String {
    match &cell.value {
        Value::Number(amount) if heading => amount.value.to_string(),
        _ => shown(cell),
    }
}

/// What a cell shows: a text as it stands, a number in the Swedish way.
pub fn shown(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => text.replace(['\n', '\r', '\t'], " ").trim().to_string(),
        Value::Number(amount) => match cell.style.format {
            NumberFormat::Percent { .. } => {
                let hundredth = Amount::new(amount.value * Money::from(100), amount.decimals.saturating_sub(2));
                format!("{}\u{a0}%", written(hundredth))
            }
            _ => written(*amount),
        },
        Value::Date(date) => date.to_string(),
        Value::Bool(true) => "SANT".into(),
        Value::Bool(false) => "FALSKT".into(),
        Value::Error(error) => error.to_string(),
        Value::Uncalculated => "=…".into(),
    }
}

/// With as many decimals as it is given with: `12,50`.
pub fn written(amount: Amount) -> String {
    let mut text = Swedish(amount.value).to_string();
    let has = text.split_once(',').map_or(0, |(_, decimals)| decimals.len());
    let wants = amount.decimals.min(6) as usize;
    if has < wants {
        text.push_str(if has == 0 { "," } else { "" });
        text.push_str(&"0".repeat(wants - has));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_shows_what_is_written_there() {
        let amount = |value, decimals| Value::Number(Amount::new(Money::new(value, decimals), decimals));
        let percent = |value| {
            let mut cell = Cell::new(0, 0, value);
            cell.style.format = NumberFormat::Percent { decimals: 0 };
            cell
        };
        assert_eq!(shown(&Cell::new(0, 0, amount(-125_850, 2))), "-1\u{a0}258,50");
        assert_eq!(shown(&percent(amount(62, 2))), "62\u{a0}%");
    }
}
