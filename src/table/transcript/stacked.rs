//! Tables each cell of which stands on a line of its own: what copying out of some pages leaves of them.
//!
//! `Belopp i kr`, `2019`, `2018`, `Bank`, `6 693 360`, `5 762 394` … The heading says how many columns there are; where
//! as many figures follow the labels, row after row, each has its place. Where they do not, nothing is laid out: a blank
//! cell leaves no trace, and the figures of a row that lacks one could stand in any column.

use super::packed::items::{Item, items};
use super::{LABEL_WORDS, MOST_BLANK, MOST_COLUMNS, MOST_NOTES, equations, figures};
use crate::grid::{Cell, Grid, Source, Value};
use crate::table::heading;
use crate::words::{self, Class, titles};

/// Fewer rows are no table.
const LEAST_ROWS: usize = 2;
/// No heading of one column is longer than this, in bytes.
const MOST_BYTES: usize = 60;

/// A line of the document.
#[derive(Clone, Copy)]
struct Line<'a> {
    row: u32,
    text: &'a str,
}

/// A table in the making: rows of cells, each where it stands in the document and in which column.
#[derive(Default)]
struct Stack {
    rows: Vec<Vec<(u32, usize)>>,
    /// The lines it takes, from the first to the last.
    lines: usize,
}

/// What heads the columns.
struct Head {
    corner: Option<usize>,
    note: Option<usize>,
    columns: std::ops::Range<usize>,
}

/// Lays out the tables whose cells stand one a line; their rows take the place of the lines, from the first on.
pub fn lay(grid: &mut Grid) {
    if grid.source != Source::Text {
        return;
    }
    let lines: Vec<Line> = grid
        .rows()
        .filter_map(|(row, cells)| match cells {
            [only] if only.col == 0 => Some(Line { row, text: only.text()?.trim() }),
            _ => None,
        })
        .collect();
    let (mut laid, mut taken) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        let stack = head(&lines, at).and_then(|head| stack(&lines, &head));
        let Some(stack) = stack else {
            at += 1;
            continue;
        };
        let own = &lines[at..at + stack.lines];
        taken.extend(own.iter().map(|line| line.row));
        for (row, cells) in (own[0].row..).zip(&stack.rows) {
            laid.extend(cells.iter().map(|&(col, line)| ((row, col), lines[line])));
        }
        at += stack.lines;
    }
    if laid.is_empty() {
        return;
    }
    let moved = laid.iter().map(|&(here, line)| (here, (line.row, 0))).collect();
    let cell = |&((row, col), line): &((u32, u32), Line)| {
        let style = grid.get(line.row, 0).map(|cell| cell.style).unwrap_or_default();
        Cell::new(row, col, Value::Text(line.text.into())).styled(style)
    };
    let mut cells: Vec<Cell> = laid.iter().map(cell).collect();
    cells.extend(grid.cells().iter().filter(|cell| taken.binary_search(&cell.row).is_err()).cloned());
    let styled = grid.styled;
    *grid = Grid::new(grid.input, grid.sheet.clone(), grid.source, cells);
    (grid.styled, grid.moved) = (styled, moved);
}

