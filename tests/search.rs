//! What the search finds for slips in made-up books, each a line of `fixtures/told/search.txt`: the equations are
//! given here, not read from tables. `UPDATE=1 cargo test --test search` writes them anew; the diff is the review.

#[path = "../examples/cause_bench/book.rs"]
#[allow(dead_code, reason = "the example measures them")]
mod book;
#[path = "told/hold.rs"]
mod hold;
#[path = "../examples/cause_bench/slips.rs"]
mod slips;

use avstam::cause::{Explanation, Operation, System, card_minimal, explain};

use book::{Book, Dice};
use slips::{KINDS, Kind, inject};

/// So many books for each kind of slip.
const BOOKS: u64 = 16;

#[test]
fn the_search_finds_what_it_found() {
    let mut lines = Vec::new();
    for rounded in [false, true] {
        for kind in KINDS {
            lines.extend((0..BOOKS).filter_map(|seed| line(&[kind], rounded, seed)));
        }
        for seed in 0..4 * BOOKS {
            let some = |nth: u64| KINDS[(seed * nth + nth) as usize % KINDS.len()];
            lines.extend(line(&[some(5), some(7)], rounded, seed));
            lines.extend(line(&[some(3), some(5), some(11)], rounded, seed));
        }
    }
    hold::hold("search", &(lines.join("\n") + "\n"));
}

/// Slips in one book, what is found for them and how few cells could mend all.
fn line(kinds: &[Kind], rounded: bool, seed: u64) -> Option<String> {
    let mut dice = Dice::new(seed * 31 + kinds[0] as u64 + 7);
    let book = Book::random(&mut Dice::new(seed + 1));
    let mut book = if rounded { book.rounded() } else { book };
    let right: Vec<i128> = book.cells.iter().map(|cell| cell.value).collect();
    let mut cells = Vec::new();
    for (&kind, tied) in kinds.iter().zip([seed.is_multiple_of(2), true, false]) {
        cells.extend(inject(&mut book, &mut dice, kind, tied)?);
    }
    let system = book.system(rounded);
    let slips: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let edits: Vec<String> =
        cells.iter().map(|&cell| format!("{cell} {} → {}", right[cell], book.cells[cell].value)).collect();
    let unit = if rounded { "tkr" } else { "kr" };
    let found: Vec<String> = explain(&system).iter().map(shown).collect();
    let least = least(&system);
    Some(format!("{unit} {seed} {}: {} | {} | {least}", slips.join(" + "), edits.join(", "), found.join(" & ")))
}

/// The operations, how many alternatives and how many of them as good, and what they explain.
fn shown(explanation: &Explanation) -> String {
    let of = |operations: &[Operation]| operations.iter().map(operation).collect::<Vec<_>>().join(" + ");
    let others = explanation.alternatives.iter().take(2).map(|others| format!(" or {}", of(others)));
    let (alternatives, good) = (explanation.alternatives.len(), explanation.equally_good);
    let unproved = if explanation.proved_minimal { "" } else { ", unproved" };
    format!(
        "{}{} (of {alternatives}, {good} as good; {:?} {}{unproved})",
        of(&explanation.operations),
        others.collect::<String>(),
        explanation.explains,
        explanation.contradictions
    )
}

fn operation(operation: &Operation) -> String {
    let edits = operation.edits.iter().map(|edit| format!(" {} → {}", edit.cell, edit.to));
    let rows = if operation.rows.is_empty() { String::new() } else { format!(" {:?}", operation.rows) };
    let amount = operation.amount.map_or(String::new(), |amount| format!(" {amount}"));
    format!("{}{}{rows}{amount}", operation.slip.code(), edits.collect::<String>())
}

/// The smallest sets of cells that mend all when changed.
fn least(system: &System) -> String {
    let found = card_minimal(system);
    let sets = found.sets.iter().take(3).map(|set| format!("{set:?}")).collect::<Vec<_>>().join(" ");
    format!("{} sets {sets}{}", found.sets.len(), if found.complete { "" } else { ", unproved" })
}
