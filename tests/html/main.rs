//! The working paper: what it holds, that nothing in a book can break out of it, and how it does in a real browser.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use avstam::book::Book;
use avstam::check::{self, Baseline, Options, UnusedMark};
use avstam::finding::{Change, Language, Mark, Sign};
use avstam::grid::{Cell, Grid, Source, Value};
use avstam::money::{Amount, Money};
use avstam::read::{self, Input};
use avstam::report::html;

const BOOKS: &[&str] = &[
    "arsredovisning-2019.xlsx",
    "arsredovisning-2019-text.xlsx",
    "budget-2020-ornskoldsvik.xlsx",
    "budget-2024-sodra-norrbotten.xlsx",
    "verksamhetsplan-2017-skelleftea.xlsx",
    "verksamhetsplan-2020-pyramis.xlsx",
];

const HOSTILE: &str = "<script>alert('avstam')</script> \"&' --> ]]> </style></td>";

fn read(name: &str) -> Book {
    read_all(&[name])
}

/// Several files as one book.
fn read_all(names: &[&str]) -> Book {
    read_in("fixtures/workbooks", names)
}

/// Two years of one förbund: accounts, budget, ledger and trial balance.
fn two_years() -> Book {
    let names =
        ["bokforing-2024.se", "bokslut-2023.xlsx", "bokslut-2024.xlsx", "budget-2024.xlsx", "saldobalans-2024.csv"];
    read_in("fixtures/folder", &names)
}

fn read_in(folder: &str, names: &[&str]) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut inputs, mut grids) = (Vec::new(), Vec::new());
    for (i, name) in names.iter().enumerate() {
        let (input, read) = read::read(&folder.join(name), i, &read::Options::default());
        inputs.push(Input { path: name.into(), ..input });
        grids.extend(read);
    }
    Book::of(inputs, grids)
}

fn paper(book: &Book, language: Language) -> String {
    let options = Options::default();
    html::check(book, &check::check(book, &options), &options, language)
}

/// A book whose every name is an attempt to break out.
fn hostile() -> Book {
    let text = |row, col, text: String| Cell::new(row, col, Value::Text(text.into()));
    let number = |row, col, value| Cell::new(row, col, Value::Number(Amount::new(Money::from(value), 0)));
    let mut cells = vec![
        text(0, 0, format!("Resultaträkning {HOSTILE}")),
        text(1, 0, "Belopp i kr".into()),
        number(1, 1, 2019),
        number(1, 2, 2018),
        text(8, 0, format!("Samordningsförbundet Åsen {HOSTILE}")),
    ];
    let lines = [("intäkter", 500, 400), ("kostnader", 450, 300), ("resultat", 51, 100)];
    for (row, (name, now, before)) in (2..).zip(lines) {
        cells.push(text(row, 0, format!("Verksamhetens {name} {HOSTILE}")));
        cells.extend([number(row, 1, now), number(row, 2, before)]);
    }
    // A table whose sum does not come out, so that findings and relations repeat the names too.
    cells.extend([text(11, 0, format!("Not 1 {HOSTILE}")), number(11, 1, 2019), text(15, 0, "Summa".into())]);
    for (row, value) in (12..).zip([100, 200, 300]) {
        cells.extend([text(row, 0, format!("Lokalhyra {HOSTILE}")), number(row, 1, value)]);
    }
    cells.push(number(15, 1, 605));
    let grid = Grid::new(0, HOSTILE, Source::Workbook, cells);
    let input = Input {
        path: PathBuf::from(format!("{HOSTILE}.xlsx")),
        sha256: String::new(),
        format: None,
        error: None,
        remarks: Vec::new(),
        ledger: None,
    };
    Book::of(vec![input], vec![grid])
}

/// The values of an attribute, as they stand.
fn values<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.match_indices(&start).filter_map(|(at, _)| page[at + start.len()..].split('"').next()).collect()
}

