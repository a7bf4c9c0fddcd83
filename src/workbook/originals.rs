//! The sheets of the sources, as they were, in the back: values, number formats, weights, lines and merged cells,
//! each cell at its own address. Nothing is calculated and nothing hidden there; the formulas that gave the values
//! stand as texts on a sheet of their own.

use rust_xlsxwriter::XlsxError;
use rustc_hash::FxHashSet;

use super::Material;
use super::pen::{Pen, shortened};
use super::styles::{Look, Number};
use super::wording::{self, FORMULAS, SHEETS, say};
use crate::book::Book;
use crate::finding::Language;
use crate::grid::{Area, At, Cell, Grid, NumberFormat, Source, Style, Value, a1};
use crate::money::Money;

/// What a spreadsheet takes in the name of a sheet.
const LONGEST_NAME: usize = 31;

/// So wide a column of a source is at most.
const WIDEST: usize = 60;

/// The sheet in the back of each grid of the book; a grid laid out from a line of another has none of its own.
pub struct Originals {
    names: Vec<Option<String>>,
}

impl Originals {
    pub fn of(book: &Book, language: Language) -> Originals {
        let ours = SHEETS.iter().map(|(_, name)| *name).chain(wording::OWN_SHEETS);
        let mut taken: Vec<String> = ours.map(str::to_lowercase).collect();
        let mut names = Vec::with_capacity(book.grids.len());
        for grid in &book.grids {
            if grid.line.is_some() {
                names.push(None);
                continue;
            }
            let stem = book.inputs.get(grid.input).and_then(|input| input.path.file_stem());
            let bare = match grid.sheet.as_str() {
                "" => stem.map_or(String::new(), |stem| stem.to_string_lossy().into_owned()),
                sheet => sheet.to_string(),
            };
            let (bare, mark) = (named(&bare), say(language, "källa", "source"));
            let name =
                (1..).map(|count| with_mark(&bare, mark, count)).find(|name| !taken.contains(&name.to_lowercase()));
            taken.extend(name.iter().map(|name| name.to_lowercase()));
            names.push(name);
        }
        Originals { names }
    }

    /// The sheets of one of the files, under their own names: what is written goes into that file.
    pub fn in_place(book: &Book, input: usize) -> Originals {
        let own = |grid: &Grid| grid.input == input && grid.line.is_none() && grid.source == Source::Workbook;
        Originals { names: book.grids.iter().map(|grid| own(grid).then(|| grid.sheet.clone())).collect() }
    }

    pub fn name(&self, grid: u32) -> Option<&str> {
        self.names.get(grid as usize)?.as_deref()
    }

    /// Where a cell of a source stands in the back, as a formula names it and as people read it.
    pub fn place(&self, at: At) -> Option<(String, String)> {
        let (name, cell) = (self.name(at.grid)?, a1(at.row, at.col));
        Some((format!("'{}'!{cell}", name.replace('\'', "''")), format!("{name}!{cell}")))
    }
}

/// Without what no name of a sheet may have.
fn named(text: &str) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control();
    text.chars().filter(allowed).collect::<String>().trim_matches([' ', '\'']).to_string()
}

/// `RR (källa)`, the second of that name `RR (källa 2)`.
pub fn with_mark(bare: &str, mark: &str, count: usize) -> String {
    let end = if count == 1 { format!("({mark})") } else { format!("({mark} {count})") };
    let mut room = LONGEST_NAME - 1 - end.chars().count();
    let fits = |c: &char| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    };
    let kept: String = bare.chars().take_while(fits).collect();
    format!("{} {end}", kept.trim_end()).trim_start().to_string()
}

/// The sheets in the back, that of the formulas last.
pub fn write(material: &Material<'_>) -> Result<Vec<Pen>, XlsxError> {
    let mut pens = Vec::new();
    for (i, grid) in material.book.grids.iter().enumerate() {
        let Some(name) = material.originals.name(i as u32) else { continue };
        pens.push(sheet(material, i as u32, grid, name)?);
    }
    pens.extend(formulas(material)?);
    Ok(pens)
}

