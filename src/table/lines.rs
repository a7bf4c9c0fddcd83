//! The lines of a table: labels, note references, entries, and how they look.

use super::rows::{Kind, Row};
use super::{Column, Entry, Line, NoteReference, Role, entries};
use crate::grid::{At, Cell, Grid, Source, Value};
use crate::money::Unit;
use crate::parallel;
use crate::words;
use crate::written::DecimalSign;

pub fn read(
    index: u32,
    grid: &Grid,
    body: &[&Row<'_>],
    columns: &[Column],
    labels: (u32, u32),
    note: Option<u32>,
    sign: DecimalSign,
) -> Vec<Line> {
    let rows = body.iter().filter(|row| row.kind != Kind::Stray).collect();
    let read = |row: &&Row<'_>| line(index, grid, row, columns, labels, note, sign);
    let mut lines = parallel::map_large(grid.cells().len(), rows, read);
    if grid.source == Source::Text {
        unwrap(&mut lines);
    }
    lines
}

/// Puts a label together that was too long for its line: its beginning stands right above, without figures, and it
/// goes on with a small letter. Only where no other line of the table begins so.
fn unwrap(lines: &mut Vec<Line>) {
    const FEWEST_WORDS: usize = 3;
    let small = |line: &Line| line.label.starts_with(char::is_lowercase) && line.role == Role::Line;
    let goes_on = |pair: &[Line]| {
        let [above, line] = pair else { return false };
        let long = above.label.split_whitespace().count() >= FEWEST_WORDS;
        above.role == Role::Heading && above.row + 1 == line.row && long && small(line)
    };
    let wrapped = lines.windows(2).filter(|pair| goes_on(pair)).count();
    if wrapped == 0 || lines.iter().filter(|line| small(line)).count() > wrapped {
        return;
    }
    for i in (1..lines.len()).rev() {
        if goes_on(&lines[i - 1..=i]) {
            let above = lines.remove(i - 1);
            let line = &mut lines[i - 1];
            line.label = format!("{} {}", above.label, line.label);
            line.wording = words::fold(&line.label);
        }
    }
}

fn line(
    index: u32,
    grid: &Grid,
    row: &Row<'_>,
    columns: &[Column],
    labels: (u32, u32),
    note: Option<u32>,
    sign: DecimalSign,
) -> Line {
    let named: Vec<&Cell> = row.cells.iter().filter(|cell| cell.col <= labels.1 && Some(cell.col) != note).collect();
    let label_cell = named.iter().rfind(|cell| cell.text().is_some()).copied();
    let label = named.iter().filter_map(|cell| words_of(cell)).collect::<Vec<_>>().join(" ");
    let (label, in_label) = reference_in_label(&label);
    let at = At { grid: index, row: row.row, col: label_cell.map_or(labels.0, |cell| cell.col) };
    let cells = grid.row(row.row);
    // In a table without gaps each cell is as far from the first as its column is.
    let cell = |col: u32| {
        let near = cells.get(col.checked_sub(cells[0].col)? as usize).filter(|cell| cell.col == col);
        near.or_else(|| cells.binary_search_by_key(&col, |cell| cell.col).ok().map(|i| &cells[i]))
    };
    let entries: Vec<Entry> = columns
        .iter()
        .map(|column| cell(column.col).map_or(Entry::Blank, |cell| entries::read(grid, cell, sign)))
        .collect();
    let role = match () {
        _ if entries.iter().all(|entry| matches!(entry, Entry::Blank | Entry::Words)) => Role::Heading,
        _ if words::says_of_which(&label) => Role::OfWhich,
        _ => Role::Line,
    };
    let note = note
        .and_then(|col| reference(cell(col)?, index))
        .or_else(|| in_label.map(|number| NoteReference { number, at }));
    let indent = label_cell.map_or(0, |cell| indent(cell, labels.0));
    let bold = label_cell.is_some_and(|cell| cell.style.bold);
    let wording = words::fold(&label);
    Line { row: row.row, label, wording, at, note, role, concept: None, indent, bold, entries }
}

/// The unit that the labels of most lines of figures end with, and the first of them. The lines whose labels say
/// another one get it. Only for tables whose heading tells no unit: one label may be left from another table.
pub fn unit(lines: &mut [Line]) -> Option<(Unit, At)> {
    let told = || lines.iter().filter_map(|line| Some((Unit::of_label(&line.label)?, line.at)));
    let (unit, at) = told().next()?;
    let agreeing = told().filter(|(other, _)| *other == unit).count();
    let shown = lines.iter().filter(|line| line.has_figures()).count();
    if 2 * agreeing <= shown {
        return None;
    }
    for line in lines {
        let own = Unit::of_label(&line.label).filter(|own| *own != unit);
        let amounts = line.entries.iter_mut().filter_map(Entry::figure_mut).filter(|figure| !figure.percent);
        amounts.for_each(|figure| figure.unit = figure.unit.or(own));
    }
    Some((unit, at))
}

fn words_of(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Text(text) => Some(text.trim().to_string()),
        Value::Number(amount) => Some(amount.value.to_string()),
        _ => None,
    }
}

fn indent(cell: &Cell, first_label_col: u32) -> u8 {
    let spaces = cell.text().map_or(0, |text| text.chars().take_while(|c| matches!(c, ' ' | '\u{a0}' | '\t')).count());
    let columns = (cell.col - first_label_col.min(cell.col)) as usize;
    (usize::from(cell.style.indent) + spaces / 2 + columns).min(15) as u8
}

/// A note reference in its own column: `3`, `Not 3`, `3, 4` (the first counts).
fn reference(cell: &Cell, index: u32) -> Option<NoteReference> {
    let number = match &cell.value {
        Value::Number(amount) => u32::try_from(amount.value.whole()?).ok()?,
        Value::Text(text) => text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?.parse().ok()?,
        _ => return None,
    };
    (1..100).contains(&number).then_some(NoteReference { number, at: At { grid: index, row: cell.row, col: cell.col } })
}

/// A note reference at the end of a label: `Verksamhetens intäkter (not 1)`.
fn reference_in_label(label: &str) -> (String, Option<u32>) {
    let trimmed = label.trim_end_matches([')', ' ', '.', ']']);
    let digits = trimmed.len() - trimmed.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let head = trimmed[..trimmed.len() - digits].trim_end();
    if (1..=2).contains(&digits)
        && let Some(at) = head.char_indices().rfind(|(_, c)| !c.is_alphabetic()).map(|(at, c)| at + c.len_utf8())
        && at > 0
        && words::lookup(words::Class::Note, &head[at..]).is_some()
        && let Ok(number) = trimmed[trimmed.len() - digits..].parse()
    {
        let label = head[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        return (label.to_string(), Some(number));
    }
    (label.to_string(), None)
}

#[cfg(test)]
mod tests {
    use super::reference_in_label;

    #[test]
    fn a_note_reference_may_end_a_label() {
        assert_eq!(reference_in_label("Verksamhetens intäkter (not 1)"), ("Verksamhetens intäkter".into(), Some(1)));
        assert_eq!(reference_in_label("Fordringar, not 12"), ("Fordringar".into(), Some(12)));
        assert_eq!(reference_in_label("Momsfordran 2019"), ("Momsfordran 2019".into(), None));
        assert_eq!(reference_in_label("Rehabteam 30+"), ("Rehabteam 30+".into(), None));
    }
}
