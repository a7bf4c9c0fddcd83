//! Prints the unmarked relations of a file in the form of `avstam inspect --format json`, to measure the finder alone.

use std::error::Error;

use avstam::grid::{Cell, Grid, Source, Value, a1};
use avstam::money::{Amount, Money};
use avstam::table::unmarked::{self, Kind};
use calamine::{Data, Reader};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().next_back().ok_or("which file?")?;
    let grids = if path.ends_with(".csv") { vec![delimited(&path)?] } else { workbook(&path)? };
    let mut relations = Vec::new();
    for grid in &grids {
        let cell = |(row, col)| json!({"input": 0, "sheet": grid.sheet, "cell": a1(row, col)});
        for found in unmarked::find(grid) {
            let terms: Vec<_> = found
                .terms
                .iter()
                .map(|&(at, coefficient)| {
                    json!({"input": 0, "sheet": grid.sheet, "cell": a1(at.0, at.1), "coefficient": coefficient.to_string()})
                })
                .collect();
            let kind = match found.kind {
                Kind::Sum => "sum",
                Kind::Difference => "difference",
                Kind::Average => "average",
                Kind::Ratio => "ratio",
                Kind::Change => "change",
            };
            relations.push(json!({
                "kind": kind, "result": cell(found.result), "terms": terms,
                "holds": found.holds, "confidence": found.confidence,
            }));
        }
    }
    println!("{}", json!({"relations": relations}));
    Ok(())
}

fn delimited(path: &str) -> Result<Grid, Box<dyn Error>> {
    let mut cells = Vec::new();
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path)?;
    // The csv crate skips blank lines; the line number keeps rows in place only where no field spans lines.
    for record in reader.into_records() {
        let record = record?;
        let row = cells.last().map_or(0, |cell: &Cell| cell.row + 1);
        for (col, field) in record.iter().enumerate() {
            cells.push(Cell::new(row, col as u32, Value::Text(field.into())));
        }
    }
    Ok(Grid::new(0, "", Source::Delimited, cells))
}

#[expect(
    clippy::disallowed_types,
    reason = "calamine gives binary floats; the reader of the program mends them, this example needs not"
)]
fn workbook(path: &str) -> Result<Vec<Grid>, Box<dyn Error>> {
    let mut book = calamine::open_workbook_auto(path)?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name)?;
        let (top, left) = range.start().unwrap_or_default();
        let number = |value: f64| {
            Money::parse(&format!("{value:.9}"))
                .map(|value| Value::Number(Amount::new(value.normalize(), value.normalize().decimals())))
        };
        let cells = range.used_cells().filter_map(|(row, col, data)| {
            let value = match data {
                Data::Int(value) => number(*value as f64)?,
                Data::Float(value) => number(*value)?,
                Data::String(text) => Value::Text(text.as_str().into()),
                _ => return None,
            };
            Some(Cell::new(top + row as u32, left + col as u32, value))
        });
        grids.push(Grid::new(0, name, Source::Workbook, cells.collect()));
    }
    Ok(grids)
}
