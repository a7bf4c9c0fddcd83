//! The fixtures hold together: what is made is what is committed, and the expectations are true of the
//! figures in the twins.

#[allow(dead_code, reason = "another harness reads terms without computing them")]
#[path = "fixtures/expectation.rs"]
mod expectation;
#[path = "fixtures/figures.rs"]
mod figures;
#[path = "../examples/make_fixtures/files/mod.rs"]
mod files;

use std::fs;
use std::path::{Path, PathBuf};

use expectation::Expectation;
use figures::Book;
use files::document::DOCUMENTS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

#[test]
fn committed_files_are_what_the_twins_make() {
    for made in files::all(&root()).expect("the twins make their files") {
        let committed = fs::read(root().join(&made.path)).unwrap_or_default();
        let same = committed == made.bytes;
        assert!(same, "{} is stale: run `cargo run --example make_fixtures`", made.path);
    }
}

#[test]
fn held_relations_hold() {
    for document in DOCUMENTS {
        let book = Book::read(&root(), document.twin);
        for row in Expectation::read(&root(), document.twin, "held") {
            let id = row.get("id");
            let value = row.amount("value");
            let computed = book.compute(row.get("terms")).expect(id);
            assert_eq!(computed.rounded_like(value), value, "{id}");
            if !row.stands_in_label() {
                assert_eq!(book.figure(&row.place()), Some(value), "{id}: stated");
            }
        }
    }
}

#[test]
fn broken_relations_break_by_the_difference() {
    for document in DOCUMENTS {
        let book = Book::read(&root(), document.twin);
        for row in Expectation::read(&root(), document.twin, "broken") {
            let id = row.get("id");
            if row.get("terms").is_empty() {
                assert!(book.has(&row.place()), "{id}: no such place");
                continue;
            }
            let [stated, implied, difference] = ["stated", "implied", "difference"].map(|name| row.amount(name));
            let computed = book.compute(row.get("terms")).expect(id);
            assert_eq!(computed.rounded_like(implied), implied, "{id}: implied");
            assert_eq!(stated - implied, difference, "{id}: difference");
            assert!(!difference.is_zero(), "{id}: does not break");
            if !row.stands_in_label() {
                assert_eq!(book.figure(&row.place()), Some(stated), "{id}: stated");
            }
        }
    }
}

/// Every layout has a cell for each expected place that is not in running text, and the seed for all.
#[test]
fn every_expected_place_has_a_cell() {
    for document in DOCUMENTS {
        let books = document.books.iter().map(|book| book.map_name());
        for variant in books.chain([document.seed.to_owned()]) {
            let places = expectation::places(&root(), &variant);
            for row in ["held", "broken"].iter().flat_map(|list| Expectation::read(&root(), document.twin, list)) {
                let in_variant = row.get("table") != "prose" || variant == document.seed;
                let place = row.place();
                assert!(!in_variant || places.contains_key(&place), "{variant}: {} {place}", row.get("id"));
            }
        }
    }
}

#[test]
fn seeds_hold_no_addresses() {
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(format!("seeds/{}.txt", document.seed))).expect("a seed");
        assert!(!text.contains('@'), "{} holds an e-mail address", document.seed);
    }
}
