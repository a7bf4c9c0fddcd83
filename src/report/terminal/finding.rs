//! One finding, as rustc would tell it: what, where, the piece of the sheet, why, and what to do.

use super::excerpt::{self, Mark, Pointer, Window};
use super::page::{BOLD, DIM, GUTTER, PLAIN, Page, of, paint, right, width};
use super::{Look, name, place_in};
use crate::book::Book;
use crate::check::Report;
use crate::finding::{Cause, Finding, Language, Role, Severity};
use crate::grid::At;
use crate::money::Swedish;
use crate::relation::{Kind, Relation};
use crate::report::{place, primary, rule, stated, statement_of};

/// How many pieces of sheets and how many consequences are shown; the rest is named or counted.
const PARTS: usize = 3;
const CONSEQUENCES: usize = 4;

/// Writes one finding. What to do is said once a rule, with its first finding.
pub fn write(page: &mut Page, book: &Book, report: &Report, finding: &Finding, advise: bool, look: &Look) {
    let style = of(finding.severity);
    let lead = format!("{}[{}]: ", severity(finding.severity, look), finding.rule);
    page.hang(&lead, style, finding.message.get(look.language), BOLD);
    let marks = marks(book, report, finding, look);
    let parts = parts(book, finding, &marks);
    let gutter = marks.iter().map(|(at, _)| (at.row + 1).to_string().len()).max().unwrap_or(1).max(2);
    for (i, (statement, cells)) in parts.iter().take(PARTS).enumerate() {
        let arrow = if i == 0 { "-->" } else { ":::" };
        let first = cells.iter().max_by_key(|(at, mark)| (mark.pointer, std::cmp::Reverse(*at)));
        let Some((at, _)) = first else { continue };
        let about = about(book, *statement, *at, i > 0, look);
        page.line(format!("{}{} {}{}", right("", gutter), paint(GUTTER, arrow), place(book, *at), paint(DIM, &about)));
        let marks: Vec<Mark> = cells.iter().map(|(_, mark)| mark.clone()).collect();
        let grid = &book.grids[at.grid as usize];
        let window = window(book, *statement, &marks);
        for line in excerpt::excerpt(grid, &window, &marks, gutter, page.width) {
            page.line(line);
        }
    }
    if parts.len() > PARTS {
        let rest = parts[PARTS..].iter().filter_map(|(_, cells)| Some(place_in(book, cells.first()?.0)));
        let text = rest.collect::<Vec<_>>().join(", ");
        page.hang(&format!("{}::: ", right("", gutter)), GUTTER, &text, PLAIN);
    }
    let notes = notes(book, finding, advise, look);
    if !parts.is_empty() && !notes.is_empty() {
        page.line(paint(GUTTER, &format!("{} │", right("", gutter))));
    }
    for (label, text) in notes {
        let lead = format!("{} = {label}: ", right("", gutter));
        page.hang(&lead, BOLD, &text, PLAIN);
    }
}

pub fn severity(severity: Severity, look: &Look) -> &'static str {
    match (severity, look.language) {
        (Severity::Error, Language::Swedish) => "fel",
        (Severity::Warning, Language::Swedish) => "varning",
        (Severity::Info, Language::Swedish) => "upplysning",
        (severity, Language::English) => severity.code(),
    }
}

/// What is marked in which cell, in the order of the sheets.
fn marks(book: &Book, report: &Report, finding: &Finding, look: &Look) -> Vec<(At, Mark)> {
    let relation = relation(report, finding);
    let first = primary(finding);
    let mut cells = finding.cells.clone();
    // What the likeliest cause would change is worth seeing, also where the equation does not hold it.
    let edited = finding.causes.first().into_iter().flat_map(|cause| cause.edits.iter().map(|edit| edit.at));
    for at in edited.chain(finding.suspect) {
        if !cells.iter().any(|(other, _)| *other == at) {
            cells.push((at, Role::Tie));
        }
    }
    cells.retain(|(at, _)| (at.grid as usize) < book.grids.len());
    cells.sort_by_key(|(at, _)| *at);
    cells.dedup_by_key(|(at, _)| *at);
    let mark = |(at, role): (At, Role)| {
        let sign = relation.map_or("", |relation| sign(relation, at, role));
        let pointer = match sign {
            _ if Some(at) == first => Pointer::Strong,
            "" | "=" => Pointer::Weak,
            _ => Pointer::None,
        };
        (at, Mark { row: at.row, col: at.col, sign, pointer, note: note(finding, at, look) })
    };
    cells.into_iter().map(mark).collect()
}

/// The broken relation that the finding is about.
fn relation<'a>(report: &'a Report, finding: &Finding) -> Option<&'a Relation> {
    let total = stated(finding)?;
    let about = |relation: &&Relation| relation.rule == finding.rule && relation.result.at == total;
    report.checks.iter().filter(|check| check.broke()).map(|check| &check.relation).find(about)
}

fn sign(relation: &Relation, at: At, role: Role) -> &'static str {
    if relation.result.at == at && role == Role::Total {
        return "=";
    }
    if !matches!(relation.kind, Kind::Sum | Kind::Difference) {
        return "";
    }
    match relation.terms.iter().find(|term| term.at == at).map(|term| term.coefficient) {
        Some(coefficient) if coefficient < 0 => "−",
        Some(_) => "+",
        None => "",
    }
}

