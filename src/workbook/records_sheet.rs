//! Records on one sheet: a table to filter and to build pivot tables on, its heading frozen.

use rust_xlsxwriter::{Format, Table, TableColumn, Worksheet, XlsxError};

use super::pen::{MOST_ROWS, digits, shortened};
use super::wording::say;
use super::{WriteError, stamped, workbook};
use crate::finding::Language;
use crate::records::{COLUMNS, Form, Record, Value};

const LONGEST_TEXT: usize = 32_000;

/// The records as the bytes of an xlsx file; the same records give the same bytes.
pub fn records(records: &[Record], language: Language) -> Result<Vec<u8>, WriteError> {
    if records.len() > MOST_ROWS {
        return Err(WriteError::TooManyRows(records.len()));
    }
    let mut sheet = Worksheet::new();
    sheet.set_name(say(language, "Poster", "Records"))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let decimal = Format::new().set_num_format("#,##0.00");
    for (row, record) in (1..).zip(records) {
        for (col, column) in (0..).zip(COLUMNS) {
            put(&mut sheet, row, col, (column.of)(record), &decimal)?;
        }
    }
    for (col, column) in (0..).zip(COLUMNS) {
        sheet.set_column_width(col, width(column.name, column.form))?;
    }
    let columns: Vec<TableColumn> = COLUMNS.iter().map(|column| TableColumn::new().set_header(column.name)).collect();
    let table = Table::new().set_name("Records").set_columns(&columns);
    // A table has a row of its own below its heading, also when it has no records.
    sheet.add_table(0, 0, records.len().max(1) as u32, COLUMNS.len() as u16 - 1, &table)?;
    let mut workbook = workbook();
    workbook.set_properties(&stamped(say(language, "Poster", "Records"))?);
    workbook.push_worksheet(sheet);
    Ok(workbook.save_to_buffer()?)
}

fn put(sheet: &mut Worksheet, row: u32, col: u16, value: Value<'_>, decimal: &Format) -> Result<(), XlsxError> {
    match value {
        Value::Nothing => return Ok(()),
        Value::Text("") => return Ok(()),
        Value::Text(text) => sheet.write_string(row, col, shortened(text, LONGEST_TEXT))?,
        Value::Made(text) => sheet.write_string(row, col, text)?,
        Value::Codes(codes) => sheet.write_string(row, col, codes.join(" "))?,
        Value::Whole(whole) => sheet.write_number(row, col, whole as i32)?,
        Value::Decimal(amount) if digits(&amount.to_string()) > 15 => {
            sheet.write_string(row, col, amount.to_string())?
        }
        Value::Decimal(amount) => sheet.write_with_format(row, col, amount.decimal(), decimal)?,
    };
    Ok(())
}

fn width(name: &str, form: Form) -> u16 {
    match (name, form) {
        ("label" | "title" | "activity", _) => 38,
        ("association" | "entity" | "file" | "concept", _) => 26,
        (_, Form::Decimal) => 16,
        (name, _) => name.len().max(9) as u16 + 3,
    }
}
