//! Lists whose cells run together with one space between them, as a page that is copied leaves them:
//! `1930 Bankkonto 1 912 600,75 -35 133,25 1 877 467,50` under `Konto Benämning Ing balans Period Utg balans`.
//!
//! The heading is parted by the names that columns of lists have. Accounting programs write every balance to the öre, so
//! the decimals part the figures of a row; only a list with a figure in every column of every account is read so.

use super::layout::Part;
use super::rows::sign;
use crate::grid::{Cell, Grid, Source, Value};
use crate::words::exports;
use crate::written::{Written, read_written};

/// A list that has lost its columns.
pub enum Packed {
    /// Laid out again: row for row where it was, each figure in a column of its own.
    LaidOut(Grid),
    /// It names itself and its columns, and nothing tells what of its rows stands in which.
    Undecided { first: u32, last: u32, rows: Vec<u32>, amounts: usize },
}

/// So many rows may stand above the heading.
const PREAMBLE: usize = 25;
/// The columns of the account and of its name.
const NAMES: u32 = 2;

/// The list that a text document is, where its lines have one cell each.
pub fn packed(grid: &Grid) -> Option<Packed> {
    if grid.source != Source::Text {
        return None;
    }
    let line = |cells: &[Cell]| match cells {
        [only] if only.col == 0 => only.text().map(str::to_owned),
        _ => None,
    };
    let mut above = grid.rows().take(PREAMBLE);
    let mut titled = false;
    let (heading, parts) = above.find_map(|(row, cells)| {
        let text = line(cells)?;
        let parts = heading(&text).filter(|_| titled);
        titled |= exports::report(&text).is_some();
        Some((row, parts?))
    })?;
    let columns: Vec<Part> = parts.iter().filter_map(|(_, part)| *part).filter(|part| part.is_amount()).collect();
    let mut cells = Vec::new();
    let (mut rows, mut amounts, mut accounts, mut placed) = (Vec::new(), 0, 0, true);
    let (first, mut last) = (heading, heading);
    for (row, own) in grid.rows() {
        let Some(text) = line(own).filter(|_| row >= heading) else {
            placed &= row < heading;
            cells.extend(own.iter().cloned());
            continue;
        };
        let put = |cells: &mut Vec<Cell>, col: u32, text: &str| {
            if !text.is_empty() {
                cells.push(Cell::new(row, col, Value::Text(text.into())));
            }
        };
        if let Some(parts) = self::heading(&text) {
            let mut figures = NAMES..;
            for (name, part) in &parts {
                let col = match part {
                    Some(part) if part.is_amount() => figures.next().unwrap_or(NAMES),
                    Some(Part::Name) => 1,
                    _ => 0,
                };
                put(&mut cells, col, name);
            }
            continue;
        }
        let (label, figures) = parted(&text, &columns, grid);
        if figures.is_empty() {
            put(&mut cells, 0, &label);
            continue;
        }
        rows.push(row);
        last = row;
        amounts += figures.len();
        let account = label.split_once(' ').filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
        placed &= figures.len() == columns.len();
        accounts += usize::from(account.is_some());
        let (number, name) = account.unwrap_or((&label, ""));
        put(&mut cells, 0, number);
        put(&mut cells, 1, name);
        (NAMES..).zip(&figures).for_each(|(col, figure)| put(&mut cells, col, figure));
    }
    let mut laid = Grid::new(grid.input, grid.sheet.clone(), grid.source, cells);
    laid.styled = grid.styled;
    match placed && accounts > 0 {
        true => Some(Packed::LaidOut(laid)),
        false => (amounts > 0).then_some(Packed::Undecided { first, last, rows, amounts }),
    }
}

/// A heading by the names of its columns, the words before the first of them apart. One column of amounts is a heading
/// only beside that of the accounts.
fn heading(text: &str) -> Option<Vec<(String, Option<Part>)>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut parts, mut at) = (Vec::new(), 0);
    let mut before = Vec::new();
    while at < words.len() {
        match exports::longest(&words[at..]) {
            Some((name, count)) => {
                parts.push((words[at..at + count].join(" "), Some(Part::of(name)?)));
                at += count;
            }
            None if parts.is_empty() => {
                before.push(words[at]);
                at += 1;
            }
            None => return None,
        }
    }
    let amounts = parts.iter().filter(|(_, part)| part.is_some_and(Part::is_amount)).count();
    let headed = amounts > 1 || (amounts == 1 && parts.iter().any(|(_, part)| *part == Some(Part::Account)));
    if !before.is_empty() {
        parts.insert(0, (before.join(" "), None));
    }
    headed.then_some(parts)
}

/// A row's words and the figures after them, of which each has its decimals.
fn parted(text: &str, columns: &[Part], grid: &Grid) -> (String, Vec<String>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut end = words.len();
    let mut figures = Vec::new();
    while let Some(begin) = (figures.len() < columns.len()).then(|| figure(&words[..end])).flatten() {
        figures.insert(0, words[begin..end].join(" "));
        end = begin;
    }
    // The digits before the first figure may end the label (`Insats 2`): the row itself tells, if anything does.
    if figures.len() == columns.len() && !adds_up(&figures, columns, grid) {
        let first: Vec<&str> = figures[0].split(' ').collect();
        for taken in 1..first.len() {
            let shorter = first[taken..].join(" ");
            let other: Vec<String> = [shorter].into_iter().chain(figures[1..].iter().cloned()).collect();
            if adds_up(&other, columns, grid) {
                return (words[..end + taken].join(" "), other);
            }
        }
    }
    (words[..end].join(" "), figures)
}

/// Where the figure begins that words end with: `1 912 600,75`, `-52,00`, `31 200,00-`.
fn figure(words: &[&str]) -> Option<usize> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (last, before) = words.split_last()?;
    let (whole, decimals) = last.strip_suffix('-').unwrap_or(last).split_once(',')?;
    let unsigned = |text: &str| text.trim_start_matches(['-', '−']).to_owned();
    if decimals.len() != 2 || !digits(decimals) || !digits(&unsigned(whole)) {
        return None;
    }
    let mut begin = before.len();
    let mut leading = whole;
    // Thousands go on to the left while the group is a full one and has no sign.
    while leading.len() == 3
        && digits(leading)
        && let Some(group) = begin.checked_sub(1).map(|at| words[at])
        && (1..=3).contains(&unsigned(group).len())
        && digits(&unsigned(group))
    {
        (begin, leading) = (begin - 1, group);
    }
    Some(begin)
}

/// Whether a row's figures make its closing balance.
fn adds_up(figures: &[String], columns: &[Part], grid: &Grid) -> bool {
    let sign = sign(grid);
    let value = |part: Part| {
        let at = columns.iter().position(|own| *own == part)?;
        match read_written(&figures[at], sign) {
            Written::Figure(figure) => Some(figure.amount.value),
            _ => None,
        }
    };
    let sides = value(Part::Debit).zip(value(Part::Credit)).map(|(debit, credit)| debit - credit);
    let (Some(closing), Some(moved)) = (value(Part::Closing), value(Part::Change).or(sides)) else { return true };
    let openings = [value(Part::Opening), value(Part::Carried)];
    openings.iter().all(Option::is_none) || openings.into_iter().flatten().any(|opening| opening + moved == closing)
}
