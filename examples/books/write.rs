//! Books as workbooks in a folder, for measures of the whole program.
#![expect(clippy::disallowed_types, reason = "the format stores binary floats")]

use std::error::Error;
use std::path::Path;

use avstam::grid::{Cell, Grid, NumberFormat, Source, Value};
use rust_xlsxwriter::{Format, Workbook};

use crate::book::generate;

/// Writes so many of the books from a seed on; those that are running text are passed over.
pub fn write(folder: &Path, seed: u64, books: u64) -> Result<(), Box<dyn Error>> {
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
