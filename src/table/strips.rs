//! Parts of a sheet that hold tables beside each other.
//!
//! Two tables stand side by side in the rows where a column is empty, labels stand right of it, and figures both
//! right and left. Above and below, tables may run over the same columns. In a text no column need be empty, and the
//! titles of the two tell.

use super::entries;
use crate::grid::{Area, Cell, Grid, Source, Value};
use crate::table::Entry;
use crate::words::titles::Heading;
use crate::words::{self, Concept, titles};
use crate::written::DecimalSign;

/// What stands in a cell, as far as strips are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Words,
    Figure,
    /// A dash or the like.
    Other,
}

/// What stands in a row, from left to right.
struct Row {
    row: u32,
    marks: Vec<(u32, Mark)>,
}

impl Row {
    /// What stands in the columns of an area.
    fn within(&self, area: Area) -> &[(u32, Mark)] {
        let marks = &self.marks[self.marks.partition_point(|(col, _)| *col < area.first_col)..];
        &marks[..marks.partition_point(|(col, _)| *col <= area.last_col)]
    }
}

/// A table has at least so many labels.
const LABELS: usize = 3;

/// So near its last row one goes on.
const NEAR: u32 = 3;

/// The parts of a sheet in the order of reading: from the top, and beside each other from the left.
pub fn of(grid: &Grid, sign: DecimalSign) -> Vec<Area> {
    let Some((last_row, last_col)) = grid.last() else { return Vec::new() };
    let all = Area { first_row: 0, first_col: 0, last_row, last_col };
    if last_col >= 4_096 {
        return vec![all];
    }
    if grid.source == Source::Text {
        return titled(grid, all, sign);
    }
    // Few sheets have labels anywhere but at the left.
    let mut texts = vec![0; last_col as usize + 1];
    grid.others().for_each(|cell| texts[cell.col as usize] += 1);
    if texts.iter().skip(2).all(|&texts| texts < LABELS) {
        return vec![all];
    }
    let marks = |cells: &[Cell]| cells.iter().map(|cell| (cell.col, mark(grid, cell, sign))).collect();
    let rows: Vec<Row> = grid.rows().map(|(row, cells)| Row { row, marks: marks(cells) }).collect();
    parts(&rows, all)
}

fn mark(grid: &Grid, cell: &Cell, sign: DecimalSign) -> Mark {
    // Nearly all cells of a large sheet are numbers.
    if let Value::Number(_) = cell.value {
        return Mark::Figure;
    }
    match entries::read(grid, cell, sign) {
        Entry::Words => Mark::Words,
        Entry::Figure(_) => Mark::Figure,
        _ => Mark::Other,
    }
}

/// The parts of a text: its columns are not those of a sheet, so only titles of two statements in one row tell, or of both sides of a balance sheet, where
/// labels stand under both and figures under the labels of neither.
fn titled(grid: &Grid, area: Area, sign: DecimalSign) -> Vec<Area> {
    let mut found = Vec::new();
    let mut rest = area;
    for (row, cells) in grid.rows() {
        let mut heads = cells.iter().filter(|cell| heads_strip(cell));
        let (Some(one), Some(other), None) = (heads.next(), heads.next(), heads.next()) else { continue };
        if row < rest.first_row {
            continue;
        }
        let last = grid.rows().map(|(row, _)| row).find(|&below| below > row && ends_pair(grid, below));
        let band = Area { first_row: row, last_row: last.map_or(area.last_row, |last| last - 1), ..area };
        let (left, right) = (Area { last_col: other.col - 1, ..band }, Area { first_col: other.col, ..band });
        if other.col < one.col + 2 || ![left, right].iter().all(|part| is_table(grid, *part, sign)) {
            continue;
        }
        found.extend((row > rest.first_row).then(|| Area { last_row: row - 1, ..rest }));
        found.extend([left, right]);
        match last {
            Some(last) => rest = Area { first_row: last, ..area },
            None => return found,
        }
    }
    found.push(rest);
    found
}

