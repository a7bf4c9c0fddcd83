//! The cleaned workbook, read back: what it has, what it calculates, what it keeps, and how it is saved.

mod amounts;
mod arithmetic;
mod command;
mod office;
mod rereading;
mod saving;
mod settled;
mod since;
mod suggestions;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::finding::{Finding, Language, Role, Severity, Text};
use avstam::grid::{At, Cell, Grid, Value, a1};
use avstam::money::{Money, Unit};
use avstam::read;
use avstam::relation::{Check, Confidence, Kind as RelationKind, Operand, Relation};
use avstam::statement::Kind;
use avstam::workbook;

pub const ARSREDOVISNING: &str = "workbooks/arsredovisning-2019.xlsx";
pub const NAMES: [&str; 9] = [
    ARSREDOVISNING,
    "workbooks/arsredovisning-2019-text.xlsx",
    "workbooks/budget-2024-sodra-norrbotten.xlsx",
    "workbooks/verksamhetsplan-2017-skelleftea.xlsx",
    "workbooks/verksamhetsplan-2020-pyramis.xlsx",
    "workbooks/budget-2020-ornskoldsvik.csv",
    "seeds/pyramis-ar-2019.txt",
    "seeds/ornskoldsvik-vp-2020.txt",
    "seeds/sodra-norrbotten-vp-2024.txt",
];

/// A fixture, what the rules say of it, and its cleaned workbook.
pub struct Cleaned {
    pub name: &'static str,
    pub book: Book,
    pub report: Report,
    pub bytes: Vec<u8>,
    pub sheets: BTreeMap<String, Grid>,
}

pub static BOOKS: LazyLock<Vec<Cleaned>> = LazyLock::new(|| NAMES.into_iter().map(Cleaned::of).collect());

/// The other workbooks and the folder of two years, for the oracles alone.
pub static MORE: LazyLock<Vec<Cleaned>> = LazyLock::new(|| {
    let names = [
        "folder",
        "workbooks/arsredovisning-2019-ett-blad.xlsx",
        "workbooks/arsredovisning-2019.ods",
        "workbooks/arsredovisning-2019.xls",
        "workbooks/budget-2020-ornskoldsvik.xlsx",
    ];
    names.into_iter().map(Cleaned::of).collect()
});

impl Cleaned {
    fn of(name: &'static str) -> Cleaned {
        let (book, report) = checked(name);
        let bytes = workbook::write(&book, &report, Language::Swedish).expect("a workbook");
        let sheets = read_back(&bytes);
        Cleaned { name, book, report, bytes, sheets }
    }

    /// Every check is there, and its outcome is what the run said.
    pub fn controls_agree(&self) {
        let Cleaned { name, report, sheets, .. } = self;
        let controls = &sheets["Kontroller"];
        let mut live = 0;
        for (i, check) in report.checks.iter().enumerate() {
            let row = i as u32 + 1;
            let outcome = text(controls, row, 11);
            let fits = match (check.held(), check.broke()) {
                (true, _) => outcome == "Stämmer" || outcome == "Stämmer inom avrundning",
                (_, true) => outcome == "Stämmer inte",
                _ => outcome.starts_with("Kunde inte prövas: "),
            };
            assert!(fits, "{name}: {:?} shows {outcome}", check.outcome);
            live += usize::from(controls.get(row, 11).is_some_and(|cell| cell.formula().is_some()));
        }
        // The amounts of running text are in no cell of the workbook.
        let in_cells = |check: &&Check| !check.relation.rule.starts_with("PR");
        let testable = report.checks.iter().filter(in_cells).filter(|check| check.held() || check.broke()).count();
        assert_eq!(live, testable, "{name}: controls that are not live");
    }
}

pub fn arsredovisning() -> &'static Cleaned {
    &BOOKS[0]
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

pub fn book(paths: &[&Path]) -> Book {
    let mut inputs = Vec::new();
    let mut grids = Vec::new();
    for (i, path) in paths.iter().enumerate() {
        let (input, read) = read::read(path, i, &read::Options::default());
        assert!(input.error.is_none(), "{}: {:?}", path.display(), input.error);
        inputs.push(input);
        grids.extend(read);
    }
    Book::of(inputs, grids)
}

