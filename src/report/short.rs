//! One line a finding, for editors, `grep` and diffs: `bokslut.xlsx:KF!B9: error KF02: …`.

use std::fmt::Write;

use super::order::findings;
use super::{place, primary};
use crate::book::Book;
use crate::check::Report;
use crate::finding::{Language, Sign};

pub fn check(book: &Book, report: &Report, language: Language) -> String {
    let mut lines = String::new();
    for (_, finding) in findings(book, report) {
        let place = match primary(finding) {
            Some(at) => place(book, at),
            None => book.inputs.first().map(|input| input.path.display().to_string()).unwrap_or_default(),
        };
        let (severity, rule) = (finding.severity.code(), finding.rule);
        // A message of several lines would break the promise of one.
        let message = finding.message.get(language).split_whitespace().collect::<Vec<_>>().join(" ");
        let accepted = finding.accepted().map(|sign| accepted(sign, language)).unwrap_or_default();
        _ = writeln!(lines, "{place}: {severity} {rule}: {message}{accepted}");
    }
    lines
}

/// ` (godkänd 2024-03-17 AB: avrundning)`.
fn accepted(sign: &Sign, language: Language) -> String {
    let Sign { reason, initials, date } = sign;
    let word = match language {
        Language::Swedish => "godkänd",
        Language::English => "accepted",
    };
    format!(" ({word} {date} {initials}: {})", reason.split_whitespace().collect::<Vec<_>>().join(" "))
}
