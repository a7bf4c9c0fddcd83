//! The columns of a table: where labels, note references and figures stand, and what heads them.

use std::ops::AddAssign;

use super::rows::Row;
use super::{Column, Entry, Title, entries, heading};
use crate::grid::{Area, At, Grid, Value};
use crate::money::Unit;
use crate::parallel;
use crate::period::{Measure, Period};
use crate::words::{self, titles};
use crate::written::DecimalSign;

/// Where things stand in a table.
#[derive(Debug)]
pub struct Layout {
    /// First and last column of labels.
    pub labels: (u32, u32),
    /// The column of note references.
    pub note: Option<u32>,
    pub columns: Vec<Column>,
    /// The text in the corner of the heading row, where it is a title.
    pub corner: Option<Title>,
    pub unit: Option<(Unit, At)>,
}

/// What the body has in one column.
#[derive(Clone, Debug, Default)]
struct Tally {
    col: u32,
    words: usize,
    figures: usize,
    /// Figures and marks that say there is none.
    entries: usize,
    small: usize,
    percent: usize,
    years: usize,
}

pub fn find(index: u32, grid: &Grid, header: &[&Row<'_>], body: &[&Row<'_>], sign: DecimalSign) -> Option<Layout> {
    let tallies = tally(grid, body, sign);
    let label = tallies.iter().filter(|tally| tally.words > 0).max_by_key(|tally| (tally.words, u32::MAX - tally.col));
    let first = tallies.first()?;
    let first_col = first.col;
    // A year a row.
    let of_years = label.is_none() && tallies.len() > 1 && first.years >= 3 && first.years == first.entries;
    // A table without labels still has columns; its rows are named by nothing.
    let label_col =
        label.filter(|label| label.words * 3 >= body.len() || label.col == first_col).map(|label| label.col);
    let label_col = label_col.map(|col| last_step(body, &tallies, col)).or_else(|| of_years.then_some(first_col));
    let headers = header_texts(grid, header, label_col);
    let note = note_column(&tallies, &headers, label_col);
    // Kommun and koncern may each have references of their own, and pages may stand beside notes.
    let references = |col: u32| {
        headers.iter().any(|(headed, text, _)| *headed == col && (ends_with_note(text) || heads_pages(text)))
            && tallies.iter().any(|tally| tally.col == col && tally.small == tally.figures)
    };
    let beyond = |col: u32| label_col.is_none_or(|label| col > label) && Some(col) != note && !references(col);
    let mut columns: Vec<Column> = tallies
        .iter()
        .filter(|tally| beyond(tally.col) && (tally.entries > 0 && tally.figures * 2 >= tally.words))
        .map(|tally| column(index, tally, &headers))
        .collect();
    // A headed column that is blank all through is still a column of the table.
    for (col, text, row) in headers.iter().filter(|(col, ..)| beyond(*col) && tallies.iter().all(|t| t.col != *col)) {
        let read = heading::read(text);
        if read.speaks() {
            let at = At { grid: index, row: *row, col: *col };
            columns.push(with_heading(Column { at: Some(at), ..bare(*col, text) }, &read));
        }
    }
    columns.sort_by_key(|column| column.col);
    if columns.is_empty() {
        return None;
    }
    name_entities(&mut columns);
    let last_label = label_col.unwrap_or(first_col);
    let corner = corner(index, header, columns[0].col, note);
    let unit = declared_unit(index, header);
    // References may stand left of the labels, too.
    let first_label = if note == Some(first_col) { last_label } else { first_col.min(last_label) };
    Some(Layout { labels: (first_label, last_label), note, columns, corner, unit })
}

