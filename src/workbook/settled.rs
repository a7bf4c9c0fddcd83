//! What people wrote beside the findings of a cleaned workbook: it comes along when the accounts are cleaned again, to
//! the findings that still stand. A finding is known by what it rests on, as a mark is: a value that changed by an öre
//! makes it another one, which nobody has gone through.

use std::collections::{BTreeMap, BTreeSet};

use super::findings_sheet::{COMMENT, DATE, INITIALS, KEY, STATUS, STATUSES};
use super::wording::FINDINGS;
use crate::book::Book;
use crate::check::Report;
use crate::finding::Finding;
use crate::grid::{Grid, Value};
use crate::marks;
use crate::period::Date;

/// What was written beside one finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    key: String,
    /// Among [`STATUSES`]; the first is that of a new finding.
    pub(super) status: usize,
    pub(super) comment: String,
    pub(super) initials: String,
    pub(super) date: When,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    Day(Date),
    Text(String),
}

impl Default for When {
    fn default() -> When {
        When::Text(String::new())
    }
}

/// What was written beside the findings of a cleaned workbook; of any other file, nothing.
pub fn settled(grids: &[Grid]) -> Vec<Settled> {
    let Some(sheet) = grids.iter().find(|grid| grid.sheet == FINDINGS) else { return Vec::new() };
    sheet.rows().skip(1).filter_map(|(row, _)| written(sheet, row)).collect()
}

fn written(sheet: &Grid, row: u32) -> Option<Settled> {
    let cell = |col: u16| sheet.get(row, u32::from(col)).map(|cell| &cell.value);
    let text = |col: u16| match cell(col) {
        Some(Value::Text(text)) => text.trim().to_owned(),
        Some(Value::Number(amount)) => amount.value.to_string(),
        _ => String::new(),
    };
    let said = text(STATUS);
    let status = STATUSES.iter().position(|(swedish, english)| [*swedish, *english].contains(&said.as_str()));
    let date = match cell(DATE) {
        Some(Value::Date(date)) => When::Day(*date),
        _ => When::Text(text(DATE)),
    };
    let (status, comment, initials) = (status.unwrap_or_default(), text(COMMENT), text(INITIALS));
    let untouched = status == 0 && comment.is_empty() && initials.is_empty() && date == When::default();
    let key = text(KEY);
    (!untouched && !key.is_empty()).then_some(Settled { key, status, comment, initials, date })
}

/// How many of what was written is beside findings that are gone, or rest on other values now.
pub fn lapsed(book: &Book, report: &Report, settled: &[Settled]) -> usize {
    if settled.is_empty() {
        return 0;
    }
    let there: BTreeSet<String> = report.findings.iter().map(|finding| key(book, finding)).collect();
    settled.iter().filter(|settled| !there.contains(&settled.key)).count()
}

/// What a finding is known by.
pub fn key(book: &Book, finding: &Finding) -> String {
    marks::fingerprint(book, finding)
}

/// The last that was written beside each finding.
pub fn by_key(settled: &[Settled]) -> BTreeMap<&str, &Settled> {
    settled.iter().map(|settled| (settled.key.as_str(), settled)).collect()
}
