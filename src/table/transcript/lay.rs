//! The table as a grid: what it was before its borders were lost.

use super::Transcript;
use super::body::Row;
use super::choices::Content;
use super::figures::{Figure, Group};
use super::heading::Heading;
use super::settle::{Known, LeftOut, Settled};
use crate::grid::{Cell, Grid, Source, Value};

/// What could not be told of a table that stood on one line. Rows are those of its grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Rows with figures that could stand in several columns.
    Undecided { rows: Vec<u32> },
    /// Rows with blanks whose figures the totals have placed.
    Placed { rows: Vec<u32> },
    /// A figure that no total adds, whichever column it stands in.
    LeftOut { row: u32, figure: String },
    /// Figures beyond the last column, or before the first.
    Surplus { row: u32, figures: String },
    /// Fewer words over the columns than there are columns.
    Headings { words: usize, columns: usize },
}

/// The mark of a figure that is not known.
const UNKNOWN: &str = "?";
/// The mark of no figure.
const NOTHING: &str = "-";

pub fn lay(input: usize, line: u32, heading: &Heading, rows: &[Row], settled: &Settled) -> Transcript {
    let mut cells = Vec::new();
    let mut put = |row: u32, col: usize, text: &str| {
        if !text.is_empty() {
            cells.push(Cell::new(row, col as u32, Value::Text(text.into())));
        }
    };
    put(0, 0, &heading.title);
    put(1, 0, &heading.corner);
    heading.years.iter().enumerate().for_each(|(i, year)| put(1, i + 1, year));
    heading.measures.iter().enumerate().for_each(|(i, measure)| put(2, i + 1, measure));
    let mut remarks = Vec::new();
    let (mut undecided, mut placed) = (Vec::new(), Vec::new());
    for (i, row) in rows.iter().enumerate() {
        let at = i as u32 + 3;
        put(at, 0, row.label.trim());
        if row.groups.is_empty() {
            continue;
        }
        // A row with too many readings has none that is known.
        let unread = vec![Known::Unknown; heading.years.len()];
        let own = Some(&settled.known[i]).filter(|known| !known.is_empty()).unwrap_or(&unread);
        for (column, known) in own.iter().enumerate() {
            put(at, column + 1, &shown(row, known));
        }
        let apart: Vec<&LeftOut> = settled.left_out.iter().filter(|left| left.row == i).collect();
        let unknown = own.contains(&Known::Unknown);
        let surplus = surplus(row, own);
        match unknown {
            true if apart.is_empty() => undecided.push(at),
            false if surplus.is_none() && settled.placed.contains(&i) => placed.push(at),
            _ => {}
        }
        remarks.extend(apart.iter().map(|left| Remark::LeftOut { row: at, figure: written(row, left.figure) }));
        remarks.extend(surplus.map(|figures| Remark::Surplus { row: at, figures }));
    }
    remarks.extend((!undecided.is_empty()).then_some(Remark::Undecided { rows: undecided }));
    remarks.extend((!placed.is_empty()).then_some(Remark::Placed { rows: placed }));
    let mut grid = Grid::new(input, "", Source::Text, cells);
    grid.line = Some(line);
    Transcript { grid, remarks, prose: Vec::new() }
}

fn shown(row: &Row, known: &Known) -> String {
    match known {
        Known::Content(Content::Figure(figure)) => written(row, *figure),
        Known::Content(Content::Text(text)) => row.texts[*text].clone(),
        Known::Content(Content::Blank) => String::new(),
        Known::Nothing => NOTHING.to_string(),
        Known::Unknown => UNKNOWN.to_string(),
    }
}

fn written(row: &Row, figure: Figure) -> String {
    joined(&row.groups[figure.from..figure.to])
}

fn joined(groups: &[Group]) -> String {
    groups.iter().map(Group::shown).collect::<Vec<_>>().join(" ")
}

/// The digits of a row with too many figures that are in none of its columns.
fn surplus(row: &Row, known: &[Known]) -> Option<String> {
    let figures = known.iter().map(|known| match known {
        Known::Content(Content::Figure(figure)) => Some(*figure),
        _ => None,
    });
    let figures = figures.collect::<Option<Vec<Figure>>>()?;
    let [first, .., last] = figures[..] else { return None };
    let left = [joined(&row.groups[..first.from]), joined(&row.groups[last.to..])];
    let left: Vec<&str> = left.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    (!left.is_empty()).then(|| left.join(" "))
}
