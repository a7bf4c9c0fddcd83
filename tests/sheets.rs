//! A förbund a sheet in one workbook: each sheet's balance sheet is tied to the income statement on the same sheet.

use std::path::Path;

use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::finding::{Finding, Severity};
use avstam::read;
use rust_xlsxwriter::Workbook;

const BODIES: [(&str, [i64; 2]); 2] = [("Norrby", [1_250_400, 1_180_300]), ("Söderby", [2_408_700, 2_391_200])];

/// Both bodies' accounts in the form of the law, with the result in the balance sheet as `result` gives it.
fn checked(folder: &Path, result: impl Fn(usize, i64) -> i64) -> (Book, Report) {
    let mut workbook = Workbook::new();
    for (i, (name, [income, costs])) in BODIES.into_iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name of a sheet");
        let year = income - costs;
        let (equity, debts) = (300_000 + result(i, year), 90_000);
        let rows: [(&str, Option<i64>); 14] = [
            ("Resultaträkning", Some(2023)),
            ("Verksamhetens intäkter", Some(income)),
            ("Verksamhetens kostnader", Some(-costs)),
            ("Årets resultat", Some(year)),
            ("", None),
            ("Balansräkning", Some(2023)),
            ("Kassa och bank", Some(300_000 + year + debts)),
            ("Summa tillgångar", Some(300_000 + year + debts)),
            ("Eget kapital", None),
            ("Balanserat resultat", Some(300_000)),
            ("Årets resultat", Some(result(i, year))),
            ("Summa eget kapital", Some(equity)),
            ("Kortfristiga skulder", Some(debts)),
            ("Summa eget kapital och skulder", Some(equity + debts)),
        ];
        for (row, (label, figure)) in (0u32..).zip(rows) {
            sheet.write(row, 0, label).expect("a cell");
            if let Some(figure) = figure {
                sheet.write(row, 1, figure).expect("a cell");
            }
        }
    }
    let path = folder.join("alla.xlsx");
    workbook.save(&path).expect("a workbook");
    let (input, grids) = read::read(&path, 0, &read::Options::default());
    let book = Book::of(vec![input], grids);
    let report = check::check(&book, &check::Options::default());
    (book, report)
}

fn graver(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity > Severity::Info).collect()
}

#[test]
fn each_sheet_is_a_body_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, clean) = checked(folder.path(), |_, result| result);
    assert!(graver(&clean).is_empty(), "{:?}", graver(&clean));

    let (book, slipped) = checked(folder.path(), |body, result| if body == 1 { result + 900 } else { result });
    let found = graver(&slipped);
    let sheets =
        |finding: &&Finding| finding.cells.iter().all(|(at, _)| book.grids[at.grid as usize].sheet == BODIES[1].0);
    assert!(!found.is_empty() && found.iter().all(sheets), "{found:?}");
    assert!(
        found.iter().any(|finding| finding.rule == "BR04" || finding.consequences.iter().any(|c| c.rule == "BR04"))
    );
}

/// Writes a sheet of texts and figures, and checks the book that it is.
fn checked_cells(folder: &Path, cells: &[(u32, u16, &str)]) -> (Book, Report) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for &(row, col, text) in cells {
        match text.parse::<i32>() {
            Ok(figure) => sheet.write(row, col, figure),
            Err(_) => sheet.write(row, col, text),
        }
        .expect("a cell");
    }
    let path = folder.join("ett-blad.xlsx");
    workbook.save(&path).expect("a workbook");
    let (input, grids) = read::read(&path, 0, &read::Options::default());
    let book = Book::of(vec![input], grids);
    let report = check::check(&book, &check::Options::default());
    (book, report)
}

#[test]
fn the_longer_of_two_tables_beside_each_other_keeps_its_last_rows() {
    let assets: [(&str, &str); 6] = [
        ("Tillgångar", ""),
        ("Inventarier", "40000"),
        ("Kortfristiga fordringar", "120000"),
        ("Kassa och bank", "540000"),
        ("Summa omsättningstillgångar", "660000"),
        ("Summa tillgångar", "700000"),
    ];
    let liabilities: [(&str, &str); 4] = [
        ("Balanserat resultat", "310000"),
        ("Årets resultat", "50000"),
        ("Kortfristiga skulder", "340000"),
        ("Summa eget kapital och skulder", "700000"),
    ];
    let mut cells = vec![(0, 0, "Balansräkning"), (1, 1, "2023"), (1, 5, "2023")];
    for (col, rows) in [(0, &assets[..]), (4, &liabilities[..])] {
        for (row, (label, figure)) in (2..).zip(rows) {
            cells.push((row, col, label));
            cells.extend((!figure.is_empty()).then_some((row, col + 1, *figure)));
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (book, report) = checked_cells(folder.path(), &cells);
    assert_eq!(book.statements.len(), 2, "one table a side");
    assert!(graver(&report).is_empty(), "{:?}", graver(&report));
}

#[test]
fn a_remark_beside_a_table_heads_nothing() {
    let cells = [
        (0, 0, "Balansräkning"),
        (1, 1, "2023"),
        (1, 2, "2022"),
        (2, 0, "Kassa och bank"),
        (2, 1, "700000"),
        (2, 2, "600000"),
        (3, 0, "Summa tillgångar"),
        (3, 1, "700000"),
        (3, 2, "600000"),
        (4, 0, "Eget kapital"),
        (5, 0, "Balanserat resultat"),
        (5, 1, "310000"),
        (5, 2, "300000"),
        (6, 0, "Årets resultat"),
        (6, 1, "50000"),
        (6, 2, "10000"),
        (7, 0, "Skulder"),
        (7, 4, "jfr föreg. år"),
        (8, 0, "Kortfristiga skulder"),
        (8, 1, "340000"),
        (8, 2, "290000"),
        (9, 0, "Summa eget kapital och skulder"),
        (9, 1, "700000"),
        (9, 2, "600000"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let (book, report) = checked_cells(folder.path(), &cells);
    assert_eq!(book.statements.len(), 1, "the row of the remark is one of the table");
    assert!(graver(&report).is_empty(), "{:?}", graver(&report));
}
