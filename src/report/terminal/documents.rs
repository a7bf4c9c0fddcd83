//! What each file of a book is: its part, its years, whose it is.

use super::Look;
use super::page::{BAD, BOLD, DIM, PLAIN, Page, cut, left, paint, width};
use crate::book::Book;
use crate::book::identity::{Document, Role, Standing};
use crate::chart::{self, Found, Plan};

/// One line a file; of a book of one file only what it is.
pub fn write(page: &mut Page, book: &Book, look: &Look) {
    let paths: Vec<String> = book.inputs.iter().map(|input| input.path.display().to_string()).collect();
    let role = |(input, document): (usize, &Document)| format!("{}{}", role(document, look), plan(book, input, look));
    let roles: Vec<String> = book.documents.iter().enumerate().map(role).collect();
    let wide = paths.iter().map(|path| width(path)).max().unwrap_or(0).min(page.width / 2);
    let wide_role = roles.iter().map(|role| width(role)).max().unwrap_or(0);
    page.line(paint(BOLD, look.say("Underlag", "Files")));
    for ((path, role), document) in paths.iter().zip(&roles).zip(&book.documents) {
        let (mark, style) = match document.standing {
            Standing::Together => (" ", PLAIN),
            _ => ("–", DIM),
        };
        let apart = match document.standing {
            Standing::Together => String::new(),
            _ => paint(BAD, look.say("  stäms inte av mot de andra", "  not reconciled with the others")),
        };
        let (path, role) = (left(&tail(path, wide), wide), left(role, wide_role));
        page.line(format!("{mark} {}  {role}  {}{apart}", paint(style, &path), paint(DIM, &whose(document))));
    }
}

/// The chart of accounts that a ledger follows.
fn plan(book: &Book, input: usize, look: &Look) -> String {
    let Some(ledger) = book.ledgers.iter().find(|ledger| book.grids[ledger.grid as usize].input == input) else {
        return String::new();
    };
    let Some((plan, found)) = chart::plan(ledger, &book.chart) else {
        return look
            .say(", okänd kontoplan: ange chart i avstam.toml", ", unknown chart: set it in avstam.toml")
            .into();
    };
    let name = match plan {
        Plan::Bas => "BAS",
        Plan::KommunBas => "Kommun-Bas",
    };
    let found = match found {
        Found::Told => look.say("enligt avstam.toml", "by avstam.toml"),
        Found::Named => look.say("enligt #KPTYP", "by #KPTYP"),
        Found::Wages => look.say("av lönekontona", "by its accounts of wages"),
    };
    format!(", {name} {found}")
}

/// `bokslut 2024 (2023)`: what it is, its own year, the others that it has figures of.
fn role(document: &Document, look: &Look) -> String {
    let name = document.role.name();
    let name = name.get(look.language);
    match (document.role, document.years.as_slice()) {
        (Role::Other, _) | (_, []) => name.to_string(),
        (_, [only]) => format!("{name} {only}"),
        (_, [own, second]) => format!("{name} {own} ({second})"),
        (_, [own, others @ ..]) => {
            let (first, last) = (others.iter().min().unwrap_or(own), others.iter().max().unwrap_or(own));
            format!("{name} {own} ({first}–{last})")
        }
    }
}

fn whose(document: &Document) -> String {
    let parts: Vec<&str> = document.name.as_deref().into_iter().chain(document.number.as_deref()).collect();
    parts.join(", ")
}

/// The end of a path, which tells files apart.
fn tail(path: &str, to: usize) -> String {
    if width(path) <= to {
        return path.to_string();
    }
    let back: String = path.chars().rev().collect();
    cut(&back, to).chars().rev().collect()
}
