//! Books made at random, each förbund with its own tables and style: what holds of every cleaned workbook, and what is
//! found in them, as they are and with a slip, a line each of `fixtures/told/books.txt`.
//!
//! `UPDATE=1 cargo test --test generated` writes the lines anew; the diff is the review.

#[path = "workbook/amounts.rs"]
#[allow(dead_code, reason = "another harness reads single workbooks")]
mod amounts;
#[path = "../examples/books/book.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod book;
#[path = "../examples/books/expected.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod expected;
#[path = "../examples/books/figures.rs"]
mod figures;
#[path = "../examples/books/forbund.rs"]
mod forbund;
#[path = "told/hold.rs"]
mod hold;
#[path = "../examples/books/notes.rs"]
mod notes;
#[path = "../examples/books/random.rs"]
mod random;
#[path = "../examples/books/sheet.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod sheet;
#[path = "../examples/books/short.rs"]
mod short;
#[path = "../examples/books/slips.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod slips;
#[path = "../examples/books/statements.rs"]
mod statements;
#[path = "../examples/books/style.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod style;
#[path = "../examples/books/sums.rs"]
mod sums;
#[path = "../examples/books/table.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod table;

use avstam::book::Book;
use avstam::check::{self, Report};
use avstam::finding::{Cause, Finding};
use avstam::grid::{At, Grid, Source};
use avstam::read::{Format, Input};
use avstam::report::place_in_file;
use rayon::prelude::*;

use book::generate;
use random::Random;

/// The book of a seed with these sheets.
fn read(seed: u64, grids: Vec<Grid>) -> Book {
    let format = match grids[0].source {
        Source::Workbook => Format::Xlsx,
        Source::Delimited => Format::Csv,
        Source::Text | Source::Ledger => Format::Text,
    };
    let input = Input {
        path: format!("{seed}.xlsx").into(),
        sha256: String::new(),
        format: Some(format),
        error: None,
        remarks: Vec::new(),
        ledger: None,
    };
    Book::of(vec![input], grids)
}

#[test]
fn cleaned_workbooks_keep_every_amount_and_read_as_their_sources() {
    for seed in 1..=30 {
        let book = read(seed, generate(seed).grids);
        let report = check::check(&book, &check::Options::default());
        amounts::hold(&format!("seed {seed}"), &book, &report);
    }
}

/// So many slips in each book, of one kind after the other.
const SLIPS: usize = 6;

#[test]
fn books_and_slips_in_them_are_told_as_they_were() {
    let told: Vec<String> = (1..=40u64).into_par_iter().map(told).collect();
    hold::hold("books", &told.concat());
}

/// How often each rule was tested and held, and below it a line for each slip.
fn told(seed: u64) -> String {
    let made = generate(seed);
    let book = read(seed, made.grids.clone());
    let before = check::check(&book, &check::Options::default());
    let tallies = before.by_rule.iter().filter(|(_, tally)| tally.tested + tally.untestable > 0);
    let tallies: Vec<String> = tallies.map(|(rule, of)| format!("{rule} {}/{}", of.held, of.tested)).collect();
    let mut lines = vec![format!("# {seed} {}: {}", made.style.unit.code(), tallies.join(", "))];
    let known = outlines(&book, &before);
    lines.extend(known.iter().map(|line| format!("  {line}")));
    let mut random = Random::new(seed);
    for number in 0..SLIPS {
        let kind = (seed as usize * SLIPS + number) % slips::KINDS.len();
        let figure = &made.placed[random.below(made.placed.len())];
        let Some(slip) = slips::slip(kind, figure, &made.placed, &before.checks, &mut random) else { continue };
        let book = read(seed, slips::apply(&made.grids, &slip));
        let report = check::check(&book, &check::Options::default());
        let edits = slip.edits.iter().map(|(at, to)| format!("{} → {to}", place_in_file(&book, *at)));
        let gone = slip.gone.iter().map(|gone| format!("row {} of sheet {}", gone.row + 1, gone.grid));
        let slip: Vec<String> = edits.chain(gone).collect();
        let found: Vec<String> = outlines(&book, &report).into_iter().filter(|line| !known.contains(line)).collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(" & ") };
        lines.push(format!("  {} {}: {found}", slips::KINDS[kind].name, slip.join(", ")));
    }
    lines.join("\n") + "\n"
}

/// Each finding by its rule, cell, causes and what follows: `error KF05 KF!B9 [sign-flipped KF!B7 → -12] +KF09`.
fn outlines(book: &Book, report: &Report) -> Vec<String> {
    let place = |at: At| place_in_file(book, at);
    let cause = |cause: &Cause| {
        let edits = cause.edits.iter().map(|edit| format!(" {} → {}", place(edit.at), edit.to));
        format!("{}{}", cause.slip.code(), edits.collect::<String>())
    };
    let outline = |finding: &Finding| {
        let at = finding.cells.first().map(|(at, _)| place(*at)).unwrap_or_default();
        let causes: Vec<String> = finding.causes.iter().take(3).map(cause).collect();
        let follows = finding.consequences.iter().map(|consequence| format!(" +{}", consequence.rule));
        let of = finding.causes.len();
        let (severity, rule, causes) = (finding.severity.code(), finding.rule, causes.join(" or "));
        format!("{severity} {rule} {at} [{causes}, of {of}]{}", follows.collect::<String>())
    };
    report.findings.iter().map(outline).collect()
}
