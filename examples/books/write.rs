//! Books as workbooks in a folder, for measures of the whole program.
#![expect(clippy::disallowed_types, reason = "the format stores binary floats")]

use std::error::Error;
use std::path::{Path, PathBuf};

use avstam::grid::{Cell, Grid, NumberFormat, Source, Value};
use avstam::money::Money;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::book::generate;

/// Writes a book as the file that it would be: running text, delimited text where it is one sheet of texts, else a
/// workbook.
pub fn write(folder: &Path, name: &str, grids: &[Grid]) -> Result<PathBuf, Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let texts = |grid: &Grid| grid.cells().iter().all(|cell| matches!(cell.value, Value::Text(_) | Value::Number(_)));
    let (ending, separator) = match grids {
        [only] if only.source == Source::Text => ("txt", "\t"),
        [only] if texts(only) => ("csv", ";"),
        _ => {
            let path = folder.join(format!("{name}.xlsx"));
            workbook(grids)?.save(&path)?;
            return Ok(path);
        }
    };
    let path = folder.join(format!("{name}.{ending}"));
    std::fs::write(&path, delimited(&grids[0], separator))?;
    Ok(path)
}

fn delimited(grid: &Grid, separator: &str) -> String {
    let Some((last_row, last_col)) = grid.last() else { return String::new() };
    let field = |row: u32, col: u32| match grid.get(row, col).map(|cell| (&cell.value, &cell.style.format)) {
        Some((Value::Number(amount), NumberFormat::Percent { decimals })) => {
            format!("{} %", (amount.value * Money::from(100)).round(u32::from(*decimals))).replace('.', ",")
        }
        Some((Value::Number(amount), _)) => amount.value.to_string().replace('.', ","),
        Some((Value::Text(text), _)) => text.to_string(),
        _ => String::new(),
    };
    let line = |row: u32| (0..=last_col).map(|col| field(row, col)).collect::<Vec<String>>().join(separator);
    (0..=last_row).map(line).collect::<Vec<String>>().join("\n") + "\n"
}

/// Writes so many of the books from a seed on; those that are running text are passed over.
pub fn workbooks(folder: &Path, seed: u64, books: u64) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let generated = (seed..).map(|seed| (seed, generate(seed).grids));
    let workbooks = generated.filter(|(_, grids)| grids.iter().all(|grid| grid.source == Source::Workbook));
    for (seed, grids) in workbooks.take(usize::try_from(books)?) {
        let mut workbook = workbook(&grids)?;
        workbook.save(folder.join(format!("bokslut-{seed:05}.xlsx")))?;
    }
    Ok(())
}

fn workbook(grids: &[Grid]) -> Result<Workbook, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    for grid in grids {
        let sheet = workbook.add_worksheet().set_name(&grid.sheet)?;
        for cell in grid.cells() {
            let (row, col, look) = (cell.row, u16::try_from(cell.col)?, look(cell));
            match &cell.value {
                Value::Text(text) => _ = sheet.write_with_format(row, col, text.as_ref(), &look)?,
                Value::Number(amount) => {
                    sheet.write_with_format(row, col, amount.value.to_string().parse::<f64>()?, &look)?;
                }
                Value::Date(date) => {
                    let (month, day) = (date.month, date.day);
                    let date = ExcelDateTime::from_ymd(u16::try_from(date.year)?, month, day)?;
                    sheet.write_with_format(row, col, &date, &look.set_num_format("yyyy-mm-dd"))?;
                }
                _ => {}
            }
        }
    }
    Ok(workbook)
}

fn look(cell: &Cell) -> Format {
    let mut look = Format::new().set_indent(cell.style.indent);
    if cell.style.bold {
        look = look.set_bold();
    }
    let decimals =
        |decimals: u8| if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals.into())) };
    match cell.style.format {
        NumberFormat::Fixed { decimals: d } => look.set_num_format(format!("#,##0{}", decimals(d))),
        NumberFormat::Percent { decimals: d } => look.set_num_format(format!("0{}%", decimals(d))),
        _ => look,
    }
}
