//! What each row of a sheet is, before anything is known of its table.

use std::borrow::Cow;

use super::Entry;
use super::entries;
use super::heading;
use crate::grid::{Area, Cell, Grid, Value};
use crate::money::Money;
use crate::parallel;
use crate::period::Date;
use crate::words::{self, titles};
use crate::written::DecimalSign;

/// What a row is, by its own cells alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// One text alone: a title, a heading inside a table, or prose.
    Text,
    /// A statement's or a note's title, in one cell or two (`Not 3` | `Fordringar`).
    Title(titles::Heading),
    /// Heads columns of figures: years, dates, measures.
    Header,
    /// Several texts and no figure: may head columns (`Kvinna` | `Man`).
    Texts,
    /// Figures, or marks that say there are none, after a label or without one.
    Data,
    /// A number alone, as a page number.
    Stray,
}

/// A row within a strip of a sheet.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub row: u32,
    pub cells: Cow<'a, [Cell]>,
    pub kind: Kind,
}

impl Row<'_> {
    /// The texts of the row, joined.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().filter_map(|cell| cell.text()).map(str::trim).collect();
        texts.join(" ")
    }
}

/// The rows of a strip that have cells in it.
pub fn classify(grid: &Grid, strip: Area, sign: DecimalSign) -> Vec<Row<'_>> {
    let mut among_notes = words::title(&grid.sheet, false).is_some_and(|title| is_notes(&title));
    let rows = grid.rows().filter(|(row, _)| (strip.first_row..=strip.last_row).contains(row)).collect();
    let mut rows: Vec<Row> = parallel::map_large(grid.cells().len(), rows, |(row, cells)| {
        let cells = written(within(cells, strip));
        let kind = kind(grid, &cells, sign);
        Row { row, cells, kind }
    });
    rows.retain(|row| !row.cells.is_empty());
    // What a text alone is the title of depends on what it stands under.
    for row in &mut rows {
        if row.kind == Kind::Text
            && let Some(title) = row.cells[0].text().and_then(|text| titles::title(text, among_notes))
        {
            row.kind = Kind::Title(title);
        }
        if let Kind::Title(title @ titles::Heading::Statement { .. }) = &row.kind {
            among_notes = is_notes(title);
        }
    }
    rows
}

/// The cells of a row that stand in the columns of a strip.
fn within(cells: &[Cell], strip: Area) -> &[Cell] {
    let cells = &cells[cells.partition_point(|cell| cell.col < strip.first_col)..];
    &cells[..cells.partition_point(|cell| cell.col <= strip.last_col)]
}

/// The cells but those whose text is none.
fn written(cells: &[Cell]) -> Cow<'_, [Cell]> {
    let is_written = |cell: &&Cell| cell.text().is_none_or(|text| !text.trim().is_empty());
    match cells.iter().all(|cell| is_written(&cell)) {
        true => Cow::Borrowed(cells),
        false => cells.iter().filter(is_written).cloned().collect(),
    }
}

fn is_notes(title: &titles::Heading) -> bool {
    matches!(title, titles::Heading::Statement { kind: "notes", .. })
}

/// What a row is by itself; of a text alone only that it is one.
fn kind(grid: &Grid, cells: &[Cell], sign: DecimalSign) -> Kind {
    let entries: Vec<Entry> = cells.iter().map(|cell| entries::read(grid, cell, sign)).collect();
    let figures = entries.iter().filter(|entry| !matches!(entry, Entry::Words)).count();
    if let [_] | [] = cells {
        let alone = cells.iter().zip(&entries).any(|(cell, entry)| *entry == Entry::Words && cell.text().is_some());
        return if alone { Kind::Text } else { Kind::Stray };
    }
    if heads_columns(cells, &entries) {
        return Kind::Header;
    }
    if figures == 0 {
        let text: Vec<&str> = cells.iter().filter_map(|cell| cell.text()).collect();
        return match titles::title(&text.join(" "), false) {
            Some(note @ titles::Heading::Note { .. }) => Kind::Title(note),
            _ => Kind::Texts,
        };
    }
    Kind::Data
}

