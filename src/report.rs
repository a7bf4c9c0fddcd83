//! What was found → what is read: one file a form. Nothing here prints; the program does that.

pub mod baseline;
pub mod bodies;
pub mod diff_json;
mod documents;
mod evidence;
pub mod github;
pub mod html;
pub mod inspect_json;
pub mod json;
pub mod junit;
pub(crate) mod ledgers;
mod matrix;
mod order;
mod proof;
pub mod rules_json;
pub mod sarif;
pub mod short;
mod shown;
pub mod terminal;
pub mod trial_json;
mod wording;

use crate::book::Book;
use crate::finding::{Finding, Role};
use crate::grid::{At, Source, a1};
use crate::rules::{RULES, Rule};

/// Where a cell stands, as people and editors read it: `bokslut.xlsx:KF!B9`, in a csv file `budget.csv:B9`, and in
/// a text document the line and the field, `protokoll.txt:12:2`.
pub fn place(book: &Book, at: At) -> String {
    let grid = &book.grids[at.grid as usize];
    let path = book.inputs[grid.input].path.display();
    match grid.source {
        Source::Text | Source::Ledger => {
            let (row, col) = grid.origin(at.row, at.col);
            format!("{path}:{}:{}", row + 1, col + 1)
        }
        _ if grid.sheet.is_empty() => format!("{path}:{}", a1(at.row, at.col)),
        _ => format!("{path}:{}!{}", grid.sheet, a1(at.row, at.col)),
    }
}

/// The place within its file: `KF!B9`, `12:2`.
pub fn place_in_file(book: &Book, at: At) -> String {
    let whole = place(book, at);
    let path = book.inputs[book.grids[at.grid as usize].input].path.display().to_string();
    whole.strip_prefix(&path).map_or(whole.as_str(), |rest| rest.trim_start_matches(':')).to_owned()
}

/// The line and the column, from 1, of a cell in a file that has lines; a workbook has none.
pub fn line(book: &Book, at: At) -> Option<(u32, u32)> {
    let grid = &book.grids[at.grid as usize];
    let (row, col) = grid.origin(at.row, at.col);
    (grid.source != Source::Workbook).then_some((row + 1, col + 1))
}

/// The cell of a finding that is shown first: the suspect, else the figure that does not agree.
pub fn primary(finding: &Finding) -> Option<At> {
    finding.suspect.or_else(|| stated(finding))
}

/// The cell of the figure that `stated` tells.
pub fn stated(finding: &Finding) -> Option<At> {
    let total = finding.cells.iter().find(|(_, role)| *role == Role::Total);
    total.or(finding.cells.first()).map(|(at, _)| *at)
}

pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// The statement in whose area a cell stands.
pub fn statement_of(book: &Book, at: At) -> Option<usize> {
    let holds = |table: &crate::table::Table| {
        table.grid == at.grid
            && (table.area.holds(at.row, at.col)
                || table.title.iter().any(|title| title.at == at)
                || table.columns.iter().any(|column| column.at == Some(at)))
    };
    let first = book.statements.partition_point(|statement| statement.table.grid < at.grid);
    let mut here = book.statements[first..].iter().take_while(|statement| statement.table.grid == at.grid);
    here.position(|statement| holds(&statement.table)).map(|i| first + i)
}

/// The first sentence of a rule's story, its marks of Markdown taken away.
pub fn first_sentence(story: &str) -> String {
    let paragraph = story.trim().split("\n\n").find(|part| !part.trim_start().starts_with('#')).unwrap_or("");
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ").replace(['*', '`'], "");
    // "2 kap. 4 §" is no end of a sentence.
    let ends = |&i: &usize| line[i + 2..].starts_with(char::is_uppercase);
    let end = line.match_indices(". ").map(|(i, _)| i).find(ends);
    match end {
        Some(i) => line[..=i].to_string(),
        None => line,
    }
}