fn names_statement(cell: &Cell) -> bool {
    let title = cell.text().and_then(|text| titles::title(text, false));
    matches!(title, Some(Heading::Statement { weak: false, .. }))
}

/// Whether a cell is the title of a statement, or heads one side of a balance sheet.
fn heads_strip(cell: &Cell) -> bool {
    let concept = |text: &str| words::sure_concept(text, "balance-sheet");
    let is_side = |text: &str| matches!(concept(text), Some(Concept::Assets | Concept::TotalEquityAndLiabilities));
    names_statement(cell) || cell.text().is_some_and(is_side)
}

/// Whether a row below two tables beside each other is another title, or running text.
fn ends_pair(grid: &Grid, row: u32) -> bool {
    let mut cells = grid.cells().iter().filter(|cell| cell.row == row);
    let (Some(only), None) = (cells.next(), cells.next()) else { return false };
    only.col == 0 && (names_statement(only) || only.text().is_some_and(words::is_sentence))
}

/// Whether a part has labels in its first column, and figures in another and none among the labels.
fn is_table(grid: &Grid, area: Area, sign: DecimalSign) -> bool {
    let within = |cell: &&Cell| {
        (area.first_row..=area.last_row).contains(&cell.row) && (area.first_col..=area.last_col).contains(&cell.col)
    };
    let (labels, others): (Vec<&Cell>, Vec<&Cell>) =
        grid.cells().iter().filter(within).partition(|cell| cell.col == area.first_col);
    let count = |cells: &[&Cell], of: Mark| cells.iter().filter(|cell| mark(grid, cell, sign) == of).count();
    count(&labels, Mark::Words) >= LABELS && count(&labels, Mark::Figure) == 0 && count(&others, Mark::Figure) >= LABELS
}

fn parts(rows: &[Row], area: Area) -> Vec<Area> {
    let from = rows.partition_point(|row| row.row < area.first_row);
    let rows = &rows[from..];
    let rows = &rows[..rows.partition_point(|row| row.row <= area.last_row)];
    let labels = labels(rows, area);
    let mut gaps =
        (area.first_col + 1..area.last_col).filter(|gap| labels[(gap + 1 - area.first_col) as usize] >= LABELS);
    let bands = gaps.find_map(|gap| Some((gap, band(rows, area, gap)?)));
    let Some((gap, (first, last))) = bands else { return vec![area] };
    let mut found = Vec::new();
    if first > area.first_row {
        found.push(Area { last_row: first - 1, ..area });
    }
    let band = Area { first_row: first, last_row: last, ..area };
    found.push(Area { last_col: gap - 1, ..band });
    found.extend(parts(rows, Area { first_col: gap + 1, ..band }));
    if last < area.last_row {
        found.extend(parts(rows, Area { first_row: last + 1, ..area }));
    }
    found
}

/// How many texts stand in each column of an area.
fn labels(rows: &[Row], area: Area) -> Vec<usize> {
    let mut labels = vec![0; (area.last_col - area.first_col) as usize + 1];
    for (col, _) in rows.iter().flat_map(|row| row.within(area)).filter(|(_, mark)| *mark == Mark::Words) {
        labels[(col - area.first_col) as usize] += 1;
    }
    labels
}

/// The first rows of an area that a gap parts into two tables.
fn band(rows: &[Row], area: Area, gap: u32) -> Option<(u32, u32)> {
    let mut run: Option<Run> = None;
    for row in rows {
        let marks = row.within(area);
        // A title may run over any number of columns: a text alone in its row says nothing of strips.
        let alone = matches!(marks, [(_, Mark::Words)]);
        let bars = |&(col, mark): &(u32, Mark)| col == gap || (col == gap + 1 && mark == Mark::Figure);
        if !alone && marks.iter().any(bars) {
            if let Some(found) = run.take().and_then(Run::rows) {
                return Some(found);
            }
            continue;
        }
        run.get_or_insert_with(|| Run { first: row.row, ..Run::default() }).add(row.row, marks, gap);
    }
    run.and_then(Run::rows)
}

