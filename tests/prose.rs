//! Running text against the tables of the same document: what is found, what is silent, what cannot be tied.

use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::check::{self, Options, Report};
use avstam::finding::Severity;
use avstam::grid::{At, a1};
use avstam::money::Money;
use rust_xlsxwriter::Workbook;

fn book(path: &Path) -> Book {
    let (input, grids) = avstam::read::read(path, 0, &Default::default());
    assert!(input.error.is_none(), "{:?}", input.error);
    Book::of(vec![input], grids)
}

fn seed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/seeds").join(name)
}

/// A document of some text and the tables of an annual account.
fn document(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let tables = include_str!("prose/tables.txt");
    std::fs::write(&path, format!("Årsredovisning 2022\n\nEkonomi i korthet\n\n{text}\n\n{tables}")).expect("written");
    path
}

fn run(path: &Path, counts: bool) -> (Book, Report) {
    let book = book(path);
    let report = check::check(&book, &Options { select: vec!["PR".into()], counts, ..Options::default() });
    (book, report)
}

/// `PR01 warning A737`: the rule, how grave, and the first place of each finding.
fn found(path: &Path, counts: bool) -> Vec<String> {
    let (_, report) = run(path, counts);
    let tell = |finding: &avstam::finding::Finding| {
        let (at, _) = finding.cells[0];
        format!("{} {} {}", finding.rule, finding.severity.code(), a1(at.row, at.col))
    };
    report.findings.iter().map(tell).collect()
}

fn held(path: &Path) -> usize {
    let (_, report) = run(path, false);
    report.checks.iter().filter(|check| check.relation.rule == "PR01" && check.held()).count()
}

#[test]
fn five_real_documents() {
    assert_eq!(found(&seed("pyramis-ar-2019.txt"), false), ["PR01 warning A737"]);
    assert_eq!(found(&seed("ornskoldsvik-vp-2020.txt"), false), ["PR01 info A147"]);
    assert_eq!(found(&seed("skelleftea-norsjo-vp-2017.txt"), false), ["PR02 warning A210"]);
    assert!(found(&seed("pyramis-vp-2020.txt"), false).is_empty());
    let mut plan = found(&seed("sodra-norrbotten-vp-2024.txt"), false);
    plan.sort();
    assert_eq!(plan, ["PR01 info A33", "PR04 warning A151", "PR05 warning A718", "PR06 info D748"]);
    let (_, report) = run(&seed("skelleftea-norsjo-vp-2017.txt"), false);
    assert_eq!(report.findings[0].expected, Some(Money::new(6_132, 3)), "the sum of four members, in millions");
    // Ten grants and the allocation twice; results, costs, contributions and four variances; a sum over three years.
    let names = ["ornskoldsvik-vp-2020.txt", "pyramis-ar-2019.txt", "sodra-norrbotten-vp-2024.txt"];
    assert_eq!(names.map(|name| held(&seed(name))), [12, 11, 1]);
}

#[test]
fn what_roundings_and_shares_have_in_common_is_told_once() {
    let consequences = |document: &str, rule: &str| -> usize {
        let (_, report) = run(&seed(document), false);
        let own = report.findings.iter().filter(|finding| finding.rule == rule);
        own.map(|finding| finding.consequences.len()).sum()
    };
    assert_eq!(consequences("sodra-norrbotten-vp-2024.txt", "PR01"), 5, "a sentence rounds six amounts");
    assert_eq!(consequences("sodra-norrbotten-vp-2024.txt", "PR04"), 1, "two shares of one wrong whole");
    assert_eq!(consequences("ornskoldsvik-vp-2020.txt", "PR01"), 1, "a budget rounds two grants");
}

#[test]
fn a_variance_from_another_table_is_explained() {
    let (_, report) = run(&seed("pyramis-ar-2019.txt"), false);
    let finding = &report.findings[0];
    assert_eq!((finding.stated, finding.expected), (Some(29_473.into()), Some(24_273.into())));
    assert_eq!(finding.causes[0].slip.code(), "stale-value");
    assert_eq!(finding.suspect.map(|at| a1(at.row, at.col)).as_deref(), Some("A737"));
}

#[test]
fn counts_of_persons_are_looked_at_only_when_asked() {
    let counted = found(&seed("pyramis-ar-2019.txt"), true);
    let counts: Vec<&String> = counted.iter().filter(|line| line.starts_with("PR10")).collect();
    assert_eq!(counts, ["PR10 info A124", "PR10 info A124", "PR10 info A854"]);
}

#[test]
fn two_versions_of_a_text_are_told_once() {
    let (_, report) = run(&seed("pyramis-ar-2019.txt"), true);
    let told: Vec<_> = report.findings.iter().filter(|finding| finding.rule == "PR11").collect();
    let [finding] = told.as_slice() else { panic!("{told:?}") };
    let others = finding.consequences.iter().map(|consequence| &consequence.cells);
    let places = |cells: &Vec<_>| cells.iter().map(|(at, _): &(At, _)| at.row + 1).collect::<Vec<_>>();
    let places: Vec<Vec<u32>> = [&finding.cells].into_iter().chain(others).map(places).collect();
    // Participants of an insats, its most participants, participants and visits, women and men.
    assert_eq!(places, [vec![134, 369, 1028], vec![251, 849], vec![383, 1110], vec![124, 343]]);
}

