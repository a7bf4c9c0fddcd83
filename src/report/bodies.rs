//! What the reports tell of a book of several bodies: whose each file is, and what came of each.

use super::wording::{count, say};
use crate::book::Book;
use crate::book::identity::Document;
use crate::check::Report;
use crate::finding::{Finding, Language, Severity};

/// What came of one body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    /// Relations between amounts.
    pub tested: usize,
    pub held: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub accepted: usize,
    /// Files that could not be read.
    pub unread: usize,
    /// What an earlier run found too is left out.
    pub compared: bool,
}

/// What a group is called, where the book is of several bodies; nothing where it is of one, or the group is of none.
pub fn named(book: &Book, group: usize, language: Language) -> Option<String> {
    let of_body = || book.bodies().any(|body| body == group);
    (book.is_of_several() && of_body()).then(|| book.called(group).get(language).to_string())
}

/// The same for the body that a statement is of.
pub fn of_statement(book: &Book, statement: usize, language: Language) -> Option<String> {
    named(book, book.group(book.input(&book.statements[statement])), language)
}

/// `Finsam Björkådalen: Resultaträkning`, or the text alone.
pub fn before(body: Option<String>, text: &str) -> String {
    match body {
        Some(body) => format!("{body}: {text}"),
        None => text.to_string(),
    }
}

/// The files in the order in which they are listed, body by body, with the body that begins with each: its number, or
/// `None` for those that are of none. Of one body they are as they were given.
pub fn files(book: &Book) -> Vec<(usize, Option<Option<usize>>)> {
    if !book.is_of_several() {
        return (0..book.inputs.len()).map(|input| (input, None)).collect();
    }
    let bodies: Vec<usize> = book.bodies().collect();
    let own = bodies.iter().map(|&body| (Some(body), book.groups[body].clone()));
    let alone = book.groups.iter().enumerate().filter(|(group, _)| bodies.binary_search(group).is_err());
    let alone: Vec<usize> = alone.flat_map(|(_, files)| files.iter().copied()).collect();
    let all = own.chain(std::iter::once((None, alone)));
    all.flat_map(|(body, files)| files.into_iter().enumerate().map(move |(i, file)| (file, (i == 0).then_some(body))))
        .collect()
}

/// Its name and its number, or that nobody knows whose the files are.
pub fn heading(book: &Book, body: Option<usize>, language: Language) -> String {
    let Some(body) = body else {
        return say(language, "Utan känt förbund", "Of no known förbund").to_string();
    };
    let name = book.called(body);
    let files = || book.groups[body].iter().map(|&input| &book.documents[input]);
    let number = files().find_map(|document: &Document| document.number.as_deref());
    match number.filter(|number| *number != name.get(language)) {
        Some(number) => format!("{}, {number}", name.get(language)),
        None => name.get(language).to_string(),
    }
}

/// `3 förbund: Björkådalen, Granvik, Älvbro`, of many the first few.
pub fn listed(book: &Book, language: Language) -> String {
    const MOST: usize = 6;
    let bodies: Vec<usize> = book.bodies().collect();
    let names: Vec<String> =
        bodies.iter().take(MOST).map(|&body| book.called(body).get(language).to_string()).collect();
    let rest = match bodies.len().saturating_sub(MOST) {
        0 => String::new(),
        rest => {
            format!(" {} {}", say(language, "och", "and"), count(language, rest, ["till", "till"], ["more", "more"]))
        }
    };
    format!("{} förbund: {}{rest}", bodies.len(), names.join(", "))
}

/// What came of each body, by their numbers.
pub fn outcomes(book: &Book, report: &Report) -> Vec<(usize, Outcome)> {
    let mut outcomes = vec![Outcome::default(); book.groups.len()];
    for check in &report.checks {
        let group = book.group(book.grids[check.relation.result.at.grid as usize].input);
        outcomes[group].tested += usize::from(check.held() || check.broke());
        outcomes[group].held += usize::from(check.held());
    }
    for (input, about) in book.inputs.iter().enumerate() {
        outcomes[book.group(input)].unread += usize::from(about.error.is_some());
    }
    let compared = report.baseline.is_some_and(|baseline| baseline.known > 0);
    outcomes.iter_mut().for_each(|outcome| outcome.compared = compared);
    for finding in &report.findings {
        let Some(outcome) = outcomes.get_mut(finding.group) else { continue };
        *match finding {
            Finding { .. } if finding.accepted().is_some() => &mut outcome.accepted,
            Finding { severity: Severity::Error, .. } => &mut outcome.errors,
            Finding { severity: Severity::Warning, .. } => &mut outcome.warnings,
            Finding { severity: Severity::Info, .. } => &mut outcome.infos,
        } += 1;
    }
    book.bodies().map(|body| (body, outcomes[body])).collect()
}

impl Outcome {
    /// ✗, !, – or ✓.
    pub fn mark(self) -> &'static str {
        match self {
            Outcome { errors: 1.., .. } => "✗",
            Outcome { warnings: 1.., .. } | Outcome { unread: 1.., .. } => "!",
            Outcome { tested: 0, .. } => "–",
            Outcome { tested, held, accepted: 0, .. } if tested > held => "!",
            _ => "✓",
        }
    }

    /// `1 fel, 2 varningar (120 samband prövade)`.
    pub fn told(self, language: Language) -> String {
        let counted = [
            (self.errors, ["fel", "fel"], ["error", "errors"]),
            (self.warnings, ["varning", "varningar"], ["warning", "warnings"]),
            (self.infos, ["upplysning", "upplysningar"], ["remark", "remarks"]),
            (self.accepted, ["godkänd avvikelse", "godkända avvikelser"], ["accepted finding", "accepted findings"]),
        ];
        let some = counted.iter().filter(|(number, ..)| *number > 0);
        let mut found: Vec<String> =
            some.map(|(number, swedish, english)| count(language, *number, *swedish, *english)).collect();
        if found.is_empty() {
            let text = match self.tested - self.held {
                _ if self.tested == 0 => say(language, "inget kunde prövas", "nothing could be tested"),
                _ if self.compared => {
                    say(language, "inget nytt sedan förra körningen", "nothing new since the earlier run")
                }
                0 => say(language, "allt som kunde prövas stämmer", "all that could be tested holds"),
                _ => say(language, "allt stämmer inte", "not all of it holds"),
            };
            found.push(text.to_string());
        }
        if self.unread > 0 {
            let (swedish, english) = (
                ["fil kunde inte läsas", "filer kunde inte läsas"],
                ["file could not be read", "files could not be read"],
            );
            found.push(count(language, self.unread, swedish, english));
        }
        let tested = match self.tested {
            0 => String::new(),
            tested => {
                format!(
                    " ({})",
                    count(language, tested, ["prövat samband", "prövade samband"], ["relation", "relations"])
                )
            }
        };
        format!("{}{tested}", found.join(", "))
    }
}
