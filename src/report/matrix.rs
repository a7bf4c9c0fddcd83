//! Statements × kinds of test: what was tested of each statement, and what came of it.

use super::wording::say;
use super::{primary, statement_of};
use crate::book::Book;
use crate::check::Report;
use crate::finding::{Language, Severity};
use crate::grid::At;
use crate::relation::{Check, Outcome, Untestable};
use crate::statement::Kind;

/// What a relation ties a figure to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Figures of its own table.
    Sums,
    Notes,
    /// Figures of other tables.
    Tables,
    /// The closing figure of the year before.
    Opening,
    /// Accounts of the ledger.
    Ledger,
}

impl Tie {
    pub const ALL: [Tie; 5] = [Tie::Sums, Tie::Notes, Tie::Tables, Tie::Opening, Tie::Ledger];

    pub fn name(self, language: Language) -> &'static str {
        match self {
            Tie::Sums => say(language, "summor", "sums"),
            Tie::Notes => say(language, "noter", "notes"),
            Tie::Tables => say(language, "tabeller", "tables"),
            Tie::Opening => say(language, "ingående", "opening"),
            Tie::Ledger => say(language, "konton", "accounts"),
        }
    }

    pub fn of(book: &Book, check: &Check) -> Tie {
        let relation = &check.relation;
        let own = &book.statements[relation.table];
        let outside = |at: &At| at.grid != own.table.grid || !own.table.area.holds(at.row, at.col);
        let mut others = relation.cells().filter(outside).peekable();
        if others.peek().is_none() {
            return Tie::Sums;
        }
        if relation.rule.starts_with("JF") {
            return Tie::Opening;
        }
        // A list that a ledger exported is as much of the ledger as its own file.
        if relation.cells().any(|at| book.ledgers.iter().any(|ledger| ledger.grid == at.grid)) {
            return Tie::Ledger;
        }
        let is_note = |i: usize| book.statements[i].kind == Kind::Note;
        match own.kind == Kind::Note || others.any(|at| statement_of(book, at).is_some_and(is_note)) {
            true => Tie::Notes,
            false => Tie::Tables,
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub held: usize,
    pub broke: usize,
}

impl Score {
    fn add(&mut self, check: &Check) {
        self.held += usize::from(check.held());
        self.broke += usize::from(check.broke());
    }

    pub fn tested(self) -> usize {
        self.held + self.broke
    }

    /// `✓ 4`, `✗ 3/4` (held of tested), `–`.
    pub fn shown(self) -> String {
        match (self.held, self.broke) {
            (0, 0) => "–".to_string(),
            (held, 0) => format!("✓ {held}"),
            (held, _) => format!("✗ {held}/{}", self.tested()),
        }
    }
}

/// One statement's line of the matrix.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// In the order of [`Tie::ALL`].
    pub scores: [Score; 5],
    /// Of the findings about it.
    pub gravest: Option<Severity>,
    /// Its amounts that are tied to nothing.
    pub untied: usize,
}

impl Row {
    fn any(&self, count: impl Fn(&Score) -> usize) -> bool {
        self.scores.iter().any(|score| count(score) > 0)
    }

    pub fn is_empty(&self) -> bool {
        !self.any(|score| score.tested()) && self.gravest.is_none() && self.untied == 0
    }

    /// A cross where something does not agree, a sign of exclamation where something is only odd.
    pub fn mark(&self) -> &'static str {
        match self.gravest {
            Some(Severity::Error) => "✗",
            _ if self.any(|score| score.broke) => "✗",
            Some(Severity::Warning) => "!",
            _ if self.any(|score| score.held) => "✓",
            _ => "–",
        }
    }
}

/// The kinds of test that some statement was put to; sums are always told.
pub fn ties(rows: &[Row]) -> Vec<Tie> {
    let any = |tie: Tie| tie == Tie::Sums || rows.iter().any(|row| row.scores[tie as usize].tested() > 0);
    Tie::ALL.into_iter().filter(|&tie| any(tie)).collect()
}

/// A row for each statement of the book.
pub fn rows(book: &Book, report: &Report) -> Vec<Row> {
    let mut rows = vec![Row::default(); book.statements.len()];
    for check in &report.checks {
        rows[check.relation.table].scores[Tie::of(book, check) as usize].add(check);
    }
    for finding in &report.findings {
        if let Some(i) = primary(finding).and_then(|at| statement_of(book, at)) {
            rows[i].gravest = rows[i].gravest.max(Some(finding.severity));
        }
    }
    report.coverage.untied.iter().for_each(|spot| rows[spot.statement].untied += 1);
    rows
}

/// Why a relation could not be tested: `utan belopp att pröva`.
pub fn reason(why: Untestable, language: Language) -> &'static str {
    match why {
        Untestable::NoResult => say(language, "utan belopp att pröva", "without a figure to test"),
        Untestable::NoTerms => say(language, "utan belopp att pröva mot", "without figures to test against"),
        Untestable::Unknown => say(language, "där ett belopp inte är känt", "where a figure is not known"),
        Untestable::ZeroDivisor => say(language, "med noll att dela med", "with nothing to divide by"),
    }
}

/// How many relations could not be tested, by reason; the last are those that rules themselves counted.
pub fn untestable(report: &Report, language: Language) -> Vec<(usize, &'static str)> {
    let reasons = [Untestable::NoResult, Untestable::NoTerms, Untestable::Unknown, Untestable::ZeroDivisor];
    let count =
        |why: Untestable| report.checks.iter().filter(|check| check.outcome == Outcome::Untestable(why)).count();
    let mut parts: Vec<(usize, &'static str)> =
        reasons.into_iter().map(|why| (count(why), reason(why, language))).collect();
    let known: usize = parts.iter().map(|(number, _)| number).sum();
    let rest = report.tally.untestable.saturating_sub(known);
    parts.push((rest, say(language, "utan underlag för regeln", "without what the rule needs")));
    parts.retain(|(number, _)| *number > 0);
    parts
}

/// How many relations were tested, and how many of them held within rounding only.
#[derive(Clone, Copy, Debug)]
pub struct Relations {
    pub tested: usize,
    pub held: usize,
    pub rounded: usize,
}

impl Relations {
    pub fn of(report: &Report) -> Relations {
        let count = |wanted: fn(&Check) -> bool| report.checks.iter().filter(|check| wanted(check)).count();
        let held = count(Check::held);
        let rounded = count(|check| matches!(check.outcome, Outcome::Rounded { .. }));
        Relations { tested: held + count(Check::broke), held, rounded }
    }
}
