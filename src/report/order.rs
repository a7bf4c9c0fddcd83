//! The order in which findings are told: that of the documents, whatever the form.

use super::{primary, statement_of};
use crate::book::Book;
use crate::check::Report;
use crate::finding::Finding;

/// Where a finding belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The group of files that it is about, where these are of several bodies.
    pub group: usize,
    /// Findings about no cell come last.
    pub nowhere: bool,
    pub grid: u32,
    /// The first row of its statement, or its own.
    top: u32,
    pub statement: Option<usize>,
    cell: (u32, u32),
}

impl Place {
    fn of(book: &Book, group: usize, found: &Finding) -> Place {
        let Some(at) = primary(found) else {
            return Place { group, nowhere: true, grid: 0, top: 0, statement: None, cell: (0, 0) };
        };
        let statement = statement_of(book, at);
        let top = statement.map_or(at.row, |i| book.statements[i].table.area.first_row);
        Place { group, nowhere: false, grid: at.grid, top, statement, cell: (at.row, at.col) }
    }
}

/// The findings with their places, in order; those of one cell as the rules gave them.
pub fn findings<'a>(book: &Book, report: &'a Report) -> Vec<(Place, &'a Finding)> {
    let several = book.is_of_several();
    let mut findings: Vec<(Place, &Finding)> = report
        .findings
        .iter()
        .map(|found| (Place::of(book, if several { found.group } else { 0 }, found), found))
        .collect();
    findings.sort_by_key(|(place, _)| *place);
    findings
}
