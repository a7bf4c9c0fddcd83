//! What must hold of every cleaned workbook: no amount of the source is lost, none is made up, and read again it is
//! understood as its source was.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::finding::Language;
use avstam::grid::{At, Cell, Grid, Value, a1};
use avstam::money::Money;
use avstam::read::{self, Input};
use avstam::statement::Kind;
use avstam::workbook;

const STATEMENTS: [&str; 9] = [
    "Resultaträkning",
    "Balansräkning",
    "Kassaflödesanalys",
    "Noter",
    "Budget",
    "Insatser",
    "Flerårsöversikt",
    "Sammanfattning",
    "Övriga tabeller",
];

pub fn text(grid: &Grid, row: u32, col: u32) -> &str {
    grid.get(row, col).and_then(Cell::text).unwrap_or("")
}

pub fn number(cell: &Cell) -> Option<Money> {
    match &cell.value {
        Value::Number(amount) => Some(amount.value),
        _ => None,
    }
}

/// The cell at an address like `Noter!C5`.
pub fn cell<'a>(sheets: &'a BTreeMap<String, Grid>, address: &str) -> Option<&'a Cell> {
    let (sheet, at) = address.rsplit_once('!')?;
    sheets.get(sheet)?.cells().iter().find(|cell| a1(cell.row, cell.col) == at)
}

/// All of it, on one book.
pub fn hold(name: &str, book: &Book, report: &Report) {
    let bytes = workbook::write(book, report, Language::Swedish).expect("a workbook");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cleaned.xlsx");
    fs::write(&path, &bytes).expect("a file");
    let (input, grids) = read::read(&path, 0, &read::Options::default());
    let sheets: BTreeMap<String, Grid> = grids.iter().map(|grid| (grid.sheet.clone(), grid.clone())).collect();
    each_figure_is_kept(name, book, &sheets);
    the_sources_are_in_the_back(name, book, &sheets);
    no_figure_is_made_up(name, &sheets);
    reads_as_its_source(name, (book, report), unpacked(input, grids));
}

/// A cleaned workbook as the program reads it.
pub fn unpacked(input: Input, grids: Vec<Grid>) -> Book {
    let (mut inputs, mut all) = (Vec::new(), Vec::new());
    for (i, (input, mut grids)) in workbook::unpack(input, grids).into_iter().enumerate() {
        grids.iter_mut().for_each(|grid| grid.input = i);
        inputs.push(input);
        all.extend(grids);
    }
    Book::of(inputs, all)
}

pub fn reread(path: &Path) -> Book {
    let (input, grids) = read::read(path, 0, &read::Options::default());
    unpacked(input, grids)
}

/// Every figure of a statement stands as a number where `Källor` says, or is listed in `Ändringar` as left out.
fn each_figure_is_kept(name: &str, book: &Book, sheets: &BTreeMap<String, Grid>) {
    let sources = &sheets["Källor"];
    let mut places: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (row, _) in sources.rows().skip(1) {
        places.entry((text(sources, row, 10), text(sources, row, 11))).or_default().push(text(sources, row, 0));
    }
    let changes = &sheets["Ändringar"];
    let left_out: Vec<(&str, &str, Option<Money>)> = changes
        .rows()
        .map(|(row, _)| (text(changes, row, 1), text(changes, row, 2), changes.get(row, 3).and_then(number)))
        .collect();
    for statement in book.statements.iter().filter(|statement| statement.kind != Kind::Contents) {
        let grid = &book.grids[statement.table.grid as usize];
        for line in 0..statement.lines().len() {
            for column in 0..statement.columns().len() {
                let Some(amount) = statement.amount(line, column) else { continue };
                let at = statement.table.at(line, column);
                let source = grid.address(at.row, at.col);
                if statement.copy_of.is_some() {
                    let gone = (grid.sheet.as_str(), source.as_str(), Some(amount.value));
                    assert!(left_out.contains(&gone), "{name}: {gone:?} is not in Ändringar");
                    continue;
                }
                let places = places.get(&(grid.sheet.as_str(), source.as_str()));
                let places = places.unwrap_or_else(|| panic!("{name}: {} {source} is not in Källor", grid.sheet));
                // A figure with a unit of its own stands in the statement's.
                let kronor = statement.interval(line, column).map(|figure| statement.written(figure.middle));
                let expected = kronor.unwrap_or(amount.value);
                // A total is calculated, and what the source states stands on the same row.
                let kept =
                    places.iter().filter_map(|place| Some((place, cell(sheets, place)?))).any(|(place, found)| {
                        let same = |cell: &Cell| number(cell) == Some(expected) && cell.formula().is_none();
                        let (sheet, _) = place.rsplit_once('!').expect("an address");
                        match found.formula() {
                            None => same(found),
                            Some(_) => sheets[sheet].row(found.row).iter().any(same),
                        }
                    });
                assert!(kept, "{name}: {places:?} has not {}", amount.value);
            }
        }
    }
}

