//! Writes a workbook of as many cells as asked for: a table of 20 columns, labels and amounts, each row with its sum.
//!
//! ```text
//! cargo run --release --example make_workbook -- 1000000 stor.xlsx
//! ```
//!
//! The same number gives the same cells.
#![expect(clippy::disallowed_types, reason = "the format stores binary floats")]

use std::error::Error;

use rust_xlsxwriter::{Formula, Workbook, utility};

const COLUMNS: u16 = 20;
const LABELS: [&str; 5] = ["Lokalhyra", "Personalkostnader", "Köpta tjänster", "Övriga kostnader", "Avskrivningar"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, path] = arguments.as_slice() else { return Err("how many cells, and into which file?".into()) };
    let rows = count.parse::<u32>()? / u32::from(COLUMNS);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Utfall")?;
    sheet.write(0, 0, "Konto")?;
    for col in 1..COLUMNS - 1 {
        sheet.write(0, col, format!("Enhet {col}"))?;
    }
    sheet.write(0, COLUMNS - 1, "Summa")?;
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for row in 1..rows {
        sheet.write(row, 0, format!("{} {}", LABELS[(draw() % 5) as usize], draw() % 1_000))?;
        let mut sum = 0;
        for col in 1..COLUMNS - 1 {
            let cents = (draw() % 10_000_000) as i64 - 2_000_000;
            sum += cents;
            sheet.write(row, col, cents as f64 / 100.0)?;
        }
        let (first, last) = (utility::row_col_to_cell(row, 1), utility::row_col_to_cell(row, COLUMNS - 2));
        let formula = Formula::new(format!("SUM({first}:{last})")).set_result((sum as f64 / 100.0).to_string());
        sheet.write(row, COLUMNS - 1, formula)?;
    }
    workbook.save(path)?;
    Ok(())
}
