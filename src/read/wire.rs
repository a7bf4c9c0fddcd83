//! Grids as lines of text, for the way from the worker process back to ours.
//!
//! A line is a record of tab-separated fields, the first of which says its kind. The last line is a dot: without
//! it the worker ended early.

use std::io::{self, BufRead, Write};

use super::Reading;
use super::encoding::Encoding;
use super::error::{ReadError, Remark, SheetKind};
use super::limits::Limit;
use crate::grid::{Area, Cell, Grid, NumberFormat, Source, Style, Value};
use crate::money::{Amount, Money};
use crate::period::Date;

const HEAD: &str = "avstam-grids 1";

pub(super) fn write(reading: &Reading, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{HEAD}")?;
    for grid in &reading.grids {
        let flags =
            [grid.hidden, grid.formulas_complete, grid.styled].map(u8::from).map(|flag| flag.to_string()).concat();
        writeln!(out, "S\t{}\t{flags}", escaped(&grid.sheet))?;
        grid.hidden_rows.iter().try_for_each(|row| writeln!(out, "R\t{row}"))?;
        grid.hidden_cols.iter().try_for_each(|col| writeln!(out, "K\t{col}"))?;
        for area in &grid.merged {
            writeln!(out, "M\t{}\t{}\t{}\t{}", area.first_row, area.first_col, area.last_row, area.last_col)?;
        }
        grid.cells().iter().try_for_each(|cell| write_cell(cell, out))?;
    }
    for remark in &reading.remarks {
        match remark {
            Remark::SheetSkipped { sheet, kind } => {
                let kind = kinds().iter().position(|other| other == kind).unwrap_or(0);
                writeln!(out, "N\t{}\t{kind}", escaped(sheet))?;
            }
            Remark::EncodingGuessed(encoding) => writeln!(out, "G\t{encoding}")?,
            // What else is worth saying is said by the one that started the worker.
            _ => {}
        }
    }
    if let Some(error) = &reading.error {
        write_error(error, out)?;
    }
    writeln!(out, ".")
}

fn write_cell(cell: &Cell, out: &mut impl Write) -> io::Result<()> {
    let value = match &cell.value {
        Value::Number(amount) => format!("n{}e{}", amount.value, amount.decimals),
        Value::Text(text) => format!("t{}", escaped(text)),
        Value::Date(date) => format!("d{date}"),
        Value::Bool(yes) => format!("b{}", u8::from(*yes)),
        Value::Error(error) => format!("e{}", escaped(error)),
        Value::Uncalculated => "u".into(),
    };
    let optional = |text: Option<&str>| text.map_or_else(String::new, |text| format!("={}", escaped(text)));
    let Style { bold, italic, indent, border_top, border_bottom, format } = cell.style;
    let flags = [bold, italic, border_top, border_bottom].map(u8::from).map(|flag| flag.to_string()).concat();
    let format = match format {
        NumberFormat::General => "g".into(),
        NumberFormat::Fixed { decimals } => format!("f{decimals}"),
        NumberFormat::Percent { decimals } => format!("p{decimals}"),
        NumberFormat::Other => "o".into(),
    };
    let (stored, formula) = (optional(cell.stored()), optional(cell.formula()));
    writeln!(out, "C\t{}\t{}\t{value}\t{stored}\t{formula}\t{flags}\t{indent}\t{format}", cell.row, cell.col)
}

fn write_error(error: &ReadError, out: &mut impl Write) -> io::Result<()> {
    match error {
        ReadError::Encrypted => writeln!(out, "X\tencrypted"),
        ReadError::Damaged(why) => writeln!(out, "X\tdamaged\t{}", escaped(why)),
        ReadError::TooLarge(Limit::Cells { limit }) => writeln!(out, "X\tcells\t{limit}"),
        ReadError::TooLarge(Limit::Text { limit }) => writeln!(out, "X\ttext\t{limit}"),
        ReadError::TooLarge(Limit::Sheets { limit, found }) => writeln!(out, "X\tsheets\t{limit}\t{found}"),
        ReadError::Truncated(why) => writeln!(out, "X\ttruncated\t{}", escaped(why)),
        other => writeln!(out, "X\ttruncated\t{}", escaped(&other.to_string())),
    }
}