/// What is said of a cell beside its pointer.
fn note(finding: &Finding, at: At, look: &Look) -> String {
    let mut said = Vec::new();
    let edit = finding.causes.first().and_then(|cause| cause.edits.iter().find(|edit| edit.at == at));
    if let Some(edit) = edit {
        said.push(format!("{} {}", look.say("borde vara", "should be"), Swedish(edit.to)));
    }
    let stated = stated(finding) == Some(at);
    if let (true, Some(expected), Some(difference)) = (stated, finding.expected, finding.difference()) {
        if edit.is_none_or(|edit| edit.to != expected) {
            said.push(format!("{} {}", look.say("väntat", "expected"), Swedish(expected)));
        }
        let unit = finding.unit.map_or(String::new(), |unit| format!("\u{a0}{}", unit.code()));
        said.push(format!("{} {}{unit}", look.say("skillnad", "difference"), Swedish(difference)));
    }
    said.join(", ")
}

/// The cells by the table they stand in; the table of the first cell comes first.
fn parts(book: &Book, finding: &Finding, marks: &[(At, Mark)]) -> Vec<(Option<usize>, Vec<(At, Mark)>)> {
    let mut parts: Vec<(u32, Option<usize>, Vec<(At, Mark)>)> = Vec::new();
    for (at, mark) in marks {
        let statement = statement_of(book, *at);
        match parts.iter_mut().find(|(grid, of, _)| *grid == at.grid && *of == statement) {
            Some((.., cells)) => cells.push((*at, mark.clone())),
            None => parts.push((at.grid, statement, vec![(*at, mark.clone())])),
        }
    }
    let first = primary(finding);
    parts.sort_by_key(|(.., cells)| !cells.iter().any(|(at, _)| Some(*at) == first));
    parts.into_iter().map(|(_, statement, cells)| (statement, cells)).collect()
}

/// `Not 2 Verksamhetens kostnader · Summa · 2019`; the name only where no heading has told it.
fn about(book: &Book, statement: Option<usize>, at: At, named: bool, look: &Look) -> String {
    let Some(statement) = statement.map(|i| &book.statements[i]) else { return String::new() };
    let mut words = if named { vec![name(statement, look)] } else { Vec::new() };
    words.extend(statement.lines().iter().find(|line| line.row == at.row).map(|line| line.label.clone()));
    let column = statement.columns().iter().find(|column| column.col == at.col);
    words.extend(column.and_then(|column| column.period).map(|period| period.to_string()));
    words.retain(|word| !word.is_empty());
    words.join(" · ")
}

fn window(book: &Book, statement: Option<usize>, marks: &[Mark]) -> Window {
    match statement.map(|i| &book.statements[i].table) {
        Some(table) => {
            let mut headings: Vec<u32> = table.columns.iter().filter_map(|column| Some(column.at?.row)).collect();
            headings.sort_unstable();
            headings.dedup();
            let figures: Vec<u32> = table.columns.iter().map(|column| column.col).collect();
            let last = figures.iter().max().copied().unwrap_or(0).max(table.area.last_col);
            Window { headings, figures, columns: (table.area.first_col, last) }
        }
        None => {
            let cols = marks.iter().map(|mark| mark.col);
            let (first, last) = (cols.clone().min().unwrap_or(0), cols.max().unwrap_or(0));
            Window { headings: Vec::new(), figures: Vec::new(), columns: (first.min(0), last) }
        }
    }
}

/// What is said below the excerpt, each with its label.
fn notes(book: &Book, finding: &Finding, advise: bool, look: &Look) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    for (i, cause) in finding.causes.iter().enumerate() {
        // A rule that sees the cause itself has told it already.
        if cause.text == finding.message {
            continue;
        }
        notes.push((likelihood(finding, i, look), told(book, cause, look)));
    }
    let shown = if look.verbose { finding.consequences.len() } else { CONSEQUENCES.min(finding.consequences.len()) };
    for consequence in &finding.consequences[..shown] {
        let text = format!("{} {}", consequence.rule, consequence.message.get(look.language));
        notes.push((look.say("följer av detta", "follows from this"), text));
    }
    if shown < finding.consequences.len() {
        let rest = finding.consequences.len() - shown;
        let text = look.count(rest, ["till (alla med -v)"; 2], ["more (all with -v)"; 2]);
        notes.push((look.say("följer av detta", "follows from this"), text));
    }
    let advice = advice(finding.rule, look).filter(|_| advise);
    notes.extend(advice.map(|text| (look.say("gör så här", "help"), text)));
    notes
}

/// How likely a cause is beside the others.
fn likelihood(finding: &Finding, i: usize, look: &Look) -> &'static str {
    match (i, finding.causes.len(), finding.suspect) {
        (0, 1, _) => look.say("trolig orsak", "likely cause"),
        (0, _, Some(_)) => look.say("troligast", "most likely"),
        (_, _, None) => look.say("lika troligt", "equally likely"),
        _ => look.say("annars", "otherwise"),
    }
}

fn told(book: &Book, cause: &Cause, look: &Look) -> String {
    let text = cause.text.get(look.language);
    if !text.is_empty() {
        return text.to_string();
    }
    let edit = |edit: &crate::finding::Edit| format!("{} → {}", place(book, edit.at), Swedish(edit.to));
    cause.edits.iter().map(edit).collect::<Vec<_>>().join(", ")
}

/// What the rule's story says to do: its paragraph that begins so.
fn advice(code: &str, look: &Look) -> Option<String> {
    let rule = rule(code)?;
    let (story, mark) = match look.language {
        Language::Swedish => (rule.swedish, "Gör så här:"),
        Language::English => (rule.story, "What to do:"),
    };
    let at = story.find(mark)? + mark.len();
    let paragraph = story[at..].split("\n\n").next()?;
    let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ").replace(['*', '`'], "");
    (width(&text) > 0).then_some(text)
}