fn sheet(material: &Material<'_>, index: u32, grid: &Grid, name: &str) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(name)?;
    pen.sheet.set_tab_color("#A6A6A6");
    let merged = Merged::of(grid);
    for area in &merged.areas {
        let style = grid.get(area.first_row, area.first_col).map_or(Style::default(), |cell| cell.style);
        let look = Look { wrap: true, ..look(style, None) };
        let (first, last) = (column(area.first_col), column(area.last_col));
        pen.sheet.merge_range(area.first_row, first, area.last_row, last, "", &look.format())?;
    }
    for cell in grid.cells() {
        let was = material.was(At { grid: index, row: cell.row, col: cell.col });
        let in_merged = merged.cells.contains(&(cell.row, cell.col));
        // A text goes on over the cells beside it only where these are blank.
        let beside = || grid.get(cell.row, cell.col + 1).is_some();
        let cut = cell.text().is_some_and(|text| text.chars().count() >= WIDEST) && beside();
        self::cell(&mut pen, was.unwrap_or(cell), in_merged || cut || grid.source == Source::Text)?;
    }
    for col in 0..=grid.last().map_or(0, |(_, col)| column(col)) {
        let (least, most) = if grid.source == Source::Text && col == 0 { (60, 90) } else { (9, WIDEST) };
        let width = pen.fitted(col, least, most);
        pen.column_width(col, width)?;
    }
    Ok(pen)
}

/// The merged cells of a source that stay merged: those that have something in or beside them, that no other overlaps,
/// and as many as a sheet can have been laid out with by hand. The writer takes memory for each cell of them.
#[derive(Default)]
struct Merged {
    areas: Vec<Area>,
    cells: FxHashSet<(u32, u32)>,
}

impl Merged {
    const MOST_CELLS: usize = 100_000;

    fn of(grid: &Grid) -> Merged {
        let (end_row, end_col) = grid.last().unwrap_or_default();
        let mut merged = Merged::default();
        for area in &grid.merged {
            let (last_row, last_col) = (area.last_row.min(end_row), area.last_col.min(end_col));
            let area = Area { last_row, last_col, ..*area };
            let (rows, cols) = (area.first_row..=last_row, area.first_col..=last_col);
            let covers = rows.clone().count().saturating_mul(cols.clone().count());
            if covers < 2 || covers > Merged::MOST_CELLS - merged.cells.len() {
                continue;
            }
            let cells = || rows.clone().flat_map(|row| cols.clone().map(move |col| (row, col)));
            if !cells().any(|cell| merged.cells.contains(&cell)) {
                merged.cells.extend(cells());
                merged.areas.push(area);
            }
        }
        merged
    }
}

/// A column beyond those of a sheet is refused by the writer.
fn column(col: u32) -> u16 {
    u16::try_from(col).unwrap_or(u16::MAX)
}

fn cell(pen: &mut Pen, cell: &Cell, wrap: bool) -> Result<(), XlsxError> {
    let (row, col) = (cell.row, column(cell.col));
    match &cell.value {
        Value::Number(amount) => {
            let look = look(cell.style, number(cell.style.format, amount.value));
            match cell.stored() {
                Some(stored) => pen.stored(row, col, stored, amount.value, look),
                None => pen.number(row, col, amount.value, look),
            }
        }
        Value::Date(date) => pen.day(row, col, *date, look(cell.style, Some(Number::Date))),
        Value::Bool(value) => {
            let look = look(cell.style, None);
            pen.sheet.write_boolean_with_format(row, col, *value, &look.format()).map(|_| ())
        }
        Value::Text(text) => pen.text(row, col, text, Look { wrap, ..look(cell.style, None) }),
        Value::Error(code) => pen.text(row, col, code, look(cell.style, None)),
        Value::Uncalculated => {
            let formula = cell.formula().unwrap_or_default();
            pen.text(row, col, &shortened(&format!("={formula}"), 1_000), look(cell.style, None))
        }
    }
}

fn look(style: Style, number: Option<Number>) -> Look {
    Look {
        number,
        bold: style.bold,
        italic: style.italic,
        indent: style.indent,
        ruled: style.border_top,
        ruled_below: style.border_bottom,
        ..Look::NONE
    }
}

