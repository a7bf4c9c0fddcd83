//! The whole report: findings by statement, in the order of the documents, and what the silence is worth.

use super::page::{BOLD, DIM, Page, UNDERLINE, paint};
use super::{Look, finding, name, summary, whereabouts};
use crate::book::Book;
use crate::check::Report;
use crate::finding::Finding;
use crate::report::{primary, statement_of};

/// The report of a book as text.
pub fn check(book: &Book, report: &Report, look: &Look) -> String {
    let mut page = Page::new(look.width);
    let mut findings: Vec<(Place, &Finding)> =
        report.findings.iter().map(|found| (Place::of(book, found), found)).collect();
    findings.sort_by_key(|(place, _)| *place);
    let mut last = None;
    for (place, found) in findings {
        page.blank();
        if last != Some(place.group()) {
            heading(&mut page, book, place, look);
            last = Some(place.group());
            page.blank();
        }
        finding::write(&mut page, book, report, found, look);
    }
    if !look.quiet {
        page.blank();
        summary::write(&mut page, book, report, look);
    }
    page.finish()
}

/// Where a finding belongs: the first cell of its statement, the statement, its own cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Findings about no cell come last.
    nowhere: bool,
    grid: u32,
    top: u32,
    statement: Option<usize>,
    cell: (u32, u32),
}

impl Place {
    fn of(book: &Book, found: &Finding) -> Place {
        let Some(at) = primary(found) else {
            return Place { nowhere: true, grid: 0, top: 0, statement: None, cell: (0, 0) };
        };
        let statement = statement_of(book, at);
        let top = statement.map_or(at.row, |i| book.statements[i].table.area.first_row);
        Place { nowhere: false, grid: at.grid, top, statement, cell: (at.row, at.col) }
    }

    fn group(self) -> (bool, u32, Option<usize>) {
        (self.nowhere, self.grid, self.statement)
    }
}

fn heading(page: &mut Page, book: &Book, place: Place, look: &Look) {
    let (title, place) = match place.statement {
        Some(i) => (name(&book.statements[i], look), whereabouts(book, &book.statements[i], look)),
        None if place.nowhere => (look.say("Hela underlaget", "The whole book").to_string(), String::new()),
        None => {
            let grid = &book.grids[place.grid as usize];
            let path = book.inputs[grid.input].path.display().to_string();
            let sheet = if grid.sheet.is_empty() {
                String::new()
            } else {
                format!(", {} {}", look.say("blad", "sheet"), grid.sheet)
            };
            (look.say("Utanför tabellerna", "Outside the tables").to_string(), format!("{path}{sheet}"))
        }
    };
    page.line(format!("{}  {}", paint(BOLD.effects(UNDERLINE.get_effects()), &title), paint(DIM, &place)));
}
