//! What was understood, for people: each table with its columns, its rows, what each total adds, and what was not
//! understood.

use super::page::{BOLD, DIM, PART, PLAIN, Page, TITLE, cut, left, paint, right, width};
use super::{Look, documents, ledger};
use crate::book::Book;
use crate::finding::Language;
use crate::grid::column_name;
use crate::period::Measure;
use crate::report::wording::{self, kind, name, sheet, whereabouts};
use crate::statement::{LineSum, Statement};
use crate::table::{Column, Entry, Line, Role};

pub fn inspect(book: &Book, look: &Look) -> String {
    let mut page = Page::new(look.width);
    documents::write(&mut page, book, look);
    for statement in &book.statements {
        page.blank();
        table(&mut page, book, statement, look);
    }
    for found in &book.ledgers {
        page.blank();
        ledger::trial_balance(&mut page, book, found, look);
    }
    ledger::proposals(&mut page, book, look);
    page.blank();
    ledger::counted(&mut page, book, look);
    if !book.statements.is_empty() || book.ledgers.is_empty() {
        rest(&mut page, book, look);
    }
    page.finish()
}

fn table(page: &mut Page, book: &Book, statement: &Statement, look: &Look) {
    let title = paint(TITLE, &name(statement, look.language));
    page.line(format!("{title}  {}", paint(DIM, &whereabouts(book, statement, look.language))));
    let declared = match statement.declared_unit {
        Some(_) => "",
        None => look.say(" (antaget)", " (assumed)"),
    };
    let unit = statement.unit.code();
    page.line(format!("  {}, {unit}{declared}", kind(statement.kind, look.language)));
    if let Some(original) = statement.copy_of.map(|i| &book.statements[i]) {
        let place = whereabouts(book, original, look.language);
        page.line(format!("  {} {} ({place})", look.say("Upprepar", "Repeats"), name(original, look.language)));
    }
    let columns: Vec<String> = statement.columns().iter().map(|c| column(c, look)).collect();
    let lead = format!("  {}: ", look.say("Kolumner", "Columns"));
    page.hang(&lead, PLAIN, &columns.join(", "), PLAIN);
    let gutter = statement.lines().iter().map(|line| (line.row + 1).to_string().len()).max().unwrap_or(1).max(3);
    let roles = statement.lines().iter().map(|line| width(role(line.role, look))).max().unwrap_or(0);
    let labels = statement.lines().iter().map(|line| width(&line.label)).max().unwrap_or(0).clamp(8, 44);
    for (i, line) in statement.lines().iter().enumerate() {
        row(page, statement, i, line, look, (gutter, roles, labels));
    }
}

/// `C 2019 utfall`, with what was not understood of its heading told.
fn column(column: &Column, look: &Look) -> String {
    let mut words = vec![column_name(column.col)];
    words.extend(column.period.map(|period| period.to_string()));
    words.extend(column.measure.map(|found| measure(found, look).to_string()));
    words.extend(column.entity.clone());
    if column.period.is_none() {
        let heading = if column.header.is_empty() { String::new() } else { format!(" \"{}\"", column.header) };
        words.push(format!("({}{heading})", look.say("okänd period", "unknown period")));
    }
    words.join("\u{a0}")
}

fn row(page: &mut Page, statement: &Statement, i: usize, line: &Line, look: &Look, wide: (usize, usize, usize)) {
    let (gutter, roles, labels) = wide;
    let sum = statement.sum_of(i).map(|sum| adds(statement, sum, look));
    let concept = match line.concept {
        Some(found) => paint(PART, &format!("{}{}", found.concept.code(), if found.sure { "" } else { "?" })),
        None => String::new(),
    };
    let note = line.note.map(|note| format!("not {} ", note.number)).unwrap_or_default();
    let label = left(&cut(&line.label, labels), labels);
    let style = if line.role.adds() || line.role == Role::Heading { BOLD } else { PLAIN };
    let odd: Vec<String> = odd(line);
    page.line(format!(
        "  {} {} {}  {}{}{}{}",
        paint(DIM, &right(&(line.row + 1).to_string(), gutter)),
        paint(DIM, &left(role(line.role, look), roles)),
        paint(style, &label),
        paint(DIM, &note),
        concept,
        sum.map(|sum| format!("  {sum}")).unwrap_or_default(),
        odd.iter().map(|text| format!("  {}", paint(super::page::BAD, text))).collect::<String>(),
    ));
}

