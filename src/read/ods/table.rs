//! One table of an OpenDocument file → its cells, hidden rows and columns, and merged areas.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::formula;
use super::styles::Styles;
use crate::grid::{Area, Cell, Style, Value};
use crate::read::calendar;
use crate::read::error::ReadError;
use crate::read::limits::Allowance;
use crate::read::number;
use crate::read::xml::{Xml, attribute, number as whole, push_text, raw};

pub(super) struct Table<'s> {
    styles: &'s Styles,
    looks: HashMap<String, Style>,
    /// The styles of columns for cells that name none: last column, look.
    columns: Vec<(u32, Style)>,
    row: u32,
    col: u32,
    pub cells: Vec<Cell>,
    pub hidden_rows: Vec<u32>,
    pub hidden_cols: Vec<u32>,
    pub merged: Vec<Area>,
    pub formulas_complete: bool,
    /// Whether a row was read once that stands very often.
    pub repeats_left_out: bool,
}

/// More cells than this from one row repeated are a filler down to the sheet's end, not data.
const FILLER: usize = 100_000;
const ROWS: u32 = 1_048_576;
const COLS: u32 = 16_384;

impl<'s> Table<'s> {
    pub fn new(styles: &'s Styles) -> Table<'s> {
        Table {
            styles,
            looks: HashMap::new(),
            columns: Vec::new(),
            row: 0,
            col: 0,
            cells: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            merged: Vec::new(),
            formulas_complete: true,
            repeats_left_out: false,
        }
    }

    /// Reads to the end of the table.
    pub fn read<R: BufRead>(&mut self, xml: &mut Xml<R>, allowance: &mut Allowance) -> Result<(), ReadError> {
        let mut row_start = 0;
        let mut repeated = 1;
        loop {
            let skipped = match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "table-column" => {
                        self.note_column(&e);
                        continue;
                    }
                    "table-row" => {
                        row_start = self.cells.len();
                        repeated = self.note_row(&e);
                        continue;
                    }
                    "table-cell" | "covered-table-cell" => {
                        let head = Head::of(&e);
                        self.cell(xml, head, allowance)?;
                        continue;
                    }
                    "table-row-group"
                    | "table-rows"
                    | "table-header-rows"
                    | "table-column-group"
                    | "table-columns"
                    | "table-header-columns" => continue,
                    // Drawings, forms and other sources hold texts and tables that are none of the sheet's.
                    other => other.to_string(),
                },
                Event::Empty(e) => {
                    match e.local_name().as_ref() {
                        "table-column" => self.note_column(&e),
                        "table-row" => {
                            let repeated = self.note_row(&e);
                            self.row = self.row.saturating_add(repeated);
                        }
                        "table-cell" | "covered-table-cell" => {
                            let head = Head::of(&e);
                            self.place(head, String::new(), allowance)?;
                        }
                        _ => {}
                    }
                    continue;
                }
                Event::End(e) => match e.local_name().as_ref() {
                    "table-row" => {
                        self.repeat_row(row_start, repeated, allowance)?;
                        continue;
                    }
                    "table" => return Ok(()),
                    _ => continue,
                },
                Event::Eof => return Err(xml.ends_early()),
                _ => continue,
            };
            xml.skip(&skipped)?;
        }
    }

    fn note_column(&mut self, e: &BytesStart<'_>) {
        let first = self.columns.last().map_or(0, |(last, _)| last + 1);
        let repeated = repeats(e, "number-columns-repeated").min(COLS.saturating_sub(first));
        if repeated == 0 {
            return;
        }
        if is_hidden(e) {
            self.hidden_cols.extend(first..first + repeated);
        }
        let look = attribute(e, "default-cell-style-name").map(|name| self.look(&name)).unwrap_or_default();
        self.columns.push((first + repeated - 1, look));
    }

    /// Begins a row and tells how often it stands.
    fn note_row(&mut self, e: &BytesStart<'_>) -> u32 {
        self.col = 0;
        let repeated = repeats(e, "number-rows-repeated").min(ROWS.saturating_sub(self.row));
        if is_hidden(e) {
            self.hidden_rows.extend(self.row..self.row + repeated);
        }
        repeated
    }

    fn repeat_row(&mut self, start: usize, repeated: u32, allowance: &mut Allowance) -> Result<(), ReadError> {
        let end = self.cells.len();
        let copies = if start == end { 1 } else { repeated };
        let is_filler = copies as usize * (end - start) > FILLER;
        self.repeats_left_out |= is_filler;
        for by in 1..if is_filler { 1 } else { copies } {
            for i in start..end {
                let mut cell = self.cells[i].clone();
                cell.row += by;
                allowance.take(cell.text().map_or(0, str::len))?;
                self.cells.push(cell);
            }
        }
        self.row = self.row.saturating_add(repeated);
        Ok(())
    }

    fn cell<R: BufRead>(&mut self, xml: &mut Xml<R>, head: Head, allowance: &mut Allowance) -> Result<(), ReadError> {
        let mut text = String::new();
        let mut paragraphs = 0;
        loop {
            let skipped = match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "p" | "h" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        let end = e.local_name().as_ref().to_string();
                        paragraph(xml, &end, &mut text)?;
                        continue;
                    }
                    other => other.to_string(),
                },
                Event::Empty(e) if matches!(e.local_name().as_ref(), "p" | "h") => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    continue;
                }
                Event::End(e) if matches!(e.local_name().as_ref(), "table-cell" | "covered-table-cell") => break,
                Event::Eof => return Err(xml.ends_early()),
                _ => continue,
            };
            xml.skip(&skipped)?;
        }
        self.place(head, text, allowance)
    }

    /// Puts a cell where it stands, as often as it stands there.
    fn place(&mut self, head: Head, text: String, allowance: &mut Allowance) -> Result<(), ReadError> {
        let (row, col) = (self.row, self.col);
        self.col = self.col.saturating_add(head.repeated);
        if row >= ROWS || col >= COLS {
            return Ok(());
        }
        if head.spans != (1, 1) {
            let (last_row, last_col) = ((row + head.spans.0 - 1).min(ROWS - 1), (col + head.spans.1 - 1).min(COLS - 1));
            self.merged.push(Area { first_row: row, first_col: col, last_row, last_col });
        }
        self.formulas_complete &= !head.spreads;
        let mut stored = None;
        let Some(value) = head.value(text, &mut stored) else { return Ok(()) };
        let formula: Option<Box<str>> = head.formula.as_deref().map(|formula| formula::translated(formula).into());
        let own_look = head.style.as_deref().map(|name| self.look(name));
        for col in col..(col + head.repeated).min(COLS) {
            let mut cell = Cell::new(row, col, value.clone());
            allowance.take(cell.text().map_or(0, str::len) + formula.as_ref().map_or(0, |formula| formula.len()))?;
            cell.set_stored(stored.clone());
            cell.set_formula(formula.clone());
            cell.style = own_look.unwrap_or_else(|| self.column_look(col));
            self.cells.push(cell);
        }
        Ok(())
    }

    fn look(&mut self, name: &str) -> Style {
        if let Some(look) = self.looks.get(name) {
            return *look;
        }
        let look = self.styles.look(name);
        self.looks.insert(name.to_string(), look);
        look
    }

    fn column_look(&self, col: u32) -> Style {
        let at = self.columns.partition_point(|(last, _)| *last < col);
        self.columns.get(at).map_or_else(Style::default, |(_, look)| *look)
    }
}