/// The heading that begins at a line: a unit, `Not`, and lines each of which says a period or a measure.
fn head(lines: &[Line<'_>], at: usize) -> Option<Head> {
    if lines.get(at)?.text.len() > MOST_BYTES {
        return None;
    }
    let mut next = at;
    let mut take = |is: &dyn Fn(&str) -> bool| {
        let found = lines.get(next).is_some_and(|line| is(line.text)).then_some(next);
        next += usize::from(found.is_some());
        found
    };
    let corner = take(&heading::says_unit_only);
    let note = take(&|text| words::lookup(Class::Note, text).is_some());
    let count = lines[next..].iter().take_while(|line| heads_column(line.text)).count();
    let together = lines[at..next + count].windows(2).all(|pair| pair[1].row == pair[0].row + 1);
    ((1..=MOST_COLUMNS).contains(&count) && together).then(|| Head { corner, note, columns: next..next + count })
}

/// Whether a line is the heading of one column, and nothing else.
fn heads_column(text: &str) -> bool {
    if text.len() > MOST_BYTES {
        return false;
    }
    let read = heading::read(text);
    read.speaks()
        && read.rest.is_empty()
        && read.unit.is_none()
        && !titles::title(text, false).is_some_and(|title| title.is_strong())
}

/// The rows below a heading, if every label has as many figures as there are columns.
fn stack(lines: &[Line<'_>], heading: &Head) -> Option<Stack> {
    let columns = heading.columns.len();
    let base = 1 + u32::from(heading.note.is_some());
    let first = heading.corner.or(heading.note).unwrap_or(heading.columns.start);
    let corner = heading.corner.map(|line| (0, line)).into_iter().chain(heading.note.map(|line| (1, line)));
    let mut stack = Stack { rows: vec![corner.chain((base..).zip(heading.columns.clone())).collect()], lines: 0 };
    let (mut at, mut full, mut totals) = (heading.columns.end, 0, 0);
    let mut end = at;
    while lines.get(at).is_some_and(|line| is_label(line.text) && near(lines, at)) {
        let label = at;
        at += 1;
        let noted = heading.note.is_some() && lines.get(at).is_some_and(|line| is_reference(line.text));
        // `Not 3` is no figure; `3` is.
        let written = noted && !is_figure(lines[at].text);
        // The number of a page stands apart.
        let from = at + usize::from(written);
        let figures = (from..lines.len()).take_while(|&i| is_figure(lines[i].text) && !apart(lines, i)).count();
        let heads = head(lines, label).or_else(|| head(lines, at)).is_some();
        if heads && (figures != columns || apart(lines, label)) {
            break;
        }
        let mut row = vec![(0, label)];
        match (figures, columns) {
            // A label alone heads the rows below it.
            (0, _) if !written => {
                stack.rows.push(row);
                continue;
            }
            (found, columns) if found == columns => {}
            (found, columns) if noted && !written && found == columns + 1 => {}
            _ => return None,
        }
        let skipped = usize::from(written || figures > columns);
        row.extend((skipped > 0).then_some((1, at)));
        row.extend((base..).zip(at + skipped..at + skipped + columns));
        at += skipped + columns;
        totals += usize::from(equations::is_total(lines[label].text));
        full += 1;
        end = at;
        stack.rows.push(row);
    }
    let last = stack.rows.iter().rposition(|row| row.len() > 1)?;
    stack.rows.truncate(last + 1);
    stack.lines = end - first;
    // Two rows without a total could be anything that has a number.
    (full > LEAST_ROWS || full == LEAST_ROWS && totals > 0).then_some(stack)
}

fn near(lines: &[Line<'_>], at: usize) -> bool {
    lines[at].row - lines[at - 1].row <= MOST_BLANK + 1
}

/// Whether a blank line parts a line from the one above.
fn apart(lines: &[Line<'_>], at: usize) -> bool {
    lines[at].row > lines[at - 1].row + 1
}

fn is_label(text: &str) -> bool {
    let words = text.split_whitespace().count();
    text.starts_with(|c: char| c.is_alphabetic() || "–-(".contains(c))
        && words <= LABEL_WORDS
        && !words::is_sentence(text)
        && !is_figure(text)
        && !heads_column(text)
        && !titles::title(text, false).is_some_and(|title| title.is_strong())
}

/// Whether a line is one figure and nothing else.
fn is_figure(text: &str) -> bool {
    let found = items(text);
    let groups: Vec<_> = found.iter().map(|item: &Item| item.group.clone()).collect();
    found.first().is_some_and(|item| item.start == 0) && figures::could_be(&groups, 1)
}

/// Whether a line refers to a note: `3`, `Not 3`.
fn is_reference(text: &str) -> bool {
    let number = match text.split_once(' ') {
        Some((word, number)) if words::lookup(Class::Note, word).is_some() => number,
        Some(_) => return false,
        None => text,
    };
    number.parse::<u32>().is_ok_and(|number| (1..=MOST_NOTES).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a text as they are laid out, each with the line (from 1) where its first cell stands.
    fn shown(text: &str) -> Vec<String> {
        let cell = |(row, line): (u32, &str)| Cell::new(row, 0, Value::Text(line.into()));
        let lines = (0..).zip(text.lines()).filter(|(_, line)| !line.is_empty());
        let mut grid = Grid::new(0, "", Source::Text, lines.map(cell).collect());
        lay(&mut grid);
        let row = |(row, cells): (u32, &[Cell])| {
            let texts: Vec<&str> = cells.iter().map(|cell| cell.text().unwrap_or_default()).collect();
            format!("{}:{}", grid.origin(row, cells[0].col).0 + 1, texts.join("|"))
        };
        grid.rows().map(row).collect()
    }

    #[test]
    fn cells_on_lines_of_their_own_become_rows() {
        let text = "Balansräkning\nBelopp i kr\nNot\n2019\n2018\nTILLGÅNGAR\nFordringar\nNot 3\n698 102\n253 755\nBank\n4\n\
                    6 693 360\n5 762 394\nSumma tillgångar\n7 391 462\n6 016 149\n\n7\nFörbundet 2019";
        let expected = [
            "1:Balansräkning",
            "2:Belopp i kr|Not|2019|2018",
            "6:TILLGÅNGAR",
            "7:Fordringar|Not 3|698 102|253 755",
            "11:Bank|4|6 693 360|5 762 394",
            "15:Summa tillgångar|7 391 462|6 016 149",
            "19:7",
            "20:Förbundet 2019",
        ];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn where_a_cell_is_missing_nothing_is_laid_out() {
        let text =
            "2019\n2018\nFordringar\n698 102\nBank\n6 693 360\n5 762 394\nSumma tillgångar\n7 391 462\n5 762 394";
        assert_eq!(shown(text).len(), text.lines().count());
    }

    #[test]
    fn the_next_table_begins_at_its_title() {
        let text = "2019\nBank\n100\nFordringar\n20\nSumma\n120\n\nBalanskrav\n2019\nRänta\n7\nAvgår\n0\nSumma\n7";
        let expected =
            ["1:2019", "2:Bank|100", "4:Fordringar|20", "6:Summa|120", "9:Balanskrav", "10:2019", "11:Ränta|7"];
        assert_eq!(shown(text)[..7], expected);
    }
}