/// `= 5 + 6 − 7 (2 av 2 kolumner)`: the rows that a total adds.
fn adds(statement: &Statement, sum: &LineSum, look: &Look) -> String {
    let mut text = String::from("=");
    for (i, (line, sign)) in sum.terms.iter().enumerate() {
        let sign = match (*sign < 0, i) {
            (true, _) => " − ",
            (false, 0) => " ",
            (false, _) => " + ",
        };
        text.push_str(&format!("{sign}{}", statement.lines()[*line].row + 1));
    }
    let (held, tested) = (sum.held, sum.tested);
    let note = match look.language {
        Language::Swedish => format!(" ({held} av {tested} kolumner stämmer)"),
        Language::English => format!(" ({held} of {tested} columns hold)"),
    };
    format!("{text}{}", paint(DIM, &note))
}

/// Entries that are no figures where figures stand.
fn odd(line: &Line) -> Vec<String> {
    let told = |entry: &Entry| match entry {
        Entry::Error(error) => Some(error.to_string()),
        Entry::Uncalculated => Some("=…".to_string()),
        Entry::Words | Entry::Unknown => Some("?".to_string()),
        _ => None,
    };
    line.entries.iter().filter_map(told).collect()
}

fn role(role: Role, look: &Look) -> &'static str {
    let (swedish, english) = match role {
        Role::Heading => ("rubrik", "heading"),
        Role::Line => ("", ""),
        Role::Subtotal => ("delsumma", "subtotal"),
        Role::Total => ("summa", "total"),
        Role::OfWhich => ("varav", "of which"),
    };
    match look.language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

pub(super) fn measure(measure: Measure, look: &Look) -> &'static str {
    match (measure, look.language) {
        (measure, Language::English) => measure.code(),
        (Measure::Actual, _) => "utfall",
        (Measure::Budget, _) => "budget",
        (Measure::Plan, _) => "plan",
        (Measure::Forecast, _) => "prognos",
        (Measure::Variance, _) => "avvikelse",
        (Measure::Share, _) => "andel",
    }
}

/// What was not understood, counted.
fn rest(page: &mut Page, book: &Book, look: &Look) {
    let lines = || book.statements.iter().flat_map(|statement| statement.lines());
    let strange = lines().filter(|line| line.concept.is_none() && line.role != Role::Heading).count();
    let tables = look.count(book.statements.len(), ["tabell", "tabeller"], ["table", "tables"]);
    let rows = look.count(lines().count(), ["rad", "rader"], ["row", "rows"]);
    let strange = look.count(strange, ["rad", "rader"], ["row", "rows"]);
    let text = format!("{tables}, {rows}; {strange} {}", look.say("utan känt begrepp", "without a known concept"));
    page.hang(look.say("Förstått: ", "Understood: "), BOLD, &text, PLAIN);
    let other = book.statements.iter().filter(|s| s.kind == crate::statement::Kind::Other).count();
    let columns = book.statements.iter().flat_map(|s| s.columns()).filter(|column| column.period.is_none()).count();
    let other = look.count(other, ["tabell", "tabeller"], ["table", "tables"]);
    let columns = look.count(columns, ["kolumn", "kolumner"], ["column", "columns"]);
    let texts = look.count(book.prose.len(), ["textstycke", "textstycken"], ["text", "texts"]);
    let text = match look.language {
        Language::Swedish => {
            format!("{other} av okänt slag, {columns} utan period, {texts} utanför tabellerna")
        }
        Language::English => format!("{other} of unknown kind, {columns} without a period, {texts} outside the tables"),
    };
    page.hang(look.say("Inte förstått: ", "Not understood: "), BOLD, &text, PLAIN);
    if let Some(text) = wording::unread(book, look.language) {
        page.hang(look.say("Inte läst: ", "Not read: "), BOLD, &text, PLAIN);
    }
    for (grid, unread) in &book.unread {
        let file = sheet(book, *grid, look.language);
        let lines = wording::lines(unread.first, unread.last, look.language);
        let place = if file.is_empty() { lines } else { format!("{file}, {lines}") };
        let amounts = look.count(unread.amounts, ["belopp"; 2], ["amount", "amounts"]);
        page.line(paint(DIM, &format!("  {place}: {} {amounts}", look.say("minst", "at least"))));
    }
}
