//! Finds the twin's tables in the seed text: the map from places to lines and tab fields.
//!
//! That every row is found where the twin says is also the proof that the twin is the printed table.

use super::Result;
use super::place::{Places, a1};
use super::twin::{Prose, Row, Table, Twin};

/// The places of all tables, in the order of the text.
pub fn places(twin: &Twin, text: &str) -> Result<Places> {
    let lines: Vec<Vec<String>> = text.lines().map(fields).collect();
    let mut places = Places::default();
    let mut from = 0;
    for table in &twin.tables {
        from = match find(table, &lines, from) {
            Some(first) => {
                add_lines(&mut places, table, &lines, first);
                first + table.rows.len()
            }
            None => add_run_on(&mut places, table, text)?,
        };
    }
    Ok(places)
}

/// The fields of a line without bold marks.
fn fields(line: &str) -> Vec<String> {
    line.split('\t').map(|field| field.replace("<b>", "").replace("</b>", "").trim().to_owned()).collect()
}

/// The first line at or after `from` where the whole table stands.
fn find(table: &Table, lines: &[Vec<String>], from: usize) -> Option<usize> {
    let rows = &table.rows;
    (from..=lines.len().checked_sub(rows.len())?)
        .find(|&first| rows.iter().zip(&lines[first..]).all(|(row, line)| same(row, line)))
}

fn same(row: &Row, line: &[String]) -> bool {
    let empty = String::new();
    let width = row.cells.len().max(line.len());
    (0..width).all(|i| row.cells.get(i).unwrap_or(&empty) == line.get(i).unwrap_or(&empty))
}

fn add_lines(places: &mut Places, table: &Table, lines: &[Vec<String>], first: usize) {
    let titled = (0..first).rev().take(8).find(|&line| lines[line].len() == 1 && lines[line][0] == table.title);
    if let Some(line) = titled.filter(|_| !table.title.is_empty()) {
        places.add(table, "(title)", "label", "", a1(line as u32, 0));
    }
    for (row, line) in table.rows.iter().zip(first..) {
        places.add_row(table, row, "", |column| a1(line as u32, column));
    }
}

/// A table whose cells ran together on one line, which begins with its title and heading and holds every
/// label: every place is that line.
fn add_run_on(places: &mut Places, table: &Table, text: &str) -> Result<usize> {
    let heading = table.rows.iter().take(1).flat_map(|row| row.cells.iter());
    let start: Vec<&str> = [&table.title].into_iter().chain(heading).map(String::as_str).collect();
    let start = start.join(" ");
    let found = text.lines().enumerate().find(|(_, line)| line.starts_with(start.trim_start()));
    let (at, line) = found.ok_or_else(|| format!("{} is not in the seed", table.key))?;
    if let Some(row) = table.rows.iter().find(|row| !line.contains(&row.cells[0])) {
        return Err(format!("line {} of the seed lacks {}", at + 1, row.name).into());
    }
    if !table.title.is_empty() {
        places.add(table, "(title)", "label", "", a1(at as u32, 0));
    }
    for row in &table.rows {
        places.add_row(table, row, "", |_| a1(at as u32, 0));
    }
    Ok(at)
}

/// Figures in running text: table `prose`, column A of the line that holds the quote.
pub fn add_prose(places: &mut Places, prose: &[Prose], text: &str) -> Result<()> {
    for Prose { name, column, line, quote } in prose {
        let at = line.checked_sub(1).ok_or("lines count from 1")?;
        if !text.lines().nth(at).is_some_and(|text| text.contains(quote.as_str())) {
            return Err(format!("line {line} of the seed does not say: {quote}").into());
        }
        places.insert(["prose", name, column], "", a1(at as u32, 0));
    }
    Ok(())
}
