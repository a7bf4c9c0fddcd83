//! Book → report: every rule on the book, what held, what broke, why, and what was tied to nothing.

use crate::book::Book;
use crate::cause;
use crate::coverage::{self, Coverage};
use crate::finding::{Finding, Severity};
use crate::money::Money;
use crate::relation::{Check, Outcome};
use crate::rules::{RULES, Rule, Test};

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Codes or beginnings of codes; empty for all.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// Differences smaller than this, in kronor, are reported as info.
    pub materiality: Option<Money>,
}

impl Options {
    pub fn runs(&self, rule: &Rule) -> bool {
        let listed = |codes: &[String]| codes.iter().any(|code| rule.code.starts_with(code.to_uppercase().as_str()));
        (self.select.is_empty() || listed(&self.select)) && !listed(&self.ignore)
    }

    /// What lies below the materiality is told, but is no fault.
    fn weigh(&self, finding: &mut Finding) {
        let (Some(limit), Some(difference), Some(unit)) = (self.materiality, finding.difference(), finding.unit) else {
            return;
        };
        if difference.abs() * unit.factor() < limit {
            finding.severity = Severity::Info;
        }
    }
}

/// All that a run found.
#[derive(Debug, Default)]
pub struct Report {
    pub findings: Vec<Finding>,
    /// Every relation that was claimed, with its outcome.
    pub checks: Vec<Check>,
    pub tally: Tally,
    pub coverage: Coverage,
}

/// How often rules were tested: relations, and observations by rules that are no equations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub tested: usize,
    pub held: usize,
    pub broke: usize,
    pub untestable: usize,
}

impl Report {
    /// The gravest severity, if there is any finding.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// The relations that the rules claim on a book, tested.
pub fn relate(book: &Book, options: &Options) -> Vec<Check> {
    let claims = |rule: &&Rule| options.runs(rule);
    let relations = RULES.iter().filter(claims).filter_map(|rule| match rule.test {
        Test::Relations(relate) => Some(relate(book)),
        Test::Observations(_) => None,
    });
    relations.flatten().map(Check::of).collect()
}

/// Runs the rules on a book.
pub fn check(book: &Book, options: &Options) -> Report {
    let mut report = Report { checks: relate(book, options), ..Report::default() };
    for rule in RULES.iter().filter(|rule| options.runs(rule)) {
        let Test::Observations(observe) = rule.test else { continue };
        let observed = observe(book);
        report.tally.tested += observed.tested;
        report.tally.held += observed.tested - observed.findings.len().min(observed.tested);
        report.tally.broke += observed.findings.len().min(observed.tested);
        report.tally.untestable += observed.untestable;
        report.findings.extend(observed.findings);
    }
    for check in &report.checks {
        match check.outcome {
            Outcome::Holds | Outcome::Rounded { .. } => report.tally.held += 1,
            Outcome::Broke { .. } => report.tally.broke += 1,
            Outcome::Untestable(_) => report.tally.untestable += 1,
        }
        report.tally.tested += usize::from(check.held() || check.broke());
    }
    report.findings.extend(cause::findings(book, &report.checks));
    report.findings = cause::gather(book, report.findings);
    report.findings.iter_mut().for_each(|finding| options.weigh(finding));
    report.coverage = coverage::cover(book, &report.checks);
    report
}
