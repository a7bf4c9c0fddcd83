//! Binary workbooks (xls, xlsb) through calamine. It panics and asks for endless memory on damaged ones, so this
//! runs in a worker process where there is one.
#![expect(clippy::disallowed_types, reason = "calamine gives numbers as binary floats; here they become exact")]

use std::io::Cursor;

use calamine::{Data, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, XlsOptions, Xlsb, XlsbError};

use super::calendar::{self, Epoch};
use super::encoding::Encoding;
use super::error::{ReadError, Remark, SheetKind};
use super::limits::{Allowance, Limit};
use super::{Format, Reading, formula, number};
use crate::grid::{Area, Cell, Grid, Source, Value};

pub(super) fn read(
    format: Format,
    bytes: &[u8],
    input: usize,
    allowance: &mut Allowance,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    match format {
        Format::Xlsb => read_xlsb(bytes, input, allowance, reading),
        _ => read_xls(bytes, input, allowance, reading),
    }
}

fn read_xls(bytes: &[u8], input: usize, allowance: &mut Allowance, reading: &mut Reading) -> Result<(), ReadError> {
    let mut workbook = match Xls::new(Cursor::new(bytes)) {
        // Labels in an alphabet that calamine does not know, for one in the usual alphabet: figures are the same.
        Err(XlsError::Cfb(error)) if error.to_string().starts_with("Codepage") => {
            reading.remarks.push(Remark::EncodingGuessed(Encoding::Windows1252));
            let mut options = XlsOptions::default();
            options.force_codepage = Some(1252);
            Xls::new_with_options(Cursor::new(bytes), options)
        }
        opened => opened,
    }
    .map_err(|error| match error {
        XlsError::Password => ReadError::Encrypted,
        error => ReadError::Truncated(error.to_string()),
    })?;
    let epoch = epoch(workbook.has_1904_epoch());
    for sheet in worksheets(workbook.sheets_metadata().to_vec(), allowance, reading)? {
        let Ok(range) = workbook.worksheet_range(&sheet.name) else { continue };
        let mut cells = Cells::new(epoch);
        let from = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells() {
            cells.push((from.0 + row as u32, from.1 + col as u32), value, allowance)?;
        }
        if let Ok(formulas) = workbook.worksheet_formula(&sheet.name) {
            let from = formulas.start().unwrap_or_default();
            for (row, col, formula) in formulas.used_cells() {
                cells.formulas.push((from.0 + row as u32, from.1 + col as u32, formula.clone()));
            }
        }
        let mut grid = cells.into_grid(input, &sheet, allowance)?;
        let merged = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        grid.merged = merged
            .into_iter()
            .map(|area| Area {
                first_row: area.start.0,
                first_col: area.start.1,
                last_row: area.end.0.max(area.start.0),
                last_col: area.end.1.max(area.start.1),
            })
            .collect();
        reading.grids.push(grid);
    }
    Ok(())
}

fn read_xlsb(bytes: &[u8], input: usize, allowance: &mut Allowance, reading: &mut Reading) -> Result<(), ReadError> {
    let refused = |error| match error {
        XlsbError::Password => ReadError::Encrypted,
        error => ReadError::Truncated(error.to_string()),
    };
    let mut workbook = Xlsb::new(Cursor::new(bytes)).map_err(refused)?;
    let epoch = epoch(workbook.has_1904_epoch());
    for sheet in worksheets(workbook.sheets_metadata().to_vec(), allowance, reading)? {
        let mut cells = Cells::new(epoch);
        let mut fault = None;
        match workbook.worksheet_cells_reader(&sheet.name) {
            Ok(mut stream) => loop {
                match stream.next_cell() {
                    Ok(Some(cell)) => {
                        cells.push(cell.get_position(), &Data::from(cell.get_value().clone()), allowance)?
                    }
                    Ok(None) => break,
                    Err(error) => {
                        fault = Some(error);
                        break;
                    }
                }
            },
            Err(error) => fault = Some(error),
        }
        if let Ok(mut stream) = workbook.worksheet_cells_reader(&sheet.name) {
            while let Ok(Some(cell)) = stream.next_formula() {
                let (row, col) = cell.get_position();
                cells.formulas.push((row, col, cell.get_value().clone()));
            }
        }
        reading.grids.push(cells.into_grid(input, &sheet, allowance)?);
        if let Some(error) = fault {
            reading.error.get_or_insert(ReadError::Damaged(format!("{}: {error}", sheet.name)));
        }
    }
    Ok(())
}

fn epoch(is_1904: bool) -> Epoch {
    if is_1904 { Epoch::Year1904 } else { Epoch::Year1900 }
}

/// The sheets that hold cells; a remark for each other one.
fn worksheets(sheets: Vec<Sheet>, allowance: &Allowance, reading: &mut Reading) -> Result<Vec<Sheet>, ReadError> {
    let limit = allowance.limits().sheets;
    if sheets.len() > limit {
        return Err(Limit::Sheets { limit, found: sheets.len() }.into());
    }
    let (worksheets, others): (Vec<_>, Vec<_>) =
        sheets.into_iter().partition(|sheet| sheet.typ == SheetType::WorkSheet);
    for sheet in others {
        let kind = match sheet.typ {
            SheetType::ChartSheet => SheetKind::Chart,
            SheetType::DialogSheet => SheetKind::Dialog,
            _ => SheetKind::Macro,
        };
        reading.remarks.push(Remark::SheetSkipped { sheet: sheet.name, kind });
    }
    Ok(worksheets)
}

