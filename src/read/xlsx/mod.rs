//! Workbooks of Excel since 2007 (xlsx, xlsm): their parts read in one pass each.
//!
//! The sheets are read by our own stream over their XML, for no reader of calamine gives values, formulas and
//! styles together, the text of a number as stored, or hidden rows and columns.

mod cell;
mod plain;
mod sheet;
mod strings;
mod styles;

use std::collections::HashMap;

use quick_xml::events::Event;

use self::sheet::Sheet;
use super::Reading;
use super::calendar::Epoch;
use super::error::{ReadError, Remark, SheetKind};
use super::limits::{Allowance, Limit, Limits};
use super::package::Package;
use super::xml::{Xml, attribute, flag};
use crate::grid::{Grid, Source, Value};

/// Reads all sheets into `reading`. What was read before an error stays there.
pub(super) fn read(
    package: &mut Package<'_>,
    input: usize,
    allowance: &mut Allowance,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    let main = main_part(package)?;
    let relations = relations(package, &main)?;
    let workbook = Workbook::read(package, &main, allowance)?;
    let related = |kind: &str| relations.values().find(|relation| relation.is(kind)).map(|relation| &relation.target);
    let strings = match related("sharedStrings") {
        Some(part) => strings::read(package, part, allowance)?,
        None => Vec::new(),
    };
    let styles = match related("styles") {
        Some(part) => styles::read(package, part, allowance)?,
        None => Vec::new(),
    };
    let context = sheet::Context { strings: &strings, styles: &styles, epoch: workbook.epoch };
    let mut sheets = Vec::new();
    let outcome = workbook.sheets.iter().try_for_each(|named| {
        let Some(part) = worksheet(package, named, relations.get(&named.relation), reading) else { return Ok(()) };
        let Some(stream) = package.part(part)? else { return Ok(()) };
        let mut sheet = Sheet::default();
        let outcome = stream.through(|stream| {
            let xml = Xml::new(stream, part, allowance.limits());
            sheet.read(xml, &context, allowance)
        });
        sheets.push((named, sheet));
        match outcome {
            // One damaged sheet does not hide the others.
            Err(error @ ReadError::Damaged(_)) => _ = reading.error.get_or_insert(error),
            other => other?,
        }
        Ok(())
    });
    if workbook.calculate_on_load {
        forget_unset_results(&mut sheets);
    }
    for (named, sheet) in sheets {
        reading.grids.push(sheet.into_grid(input, named, !styles.is_empty()));
    }
    outcome
}

/// The part that holds a sheet; a remark where it is no worksheet.
fn worksheet<'r>(
    package: &Package<'_>,
    named: &Named,
    relation: Option<&'r Relation>,
    reading: &mut Reading,
) -> Option<&'r str> {
    let kind = match relation {
        Some(relation) if package.holds(&relation.target) => relation.other_kind(),
        _ => Some(SheetKind::Absent),
    };
    if let Some(kind) = kind {
        reading.remarks.push(Remark::SheetSkipped { sheet: named.name.clone(), kind });
        return None;
    }
    relation.map(|relation| relation.target.as_str())
}

/// Some writers store 0 for every formula and ask the program that opens the file to calculate. Where that is
/// asked for and no formula has any other result, none was ever calculated.
fn forget_unset_results(sheets: &mut [(&Named, Sheet)]) {
    let unset = |value: &Value| match value {
        Value::Number(amount) => amount.value.is_zero(),
        Value::Uncalculated => true,
        _ => false,
    };
    let formulas = || sheets.iter().flat_map(|(_, sheet)| &sheet.cells).filter(|cell| cell.formula().is_some());
    if formulas().all(|cell| unset(&cell.value)) {
        let cells = sheets.iter_mut().flat_map(|(_, sheet)| &mut sheet.cells);
        cells.filter(|cell| cell.formula().is_some()).for_each(|cell| cell.value = Value::Uncalculated);
    }
}

/// What workbook.xml says.
#[derive(Default)]
struct Workbook {
    sheets: Vec<Named>,
    epoch: Epoch,
    calculate_on_load: bool,
}

/// A sheet as the workbook lists it.
struct Named {
    name: String,
    relation: String,
    hidden: bool,
}

impl Workbook {
    fn read(package: &mut Package<'_>, main: &str, allowance: &Allowance) -> Result<Workbook, ReadError> {
        let limits = allowance.limits();
        let mut workbook = Workbook::default();
        let part = package.part(main)?.ok_or_else(|| ReadError::Truncated(format!("{main} is missing")))?;
        let mut xml = Xml::new(part, main, limits);
        loop {
            match xml.next()? {
                Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                    "workbookPr" if flag(&e, "date1904") => workbook.epoch = Epoch::Year1904,
                    "calcPr" => workbook.calculate_on_load = flag(&e, "fullCalcOnLoad"),
                    "sheet" => workbook.sheets.push(Named {
                        name: attribute(&e, "name").unwrap_or_default(),
                        relation: attribute(&e, "id").unwrap_or_default(),
                        hidden: attribute(&e, "state").is_some_and(|state| state != "visible"),
                    }),
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
            if workbook.sheets.len() > limits.sheets {
                return Err(Limit::Sheets { limit: limits.sheets, found: workbook.sheets.len() }.into());
            }
        }
        Ok(workbook)
    }
}

struct Relation {
    kind: String,
    target: String,
}

impl Relation {
    /// Transitional and strict files name the same kinds by different addresses with the same end.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }

    /// What it leads to, where that is no worksheet.
    fn other_kind(&self) -> Option<SheetKind> {
        match self.kind.rsplit('/').next() {
            Some("chartsheet") => Some(SheetKind::Chart),
            Some("dialogsheet") => Some(SheetKind::Dialog),
            Some("xlMacrosheet" | "xlIntlMacrosheet") => Some(SheetKind::Macro),
            _ => None,
        }
    }
}

/// The workbook's own part, as the package names it or where it always lies.
fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    let named = relations(package, "")?.into_values().find(|relation| relation.is("officeDocument"));
    match named {
        Some(relation) if package.holds(&relation.target) => Ok(relation.target),
        _ => Ok("xl/workbook.xml".into()),
    }
}

/// The relations of a part by their ids, with targets from the package's root.
fn relations(package: &mut Package<'_>, of: &str) -> Result<HashMap<String, Relation>, ReadError> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let text = package.text(&format!("{folder}{slash}_rels/{name}.rels"))?;
    let mut found = HashMap::new();
    let mut xml = Xml::new(text.as_bytes(), "relations", &Limits::default());
    loop {
        match xml.next()? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "Relationship" => {
                let target = resolve(folder, &attribute(&e, "Target").unwrap_or_default());
                let kind = attribute(&e, "Type").unwrap_or_default();
                found.insert(attribute(&e, "Id").unwrap_or_default(), Relation { kind, target });
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A target relative to a folder, as a name from the package's root.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

impl Sheet {
    fn into_grid(self, input: usize, named: &Named, styled: bool) -> Grid {
        let mut grid = Grid::new(input, named.name.clone(), Source::Workbook, self.cells);
        grid.hidden = named.hidden;
        grid.hidden_rows = self.hidden_rows;
        grid.hidden_cols = self.hidden_cols;
        grid.merged = self.merged;
        grid.formulas_complete = self.formulas_complete;
        grid.styled = styled;
        grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_from_the_packages_root() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/sub", "..\\styles.xml"), "xl/styles.xml");
    }
}
