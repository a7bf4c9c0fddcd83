//! A sheet of the user's with marked cells: their styles are others, and nothing else of the sheet is.

use std::collections::{BTreeMap, BTreeSet};

use super::AnnotateError;
use super::package::{read, root};
use super::tags::{Edits, Element, Kind, Tag};
use crate::finding::Severity;
use crate::grid::a1;

/// What comes after the drawing of notes in a sheet, in its order.
const AFTER_NOTES: [&str; 8] =
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

/// Rows and columns from 0.
pub type Marked = BTreeMap<(u32, u32), Severity>;

/// The marked cells that a sheet does not hold, by row and column.
type Missing = BTreeMap<u32, BTreeMap<u32, Severity>>;

/// The sheet with the style of each marked cell replaced by what `style` makes of it. Cells that the sheet does not
/// hold are put in where they belong, with the style that the row or column gives them.
pub fn mark(
    part: &str,
    text: &str,
    marked: &Marked,
    style: &mut dyn FnMut(usize, Severity) -> usize,
) -> Result<String, AnnotateError> {
    let tags = read(part, text)?;
    let places = places(&tags);
    let there: BTreeSet<(u32, u32)> = places.iter().filter_map(|(_, place)| place.cell()).collect();
    let rows: BTreeSet<u32> = places.iter().map(|(_, place)| place.row).collect();
    let columns: Vec<Tag<'_>> = tags.iter().filter(|tag| tag.depth == 2 && tag.begins("col")).cloned().collect();
    let (mut missing, mut missing_rows) = (Missing::new(), Missing::new());
    for (&(row, col), &severity) in marked.iter().filter(|(at, _)| !there.contains(at)) {
        let missing = if rows.contains(&row) { &mut missing } else { &mut missing_rows };
        missing.entry(row).or_default().insert(col, severity);
    }
    let mut edits = Edits::of(text);
    let mut blanks = |row: Option<&Tag<'_>>, prefix: &str, cells: Vec<(u32, u32, Severity)>| -> String {
        let cell = |(at, col, severity): (u32, u32, Severity)| {
            let number = style(inherited(row, &columns, col), severity);
            format!("<{prefix}c r=\"{}\" s=\"{number}\"/>", a1(at, col))
        };
        cells.into_iter().map(cell).collect()
    };
    for (tag, place) in &places {
        let prefix = tag.prefix();
        match place.col {
            None => {
                // Rows that come before it and are not there at all.
                while let Some(entry) = missing_rows.first_entry().filter(|entry| *entry.key() < place.row) {
                    let (row, cells) = entry.remove_entry();
                    edits.insert(tag.start, whole_row(prefix, row, cells, &mut blanks));
                }
                if tag.kind == Kind::Empty
                    && let Some(cells) = missing.remove(&place.row)
                {
                    let cells = cells.into_iter().map(|(col, severity)| (place.row, col, severity)).collect();
                    let element = Element { open: tag.clone(), close: None };
                    edits.extend(&element, &blanks(Some(tag), prefix, cells), None);
                }
            }
            Some(col) => {
                if let Some(cells) = missing.get_mut(&place.row) {
                    let later = cells.split_off(&col);
                    let before = std::mem::replace(cells, later);
                    let before = before.into_iter().map(|(col, severity)| (place.row, col, severity)).collect();
                    edits.insert(tag.start, blanks(place.of.as_ref(), prefix, before));
                }
            }
        }
        if place.is_last
            && let Some(cells) = missing.remove(&place.row)
        {
            let cells = cells.into_iter().map(|(col, severity)| (place.row, col, severity)).collect();
            let row = place.of.as_ref().or(Some(tag));
            edits.insert(place.row_end, blanks(row, prefix, cells));
        }
    }
    let data = super::tags::elements(&tags, 1).into_iter().find(|element| element.open.begins("sheetData"));
    let data = data.ok_or_else(|| AnnotateError::Malformed(format!("{part}: sheetData ?")))?;
    let prefix = data.open.prefix();
    let rest: String =
        missing_rows.into_iter().map(|(row, cells)| whole_row(prefix, row, cells, &mut blanks)).collect();
    if !rest.is_empty() {
        edits.extend(&data, &rest, None);
    }
    for (tag, place) in &places {
        if let Some(severity) = place.cell().and_then(|at| marked.get(&at)) {
            let number = style(tag.number("s").unwrap_or(0), *severity);
            edits.replace(tag.start..tag.end, super::tags::set(tag.raw, "s", &number.to_string()));
        }
    }
    Ok(edits.finish())
}

