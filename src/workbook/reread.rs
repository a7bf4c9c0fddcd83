//! A cleaned workbook, read again: the sheets of its sources, which it has in the back, with the figures that now
//! stand in its statements. So what was cleaned is understood just as its source was, corrections have their effect,
//! and the sheets that only tell about the accounts are taken for no accounts.
//!
//! It is known by `Källor`, which names its sources' sheets and follows each figure by a formula: rows and columns may
//! be put in and moved in a spreadsheet program, and every figure is still found.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::sources_sheet::{FILE, FORM, NOW, ORIGINAL, SHEET, THEN};
use super::wording::{CHANGES, CHECKS, FINDINGS, FORMULAS, SHEETS, SOURCES};
use super::{checks_sheet, findings_sheet, overview, rules_sheet};
use crate::grid::{Cell, Grid, Source, Value, a1};
use crate::money::Money;
use crate::read::{Format, Input, ReadError, Remark};

/// A workbook into which a review was put, without the sheets of that.
fn without_appendix(mut input: Input, mut grids: Vec<Grid>) -> File {
    let lists = [findings_sheet::is_own, checks_sheet::is_own, rules_sheet::is_own, overview::is_appended];
    let ours = |grid: &Grid| lists.iter().any(|is_own| is_own(grid));
    if grids.iter().any(findings_sheet::is_own) && grids.iter().any(overview::is_appended) {
        grids.retain(|grid| !ours(grid));
        input.remarks.push(Remark::Annotated);
    }
    (input, grids)
}

/// One of the files that a cleaned workbook was made from.
type File = (Input, Vec<Grid>);

/// The files that a cleaned workbook was made from, as it now has them; any other file is itself. The grids' inputs
/// are to be set by whoever puts the files together.
pub fn unpack(input: Input, grids: Vec<Grid>) -> Vec<File> {
    let holds = |name: &str| grids.iter().find(|grid| grid.sheet == name);
    let ours = [CHANGES, CHECKS, FINDINGS].into_iter().all(|name| holds(name).is_some());
    let Some(sources) = holds(SOURCES).filter(|_| ours) else { return vec![without_appendix(input, grids)] };
    let Some(originals) = originals(sources, &grids).filter(|originals| !originals.is_empty()) else {
        // Without its sources, what is calculated in it would be taken for what was stated.
        return vec![(Input { error: Some(ReadError::CleanedWithoutSources), ..input }, Vec::new())];
    };
    let mut remarks = input.remarks.clone();
    remarks.push(Remark::Cleaned);
    let mut restored: BTreeMap<&str, Grid> =
        originals.iter().map(|original| (original.name, original.restored())).collect();
    let untraced = correct(sources, &mut restored);
    let written_in = written_in(sources, &grids);
    if !untraced.is_empty() || !written_in.is_empty() {
        let cells = untraced.into_iter().chain(written_in).collect();
        remarks.push(Remark::NotOfSource { cells });
    }
    formulas(&grids, &mut restored);
    let mut files: Vec<File> = Vec::new();
    for original in &originals {
        let Some(grid) = restored.remove(original.name) else { continue };
        let path = input.path.join(original.file);
        match files.iter_mut().find(|(file, _)| file.path == path) {
            Some((_, grids)) => grids.push(grid),
            None => {
                let remarks = std::mem::take(&mut remarks);
                files.push((Input { path, format: Some(original.format), remarks, ..input.clone() }, vec![grid]));
            }
        }
    }
    files
}

/// A sheet of a source, as `Källor` names it.
struct Original<'a> {
    grid: &'a Grid,
    /// Its name here.
    name: &'a str,
    /// Its name in the source, and that of the file.
    sheet: &'a str,
    file: &'a str,
    format: Format,
}

fn text(grid: &Grid, row: u32, col: u32) -> &str {
    grid.get(row, col).and_then(Cell::text).unwrap_or("")
}

fn number(grid: &Grid, row: u32, col: u32) -> Option<Money> {
    match grid.get(row, col)?.value {
        Value::Number(amount) => Some(amount.value),
        _ => None,
    }
}

/// The rows of `Källor` that are about whole sheets: they lead to the sheet itself. Nothing where a sheet is gone.
fn originals<'a>(sources: &'a Grid, grids: &'a [Grid]) -> Option<Vec<Original<'a>>> {
    let original = |(row, _): (u32, &[Cell])| {
        let (name, _) = text(sources, row, ORIGINAL).rsplit_once('!')?;
        let grid = grids.iter().find(|grid| grid.sheet == name)?;
        let format = Format::named(text(sources, row, FORM))?;
        // A file whose name says nothing would be the workbook itself.
        let file = Some(text(sources, row, FILE)).filter(|file| !file.is_empty())?;
        Some(Original { grid, name, sheet: text(sources, row, SHEET), file, format })
    };
    sources.rows().skip(1).filter(|(row, _)| whole_sheet(sources, *row)).map(original).collect()
}

