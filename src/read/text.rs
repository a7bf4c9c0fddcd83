//! Text documents → one grid: a line is a row, tab-separated fields and the fields of Markdown tables are cells,
//! the columns that only spaces hold
//! apart are cells too, prose is one cell in the first column.

use super::aligned::{self, Field};
use super::error::ReadError;
use super::limits::Allowance;
use super::markup::{self, Carried};
use crate::grid::{Cell, Grid, Source, Value};

pub(super) fn read(text: &str, input: usize, allowance: &mut Allowance) -> Result<Grid, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = lines(text).collect();
    let aligned = aligned::fields(&lines);
    let mut cells = Vec::new();
    let mut styled = false;
    let mut in_table = false;
    let mut carried = Carried::default();
    for (row, line) in lines.iter().enumerate() {
        if is_rule(line) {
            in_table = true;
            continue;
        }
        if is_drawn(line) {
            continue;
        }
        let next_is_rule = lines.get(row + 1).is_some_and(|next| is_rule(next));
        in_table = line.contains('|') && (in_table || next_is_rule || is_fenced(line));
        if line.trim().is_empty() {
            carried = Carried::default();
            continue;
        }
        let (heading, rest) = heading(line);
        let closes_below = |mark: &str| {
            lines[row + 1..]
                .iter()
                .take(SPAN_LINES)
                .take_while(|line| !line.trim().is_empty())
                .any(|l| l.contains(mark))
        };
        let fields = match &aligned[row] {
            Some(fields) if !heading => fields.clone(),
            _ if in_table => numbered(table_fields(rest)),
            _ => numbered(rest.split('\t').collect()),
        };
        for (col, field) in fields {
            let plain = markup::strip(field, &mut carried, &closes_below);
            let trimmed = plain.text.trim();
            if trimmed.is_empty() {
                continue;
            }
            allowance.take(trimmed.len())?;
            let mut cell = Cell::new(row as u32, col, Value::Text(trimmed.into()));
            cell.style.bold = heading || plain.bold;
            cell.style.italic = plain.italic;
            cell.style.indent = indent(field);
            styled |= cell.style.bold || cell.style.italic;
            cells.push(cell);
        }
    }
    let mut grid = Grid::new(input, "", Source::Text, cells);
    grid.styled = styled;
    Ok(grid)
}

/// Emphasis that is opened in one line and closed in another spans a title, not a page.
const SPAN_LINES: usize = 4;

/// Whether a text has a table as Markdown writes them: a rule of dashes under a line of fields.
pub(super) fn has_markdown_table(text: &str) -> bool {
    let mut above = "";
    lines(text).any(|line| {
        let found = is_rule(line) && above.contains('|');
        above = line;
        found
    })
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    // Old Macs ended lines by a carriage return alone.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split(end).map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// `|---|:--:|`: the rule of a Markdown table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// `-----  -----`, `+====+`: a line that a table is drawn with.
pub(super) fn is_drawn(line: &str) -> bool {
    let drawn = |c: char| matches!(c, '-' | '=' | '_' | '+' | '|' | ':' | ' ' | '\t');
    ["---", "===", "___"].iter().any(|run| line.contains(run)) && line.chars().all(drawn)
}

fn is_fenced(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// The fields of a table's line, without the bars around it.
fn table_fields(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(line);
    let mut fields = Vec::new();
    let mut start = 0;
    for (i, _) in line.match_indices('|') {
        if !line[..i].ends_with('\\') {
            fields.push(line[start..i].trim());
            start = i + 1;
        }
    }
    fields.push(line[start..].trim());
    fields
}

/// Fields, each in a column of its own.
fn numbered(fields: Vec<&str>) -> Vec<Field<'_>> {
    fields.into_iter().zip(0u32..).map(|(field, col)| (col, field)).collect()
}

/// A Markdown heading without its marks.
fn heading(line: &str) -> (bool, &str) {
    let start = line.trim_start();
    let rest = start.trim_start_matches('#');
    match start.len() - rest.len() {
        1..=6 if rest.starts_with([' ', '\t']) => (true, rest.trim().trim_end_matches('#').trim_end()),
        _ => (false, line),
    }
}

/// Two spaces are a step in.
fn indent(field: &str) -> u8 {
    let spaces = field.chars().take_while(|&c| c == ' ' || c == '\u{a0}').count();
    u8::try_from(spaces / 2).unwrap_or(u8::MAX).min(15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::a1;
    use crate::read::limits::Limits;

    fn shown(text: &str) -> Vec<String> {
        let grid = read(text, 0, &mut Allowance::new(&Limits::default())).unwrap();
        let look = |cell: &Cell| match (cell.style.bold, cell.style.italic) {
            (true, _) => "*",
            (_, true) => "/",
            _ => "",
        };
        grid.cells().iter().map(|c| format!("{} {}{}", a1(c.row, c.col), look(c), c.text().unwrap())).collect()
    }

    #[test]
    fn tabs_part_fields_and_prose_is_one() {
        assert_eq!(
            shown("Resultaträkning\r\n\t2019\t2018\r\n\r\n<b>Summa</b>\t2 500 000\t\t7,5 %\r\n"),
            ["A1 Resultaträkning", "B2 2019", "C2 2018", "A4 *Summa", "B4 2 500 000", "D4 7,5 %"]
        );
    }

    #[test]
    fn markdown_tables_with_and_without_bars_around() {
        assert_eq!(
            shown(
                "## Noter ##\n\n| Not 1 | 2019 |\n|:--|--:|\n| **Summa** | \\-5 759 |\n\nett | två\n--- | ---\n1 | 2\n\na | b"
            ),
            [
                "A1 *Noter",
                "A3 Not 1",
                "B3 2019",
                "A5 *Summa",
                "B5 -5 759",
                "A7 ett",
                "B7 två",
                "A9 1",
                "B9 2",
                "A11 a | b"
            ]
        );
    }

    #[test]
    fn emphasis_over_two_lines() {
        assert_eq!(shown("**SAMORDNINGS  \nFÖRBUNDET**\nSödra"), ["A1 *SAMORDNINGS", "A2 *FÖRBUNDET", "A3 Södra"]);
        assert_eq!(shown("** se not"), ["A1 ** se not"]);
    }
}
