//! The yardsticks of `benches/run`: what reading a workbook costs with calamine alone, nothing done with what was read.
//!
//! `cargo run --release --example bare -- cells|ranges FILE`
//!
//! `cells` streams the cells and keeps none; `ranges` has every sheet in memory at once, as most programs do.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;

use calamine::{Reader, Xlsx, open_workbook};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [how, path] = arguments.as_slice() else { return Err("cells or ranges, and which file?".into()) };
    let mut workbook: Xlsx<BufReader<File>> = open_workbook(path)?;
    let count = match how.as_str() {
        "cells" => cells(&mut workbook)?,
        "ranges" => workbook.worksheets().iter().map(|(_, range)| range.used_cells().count()).sum(),
        _ => return Err("cells or ranges?".into()),
    };
    println!("{count} cells");
    Ok(())
}

fn cells(workbook: &mut Xlsx<BufReader<File>>) -> Result<usize, Box<dyn Error>> {
    let mut count = 0;
    for sheet in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&sheet)?;
        while cells.next_cell()?.is_some() {
            count += 1;
        }
    }
    Ok(count)
}
