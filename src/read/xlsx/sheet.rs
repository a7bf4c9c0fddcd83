//! One worksheet's XML → its cells, hidden rows and columns, and merged areas, in one pass.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::cell::{Head, Kind, area};
use super::plain::{self, Said};
use super::strings::{self, Rich};
use super::styles::Look;
use crate::grid::{Area, Cell, Style, Value};
use crate::read::calendar::Epoch;
use crate::read::error::ReadError;
use crate::read::formula;
use crate::read::limits::Allowance;
use crate::read::shown::Shown;
use crate::read::xml::{Xml, attribute, flag, number as whole, raw};

/// What the workbook says once for all its sheets.
pub(super) struct Context<'w> {
    pub strings: &'w [Rich],
    pub styles: &'w [Look],
    pub epoch: Epoch,
}

impl Context<'_> {
    /// The text that a cell shares with others, by its index.
    fn shared(&self, index: &str) -> Option<&Rich> {
        self.strings.get(index.trim().parse::<usize>().ok()?)
    }
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
                        self.plain_cells(&mut xml, &mut row, &mut col, context, allowance)?;
                    }
                    "row" => {
                        row = whole::<u32>(&e, "r").map_or(row, |r| r.saturating_sub(1));
                        col = 0;
                        self.note_row(&e, row);
                        self.plain_cells(&mut xml, &mut row, &mut col, context, allowance)?;
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
        let mut formula = Formula::default();
        loop {
            match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "v" => {
                        scratch.has_value = true;
                        xml.text_until("v", &mut scratch.value)?;
                    }
                    "f" => {
                        let kind = FormulaKind::of(&e);
                        scratch.formula.clear();
                        xml.text_until("f", &mut scratch.formula)?;
                        formula = self.formula(&head, kind, &scratch.formula);
                    }
                    "is" => scratch.inline = Some(strings::rich(xml, "is", &mut scratch.value)?),
                    _ => {}
                },
                Event::Empty(e) => match e.local_name().as_ref() {
                    "v" => scratch.has_value = head.kind == Kind::Formula,
                    "f" => {
                        let kind = FormulaKind::of(&e);
                        formula = self.formula(&head, kind, "");
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "c" => break,
                Event::Eof => return Err(xml.ends_early()),
                _ => {}
            }
        }
        let value = scratch.has_value.then_some(scratch.value.as_str());
        self.keep(head, formula, value, scratch.inline.take(), context, allowance)
    }

    /// The cells after a tag that are written plainly, row after row, as far as they are in memory.
    fn plain_cells<R: BufRead>(
        &mut self,
        xml: &mut Xml<R>,
        row: &mut u32,
        col: &mut u32,
        context: &Context<'_>,
        allowance: &mut Allowance,
    ) -> Result<(), ReadError> {
        xml.ahead(|bytes| {
            let mut taken = 0;
            loop {
                let Some(plain) = plain::cell(&bytes[taken..], *row, *col) else {
                    let Some((number, length)) = plain::next_row(&bytes[taken..]) else { break };
                    taken += length;
                    *row = number.map_or(row.saturating_add(1), |number| number.saturating_sub(1));
                    *col = 0;
                    continue;
                };
                taken += plain.length;
                (*row, *col) = (plain.head.row, plain.head.col + 1);
                let formula = plain.formula.map(|text| self.formula(&plain.head, FormulaKind::Own, text));
                let formula = formula.unwrap_or_default();
                match (plain.value, context.styles.get(plain.head.style)) {
                    (Some(Said::Number(amount, _)), Some(&Look { style, shown: Shown::Number(_) })) => {
                        self.push(&plain.head, style, Value::Number(amount), formula, None, allowance)?;
                    }
                    (value, _) => {
                        self.keep(plain.head, formula, value.map(Said::text), None, context, allowance)?;
                    }
                }
            }
            Ok(taken)
        })
    }

    /// Keeps a cell if it holds anything. `value` is its text where it has one, `inline` a text of its own.
    fn keep(
        &mut self,
        head: Head,
        formula: Formula,
        value: Option<&str>,
        inline: Option<Rich>,
        context: &Context<'_>,
        allowance: &mut Allowance,
    ) -> Result<(), ReadError> {
        let look = context.styles.get(head.style).copied().unwrap_or_default();
        let (mut style, mut stored) = (look.style, None);
        let rich = match (inline, head.kind) {
            (Some(rich), _) => Some(Cow::Owned(rich)),
            (None, Kind::Shared) => value.and_then(|index| context.shared(index)).map(Cow::Borrowed),
            (None, _) => None,
        };
        let read = match rich {
            Some(rich) => {
                style.bold |= rich.bold;
                style.italic |= rich.italic;
                Some(Value::Text(rich.into_owned().text))
            }
            None => value.and_then(|text| head.kind.read(text, look.shown, context.epoch, &mut stored)),
        };
        let value = match read {
            Some(Value::Text(text)) if text.is_empty() && !formula.stands => return Ok(()),
            Some(value) => value,
            None if formula.stands => Value::Uncalculated,
            None => return Ok(()),
        };
        self.push(&head, style, value, formula, stored, allowance)
    }

    fn push(
        &mut self,
        head: &Head,
        style: Style,
        value: Value,
        formula: Formula,
        stored: Option<Box<str>>,
        allowance: &mut Allowance,
    ) -> Result<(), ReadError> {
        if head.row > LAST_ROW || head.col > LAST_COL {
            return Ok(());
        }
        let mut cell = Cell::new(head.row, head.col, value).styled(style);
        allowance.take(cell.text().map_or(0, str::len) + formula.text.as_ref().map_or(0, |text| text.len()))?;
        cell.set_stored(stored);
        cell.set_formula(formula.text);
        if let Some(index) = formula.waits_for {
            self.waiting.push((self.cells.len(), index));
        }
        self.cells.push(cell);
        Ok(())
    }

    /// The formula of a cell, or the index of the shared one that it waits for.
    fn formula(&mut self, head: &Head, kind: FormulaKind, text: &str) -> Formula {
        let text = text.strip_prefix('=').unwrap_or(text);
        let shown = || formula::without_prefixes(text).map_or_else(|| text.into(), String::into_boxed_str);
        let (text, waits_for) = match kind {
            FormulaKind::Own => ((!text.is_empty()).then(shown), None),
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
        };
        Formula { stands: true, text, waits_for }
    }

    /// A shared formula can be written after cells that share it.
    fn settle_waiting(&mut self) {
        for (at, index) in std::mem::take(&mut self.waiting) {
            let Some(cell) = self.cells.get_mut(at) else { continue };
            match self.shared.get(&index) {
                Some(shared) => cell.set_formula(Some(expand(shared, cell.row, cell.col))),
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

/// The formula of a cell.
#[derive(Default)]
struct Formula {
    /// There is one, whether its text is known or not.
    stands: bool,
    text: Option<Box<str>>,
    /// The shared one that it is, where that has not been met.
    waits_for: Option<u32>,
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
}
