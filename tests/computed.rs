//! A wrong figure that formulas take to the totals above it, in a workbook that was computed after its last change.

use std::collections::BTreeMap;

use avstam::book::Book;
use avstam::check::{self, Options, Report};
use avstam::finding::{Finding, Language, Severity, Slip};
use avstam::grid::{At, Cell, Grid, Source, Value, a1};
use avstam::money::Money;
use avstam::read::{Format, Input};
use avstam::suggestion;
use avstam::table::formula::{self, Live};

const INCOME: &str = "\
Resultaträkning||
Belopp i kr|2024|2023
Verksamhetens intäkter|2500000|2400000
Verksamhetens kostnader|-2004321|-2200145
Verksamhetens resultat|=B3+B4|=C3+C4
Finansiella intäkter|1250|1100
Årets resultat|=B5+B6|=C5+C6";

const BALANCE: &str = "\
Balansräkning||
Belopp i kr|2024-12-31|2023-12-31
Kundfordringar|120400|99100
Kassa och bank|1350219|900645
Summa tillgångar|=SUM(B3:B4)|=SUM(C3:C4)
Ingående eget kapital|499690|298735
Årets resultat|496929|200955
Summa eget kapital|=SUM(B6:B7)|=SUM(C6:C7)
Kortfristiga skulder|474000|500055
Summa eget kapital och skulder|=B8+B9|=C8+C9";

const NOTES: &str = "\
Not 1 Verksamhetens intäkter||
Belopp i kr|2024|2023
Försäkringskassan|1250000|1200000
Kommunen|625000|600000
Regionen|625000|600000
Summa|=SUM(B3:B5)|=SUM(C3:C5)
||
Not 2 Verksamhetens kostnader||
Belopp i kr|2024|2023
Personal|-1203111|-1300145
Lokaler|-301210|-300000
Insatser|-500000|-600000
Summa|=SUM(B10:B12)|=SUM(C10:C12)";

/// A sheet of lines with bars between the cells; what begins with `=` is a formula, of which nothing is known yet.
fn sheet(name: &str, lines: &str) -> Grid {
    let mut cells = Vec::new();
    for (row, line) in (0..).zip(lines.lines()) {
        for (col, text) in (0..).zip(line.split('|')).filter(|(_, text)| !text.is_empty()) {
            let formula = text.strip_prefix('=');
            let value = match text.parse::<i64>() {
                Ok(amount) => Value::number(Money::from(amount)),
                Err(_) if formula.is_some() => Value::number(Money::ZERO),
                Err(_) => Value::Text(text.into()),
            };
            let mut cell = Cell::new(row, col, value);
            cell.set_formula(formula.map(Into::into));
            cells.push(cell);
        }
    }
    let mut grid = Grid::new(0, name, Source::Workbook, cells);
    grid.formulas_complete = true;
    grid
}

/// Computes all formulas of new sheets.
fn computed(mut grids: Vec<Grid>) -> Vec<Grid> {
    loop {
        let mut changed = Vec::new();
        for (g, grid) in (0u32..).zip(&grids) {
            for cell in grid.cells().iter().filter(|cell| cell.formula().is_some()) {
                let added = formula::added(&grids, At { grid: g, row: cell.row, col: cell.col }).expect("a sum");
                let mut new = cell.clone();
                new.value = Value::number(formula::sum(&grids, &added));
                if new.value != cell.value {
                    changed.push((g, new));
                }
            }
        }
        if changed.is_empty() {
            return grids;
        }
        changed.into_iter().for_each(|(grid, cell)| grids[grid as usize].put(cell));
    }
}

/// The three sheets, some cells with other contents than they have when all is right.
fn book(changes: &[(&str, &str)], recomputed: bool) -> Book {
    let parts = [("RR", INCOME), ("BR", BALANCE), ("Noter", NOTES)];
    let right = computed(parts.map(|(name, lines)| sheet(name, lines)).to_vec());
    let changes: BTreeMap<&str, &str> = changes.iter().copied().collect();
    let mut grids = right.clone();
    for (name, to) in changes {
        let (sheet_name, cell) = name.split_once('!').expect("a cell of a sheet");
        let grid = grids.iter_mut().find(|grid| grid.sheet == sheet_name).expect("one of the sheets");
        let at = grid.cells().iter().find(|other| a1(other.row, other.col) == cell).expect("one of its cells").clone();
        let mut changed = sheet(sheet_name, to).cells()[0].clone();
        (changed.row, changed.col) = (at.row, at.col);
        grid.put(changed);
    }
    let (path, format) = ("bok.xlsx".into(), Some(Format::Xlsx));
    let input = Input { path, sha256: String::new(), format, error: None, remarks: Vec::new(), ledger: None };
    Book::of(vec![input], if recomputed { computed(grids) } else { grids })
}

fn told(book: &Book) -> (Report, Vec<Finding>) {
    let report = check::check(book, &Options::default());
    let told = report.findings.iter().filter(|finding| finding.severity >= Severity::Warning).cloned().collect();
    (report, told)
}

