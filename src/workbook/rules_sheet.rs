//! `Regler`: what each rule that was tested is about, and what to do; the codes on other sheets lead here.

use std::collections::BTreeSet;

use rust_xlsxwriter::XlsxError;

use super::pen::Pen;
use super::styles::{Ink, Look};
use super::wording::{self, say};
use super::{Material, With};
use crate::check::Report;
use crate::finding::Language;
use crate::grid::Grid;
use crate::rules::Rule;

const HEADS: [(&str, &str, u16); 3] = [
    ("Kod", "Code", 8),
    ("Allvar", "Severity", 12),
    ("Vad regeln hittar, varför det spelar roll, och vad man gör", "What it finds, why it matters, what to do", 120),
];

/// Whether a sheet that was read is one of these.
pub fn is_own(grid: &Grid) -> bool {
    wording::has_heads(grid, &HEADS)
}

/// The rules that were tested or found something, by their codes.
pub fn listed(report: &Report, with: &With<'_>) -> Vec<&'static Rule> {
    let of_findings = report.findings.iter().map(|finding| finding.rule);
    let of_checks = report.checks.iter().map(|check| check.relation.rule);
    let of_applied = with.applied.iter().map(|applied| applied.rule);
    let codes: BTreeSet<&str> = of_findings.chain(of_checks).chain(of_applied).collect();
    codes.into_iter().filter_map(crate::report::rule).collect()
}

/// A rule's code that leads to what it is about.
pub fn code(material: &Material<'_>, pen: &mut Pen, row: u32, col: u16, code: &str) -> Result<(), XlsxError> {
    match material.rules.iter().position(|rule| rule.code == code) {
        Some(i) => pen.link_to(row, col, &format!("'{}'!A{}", material.own.rules, i + 2), code, Look::NONE),
        None => pen.text(row, col, code, Look::NONE),
    }
}

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let language = material.language;
    let mut pen = Pen::new(&material.own.rules)?;
    let heads = HEADS.map(|(swedish, english, width)| (say(language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    for (i, rule) in material.rules.iter().enumerate() {
        let row = i as u32 + 1;
        let story = match language {
            Language::Swedish => rule.swedish,
            Language::English => rule.story,
        };
        pen.text(row, 0, rule.code, Look { bold: true, ..Look::of(Ink::Plain) })?;
        pen.text(row, 1, wording::severity(language, rule.severity), Look::NONE)?;
        pen.text(row, 2, &plain(story), Look::wrapped())?;
    }
    Ok(pen)
}

/// Without the marks of Markdown, a paragraph a line.
fn plain(story: &str) -> String {
    let words = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ").replace(['*', '`'], "");
    story.trim().split("\n\n").map(words).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}
