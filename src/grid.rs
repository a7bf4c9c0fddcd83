//! What was read: sheets as sparse grids of cells, each value exact and at its place.

use crate::money::{Amount, Money, Swedish};
use crate::period::Date;

/// The place of a cell: which grid of the book, which row and column (both from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub grid: u32,
    pub row: u32,
    pub col: u32,
}

/// `B9`: the address as a spreadsheet shows it.
pub fn a1(row: u32, col: u32) -> String {
    format!("{}{}", column_name(col), row + 1)
}

/// `A`, `B`, … `Z`, `AA`, …
pub fn column_name(col: u32) -> String {
    let mut rest = col + 1;
    let mut name = Vec::new();
    while rest > 0 {
        name.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    name.reverse();
    String::from_utf8_lossy(&name).into_owned()
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number that the format stores as a number.
    Number(Amount),
    Text(Box<str>),
    Date(Date),
    Bool(bool),
    /// `#REF!`, `#DIV/0!`, …, as it stands.
    Error(Box<str>),
    /// A formula whose result was never calculated.
    Uncalculated,
}

impl Value {
    /// An exact number with the decimals that it has.
    pub fn number(value: Money) -> Value {
        let value = value.normalize();
        Value::Number(Amount::new(value, value.decimals()))
    }
}

/// How a number is to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    #[default]
    General,
    /// Fixed decimals, thousands parted or not.
    Fixed {
        decimals: u8,
    },
    Percent {
        decimals: u8,
    },
    /// Something else that is not a plain number (codes, text, fractions, custom scaling).
    Other,
}

/// How a cell looks: evidence for headings and totals, never proof.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub bold: bool,
    pub italic: bool,
    pub indent: u8,
    /// A line above or below, as under the parts of a sum.
    pub border_top: bool,
    pub border_bottom: bool,
    pub format: NumberFormat,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub row: u32,
    pub col: u32,
    pub value: Value,
    pub style: Style,
    /// Apart, for large sheets are mostly of cells that have neither.
    aside: Option<Box<Aside>>,
}

/// What a file says of a cell beside its value and its look.
#[derive(Clone, Debug, Default, PartialEq)]
struct Aside {
    stored: Option<Box<str>>,
    formula: Option<Box<str>>,
}

impl Cell {
    pub fn new(row: u32, col: u32, value: Value) -> Cell {
        Cell { row, col, value, style: Style::default(), aside: None }
    }

    /// The number exactly as stored, where that is not the exact decimal of its 15 digits (binary noise).
    pub fn stored(&self) -> Option<&str> {
        self.aside.as_ref()?.stored.as_deref()
    }

    /// The formula as a spreadsheet in English would show it, without the `=`.
    pub fn formula(&self) -> Option<&str> {
        self.aside.as_ref()?.formula.as_deref()
    }

    pub fn set_stored(&mut self, stored: Option<Box<str>>) {
        if stored.is_some() || self.aside.is_some() {
            self.aside.get_or_insert_default().stored = stored;
        }
    }

    pub fn set_formula(&mut self, formula: Option<Box<str>>) {
        if formula.is_some() || self.aside.is_some() {
            self.aside.get_or_insert_default().formula = formula;
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self.value, Value::Number(_))
    }

    pub fn styled(self, style: Style) -> Cell {
        Cell { style, ..self }
    }

    /// The cell with another value, which is not from a file.
    pub fn with(self, value: Value) -> Cell {
        Cell { value, aside: None, ..self }
    }

    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A rectangle of cells, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub first_row: u32,
    pub first_col: u32,
    pub last_row: u32,
    pub last_col: u32,
}

impl Area {
    pub fn holds(&self, row: u32, col: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row) && (self.first_col..=self.last_col).contains(&col)
    }

    pub fn a1(&self) -> String {
        format!("{}:{}", a1(self.first_row, self.first_col), a1(self.last_row, self.last_col))
    }
}

/// What kind of source a grid came from: it decides what its silence means (a csv has no formulas).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Workbook,
    Delimited,
    /// A text document: a line is a row, tab-separated fields are cells, prose is in the first column.
    Text,
    /// A ledger's file, of which only the lines are here that something can be said about; a line is a row.
    Ledger,
}

