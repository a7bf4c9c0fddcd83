//! A finding in full, as lines: what is said, the amounts, every cell and its part, every cause and what follows.

use avstam::book::Book;
use avstam::check::Report;
use avstam::finding::{Cause, Consequence, Finding, Language, Role};
use avstam::grid::At;
use avstam::money::{Money, Swedish};
use avstam::report::{place, short};

/// Every finding in full, in the order in which they are told.
pub fn told(book: &Book, report: &Report) -> Vec<Vec<String>> {
    let mut found: Vec<(String, &Finding)> = report.findings.iter().map(|one| (head(book, one), one)).collect();
    let order: Vec<String> = short::check(book, report, Language::Swedish).lines().map(str::to_owned).collect();
    found.sort_by_key(|(head, _)| order.iter().position(|line| line == head));
    found
        .into_iter()
        .map(|(head, one)| std::iter::once(turned(book, &head)).chain(details(book, one)).collect())
        .collect()
}

/// The line that the short form has of a finding.
fn head(book: &Book, finding: &Finding) -> String {
    let alone = Report { findings: vec![finding.clone()], ..Report::default() };
    short::check(book, &alone, Language::Swedish).trim_end().to_owned()
}

/// The rule first: `error KF02 9:2: message`; the file is named only among several.
fn turned(book: &Book, line: &str) -> String {
    let mut parts = line.splitn(3, ": ");
    let (Some(place), Some(rule), Some(message)) = (parts.next(), parts.next(), parts.next()) else {
        return line.to_owned();
    };
    let place = if book.inputs.len() > 1 { place } else { place.split_once(':').map_or(place, |(_, place)| place) };
    format!("{rule} {place}: {message}")
}

fn details(book: &Book, finding: &Finding) -> Vec<String> {
    let mut lines = Vec::new();
    let shown = |amount: Money| Swedish(amount).to_string();
    if let (Some(stated), Some(expected)) = (finding.stated, finding.expected) {
        let unit = finding.unit.map_or("", |unit| unit.code());
        lines.push(format!("  {} i stället för {} {unit}", shown(stated), shown(expected)));
    }
    if !finding.cells.is_empty() {
        lines.push(format!("  {}", cells(book, &finding.cells)));
    }
    lines.extend(finding.suspect.map(|at| format!("  misstänkt {}", at_of(book, at))));
    lines.extend(finding.causes.iter().map(|cause| self::cause(book, cause)));
    let follows = |Consequence { rule, message, cells: own }: &Consequence| {
        format!("  följd {rule} {}: {}", cells(book, own), message.get(Language::Swedish))
    };
    lines.extend(finding.consequences.iter().map(follows));
    lines.iter().map(|line| line.split('\n').collect::<Vec<_>>().join(" ")).collect()
}

/// The cells by their part: `total B9, term B7 B8, tie Noter!B4`.
fn cells(book: &Book, cells: &[(At, Role)]) -> String {
    let mut parts: Vec<(Role, String)> = Vec::new();
    for &(at, role) in cells {
        match parts.last_mut() {
            Some((last, places)) if *last == role => places.extend([" ", &at_of(book, at)]),
            _ => parts.push((role, at_of(book, at))),
        }
    }
    parts.iter().map(|(role, places)| format!("{} {places}", role.code())).collect::<Vec<_>>().join(", ")
}

fn cause(book: &Book, cause: &Cause) -> String {
    let edits = cause.edits.iter().map(|edit| {
        let from = edit.from.map_or_else(|| "tom".to_owned(), |from| Swedish(from).to_string());
        format!(" [{} {from} → {}]", at_of(book, edit.at), Swedish(edit.to))
    });
    format!("  orsak {}: {}{}", cause.slip.code(), cause.text.get(Language::Swedish), edits.collect::<String>())
}

fn at_of(book: &Book, at: At) -> String {
    let place = place(book, at);
    match book.inputs.len() > 1 {
        true => place,
        false => place.split_once(':').map_or(place.clone(), |(_, place)| place.to_owned()),
    }
}
