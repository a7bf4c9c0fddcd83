//! Parts of a sheet that hold tables beside each other.
//!
//! Two tables stand side by side in the rows where a column is empty, labels stand right of it, and figures both
//! right and left. Above and below, tables may run over the same columns.

use super::entries;
use crate::grid::{Area, Grid, Source};
use crate::table::Entry;
use crate::written::DecimalSign;

/// What stands in a cell, as far as strips are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Words,
    Figure,
    /// A dash or the like.
    Other,
}

/// The marks of a row that has more than one cell, or the only one's column.
struct Row {
    row: u32,
    marks: Vec<(u32, Mark)>,
}

/// The parts of a sheet in the order of reading: from the top, and beside each other from the left.
pub fn of(grid: &Grid, sign: DecimalSign) -> Vec<Area> {
    let Some((last_row, last_col)) = grid.last() else { return Vec::new() };
    let all = Area { first_row: 0, first_col: 0, last_row, last_col };
    if grid.source == Source::Text || last_col >= 4_096 {
        return vec![all];
    }
    let rows: Vec<Row> = grid
        .rows()
        .map(|(row, cells)| {
            let marks = cells.iter().map(|cell| {
                let mark = match entries::read(grid, cell, sign) {
                    Entry::Words => Mark::Words,
                    Entry::Figure(_) => Mark::Figure,
                    _ => Mark::Other,
                };
                (cell.col, mark)
            });
            Row { row, marks: marks.collect() }
        })
        .collect();
    parts(&rows, all)
}

fn parts(rows: &[Row], area: Area) -> Vec<Area> {
    let bands = (area.first_col + 1..area.last_col).find_map(|gap| {
        let band = band(rows, area, gap)?;
        Some((gap, band))
    });
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

/// The first rows that a gap parts into two tables.
fn band(rows: &[Row], area: Area, gap: u32) -> Option<(u32, u32)> {
    let within = rows.iter().filter(|row| (area.first_row..=area.last_row).contains(&row.row));
    let mut run: Option<Run> = None;
    for row in within {
        let marks: Vec<(u32, Mark)> =
            row.marks.iter().copied().filter(|(col, _)| (area.first_col..=area.last_col).contains(col)).collect();
        // A title may run over any number of columns: a text alone in its row says nothing of strips.
        let alone = matches!(marks.as_slice(), [(_, Mark::Words)]);
        let bars = |&(col, mark): &(u32, Mark)| col == gap || (col == gap + 1 && mark == Mark::Figure);
        if !alone && marks.iter().any(bars) {
            if let Some(found) = run.take().and_then(Run::rows) {
                return Some(found);
            }
            continue;
        }
        run.get_or_insert_with(|| Run { first: row.row, ..Run::default() }).add(row.row, &marks, gap);
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
        if self.labels == 0 || marks.iter().any(|(col, _)| *col > gap) {
            self.last = row;
        }
        self.labels += usize::from(marks.contains(&(gap + 1, Mark::Words)) && marks.len() > 1);
        let figures = |left: bool| {
            let own = marks.iter().filter(move |(col, mark)| *mark == Mark::Figure && (*col < gap) == left);
            own.map(|(col, _)| *col).collect::<Vec<_>>()
        };
        self.left.extend(figures(true));
        self.right.extend(figures(false));
    }

    /// The rows, where both sides have labels and columns of figures.
    fn rows(self) -> Option<(u32, u32)> {
        let twice = |cols: &[u32]| cols.iter().any(|col| cols.iter().filter(|other| *other == col).count() >= 2);
        (self.labels >= 3 && twice(&self.left) && twice(&self.right)).then_some((self.first, self.last))
    }
}