/// One sheet, or one text document.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Which input of the book it is from.
    pub input: usize,
    /// The sheet's name; empty for a text document and a csv.
    pub sheet: String,
    pub source: Source,
    /// The line of the document where all of it stands, if it is a table laid out from a single line.
    pub line: Option<u32>,
    /// Where in the document cells stand that were laid out elsewhere, by where they are here, in order.
    pub moved: Vec<((u32, u32), (u32, u32))>,
    pub hidden: bool,
    pub hidden_rows: Vec<u32>,
    pub hidden_cols: Vec<u32>,
    pub merged: Vec<Area>,
    /// Whether every formula of the sheet is known. False for formats whose reader drops some: then a cell
    /// without a formula proves nothing.
    pub formulas_complete: bool,
    /// Whether number formats, bold and borders were there to be read.
    pub styled: bool,
    cells: Vec<Cell>,
    index: Index,
}

/// Where to look in the cells of a grid.
#[derive(Clone, Debug, Default)]
struct Index {
    /// Where each used row begins.
    rows: Vec<(u32, u32)>,
    /// Where those stand that hold no number: few, on large sheets.
    others: Vec<u32>,
    last_col: u32,
}

impl Index {
    /// Of cells in order; `None` where they are not.
    fn of(cells: &[Cell]) -> Option<Index> {
        let mut index = Index::default();
        let mut last = None;
        for (i, cell) in (0..).zip(cells) {
            if last >= Some((cell.row, cell.col)) {
                return None;
            }
            if last.is_none_or(|(row, _)| row != cell.row) {
                index.rows.push((cell.row, i));
            }
            if !cell.is_number() {
                index.others.push(i);
            }
            index.last_col = index.last_col.max(cell.col);
            last = Some((cell.row, cell.col));
        }
        Some(index)
    }
}

impl Grid {
    /// Takes the cells in any order; where two stand at one place the later one wins.
    pub fn new(input: usize, sheet: impl Into<String>, source: Source, mut cells: Vec<Cell>) -> Grid {
        let index = Index::of(&cells).unwrap_or_else(|| {
            cells.reverse();
            cells.sort_by_key(|cell| (cell.row, cell.col));
            cells.dedup_by_key(|cell| (cell.row, cell.col));
            Index::of(&cells).unwrap_or_default()
        });
        Grid {
            input,
            sheet: sheet.into(),
            source,
            line: None,
            moved: Vec::new(),
            hidden: false,
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            merged: Vec::new(),
            formulas_complete: source == Source::Workbook,
            styled: false,
            cells,
            index,
        }
    }

    /// Where a cell stands in its file: itself, or the line that it was laid out from.
    pub fn origin(&self, row: u32, col: u32) -> (u32, u32) {
        match self.moved.binary_search_by_key(&(row, col), |(here, _)| *here) {
            Ok(i) => self.moved[i].1,
            Err(_) => self.line.map_or((row, col), |line| (line, 0)),
        }
    }

    /// The address in its file of a cell.
    pub fn address(&self, row: u32, col: u32) -> String {
        let (row, col) = self.origin(row, col);
        a1(row, col)
    }

    /// The address in its file of a rectangle.
    pub fn range(&self, area: Area) -> String {
        match self.line {
            Some(line) => a1(line, 0),
            None if self.moved.is_empty() => area.a1(),
            None => self.lines(area).a1(),
        }
    }

    /// A rectangle with the rows where its cells stand in the document.
    pub fn lines(&self, area: Area) -> Area {
        let here = |&&((row, _), _): &&((u32, u32), (u32, u32))| (area.first_row..=area.last_row).contains(&row);
        let rows = self.moved.iter().filter(here).map(|(_, (line, _))| *line);
        let (first, last) = (rows.clone().min(), rows.max());
        Area {
            first_row: first.unwrap_or(area.first_row),
            last_row: last.unwrap_or(area.last_row),
            last_col: if first.is_some() { area.first_col } else { area.last_col },
            ..area
        }
    }

    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Those of the cells that hold no number.
    pub fn others(&self) -> impl Iterator<Item = &Cell> + Clone {
        self.index.others.iter().map(|&i| &self.cells[i as usize])
    }

