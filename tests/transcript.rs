//! Tables that stand on one line: what is read from the text is what the workbook of the same tables says.

use std::path::Path;

use avstam::book::Book;
use avstam::check::check;
use avstam::finding::Severity;
use avstam::table::Entry;

fn book(name: &str) -> Book {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let (input, grids) = avstam::read::read(&path, 0, &Default::default());
    assert!(input.error.is_none(), "{name}");
    Book::of(vec![input], grids)
}

#[test]
fn a_run_on_line_is_the_table_that_it_was() {
    let text = book("seeds/skelleftea-norsjo-vp-2017.txt");
    let workbook = book("workbooks/verksamhetsplan-2017-skelleftea.xlsx");
    assert_eq!((text.statements.len(), workbook.statements.len()), (2, 2));
    let (mut same, mut unknown) = (0, 0);
    for (laid, typed) in text.statements.iter().zip(&workbook.statements) {
        let periods = |statement: &avstam::statement::Statement| {
            statement.columns().iter().map(|column| column.period).collect::<Vec<_>>()
        };
        assert_eq!(periods(laid), periods(typed));
        // One label of the text is two rows, of which the first has no figures.
        let figures = |lines: &[avstam::table::Line]| {
            lines
                .iter()
                .filter(|line| line.role != avstam::table::Role::Heading)
                .map(|l| l.entries.clone())
                .collect::<Vec<_>>()
        };
        let (laid, typed) = (figures(laid.lines()), figures(typed.lines()));
        assert_eq!(laid.len(), typed.len());
        for (i, (laid, typed)) in laid.iter().zip(&typed).enumerate() {
            for (own, truth) in laid.iter().zip(typed) {
                let zero = |entry: &Entry| entry.amount().is_none_or(|amount| amount.value.is_zero());
                match (own, truth) {
                    (Entry::Unknown, _) => unknown += 1,
                    (Entry::Figure(own), Entry::Figure(truth)) => {
                        assert_eq!(own.amount.value, truth.amount.value, "row {i}");
                        same += 1;
                    }
                    _ => assert!(zero(own) && zero(truth), "row {i}: {own:?} {truth:?}"),
                }
            }
        }
    }
    assert!(same > 250, "{same}");
    assert_eq!(unknown, 4, "the 13 that no total adds, and the two last figures of the last row");
}

#[test]
fn the_appendix_is_compared_and_nothing_else_is_wrong() {
    for name in ["seeds/skelleftea-norsjo-vp-2017.txt", "workbooks/verksamhetsplan-2017-skelleftea.xlsx"] {
        let book = book(name);
        let report = check(&book, &Default::default());
        let of_rule = || report.checks.iter().filter(|check| check.relation.rule == "BU08");
        let broken = of_rule().filter(|check| check.broke()).count();
        let held = of_rule().filter(|check| check.held()).count();
        assert_eq!((broken, held), (5, 1), "{name}");
        let in_tables = |rule: &str| rule != "BU08" && !rule.starts_with("PR");
        let other = report.findings.iter().filter(|found| in_tables(found.rule) && found.severity > Severity::Info);
        let other: Vec<&str> = other.map(|found| found.rule).collect();
        // In the workbook the 13 stands in a column, whose total is then wrong.
        assert_eq!(other, if name.ends_with("xlsx") { vec!["SU01"] } else { vec![] }, "{name}");
    }
}

#[test]
fn no_table_is_made_of_prose() {
    for name in ["ornskoldsvik-vp-2020", "pyramis-ar-2019", "pyramis-vp-2020", "sodra-norrbotten-vp-2024"] {
        let book = book(&format!("seeds/{name}.txt"));
        assert_eq!(book.grids.len(), 1, "{name}");
    }
}

/// What accuses in a text of its own.
fn graver(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bokslut.txt");
    std::fs::write(&path, text).expect("the text is written");
    let (input, grids) = avstam::read::read(&path, 0, &Default::default());
    let report = check(&Book::of(vec![input], grids), &Default::default());
    let graver = report.findings.iter().filter(|found| found.severity > Severity::Info);
    graver.map(|found| found.message.get(avstam::finding::Language::Swedish).to_string()).collect()
}

#[test]
fn a_number_before_figures_is_that_of_a_note_where_the_totals_say_so() {
    let text = "Balansräkning\nkr\n2022 2021\nKorta fordringar 5 222 440 274 913\nBank 2 991 633 2 351 235\n\
                Summa tillgångar 3 214 073 2 626 148\nÖvrigt eget kapital 2 369 961 1 981 286\n\
                Årets resultat 125 759 388 675\nSumma eget kapital 2 495 720 2 369 961\n\
                Kortfristiga skulder 718 353 256 187\nSumma skulder och eget kapital 3 214 073 2 626 148\n\n\
                Not 5 Korta fordringar\n2022 2021\nMomsfordran 122 440 174 913\nÖvrigt 100 000 100 000\n\
                Summa 222 440 274 913\n";
    assert_eq!(graver(text), Vec::<String>::new());
}

#[test]
fn a_dash_before_a_figure_is_its_minus_where_the_totals_say_so() {
    let text = "Balansräkning\nkr\n2013 2012 2011\nKassa och bank 2 742 233 3 205 461 2 323 846\n\
                Summa tillgångar 2 742 233 3 205 461 2 323 846\nÅrets resultat - 185 719 91 340 730 474\n\
                Balanserat kapital 1 989 562 1 898 222 1 167 748\n\
                Summa eget kapital 1 803 843 1 989 562 1 898 222\n\
                Kortfristiga skulder 938 390 1 215 899 425 624\n\
                Summa eget kapital och skulder 2 742 233 3 205 461 2 323 846\n";
    assert_eq!(graver(text), Vec::<String>::new());
}
