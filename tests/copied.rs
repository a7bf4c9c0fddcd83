//! One year's accounts as text in the forms that copying leaves: pages of aligned columns, cells that run together,
//! signs and headings set apart from their figures, cells each on a line of its own, tables drawn with lines. All of them
//! say the same, and a slip is named in each.

use std::path::Path;

use avstam::book::Book;
use avstam::check::check;
use avstam::finding::{Language, Severity};
use avstam::statement::Kind;

const FORMS: [&str; 5] = [
    "bokslut-2023-sidor.txt",
    "bokslut-2023-kopierad.txt",
    "bokslut-2023-ritad.md",
    "bokslut-2023-skilda-tecken.txt",
    "bokslut-2023-en-cell-per-rad.txt",
];

fn book(name: &str, change: impl Fn(String) -> String) -> Book {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/texts").join(name);
    let text = change(std::fs::read_to_string(source).expect("the text"));
    let own = std::thread::current().name().unwrap_or_default().to_string();
    let path = std::env::temp_dir().join(format!("avstam-{}-{own}-{name}", std::process::id()));
    std::fs::write(&path, text).expect("the text is written");
    let (input, grids) = avstam::read::read(&path, 0, &Default::default());
    std::fs::remove_file(&path).expect("the text is removed");
    assert!(input.error.is_none(), "{name}");
    Book::of(vec![input], grids)
}

/// What is told of a book: what accuses, and how much was tested and tied.
fn told(book: &Book) -> (Vec<String>, usize, usize) {
    let report = check(book, &Default::default());
    let graver = report.findings.iter().filter(|finding| finding.severity > Severity::Info);
    let findings = graver.map(|finding| finding.message.get(Language::Swedish).replace('\u{a0}', " ")).collect();
    (findings, report.coverage.amounts, report.coverage.untied.len())
}

#[test]
fn every_form_is_understood_and_nothing_is_wrong() {
    for name in FORMS {
        let book = book(name, |text| text);
        let kinds: Vec<Kind> = book.statements.iter().map(|statement| statement.kind).collect();
        let expected = [Kind::IncomeStatement, Kind::BalanceSheet, Kind::CashFlow];
        assert_eq!(kinds[..3], expected, "{name}");
        assert_eq!(kinds[3..], [Kind::Note; 5], "{name}");
        let (findings, amounts, untied) = told(&book);
        assert_eq!(findings, Vec::<String>::new(), "{name}");
        assert!(amounts >= 70 && untied <= 2, "{name}: {untied} of {amounts}");
    }
}

#[test]
fn a_slip_is_named_in_every_form() {
    for name in FORMS {
        let slip = |text: String| text.replacen("492 656", "462 956", 1);
        let (findings, ..) = told(&book(name, slip));
        assert_eq!(findings.len(), 1, "{name}: {findings:?}");
        assert!(findings[0].contains("462 956"), "{name}: {findings:?}");
    }
}

/// Every way of parting a heading was weighed anew for each number of columns.
#[test]
fn hundreds_of_lines_of_headings_are_no_table() {
    let page = "Budget\nUtfall\n".repeat(150);
    let book = book("bokslut-2023-kopierad.txt", |_| page.clone());
    assert_eq!(book.statements.len(), 0);
}