type Blanks<'b> = dyn FnMut(Option<&Tag<'_>>, &str, Vec<(u32, u32, Severity)>) -> String + 'b;

fn whole_row(prefix: &str, row: u32, cells: BTreeMap<u32, Severity>, blanks: &mut Blanks<'_>) -> String {
    let cells = cells.into_iter().map(|(col, severity)| (row, col, severity)).collect();
    format!("<{prefix}row r=\"{}\">{}</{prefix}row>", row + 1, blanks(None, prefix, cells))
}

/// The style of a cell that a sheet does not hold: its row's, or its column's.
fn inherited(row: Option<&Tag<'_>>, columns: &[Tag<'_>], col: u32) -> usize {
    if let Some(style) = row.filter(|row| row.flag("customFormat")).and_then(|row| row.number("s")) {
        return style;
    }
    let holds = |tag: &&Tag<'_>| {
        let (first, last): (Option<u32>, Option<u32>) = (tag.number("min"), tag.number("max"));
        first.is_some_and(|first| first <= col + 1) && last.is_some_and(|last| col < last)
    };
    columns.iter().find(holds).and_then(|tag| tag.number("style")).unwrap_or(0)
}

/// A row or a cell of a sheet; both may leave out where they stand, and are then next to the one before.
struct Place<'a> {
    row: u32,
    /// `None` for the row itself.
    col: Option<u32>,
    /// The row that a cell is in.
    of: Option<Tag<'a>>,
    /// After the last of the row, the row ends here.
    is_last: bool,
    row_end: usize,
}

impl Place<'_> {
    fn cell(&self) -> Option<(u32, u32)> {
        Some((self.row, self.col?))
    }
}

fn places<'a>(tags: &[Tag<'a>]) -> Vec<(Tag<'a>, Place<'a>)> {
    let mut places: Vec<(Tag<'a>, Place<'a>)> = Vec::new();
    let mut in_data = false;
    let (mut next_row, mut next_col) = (0, 0);
    let mut row: Option<Tag<'a>> = None;
    for tag in tags {
        match tag.depth {
            1 => in_data = tag.kind == Kind::Open && tag.local() == "sheetData",
            2 if in_data && tag.begins("row") => {
                let at = tag.number("r").and_then(|r: u32| r.checked_sub(1)).unwrap_or(next_row);
                (next_row, next_col) = (at + 1, 0);
                row = Some(tag.clone());
                places.push((tag.clone(), Place { row: at, col: None, of: None, is_last: false, row_end: tag.end }));
            }
            2 if in_data && tag.ends("row") => {
                if let Some((_, last)) = places.last_mut() {
                    (last.is_last, last.row_end) = (true, tag.start);
                }
            }
            3 if in_data && tag.begins("c") => {
                let at = tag.attribute("r").and_then(|r| column(&r)).unwrap_or(next_col);
                next_col = at + 1;
                let row_at = next_row.saturating_sub(1);
                let place = Place { row: row_at, col: Some(at), of: row.clone(), is_last: false, row_end: tag.end };
                places.push((tag.clone(), place));
            }
            _ => {}
        }
    }
    places
}

/// The column, from 0, of `AB12`.
fn column(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let col = letters
        .fold(0u32, |col, b| col.saturating_mul(26).saturating_add(u32::from(b.to_ascii_uppercase() - b'A') + 1));
    col.checked_sub(1)
}

