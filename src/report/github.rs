//! One annotation a finding, as the checks of GitHub read them from a log: `::error file=…,title=…::…`.

use std::fmt::Write;

use super::order::findings;
use super::{line, place_in_file, primary};
use crate::book::Book;
use crate::check::Report;
use crate::finding::{Language, Severity};

/// The annotations; accepted findings have been looked at and give none.
pub fn check(book: &Book, report: &Report, language: Language) -> String {
    let mut lines = String::new();
    for (_, finding) in findings(book, report).into_iter().filter(|(_, finding)| finding.accepted().is_none()) {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let at = primary(finding);
        let input = at.map_or(0, |at| book.grids[at.grid as usize].input);
        let file = book.inputs.get(input).map(|input| input.path.display().to_string()).unwrap_or_default();
        let row = at.and_then(|at| line(book, at)).map(|(row, _)| format!(",line={row}")).unwrap_or_default();
        let title = match at {
            Some(at) => format!("{} {}", finding.rule, place_in_file(book, at)),
            None => finding.rule.to_owned(),
        };
        let message = finding.message.get(language);
        _ = writeln!(lines, "::{command} file={}{row},title={}::{}", property(&file), property(&title), data(message));
    }
    lines
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