/// Whether the row says of its columns which period or measure they are of, and holds no amounts itself.
fn heads_columns(cells: &[Cell], entries: &[Entry]) -> bool {
    // Told by the figures, for most rows; what words say takes longer to find out.
    let in_months = follow_by_month(entries);
    let is_amount = |(cell, entry): (&Cell, &Entry)| match entry {
        Entry::Figure(figure) => {
            figure.percent || !in_months && year_of(figure.amount.value).is_none() && !lists_notes(cell)
        }
        Entry::Error(_) | Entry::Uncalculated => true,
        _ => false,
    };
    if cells.iter().zip(entries).rev().any(is_amount) {
        return false;
    }
    let mut speaking = 0;
    for (i, (cell, entry)) in cells.iter().zip(entries).enumerate() {
        match entry {
            Entry::Figure(_) => speaking += usize::from(!lists_notes(cell)),
            Entry::Words => {
                let speaks = match &cell.value {
                    Value::Date(_) => true,
                    Value::Text(text) => {
                        let read = heading::read(text);
                        // The first cell is the corner: "Resultat 2019" there is a label or a title.
                        (i > 0 && (read.speaks() || (read.note && read.rest.is_empty())) && text.chars().count() <= 60)
                            || (i == 0 && read.speaks() && read.rest.is_empty() && read.unit.is_none())
                    }
                    _ => false,
                };
                speaking += usize::from(speaks);
            }
            _ => {}
        }
    }
    // Beside a label, figures of that size may be amounts (in tkr they often are); years that follow each other, or
    // a year among headings, are not.
    let years: Vec<i64> = entries.iter().filter_map(|entry| year_of(entry.figure()?.amount.value)).collect();
    let follow = years.len() >= 2 && years.windows(2).all(|pair| (pair[0] - pair[1]).abs() == 1);
    speaking >= 1 && (speaking > years.len() || follow || in_months || corner_is_bare(cells, entries))
}

/// Whether a cell holds the numbers of several notes, as a heading may: `1, 2`.
fn lists_notes(cell: &Cell) -> bool {
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    cell.text().is_some_and(|text| text.contains(", ") && text.split(", ").all(is_number))
}

/// Whether all figures of a row are months that follow each other: `202101`, `202102`, `202103`.
fn follow_by_month(entries: &[Entry]) -> bool {
    let figures = || entries.iter().filter_map(Entry::figure).map(|figure| figure.amount.value);
    let month = |value: Money| heading::year_and_month(value.to_i64().filter(|_| value.is_integer())?);
    // Two amounts may stand so by chance.
    figures().count() >= 3
        && figures().zip(figures().skip(1)).all(|pair| match (month(pair.0), month(pair.1)) {
            (Some((year, 12)), Some(next)) => next == (year + 1, 1),
            (Some((year, month)), Some(next)) => next == (year, month + 1),
            _ => false,
        })
}

/// Whether the only cell of a row says which period or measure figures below it are of, and nothing else. It stands
/// right of the first column, where labels are.
pub fn heads_alone(row: &Row<'_>) -> bool {
    let [cell] = &row.cells[..] else { return false };
    cell.col > 0
        && match &cell.value {
            Value::Date(_) => true,
            Value::Number(amount) => is_year(amount.value),
            Value::Text(text) => {
                let read = heading::read(text);
                read.speaks() && read.rest.is_empty() && text.chars().count() <= 60
            }
            _ => false,
        }
}

fn corner_is_bare(cells: &[Cell], entries: &[Entry]) -> bool {
    let Some(text) = cells[0].text().filter(|_| matches!(entries[0], Entry::Words)) else { return true };
    let read = heading::read(text);
    read.rest.is_empty() || read.unit.is_some() || titles::title(text, true).is_some()
}

fn is_year(value: Money) -> bool {
    value.whole().is_some_and(|year| (1990..2060).contains(&year))
}

/// The year that a figure is, or of the day that it is: `2023`, `231231`, `20231231`. Periods begin with the first day
/// of a month and end with its last.
fn year_of(value: Money) -> Option<i64> {
    if is_year(value) {
        return value.to_i64();
    }
    let digits = value.to_i64().filter(|_| value.is_integer())?;
    let year = match digits {
        // `091231` is stored without its zero.
        10_000..=599_999 => 2_000 + digits / 10_000,
        19_900_000..=20_599_999 => digits / 10_000,
        _ => return None,
    };
    let (month, day) = (u8::try_from(digits / 100 % 100).ok()?, u8::try_from(digits % 100).ok()?);
    let date = Date::new(i32::try_from(year).ok()?, month, day)?;
    (day == 1 || date.ends_month()).then_some(year)
}