/// Reads what [`write`] wrote; `None` where it is not whole.
pub(super) fn read(mut from: impl BufRead, input: usize) -> Option<Reading> {
    let mut reading = Reading::default();
    let mut sheet: Option<Grid> = None;
    let mut cells = Vec::new();
    let mut line = String::new();
    let mut next = |line: &mut String| {
        line.clear();
        from.read_line(line).ok()?;
        line.strip_suffix('\n').map(str::len).map(|length| line.truncate(length))
    };
    next(&mut line)?;
    if line != HEAD {
        return None;
    }
    loop {
        next(&mut line)?;
        let mut fields = line.split('\t');
        let mut field = || fields.next();
        match field()? {
            "C" => cells.push(read_cell(&mut field)?),
            "S" => {
                finish(sheet.take(), &mut cells, &mut reading);
                let mut grid = Grid::new(input, unescaped(field()?), Source::Workbook, Vec::new());
                let flags = field()?.as_bytes();
                (grid.hidden, grid.formulas_complete) = (flags.first() == Some(&b'1'), flags.get(1) == Some(&b'1'));
                grid.styled = flags.get(2) == Some(&b'1');
                sheet = Some(grid);
            }
            "R" => sheet.as_mut()?.hidden_rows.push(field()?.parse().ok()?),
            "K" => sheet.as_mut()?.hidden_cols.push(field()?.parse().ok()?),
            "M" => {
                let mut part = || field()?.parse().ok();
                let (first_row, first_col, last_row, last_col) = (part()?, part()?, part()?, part()?);
                sheet.as_mut()?.merged.push(Area { first_row, first_col, last_row, last_col });
            }
            "N" => {
                let (sheet, kind) = (unescaped(field()?), field()?.parse::<usize>().ok()?);
                reading.remarks.push(Remark::SheetSkipped { sheet, kind: *kinds().get(kind)? });
            }
            "G" => reading.remarks.push(Remark::EncodingGuessed(Encoding::named(field()?)?)),
            "X" => reading.error = Some(read_error(&mut field)?),
            "." => {
                finish(sheet.take(), &mut cells, &mut reading);
                return Some(reading);
            }
            _ => return None,
        }
    }
}

/// Grids take their cells at once: the one begun is made again with them.
fn finish(sheet: Option<Grid>, cells: &mut Vec<Cell>, reading: &mut Reading) {
    if let Some(begun) = sheet {
        let mut grid = Grid::new(begun.input, begun.sheet, begun.source, std::mem::take(cells));
        (grid.hidden, grid.formulas_complete, grid.styled) = (begun.hidden, begun.formulas_complete, begun.styled);
        (grid.hidden_rows, grid.hidden_cols, grid.merged) = (begun.hidden_rows, begun.hidden_cols, begun.merged);
        reading.grids.push(grid);
    }
}

