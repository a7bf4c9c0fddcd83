//! Writes a layout as an xlsx file, in the dress that an accounts department gives it.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

use super::Result;
use super::document::Form;
use super::figure::Figure;
use super::formula::Formulas;
use super::layout::{Layout, Placed};
use super::place::Places;
use super::twin::{RowKind, Twin};

/// The workbook's bytes; the same for the same twin, whenever it is made.
pub fn workbook(twin: &Twin, layout: &Layout, formulas: &Formulas, places: &Places) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2020, 3, 17)?;
    workbook.set_properties(&DocProperties::new().set_title(&twin.title).set_creation_datetime(&created));
    for (name, tables) in &layout.sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name)?;
        sheet.set_column_width(0, 52)?;
        let columns = tables.iter().map(|placed| placed.table.columns.len()).max().unwrap_or(1);
        for column in 1..columns {
            sheet.set_column_width(column as u16, 17)?;
        }
        sheet.write_with_format(0, 0, twin.title.as_str(), &Format::new().set_italic())?;
        let mut painter = Painter { sheet, form: layout.form, formulas, places };
        for placed in tables {
            painter.table(placed)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

struct Painter<'a> {
    sheet: &'a mut Worksheet,
    form: Form,
    formulas: &'a Formulas,
    places: &'a Places,
}

impl Painter<'_> {
    fn table(&mut self, placed: &Placed) -> Result<()> {
        let table = placed.table;
        if let Some(title) = placed.title {
            let format = Format::new().set_bold().set_font_size(14);
            self.sheet.write_with_format(title, 0, table.title.as_str(), &format)?;
        }
        for (row, at) in table.rows.iter().zip(placed.first..) {
            if row.name.is_empty() {
                continue;
            }
            for ((key, text), column) in table.columns.iter().zip(&row.cells).zip(0..) {
                let dress = Dress { kind: row.kind, key };
                match self.formulas.at(self.places, &table.key, &row.name, key)? {
                    Some(formula) => self.formula((at, column), &formula, text, &dress)?,
                    None => self.cell((at, column), text, &dress, &table.key)?,
                }
            }
        }
        for (footnote, at) in table.footnotes.iter().zip(placed.footnotes..) {
            self.sheet.write(at, 0, footnote.as_str())?;
        }
        Ok(())
    }

    /// A formula with the stated figure as its cached value.
    fn formula(&mut self, (row, column): (u32, u16), formula: &str, text: &str, dress: &Dress) -> Result<()> {
        let figure = Figure::parse(text).ok_or_else(|| format!("a formula for {text}"))?;
        let formula = Formula::new(formula).set_result(figure.value.normalize().to_string());
        self.sheet.write_formula_with_format(row, column, formula, &dress.number(&figure))?;
        Ok(())
    }

    fn cell(&mut self, (row, column): (u32, u16), text: &str, dress: &Dress, table: &str) -> Result<()> {
        if text.is_empty() {
            if dress.kind != RowKind::Line {
                self.sheet.write_blank(row, column, &dress.plain())?;
            }
            return Ok(());
        }
        match (self.form, Figure::parse(text)) {
            (Form::Text, Some(_)) => {
                self.sheet.write_with_format(row, column, pasted(text, table), &dress.plain())?;
            }
            (_, Some(figure)) => {
                self.sheet.write_with_format(row, column, figure.value, &dress.number(&figure))?;
            }
            (form, None) => match date(text).filter(|_| form == Form::Formulas) {
                Some(date) => {
                    let format = dress.plain().set_num_format("yyyy\\-mm\\-dd");
                    self.sheet.write_with_format(row, column, &date?, &format)?;
                }
                None => {
                    self.sheet.write_with_format(row, column, text, &dress.plain())?;
                }
            },
        }
        Ok(())
    }
}

/// What a cell's dress depends on.
struct Dress<'a> {
    kind: RowKind,
    key: &'a str,
}

impl Dress<'_> {
    fn plain(&self) -> Format {
        let format = match self.kind {
            RowKind::Head => Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            RowKind::Total => Format::new().set_bold().set_border_top(FormatBorder::Thin),
            RowKind::Line => Format::new(),
        };
        match self.key {
            "label" => format,
            "note" => format.set_align(FormatAlign::Center),
            _ => format.set_align(FormatAlign::Right),
        }
    }

    /// As printed; years, note numbers and numbers in the label column stay bare.
    fn number(&self, figure: &Figure) -> Format {
        match self.kind == RowKind::Head || matches!(self.key, "label" | "note") {
            true => self.plain(),
            false => self.plain().set_num_format(figure.format()),
        }
    }
}

/// A figure as text: the balance sheet and the receivables keep a document's no-break spaces, the cash
/// flow its typographic minus, the rest is as typed.
fn pasted(text: &str, table: &str) -> String {
    match table {
        "br" | "note3" | "note4" => text.replace(' ', "\u{a0}"),
        "kf" => text.replace('-', "\u{2212}"),
        _ => text.to_owned(),
    }
}

/// A column heading such as `2019-12-31`, which Excel makes a date when it is typed.
fn date(text: &str) -> Option<Result<ExcelDateTime>> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some(ExcelDateTime::from_ymd(year, month, day).map_err(Into::into))
}
