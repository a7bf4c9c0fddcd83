//! One worksheet's XML → its cells, hidden rows and columns, and merged areas, in one pass.
#![expect(clippy::disallowed_types, reason = "moments are stored as binary floats of days")]

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::strings::{self, Rich};
use super::styles::Look;
use crate::grid::{Area, Cell, Value};
use crate::read::calendar::{self, Epoch};
use crate::read::error::ReadError;
use crate::read::formula;
use crate::read::limits::Allowance;
use crate::read::number;
use crate::read::shown::Shown;
use crate::read::xml::{Xml, attribute, flag, number as whole, raw};

/// What the workbook says once for all its sheets.
pub(super) struct Context<'w> {
    pub strings: &'w [Rich],
    pub styles: &'w [Look],
    pub epoch: Epoch,
}

pub(super) struct Sheet {
    pub cells: Vec<Cell>,
    pub hidden_rows: Vec<u32>,
    pub hidden_cols: Vec<u32>,
    pub merged: Vec<Area>,
    pub formulas_complete: bool,
    /// Shared formulas by their index: the text, and the cell it was written for.
    shared: HashMap<u32, (Box<str>, u32, u32)>,
    /// Cells that name a shared formula which had not been met: (cell, index).
    waiting: Vec<(usize, u32)>,
}

impl Default for Sheet {
    fn default() -> Sheet {
        Sheet {
            cells: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            merged: Vec::new(),
            formulas_complete: true,
            shared: HashMap::new(),
            waiting: Vec::new(),
        }
    }
}

const LAST_ROW: u32 = 1_048_575;
const LAST_COL: u32 = 16_383;

