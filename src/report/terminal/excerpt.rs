//! A piece of a sheet as the reader would see it there: its column letters above, its row numbers in the gutter,
//! the rows that a finding is about, what takes part in it marked.

use super::page::{BAD, BOLD, DIM, GUTTER, PART, PLAIN, cut, left, narrowest, paint, right, spaces, width, wrap};
use crate::grid::{Grid, column_name};
use crate::report::evidence::{Mark, Pointer, Window, rows};
use crate::report::shown::text;

/// A label may take this many lines, and a text outside the tables so many.
const LINES: usize = 2;
const TEXT_LINES: usize = 6;
const HEADING_LINES: usize = 3;
const GAP: usize = 2;

/// No heading asks for more, however long its words are.
const WIDE: usize = 24;

/// A column of the excerpt.
struct Column {
    col: u32,
    figures: bool,
    sign: usize,
    width: usize,
    /// What its cells show, a text a row.
    texts: Vec<String>,
}

/// The lines of the excerpt, without what is left of its gutter. `gutter` is how wide the row numbers are.
pub fn excerpt(grid: &Grid, window: &Window, marks: &[Mark], gutter: usize, to: usize) -> Vec<String> {
    let rows = rows(grid, window, marks);
    let columns = columns(grid, window, marks, &rows, to.saturating_sub(gutter + 3));
    let bar = |number: &str| paint(GUTTER, &(right(number, gutter) + " │ "));
    let further = bar("");
    let mut lines = vec![further.clone() + &letters(&columns)];
    let mut last: Option<u32> = None;
    for (at, &row) in rows.iter().enumerate() {
        if last.is_some_and(|last| grid.rows_between(last, row).next().is_some()) {
            lines.push(paint(GUTTER, &(right("", gutter) + " ⋮")));
        }
        last = Some(row);
        let mut shown = cells(window, &columns, marks, (at, row)).into_iter();
        lines.extend(shown.next().map(|line| bar(&(row + 1).to_string()) + &line));
        lines.extend(shown.map(|line| further.clone() + &line));
        for mark in marks.iter().filter(|mark| mark.row == row) {
            if mark.pointer > Pointer::None {
                let pointed = pointer(&columns, mark, at, to.saturating_sub(gutter + 3));
                lines.extend(pointed.iter().map(|line| further.clone() + line));
            }
        }
    }
    lines
}

/// The columns that are shown and their widths: all of the table where they fit, else those with marks.
fn columns(grid: &Grid, window: &Window, marks: &[Mark], rows: &[u32], to: usize) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for col in window.columns.0..=window.columns.1.min(window.columns.0 + 200) {
        let figures = window.figures.contains(&col);
        let shown = |row| grid.get(row, col).map(|cell| text(cell, window.headings.contains(&row)));
        let texts: Vec<String> = rows.iter().map(|&row| shown(row).unwrap_or_default()).collect();
        if texts.iter().all(String::is_empty) && !marks.iter().any(|mark| mark.col == col) {
            continue;
        }
        let sign = marks.iter().filter(|mark| mark.col == col).map(|mark| width(mark.sign)).max().unwrap_or(0);
        let of = |heading: bool| {
            let told = rows.iter().zip(&texts).filter(move |(row, _)| window.headings.contains(row) == heading);
            told.map(|(_, text)| text).filter(|text| !text.is_empty())
        };
        let widest = |heading: bool| of(heading).map(|text| width(text)).max().unwrap_or(0);
        // Headings are wrapped, so they ask for no more than their lines need.
        let narrowest = |text: &str| narrowest(text, HEADING_LINES).min(WIDE);
        let heading = of(true).map(|text| narrowest(text)).max().unwrap_or(0);
        let asked = if figures { widest(false).max(heading) } else { widest(false).max(widest(true).min(WIDE)) };
        columns.push(Column { col, figures, sign, width: asked.max(1), texts });
    }
    let asked: Vec<(u32, usize)> = columns.iter().map(|column| (column.col, column.width)).collect();
    fit(&mut columns, marks, to);
    // What a dropped column leaves goes back to the texts that were narrowed for it.
    let mut spare = to.saturating_sub(total(&columns));
    for column in columns.iter_mut().filter(|column| !column.figures) {
        let wanted = asked.iter().find(|(col, _)| *col == column.col).map_or(0, |(_, width)| *width);
        let more = wanted.saturating_sub(column.width).min(spare);
        column.width += more;
        spare -= more;
    }
    columns
}