#[test]
fn nothing_in_a_book_breaks_out_of_the_paper() {
    let book = hostile();
    for language in [Language::Swedish, Language::English] {
        let page = paper(&book, language);
        assert!(page.contains("&lt;script&gt;alert("), "the names are there");
        assert!(!page.contains("<script"), "and only as text");
        assert!(page.contains("<article ") && page.contains("<tr id=\"e1\""), "also in findings and relations");
        assert_eq!(page.matches("</style>").count(), 1);
        assert!(page.contains("default-src &#39;none&#39;"));
    }
}

#[test]
fn every_link_has_its_place_and_every_place_is_one() {
    let books = BOOKS.iter().map(|name| (*name, read(name)));
    for (name, book) in books.chain([("the folder", two_years())]) {
        let page = paper(&book, Language::Swedish);
        let ids = values(&page, "id");
        let places: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), places.len(), "{name}: an id is used twice");
        for to in values(&page, "href") {
            assert!(to.strip_prefix('#').is_some_and(|to| places.contains(to)), "{name}: {to} leads nowhere");
        }
    }
}

#[test]
fn every_amount_has_a_mark_and_every_break_its_finding() {
    let book = read("arsredovisning-2019.xlsx");
    let options = Options::default();
    let report = check::check(&book, &options);
    let page = html::check(&book, &report, &options, Language::Swedish);
    let relations = report.checks.iter().filter(|check| check.held() || check.broke()).count();
    assert_eq!(page.matches("<tr id=\"e").count(), relations, "each relation is written out");
    assert_eq!(page.matches("<article ").count(), report.findings.len(), "each finding is an article");
    let marked = page.matches("<span class=\"ticks\"><").count();
    let copied: usize = report.coverage.amounts - report.coverage.tied - report.coverage.summed;
    assert!(marked + copied >= report.coverage.amounts - report.coverage.tied, "{marked} marks");
    assert!(page.contains("Verksamhetens resultat <a href=\"#t2-3-0\" class=\"figure\">5\u{a0}759</a> = "));
    assert!(page.contains("räknat 5\u{a0}773, skillnad -14"));
    for picture in ["Eget kapital 2019", "Kassaflöde 2019", "Utvecklingen 2015–2019", "Insatser: budget och utfall"]
    {
        assert!(page.contains(&format!("<h3>{picture}</h3>")), "{picture}");
    }
}

#[test]
fn a_folder_tells_what_its_files_are_and_its_ledger() {
    let page = paper(&two_years(), Language::Swedish);
    for said in ["tidigare års bokslut 2023 (2022)", "bokslut 2024 (2023)", "budget 2024 (2025–2026)"] {
        assert!(page.contains(&format!("<td>{said}</td>")), "{said}");
    }
    assert!(page.contains("<h1>Björkådalen</h1>") && page.contains("<dd>222000-9993</dd>"));
    assert!(page.contains("<th scope=\"col\" class=\"n\">konton</th>"), "ties to the ledger are counted apart");
    assert!(page.contains("<caption>Saldobalans 2024-01-01–2024-12-31</caption>"));
    assert!(page.contains("<h3>Eget kapital 2024</h3>"), "pictures are of the last year");
    let ledger = paper(&read_in("fixtures/folder", &["bokforing-2024.se"]), Language::Swedish);
    assert!(ledger.contains("Allt som kunde prövas i bokföringen stämmer"));
    assert!(!ledger.contains("id=\"rakningar\""), "a ledger has no statements");
}

/// A line that both the ledger and its exported list make is told twice, each time with the file of the accounts.
#[test]
fn accounts_are_told_with_their_file_where_there_are_several() {
    let paper = paper(&two_years(), Language::Swedish);
    for file in ["bokforing-2024.se", "saldobalans-2024.csv"] {
        assert!(paper.contains(&format!(" ({file})</td>")), "{file}");
    }
}

