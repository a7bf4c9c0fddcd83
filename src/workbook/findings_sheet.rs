//! `Avvikelser`: one row a finding, the gravest first.

use rust_xlsxwriter::{ConditionalFormatFormula, DataValidation, Format, XlsxError};

use super::Material;
use super::pen::{MOST_ROWS, Pen};
use super::rules_sheet;
use super::settled::{self, Settled, When};
use super::statements;
use super::styles::{Ink, Look, Number};
use super::wording::{self, say};
use crate::finding::{Cause, Finding, Language};
use crate::grid::{Grid, a1};
use crate::money::Money;
use crate::report::{self, bodies};
use crate::suggestion;

const HEADS: [(&str, &str, u16); 21] = [
    ("Allvar", "Severity", 11),
    ("Kod", "Code", 7),
    ("Räkning", "Statement", 18),
    ("Cell", "Cell", 23),
    ("Rad", "Line", 20),
    ("Period", "Period", 8),
    ("Angivet", "Stated", 12),
    ("Väntat", "Expected", 12),
    ("Differens", "Difference", 12),
    ("Enhet", "Unit", 7),
    ("Vad", "What", 46),
    ("Trolig orsak", "Likely cause", 38),
    ("Andra orsaker", "Other causes", 52),
    ("Förslag", "Suggestion", 10),
    ("Följder", "Consequences", 56),
    ("Källa", "Source", 30),
    ("Status", "Status", 12),
    ("Kommentar", "Comment", 28),
    ("Signatur", "Initials", 10),
    ("Datum", "Date", 12),
    ("Bundet till", "Bound to", 18),
];
pub const STATUS: u16 = 16;
pub const COMMENT: u16 = 17;
pub const INITIALS: u16 = 18;
pub const DATE: u16 = 19;
/// What the columns before are bound to; of no interest to readers, and hidden.
pub const KEY: u16 = 20;

/// The statuses that a finding can be given; the first is that of a new one.
pub const STATUSES: [(&str, &str); 4] =
    [("Öppen", "Open"), ("Åtgärdad", "Mended"), ("Accepterad", "Accepted"), ("Ej fel", "No fault")];