/// Every cell of a source stands in the back at its own address, with its value.
fn the_sources_are_in_the_back(name: &str, book: &Book, sheets: &BTreeMap<String, Grid>) {
    let sources = &sheets["Källor"];
    let mut backs =
        sources.rows().skip(1).map(|(row, _)| row).filter(|row| text(sources, *row, 0) == text(sources, *row, 12));
    for grid in book.grids.iter().filter(|grid| grid.line.is_none()) {
        let row = backs.next().unwrap_or_else(|| panic!("{name}: {} is not in Källor", grid.sheet));
        assert_eq!(text(sources, row, 10), grid.sheet, "{name}");
        let (back, _) = text(sources, row, 12).rsplit_once('!').expect("an address");
        for cell in grid.cells() {
            let place = format!("{name}: {back}!{}", a1(cell.row, cell.col));
            let found = sheets[back].get(cell.row, cell.col);
            match (&cell.value, found.map(|found| &found.value)) {
                (Value::Error(code), Some(Value::Text(text))) => assert_eq!(code, text, "{place}"),
                (Value::Uncalculated, Some(Value::Text(text))) => assert!(text.starts_with('='), "{place}"),
                (Value::Text(text), None) => assert_eq!(text.trim(), "", "{place}"),
                (value, found) => assert_eq!(Some(value), found, "{place}"),
            }
            assert!(found.is_none_or(|found| found.formula().is_none()), "{place} is calculated");
        }
    }
}

/// Every number that is not calculated in a statement is the source's own, by `Källor`.
fn no_figure_is_made_up(name: &str, sheets: &BTreeMap<String, Grid>) {
    let sources = &sheets["Källor"];
    let mut followed = BTreeSet::new();
    for (row, _) in sources.rows().skip(1) {
        let (now, then) = (sources.get(row, 7), sources.get(row, 8));
        let Some(formula) = now.and_then(|cell| cell.formula()) else { continue };
        assert_eq!(now.and_then(number), then.and_then(number), "{name}: Källor row {}", row + 1);
        assert!(!text(sources, row, 11).is_empty(), "{name}: {formula} has no source");
        followed.insert(formula.replace('\'', ""));
    }
    for sheet in STATEMENTS.iter().filter_map(|sheet| sheets.get(*sheet)) {
        for cell in sheet.cells().iter().filter(|cell| cell.formula().is_none() && number(cell).is_some()) {
            let place = format!("{}!{}", sheet.sheet, a1(cell.row, cell.col));
            assert!(followed.contains(&place), "{name}: where does {place} come from?");
        }
    }
}

/// What the rules say of a book, with places that do not depend on how its files are numbered.
pub fn said(book: &Book, report: &Report) -> BTreeSet<String> {
    let place = |at: At| {
        let grid = &book.grids[at.grid as usize];
        format!("{}!{}", grid.sheet, a1(at.row, at.col))
    };
    let mut said: BTreeSet<String> = report
        .findings
        .iter()
        .map(|finding| {
            let cells: Vec<String> =
                finding.cells.iter().map(|(at, role)| format!("{} {role:?}", place(*at))).collect();
            let edits = finding.causes.iter().flat_map(|cause| &cause.edits);
            let edits: Vec<String> = edits.map(|edit| format!("{}={}", place(edit.at), edit.to)).collect();
            format!("{} {} {cells:?} {edits:?}", finding.rule, finding.message.get(Language::Swedish))
        })
        .collect();
    let outcome = |check: &avstam::relation::Check| {
        format!("{} {} {:?}", check.relation.rule, place(check.relation.result.at), check.outcome)
    };
    said.extend(report.checks.iter().map(outcome));
    said
}

fn reads_as_its_source(name: &str, (book, report): (&Book, &Report), again: Book) {
    let report_again = check::check(&again, &check::Options::default());
    let (before, after) = (said(book, report), said(&again, &report_again));
    let differs: Vec<&String> = before.symmetric_difference(&after).collect();
    assert!(differs.is_empty(), "{name}: {differs:#?}");
    assert_eq!(report.checks.len(), report_again.checks.len(), "{name}");
    assert_eq!(report.coverage, report_again.coverage, "{name}");
    for input in &again.inputs {
        let untraced = input.remarks.iter().any(|remark| matches!(remark, read::Remark::NotOfSource { .. }));
        assert!(!untraced, "{name}: {:?}", input.remarks);
    }
}
