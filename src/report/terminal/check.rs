//! The whole report: findings by statement, in the order of the documents, and what the silence is worth.

use std::collections::HashSet;

use super::page::{BOLD, DIM, Page, TITLE, cut, paint, width};
use super::{Look, documents, finding, summary};
use crate::book::Book;
use crate::check::Report;
use crate::report::order::{self, Place};
use crate::report::wording::{name, sheet, whereabouts};
use crate::report::{bodies, ledgers};
use crate::suggestion;

/// A place is told in so many letters at least, however long the name before it.
const NARROWEST: usize = 16;

/// The report of a book as text.
pub fn check(book: &Book, report: &Report, look: &Look) -> String {
    let mut page = Page::new(look.width);
    if book.inputs.len() > 1 && !look.quiet {
        documents::write(&mut page, book, look);
    }
    let (mut last, mut last_body) = (None, None);
    let mut advised = HashSet::new();
    let suggestions = if look.verbose { suggestion::suggestions(book, report) } else { Vec::new() };
    for (place, found) in order::findings(book, report) {
        page.blank();
        if last_body.replace(place.group) != Some(place.group)
            && let Some(body) = bodies::named(book, place.group, look.language)
        {
            page.line(paint(BOLD, &format!("═══ {body}")));
            page.blank();
        }
        let group = (place.group, place.nowhere, place.grid, place.statement);
        if last != Some(group) {
            heading(&mut page, book, place, look);
            last = Some(group);
            page.blank();
        }
        let told = finding::Told {
            report,
            advise: advised.insert(found.rule),
            suggested: suggestions.iter().filter(|s| std::ptr::eq(s.finding, found)).map(|s| s.name.as_str()).collect(),
        };
        finding::write(&mut page, book, found, &told, look);
    }
    if !look.quiet {
        page.blank();
        summary::write(&mut page, book, report, look);
    }
    page.finish()
}

fn heading(page: &mut Page, book: &Book, place: Place, look: &Look) {
    let (title, place) = match place.statement {
        Some(i) => (name(&book.statements[i], look.language), whereabouts(book, &book.statements[i], look.language)),
        None if place.nowhere => (look.say("Hela underlaget", "The whole book").to_string(), String::new()),
        None if let Some(found) = book.ledgers.iter().find(|ledger| ledger.grid == place.grid) => {
            (ledgers::name(book, found), ledgers::about(found, look.language))
        }
        None => {
            (look.say("Utanför tabellerna", "Outside the tables").to_string(), sheet(book, place.grid, look.language))
        }
    };
    let place = cut(&place, page.width.saturating_sub(width(&title) + 2).max(NARROWEST));
    page.line(format!("{}  {}", paint(TITLE, &title), paint(DIM, &place)));
}