fn read_cell<'l>(field: &mut impl FnMut() -> Option<&'l str>) -> Option<Cell> {
    let (row, col) = (field()?.parse().ok()?, field()?.parse().ok()?);
    let value = field()?;
    let said = value.get(1..)?;
    let mut cell = Cell::new(
        row,
        col,
        match value.get(..1)? {
            "n" => {
                let (value, decimals) = said.split_once('e')?;
                Value::Number(Amount::new(Money::parse(value)?, decimals.parse().ok()?))
            }
            "t" => Value::Text(unescaped(said).into()),
            "d" => {
                let mut parts = said.splitn(3, '-');
                let mut part = || parts.next()?.parse::<i32>().ok();
                Value::Date(Date::new(part()?, u8::try_from(part()?).ok()?, u8::try_from(part()?).ok()?)?)
            }
            "b" => Value::Bool(said == "1"),
            "e" => Value::Error(unescaped(said).into()),
            "u" => Value::Uncalculated,
            _ => return None,
        },
    );
    let mut optional = || Some(field()?.strip_prefix('=').map(|text| unescaped(text).into()));
    cell.set_stored(optional()?);
    cell.set_formula(optional()?);
    let flags = field()?.as_bytes();
    let flag = |i| flags.get(i) == Some(&b'1');
    let indent = field()?.parse().ok()?;
    let format = field()?;
    let decimals = || format.get(1..)?.parse().ok();
    let format = match format.get(..1)? {
        "g" => NumberFormat::General,
        "f" => NumberFormat::Fixed { decimals: decimals()? },
        "p" => NumberFormat::Percent { decimals: decimals()? },
        _ => NumberFormat::Other,
    };
    cell.style = Style { bold: flag(0), italic: flag(1), indent, border_top: flag(2), border_bottom: flag(3), format };
    Some(cell)
}

fn read_error<'l>(field: &mut impl FnMut() -> Option<&'l str>) -> Option<ReadError> {
    let kind = field()?;
    let mut number = || field()?.parse::<usize>().ok();
    Some(match kind {
        "encrypted" => ReadError::Encrypted,
        "cells" => Limit::Cells { limit: number()? }.into(),
        "text" => Limit::Text { limit: number()? }.into(),
        "sheets" => Limit::Sheets { limit: number()?, found: number()? }.into(),
        "damaged" => ReadError::Damaged(unescaped(field()?)),
        _ => ReadError::Truncated(unescaped(field()?)),
    })
}

/// In the order of their numbers on the wire.
fn kinds() -> [SheetKind; 4] {
    [SheetKind::Chart, SheetKind::Dialog, SheetKind::Macro, SheetKind::Absent]
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => out.push(match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            }),
            (c, false) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut cells: Vec<Cell> = [
            Value::Number(Amount::new(Money::new(-4_313_725, 1), 1)),
            Value::Text("a\tb\\n\r\nå".into()),
            Value::Date(Date::new(2019, 12, 31).unwrap()),
            Value::Bool(true),
            Value::Error("#REF!".into()),
            Value::Uncalculated,
        ]
        .into_iter()
        .zip(3..)
        .map(|(value, row)| Cell::new(row, 70, value))
        .collect();
        cells[0].set_stored(Some("0.30000000000000004".into()));
        cells[1].set_formula(Some("\"\"".into()));
        cells[2].style = Style {
            bold: true,
            italic: false,
            indent: 3,
            border_top: false,
            border_bottom: true,
            format: NumberFormat::Fixed { decimals: 2 },
        };
        let mut grid = Grid::new(7, "RR\t2019", Source::Workbook, cells);
        (grid.hidden, grid.hidden_rows, grid.hidden_cols) = (true, vec![1, 9], vec![2]);
        grid.merged = vec![Area { first_row: 0, first_col: 1, last_row: 2, last_col: 3 }];
        let remark = Remark::SheetSkipped { sheet: "Diagram".into(), kind: SheetKind::Chart };
        let written = Reading {
            grids: vec![grid],
            remarks: vec![remark, Remark::EncodingGuessed(Encoding::Windows1252)],
            error: Some(ReadError::Damaged("x\ny".into())),
        };
        let mut bytes = Vec::new();
        write(&written, &mut bytes).unwrap();
        let back = read(bytes.as_slice(), 7).unwrap();
        assert_eq!(format!("{:?}", back.grids), format!("{:?}", written.grids));
        assert_eq!(format!("{:?}{:?}", back.remarks, back.error), format!("{:?}{:?}", written.remarks, written.error));
        for end in [0, 5, bytes.len() / 2, bytes.len() - 2] {
            assert!(read(&bytes[..end], 7).is_none(), "cut at {end}");
        }
    }
}
