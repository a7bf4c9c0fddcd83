//! What the silence is worth: what was tested, held, broke, could not be tested, and what was tied to nothing.

use super::page::{BAD, BOLD, DIM, GOOD, PLAIN, Page, cut, left, of, paint, right, width};
use super::{Look, ledger, name, place_in, sheet};
use crate::book::{Book, Spot};
use crate::check::{Baseline, Report};
use crate::finding::{Finding, Language, Severity};
use crate::grid::At;
use crate::money::Swedish;
use crate::relation::{Check, Outcome, Untestable};
use crate::report::{primary, statement_of};
use crate::table::Role;

/// How many untied amounts are listed unless all are wanted.
const LISTED: usize = 5;

/// The width of a column of the verdicts.
const CELL: usize = 11;

pub fn write(page: &mut Page, book: &Book, report: &Report, look: &Look) {
    ledger::counted(page, book, look);
    if book.statements.is_empty() && !book.ledgers.is_empty() {
        tested(page, report, true, look);
        page.blank();
        return last(page, report, look);
    }
    if book.statements.is_empty() {
        let text = look.say(
            "Inget kunde prövas: ingen tabell med belopp kändes igen i det som lästes. Det säger inget om räkenskaperna. \
             Pröva `avstam inspect` för att se vad som lästes.",
            "Nothing could be tested: no table of amounts was recognised in what was read. That says nothing about the \
             accounts. Try `avstam inspect` to see what was read.",
        );
        return page.hang("", PLAIN, text, BAD);
    }
    verdicts(page, book, report, look);
    page.blank();
    tested(page, report, false, look);
    coverage(page, book, report, look);
    if let Some(Baseline { known, gone }) = report.baseline {
        let text = match look.language {
            Language::Swedish => format!("{known} avvikelser fanns redan då och visas inte, {gone} är borta"),
            Language::English => format!("{known} findings stood there already and are not shown, {gone} are gone"),
        };
        page.hang(look.say("Sedan förra körningen: ", "Since the earlier run: "), BOLD, &text, PLAIN);
    }
    page.blank();
    last(page, report, look);
}

/// One line a statement: its sums, its ties to others, its amounts that are tied to nothing.
fn verdicts(page: &mut Page, book: &Book, report: &Report, look: &Look) {
    let rows: Vec<Verdict> = (0..book.statements.len()).map(|i| Verdict::of(book, report, i)).collect();
    let shown: Vec<usize> = (0..rows.len()).filter(|&i| look.verbose || !rows[i].is_empty()).collect();
    let names: Vec<String> = shown.iter().map(|&i| name(&book.statements[i], look)).collect();
    let heads = [look.say("summor", "sums"), look.say("kopplingar", "ties"), look.say("oprövade", "untested")];
    let wide = names.iter().map(|name| width(name)).max().unwrap_or(0).clamp(10, 42);
    let place = page.width.saturating_sub(wide + 3 * CELL + 6).max(12);
    let [sums, ties, untied] = heads.map(|head| right(head, CELL));
    page.line(paint(BOLD, &format!("  {}{sums}{ties}{untied}", left(look.say("Tabell", "Table"), wide))));
    for (i, name) in shown.into_iter().zip(names) {
        let row = &rows[i];
        let untied = if row.untied == 0 { "–".to_string() } else { row.untied.to_string() };
        page.line(format!(
            "{} {}{}{}{}  {}",
            row.mark(),
            left(&cut(&name, wide), wide),
            row.sums.shown(),
            row.ties.shown(),
            paint(DIM, &right(&untied, CELL)),
            paint(DIM, &cut(&sheet(book, book.statements[i].table.grid, look), place)),
        ));
    }
}

#[derive(Default)]
struct Score {
    held: usize,
    broke: usize,
}

impl Score {
    fn add(&mut self, check: &Check) {
        self.held += usize::from(check.held());
        self.broke += usize::from(check.broke());
    }

    /// `3/4`, held of tested.
    fn shown(&self) -> String {
        match (self.held, self.held + self.broke) {
            (_, 0) => paint(DIM, &right("–", CELL)),
            (held, tested) => paint(if self.broke > 0 { BAD } else { GOOD }, &right(&format!("{held}/{tested}"), CELL)),
        }
    }
}