/// The last column of labels that are set in by columns, each level in one of its own: texts alone, in rows that have no
/// label further left.
fn last_step(body: &[&Row<'_>], tallies: &[Tally], first: u32) -> u32 {
    let alone = |col: u32| {
        let labels = |row: &&Row| row.cells.iter().filter(|cell| cell.col <= col && cell.text().is_some()).count();
        body.iter().filter(|row| row.cells.iter().any(|cell| cell.col == col)).all(|row| labels(row) == 1)
    };
    let steps = tallies.iter().filter(|tally| tally.col > first);
    steps.take_while(|tally| tally.entries == 0 && alone(tally.col)).last().map_or(first, |tally| tally.col)
}

fn tally(grid: &Grid, body: &[&Row<'_>], sign: DecimalSign) -> Vec<Tally> {
    const ROWS: usize = 4_096;
    let parts = body.chunks(ROWS).collect();
    let parts = parallel::map_large(grid.cells().len(), parts, |rows| tally_of(grid, rows, sign));
    let mut tallies: Vec<Tally> = Vec::new();
    for part in parts.into_iter().flatten() {
        *of_column(&mut tallies, part.col) += part;
    }
    tallies
}

fn tally_of(grid: &Grid, rows: &[&Row<'_>], sign: DecimalSign) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for cell in rows.iter().flat_map(|row| &row.cells[..]) {
        let tally = of_column(&mut tallies, cell.col);
        match entries::read(grid, cell, sign) {
            Entry::Words => tally.words += 1,
            Entry::Figure(figure) => {
                tally.figures += 1;
                tally.entries += 1;
                tally.percent += usize::from(figure.percent);
                let value = figure.amount.value;
                let whole = value.whole();
                tally.years += usize::from(whole.is_some_and(|whole| (1990..2060).contains(&whole)));
                tally.small += usize::from(whole.is_some_and(|whole| (1..=60).contains(&whole)));
            }
            _ => tally.entries += 1,
        }
    }
    tallies
}

/// The tally of a column, an empty one where none has begun.
fn of_column(tallies: &mut Vec<Tally>, col: u32) -> &mut Tally {
    let at = tallies.binary_search_by_key(&col, |tally| tally.col).unwrap_or_else(|at| {
        tallies.insert(at, Tally { col, ..Tally::default() });
        at
    });
    &mut tallies[at]
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.words += other.words;
        self.figures += other.figures;
        self.entries += other.entries;
        self.small += other.small;
        self.percent += other.percent;
        self.years += other.years;
    }
}

/// The words over each column, all levels of heading joined: (column, words, row of the last level).
fn header_texts(grid: &Grid, header: &[&Row<'_>], label_col: Option<u32>) -> Vec<(u32, String, u32)> {
    let mut texts: Vec<(u32, String, u32)> = Vec::new();
    let mut add = |col: u32, text: &str, row: u32| match texts.iter_mut().find(|(c, ..)| *c == col) {
        Some((_, joined, last)) => {
            joined.push(' ');
            joined.push_str(text);
            *last = row;
        }
        None => texts.push((col, text.to_string(), row)),
    };
    for (level, row) in header.iter().enumerate() {
        let below: Vec<u32> =
            header[level + 1..].iter().flat_map(|row| row.cells.iter().map(|cell| cell.col)).collect();
        for (i, cell) in row.cells.iter().enumerate() {
            let Some(text) = shown(&cell.value) else { continue };
            add(cell.col, &text, row.row);
            let merged = grid.merged.iter().find(|area| area.holds(cell.row, cell.col));
            let next = row.cells.get(i + 1).map_or(u32::MAX, |next| next.col);
            let is_label = label_col.is_some_and(|label| cell.col <= label);
            // A heading over several columns is written once, in a merged cell or over the first of them.
            for col in cell.col + 1..cell.col + 40 {
                let covered = merged.is_some_and(|area| area.holds(cell.row, col));
                let grouped =
                    merged.is_none() && col < next && !is_label && below.contains(&col) && below.contains(&cell.col);
                if covered || grouped {
                    add(col, &text, row.row);
                }
            }
        }
    }
    texts.sort_by_key(|(col, ..)| *col);
    texts
}

/// A heading cell's words; a number there is a year or a day, not an amount, and a day of 2009 has lost its zero.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.trim().to_string()),
        Value::Number(amount) if (10_000..100_000).contains(&amount.value.to_i64().unwrap_or(0)) => {
            Some(format!("0{}", amount.value))
        }
        Value::Number(amount) => Some(amount.value.to_string()),
        Value::Date(date) => Some(date.to_string()),
        _ => None,
    }
}

/// The column of note references: headed so, or small whole numbers beside labels where amounts are large.
fn note_column(tallies: &[Tally], headers: &[(u32, String, u32)], label_col: Option<u32>) -> Option<u32> {
    let headed = headers.iter().find(|(col, text, _)| {
        let read = heading::read(text);
        // The heading itself may refer to a note: `Not 1, 2`.
        let plain = read.rest.bytes().all(|b| b.is_ascii_digit() || b == b' ');
        Some(*col) != label_col && read.note && !read.speaks() && plain
    });
    if let Some((col, ..)) = headed {
        return Some(*col);
    }
    let label = label_col?;
    let first = tallies.iter().find(|tally| tally.col > label && tally.entries > 0)?;
    let others_large =
        tallies.iter().filter(|tally| tally.col > first.col).any(|tally| tally.small * 4 < tally.figures);
    let unheaded = !headers.iter().any(|(col, ..)| *col == first.col);
    (unheaded && first.figures >= 2 && first.small == first.figures && others_large && !headers.is_empty())
        .then_some(first.col)
}

