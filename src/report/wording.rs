//! What the reports call things, in both languages, whatever their form.

use super::{place, rule};
use crate::book::Book;
use crate::coverage::{Coverage, Outside};
use crate::finding::{Cause, Edit, Finding, Language, Severity};
use crate::grid::{At, Source};
use crate::money::Swedish;
use crate::statement::{Kind, Statement};

/// The wording of the language.
pub fn say<'a>(language: Language, swedish: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

/// `1 tabell`, `2 tabeller`.
pub fn count(language: Language, number: usize, swedish: [&str; 2], english: [&str; 2]) -> String {
    let many = usize::from(number != 1);
    format!("{number} {}", say(language, swedish[many], english[many]))
}

/// What a statement is called where people read: its own title, else its kind.
pub fn name(statement: &Statement, language: Language) -> String {
    match statement.name() {
        name if name.is_empty() => kind(statement.kind, language).to_string(),
        name => name,
    }
}

/// `blad KF, A4:C13`, in a text document its lines; the file before it where there are several.
pub fn whereabouts(book: &Book, statement: &Statement, language: Language) -> String {
    let area = statement.table.area;
    let grid = &book.grids[statement.table.grid as usize];
    let range = match grid.source {
        Source::Text if grid.line.is_some() => {
            format!("{} {}", say(language, "rad", "line"), grid.origin(area.first_row, 0).0 + 1)
        }
        Source::Text => {
            let area = grid.lines(area);
            lines(area.first_row, area.last_row, language)
        }
        _ => area.a1(),
    };
    let sheet = sheet(book, statement.table.grid, language);
    if sheet.is_empty() { range } else { format!("{sheet}, {range}") }
}

/// `minst 40 belopp i 2 tabeller`: what looks like tables and was not read; `None` where all was.
pub fn unread(book: &Book, language: Language) -> Option<String> {
    let (amounts, tables) = (book.unread_amounts(), book.unread.len());
    let tables = count(language, tables, ["tabell", "tabeller"], ["table", "tables"]);
    (amounts > 0).then(|| match language {
        Language::Swedish => format!("minst {amounts} belopp i {tables} som inte kunde delas upp (TX09)"),
        Language::English => format!("at least {amounts} amounts in {tables} that could not be laid out (TX09)"),
    })
}

/// `9 tal som inte hör till någon känd tabell: 3 från Anteckningar!D4, 6 från Rörigt!A2`: what no check looks at;
/// `None` where every number stands in a table.
pub fn outside(book: &Book, coverage: &Coverage, language: Language) -> Option<String> {
    const SHEETS: usize = 4;
    let told = |outside: &Outside| {
        format!("{} {} {}", outside.numbers, say(language, "från", "from"), place_in(book, outside.first))
    };
    let mut parts: Vec<String> = coverage.outside.iter().take(SHEETS).map(told).collect();
    if let Some(rest) = coverage.outside.get(SHEETS..).filter(|rest| !rest.is_empty()) {
        let numbers: usize = rest.iter().map(|outside| outside.numbers).sum();
        let sheets = count(language, rest.len(), ["blad till", "blad till"], ["more sheet", "more sheets"]);
        parts.push(format!("{numbers} {} {sheets}", say(language, "på", "on")));
    }
    let numbers = coverage.numbers_outside();
    let about = say(language, "tal som inte hör till någon känd tabell", "numbers that belong to no known table");
    (numbers > 0).then(|| format!("{numbers} {about}: {}", parts.join(", ")))
}

/// `rad 12–85`.
pub fn lines(first: u32, last: u32, language: Language) -> String {
    match first == last {
        true => format!("{} {}", say(language, "rad", "line"), first + 1),
        false => format!("{} {}–{}", say(language, "rad", "lines"), first + 1, last + 1),
    }
}

/// `bokslut.xlsx, blad KF`, of which only what is needed to tell it from the others.
pub fn sheet(book: &Book, grid: u32, language: Language) -> String {
    let grid = &book.grids[grid as usize];
    let mut parts = Vec::new();
    if book.inputs.len() > 1 {
        parts.push(book.file_name(grid.input).to_string());
    }
    if !grid.sheet.is_empty() {
        parts.push(format!("{} {}", say(language, "blad", "sheet"), grid.sheet));
    }
    parts.join(", ")
}

/// The place within the book: [`place`] without the file where there is only one.
pub fn place_in(book: &Book, at: At) -> String {
    let full = place(book, at);
    let path = book.inputs[book.grids[at.grid as usize].input].path.display().to_string();
    match full.strip_prefix(&path).and_then(|rest| rest.strip_prefix(':')) {
        Some(rest) if book.inputs.len() == 1 => rest.to_string(),
        _ => full,
    }
}

pub fn kind(kind: Kind, language: Language) -> &'static str {
    let (swedish, english) = match kind {
        Kind::IncomeStatement => ("Resultaträkning", "Income statement"),
        Kind::BalanceSheet => ("Balansräkning", "Balance sheet"),
        Kind::CashFlow => ("Kassaflödesanalys", "Cash flow"),
        Kind::BalanceRequirement => ("Balanskravsutredning", "Balance requirement"),
        Kind::Note => ("Not", "Note"),
        Kind::Budget => ("Budget", "Budget"),
        Kind::Activities => ("Insatser", "Activities"),
        Kind::MultiYear => ("Flerårsöversikt", "Multi-year overview"),
        Kind::Summary => ("Ekonomisk sammanfattning", "Summary"),
        Kind::Contents | Kind::Other => ("Övrig tabell", "Other table"),
    };
    match language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

pub fn severity(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Swedish) => "fel",
        (Severity::Warning, Language::Swedish) => "varning",
        (Severity::Info, Language::Swedish) => "upplysning",
        (severity, Language::English) => severity.code(),
    }
}

/// How likely a cause is beside the others.
pub fn likelihood(finding: &Finding, i: usize, language: Language) -> &'static str {
    match (i, finding.causes.len(), finding.suspect) {
        (0, 1, _) => say(language, "trolig orsak", "likely cause"),
        (0, _, Some(_)) => say(language, "troligast", "most likely"),
        (0, _, None) => say(language, "lika troligt", "equally likely"),
        (_, _, None) => say(language, "eller", "or"),
        _ => say(language, "annars", "otherwise"),
    }
}

pub fn told(book: &Book, cause: &Cause, language: Language) -> String {
    let text = cause.text.get(language);
    if !text.is_empty() {
        return text.to_string();
    }
    let edit = |edit: &Edit| format!("{} → {}", place(book, edit.at), Swedish(edit.to));
    cause.edits.iter().map(edit).collect::<Vec<_>>().join(", ")
}

/// What the rule's story says to do: its paragraph that begins so.
pub fn advice(code: &str, language: Language) -> Option<String> {
    let rule = rule(code)?;
    let (story, mark) = match language {
        Language::Swedish => (rule.swedish, "Gör så här:"),
        Language::English => (rule.story, "What to do:"),
    };
    let at = story.find(mark)? + mark.len();
    let paragraph = story[at..].split("\n\n").next()?;
    let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ").replace(['*', '`'], "");
    (!text.is_empty()).then_some(text)
}
