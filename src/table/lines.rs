//! The lines of a table: labels, note references, entries, and how they look.

use super::rows::Row;
use super::{Column, Entry, Line, NoteReference, Role, entries, wrapped};
use crate::grid::{At, Cell, Grid, Value};
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
    let read = |row: &&Row<'_>| line(index, grid, row, columns, labels, note, sign);
    let mut lines = parallel::map_large(grid.cells().len(), body.iter().collect(), read);
    wrapped::join(&mut lines);
    lines
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
    let (at_note, numbers) = match note.and_then(cell) {
        Some(cell) if !references(cell).is_empty() => {
            (At { grid: index, row: cell.row, col: cell.col }, references(cell))
        }
        _ => (at, in_label),
    };
    let note = numbers.first().map(|&number| NoteReference { number, at: at_note });
    let further_notes = numbers.into_iter().skip(1).collect();
    let indent = label_cell.map_or(0, |cell| indent(cell, labels.0));
    let bold = label_cell.is_some_and(|cell| cell.style.bold);
    let wording = words::fold(&label);
    Line { row: row.row, label, wording, at, note, further_notes, role, concept: None, indent, bold, entries }
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

/// No document has more notes.
const MOST_NOTES: u32 = 100;

/// The note references in a cell of their own column: `3`, `Not 3`, `3, 4`. Typed as `3,4`, a spreadsheet takes two for
/// a number with decimals.
fn references(cell: &Cell) -> Vec<u32> {
    match &cell.value {
        Value::Number(amount) => listed(&amount.value.to_string().replace('.', ",")),
        Value::Text(text) => listed(text),
        _ => Vec::new(),
    }
}

/// The numbers of a list (`3, 4`, `2 och 5`, `6–8`). What follows a point or a colon is a part of a note (`3.1`); digits
/// that only spaces part are an amount.
fn listed(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let between = &rest[..at];
        let digits = rest[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - at);
        let number = rest[at..at + digits].parse().ok().filter(|number| (1..MOST_NOTES).contains(number));
        match (numbers.last(), number) {
            (Some(_), _) if between.ends_with(['.', ':']) => break,
            (Some(_), _) if between.trim().is_empty() => return Vec::new(),
            (Some(&from), Some(number)) if matches!(between.trim(), "-" | "–") => numbers.extend(from + 1..=number),
            (_, Some(number)) => numbers.push(number),
            (_, None) => return Vec::new(),
        }
        rest = &rest[at + digits..];
    }
    numbers
}

/// The note references at the end of a label: `Verksamhetens intäkter (not 1)`, `Kostnader, not 2, 3`.
fn reference_in_label(label: &str) -> (String, Vec<u32>) {
    let told = || {
        let numbers = label
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ')' | ' ' | '.' | ']' | ',' | '-' | '–'));
        let found = listed(label.get(numbers.len()..)?);
        let start = numbers.char_indices().rfind(|(_, c)| !c.is_alphabetic()).map(|(at, c)| at + c.len_utf8())?;
        let says = words::lookup(words::Class::Note, &numbers[start..]).is_some();
        let label = numbers[..start].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        (says && start > 0 && !found.is_empty()).then(|| (label.to_string(), found))
    };
    told().unwrap_or_else(|| (label.to_string(), Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::{listed, reference_in_label};

    #[test]
    fn a_note_reference_may_end_a_label() {
        let told = |label: &str| reference_in_label(label);
        assert_eq!(told("Verksamhetens intäkter (not 1)"), ("Verksamhetens intäkter".into(), vec![1]));
        assert_eq!(told("Fordringar, not 12"), ("Fordringar".into(), vec![12]));
        assert_eq!(told("Kostnader (not 2, 3)"), ("Kostnader".into(), vec![2, 3]));
        assert_eq!(told("Momsfordran 2019"), ("Momsfordran 2019".into(), Vec::new()));
        assert_eq!(told("Rehabteam 30+"), ("Rehabteam 30+".into(), Vec::new()));
    }
    #[test]
    fn a_line_may_refer_to_several_notes() {
        assert_eq!(listed("Not 3"), [3]);
        assert_eq!(listed("3, 4"), [3, 4]);
        assert_eq!(listed("2 och 5"), [2, 5]);
        assert_eq!(listed("6–8"), [6, 7, 8]);
        assert_eq!(listed("3.1"), [3]);
        assert!(listed("2019").is_empty());
        assert!(listed("47 611:-").is_empty());
    }
}
