//! What changed between two versions: amounts with what they mend and break, lines, names and notes; and what only
//! moved is no change.

use std::path::Path;
use std::process::Command;

use avstam::book::Book;
use avstam::check::{self, Options, Report};
use avstam::diff::{self, Diff, Version};
use avstam::read;

const OLD: &str = "Resultaträkning\n\tNot\t2019\t2018\nVerksamhetens intäkter\t1\t1000\t900\nVerksamhetens kostnader\t2\t-700\t-600\n\
                   Verksamhetens resultat\t\t310\t300\nFinansiella intäkter\t\t10\t10\nÅrets resultat\t\t310\t310\n\n\
                   Balansräkning\n\t2019\t2018\nKorta fordringar\t400\t300\nKassa och bank\t600\t500\nSumma tillgångar\t1000\t800\n\n\
                   Not 1 Verksamhetens intäkter\n\t2019\t2018\nBidrag från staten\t600\t500\nBidrag från kommunen\t400\t400\nSumma\t1000\t900\n\n\
                   Not 2 Verksamhetens kostnader\n\t2019\t2018\nLokalhyra\t200\t200\nRevision\t500\t400\nSumma\t700\t600\n";

fn book(text: &str) -> (Book, Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bokslut.txt");
    std::fs::write(&path, text).expect("a file");
    let (input, grids) = read::read(&path, 0, &read::Options::default());
    let book = Book::of(vec![input], grids);
    let report = check::check(&book, &Options::default());
    (book, report)
}

/// The changes of a version whose text has this in place of that.
fn changed(edits: &[(&str, &str)]) -> Diff {
    let new = edits.iter().fold(OLD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is in the text");
        text.replace(from, to)
    });
    between(OLD, &new)
}

fn between(old: &str, new: &str) -> Diff {
    let (old, new) = (book(old), book(new));
    diff::diff(Version { book: &old.0, report: &old.1 }, Version { book: &new.0, report: &new.1 })
}

fn amounts(diff: &Diff) -> Vec<(String, String)> {
    let text = |amount: Option<avstam::money::Money>| amount.map_or("–".to_owned(), |amount| amount.to_string());
    diff.amounts().map(|amount| (text(amount.was), text(amount.is))).collect()
}

#[test]
fn the_same_is_no_change() {
    assert!(between(OLD, OLD).is_empty());
}

#[test]
fn a_changed_amount_tells_what_it_mends_and_breaks() {
    let mended = changed(&[("resultat\t\t310\t300", "resultat\t\t300\t300")]);
    assert_eq!(amounts(&mended), [("310".into(), "300".into())]);
    let amount = mended.amounts().next().expect("a change");
    assert!(amount.mended.contains(&"RR01"), "{amount:?}");
    assert!(amount.broken.is_empty() && mended.relations.mended > 0 && mended.relations.broken == 0);

    let broken = changed(&[("Kassa och bank\t600", "Kassa och bank\t650")]);
    let amount = broken.amounts().next().expect("a change");
    assert!(amount.mended.is_empty() && !amount.broken.is_empty(), "{amount:?}");
    assert!(broken.relations.still > 0, "the operating result is as wrong as before");
}

#[test]
fn lines_come_go_and_get_new_names() {
    let diff = changed(&[
        ("Revision\t500\t400", "Revision\t300\t400\nKonsulter\t200\t–"),
        ("Korta fordringar", "Kortfristiga fordringar"),
    ]);
    let lines: Vec<(bool, bool, bool)> =
        diff.lines().map(|line| (line.old.is_some(), line.new.is_some(), line.renamed)).collect();
    assert_eq!(lines.iter().filter(|line| **line == (true, true, true)).count(), 1, "a new name: {lines:?}");
    assert_eq!(lines.iter().filter(|line| **line == (false, true, false)).count(), 1, "a new line: {lines:?}");
    assert_eq!(amounts(&diff), [("500".into(), "300".into())]);
    let gone = changed(&[("Bidrag från kommunen\t400\t400\n", "")]);
    assert!(gone.lines().any(|line| line.new.is_none()));
}

#[test]
fn renumbered_notes_are_told_once() {
    let diff = changed(&[
        ("Not 2 Verks", "Not 3 Verks"),
        ("Not 1 Verks", "Not 2 Verks"),
        ("intäkter\t1\t1000", "intäkter\t2\t1000"),
        ("kostnader\t2\t-700", "kostnader\t3\t-700"),
    ]);
    let numbers: Vec<_> = diff.statements.iter().filter_map(|statement| statement.renumbered).collect();
    assert_eq!(numbers, [(1, 2), (2, 3)]);
    assert_eq!(diff.lines().count(), 0, "the references follow the notes");
    let wrong = changed(&[("kostnader\t2\t-700", "kostnader\t3\t-700")]);
    assert_eq!(wrong.lines().filter_map(|line| line.note).collect::<Vec<_>>(), [(Some(2), Some(3))]);
}

#[test]
fn what_moved_is_no_change() {
    let tables: Vec<&str> = OLD.split("\n\n").collect();
    let moved = [tables[3].trim_end(), tables[2], tables[0], tables[1]].join("\n\n") + "\n";
    assert!(between(OLD, &moved).is_empty());
    let rows = changed(&[("Lokalhyra\t200\t200\nRevision\t500\t400", "Revision\t500\t400\nLokalhyra\t200\t200")]);
    assert!(rows.is_empty());
}

#[test]
fn the_forms_of_one_document_are_the_same() {
    let avstam = |arguments: &[&str]| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        Command::new(env!("CARGO_BIN_EXE_avstam"))
            .args(arguments)
            .current_dir(root)
            .output()
            .expect("the program starts")
    };
    let of = |name: &str| format!("fixtures/workbooks/{name}");
    let old = of("arsredovisning-2019.xlsx");
    for name in ["arsredovisning-2019.ods", "arsredovisning-2019.xls", "arsredovisning-2019-ett-blad.xlsx"] {
        let output = avstam(&["diff", &old, &of(name)]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stdout));
    }
    let output = avstam(&["jämför", &old, &of("verksamhetsplan-2020-pyramis.xlsx"), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["schema"], "avstam/diff/1");
    assert!(json["statements"].as_array().is_some_and(|statements| statements.len() > 5));
    assert_eq!(avstam(&["diff", &old, "saknas.xlsx"]).status.code(), Some(2));
}