/// What a cell's tag says.
#[derive(Default)]
struct Head {
    kind: String,
    error: bool,
    value: Option<String>,
    formula: Option<String>,
    style: Option<String>,
    repeated: u32,
    /// Rows, columns.
    spans: (u32, u32),
    /// Whether it is the anchor of an array over several cells, which have no formula in the file.
    spreads: bool,
}

impl Head {
    fn of(e: &BytesStart<'_>) -> Head {
        let array = repeats(e, "number-matrix-columns-spanned").max(repeats(e, "number-matrix-rows-spanned"));
        let mut head = Head {
            repeated: repeats(e, "number-columns-repeated"),
            spans: (repeats(e, "number-rows-spanned"), repeats(e, "number-columns-spanned")),
            spreads: array > 1,
            ..Head::default()
        };
        let mut attributes = e.attributes();
        for found in attributes.with_checks(false).flatten() {
            let take =
                || found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned);
            match (found.key.prefix().map_or("", |prefix| prefix.into_inner()), found.key.local_name().as_ref()) {
                // The program's own kind of value tells errors, which the standard has no kind for.
                ("calcext", "value-type") => head.error = found.value == "error",
                (_, "value-type") => head.kind = found.value.into_owned(),
                (_, "value" | "date-value" | "time-value" | "boolean-value" | "string-value") => head.value = take(),
                (_, "formula") => head.formula = take(),
                (_, "style-name") => head.style = take(),
                _ => {}
            }
        }
        head
    }

    /// `None` where the cell holds nothing.
    fn value(&self, text: String, stored: &mut Option<Box<str>>) -> Option<Value> {
        let said = self.value.as_deref().unwrap_or_default();
        if self.error || (self.formula.is_some() && is_error(&text)) {
            return Some(Value::Error(text.into()));
        }
        Some(match self.kind.as_str() {
            "float" | "percentage" | "currency" => match number::stored(said) {
                Some((amount, noise)) => {
                    *stored = noise;
                    Value::Number(amount)
                }
                None => Value::Text(if text.is_empty() { said.into() } else { text.into() }),
            },
            "date" => calendar::iso(said).map_or_else(|| Value::Text(text.into()), Value::Date),
            "boolean" => Value::Bool(said == "true"),
            _ => match (text.is_empty(), &self.value, &self.formula) {
                (false, ..) => Value::Text(text.into()),
                (true, Some(said), _) if !said.is_empty() => Value::Text(said.as_str().into()),
                (true, _, Some(_)) if self.kind.is_empty() => Value::Uncalculated,
                (true, _, Some(_)) => Value::Text("".into()),
                _ => return None,
            },
        })
    }
}

