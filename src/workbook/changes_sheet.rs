//! `Ändringar`: every cell that differs from the source, what it was, what it is, and why.

use rust_xlsxwriter::XlsxError;

use super::Material;
use super::changes::{self, Side};
use super::pen::{MOST_ROWS, Pen};
use super::rules_sheet;
use super::styles::{Look, Number};
use super::wording::{CHANGES, say};

const HEADS: [(&str, &str, u16); 8] = [
    ("Källfil", "Source file", 28),
    ("Källblad", "Source sheet", 25),
    ("Källcell", "Source cell", 11),
    ("Var", "Was", 26),
    ("Är", "Is", 26),
    ("Cell", "Cell", 24),
    ("Regel", "Rule", 8),
    ("Varför", "Why", 70),
];

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(CHANGES)?;
    let heads = HEADS.map(|(swedish, english, width)| (say(material.language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    let changes = changes::all(material);
    let plain = Look::NONE;
    let mut row = 0;
    for change in changes.iter().take(MOST_ROWS) {
        row += 1;
        pen.text(row, 0, &material.file_of(change.at.grid), plain)?;
        pen.text(row, 1, material.sheet_of(change.at.grid), plain)?;
        pen.text(row, 2, &change.cells(), plain)?;
        side(&mut pen, row, 3, &change.was)?;
        side(&mut pen, row, 4, &change.is)?;
        if let Some(target) = change.target {
            pen.link(row, 5, target, &target.shown(), Look::after_figures())?;
        }
        rules_sheet::code(material, &mut pen, row, 6, change.rule)?;
        pen.text(row, 7, &change.why, Look::wrapped())?;
    }
    if changes.is_empty() {
        pen.text(1, 0, say(material.language, "Inga ändringar.", "No changes."), Look { italic: true, ..plain })?;
    }
    for (col, most) in [(0, 48), (1, 34)] {
        let width = pen.fitted(col, usize::from(HEADS[usize::from(col)].2), most);
        pen.column_width(col, width)?;
    }
    pen.sheet.autofilter(0, 0, row, heads.len() as u16 - 1)?;
    Ok(pen)
}

fn side(pen: &mut Pen, row: u32, col: u16, side: &Side) -> Result<(), XlsxError> {
    match side {
        Side::Amount(amount) => {
            let decimals = amount.normalize().decimals();
            pen.number(row, col, *amount, Look::number(Number::Amount { decimals }))
        }
        Side::Text(text) => pen.text(row, col, text, Look { wrap: true, right: true, ..Look::NONE }),
    }
}
