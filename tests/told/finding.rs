//! A finding in full, as lines: what is said, the amounts, every cell and its part, every cause and what follows.

use avstam::book::Book;
use avstam::check::Report;
use avstam::finding::{Cause, Consequence, Finding, Language, Role, Text};
use avstam::grid::At;
use avstam::money::{Money, Swedish};
use avstam::report::{place, short};

/// The findings of a book, told in one language.
pub struct Told<'a> {
    pub book: &'a Book,
    pub language: Language,
}

impl Told<'_> {
    /// Every finding in full, in the order in which they are told.
    pub fn findings(&self, report: &Report) -> Vec<Vec<String>> {
        let order: Vec<String> = short::check(self.book, report, self.language).lines().map(str::to_owned).collect();
        let place = |finding: &Finding| order.iter().position(|line| *line == self.head(finding));
        let mut found: Vec<&Finding> = report.findings.iter().collect();
        found.sort_by_cached_key(|finding| place(finding));
        found.into_iter().map(|finding| self.lines(finding)).collect()
    }

    fn lines(&self, finding: &Finding) -> Vec<String> {
        let mut lines = vec![self.turned(&self.head(finding))];
        if let (Some(stated), Some(expected)) = (finding.stated, finding.expected) {
            let (instead, unit) =
                (self.word("i stället för", "instead of"), finding.unit.map_or("", |unit| unit.code()));
            lines.push(format!("  {} {instead} {} {unit}", shown(stated), shown(expected)));
        }
        if !finding.cells.is_empty() {
            lines.push(format!("  {}", self.cells(&finding.cells)));
        }
        lines.extend(finding.suspect.map(|at| format!("  {} {}", self.word("misstänkt", "suspect"), self.place(at))));
        lines.extend(finding.causes.iter().map(|cause| self.cause(cause)));
        lines.extend(finding.consequences.iter().map(|consequence| self.consequence(consequence)));
        lines
    }

    /// The line that the short form has of a finding.
    fn head(&self, finding: &Finding) -> String {
        let alone = Report { findings: vec![finding.clone()], ..Report::default() };
        short::check(self.book, &alone, self.language).trim_end().to_owned()
    }

    /// The rule first: `error KF02 9:2: message`; the file is named only among several.
    fn turned(&self, line: &str) -> String {
        let mut parts = line.splitn(3, ": ");
        let (Some(place), Some(rule), Some(message)) = (parts.next(), parts.next(), parts.next()) else {
            return line.to_owned();
        };
        format!("{rule} {}: {message}", self.without_file(place))
    }

    /// The cells by their part: `total B9, term B7 B8, tie Noter!B4`.
    fn cells(&self, cells: &[(At, Role)]) -> String {
        let mut parts: Vec<(Role, String)> = Vec::new();
        for &(at, role) in cells {
            match parts.last_mut() {
                Some((last, places)) if *last == role => places.extend([" ", &self.place(at)]),
                _ => parts.push((role, self.place(at))),
            }
        }
        parts.iter().map(|(role, places)| format!("{} {places}", role.code())).collect::<Vec<_>>().join(", ")
    }

    fn cause(&self, cause: &Cause) -> String {
        let blank = self.word("tom", "blank");
        let edits = cause.edits.iter().map(|edit| {
            let from = edit.from.map_or_else(|| blank.clone(), shown);
            format!(" [{} {from} → {}]", self.place(edit.at), shown(edit.to))
        });
        let (word, text) = (self.word("orsak", "cause"), cause.text.get(self.language));
        format!("  {word} {}: {text}{}", cause.slip.code(), edits.collect::<String>())
    }

    fn consequence(&self, Consequence { rule, message, cells }: &Consequence) -> String {
        let word = self.word("följd", "follows");
        format!("  {word} {rule} {}: {}", self.cells(cells), message.get(self.language))
    }

    pub fn place(&self, at: At) -> String {
        self.without_file(&place(self.book, at)).to_owned()
    }

    fn without_file<'a>(&self, place: &'a str) -> &'a str {
        match place.split_once(':') {
            Some((_, rest)) if self.book.inputs.len() == 1 => rest,
            _ => place,
        }
    }

    fn word(&self, swedish: &str, english: &str) -> String {
        Text::new(swedish, english).get(self.language).to_owned()
    }
}

fn shown(amount: Money) -> String {
    Swedish(amount).to_string()
}