/// Rows one after the other in which the gap is empty.
#[derive(Default)]
struct Run {
    first: u32,
    last: u32,
    labels: usize,
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Run {
    fn add(&mut self, row: u32, marks: &[(u32, Mark)], gap: u32) {
        // What stands under the left table alone may be the title of one over the whole width.
        if self.labels == 0 || marks.iter().any(|(col, _)| *col > gap) || self.goes_on(row, marks) {
            self.last = row;
        }
        self.labels += usize::from(marks.contains(&(gap + 1, Mark::Words)) && marks.len() > 1);
        let figures = |left: bool| {
            let own = marks.iter().filter(move |(col, mark)| *mark == Mark::Figure && (*col < gap) == left);
            own.map(|(col, _)| *col)
        };
        self.left.extend(figures(true));
        self.right.extend(figures(false));
    }

    /// Whether a row has figures where the left table has them, which may be longer than the one beside it.
    fn goes_on(&self, row: u32, marks: &[(u32, Mark)]) -> bool {
        let in_column = |(col, mark): &(u32, Mark)| *mark == Mark::Figure && self.left.contains(col);
        row <= self.last + NEAR && marks.iter().any(in_column)
    }

    /// The rows, where both sides have labels and columns of figures.
    fn rows(self) -> Option<(u32, u32)> {
        let twice = |cols: &[u32]| cols.iter().any(|col| cols.iter().filter(|other| *other == col).count() >= 2);
        (self.labels >= LABELS && twice(&self.left) && twice(&self.right)).then_some((self.first, self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(text: &str) -> Vec<(u32, u32, u32, u32)> {
        let cells = (0..).zip(text.lines()).flat_map(|(row, line)| {
            let cell = move |(col, text): (u32, &str)| Cell::new(row, col, Value::Text(text.into()));
            (0..).zip(line.split('|')).filter(|(_, text)| !text.is_empty()).map(cell)
        });
        let grid = Grid::new(0, "", Source::Text, cells.collect());
        let area = |area: Area| (area.first_row, area.first_col, area.last_row, area.last_col);
        of(&grid, DecimalSign::Comma).into_iter().map(area).collect()
    }

    const LEFT: [&str; 3] = ["Intäkter|100|90", "Kostnader|80|70", "Årets resultat|20|20"];
    const RIGHT: [&str; 3] = ["Kassa|50|40", "Fordringar|30|20", "Summa tillgångar|80|60"];

    #[test]
    fn titles_in_one_row_part_a_text() {
        let rows: Vec<String> = LEFT.iter().zip(RIGHT).map(|(left, right)| format!("{left}|{right}")).collect();
        let text =
            format!("Årsredovisning\nResultaträkning|||Balansräkning\n|2023|2022|kr|2023|2022\n{}", rows.join("\n"));
        assert_eq!(areas(&text), [(0, 0, 0, 5), (1, 0, 5, 2), (1, 3, 5, 5)]);
        assert_eq!(areas(&format!("{text}\nKassaflödesanalys\nKassa|1|2")).last(), Some(&(6, 0, 7, 5)));
    }

    #[test]
    fn the_sides_of_a_balance_sheet_part_a_text() {
        let text = "Balansräkning\nTillgångar|kr||Eget kapital och skulder|kr\nKassa|50||Eget kapital|20\n\
                    Fordringar|30||Årets resultat|20\nSumma tillgångar|80||Summa eget kapital och skulder|40";
        assert_eq!(areas(text), [(0, 0, 0, 4), (1, 0, 4, 2), (1, 3, 4, 4)]);
    }

    #[test]
    fn titles_without_tables_under_both_part_nothing() {
        let text = format!("Resultaträkning|||Balansräkning\n{}", LEFT.join("\n"));
        assert_eq!(areas(&text), [(0, 0, 3, 3)]);
    }
}