/// The text of a paragraph. Runs of white space are one space; more are written as elements.
fn paragraph<R: BufRead>(xml: &mut Xml<R>, end: &str, into: &mut String) -> Result<(), ReadError> {
    let mut piece = String::new();
    let start = into.len();
    loop {
        let skipped = match xml.next()? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "s" => {
                into.extend(std::iter::repeat_n(' ', whole::<usize>(&e, "c").unwrap_or(1).min(1_000)));
                continue;
            }
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "tab" => {
                into.push('\t');
                continue;
            }
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "line-break" => {
                into.push('\n');
                continue;
            }
            Event::Start(e) => match e.local_name().as_ref() {
                name @ ("annotation" | "frame" | "note" | "ruby-text") => name.to_string(),
                _ => continue,
            },
            Event::End(e) if e.local_name().as_ref() == end => return Ok(()),
            Event::Eof => return Err(xml.ends_early()),
            event => {
                piece.clear();
                push_text(&event, &mut piece);
                for c in piece.chars() {
                    match c {
                        ' ' | '\n' | '\r' | '\t' if into.len() > start && into.ends_with(' ') => {}
                        '\n' | '\r' | '\t' => into.push(' '),
                        c => into.push(c),
                    }
                }
                continue;
            }
        };
        xml.skip(&skipped)?;
    }
}

fn repeats(e: &BytesStart<'_>, name: &str) -> u32 {
    whole(e, name).unwrap_or(1).max(1)
}

fn is_hidden(e: &BytesStart<'_>) -> bool {
    raw(e, "visibility").is_some_and(|how| how != "visible")
}

/// What spreadsheets show for results that are none.
fn is_error(text: &str) -> bool {
    matches!(text, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
        || text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()))
}