/// Whether a sheet that was read is one of these.
pub fn is_own(grid: &Grid) -> bool {
    wording::has_heads(grid, &HEADS)
}

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(&material.own.findings)?;
    let heads = HEADS.map(|(swedish, english, width)| (say(material.language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    pen.sheet.set_freeze_panes(1, 2)?;
    // What was found on the left page, and what becomes of it on the right one.
    pen.sheet.set_print_fit_to_pages(2, 0).set_repeat_columns(0, 1)?;
    let mut findings: Vec<&Finding> = material.report.findings.iter().take(MOST_ROWS).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let suggestions = suggestion::suggestions(material.book, material.report);
    for (i, finding) in findings.iter().enumerate() {
        row(material, &mut pen, i as u32 + 1, finding)?;
        let own = suggestions.iter().filter(|suggestion| std::ptr::eq(suggestion.finding, *finding));
        let names = own.map(|suggestion| suggestion.name.as_str()).collect::<Vec<_>>().join("\n");
        pen.text(i as u32 + 1, 13, &names, Look::wrapped())?;
    }
    if findings.is_empty() {
        let none = say(material.language, "Inga avvikelser.", "No findings.");
        pen.text(1, 0, none, Look { italic: true, ..Look::NONE })?;
    }
    let last = findings.len() as u32;
    if last > 0 {
        for_the_reader(&mut pen, material.language, last)?;
        reader(material, &mut pen, &findings)?;
    }
    pen.sheet.set_column_hidden(KEY)?;
    pen.sheet.autofilter(0, 0, last, heads.len() as u16 - 1)?;
    Ok(pen)
}

/// The columns that whoever goes through the findings fills in: a status to choose, and the look of what is settled.
fn for_the_reader(pen: &mut Pen, language: Language, last: u32) -> Result<(), XlsxError> {
    let statuses = STATUSES.map(|(swedish, english)| say(language, swedish, english));
    let choose = DataValidation::new().allow_list_strings(&statuses)?.set_error_message(say(
        language,
        "Välj en status i listan.",
        "Choose a status of the list.",
    ))?;
    pen.sheet.add_data_validation(1, STATUS, last, STATUS, &choose)?;
    let settled = Format::new().set_font_color("#7F7F7F").set_italic();
    let open = a1(1, u32::from(STATUS));
    let rule = ConditionalFormatFormula::new().set_rule(format!("=${open}<>\"{}\"", statuses[0]).as_str());
    pen.sheet.add_conditional_format(1, 0, last, DATE, &rule.set_format(settled))?;
    Ok(())
}

/// What was written beside the findings that an earlier cleaned workbook had too; beside the others, room to write.
fn reader(material: &Material<'_>, pen: &mut Pen, findings: &[&Finding]) -> Result<(), XlsxError> {
    let earlier = settled::by_key(material.with.settled);
    let new = Settled::default();
    for (row, finding) in (1..).zip(findings) {
        let key = settled::key(material.book, finding);
        let written = earlier.get(key.as_str()).copied().unwrap_or(&new);
        let (swedish, english) = STATUSES[written.status];
        pen.text(row, STATUS, say(material.language, swedish, english), Look::NONE)?;
        pen.text(row, COMMENT, &written.comment, Look::wrapped())?;
        pen.text(row, INITIALS, &written.initials, Look::NONE)?;
        let look = Look { number: Some(Number::Date), ..Look::NONE };
        match &written.date {
            When::Day(date) => pen.day(row, DATE, *date, look)?,
            When::Text(text) => pen.text(row, DATE, text, look)?,
        }
        pen.text(row, KEY, &key, Look::of(Ink::Small))?;
    }
    Ok(())
}

fn row(material: &Material<'_>, pen: &mut Pen, row: u32, finding: &Finding) -> Result<(), XlsxError> {
    let (layout, language) = (&material.layout, material.language);
    let plain = Look::NONE;
    pen.text(row, 0, wording::severity(language, finding.severity), plain.marked(Some(finding.severity)))?;
    rules_sheet::code(material, pen, row, 1, finding.rule)?;
    let body = bodies::named(material.book, finding.group, language);
    if let Some(at) = report::primary(finding) {
        let title = layout.statement_at(at).map(|i| statements::title(&material.book.statements[i], ""));
        if title.is_some() || body.is_some() {
            pen.text(row, 2, &bodies::before(body, &title.unwrap_or_default()), Look::wrapped())?;
        }
        // What stands in running text is in the workbook as the cell that it speaks of, and in the back.
        let placed = layout.place(at).or_else(|| finding.cells.iter().find_map(|(other, _)| layout.place(*other)));
        let original = material.originals.place(at);
        match (placed, &original) {
            (Some(place), _) => pen.link(row, 3, place.shown, &place.shown.shown(), Look::wrapped())?,
            (None, Some((to, shown))) => pen.link_to(row, 3, to, shown, Look::wrapped())?,
            (None, None) => {}
        }
        if let Some(spot) = layout.spot(at) {
            pen.text(row, 4, material.book.label(spot), SET_OFF)?;
        }
        let address = material.book.grids[at.grid as usize].address(at.row, at.col);
        // Of one file its name is told once, on the first sheet.
        let source = match (material.book.inputs.len(), material.sheet_of(at.grid)) {
            (1, sheet) if !sheet.is_empty() => format!("{sheet} {address}"),
            _ => format!("{} {address}", material.place(at.grid)),
        };
        match original {
            Some((to, _)) => pen.link_to(row, 15, &to, &source, SET_OFF)?,
            None => pen.text(row, 15, &source, SET_OFF)?,
        }
    }
    pen.text(
        row,
        5,
        &finding.period.map_or(String::new(), |period| period.to_string()),
        Look { right: true, ..plain },
    )?;
    for (col, amount) in [(6, finding.stated), (7, finding.expected)] {
        amount.map_or(Ok(()), |amount| self::amount(pen, row, col, amount, false))?;
    }
    finding.difference().map_or(Ok(()), |difference| amount(pen, row, 8, difference, true))?;
    pen.text(row, 9, finding.unit.map_or("", |unit| unit.code()), Look::after_figures())?;
    pen.text(row, 10, finding.message.get(language), Look::wrapped())?;
    // Where none is more likely than the others, all are other causes of each other.
    let likely = usize::from(finding.suspect.is_some() || finding.causes.len() == 1).min(finding.causes.len());
    let (first, others) = finding.causes.split_at(likely);
    pen.text(row, 11, &causes(first, language), SET_OFF)?;
    pen.text(row, 12, &causes(others, language), Look::wrapped())?;
    pen.text(row, 14, &consequences(material, finding), SET_OFF)
}

fn amount(pen: &mut Pen, row: u32, col: u16, amount: Money, difference: bool) -> Result<(), XlsxError> {
    let amount = amount.normalize();
    let decimals = amount.decimals();
    let number = if difference { Number::Difference { decimals } } else { Number::Amount { decimals } };
    pen.number(row, col, amount, Look::number(number))
}

/// The causes, the most plausible first, each on its line.
fn causes(causes: &[Cause], language: Language) -> String {
    let texts = causes.iter().map(|cause| match cause.text.get(language) {
        "" => wording::slip(language, cause.slip),
        text => text,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// `KF05 Likvida medel …`: what else broke by the same cause, each on its line.
fn consequences(material: &Material<'_>, finding: &Finding) -> String {
    let mut lines: Vec<String> = Vec::new();
    for found in &finding.consequences {
        let line = format!("{}: {}", found.rule, found.message.get(material.language));
        // What is printed twice follows twice.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let rest = lines.len().saturating_sub(MOST_CONSEQUENCES);
    lines.truncate(MOST_CONSEQUENCES);
    if rest > 0 {
        lines.push(format!("… {} {rest}", say(material.language, "och fler:", "and more:")));
    }
    lines.join("\n")
}

/// A text beside a column whose texts go to its edge.
const SET_OFF: Look = Look { wrap: true, indent: 1, ..Look::NONE };

/// How many consequences a cell tells.
const MOST_CONSEQUENCES: usize = 5;
