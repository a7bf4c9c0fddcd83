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
            if let &[name] = attribute.key.local_name().as_ref().as_bytes() {
                head.say(name, attribute.value.as_bytes());
            }
        }
        head
    }

    /// Takes in an attribute; those that matter have names of one letter.
    pub fn say(&mut self, name: u8, value: &[u8]) {
        match name {
            b'r' => (self.row, self.col) = place(value).unwrap_or((self.row, self.col)),
            b's' => self.style = whole(value).unwrap_or(0) as usize,
            b't' => self.kind = Kind::of(value),
            _ => {}
        }
    }
}

impl Kind {
    fn of(code: &[u8]) -> Kind {
        match code {
            b"s" => Kind::Shared,
            b"str" => Kind::Formula,
            b"inlineStr" => Kind::Inline,
            b"b" => Kind::Bool,
            b"e" => Kind::Error,
            b"d" => Kind::Date,
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
fn place(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (letters, digits) = text.split_at(letters);
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let col = letters.iter().fold(0, |col, b| col * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((whole(digits)?.checked_sub(1)?, col - 1))
}

/// Up to seven digits, which is as many as the number of a row has.
pub(super) fn whole(digits: &[u8]) -> Option<u32> {
    let add = |whole: u32, b: &u8| b.is_ascii_digit().then(|| whole * 10 + u32::from(b - b'0'));
    (1..=7).contains(&digits.len()).then(|| digits.iter().try_fold(0, add)).flatten()
}

pub(super) fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((row, col), (to_row, to_col)) =
        (place(first.replace('$', "").as_bytes())?, place(last.replace('$', "").as_bytes())?);
    let (first_row, last_row) = (row.min(to_row), row.max(to_row));
    let (first_col, last_col) = (col.min(to_col), col.max(to_col));
    Some(Area { first_row, first_col, last_row, last_col })
}
