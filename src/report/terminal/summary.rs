//! What the silence is worth: what was tested, held, broke, could not be tested, and what was tied to nothing.

use super::page::{ALL_GOOD, BAD, BOLD, DIM, GOOD, PLAIN, Page, cut, left, of, paint, right, width};
use super::{Look, ledger};
use crate::book::{Book, Spot};
use crate::check::{Baseline, Report};
use crate::finding::{Finding, Language, Severity};
use crate::money::Swedish;
use crate::report::bodies;
use crate::report::matrix::{self, Relations};
use crate::report::wording::{self, name, place_in};
use crate::table::Role;

/// How many untied amounts are listed unless all are wanted.
const LISTED: usize = 5;

/// The width of a column of the matrix, and in a narrow terminal.
const CELL: usize = 10;
const NARROW: usize = 9;

pub fn write(page: &mut Page, book: &Book, report: &Report, look: &Look) {
    ledger::counted(page, book, look);
    if book.statements.is_empty() && !book.ledgers.is_empty() {
        tested(page, report, true, look);
        page.blank();
        by_body(page, book, report, look);
        return last(page, report, true, look);
    }
    if book.statements.is_empty() {
        let text = look.say(
            "Inget kunde prövas: ingen tabell med belopp kändes igen i det som lästes. Det säger inget om räkenskaperna. \
             Pröva `avstam inspect` för att se vad som lästes.",
            "Nothing could be tested: no table of amounts was recognised in what was read. That says nothing about the \
             accounts. Try `avstam inspect` to see what was read.",
        );
        page.hang("", PLAIN, text, BAD);
        return unread(page, book, look);
    }
    verdicts(page, book, report, look);
    page.blank();
    tested(page, report, false, look);
    coverage(page, book, report, look);
    unread(page, book, look);
    if let Some(text) = wording::outside(book, &report.coverage, look.language) {
        page.hang(look.say("Inte prövat: ", "Not tested: "), BOLD, &text, PLAIN);
    }
    if let Some(Baseline { known, gone }) = report.baseline {
        let text = match look.language {
            Language::Swedish => format!("{known} avvikelser fanns redan då och visas inte, {gone} är borta"),
            Language::English => format!("{known} findings stood there already and are not shown, {gone} are gone"),
        };
        page.hang(look.say("Sedan förra körningen: ", "Since the earlier run: "), BOLD, &text, PLAIN);
    }
    page.blank();
    by_body(page, book, report, look);
    last(page, report, false, look);
}

/// What came of each body, where there are several.
fn by_body(page: &mut Page, book: &Book, report: &Report, look: &Look) {
    if !book.is_of_several() {
        return;
    }
    page.line(paint(BOLD, look.say("Per förbund", "By förbund")));
    for (body, outcome) in bodies::outcomes(book, report) {
        let mark = outcome.mark();
        let name = format!("{} {}: ", painted(mark, mark), book.called(body).get(look.language));
        page.hang(&name, PLAIN, &outcome.told(look.language), PLAIN);
    }
    page.blank();
}

/// Statements × kinds of test.
fn verdicts(page: &mut Page, book: &Book, report: &Report, look: &Look) {
    let rows = matrix::rows(book, report);
    let mut shown: Vec<usize> = (0..rows.len()).filter(|&i| look.verbose || !rows[i].is_empty()).collect();
    let several = book.is_of_several();
    if several {
        shown.sort_by_key(|&i| book.group(book.input(&book.statements[i])));
    }
    let names: Vec<String> = shown.iter().map(|&i| name(&book.statements[i], look.language)).collect();
    let cell = if page.width < 80 { NARROW } else { CELL };
    let ties = matrix::ties(&rows);
    let room = page.width.saturating_sub((ties.len() + 1) * cell + 2);
    let wide = names.iter().map(|name| width(name)).max().unwrap_or(0).clamp(10, room.clamp(12, 42));
    let place = room.saturating_sub(wide + 2);
    let heads = ties.iter().map(|tie| tie.name(look.language));
    let heads: String = heads.chain([look.say("oprövade", "untested")]).map(|head| right(head, cell)).collect();
    page.line(paint(BOLD, &format!("  {}{heads}", left(look.say("Tabell", "Table"), wide))));
    let (mut last, mut last_body) = (None, None);
    for (i, name) in shown.into_iter().zip(names) {
        let (row, statement) = (&rows[i], &book.statements[i]);
        // Two years of one form are told apart by their files.
        let input = book.input(statement);
        if several && last_body.replace(book.group(input)) != Some(book.group(input)) {
            let body = bodies::named(book, book.group(input), look.language);
            let body = body.unwrap_or_else(|| bodies::heading(book, None, look.language));
            page.line(paint(BOLD, &cut(&body, page.width)));
        }
        if book.inputs.len() > 1 && last.replace(input) != Some(input) {
            page.line(paint(DIM, &cut(book.file_name(input), page.width)));
        }
        let mut line = format!("{} {}", painted(row.mark(), row.mark()), left(&cut(&name, wide), wide));
        for &tie in &ties {
            let text = row.scores[tie as usize].shown();
            line.push_str(&painted(&text[..text.find(' ').unwrap_or(text.len())], &right(&text, cell)));
        }
        let untied = if row.untied == 0 { "–".to_string() } else { row.untied.to_string() };
        line.push_str(&paint(DIM, &right(&untied, cell)));
        let sheet = &book.grids[statement.table.grid as usize].sheet;
        if place >= NARROW && !sheet.is_empty() {
            let sheet = format!("{} {sheet}", look.say("blad", "sheet"));
            line.push_str(&format!("  {}", paint(DIM, &cut(&sheet, place))));
        }
        page.line(line);
    }
}

fn painted(mark: &str, text: &str) -> String {
    match mark {
        "✗" => paint(BAD, text),
        "!" => paint(of(Severity::Warning), text),
        "✓" => paint(GOOD, text),
        _ => paint(DIM, text),
    }
}

fn tested(page: &mut Page, report: &Report, only_ledgers: bool, look: &Look) {
    let tally = report.tally;
    let Relations { tested, held, rounded } = Relations::of(report);
    let broke = tested - held;
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
    let reasons = matrix::untestable(report, look.language);
    reasons.iter().map(|(number, why)| format!("{number} {why}")).collect::<Vec<_>>().join(", ")
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

fn unread(page: &mut Page, book: &Book, look: &Look) {
    if let Some(text) = wording::unread(book, look.language) {
        page.hang(look.say("Inte läst: ", "Not read: "), BOLD, &text, BAD);
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
fn last(page: &mut Page, report: &Report, only_ledgers: bool, look: &Look) {
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
    if Relations::of(report).tested == 0 && !only_ledgers {
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
    page.line(paint(ALL_GOOD, &text));
}