/// Whether the lowest of the levels of a heading is `Not`.
fn ends_with_note(text: &str) -> bool {
    let read = heading::read(text);
    let last = text.rsplit(' ').next().map(heading::read);
    !read.speaks() && last.is_some_and(|last| last.note && last.rest.is_empty())
}

fn heads_pages(text: &str) -> bool {
    words::lookup(words::Class::Filler, text) == Some("page")
}

fn bare(col: u32, header: &str) -> Column {
    Column {
        col,
        header: header.to_string(),
        at: None,
        period: None,
        measure: None,
        entity: None,
        prior: false,
        current: false,
    }
}

fn column(index: u32, tally: &Tally, headers: &[(u32, String, u32)]) -> Column {
    let Some((_, text, row)) = headers.iter().find(|(col, ..)| *col == tally.col) else {
        let share = tally.percent > 0 && tally.percent == tally.figures;
        return Column { measure: share.then_some(Measure::Share), ..bare(tally.col, "") };
    };
    let column = Column { at: Some(At { grid: index, row: *row, col: tally.col }), ..bare(tally.col, text) };
    let mut column = with_heading(column, &heading::read(text));
    if tally.percent > 0 && tally.percent == tally.figures {
        column.measure = Some(Measure::Share);
    }
    column
}

fn with_heading(column: Column, read: &heading::Heading) -> Column {
    let entity = (!read.rest.is_empty()).then(|| read.rest.clone());
    Column { period: read.period, measure: read.measure, entity, prior: read.prior, current: read.current, ..column }
}

/// Other words in a heading name a body only where they tell columns of one period and measure apart.
fn name_entities(columns: &mut [Column]) {
    // What no heading measures is outcome: `Utfall 2019` beside `Koncern 2019`.
    let key = |column: &Column| (column.period, column.measure.unwrap_or(Measure::Actual));
    let told_apart = columns.iter().enumerate().any(|(i, column)| {
        column.period.is_some()
            && columns[..i].iter().any(|other| key(other) == key(column) && other.entity != column.entity)
    });
    if !told_apart {
        columns.iter_mut().for_each(|column| column.entity = None);
    }
}

/// Takes over the headings of the table above where a page break dropped them: same columns, no heading.
pub fn inherit(columns: &mut [Column], above: &[Column]) {
    let known = |column: &Column| above.iter().find(|other| other.col == column.col).cloned();
    let inherited: Option<Vec<Column>> = columns.iter().map(known).collect();
    if let Some(inherited) = inherited {
        columns.clone_from_slice(&inherited);
    }
}

/// The words over the labels, where they are a title; `Not` over the note references is none.
fn corner(index: u32, header: &[&Row<'_>], first_figure: u32, note: Option<u32>) -> Option<Title> {
    header.iter().find_map(|row| {
        let texts: Vec<&str> = row
            .cells
            .iter()
            .filter(|cell| cell.col < first_figure && Some(cell.col) != note)
            .filter_map(|cell| cell.text())
            .map(str::trim)
            .collect();
        let text = texts.join(" ");
        let at = At { grid: index, row: row.row, col: row.cells[0].col };
        titles::title(&text, false).map(|_| Title { text, at })
    })
}

fn declared_unit(index: u32, header: &[&Row<'_>]) -> Option<(Unit, At)> {
    header.iter().flat_map(|row| &row.cells[..]).find_map(|cell| {
        let unit = heading::declared_unit(cell.text()?)?;
        Some((unit, At { grid: index, row: cell.row, col: cell.col }))
    })
}

/// The rectangle from the first heading row to the last line.
pub fn area(rows: &[u32], labels: (u32, u32), note: Option<u32>, columns: &[Column]) -> Option<Area> {
    let last = columns.iter().map(|column| column.col).chain(note).max()?;
    Some(Area {
        first_row: *rows.iter().min()?,
        first_col: labels.0.min(columns[0].col).min(note.unwrap_or(u32::MAX)),
        last_row: *rows.iter().max()?,
        last_col: last,
    })
}

/// The period that a column is of, given the year that the table is about.
pub fn period(column: &Column, year: Option<i32>) -> Option<Period> {
    column.period.or_else(|| year.map(|year| Period::year(if column.prior { year - 1 } else { year })))
}