/// How wide the columns are together.
fn total(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.width + GAP + if column.sign > 0 { column.sign + 1 } else { 0 }).sum()
}

/// Narrows the texts, then drops unmarked columns of figures from the right, until the columns fit.
fn fit(columns: &mut Vec<Column>, marks: &[Mark], to: usize) {
    loop {
        let over = total(columns).saturating_sub(to);
        if over == 0 {
            return;
        }
        if let Some(text) = columns.iter_mut().filter(|c| !c.figures && c.width > 28).max_by_key(|c| c.width) {
            text.width = text.width.saturating_sub(over).max(28);
            continue;
        }
        let idle = |column: &Column| column.figures && !marks.iter().any(|mark| mark.col == column.col);
        if let Some(i) = columns.iter().rposition(idle) {
            columns.remove(i);
            continue;
        }
        match columns.iter_mut().filter(|c| c.width > 8).max_by_key(|c| c.width) {
            Some(widest) => widest.width = widest.width.saturating_sub(over).max(8),
            None => return,
        }
    }
}

fn letters(columns: &[Column]) -> String {
    let mut line = String::new();
    for column in columns {
        let name = column_name(column.col);
        let wide = column.width + if column.sign > 0 { column.sign + 1 } else { 0 };
        line.push_str(&if column.figures { right(&name, wide) } else { left(&name, wide) });
        line.push_str(&spaces(GAP));
    }
    paint(GUTTER, line.trim_end())
}

/// One row, on as many lines as its texts need. `at` is which of the rows shown it is.
fn cells(window: &Window, columns: &[Column], marks: &[Mark], (at, row): (usize, u32)) -> Vec<String> {
    let heading = window.headings.contains(&row);
    let most = match heading {
        true => HEADING_LINES,
        false if window.figures.is_empty() => TEXT_LINES,
        false => LINES,
    };
    let texts: Vec<Vec<String>> = columns
        .iter()
        .map(|column| {
            let text = &column.texts[at];
            let mut lines = match column.figures && !heading {
                true => vec![text.clone()],
                false => wrap(text, column.width),
            };
            if lines.len() > most {
                let rest = lines.split_off(most - 1).join(" ");
                lines.push(rest);
            }
            lines.iter_mut().filter(|line| width(line) > column.width).for_each(|line| *line = cut(line, column.width));
            lines
        })
        .collect();
    let takes_part = marks.iter().any(|mark| mark.row == row);
    let height = texts.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..height)
        .map(|i| {
            let mut line = String::new();
            for (column, lines) in columns.iter().zip(&texts) {
                let mark = marks.iter().find(|mark| (mark.row, mark.col) == (row, column.col));
                let style = match mark {
                    Some(mark) if mark.pointer == Pointer::Strong => BAD,
                    Some(_) => PART,
                    None if heading => BOLD,
                    None if takes_part && !column.figures => PLAIN,
                    None => DIM,
                };
                if column.sign > 0 {
                    let sign = mark.filter(|_| i == 0).map_or("", |mark| mark.sign);
                    line.push_str(&paint(style, sign));
                    line.push_str(&spaces(column.sign + 1 - width(sign)));
                }
                let text = lines.get(i).map_or("", String::as_str);
                let fill = spaces(column.width.saturating_sub(width(text)));
                // Only what is seen is painted, so that nothing is left at the end of a line.
                let text = paint(style, text);
                let (first, last) = if column.figures { (&*fill, &*text) } else { (&*text, &*fill) };
                line.push_str(first);
                line.push_str(last);
                line.push_str(&spaces(GAP));
            }
            line
        })
        .collect()
}