impl Sheet {
    /// Reads up to the end of the part; what was read before an error is kept.
    pub fn read<R: BufRead>(
        &mut self,
        mut xml: Xml<R>,
        context: &Context<'_>,
        allowance: &mut Allowance,
    ) -> Result<(), ReadError> {
        let (mut row, mut col) = (0u32, 0u32);
        let mut scratch = Scratch::default();
        loop {
            match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "c" => {
                        let head = Head::of(&e, row, col);
                        (row, col) = (head.row, head.col + 1);
                        self.cell(&mut xml, head, context, allowance, &mut scratch)?;
                    }
                    "row" => {
                        row = whole::<u32>(&e, "r").map_or(row, |r| r.saturating_sub(1));
                        col = 0;
                        self.note_row(&e, row);
                    }
                    "col" => self.note_columns(&e),
                    "mergeCell" => {
                        allowance.take(0)?;
                        self.note_merged(&e);
                    }
                    // A part that has parted from its sheet data holds nothing that is ours.
                    "extLst" => xml.skip("extLst")?,
                    _ => {}
                },
                Event::Empty(e) => match e.local_name().as_ref() {
                    "c" => {
                        let head = Head::of(&e, row, col);
                        (row, col) = (head.row, head.col + 1);
                    }
                    "row" => {
                        row = whole::<u32>(&e, "r").map_or(row, |r| r.saturating_sub(1));
                        self.note_row(&e, row);
                        row += 1;
                    }
                    "col" => self.note_columns(&e),
                    "mergeCell" => {
                        allowance.take(0)?;
                        self.note_merged(&e);
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "row" => {
                    row = row.saturating_add(1);
                    col = 0;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        self.settle_waiting();
        Ok(())
    }

    fn cell<R: BufRead>(
        &mut self,
        xml: &mut Xml<R>,
        head: Head,
        context: &Context<'_>,
        allowance: &mut Allowance,
        scratch: &mut Scratch,
    ) -> Result<(), ReadError> {
        scratch.clear();
        let mut formula: Option<Box<str>> = None;
        let mut has_formula = false;
        let mut waits_for = None;
        loop {
            match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "v" => {
                        scratch.has_value = true;
                        xml.text_until("v", &mut scratch.value)?;
                    }
                    "f" => {
                        has_formula = true;
                        let kind = FormulaKind::of(&e);
                        scratch.formula.clear();
                        xml.text_until("f", &mut scratch.formula)?;
                        (formula, waits_for) = self.formula(&head, kind, &scratch.formula);
                    }
                    "is" => scratch.inline = Some(strings::rich(xml, "is", &mut scratch.value)?),
                    _ => {}
                },
                Event::Empty(e) => match e.local_name().as_ref() {
                    "v" => scratch.has_value = head.kind == Kind::Formula,
                    "f" => {
                        has_formula = true;
                        let kind = FormulaKind::of(&e);
                        (formula, waits_for) = self.formula(&head, kind, "");
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "c" => break,
                Event::Eof => return Err(xml.ends_early()),
                _ => {}
            }
        }
        if head.row > LAST_ROW || head.col > LAST_COL {
            return Ok(());
        }
        let look = context.styles.get(head.style).copied().unwrap_or_default();
        let mut cell = Cell::new(head.row, head.col, Value::Uncalculated);
        cell.style = look.style;
        match scratch.value_of(head.kind, look.shown, context, &mut cell) {
            Some(value) => cell.value = value,
            None if has_formula => {}
            None => return Ok(()),
        }
        if !has_formula && cell.text() == Some("") {
            return Ok(());
        }
        allowance.take(cell.text().map_or(0, str::len) + formula.as_ref().map_or(0, |formula| formula.len()))?;
        cell.formula = formula;
        if let Some(index) = waits_for {
            self.waiting.push((self.cells.len(), index));
        }
        self.cells.push(cell);
        Ok(())
    }

    /// The formula of a cell, or the index of the shared one that it waits for.
    fn formula(&mut self, head: &Head, kind: FormulaKind, text: &str) -> (Option<Box<str>>, Option<u32>) {
        let text = text.strip_prefix('=').unwrap_or(text);
        let shown = || formula::without_prefixes(text).map_or_else(|| text.into(), String::into_boxed_str);
        match kind {
            FormulaKind::Own if text.is_empty() => (None, None),
            FormulaKind::Own => (Some(shown()), None),
            FormulaKind::Block => {
                // The other cells of an array or a data table have no formula of their own in the file.
                self.formulas_complete = false;
                ((!text.is_empty()).then(shown), None)
            }
            FormulaKind::Shared(index) if !text.is_empty() => {
                let text: Box<str> = shown();
                self.shared.insert(index, (text.clone(), head.row, head.col));
                (Some(text), None)
            }
            FormulaKind::Shared(index) => match self.shared.get(&index) {
                Some(shared) => (Some(expand(shared, head.row, head.col)), None),
                None => (None, Some(index)),
            },
        }
    }

    /// A shared formula can be written after cells that share it.
    fn settle_waiting(&mut self) {
        for (at, index) in std::mem::take(&mut self.waiting) {
            let Some(cell) = self.cells.get_mut(at) else { continue };
            match self.shared.get(&index) {
                Some(shared) => cell.formula = Some(expand(shared, cell.row, cell.col)),
                None => self.formulas_complete = false,
            }
        }
    }

    fn note_row(&mut self, e: &BytesStart<'_>, row: u32) {
        if flag(e, "hidden") && row <= LAST_ROW && self.hidden_rows.len() as u32 <= LAST_ROW {
            self.hidden_rows.push(row);
        }
    }

    fn note_columns(&mut self, e: &BytesStart<'_>) {
        if let (true, Some(first), Some(last)) = (flag(e, "hidden"), whole::<u32>(e, "min"), whole::<u32>(e, "max")) {
            let room = (LAST_COL + 1).saturating_sub(self.hidden_cols.len() as u32);
            self.hidden_cols.extend((first.max(1) - 1..last.min(LAST_COL + 1)).take(room as usize));
        }
    }

    fn note_merged(&mut self, e: &BytesStart<'_>) {
        if let Some(area) = raw(e, "ref").and_then(|text| area(&text)) {
            self.merged.push(area);
        }
    }
}

fn expand((text, row, col): &(Box<str>, u32, u32), to_row: u32, to_col: u32) -> Box<str> {
    formula::moved(text, i64::from(to_row) - i64::from(*row), i64::from(to_col) - i64::from(*col)).into()
}

/// What a cell's tag says.
struct Head {
    row: u32,
    col: u32,
    style: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
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
    /// A cell that does not say where it stands follows the one before it.
    fn of(e: &BytesStart<'_>, row: u32, col: u32) -> Head {
        let mut head = Head { row, col, style: 0, kind: Kind::Number };
        let mut attributes = e.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                "r" => (head.row, head.col) = place(&attribute.value).unwrap_or((row, col)),
                "s" => head.style = attribute.value.parse().unwrap_or(0),
                "t" => {
                    head.kind = match attribute.value.as_ref() {
                        "s" => Kind::Shared,
                        "str" => Kind::Formula,
                        "inlineStr" => Kind::Inline,
                        "b" => Kind::Bool,
                        "e" => Kind::Error,
                        "d" => Kind::Date,
                        _ => Kind::Number,
                    }
                }
                _ => {}
            }
        }
        head
    }
}

enum FormulaKind {
    Own,
    Shared(u32),
    /// An array or data table over more than one cell.
    Block,
}

impl FormulaKind {
    fn of(e: &BytesStart<'_>) -> FormulaKind {
        let over_many = || {
            attribute(e, "ref")
                .and_then(|text| area(&text))
                .is_some_and(|area| (area.first_row, area.first_col) != (area.last_row, area.last_col))
        };
        match raw(e, "t").as_deref() {
            Some("shared") => whole(e, "si").map_or(FormulaKind::Own, FormulaKind::Shared),
            Some("array" | "dataTable") if over_many() => FormulaKind::Block,
            _ => FormulaKind::Own,
        }
    }
}

/// The pieces of the cell being read, kept for their room.
#[derive(Default)]
struct Scratch {
    value: String,
    formula: String,
    inline: Option<Rich>,
    has_value: bool,
}

impl Scratch {
    fn clear(&mut self) {
        self.value.clear();
        self.inline = None;
        self.has_value = false;
    }