#[derive(Default)]
struct Verdict {
    sums: Score,
    ties: Score,
    gravest: Option<Severity>,
    untied: usize,
}

impl Verdict {
    fn of(book: &Book, report: &Report, i: usize) -> Verdict {
        let mut verdict = Verdict::default();
        for check in report.checks.iter().filter(|check| check.relation.table == i) {
            let table = &book.statements[i].table;
            let inside = |at: At| at.grid == table.grid && table.area.holds(at.row, at.col);
            let score = if check.relation.cells().all(inside) { &mut verdict.sums } else { &mut verdict.ties };
            score.add(check);
        }
        let about = |finding: &Finding| primary(finding).and_then(|at| statement_of(book, at)) == Some(i);
        verdict.gravest = report.findings.iter().filter(|finding| about(finding)).map(|found| found.severity).max();
        verdict.untied = report.coverage.untied.iter().filter(|spot| spot.statement == i).count();
        verdict
    }

    fn tested(&self) -> bool {
        self.sums.held + self.sums.broke + self.ties.held + self.ties.broke > 0
    }

    fn is_empty(&self) -> bool {
        !self.tested() && self.gravest.is_none() && self.untied == 0
    }

    /// A cross where something does not agree, a sign of exclamation where something is only odd.
    fn mark(&self) -> String {
        if self.gravest == Some(Severity::Error) || self.sums.broke + self.ties.broke > 0 {
            paint(BAD, "✗")
        } else if self.gravest == Some(Severity::Warning) {
            paint(of(Severity::Warning), "!")
        } else if self.tested() {
            paint(GOOD, "✓")
        } else {
            paint(DIM, "–")
        }
    }
}

fn tested(page: &mut Page, report: &Report, only_ledgers: bool, look: &Look) {
    let tally = report.tally;
    let count = |wanted: fn(&Check) -> bool| report.checks.iter().filter(|check| wanted(check)).count();
    let (held, broke) = (count(Check::held), count(Check::broke));
    let rounded = count(|check| matches!(check.outcome, Outcome::Rounded { .. }));
    let tested = held + broke;
    let text = match look.language {
        Language::Swedish => {
            let rounded = if rounded > 0 { format!(" ({rounded} inom avrundningen)") } else { String::new() };
            format!("{tested} prövade, {held} stämmer{rounded}, {broke} stämmer inte")
        }
        Language::English => {
            let rounded = if rounded > 0 { format!(" ({rounded} within rounding)") } else { String::new() };
            format!("{tested} tested, {held} hold{rounded}, {broke} do not")
        }
    };
    if tested > 0 || !only_ledgers {
        page.hang(look.say("Samband mellan belopp: ", "Relations between amounts: "), BOLD, &text, PLAIN);
    }
    let (others, good) = (tally.tested.saturating_sub(tested), tally.held.saturating_sub(held));
    if others > 0 {
        let bad = others - good.min(others);
        let text = match look.language {
            Language::Swedish => format!("{others} prövade, {good} utan anmärkning, {bad} med"),
            Language::English => format!("{others} tested, {good} without remark, {bad} with"),
        };
        let lead = match only_ledgers {
            true => look.say("Konton och verifikationer: ", "Accounts and vouchers: "),
            false => look.say("Celler och hänvisningar: ", "Cells and references: "),
        };
        page.hang(lead, BOLD, &text, PLAIN);
    }
    if tally.untestable > 0 {
        page.hang(look.say("Kunde inte prövas: ", "Could not be tested: "), BOLD, &untestable(report, look), PLAIN);
    }
}

fn untestable(report: &Report, look: &Look) -> String {
    let reasons = [
        (Untestable::NoResult, "utan belopp att pröva", "without a figure to test"),
        (Untestable::NoTerms, "utan belopp att pröva mot", "without figures to test against"),
        (Untestable::Unknown, "där ett belopp inte är känt", "where a figure is not known"),
        (Untestable::ZeroDivisor, "med noll att dela med", "with nothing to divide by"),
    ];
    let count =
        |why: Untestable| report.checks.iter().filter(|check| check.outcome == Outcome::Untestable(why)).count();
    let mut parts = Vec::new();
    let mut known = 0;
    for (why, swedish, english) in reasons {
        let number = count(why);
        known += number;
        if number > 0 {
            parts.push(format!("{number} {}", look.say(swedish, english)));
        }
    }
    if report.tally.untestable > known {
        let rest = report.tally.untestable - known;
        parts.push(format!("{rest} {}", look.say("utan underlag för regeln", "without what the rule needs")));
    }
    parts.join(", ")
}