#[test]
fn counts_of_other_groups_times_and_insatser_are_no_versions() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose/counts.txt");
    assert_eq!(found(&path, true), [""; 0]);
}

#[test]
fn true_and_unrelated_sentences_are_silent() {
    let text = include_str!("prose/silent.txt");
    let path = document("silent.txt", text);
    assert!(found(&path, false).is_empty(), "{:?}", found(&path, false));
    assert!(held(&path) >= 20, "{}", held(&path));
    // What speaks of other things is counted, not reported.
    let (_, report) = run(&path, false);
    assert!(report.tally.untestable >= 20, "{:?}", report.tally);
}

#[test]
fn every_wrong_sentence_is_found() {
    let cases = [
        ("Årets resultat blev 112 300 kr 2022.", "PR01 warning"),
        ("Årets resultat 2022 visar ett underskott på 287 550 kr.", "PR01 warning"),
        ("Det ackumulerade överskottet uppgick 2022 till 1 250 tkr.", "PR01 warning"),
        ("Balansomslutningen 2022 var 1 690 000 kr.", "PR01 warning"),
        ("Jobbtorget: Den positiva avvikelsen 2022 är 110 000 kr.", "PR01 warning"),
        ("Kostnaderna uppgick 2022 till 3 712 000 kr.", "PR01 info"),
        ("Eget kapital 2022 är 1 200 miljoner kronor.", "PR02 warning"),
        ("Kostnaderna uppgick 2022 till 3 712 540 kr.", "PR03 warning"),
        ("Årets resultat 2022 blev 278 550 kr.", "PR03 warning"),
        ("Årets resultat 2022 blev 28 755 kr.", "PR03 warning"),
        // What is told of one thing beside an amount that agrees.
        ("Årets resultat blev 287 550 kr (121 300 kr).", "PR03 warning"),
        ("Årets resultat blev 300 550 kr, att jämföra med 112 300 kr året före.", "PR01 warning"),
        ("Årets resultat blev 287 550 kr, en klar förbättring med 200 000 kr mot 2021.", "PR01 warning"),
        ("Eget kapital ökade från 912 450 kr till 1 400 000 kr.", "PR01 warning"),
        ("Eget kapital var 1 200 000 kr mot 800 000 kr vid årets början.", "PR01 warning"),
        ("Kostnaderna har minskat med 178 550 kr jämfört med föregående år.", "PR03 warning"),
        ("Jobbtorget kostade 1 400 000 kr, vilket är 50 000 kr mindre än budgeterat.", "PR01 warning"),
        ("Av kostnaderna avsåg 1 400 000 kr Jobbtorget och 600 000 kr Stegen.", "PR01 warning"),
    ];
    for (i, (text, expected)) in cases.into_iter().enumerate() {
        let told = found(&document(&format!("wrong-{i}.txt"), text), false);
        assert_eq!(told, [format!("{expected} A5")], "{text}");
    }
}

#[test]
fn what_cannot_be_tied_is_counted() {
    let path =
        document("untied.txt", "Hyran för den nya lokalen är 84 000 kr. Samhällsvinsten 2022 blev 2 400 000 kr.");
    let (_, report) = run(&path, false);
    assert!(report.findings.is_empty() && report.checks.is_empty());
    assert_eq!(report.tally.untestable, 2);
}

#[test]
fn sentences_in_a_workbook_are_read_too() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("text.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Ekonomi").expect("a name");
    let rows: [(&str, [u32; 2]); 3] = [
        ("Verksamhetens intäkter", [4_000, 4_012]),
        ("Verksamhetens kostnader", [3_712, 3_900]),
        ("Årets resultat", [288, 112]),
    ];
    sheet
        .write(0, 0, "Resultaträkning (tkr)")
        .and_then(|s| s.write(1, 1, 2022))
        .and_then(|s| s.write(1, 2, 2021))
        .expect("cells");
    for (i, (label, values)) in rows.into_iter().enumerate() {
        sheet.write(i as u32 + 2, 0, label).expect("a label");
        for (column, value) in values.into_iter().enumerate() {
            sheet.write(i as u32 + 2, column as u16 + 1, value).expect("a figure");
        }
    }
    sheet.write(7, 0, "Årets resultat 2022 blev 287 550 kr, vilket är bättre än budget.").expect("a text");
    sheet.write(8, 0, "Verksamhetens kostnader uppgick 2022 till 3 172 tkr.").expect("a text");
    workbook.save(&path).expect("saved");
    let (book, report) = run(&path, false);
    assert_eq!(report.checks.iter().filter(|check| check.held()).count(), 1);
    let told: Vec<(&str, Severity, String)> = report
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.severity, a1(finding.cells[0].0.row, finding.cells[0].0.col)))
        .collect();
    assert_eq!(told, [("PR03", Severity::Warning, "A9".to_string())], "{:?}", book.statements.len());
}
