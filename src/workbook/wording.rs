//! What the workbook says, in Swedish and English. The sheets' names are the same in both: they are the format.

use crate::finding::{Language, Severity, Slip};
use crate::grid::{Cell, Grid};
use crate::money::Unit;
use crate::period::Measure;
use crate::statement::Kind;

pub const OVERVIEW: &str = "Översikt";
pub const FINDINGS: &str = "Avvikelser";
pub const CHECKS: &str = "Kontroller";
pub const CHANGES: &str = "Ändringar";
pub const SOURCES: &str = "Källor";
pub const RULES: &str = "Regler";
pub const FORMULAS: &str = "Källformler";
pub const LEDGER: &str = "Bokföring";

/// What the sheet of an earlier version's changes is called, before that version's name.
pub const SINCE: (&str, &str) = ("Ändrat sedan", "Changed since");

/// The sheets that are ours beside those of the statements.
pub const OWN_SHEETS: [&str; 8] = [OVERVIEW, FINDINGS, CHECKS, LEDGER, CHANGES, SOURCES, RULES, FORMULAS];

/// Whether the first row of a sheet has these headings, in either language.
pub fn has_heads(grid: &Grid, heads: &[(&str, &str, u16)]) -> bool {
    let head = |col: usize| grid.get(0, col as u32).and_then(Cell::text).unwrap_or_default();
    let swedish = heads.iter().enumerate().all(|(col, (swedish, ..))| head(col) == *swedish);
    swedish || heads.iter().enumerate().all(|(col, (_, english, _))| head(col) == *english)
}

/// One of two texts.
pub fn say<'a>(language: Language, swedish: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

/// The sheet that statements of a kind stand on, in the order of the workbook.
pub const SHEETS: [(Kind, &str); 10] = [
    (Kind::IncomeStatement, "Resultaträkning"),
    (Kind::BalanceSheet, "Balansräkning"),
    (Kind::CashFlow, "Kassaflödesanalys"),
    (Kind::BalanceRequirement, "Balanskrav"),
    (Kind::Note, "Noter"),
    (Kind::Budget, "Budget"),
    (Kind::Activities, "Insatser"),
    (Kind::MultiYear, "Flerårsöversikt"),
    (Kind::Summary, "Sammanfattning"),
    (Kind::Other, "Övriga tabeller"),
];

pub fn severity(language: Language, severity: Severity) -> &'static str {
    match severity {
        Severity::Error => say(language, "Fel", "Error"),
        Severity::Warning => say(language, "Varning", "Warning"),
        Severity::Info => say(language, "Upplysning", "Info"),
    }
}

pub fn measure(language: Language, measure: Measure) -> &'static str {
    match measure {
        Measure::Actual => say(language, "utfall", "actual"),
        Measure::Budget => say(language, "budget", "budget"),
        Measure::Plan => say(language, "plan", "plan"),
        Measure::Forecast => say(language, "prognos", "forecast"),
        Measure::Variance => say(language, "avvikelse", "variance"),
        Measure::Share => say(language, "andel", "share"),
    }
}

/// A unit as a heading says it.
pub fn amounts_in(language: Language, unit: Unit) -> String {
    format!("{} {}", say(language, "Belopp i", "Amounts in"), unit.code())
}

/// The kind of slip behind a finding.
pub fn slip(language: Language, slip: Slip) -> &'static str {
    let (swedish, english) = match slip {
        Slip::SignFlipped => ("omkastat tecken", "sign flipped"),
        Slip::DigitsTransposed => ("omkastade siffror", "digits transposed"),
        Slip::DigitReplaced => ("fel siffra", "digit replaced"),
        Slip::DigitAdded => ("en siffra för mycket", "digit added"),
        Slip::DigitOmitted => ("en siffra för litet", "digit omitted"),
        Slip::Scaled => ("fel storleksordning", "scaled"),
        Slip::SwappedCells => ("omkastade celler", "cells swapped"),
        Slip::WrongRow => ("fel rad", "wrong row"),
        Slip::RowLeftOut => ("en rad är inte med", "row left out"),
        Slip::RowCountedTwice => ("en rad är med två gånger", "row counted twice"),
        Slip::RowMissing => ("en rad saknas", "row missing"),
        Slip::StaleValue => ("gammalt värde", "stale value"),
        Slip::Rounded => ("avrundning", "rounded"),
        Slip::UnitMislabelled => ("fel enhet i rubriken", "unit mislabelled"),
        Slip::Copied => ("dubblett", "copied"),
        Slip::Unknown => ("okänd orsak", "unknown cause"),
    };
    say(language, swedish, english)
}