    /// The used rows in order, each with its cells from left to right.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = (u32, &[Cell])> + Clone {
        (0..self.index.rows.len()).map(|i| {
            let (row, start) = self.index.rows[i];
            let end = self.index.rows.get(i + 1).map_or(self.cells.len(), |next| next.1 as usize);
            (row, &self.cells[start as usize..end])
        })
    }

    /// The used rows after one and before another.
    pub fn rows_between(&self, first: u32, last: u32) -> impl Iterator<Item = u32> + '_ {
        let after = self.index.rows.partition_point(|(row, _)| *row <= first);
        self.index.rows[after..].iter().map(|(row, _)| *row).take_while(move |row| *row < last)
    }

    /// The cells of a row, from left to right; none where the row is empty.
    pub fn row(&self, row: u32) -> &[Cell] {
        let Ok(i) = self.index.rows.binary_search_by_key(&row, |&(row, _)| row) else { return &[] };
        let end = self.index.rows.get(i + 1).map_or(self.cells.len(), |next| next.1 as usize);
        &self.cells[self.index.rows[i].1 as usize..end]
    }

    pub fn get(&self, row: u32, col: u32) -> Option<&Cell> {
        let cells = self.row(row);
        cells.binary_search_by_key(&col, |cell| cell.col).ok().map(|i| &cells[i])
    }

    /// Puts another figure in a cell, without the formula that gave the old one. `was` and `is` are what the cell
    /// counts for in the unit of its table; the cell itself may be written in another, which it keeps.
    pub fn correct(&mut self, row: u32, col: u32, was: Option<Money>, is: Money) {
        let place = self.cells.binary_search_by_key(&(row, col), |cell| (cell.row, cell.col));
        let cell = match place {
            Ok(i) => self.cells[i].clone(),
            Err(_) => Cell::new(row, col, Value::Text("".into())),
        };
        let value = match &cell.value {
            Value::Number(raw) => {
                let scale = was.and_then(|was| raw.value.divide(was)).filter(|scale| !scale.is_zero());
                Value::number(scale.map_or(is, |scale| (is * scale).round(12)))
            }
            Value::Text(text) if text.ends_with('%') => {
                Value::Text(format!("{}\u{a0}%", Swedish((is * Money::from(100)).normalize())).into())
            }
            _ if self.source == Source::Workbook => Value::number(is),
            _ => Value::Text(Swedish(is.normalize()).to_string().into()),
        };
        self.put(cell.with(value));
    }

    /// Puts a cell in its place, instead of what stood there.
    pub fn put(&mut self, cell: Cell) {
        match self.cells.binary_search_by_key(&(cell.row, cell.col), |other| (other.row, other.col)) {
            Ok(i) => {
                let was = std::mem::replace(&mut self.cells[i], cell);
                if was.is_number() == self.cells[i].is_number() {
                    return;
                }
            }
            Err(i) => self.cells.insert(i, cell),
        }
        self.index = Index::of(&self.cells).unwrap_or_default();
    }

    /// The last used row and column, or `None` for an empty sheet.
    pub fn last(&self) -> Option<(u32, u32)> {
        Some((self.cells.last()?.row, self.index.last_col))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_whatever_order_they_came_in() {
        let cell = |row, col, text: &str| Cell::new(row, col, Value::Text(text.into()));
        let grid = Grid::new(0, "RR", Source::Workbook, vec![cell(9, 1, "old"), cell(2, 0, "b"), cell(9, 1, "new")]);
        assert_eq!(grid.get(9, 1).and_then(Cell::text), Some("new"));
        assert_eq!(grid.get(2, 1), None);
        assert_eq!(grid.row(3), &[]);
        assert_eq!(grid.rows().map(|(row, cells)| (row, cells.len())).collect::<Vec<_>>(), [(2, 1), (9, 1)]);
        assert_eq!(grid.last(), Some((9, 1)));
    }

    #[test]
    fn a_corrected_figure_keeps_the_unit_that_it_is_written_in() {
        let number = |row, text| Cell::new(row, 0, Value::number(Money::parse(text).expect("a number")));
        let percent = Cell::new(2, 0, Value::Text("12 %".into()));
        let cells = vec![number(0, "1500"), number(1, "0.5"), percent];
        let mut grid = Grid::new(0, "RR", Source::Workbook, cells);
        let parsed = |text| Money::parse(text).expect("a number");
        grid.correct(0, 0, Some(parsed("1500")), parsed("1600"));
        grid.correct(1, 0, Some(parsed("500")), parsed("700"));
        grid.correct(2, 0, Some(parsed("0.12")), parsed("0.135"));
        grid.correct(5, 3, None, parsed("7"));
        let values: Vec<&Value> = grid.cells().iter().map(|cell| &cell.value).collect();
        let number = |text| Value::number(parsed(text));
        assert_eq!(values, [&number("1600"), &number("0.7"), &Value::Text("13,5\u{a0}%".into()), &number("7")]);
        assert_eq!(grid.row(5).len(), 1);
    }

    #[test]
    fn addresses_are_the_spreadsheets() {
        assert_eq!((a1(8, 1), a1(0, 26), a1(1_048_575, 16_383)), ("B9".into(), "AA1".into(), "XFD1048576".into()));
    }
}
