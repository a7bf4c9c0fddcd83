//! How well causes are named, and how fast: `cargo run --release --example cause_bench [BOOKS [FIRST]]`.
//! With `--export DIR` it writes instances for other solvers instead.
//!
//! Injects slips of every kind into random books, seeded from FIRST on, and counts: named (some cause changes the
//! cell), exactly one explanation, the right cell first, the right cell and value first, cell and value among the
//! listed ties. The equations are given, not read from tables, and the slips are those that the search knows beside
//! the stale and arbitrary ones: it measures the search, not the whole program. Of two interchanged cells either counts.

mod book;
mod slips;

use std::ops::Range;
use std::time::Instant;

use avstam::cause::{Cell, Equation, Explanation, System, card_minimal, explain};
use avstam::grid::At;
use book::{Book, Dice};
use slips::{KINDS, inject};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, folder] = arguments.as_slice()
        && flag == "--export"
    {
        return export(std::path::Path::new(folder));
    }
    let books: u64 = std::env::args().nth(1).and_then(|books| books.parse().ok()).unwrap_or(300);
    let first: u64 = std::env::args().nth(2).and_then(|first| first.parse().ok()).unwrap_or(0);
    let seeds = first..first + books;
    for rounded in [false, true] {
        println!("\n{} books, {}: per kind of slip", books, if rounded { "tkr, rounded line by line" } else { "kr" });
        let clean = seeds.clone().filter(|&seed| !explain(&random(seed, rounded).system(rounded)).is_empty()).count();
        println!("  clean books with an explanation: {clean}");
        for only_tied in [true, false] {
            println!(
                "  {}",
                if only_tied { "cells tied to other tables" } else { "cells in sums of their own table only" }
            );
            singles(seeds.clone(), rounded, only_tied);
        }
        doubles(first..first + books * 4, rounded);
    }
    timing();
}

fn random(seed: u64, rounded: bool) -> Book {
    let book = Book::random(&mut Dice::new(seed + 1));
    if rounded { book.rounded() } else { book }
}

#[derive(Default)]
struct Count {
    seen: usize,
    unseen: usize,
    named: usize,
    one: usize,
    cell: usize,
    value: usize,
    among: usize,
}

fn all_edits(explanation: &Explanation) -> impl Iterator<Item = (usize, i128)> + '_ {
    let operations = explanation.operations.iter().chain(explanation.alternatives.iter().flatten());
    operations.flat_map(|operation| operation.edits.iter().map(|edit| (edit.cell, edit.to)))
}

fn singles(seeds: Range<u64>, rounded: bool, only_tied: bool) {
    let mut total = Count::default();
    println!(
        "    {:20} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "slip", "seen", "unseen", "named", "one", "cell", "value", "among"
    );
    for kind in KINDS {
        let mut count = Count::default();
        for seed in seeds.clone() {
            let mut dice = Dice::new(seed * 31 + kind as u64 + 7);
            let mut book = random(seed, rounded);
            let right = book.cells.clone();
            let Some(touched) = inject(&mut book, &mut dice, kind, only_tied) else { continue };
            let system = book.system(rounded);
            if system.broken().next().is_none() {
                count.unseen += 1;
                continue;
            }
            let found = explain(&system);
            count.seen += 1;
            count.one += usize::from(found.len() == 1);
            count.named += usize::from(found.iter().flat_map(all_edits).any(|(cell, _)| touched.contains(&cell)));
            let first = found[0].operations.iter().flat_map(|operation| &operation.edits);
            let first: Vec<(usize, i128)> = first.map(|edit| (edit.cell, edit.to)).collect();
            count.cell += usize::from(first.iter().any(|(cell, _)| touched.contains(cell)));
            count.value +=
                usize::from(first.iter().any(|&(cell, to)| touched.contains(&cell) && to == right[cell].value));
            count.among += usize::from(
                found.iter().flat_map(all_edits).any(|(cell, to)| touched.contains(&cell) && to == right[cell].value),
            );
        }
        print(kind.name(), &count);
        total.add(&count);
    }
    print("all", &total);
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.seen += other.seen;
        self.unseen += other.unseen;
        self.named += other.named;
        self.one += other.one;
        self.cell += other.cell;
        self.value += other.value;
        self.among += other.among;
    }
}

/// Per mille, so that no binary fraction enters.
fn share(part: usize, whole: usize) -> String {
    let mille = part * 1_000 / whole.max(1);
    format!("{}.{}%", mille / 10, mille % 10)
}

fn print(name: &str, count: &Count) {
    let of = |part| share(part, count.seen);
    println!(
        "    {name:20} {:6} {:7} {:>7} {:>7} {:>7} {:>7} {:>7}",
        count.seen,
        count.unseen,
        of(count.named),
        of(count.one),
        of(count.cell),
        of(count.value),
        of(count.among)
    );
}

/// Two slips in different tables: both must be in some explanation.
fn doubles(seeds: Range<u64>, rounded: bool) {
    let (mut seen, mut both, mut cells) = (0, 0, 0);
    for seed in seeds {
        let mut dice = Dice::new(seed * 17 + 3);
        let mut book = random(seed, rounded);
        let kinds = [KINDS[dice.below(KINDS.len())], KINDS[dice.below(KINDS.len())]];
        let (Some(one), Some(other)) =
            (inject(&mut book, &mut dice, kinds[0], true), inject(&mut book, &mut dice, kinds[1], true))
        else {
            continue;
        };
        let table = |touched: &[usize]| book.tables[touched[0]];
        let system = book.system(rounded);
        let breaks = |touched: &[usize]| {
            system.broken().any(|e| touched.iter().any(|&cell| system.equations[e].coefficient(cell) != 0))
        };
        if table(&one) == table(&other) || !breaks(&one) || !breaks(&other) {
            continue;
        }
        seen += 1;
        let found = explain(&system);
        let named = |touched: &[usize]| found.iter().flat_map(all_edits).any(|(cell, _)| touched.contains(&cell));
        let first = |touched: &[usize]| {
            let edits = found.iter().flat_map(|f| &f.operations).flat_map(|operation| &operation.edits);
            edits.into_iter().any(|edit| touched.contains(&edit.cell))
        };
        both += usize::from(named(&one) && named(&other));
        cells += usize::from(first(&one) && first(&other));
    }
    println!(
        "  double slips in different tables: {seen}, both named {}, both first {}",
        share(both, seen),
        share(cells, seen)
    );
}