/// `^^^^^^^ should be …` under a cell; the words to the left of it where there is no room to the right.
fn pointer(columns: &[Column], mark: &Mark, at: usize, to: usize) -> Vec<String> {
    let (sign, style) = if mark.pointer == Pointer::Strong { ("^", BAD) } else { ("-", PART) };
    let note = &mark.note;
    let mut start = 0;
    for column in columns {
        let lead = if column.sign > 0 { column.sign + 1 } else { 0 };
        if column.col != mark.col {
            start += lead + column.width + GAP;
            continue;
        }
        start += lead;
        let long = width(&column.texts[at]).clamp(1, column.width);
        if column.figures {
            start += column.width - long;
        }
        let line = sign.repeat(long);
        if note.is_empty() || start + long + 1 + width(note) <= to {
            return vec![format!("{}{}", spaces(start), paint(style, format!("{line} {note}").trim_end()))];
        }
        if width(note) < start {
            return vec![format!("{}{}", spaces(start - 1 - width(note)), paint(style, &format!("{note} {line}")))];
        }
        let mut lines = vec![format!("{}{}", spaces(start), paint(style, &line))];
        lines.extend(wrap(note, to.max(24)).iter().map(|line| paint(style, line)));
        return lines;
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{Cell, Source, Value};
    use crate::money::{Amount, Money};

    fn grid() -> Grid {
        let text = |row, col, text: &str| Cell::new(row, col, Value::Text(text.into()));
        let number = |row, col, value| Cell::new(row, col, Value::Number(Amount::new(Money::from(value), 0)));
        let mut cells = vec![text(2, 0, "Kassaflödesanalys"), number(3, 1, 2019), number(3, 2, 2018)];
        for (row, label, now, before) in [
            (4, "Årets resultat", 5_759, -431_372),
            (5, "Justering", 0, 0),
            (6, "Medel från verksamheten", 5_759, -431_372),
            (7, "Fordringar", 287_972, -322_357),
            (8, "Skulder", 174_864, 501_652),
            (9, "Kassaflöde", 462_836, 179_295),
        ] {
            cells.extend([text(row, 0, label), number(row, 1, now), number(row, 2, before)]);
        }
        Grid::new(0, "KF", Source::Workbook, cells)
    }

    fn mark(row: u32, sign: &'static str, pointer: Pointer, note: &str) -> Mark {
        Mark { row, col: 1, sign, pointer, note: note.into() }
    }

    fn window() -> Window {
        Window { headings: vec![3], figures: vec![1, 2], columns: (0, 2) }
    }

    fn plain(marks: &[Mark], to: usize) -> String {
        let lines = excerpt(&grid(), &window(), marks, 2, to);
        let lines = lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n").replace('\u{a0}', " ");
        anstream::adapter::strip_str(&lines).to_string()
    }

    #[test]
    fn the_reader_sees_the_rows_of_the_equation_as_on_the_sheet() {
        let marks = [
            mark(6, "+", Pointer::None, ""),
            mark(8, "+", Pointer::None, ""),
            mark(9, "=", Pointer::Strong, "väntat 468 595"),
        ];
        let expected = "   │ A                                B         C
 4 │                               2019      2018
   ⋮
 7 │ Medel från verksamheten  +   5 759  -431 372
 8 │ Fordringar                 287 972  -322 357
 9 │ Skulder                  + 174 864   501 652
10 │ Kassaflöde               = 462 836   179 295
   │                            ^^^^^^^ väntat 468 595";
        assert_eq!(plain(&marks, 80), expected);
    }

    #[test]
    fn a_narrow_terminal_loses_the_columns_beside() {
        let shown = plain(&[mark(9, "=", Pointer::Strong, "väntat 468 595")], 36);
        let expected = "   │ A                   B
 4 │                  2019
   ⋮
10 │ Kassaflöde  = 462 836
   │               ^^^^^^^
   │ väntat 468 595";
        assert_eq!(shown, expected);
    }
}