fn coverage(page: &mut Page, book: &Book, report: &Report, look: &Look) {
    let coverage = &report.coverage;
    let untied = coverage.untied.len();
    let text = match look.language {
        Language::Swedish => format!(
            "{} belopp, {} knutna till en annan tabell, {} bara inom sin egen, {untied} inte knutna till något",
            coverage.amounts, coverage.tied, coverage.summed
        ),
        Language::English => format!(
            "{} amounts, {} tied to another table, {} within their own only, {untied} tied to nothing",
            coverage.amounts, coverage.tied, coverage.summed
        ),
    };
    page.hang(look.say("Täckning: ", "Coverage: "), BOLD, &text, PLAIN);
    let listed = if look.verbose { untied } else { untied.min(LISTED) };
    for &spot in &coverage.untied[..listed] {
        page.line(format!("  {}", paint(DIM, &cut(&told(book, spot), page.width.saturating_sub(2)))));
    }
    if listed < untied {
        let rest = untied - listed;
        let text = match look.language {
            Language::Swedish => format!("  … och {rest} till (alla med -v)"),
            Language::English => format!("  … and {rest} more (all with -v)"),
        };
        page.line(paint(DIM, &text));
    }
}

/// `bokslut.xlsx:KF!B6  Justering  0`.
fn told(book: &Book, spot: Spot) -> String {
    let statement = &book.statements[spot.statement];
    let amount = statement.amount(spot.line, spot.column).map(|amount| Swedish(amount.value).to_string());
    let label = if statement.lines()[spot.line].role == Role::Heading { "" } else { book.label(spot) };
    format!("{}  {label}  {}", place_in(book, book.at(spot)), amount.unwrap_or_default())
}

/// The last line: what a reader takes along.
fn last(page: &mut Page, report: &Report, look: &Look) {
    let (accepted, open): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.iter().partition(|finding| finding.accepted().is_some());
    let count = |severity| open.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(paint(BAD, &look.count(errors, ["fel", "fel"], ["error", "errors"])));
    }
    if warnings > 0 {
        let text = look.count(warnings, ["varning", "varningar"], ["warning", "warnings"]);
        parts.push(paint(of(Severity::Warning), &text));
    }
    if infos > 0 {
        let text = look.count(infos, ["upplysning", "upplysningar"], ["remark", "remarks"]);
        parts.push(paint(of(Severity::Info), &text));
    }
    if !accepted.is_empty() {
        parts.push(look.count(
            accepted.len(),
            ["godkänd avvikelse", "godkända avvikelser"],
            ["accepted finding", "accepted findings"],
        ));
    }
    if !parts.is_empty() {
        return page.line(parts.join(", "));
    }
    if report.baseline.is_some_and(|baseline| baseline.known > 0) {
        return page.line(look.say("Inget nytt sedan förra körningen.", "Nothing new since the earlier run."));
    }
    if report.tally.broke > 0 {
        let text = look.count(report.tally.broke, ["stämmer inte"; 2], ["does not hold", "do not hold"]);
        return page.line(paint(BAD, &text));
    }
    if report.tally.tested == 0 {
        let text = look.say(
            "Inget prövades: tabeller kändes igen, men inget samband mellan deras belopp. Det säger inget om räkenskaperna.",
            "Nothing was tested: tables were recognised, but no relation between their amounts. That says nothing about \
             the accounts.",
        );
        return page.hang("", PLAIN, text, BAD);
    }
    let text = match look.language {
        Language::Swedish => format!("Allt som kunde prövas stämmer ({} prövningar).", report.tally.held),
        Language::English => format!("All that could be tested holds ({} tests).", report.tally.held),
    };
    page.line(paint(GOOD.bold(), &text));
}