fn timing() {
    println!("\ntime, microseconds, the best of three runs of each: median and most of 100");
    let best = |run: &dyn Fn()| {
        let once = || {
            let start = Instant::now();
            run();
            start.elapsed().as_micros()
        };
        (0..3).map(|_| once()).min().unwrap_or(0)
    };
    for slips in [1, 2, 3, 6, 12, 30] {
        let mut times: Vec<u128> = (0..100)
            .map(|seed| {
                let mut book = random(seed, false);
                let mut dice = Dice::new(seed + 99);
                for _ in 0..slips {
                    let kind = KINDS[dice.below(KINDS.len())];
                    inject(&mut book, &mut dice, kind, false);
                }
                let system = book.system(false);
                best(&|| drop(std::hint::black_box(explain(&system))))
            })
            .collect();
        times.sort_unstable();
        println!("  named slips, {} cells, {slips} slips: {} {}", random(0, false).cells.len(), times[50], times[99]);
    }
    for (cells, slips) in [(200, 1), (200, 2), (200, 3), (200, 4)] {
        let mut proved = 0;
        let mut times: Vec<u128> = (0..100)
            .map(|seed| {
                let system = sums_of_sums(cells, slips, &mut Dice::new(seed + 5));
                proved += usize::from(explain(&system).iter().all(|found| found.proved_minimal));
                best(&|| drop(std::hint::black_box(explain(&system))))
            })
            .collect();
        times.sort_unstable();
        println!(
            "  named slips, {cells} cells of nested sums, {slips} slips: {} {} (proved {proved})",
            times[50], times[99]
        );
    }
    for (cells, slips) in [(100, 3), (200, 3), (300, 1), (300, 2), (300, 3), (300, 4), (3_000, 3)] {
        let mut found = 0;
        let mut times: Vec<u128> = (0..100)
            .map(|seed| {
                let system = sums_of_sums(cells, slips, &mut Dice::new(seed + 5));
                let sets = card_minimal(&system);
                found += usize::from(sets.complete && sets.sets.first().is_none_or(|set| set.len() <= slips));
                best(&|| drop(std::hint::black_box(card_minimal(&system))))
            })
            .collect();
        times.sort_unstable();
        println!("  card-minimal, {cells} cells, {slips} slips: {} {} (minimum proved {found})", times[50], times[99]);
    }
}

/// Writes instances of card-minimal repair for other solvers, with what the search found and how fast:
/// see `benches/milp/README.md`.
fn export(folder: &std::path::Path) {
    std::fs::create_dir_all(folder).expect("a folder to write to");
    for seed in 0..30 {
        let system = sums_of_sums(300, 3, &mut Dice::new(seed + 5));
        let time = (0..5).map(|_| {
            let start = Instant::now();
            drop(std::hint::black_box(card_minimal(std::hint::black_box(&system))));
            start.elapsed().as_nanos()
        });
        let nanoseconds = time.min().unwrap_or(0);
        let smallest = card_minimal(&system);
        assert!(smallest.complete);
        let minimum = smallest.sets.first().map_or(0, Vec::len);
        let cells: Vec<String> = system.cells.iter().map(|cell| cell.value.to_string()).collect();
        let term = |&(cell, c): &(usize, i64)| format!("[{cell},{c}]");
        let equation = |equation: &Equation| {
            let terms: Vec<String> = equation.terms.iter().map(term).collect();
            format!("[{}]", terms.join(","))
        };
        let equations: Vec<String> = system.equations.iter().map(equation).collect();
        let text = format!(
            "{{\"minimum\":{minimum},\"sets\":{},\"nanoseconds\":{nanoseconds},\"cells\":[{}],\"equations\":[{}]}}\n",
            smallest.sets.len(),
            cells.join(","),
            equations.join(",")
        );
        std::fs::write(folder.join(format!("{seed:03}.json")), text).expect("an instance");
    }
}

/// Sums and sums of sums, half as many equations as cells, as in a table of lines with subtotals in both directions.
fn sums_of_sums(cells: usize, slips: usize, dice: &mut Dice) -> System {
    let at = |i: usize| At { grid: 0, row: i as u32, col: 0 };
    let inputs = cells / 2;
    let mut figures: Vec<Cell> = (0..inputs).map(|i| Cell::new(at(i), dice.amount(6), 1)).collect();
    let mut sums = Vec::new();
    for i in inputs..cells {
        let mut terms: Vec<usize> = (0..2 + dice.below(5)).map(|_| dice.below(i)).collect();
        terms.sort_unstable();
        terms.dedup();
        figures.push(Cell::new(at(i), terms.iter().map(|&term| figures[term].value).sum(), 1));
        sums.push((i, terms.into_iter().map(|term| (term, 1)).collect::<Vec<_>>()));
    }
    for _ in 0..slips {
        let cell = dice.below(cells);
        figures[cell].value += dice.amount(5);
    }
    let equations = sums.iter().filter_map(|(result, terms)| Equation::new((*result, 1), terms, &figures, 0)).collect();
    System::new(figures, equations, 0)
}
