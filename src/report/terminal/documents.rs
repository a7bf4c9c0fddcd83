//! What each file of a book is: its part, its years, whose it is.

use super::Look;
use super::page::{BAD, BOLD, DIM, PLAIN, Page, cut, left, paint, width};
use crate::book::Book;
use crate::book::identity::Standing;
use crate::report::bodies;
use crate::report::documents::{part, whose};

/// One line a file; of a book of one file only what it is.
pub fn write(page: &mut Page, book: &Book, look: &Look) {
    let paths: Vec<String> = book.inputs.iter().map(|input| input.path.display().to_string()).collect();
    let roles: Vec<String> = (0..book.documents.len()).map(|input| part(book, input, look.language)).collect();
    let wide = paths.iter().map(|path| width(path)).max().unwrap_or(0).min(page.width / 2);
    let wide_role = roles.iter().map(|role| width(role)).max().unwrap_or(0);
    page.line(paint(BOLD, look.say("Underlag", "Files")));
    if book.is_of_several() {
        page.hang("", PLAIN, &bodies::listed(book, look.language), PLAIN);
    }
    for (input, begins) in bodies::files(book) {
        if let Some(body) = begins {
            page.line(paint(BOLD, &bodies::heading(book, body, look.language)));
        }
        let (path, role, document) = (&paths[input], &roles[input], &book.documents[input]);
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

/// The end of a path, which tells files apart.
fn tail(path: &str, to: usize) -> String {
    if width(path) <= to {
        return path.to_string();
    }
    let back: String = path.chars().rev().collect();
    cut(&back, to).chars().rev().collect()
}
