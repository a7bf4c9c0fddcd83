//! Book → report: every rule on the book, what held, what broke, why, and what was tied to nothing.

mod whole;

use std::ops::AddAssign;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::book::Book;
use crate::cause;
use crate::coverage::{self, Coverage};
use crate::finding::{Finding, Severity, Sign};
use crate::grid::At;
use crate::money::Money;
use crate::parallel;
use crate::period::Measure;
use crate::profile::Share;
use crate::prose::{self, Tied};
use crate::relation::{Check, Outcome, Relation};
use crate::rules::{Observed, RULES, Rule, Test};
use crate::statement::Kind;
use crate::words::Concept;

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Codes or beginnings of codes; empty for all.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// Differences smaller than this are reported as info.
    pub materiality: Option<Materiality>,
    /// Look at counts of persons too: they are no accounts, and texts count them in many ways.
    pub counts: bool,
}

/// How small a difference is no matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Materiality {
    /// So many kronor.
    Amount(Money),
    /// A share of what the book's newest outcome says of something.
    Share(Share, Base),
}

/// What a materiality is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Verksamhetens kostnader of the income statement.
    Costs,
    /// Summa tillgångar of the balance sheet.
    Assets,
}

impl Materiality {
    /// The limit in kronor; `None` where the book does not have what it is a share of.
    pub fn limit(self, book: &Book) -> Option<Money> {
        match self {
            Materiality::Amount(amount) => Some(amount),
            Materiality::Share(share, base) => Some(share.of(base.amount(book)?)),
        }
    }
}

impl Base {
    /// Its amount, in kronor and without a sign, in the newest year that has an outcome.
    fn amount(self, book: &Book) -> Option<Money> {
        let (kind, concept) = match self {
            Base::Costs => (Kind::IncomeStatement, Concept::OperatingCosts),
            Base::Assets => (Kind::BalanceSheet, Concept::TotalAssets),
        };
        let amounts = book.of_kind(kind).filter_map(|(_, statement)| Some((statement, statement.line(concept)?)));
        let outcomes = amounts.flat_map(|(statement, line)| {
            let columns = statement.table.amount_columns().filter(|(_, c)| c.measure == Some(Measure::Actual));
            columns.filter_map(move |(i, column)| Some((column.period?, statement.interval(line, i)?.middle.abs())))
        });
        // Of several tables of one year the first.
        outcomes.reduce(|newest, other| if other.0 > newest.0 { other } else { newest }).map(|(_, amount)| amount)
    }
}

impl Options {
    pub fn runs(&self, rule: &Rule) -> bool {
        let listed = |codes: &[String]| codes.iter().any(|code| rule.code.starts_with(code.to_uppercase().as_str()));
        let asked = self.counts || !rule.counts_persons();
        asked && (self.select.is_empty() || listed(&self.select)) && !listed(&self.ignore)
    }
}

/// What lies below the materiality is told, but is no fault.
fn weigh(finding: &mut Finding, limit: Money) {
    let (Some(difference), Some(unit)) = (finding.difference(), finding.unit) else { return };
    if difference.abs() * unit.factor() < limit {
        finding.severity = Severity::Info;
    }
}

/// All that a run found.
#[derive(Debug, Default)]
pub struct Report {
    pub findings: Vec<Finding>,
    /// The difference, in kronor, below which a finding is info.
    pub materiality: Option<Money>,
    /// Every relation that was claimed, with its outcome.
    pub checks: Vec<Check>,
    pub tally: Tally,
    /// The same for each rule that ran, by its code.
    pub by_rule: Vec<(&'static str, Tally)>,
    pub coverage: Coverage,
    /// Marks that nothing answers to any longer.
    pub unused_marks: Vec<UnusedMark>,
    /// What was left out because an earlier run found it too.
    pub baseline: Option<Baseline>,
    /// Made when it is first asked, of all checks.
    pub broken: Broken,
}

/// The broken relations by their rules and results.
#[derive(Debug, Default)]
pub struct Broken(OnceLock<FxHashMap<(&'static str, At), usize>>);

/// How the findings compare with those of an earlier run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Found then and now, and no longer listed.
    pub known: usize,
    /// Found then, and not now.
    pub gone: usize,
}

/// A mark that accepts nothing of what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedMark {
    pub rule: String,
    /// What it was about, in words.
    pub about: String,
    pub sign: Sign,
}

/// How often rules were tested: relations, and observations by rules that are no equations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub tested: usize,
    pub held: usize,
    pub broke: usize,
    pub untestable: usize,
}

