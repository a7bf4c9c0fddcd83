//! What every amount of a book was tied to: another table, its own, or nothing.

use avstam::book::Book;
use avstam::check::{self, Options};
use avstam::coverage::{self, Tie};
use avstam::grid::{Cell, Grid, Source, Value};
use avstam::money::{Amount, Money};
use avstam::read::{self, Input};

const ACCOUNTS: &str = "\
Resultaträkning

| Belopp i tkr            | Not | 2023 | 2022 |
|:------------------------|----:|-----:|-----:|
| Verksamhetens intäkter  |     |  712 |  604 |
| Verksamhetens kostnader |   1 |  609 |  503 |
| Verksamhetens resultat  |     |  103 |  101 |

Not 1 Verksamhetens kostnader

| Belopp i tkr      | 2023 | 2022 |
|:------------------|-----:|-----:|
| Personalkostnader |  408 |  301 |
| Lokalkostnader    |  201 |  202 |
| **Summa**         |  609 |  503 |

Insatser

| Belopp i tkr | 2023 |
|:-------------|-----:|
| Lotsen       |   77 |
| Steget       |   31 |
";

const NOTES: &str = "anteckningar.txt";

/// What is read of a text in a file of that name.
fn read(name: &str, text: &str) -> (Input, Vec<Grid>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a text");
    let (input, grids) = read::read(&path, 0, &Default::default());
    assert!(input.error.is_none(), "{name}");
    (input, grids)
}

#[test]
fn each_amount_is_tied_to_another_table_or_to_its_own_or_to_nothing() {
    let (input, grids) = read("bokslut.md", ACCOUNTS);
    let book = Book::of(vec![input], grids);
    let report = check::check(&book, &Options::default());
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    coverage::each_tie(&book, &report.checks, |spot, tie| {
        let label = &book.statements[spot.statement].lines()[spot.line].label;
        match told.last_mut().filter(|(last, _)| last == label) {
            Some((_, ties)) => ties.push(tie.code()),
            None => told.push((label.clone(), vec![tie.code()])),
        }
    });
    let lines: Vec<String> = told.iter().map(|(label, ties)| format!("{label}: {}", ties.join(" "))).collect();
    let expected = [
        "Verksamhetens intäkter: summed summed",
        "Verksamhetens kostnader: tied tied",
        "Verksamhetens resultat: summed summed",
        "Personalkostnader: summed summed",
        "Lokalkostnader: summed summed",
        "Summa: tied tied",
        "Lotsen: untied",
        "Steget: untied",
    ];
    assert_eq!(lines, expected);
    let count = |code: Tie| told.iter().flat_map(|(_, ties)| ties).filter(|tie| **tie == code.code()).count();
    let coverage = &report.coverage;
    assert_eq!((coverage.tied, coverage.summed), (count(Tie::Tied), count(Tie::Summed)));
    assert_eq!((coverage.untied.len(), coverage.amounts), (count(Tie::Untied), 14));
    assert_eq!((coverage.outside.len(), coverage.numbers_outside()), (0, 0));
}

#[test]
fn numbers_in_no_table_are_counted() {
    let (input, _) = read(NOTES, "Ring revisorn.");
    let number = |row, col, value: i64| Cell::new(row, col, Value::Number(Amount::new(Money::from(value), 0)));
    let loose = [number(4, 2, 12), number(4, 7, 2024), number(9, 2, 5)];
    let grids = [&loose[..], &[], &loose[..1]].map(|cells| Grid::new(0, "Blad", Source::Workbook, cells.to_vec()));
    let coverage = check::check(&Book::of(vec![input], grids.to_vec()), &Options::default()).coverage;
    let outside: Vec<_> =
        coverage.outside.iter().map(|sheet| (sheet.first.grid, sheet.first.row, sheet.numbers)).collect();
    assert_eq!(outside, [(0, 4, 2), (2, 4, 1)], "a year is no number");
    assert_eq!((coverage.amounts, coverage.numbers_outside()), (0, 3));
}