#[test]
fn what_is_accepted_is_told_with_who_and_why() {
    let book = read("arsredovisning-2019.xlsx");
    let options = Options::default();
    let mut report = check::check(&book, &options);
    let all = report.findings.len();
    let sign = Sign { reason: "Rättas nästa år".into(), initials: "ab".into(), date: "2020-03-01".into() };
    let change = Change { cell: "KF!B9".into(), was: "1".into(), is: "2".into() };
    report.findings[0].mark = Some(Mark::Accepted(sign.clone()));
    report.findings[1].mark = Some(Mark::Expired(sign.clone(), vec![change]));
    report.unused_marks = vec![UnusedMark { rule: "BR01".into(), about: "Summa tillgångar".into(), sign }];
    report.baseline = Some(Baseline { known: 3, gone: 1 });
    let page = html::check(&book, &report, &options, Language::Swedish);
    assert_eq!(page.matches("<article ").count(), all);
    assert_eq!(page.matches("class=\"finding accepted\"").count(), 1);
    assert!(page.contains("1 godkänd avvikelse"), "the verdict counts it apart");
    assert!(page.contains("<strong>Godkänd 2020-03-01 ab: </strong>Rättas nästa år."));
    assert!(page.contains("Rättas nästa år; KF!B9: 1 → 2."));
    assert!(page.contains("BR01 Summa tillgångar: 2020-03-01 ab, Rättas nästa år"));
    assert!(page.contains("3 avvikelser fanns redan då och visas inte, 1 är borta"));
}

#[test]
fn relations_that_could_not_be_tested_are_listed_one_by_one() {
    let book = read("verksamhetsplan-2020-pyramis.xlsx");
    let options = Options::default();
    let report = check::check(&book, &options);
    let untested = report.checks.iter().filter(|check| !check.held() && !check.broke()).count();
    let page = html::check(&book, &report, &options, Language::Swedish);
    let listed = page.split("<table class=\"untested\">").nth(1).and_then(|rest| rest.split("</table>").next());
    let rows = listed.map_or(0, |table| table.matches("<tr>").count().saturating_sub(1));
    assert_eq!(rows, untested);
    assert!(untested > 0);
}

#[test]
fn pictures_are_drawn_only_of_what_is_there() {
    let page = paper(&read("budget-2020-ornskoldsvik.xlsx"), Language::Swedish);
    assert!(!page.contains("<svg"), "a budget of one table has no bridge, no years and no ties");
    assert!(!page.contains("href=\"#bilder\""));
}

#[test]
fn the_paper_speaks_one_language() {
    let book = read("arsredovisning-2019.xlsx");
    let (swedish, english) = (paper(&book, Language::Swedish), paper(&book, Language::English));
    assert!(swedish.contains("<html lang=\"sv\">") && english.contains("<html lang=\"en\">"));
    for word in ["Väsentlighet", "Gör så här", "stämmer inte", "Visa som tabell", "Prövade samband"] {
        assert!(swedish.contains(word), "{word}");
        assert!(!english.contains(word), "{word}");
    }
}

#[test]
#[ignore = "needs Chromium, Node with the packages of tests/html, and poppler-utils: run by .ci/run"]
fn the_paper_holds_in_a_browser() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).expect("a folder for the papers");
    let mut files = Vec::new();
    let mut write = |name: &str, page: String| {
        let path = folder.join(format!("{name}.html"));
        std::fs::write(&path, page).expect("a paper");
        files.push(path);
    };
    for name in [BOOKS[3], BOOKS[4]] {
        write(name.trim_end_matches(".xlsx"), paper(&read(name), Language::Swedish));
    }
    write("folder", paper(&two_years(), Language::Swedish));
    write("ledger", paper(&read_in("fixtures/folder", &["bokforing-2024.se"]), Language::English));
    write("two-years", paper(&read_all(&[BOOKS[0], BOOKS[5]]), Language::Swedish));
    write("english", paper(&read(BOOKS[0]), Language::English));
    write("hostile", paper(&hostile(), Language::Swedish));
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/browser.mjs");
    let output = Command::new("node").arg(driver).arg(&folder).args(&files).output().expect("node starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