fn whole_sheet(sources: &Grid, row: u32) -> bool {
    let place = text(sources, row, 0);
    !place.is_empty() && place == text(sources, row, ORIGINAL)
}

impl Original<'_> {
    /// The sheet as it was read from the source.
    fn restored(&self) -> Grid {
        let source = match self.format {
            Format::Csv | Format::Tsv => Source::Delimited,
            Format::Text | Format::Markdown | Format::Sie => Source::Text,
            _ => Source::Workbook,
        };
        let mut cells = self.grid.cells().to_vec();
        for cell in &mut cells {
            let error = cell.text().filter(|text| source == Source::Workbook && is_error(text)).map(Box::from);
            cell.value = error.map_or_else(|| cell.value.clone(), Value::Error);
        }
        let mut grid = Grid::new(0, self.sheet, source, cells);
        (grid.merged, grid.styled) = (self.grid.merged.clone(), self.grid.styled);
        grid
    }
}

/// Error values are written as texts, for a workbook that calculates to no errors.
fn is_error(text: &str) -> bool {
    matches!(text, "#NULL!" | "#DIV/0!" | "#VALUE!" | "#REF!" | "#NAME?" | "#NUM!" | "#N/A")
}

/// Puts the figures that are not as they were into the restored sheets; the cells of those that have no place there.
fn correct(sources: &Grid, restored: &mut BTreeMap<&str, Grid>) -> Vec<String> {
    let mut untraced = Vec::new();
    for (row, _) in sources.rows().skip(1).filter(|(row, _)| !whole_sheet(sources, *row)) {
        let (Some(now), then) = (number(sources, row, NOW), number(sources, row, THEN)) else { continue };
        if then == Some(now) {
            continue;
        }
        let place = text(sources, row, ORIGINAL).rsplit_once('!');
        let place = place.and_then(|(sheet, cell)| Some((restored.get_mut(sheet)?, reference(cell)?)));
        match place {
            Some((grid, (row, col))) => grid.correct(row, col, then, now),
            None => untraced.push(text(sources, row, 0).to_string()),
        }
    }
    untraced
}

/// Figures written into the statements that no row of `Källor` follows.
fn written_in(sources: &Grid, grids: &[Grid]) -> Vec<String> {
    let formula = |row: u32| sources.get(row, NOW).and_then(|cell| cell.formula());
    let followed: HashSet<(String, (u32, u32))> = sources
        .rows()
        .filter_map(|(row, _)| {
            let (sheet, cell) = formula(row)?.rsplit_once('!')?;
            // Programs differ in when they put apostrophes and a dollar before the sheet.
            Some((sheet.trim_matches(['$', '\'']).to_string(), reference(cell)?))
        })
        .collect();
    let of_statements: BTreeSet<&str> = SHEETS.iter().map(|(_, name)| *name).collect();
    let mut written = Vec::new();
    for grid in grids.iter().filter(|grid| of_statements.contains(grid.sheet.as_str())) {
        let figures = grid.cells().iter().filter(|cell| cell.formula().is_none());
        for cell in figures.filter(|cell| matches!(cell.value, Value::Number(_))) {
            if !followed.contains(&(grid.sheet.clone(), (cell.row, cell.col))) {
                written.push(format!("{}!{}", grid.sheet, a1(cell.row, cell.col)));
            }
        }
    }
    written
}

/// Gives the restored cells the formulas that the source had; one whose text is all there is was never calculated.
fn formulas(grids: &[Grid], restored: &mut BTreeMap<&str, Grid>) {
    let Some(list) = grids.iter().find(|grid| grid.sheet == FORMULAS) else { return };
    for (row, _) in list.rows().skip(1) {
        let Some(formula) = text(list, row, 1).strip_prefix('=') else { continue };
        let Some((sheet, cell)) = text(list, row, 0).rsplit_once('!') else { continue };
        let Some((grid, (row, col))) = restored.get_mut(sheet).zip(reference(cell)) else { continue };
        let Some(mut cell) = grid.get(row, col).cloned() else { continue };
        if cell.text().is_some_and(|text| text.starts_with('=')) {
            cell.value = Value::Uncalculated;
        }
        cell.set_formula(Some(formula.into()));
        grid.put(cell);
    }
}

/// `C5`, with or without dollars, as a row and a column.
fn reference(cell: &str) -> Option<(u32, u32)> {
    let bare = cell.replace('$', "");
    let (letters, digits) = bare.split_at(bare.find(|c: char| c.is_ascii_digit())?);
    let letter = |col: u32, b: u8| col.checked_mul(26)?.checked_add(u32::from(b.checked_sub(b'A')?) + 1);
    let col = letters.bytes().try_fold(0u32, letter)?;
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, col.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn references_are_read_as_they_are_written() {
        assert_eq!(
            [reference("C5"), reference("$AA$1"), reference("C"), reference("5")],
            [Some((4, 2)), Some((0, 26)), None, None]
        );
    }
}