/// The book of a fixture and what the rules say of it.
pub fn checked(name: &str) -> (Book, Report) {
    let files: Vec<PathBuf> = read::expand(&[fixture(name)]).into_iter().filter_map(Result::ok).collect();
    let book = book(&files.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    let report = check::check(&book, &check::Options::default());
    (book, report)
}

/// The sheets of a workbook by name.
pub fn read_back(bytes: &[u8]) -> BTreeMap<String, Grid> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cleaned.xlsx");
    fs::write(&path, bytes).expect("a file");
    sheets_of(&path)
}

pub fn sheets_of(path: &Path) -> BTreeMap<String, Grid> {
    let (input, grids) = read::read(path, 0, &read::Options::default());
    assert!(input.error.is_none(), "{:?}", input.error);
    grids.into_iter().map(|grid| (grid.sheet.clone(), grid)).collect()
}

pub fn cleaned(book: &Book, report: &Report) -> BTreeMap<String, Grid> {
    read_back(&workbook::write(book, report, Language::Swedish).expect("a workbook"))
}

/// The cell at an address like `Noter!C5`.
pub fn cell<'a>(sheets: &'a BTreeMap<String, Grid>, address: &str) -> Option<&'a Cell> {
    let (sheet, at) = address.rsplit_once('!')?;
    sheets.get(sheet)?.cells().iter().find(|cell| a1(cell.row, cell.col) == at)
}

pub fn number(cell: &Cell) -> Option<Money> {
    match &cell.value {
        Value::Number(amount) => Some(amount.value),
        _ => None,
    }
}

fn text(grid: &Grid, row: u32, col: u32) -> &str {
    grid.get(row, col).and_then(Cell::text).unwrap_or("")
}

#[test]
fn the_sheets_are_those_of_the_book() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cleaned.xlsx");
    fs::write(&path, &arsredovisning().bytes).expect("a file");
    let (_, grids) = read::read(&path, 0, &read::Options::default());
    let names: Vec<&str> = grids.iter().map(|grid| grid.sheet.as_str()).collect();
    let expected = [
        "Översikt",
        "Avvikelser",
        "Kontroller",
        "Resultaträkning",
        "Balansräkning",
        "Kassaflödesanalys",
        "Noter",
        "Insatser",
        "Flerårsöversikt",
        "Sammanfattning",
        "Övriga tabeller",
        "Ändringar",
        "Källor",
        "Regler",
        "Flerårsöversikt (källa)",
        "Ekonomisk sammanfattnin (källa)",
        "RR (källa)",
        "BR (källa)",
        "KF (källa)",
        "Noter (källa)",
        "Noter (2) (källa)",
        "Insatser (källa)",
        "Bilaga (källa)",
        "Källformler",
    ];
    assert_eq!(names, expected);
}

/// Every balance of every account is on `Bokföring` as the ledger has it, and the sums by line lead to the statements.
#[test]
fn the_ledger_is_there_account_by_account() {
    let (book, report) = checked("folder");
    let sheets = cleaned(&book, &report);
    let (ledgers, sources) = (&sheets["Bokföring"], &sheets["Källor"]);
    let mut places: BTreeMap<(String, String), String> = BTreeMap::new();
    for (row, _) in sources.rows().skip(1).filter(|(row, _)| text(sources, *row, 1) == "Bokföring") {
        let source = (text(sources, row, 9).to_owned(), text(sources, row, 11).to_owned());
        places.insert(source, text(sources, row, 0).to_owned());
    }
    let mut figures = 0;
    for ledger in &book.ledgers {
        let grid = &book.grids[ledger.grid as usize];
        let file = book.inputs[grid.input].path.file_name().expect("a name").to_string_lossy().into_owned();
        for balance in ledger.accounts.iter().flat_map(|account| &account.balances) {
            for figure in [balance.opening, balance.closing, balance.result].into_iter().flatten() {
                let place = &places[&(file.clone(), grid.address(figure.place.row, figure.place.col))];
                let found = cell(&sheets, place).and_then(number);
                assert_eq!(found, Some(figure.value.normalize()), "{file} {place}");
                figures += 1;
            }
        }
    }
    assert!(figures > 100, "{figures}");
    let tied = ledgers.rows().filter(|(row, _)| text(ledgers, *row, 6) == "Stämmer").count();
    let controls = &sheets["Kontroller"];
    let live = |row: &u32| controls.get(*row, 11).is_some_and(|cell| cell.formula().is_some());
    let of_lines = controls.rows().map(|(row, _)| row).filter(|row| text(controls, *row, 0) == "LB01" && live(row));
    assert_eq!(tied, of_lines.count());
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let (book, report) = checked(ARSREDOVISNING);
    let again = workbook::write(&book, &report, Language::Swedish).expect("a workbook");
    assert!(again == arsredovisning().bytes);
}