impl Tally {
    fn count(&mut self, check: &Check) {
        match check.outcome {
            Outcome::Holds | Outcome::Rounded { .. } => self.held += 1,
            Outcome::Broke { .. } => self.broke += 1,
            Outcome::Untestable(_) => self.untestable += 1,
        }
        self.tested += usize::from(check.held() || check.broke());
    }

    /// What an observing rule saw: each finding, and each that follows from it, is something that it tested.
    fn observed(observed: &Observed) -> Tally {
        let faults: usize = observed.findings.iter().map(|finding| 1 + finding.consequences.len()).sum();
        let broke = (faults + observed.untold).min(observed.tested);
        let (tested, untestable) = (observed.tested, observed.untestable);
        Tally { tested, held: tested - broke, broke, untestable }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.tested += other.tested;
        self.held += other.held;
        self.broke += other.broke;
        self.untestable += other.untestable;
    }
}

impl Report {
    /// The gravest severity, if there is any finding that nobody has accepted.
    pub fn gravest(&self) -> Option<Severity> {
        let open = self.findings.iter().filter(|finding| finding.accepted().is_none());
        open.map(|finding| finding.severity).max()
    }

    /// The broken relation of a rule whose result stands in a cell; the first, if there are several.
    pub fn broken(&self, rule: &'static str, result: At) -> Option<&Relation> {
        let broken = self.broken.0.get_or_init(|| {
            let broken = self.checks.iter().enumerate().filter(|(_, check)| check.broke());
            broken.rev().map(|(i, check)| ((check.relation.rule, check.relation.result.at), i)).collect()
        });
        broken.get(&(rule, result)).map(|&i| &self.checks[i].relation)
    }
}

/// The relations that the rules claim on a book, tested.
pub fn relate(book: &Book, options: &Options) -> Vec<Check> {
    if book.groups.len() > 1 {
        return whole::relate(book, options);
    }
    let claiming = RULES.iter().filter(|rule| options.runs(rule) && matches!(rule.test, Test::Relations(_)));
    claiming.flat_map(|rule| Ran::of(rule, book, &OnceLock::new()).checks).collect()
}

/// What came of one rule.
struct Ran {
    rule: &'static Rule,
    findings: Vec<Finding>,
    checks: Vec<Check>,
    tally: Tally,
}

impl Ran {
    /// `tied` is what the texts tie, found by the first rule that asks.
    fn of(rule: &'static Rule, book: &Book, tied: &OnceLock<Tied>) -> Ran {
        let observed = match rule.test {
            Test::Relations(relate) => Observed { relations: relate(book), ..Observed::default() },
            Test::Observations(observe) => observe(book),
            Test::Texts(observe) => observe(book, tied.get_or_init(|| prose::ties(book))),
        };
        let mut tally = Tally::observed(&observed);
        let checks: Vec<Check> = parallel::map_large(book.cells(), observed.relations, Check::of);
        checks.iter().for_each(|check| tally.count(check));
        let findings = observed.findings.into_iter().chain(observed.remarks).collect();
        Ran { rule, findings, checks, tally }
    }
}

/// Runs the rules on a book; on one of several bodies body by body.
pub fn check(book: &Book, options: &Options) -> Report {
    match book.groups.len() {
        0 | 1 => check_one(book, options),
        _ => whole::check(book, options),
    }
}

/// Runs the rules on the files of one body.
fn check_one(book: &Book, options: &Options) -> Report {
    let rules: Vec<&Rule> = RULES.iter().filter(|rule| options.runs(rule)).collect();
    let tied = OnceLock::new();
    let ran: Vec<Ran> = parallel::map_large(book.cells(), rules, |rule| Ran::of(rule, book, &tied));
    let mut report = Report::default();
    let mut told: Vec<Check> = Vec::new();
    for Ran { rule, findings, checks, tally } in ran {
        report.findings.extend(findings);
        match rule.test {
            Test::Relations(_) => report.checks.extend(checks),
            Test::Observations(_) | Test::Texts(_) => told.extend(checks),
        }
        report.tally += tally;
        report.by_rule.push((rule.code, tally));
    }
    let mut searched = cause::findings(book, &report.checks);
    cause::decide(book, &mut searched);
    report.findings = cause::confirm(report.findings, &mut searched);
    report.findings.extend(searched);
    report.findings = cause::gather(book, cause::follow(report.findings));
    report.materiality = options.materiality.and_then(|materiality| materiality.limit(book));
    if let Some(limit) = report.materiality {
        report.findings.iter_mut().for_each(|finding| weigh(finding, limit));
    }
    // Breaks that are told already are no matter for a search of causes.
    report.checks.extend(told);
    report.coverage = coverage::cover(book, &report.checks);
    report
}
