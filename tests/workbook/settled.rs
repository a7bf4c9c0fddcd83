//! What people write beside findings comes along when a workbook is cleaned again.

use std::collections::BTreeMap;

use avstam::check;
use avstam::finding::Language;
use avstam::grid::{Grid, Value};
use avstam::period::Date;
use avstam::workbook::{self, With};

use crate::{arsredovisning, read_back, text};

const STATUS: u32 = 16;

/// The findings' sheet with words written beside its first finding.
fn written() -> Vec<Grid> {
    let mut sheet = arsredovisning().sheets["Avvikelser"].clone();
    let mut put = |col: u32, value: Value| {
        let mut cell = sheet.get(1, STATUS).cloned().expect("a status");
        (cell.col, cell.value) = (col, value);
        sheet.put(cell);
    };
    put(STATUS, Value::Text("Accepterad".into()));
    put(STATUS + 1, Value::Text("=Se protokoll § 4".into()));
    put(STATUS + 2, Value::Text("AB".into()));
    put(STATUS + 3, Value::Date(Date { year: 2020, month: 3, day: 4 }));
    vec![sheet]
}

fn beside(sheets: &BTreeMap<String, Grid>) -> [&str; 3] {
    [0, 1, 2].map(|col| text(&sheets["Avvikelser"], 1, STATUS + col))
}

#[test]
fn what_was_settled_comes_along() {
    let settled = workbook::settled(&written());
    assert_eq!(settled.len(), 1, "{settled:?}");
    let cleaned = arsredovisning();
    assert_eq!(workbook::lapsed(&cleaned.book, &cleaned.report, &settled), 0);
    let with = With { settled: &settled, ..With::default() };
    let bytes = workbook::write_with(&cleaned.book, &cleaned.report, &with, Language::Swedish).expect("a workbook");
    let sheets = read_back(&bytes);
    assert_eq!(beside(&sheets), ["Accepterad", "=Se protokoll § 4", "AB"]);
    let date = sheets["Avvikelser"].get(1, STATUS + 3).map(|cell| cell.value.clone());
    assert_eq!(date, Some(Value::Date(Date { year: 2020, month: 3, day: 4 })));
    assert_eq!(text(&sheets["Avvikelser"], 2, STATUS), "Öppen");
    // What is read from the new workbook is the same, in whatever language it was written.
    let bytes = workbook::write_with(&cleaned.book, &cleaned.report, &with, Language::English).expect("a workbook");
    let english: Vec<Grid> = read_back(&bytes).into_values().collect();
    assert_eq!(workbook::settled(&english), settled);
}

#[test]
fn a_value_that_changed_leaves_it_behind() {
    let settled = workbook::settled(&written());
    let (book, _) = crate::checked("workbooks/budget-2024-sodra-norrbotten.xlsx");
    let report = check::check(&book, &check::Options::default());
    assert_eq!(workbook::lapsed(&book, &report, &settled), 1);
    assert!(workbook::settled(&[]).is_empty());
    assert!(workbook::settled(&arsredovisning().sheets.values().cloned().collect::<Vec<_>>()).is_empty());
}