#[test]
fn totals_are_formulas_beside_what_the_source_states() {
    let sheets = &arsredovisning().sheets;
    let formula = |address: &str| cell(sheets, address).and_then(|cell| cell.formula());
    let value = |address: &str| cell(sheets, address).and_then(number);
    assert_eq!(formula("Resultaträkning!C7"), Some("C4-C5-C6"));
    assert_eq!(value("Resultaträkning!C7"), Some(Money::from(5_773)));
    assert_eq!((formula("Resultaträkning!F7"), value("Resultaträkning!F7")), (None, Some(Money::from(5_759))));
    assert_eq!((formula("Resultaträkning!G7"), value("Resultaträkning!G7")), (Some("F7-C7"), Some(Money::from(-14))));
    assert_eq!(formula("Noter!C8"), Some("SUM(C4:C7)"));
    // The subtotal of the cash flow has the row in that the source leaves out, and the total counts it once.
    assert_eq!((formula("Kassaflödesanalys!C9"), formula("Kassaflödesanalys!C10")), (Some("SUM(C6:C8)"), Some("C9")));
    assert_eq!(value("Kassaflödesanalys!D10"), Some(Money::from(-252_077)));
    assert_eq!(value("Kassaflödesanalys!D12"), Some(Money::from(858_376)));
}

/// LKBR has the result of the year before the rest of the equity; the line that wears its label gets its own.
#[test]
fn lines_stand_in_the_order_of_their_form() {
    let sheets = &arsredovisning().sheets;
    let labels: Vec<&str> = (10..15).map(|row| text(&sheets["Balansräkning"], row, 0)).collect();
    let expected = [
        "Eget kapital, avsättningar och skulder",
        "Årets resultat",
        "Balanserat resultat",
        "Övrigt eget kapital",
        "Summa eget kapital",
    ];
    assert_eq!(labels, expected);
}

#[test]
fn cached_results_are_what_the_formulas_say() {
    for Cleaned { name, sheets, .. } in BOOKS.iter() {
        let mut counted = 0;
        for (sheet, grid) in sheets {
            for cell in grid.cells().iter().filter(|cell| cell.formula().is_some()) {
                let formula = cell.formula().unwrap_or_default();
                let Some(value) = arithmetic::evaluate(formula, sheet, sheets) else {
                    assert!(formula.starts_with("IF("), "{name}: {sheet}: {formula}");
                    continue;
                };
                counted += 1;
                let place = a1(cell.row, cell.col);
                assert_eq!(number(cell), Some(value.normalize()), "{name}: {sheet}!{place} ={formula}");
            }
        }
        assert!(counted > 0, "{name}: no formula");
    }
}

#[test]
fn controls_show_the_outcomes_of_the_checks() {
    BOOKS.iter().for_each(Cleaned::controls_agree);
}

#[test]
fn a_flagged_cell_has_a_note_and_a_link_to_it() {
    let (book, mut report) = checked(ARSREDOVISNING);
    let spot = book
        .of_kind(Kind::IncomeStatement)
        .find_map(|(i, statement)| Some((i, statement.line(avstam::words::Concept::OperatingResult)?)))
        .expect("a result");
    let at = book.statements[spot.0].table.at(spot.1, 0);
    let message = Text::new("Ett fel som testet hittat på.", "A fault that the test made up.");
    let mut finding = Finding::new("RR01", Severity::Error, message);
    finding.cells = vec![(at, Role::Total)];
    finding.suspect = Some(at);
    (finding.unit, finding.stated, finding.expected) =
        (Some(Unit::Kronor), Some(Money::from(5_759)), Some(Money::from(5_773)));
    report.findings = vec![finding];
    let bytes = workbook::write(&book, &report, Language::Swedish).expect("a workbook");
    let sheets = read_back(&bytes);
    let findings = &sheets["Avvikelser"];
    assert_eq!((text(findings, 1, 0), text(findings, 1, 3)), ("Fel", "Resultaträkning!C7"));
    assert_eq!(findings.get(1, 8).and_then(number), Some(Money::from(-14)));
    let notes: String = office::parts(&bytes)
        .into_iter()
        .filter(|(name, _)| name.starts_with("xl/comments"))
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert!(notes.contains("Fel RR01: Ett fel som testet hittat på.") && notes.contains("Väntat: 5\u{a0}773 kr"));
}

