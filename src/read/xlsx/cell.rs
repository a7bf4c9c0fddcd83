//! What the tag and the text of a cell say.
#![expect(clippy::disallowed_types, reason = "moments are stored as binary floats of days")]

use quick_xml::events::BytesStart;

use super::strings;
use crate::grid::{Area, Value};
use crate::read::calendar::{self, Epoch};
use crate::read::number;
use crate::read::shown::Shown;

/// What a cell's tag says.
pub(super) struct Head {
    pub row: u32,
    pub col: u32,
    pub style: usize,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Shared,
    /// The text that a formula gave.
    Formula,
    Inline,
    Bool,
    Error,
    Date,
}

impl Head {
    /// What is known before the tag is read: a cell that does not say where it stands follows the one before it.
    pub fn at(row: u32, col: u32) -> Head {
        Head { row, col, style: 0, kind: Kind::Number }
    }

    pub fn of(e: &BytesStart<'_>, row: u32, col: u32) -> Head {
        let mut head = Head::at(row, col);
        let mut attributes = e.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            head.say(attribute.key.local_name().as_ref(), &attribute.value);
        }
        head
    }

    /// Takes in an attribute.
    pub fn say(&mut self, name: &str, value: &str) {
        match name {
            "r" => (self.row, self.col) = place(value).unwrap_or((self.row, self.col)),
            "s" => self.style = value.parse().unwrap_or(0),
            "t" => self.kind = Kind::of(value),
            _ => {}
        }
    }
}

impl Kind {
    fn of(code: &str) -> Kind {
        match code {
            "s" => Kind::Shared,
            "str" => Kind::Formula,
            "inlineStr" => Kind::Inline,
            "b" => Kind::Bool,
            "e" => Kind::Error,
            "d" => Kind::Date,
            _ => Kind::Number,
        }
    }

    /// What a text stands for; `None` where it says nothing.
    pub fn read(self, text: &str, shown: Shown, epoch: Epoch, stored: &mut Option<Box<str>>) -> Option<Value> {
        match self {
            Kind::Formula | Kind::Inline => Some(Value::Text(strings::unescaped(text).into())),
            _ if text.trim().is_empty() => None,
            Kind::Shared => None,
            Kind::Bool => Some(Value::Bool(matches!(text.trim(), "1" | "true"))),
            Kind::Error => Some(Value::Error(text.trim().into())),
            Kind::Date => Some(calendar::iso(text.trim()).map_or_else(|| Value::Text(text.into()), Value::Date)),
            Kind::Number => Some(numeric(text, shown, epoch, stored)),
        }
    }
}

/// A number, or the moment that its format makes of it. What is no number stays as text.
fn numeric(text: &str, shown: Shown, epoch: Epoch, stored: &mut Option<Box<str>>) -> Value {
    let moment = match shown {
        Shown::Number(_) => None,
        _ => text.trim().parse::<f64>().ok().filter(|serial| serial.is_finite()),
    };
    match (shown, moment) {
        (Shown::Date, Some(serial)) if calendar::day(serial, epoch).is_some() => {
            return calendar::day(serial, epoch).map_or(Value::Uncalculated, Value::Date);
        }
        (Shown::Time | Shown::Elapsed, Some(serial)) if serial.abs() < 1e6 => {
            return Value::Text(calendar::clock(serial, shown == Shown::Elapsed).into());
        }
        _ => {}
    }
    match number::stored(text) {
        Some((amount, noise)) => {
            *stored = noise;
            Value::Number(amount)
        }
        None => Value::Text(text.into()),
    }
}

/// `B9` → row and column from 0.
fn place(text: &str) -> Option<(u32, u32)> {
    let text = text.as_bytes();
    let letters = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let digits = &text[letters..];
    if !(1..=3).contains(&letters) || !(1..=7).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let col = text[..letters].iter().fold(0, |col, b| col * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let row = digits.iter().fold(0, |row, b| row * 10 + u32::from(b - b'0'));
    Some((row.checked_sub(1)?, col - 1))
}

pub(super) fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((row, col), (to_row, to_col)) = (place(&first.replace('$', ""))?, place(&last.replace('$', ""))?);
    let (first_row, last_row) = (row.min(to_row), row.max(to_row));
    let (first_col, last_col) = (col.min(to_col), col.max(to_col));
    Some(Area { first_row, first_col, last_row, last_col })
}
