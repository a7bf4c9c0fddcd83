//! One finding, as rustc would tell it: what, where, the piece of the sheet, why, and what to do.

use super::page::{BOLD, DIM, GUTTER, PLAIN, Page, cut, of, paint, right, width};
use super::{Look, excerpt};
use crate::book::Book;
use crate::check::Report;
use crate::finding::{Consequence, Finding, Mark, Role, Sign};
use crate::grid::At;
use crate::report::wording::{advice, likelihood, name, place_in, severity, told as explained};
use crate::report::{evidence, place, primary};

/// How many pieces of sheets and how many consequences are shown; the rest is named or counted.
const PARTS: usize = 3;
const CONSEQUENCES: usize = 4;

/// Less room than this says nothing.
const ABOUT: usize = 12;

/// What is told with a finding.
pub struct Told<'a> {
    pub report: &'a Report,
    /// What to do is said once a rule, with its first finding.
    pub advise: bool,
    /// The names by which its explanations can be put into the cleaned workbook.
    pub suggested: Vec<&'a str>,
}

/// Writes one finding.
pub fn write(page: &mut Page, book: &Book, finding: &Finding, told: &Told<'_>, look: &Look) {
    if let Some(sign) = finding.accepted() {
        return accepted(page, book, finding, sign, look);
    }
    let style = of(finding.severity);
    let lead = format!("{}[{}]: ", severity(finding.severity, look.language), finding.rule);
    page.hang(&lead, style, finding.message.get(look.language), BOLD);
    let parts = evidence::parts(book, told.report, finding, look.language);
    let rows = parts.iter().flat_map(|part| &part.marks).map(|mark| mark.row + 1);
    let gutter = rows.max().map_or(1, |row| row.to_string().len()).max(2);
    for (i, part) in parts.iter().take(PARTS).enumerate() {
        let (arrow, at) = (if i == 0 { "-->" } else { ":::" }, part.at());
        let lead = format!("{}{}", right("", gutter), paint(GUTTER, arrow));
        let about = about(book, part.statement, at, i > 0, look);
        // A place is never cut, for editors follow it; what is said beside it has the room that is left.
        let place = place(book, at);
        let room = page.width.saturating_sub(gutter + 4 + width(&place));
        let about = if room < ABOUT { String::new() } else { cut(&about, room) };
        page.line(format!("{lead} {place}{}", paint(DIM, &about)));
        let grid = &book.grids[at.grid as usize];
        for line in excerpt::excerpt(grid, &part.window(book), &part.marks, gutter, page.width) {
            page.line(line);
        }
    }
    if parts.len() > PARTS {
        let rest = parts[PARTS..].iter().map(|part| place_in(book, part.at()));
        let text = rest.collect::<Vec<_>>().join(", ");
        page.hang(&format!("{}::: ", right("", gutter)), GUTTER, &text, PLAIN);
    }
    let notes = notes(book, finding, told, look);
    if !parts.is_empty() && !notes.is_empty() {
        page.line(paint(GUTTER, &format!("{} │", right("", gutter))));
    }
    for (label, text) in notes {
        let lead = format!("{} = {label}: ", right("", gutter));
        page.hang(&lead, BOLD, &text, PLAIN);
    }
}

/// What somebody has looked at and accepted takes two lines: what it is, and who has accepted it and why.
fn accepted(page: &mut Page, book: &Book, finding: &Finding, sign: &Sign, look: &Look) {
    let lead = format!("{}[{}]: ", look.say("godkänd", "accepted"), finding.rule);
    let place = primary(finding).map(|at| format!("  {}", place_in(book, at))).unwrap_or_default();
    page.hang(&lead, DIM, &format!("{}{place}", finding.message.get(look.language)), DIM);
    page.hang("   = ", DIM, &format!("{} {}: {}", sign.initials, sign.date, sign.reason), PLAIN);
}

/// `  Not 2 Verksamhetens kostnader · Summa · 2019`; the name only where no heading has told it.
fn about(book: &Book, statement: Option<usize>, at: At, named: bool, look: &Look) -> String {
    let Some(statement) = statement.map(|i| &book.statements[i]) else { return String::new() };
    let mut words = if named { vec![name(statement, look.language)] } else { Vec::new() };
    words.extend(statement.table.line_of(at.row).map(|line| statement.lines()[line].label.clone()));
    let column = statement.columns().iter().find(|column| column.col == at.col);
    words.extend(column.and_then(|column| column.period).map(|period| period.to_string()));
    words.retain(|word| !word.is_empty());
    if words.is_empty() { String::new() } else { format!("  {}", words.join(" · ")) }
}

/// What is said below the excerpt, each with its label.
fn notes(book: &Book, finding: &Finding, told: &Told<'_>, look: &Look) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if let Some(Mark::Expired(sign, changes)) = &finding.mark {
        let changes: Vec<String> =
            changes.iter().map(|change| format!("{}: {} → {}", change.cell, change.was, change.is)).collect();
        let text = format!("{} {} ({}); {}", sign.initials, sign.date, sign.reason, changes.join("; "));
        notes.push((look.say("godkänd, men gäller inte längre", "accepted, but holds no longer"), text));
    }
    for (i, cause) in finding.causes.iter().enumerate() {
        // A rule that sees the cause itself has told it already.
        if cause.text == finding.message {
            continue;
        }
        notes.push((likelihood(finding, i, look.language), explained(book, cause, look.language)));
    }
    if !told.suggested.is_empty() {
        let names = told.suggested.join(look.say(" eller ", " or "));
        notes.push((look.say("läggs in med", "apply with"), format!("avstam clean --apply {names}")));
    }
    let label = look.say("följer av detta", "follows from this");
    let mut consequences: Vec<String> = finding.consequences.iter().map(|found| follows(book, found, look)).collect();
    consequences.dedup();
    let rest = if look.verbose { 0 } else { consequences.len().saturating_sub(CONSEQUENCES) };
    consequences.truncate(consequences.len() - rest);
    notes.extend(consequences.into_iter().map(|text| (label, text)));
    if rest > 0 {
        notes.push((label, look.count(rest, ["till (alla med -v)"; 2], ["more (all with -v)"; 2])));
    }
    let advice = advice(finding.rule, look.language).filter(|_| told.advise);
    notes.extend(advice.map(|text| (look.say("gör så här", "help"), text)));
    notes
}

/// `KF05 KF!C13: Likvida medel vid årets slut …`.
fn follows(book: &Book, consequence: &Consequence, look: &Look) -> String {
    let total = consequence.cells.iter().find(|(_, role)| *role == Role::Total).or(consequence.cells.first());
    let place = total.map(|(at, _)| format!(" {}", place_in(book, *at))).unwrap_or_default();
    format!("{}{place}: {}", consequence.rule, consequence.message.get(look.language))
}