/// The first slip of a finding, the cells that it changes, and what they should be.
fn first(book: &Book, finding: &Finding) -> (Slip, Vec<(String, Money)>) {
    let cause = &finding.causes[0];
    let cell = |at: At| format!("{}!{}", book.grids[at.grid as usize].sheet, a1(at.row, at.col));
    (cause.slip, cause.edits.iter().map(|edit| (cell(edit.at), edit.to)).collect())
}

fn one(cell: &str, to: i64) -> Vec<(String, Money)> {
    vec![(cell.to_owned(), Money::from(to))]
}

#[test]
fn nothing_is_told_of_what_comes_out() {
    assert!(told(&book(&[], true)).1.is_empty());
}

#[test]
fn a_figure_that_formulas_took_further_is_the_only_cause() {
    let book = book(&[("RR!B4", "-2104321")], true);
    let (_, found) = told(&book);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(first(&book, &found[0]), (Slip::DigitReplaced, one("RR!B4", -2_004_321)));
    assert_eq!((found[0].causes.len(), found[0].suspect.is_some()), (1, true));
    // The note, and both totals of the statement.
    let rules: Vec<&str> = found[0].consequences.iter().map(|consequence| consequence.rule).collect();
    assert_eq!(rules, ["NO02", "RR01", "RR03"]);
}

#[test]
fn a_row_that_only_totals_tell_of_is_found_by_its_slip() {
    // Nothing tells of the note's rows but its total, and that a formula gives.
    let book = book(&[("Noter!B11", "301210")], true);
    let (_, found) = told(&book);
    let causes: Vec<_> = found.iter().map(|finding| first(&book, finding)).collect();
    assert_eq!(causes, [(Slip::SignFlipped, one("Noter!B11", -301_210))]);
}

#[test]
fn where_no_slip_is_known_the_rows_behind_the_formula_are_named() {
    let book = book(&[("Noter!B12", "-417382")], true);
    let (_, found) = told(&book);
    assert_eq!(found.len(), 1, "{found:#?}");
    let said = found[0].causes[0].text.get(Language::Swedish).replace('\u{a0}', " ");
    assert_eq!(
        said,
        "En rad om 82 618 saknas eller en rad är fel: Summa 2024 (Not 2 Verksamhetens kostnader) räknas ut av formler."
    );
    // The total itself is not wrong.
    let cell = |name: &str| {
        found[0].causes.iter().any(|cause| cause.edits.iter().any(|edit| a1(edit.at.row, edit.at.col) == name))
    };
    assert_eq!((cell("B13"), cell("B4")), (false, true));
}

#[test]
fn a_formula_that_leaves_out_a_row_is_wrong_itself() {
    let book = book(&[("Noter!B6", "=SUM(B3:B4)")], true);
    let (_, found) = told(&book);
    let causes: Vec<_> = found.iter().map(|finding| first(&book, finding)).collect();
    assert_eq!(causes, [(Slip::RowLeftOut, one("Noter!B6", 2_500_000))]);
}

#[test]
fn what_was_not_computed_again_bears_out_the_figures_as_they_were() {
    let book = book(&[("RR!B4", "-2104321")], false);
    let (_, found) = told(&book);
    let causes: Vec<_> = found.iter().map(|finding| first(&book, finding)).collect();
    assert_eq!(causes, [(Slip::DigitReplaced, one("RR!B4", -2_004_321))]);
    assert!(found[0].consequences.iter().all(|consequence| consequence.rule != "RR03"), "no total took it further");
}

#[test]
fn a_suggestion_that_is_put_in_is_computed_to_the_totals() {
    let wrong = book(&[("RR!B4", "-2104321")], true);
    let (report, found) = told(&wrong);
    let name = format!("{}-1", found[0].rule);
    let (mended, applied) = suggestion::apply(wrong, &report, &[name]).expect("a suggestion of that name");
    assert!(told(&mended).1.is_empty());
    let changed: Vec<String> = applied.iter().map(|applied| a1(applied.edit.at.row, applied.edit.at.col)).collect();
    assert_eq!(changed, ["B4", "B5", "B7"]);
}

#[test]
fn sums_are_computed_from_what_changed_and_only_where_all_came_out() {
    let mut grids = computed(vec![sheet("A", "1|2|=A1+B1|=C1+A1|7\n5|=A2")]);
    let live = Live::of(&grids);
    let at = |row, col| At { grid: 0, row, col };
    grids[0].put(Cell::new(0, 1, Value::number(Money::from(10))));
    grids[0].put(Cell::new(1, 0, Value::number(Money::from(6))));
    let was = live.compute(&mut grids, &[at(0, 1)]);
    assert_eq!(was, [(at(0, 2), Money::from(3)), (at(0, 3), Money::from(4))], "the second row was not asked for");
    // It no longer comes out now, and nothing is computed in such a file.
    let stale = Live::of(&grids);
    grids[0].put(Cell::new(0, 0, Value::number(Money::from(2))));
    assert!(stale.compute(&mut grids, &[at(0, 0)]).is_empty());
}
