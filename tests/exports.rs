//! Exported lists as ledgers: silent as they are, and after one slip the finding names the cell.

use std::fs;
use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::book::identity::Role;
use avstam::check::{self, Options};
use avstam::finding::{Finding, Language, Severity};
use avstam::grid::a1;
use avstam::ledger::Form;
use avstam::money::Money;
use avstam::period::Date;
use avstam::read;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/exports").join(name)
}

fn book(path: &Path) -> Book {
    let (input, grids) = read::read(path, 0, &Default::default());
    assert!(input.error.is_none(), "{:?}", input.error);
    Book::of(vec![input], grids)
}

/// The list with one text replaced by another, once, from the nth line on.
fn changed(name: &str, line: &str, from: &str, to: &str) -> Book {
    let bytes = fs::read(path(name)).expect("a list");
    let text: String = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(latin) => latin.into_bytes().iter().map(|b| char::from(*b)).collect(),
    };
    let at = text.find(line).expect("the line");
    let at = at + text[at..].find(from).expect("the figure");
    let text = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join(name);
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    fs::write(&copy, bytes).expect("the changed list");
    book(&copy)
}

fn findings(book: &Book) -> Vec<Finding> {
    check::check(book, &Options::default()).findings
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.message.get(Language::Swedish).replace('\u{a0}', " ")).collect()
}

/// Each list with its accounts, its vouchers and how many equations it states.
const LISTS: &[(&str, usize, u64, usize)] = &[
    ("saldobalans-debet-kredit.csv", 21, 0, 25),
    ("balansrapport.csv", 9, 0, 33),
    ("resultatrapport.csv", 11, 0, 15),
    ("rabalans.csv", 21, 0, 2),
    ("verifikationslista.csv", 8, 4, 8),
    ("transaktionslista.csv", 8, 4, 0),
    ("huvudbok.csv", 8, 4, 21),
    ("balansrapport-rubrik-pa-tva-rader.csv", 8, 0, 8),
    ("rabalans-med-sidor.csv", 8, 0, 8),
    ("saldolista-ar.csv", 8, 0, 0),
    ("saldolista-perioder.csv", 8, 0, 8),
    ("saldobalans-tabb.txt", 8, 0, 8),
    ("balansrapport-ingaende-saldo.csv", 8, 0, 8),
    ("resultat-och-balansrapport.csv", 8, 0, 8),
    ("transaktioner-ansvar.csv", 5, 4, 0),
];