#[test]
fn every_finding_has_a_row_that_leads_to_its_cell() {
    for Cleaned { name, book, report, sheets, .. } in BOOKS.iter() {
        let findings = &sheets["Avvikelser"];
        let rows: Vec<u32> = findings.rows().map(|(row, _)| row).filter(|row| *row > 0).collect();
        assert_eq!(rows.len(), report.findings.len().max(1), "{name}");
        let in_tables = |finding: &&Finding| {
            let table =
                |at: At| book.statements.iter().any(|s| s.table.grid == at.grid && s.table.area.holds(at.row, at.col));
            finding.cells.iter().any(|(at, _)| table(*at))
        };
        for finding in report.findings.iter().filter(|finding| finding.stated.is_some()).filter(in_tables) {
            let own = |row: &&u32| {
                text(findings, **row, 1) == finding.rule
                    && findings.get(**row, 6).and_then(number) == finding.stated.map(Money::normalize)
            };
            let row = rows.iter().find(own).unwrap_or_else(|| panic!("{name}: {finding:?}"));
            assert!(cell(sheets, text(findings, *row, 3)).is_some(), "{name}: {finding:?} leads nowhere");
        }
    }
}

#[test]
fn no_text_becomes_a_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("elak.csv");
    let lines =
        "Budget 2024;2024;2023\n=1+1;100;90\n+HYPERLINK(0);200;80\n@SUM(A1);300;70\n-2+3;400;60\nSumma;1000;300\n";
    fs::write(&path, lines).expect("a file");
    let book = book(&[&path]);
    let report = check::check(&book, &check::Options::default());
    let sheets = cleaned(&book, &report);
    let cells = || sheets.values().flat_map(|grid| grid.cells());
    let labels = ["=1+1", "+HYPERLINK(0)", "@SUM(A1)", "-2+3"];
    for label in labels {
        assert!(cells().any(|cell| cell.text() == Some(label)), "{label} is not there as text");
    }
    assert!(!cells().any(|cell| cell.formula().is_some_and(|f| f.contains("HYPERLINK") || f == "1+1")));
}

#[test]
fn a_book_without_statements_says_so() {
    let book = Book::of(Vec::new(), Vec::new());
    let sheets = cleaned(&book, &Report::default());
    assert!(
        sheets["Översikt"].cells().iter().any(|cell| cell.text().is_some_and(|text| text.starts_with("Ingen räkning")))
    );
    assert_eq!(sheets.len(), 6);
}

/// A table in thousands tied to one in kronor: the control's formula brings them to one unit.
#[test]
fn controls_mind_the_units() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    };
    let kr = write(
        "rr.csv",
        "Resultaträkning;2019;2018\nVerksamhetens intäkter;2500400;1600000\nVerksamhetens kostnader;-2494227;-2031372\nÅrets resultat;6173;-431372\n",
    );
    let tkr = write(
        "fa.csv",
        "Flerårsöversikt (tkr);2019;2018\nVerksamhetens intäkter;2500;1600\nVerksamhetens kostnader;-2494;-2031\nÅrets resultat;6;-431\n",
    );
    let book = book(&[&kr, &tkr]);
    let (own, own_statement) = book.of_kind(Kind::MultiYear).next().expect("an overview");
    let (_, other) = book.of_kind(Kind::IncomeStatement).next().expect("an income statement");
    assert_eq!((own_statement.unit, other.unit), (Unit::Thousands, Unit::Kronor));
    let tie = |line: usize, column: usize| {
        Check::of(Relation {
            rule: "FA01",
            kind: RelationKind::Equal,
            result: own_statement.operand(line, column, 1),
            terms: vec![Operand { coefficient: 1, ..other.operand(line, column, 1) }],
            period: own_statement.columns()[column].period,
            unit: own_statement.unit,
            table: own,
            gravest: Severity::Warning,
            confidence: Confidence::SURE,
            derived: false,
        })
    };
    let report = Report { checks: vec![tie(0, 0), tie(0, 1)], ..Report::default() };
    let sheets = cleaned(&book, &report);
    let controls = &sheets["Kontroller"];
    let formula = controls.get(1, 8).and_then(|cell| cell.formula());
    assert_eq!(formula, Some("ROUND('Resultaträkning'!C4/1000,3)"));
    assert_eq!(controls.get(1, 9).and_then(number), Money::parse("-0.4"));
    assert_eq!((text(controls, 1, 11), text(controls, 2, 11)), ("Stämmer inom avrundning", "Stämmer"));
}
