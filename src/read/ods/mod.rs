//! OpenDocument spreadsheets, packed (ods) or as one XML file (fods): one pass over the XML.
//!
//! Our own stream and not calamine's, which gives no styles, keeps whole rectangles in memory and never ends on
//! a file that is cut short within a table.

mod formula;
mod styles;
mod table;

use std::io::BufRead;

use quick_xml::events::Event;

use self::styles::Styles;
use self::table::Table;
use super::Reading;
use super::error::{ReadError, Remark};
use super::limits::{Allowance, Limit};
use super::package::Package;
use super::xml::{Xml, attribute};
use crate::grid::{Grid, Source};

/// Reads all sheets of a package into `reading`.
pub(super) fn read(
    package: &mut Package<'_>,
    input: usize,
    allowance: &mut Allowance,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    let limits = allowance.limits().clone();
    let mut document = Document { input, styles: Styles::default() };
    if let Some(part) = package.part("styles.xml")? {
        // Styles that cannot be read leave the cells without looks, not unread.
        if let Err(error @ ReadError::TooLarge(_)) =
            document.read(&mut Xml::new(part, "styles.xml", &limits), allowance, reading)
        {
            return Err(error);
        }
    }
    let part = package.part("content.xml")?.ok_or_else(|| ReadError::Truncated("content.xml is missing".into()))?;
    part.through(|part| document.read(&mut Xml::new(part, "content.xml", &limits), allowance, reading))
}

/// Reads all sheets of a document in one XML file.
pub(super) fn read_flat(
    bytes: &[u8],
    input: usize,
    allowance: &mut Allowance,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    let mut xml = Xml::new(bytes, "the document", allowance.limits());
    Document { input, styles: Styles::default() }.read(&mut xml, allowance, reading)
}

struct Document {
    input: usize,
    styles: Styles,
}

impl Document {
    fn read<R: BufRead>(
        &mut self,
        xml: &mut Xml<R>,
        allowance: &mut Allowance,
        reading: &mut Reading,
    ) -> Result<(), ReadError> {
        let mut in_body = false;
        loop {
            let skipped = match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "spreadsheet" => {
                        in_body = true;
                        continue;
                    }
                    "table" if in_body => {
                        let name = attribute(&e, "name").unwrap_or_default();
                        let hidden = attribute(&e, "style-name").is_some_and(|style| self.styles.hides(&style));
                        self.table(xml, name, hidden, allowance, reading)?;
                        continue;
                    }
                    // Cells that were deleted while changes were tracked lie here.
                    name @ ("tracked-changes" | "forms") => name.to_string(),
                    _ => {
                        self.styles.note(&e);
                        continue;
                    }
                },
                Event::Empty(e) => {
                    self.styles.note(&e);
                    continue;
                }
                Event::Eof => return Ok(()),
                _ => continue,
            };
            xml.skip(&skipped)?;
        }
    }

    fn table<R: BufRead>(
        &mut self,
        xml: &mut Xml<R>,
        name: String,
        hidden: bool,
        allowance: &mut Allowance,
        reading: &mut Reading,
    ) -> Result<(), ReadError> {
        let sheets = allowance.limits().sheets;
        if reading.grids.len() >= sheets {
            return Err(Limit::Sheets { limit: sheets, found: sheets + 1 }.into());
        }
        let mut table = Table::new(&self.styles);
        let outcome = table.read(xml, allowance);
        if table.repeats_left_out {
            reading.remarks.push(Remark::RepeatsLeftOut { sheet: name.clone() });
        }
        let mut grid = Grid::new(self.input, name, Source::Workbook, std::mem::take(&mut table.cells));
        let (last_row, last_col) = grid.last().unwrap_or_default();
        // The rows and columns after the last used one are often hidden, a million of them.
        grid.hidden_rows = table.hidden_rows.into_iter().filter(|row| *row <= last_row).collect();
        grid.hidden_cols = table.hidden_cols.into_iter().filter(|col| *col <= last_col).collect();
        grid.hidden = hidden;
        grid.merged = table.merged;
        grid.formulas_complete = table.formulas_complete;
        grid.styled = true;
        reading.grids.push(grid);
        match outcome {
            Err(error @ ReadError::Damaged(_)) => {
                // The stream has ended; what was read of it is kept.
                reading.error.get_or_insert(error);
                Ok(())
            }
            other => other,
        }
    }
}