/// The format of a number. Whether thousands were parted is not known: those of years are not.
fn number(format: NumberFormat, value: Money) -> Option<Number> {
    let years = Money::from(1900)..Money::from(2100);
    match format {
        NumberFormat::General | NumberFormat::Other => None,
        NumberFormat::Fixed { decimals: 0 } if years.contains(&value) => Some(Number::Plain { decimals: 0 }),
        NumberFormat::Fixed { decimals } => Some(Number::Amount { decimals: u32::from(decimals) }),
        NumberFormat::Percent { decimals } => Some(Number::Percent { decimals: u32::from(decimals) }),
    }
}

/// `Källformler`: every formula of the sources, as text, and the cell that has its value.
fn formulas(material: &Material<'_>) -> Result<Option<Pen>, XlsxError> {
    let cells = || {
        let grids = material.book.grids.iter().enumerate();
        grids.flat_map(|(i, grid)| grid.cells().iter().map(move |cell| (i as u32, cell)))
    };
    let at = |grid: u32, cell: &Cell| At { grid, row: cell.row, col: cell.col };
    let found = cells().map(|(grid, cell)| (grid, material.was(at(grid, cell)).unwrap_or(cell)));
    let found: Vec<(u32, &Cell)> =
        found.filter(|(_, cell)| cell.formula().is_some()).take(super::pen::MOST_ROWS).collect();
    if found.is_empty() {
        return Ok(None);
    }
    let mut pen = Pen::new(FORMULAS)?;
    pen.sheet.set_tab_color("#A6A6A6");
    let heads = [
        (say(material.language, "Cell", "Cell"), 34),
        (say(material.language, "Formel i källan", "Formula in the source"), 60),
        (say(material.language, "Källfil", "Source file"), 30),
        (say(material.language, "Källblad", "Source sheet"), 24),
        (say(material.language, "Källcell", "Source cell"), 10),
    ];
    pen.list_heading(0, &heads)?;
    for (i, (grid, cell)) in found.iter().enumerate() {
        let row = i as u32 + 1;
        let Some((to, shown)) = material.originals.place(at(*grid, cell)) else { continue };
        pen.link_to(row, 0, &to, &shown, Look::NONE)?;
        pen.text(row, 1, &format!("={}", cell.formula().unwrap_or_default()), Look::wrapped())?;
        pen.text(row, 2, &material.file_of(*grid), Look::wrapped())?;
        pen.text(row, 3, material.sheet_of(*grid), Look::wrapped())?;
        pen.text(row, 4, &a1(cell.row, cell.col), Look::NONE)?;
    }
    pen.sheet.autofilter(0, 0, found.len() as u32, heads.len() as u16 - 1)?;
    Ok(Some(pen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_a_spreadsheet_takes() {
        assert_eq!(with_mark(&named("RR/BR [2019]"), "källa", 1), "RRBR 2019 (källa)");
        assert_eq!(with_mark("En mycket lång benämning på ett blad", "källa", 12).chars().count(), 31);
        assert_eq!(with_mark(&named("''"), "källa", 1), "(källa)");
    }

    #[test]
    fn cells_stay_merged_as_far_as_the_sheet_has_something() {
        let cells = vec![Cell::new(0, 0, Value::Text("Resultaträkning".into())), Cell::new(9, 3, Value::Bool(true))];
        let mut grid = Grid::new(0, "RR", Source::Workbook, cells);
        let area = |first_row, first_col, last_row, last_col| Area { first_row, first_col, last_row, last_col };
        // A title over the whole width, one that overlaps it, a cell of its own, the rest of the sheet, and a place
        // where nothing is.
        grid.merged = vec![
            area(0, 0, 0, 16_383),
            area(0, 3, 1, 3),
            area(9, 3, 9, 9),
            area(2, 0, 1_048_575, 16_383),
            area(20, 0, 30, 5),
        ];
        let merged = Merged::of(&grid);
        assert_eq!(merged.areas, [area(0, 0, 0, 3), area(2, 0, 9, 3)]);
        assert!(merged.cells.contains(&(9, 3)) && !merged.cells.contains(&(1, 3)));

        let far = vec![Cell::new(0, 0, Value::Bool(true)), Cell::new(1_048_575, 16_383, Value::Bool(true))];
        let mut wide = Grid::new(0, "RR", Source::Workbook, far);
        wide.merged = vec![area(0, 0, 1_048_575, 16_383)];
        assert!(Merged::of(&wide).areas.is_empty());
    }
}