    /// `None` where the cell holds nothing.
    fn value_of(&mut self, kind: Kind, shown: Shown, context: &Context<'_>, cell: &mut Cell) -> Option<Value> {
        if let Some(rich) = self.inline.take() {
            cell.style.bold |= rich.bold;
            cell.style.italic |= rich.italic;
            return Some(Value::Text(rich.text));
        }
        let text = self.value.as_str();
        match kind {
            _ if !self.has_value => None,
            Kind::Formula | Kind::Inline => Some(Value::Text(strings::unescaped(text).into())),
            _ if text.trim().is_empty() => None,
            Kind::Shared => {
                let rich = context.strings.get(text.trim().parse::<usize>().ok()?)?;
                cell.style.bold |= rich.bold;
                cell.style.italic |= rich.italic;
                Some(Value::Text(rich.text.clone()))
            }
            Kind::Bool => Some(Value::Bool(matches!(text.trim(), "1" | "true"))),
            Kind::Error => Some(Value::Error(text.trim().into())),
            Kind::Date => Some(calendar::iso(text.trim()).map_or_else(|| Value::Text(text.into()), Value::Date)),
            Kind::Number => Some(numeric(text, shown, context.epoch, &mut cell.stored)),
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

fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((row, col), (to_row, to_col)) = (place(&first.replace('$', ""))?, place(&last.replace('$', ""))?);
    let (first_row, last_row) = (row.min(to_row), row.max(to_row));
    let (first_col, last_col) = (col.min(to_col), col.max(to_col));
    Some(Area { first_row, first_col, last_row, last_col })
}