#[test]
fn lists_are_ledgers_and_silent() {
    let mut faults = Vec::new();
    for (name, accounts, vouchers, stated) in LISTS {
        let book = book(&path(name));
        let [ledger] = book.ledgers.as_slice() else {
            faults.push(format!("{name}: no ledger"));
            continue;
        };
        let found = (ledger.accounts.len(), ledger.journal.vouchers, ledger.stated.len());
        if found != (*accounts, *vouchers, *stated) {
            faults.push(format!("{name}: {found:?}"));
        }
        assert_eq!((ledger.form, book.documents[0].role, book.statements.len()), (Form::Export, Role::TrialBalance, 0));
        let findings = told(&findings(&book));
        if !findings.is_empty() {
            faults.push(format!("{name}: {findings:#?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn signs_are_those_of_the_ledger() {
    for (name, account, expected) in [
        ("saldobalans-debet-kredit.csv", "2440", "-34375"),
        ("balansrapport.csv", "2440", "-34375"),
        ("resultatrapport.csv", "3981", "-2200000"),
        ("resultatrapport.csv", "7510", "539863.6"),
        ("rabalans.csv", "2440", "-34375"),
        ("huvudbok.csv", "1930", "4056400.75"),
        ("rabalans-med-sidor.csv", "2440", "-60631"),
        ("rabalans-med-sidor.csv", "3981", "-2200000"),
        ("saldolista-ar.csv", "1930", "1877467"),
        ("saldolista-perioder.csv", "5010", "96000"),
        ("saldobalans-tabb.txt", "2067", "-1992600"),
        ("resultat-och-balansrapport.csv", "1220", "100000"),
    ] {
        let book = book(&path(name));
        let balance = book.ledgers[0].account(account).and_then(|account| account.balance(0)).expect("a balance");
        let value = balance.closing.or(balance.result).map(|figure| figure.value.normalize());
        assert_eq!(value, Money::parse(expected), "{name} {account}");
    }
}

/// What the year begins with is told as an opening balance, as the balance of its first period, or by the sides.
#[test]
fn openings_are_told_in_several_ways() {
    for name in ["rabalans-med-sidor.csv", "balansrapport-ingaende-saldo.csv", "resultat-och-balansrapport.csv"] {
        let book = book(&path(name));
        let account = book.ledgers[0].account("2440").expect("an account");
        let opening = account.balance(0).and_then(|balance| balance.opening);
        assert_eq!(opening.map(|figure| figure.value.normalize()), Money::parse("-6200"), "{name}");
    }
    let book = book(&path("saldolista-ar.csv"));
    let before = book.ledgers[0].account("1930").and_then(|account| account.balance(-1));
    assert_eq!(before.and_then(|balance| balance.closing).map(|f| f.value.normalize()), Money::parse("1912600"));
}

/// The months of such a year do not rise; a subtraction of them once failed.
#[test]
fn a_year_may_begin_in_any_month() {
    let book = changed("balansrapport.csv", "Period", "2024-01-01--2024-12-31", "2023-07-01--2024-06-30");
    let year = &book.ledgers[0].years[0];
    assert_eq!((Some(year.from), Some(year.to)), (Date::new(2023, 7, 1), Date::new(2024, 6, 30)));
}

#[test]
fn a_slip_is_named_with_its_cell() {
    // The list, the beginning of a row, what is changed in it, the cell, and what it should be.
    const SLIPS: &[(&str, &str, &str, &str, &str, &str)] = &[
        ("balansrapport.csv", "1930 Bank", "1 877 467,50", "1 877 476,50", "E13", "1 877 467,5"),
        ("balansrapport.csv", "2440 Lev", "268 500,50", "268 050,50", "B23", "268 500,5"),
        ("saldobalans-debet-kredit.csv", "2710;", "18 400,00", "14 800,00", "D14", "18 400"),
        ("resultatrapport.csv", "Summa kostnader", "-4 389 764,00", "-4 398 764,00", "D15", "-4 389 764"),
        ("verifikationslista.csv", ";;5010", "24 000,00", "42 000,00", "E18", "24 000"),
        ("rabalans-med-sidor.csv", "2440;", "60 631,00", "66 031,00", "H8", "60 631"),
        ("balansrapport-rubrik-pa-tva-rader.csv", "1930;", "1 877 467,00", "1 877 476,00", "E6", "1 877 467"),
        ("huvudbok.csv", ";;;Omslutning;2 200 000,00", "56 200,00", "65 200,00", "F10", "56 200"),
    ];
    let mut faults = Vec::new();
    for (name, line, from, to, cell, right) in SLIPS {
        let findings = findings(&changed(name, line, from, to));
        let names = |finding: &&Finding| {
            let cells = finding.suspect.into_iter().chain(finding.cells.iter().map(|(at, _)| *at));
            let shown = finding.message.get(Language::Swedish).replace('\u{a0}', " ");
            cells.map(|at| a1(at.row, at.col)).any(|at| at == *cell) && shown.contains(right)
        };
        let grave = findings.iter().filter(|finding| finding.severity >= Severity::Warning);
        if grave.clone().filter(names).count() != 1 {
            faults.push(format!("{name} {cell}: {:#?}", told(&findings)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn budgets_of_accounts_are_no_ledger() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("budget.csv");
    let text = "Budget 2024\nKonto;Text;Utfall 2023;Budget 2024\n4010;Insats A;10;20\n4020;Insats B;30;40\n5010;Hyra;5;6\n\
                6110;Material;1;2\nSumma;;46;68\n";
    fs::write(&copy, text).expect("a budget");
    assert!(book(&copy).ledgers.is_empty());
}