/// The sheet with a drawing of notes, which it does not have yet.
pub fn with_notes(part: &str, text: &str, relation: &str, namespace: &str) -> Result<String, AnnotateError> {
    let tags = read(part, text)?;
    let root = root(part, text)?;
    // An alternative for what comes after stands where that would.
    let after = tags.iter().enumerate().filter(|(_, tag)| tag.depth == 1).find(|(i, tag)| match tag.local() {
        "AlternateContent" if tag.kind == Kind::Open => {
            let within = tags[i + 1..].iter().take_while(|inner| inner.depth > 1);
            within.into_iter().any(|inner| AFTER_NOTES.contains(&inner.local()))
        }
        local => tag.kind != Kind::Close && AFTER_NOTES.contains(&local),
    });
    let element = format!("<{}legacyDrawing xmlns:r=\"{namespace}\" r:id=\"{relation}\"/>", root.open.prefix());
    let mut edits = Edits::of(text);
    match after {
        Some((_, tag)) => edits.insert(tag.start, element),
        None => edits.extend(&root, &element, None),
    }
    Ok(edits.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, cells: &[(u32, u32)]) -> String {
        let cells = cells.iter().map(|at| (*at, Severity::Error)).collect();
        mark("sheet", text, &cells, &mut |style, _| style + 10).expect("a sheet")
    }

    #[test]
    fn cells_that_are_not_there_are_put_in_order() {
        let text = "<x:worksheet><x:cols><x:col min=\"3\" max=\"4\" style=\"5\"/></x:cols><x:sheetData><x:row r=\"2\" s=\"3\" customFormat=\"1\"><x:c r=\"B2\" s=\"1\"><x:v>1</x:v></x:c><x:c r=\"D2\"/></x:row><x:row r=\"4\"/></x:sheetData></x:worksheet>";
        let expected = "<x:worksheet><x:cols><x:col min=\"3\" max=\"4\" style=\"5\"/></x:cols><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" s=\"10\"/></x:row><x:row r=\"2\" s=\"3\" customFormat=\"1\"><x:c r=\"B2\" s=\"11\"><x:v>1</x:v></x:c><x:c r=\"C2\" s=\"13\"/><x:c r=\"D2\"/><x:c r=\"AA2\" s=\"13\"/></x:row><x:row r=\"4\"><x:c r=\"C4\" s=\"15\"/></x:row><x:row r=\"6\"><x:c r=\"A6\" s=\"10\"/></x:row></x:sheetData></x:worksheet>";
        assert_eq!(marked(text, &[(0, 0), (1, 1), (1, 2), (1, 26), (3, 2), (5, 0)]), expected);
    }

    #[test]
    fn rows_and_cells_without_addresses_are_counted() {
        let text =
            "<worksheet><sheetData><row><c/><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>";
        let expected = "<worksheet><sheetData><row><c/><c s=\"10\"><v>2</v></c></row><row><c><v>3</v></c><c r=\"B2\" s=\"10\"/></row></sheetData></worksheet>";
        assert_eq!(marked(text, &[(0, 1), (1, 1)]), expected);
        assert_eq!(
            marked("<worksheet><sheetData/></worksheet>", &[(0, 0)]),
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"10\"/></row></sheetData></worksheet>"
        );
    }

    #[test]
    fn the_drawing_of_notes_stands_where_the_schema_has_it() {
        let text = "<worksheet><sheetData/><drawing/><mc:AlternateContent><controls/></mc:AlternateContent><tableParts/></worksheet>";
        let expected = "<worksheet><sheetData/><drawing/><legacyDrawing xmlns:r=\"n\" r:id=\"rId1\"/><mc:AlternateContent><controls/></mc:AlternateContent><tableParts/></worksheet>";
        assert_eq!(with_notes("sheet", text, "rId1", "n").expect("a sheet"), expected);
    }
}
