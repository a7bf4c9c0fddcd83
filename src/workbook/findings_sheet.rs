//! `Avvikelser`: one row a finding, the gravest first.

use rust_xlsxwriter::XlsxError;

use super::Material;
use super::pen::{MOST_ROWS, Pen};
use super::statements;
use super::styles::{Look, Number};
use super::wording::{self, FINDINGS, say};
use crate::finding::{Finding, Language};
use crate::money::Money;
use crate::report;

const HEADS: [(&str, &str, u16); 14] = [
    ("Allvar", "Severity", 11),
    ("Kod", "Code", 7),
    ("Räkning", "Statement", 22),
    ("Cell", "Cell", 24),
    ("Rad", "Line", 26),
    ("Period", "Period", 8),
    ("Angivet", "Stated", 12),
    ("Väntat", "Expected", 12),
    ("Differens", "Difference", 12),
    ("Enhet", "Unit", 7),
    ("Vad", "What", 52),
    ("Troliga orsaker", "Likely causes", 42),
    ("Följder", "Consequences", 8),
    ("Källa", "Source", 30),
];

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(FINDINGS)?;
    let heads = HEADS.map(|(swedish, english, width)| (say(material.language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    let mut findings: Vec<&Finding> = material.report.findings.iter().take(MOST_ROWS).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for (i, finding) in findings.iter().enumerate() {
        row(material, &mut pen, i as u32 + 1, finding)?;
    }
    if findings.is_empty() {
        pen.text(
            1,
            0,
            say(material.language, "Inga avvikelser.", "No findings."),
            Look { italic: true, ..Look::NONE },
        )?;
    }
    pen.sheet.autofilter(0, 0, findings.len() as u32, heads.len() as u16 - 1)?;
    Ok(pen)
}

fn row(material: &Material<'_>, pen: &mut Pen, row: u32, finding: &Finding) -> Result<(), XlsxError> {
    let (layout, language) = (&material.layout, material.language);
    let plain = Look::NONE;
    pen.text(row, 0, wording::severity(language, finding.severity), plain.marked(Some(finding.severity)))?;
    pen.text(row, 1, finding.rule, plain)?;
    if let Some(at) = report::primary(finding) {
        if let Some(i) = layout.statement_at(at) {
            pen.text(row, 2, &statements::title(&material.book.statements[i], ""), Look::wrapped())?;
        }
        // What stands in running text is in the workbook only as the cell that it speaks of.
        let placed = layout.place(at).or_else(|| finding.cells.iter().find_map(|(other, _)| layout.place(*other)));
        if let Some(place) = placed {
            pen.link(row, 3, place.shown, &place.shown.shown(), plain)?;
        }
        if let Some(spot) = layout.spot(at) {
            pen.text(row, 4, material.book.label(spot), Look::wrapped())?;
        }
        let source =
            format!("{} {}", material.place(at.grid), material.book.grids[at.grid as usize].address(at.row, at.col));
        pen.text(row, 13, &source, Look { wrap: true, ..Look::after_figures() })?;
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
    pen.text(row, 11, &causes(finding, language), Look::wrapped())?;
    amount(pen, row, 12, Money::from(i64::try_from(finding.consequences.len()).unwrap_or(i64::MAX)), false)
}

fn amount(pen: &mut Pen, row: u32, col: u16, amount: Money, difference: bool) -> Result<(), XlsxError> {
    let amount = amount.normalize();
    let decimals = amount.decimals();
    let number = if difference { Number::Difference { decimals } } else { Number::Amount { decimals } };
    pen.number(row, col, amount, Look::number(number))
}

/// The causes, the most plausible first, numbered where there are several.
fn causes(finding: &Finding, language: Language) -> String {
    let texts = finding.causes.iter().map(|cause| match cause.text.get(language) {
        "" => wording::slip(language, cause.slip),
        text => text,
    });
    match finding.causes.len() {
        0 | 1 => texts.collect(),
        _ => texts.enumerate().map(|(i, text)| format!("{}. {text}", i + 1)).collect::<Vec<_>>().join("\n"),
    }
}