/// The cells of a sheet, and its formulas beside them.
struct Cells {
    epoch: Epoch,
    cells: Vec<Cell>,
    formulas: Vec<(u32, u32, String)>,
}

impl Cells {
    fn new(epoch: Epoch) -> Cells {
        Cells { epoch, cells: Vec::new(), formulas: Vec::new() }
    }

    fn push(&mut self, (row, col): (u32, u32), value: &Data, allowance: &mut Allowance) -> Result<(), ReadError> {
        let mut cell = Cell::new(row, col, Value::Uncalculated);
        let text = |text: &str| Value::Text(text.into());
        cell.value = match value {
            Data::Empty => return Ok(()),
            Data::Int(whole) => match number::stored(&whole.to_string()) {
                Some((amount, _)) => Value::Number(amount),
                None => text(&whole.to_string()),
            },
            Data::Float(float) => self.numeric(*float, &mut cell),
            Data::DateTime(moment) if moment.is_duration() => text(&calendar::clock(moment.as_f64(), true)),
            Data::DateTime(moment) if (0.0..1.0).contains(&moment.as_f64()) && moment.as_f64() > 0.0 => {
                text(&calendar::clock(moment.as_f64(), false))
            }
            Data::DateTime(moment) => match calendar::day(moment.as_f64(), self.epoch) {
                Some(day) => Value::Date(day),
                None => self.numeric(moment.as_f64(), &mut cell),
            },
            Data::DateTimeIso(iso) => calendar::iso(iso).map_or_else(|| text(iso), Value::Date),
            Data::DurationIso(string) => text(string),
            Data::String(string) => text(string),
            Data::Bool(yes) => Value::Bool(*yes),
            Data::Error(error) => Value::Error(error.to_string().into()),
        };
        allowance.take(cell.text().map_or(0, str::len))?;
        self.cells.push(cell);
        Ok(())
    }

    fn numeric(&self, float: f64, cell: &mut Cell) -> Value {
        match number::float(float) {
            Some((amount, noise)) => {
                cell.set_stored(noise);
                Value::Number(amount)
            }
            None => Value::Text(float.to_string().into()),
        }
    }

    fn into_grid(mut self, input: usize, sheet: &Sheet, allowance: &mut Allowance) -> Result<Grid, ReadError> {
        self.cells.sort_by_key(|cell| (cell.row, cell.col));
        let mut alone = Vec::new();
        for (row, col, text) in self.formulas {
            let Some(text) = repaired(&text) else { continue };
            allowance.take(text.len())?;
            match self.cells.binary_search_by_key(&(row, col), |cell| (cell.row, cell.col)) {
                Ok(at) => self.cells[at].set_formula(Some(text.into())),
                Err(_) => {
                    let mut cell = Cell::new(row, col, Value::Uncalculated);
                    cell.set_formula(Some(text.into()));
                    alone.push(cell);
                }
            }
        }
        self.cells.retain(|cell| cell.formula().is_some() || cell.text() != Some(""));
        self.cells.extend(alone);
        let mut grid = Grid::new(input, sheet.name.clone(), Source::Workbook, self.cells);
        grid.hidden = sheet.visible != SheetVisible::Visible;
        // Shared and array formulas are left out by the reader: a cell without a formula proves nothing.
        grid.formulas_complete = false;
        Ok(grid)
    }
}

/// A formula as the workbook shows it, for calamine 0.38 gives `>` for `>=` and the other way round. `None` where
/// it could not read the formula, or names other sheets: those references come with wrong columns and sheets, and
/// whole columns as ones beyond the last. No formula is better than a wrong one.
fn repaired(formula: &str) -> Option<String> {
    let errors = ["#REF!", "#DIV/0!", "#NULL!", "#NUM!", "#VALUE!"];
    let without_errors = errors.iter().fold(formula.to_string(), |text, error| text.replace(error, ""));
    if formula.is_empty() || formula.starts_with("Unrecognised formula") || without_errors.contains(['!', '\u{fffd}']) {
        return None;
    }
    let swapped = formula::outside_quotes(formula, |plain| {
        let mut out = String::with_capacity(plain.len() + 1);
        let mut rest = plain;
        while let Some(at) = rest.find('>') {
            let not_equal = rest[..at].ends_with('<');
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            match rest.strip_prefix('=') {
                _ if not_equal => out.push('>'),
                Some(after) => {
                    out.push('>');
                    rest = after;
                }
                None => out.push_str(">="),
            }
        }
        out.push_str(rest);
        out
    });
    Some(formula::without_prefixes(&swapped).unwrap_or(swapped))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_swapped_back_outside_texts() {
        let formula = "IF(A1>B1,\"a>b\",A1>=2)+(A1<>B1)+(A1<=B1)+#REF!";
        let expected = "IF(A1>=B1,\"a>b\",A1>2)+(A1<>B1)+(A1<=B1)+#REF!";
        assert_eq!(repaired(formula).as_deref(), Some(expected));
        assert_eq!(repaired("SUM(Noter!$XFE$1:$XFE$65536)"), None);
        assert_eq!(repaired("Noter 2019!E$1"), None);
    }
}
