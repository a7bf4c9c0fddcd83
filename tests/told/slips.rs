//! What is told of a slip: one at a time is put into a book, and what is told then and was not told before is held.

use std::collections::BTreeSet;

use avstam::book::Book;
use avstam::check::{self, Options, Report};
use avstam::finding::Language;
use avstam::grid::{At, Cell, Value};
use avstam::money::{Money, Swedish};
use avstam::relation::{Kind, Relation};
use avstam::table::formula::Live;

use crate::finding::Told;

/// A cell and what stands there by mistake.
type Edit = (At, Money);

/// What becomes of the formulas of a book that a slip is put into.
#[derive(Clone, Copy)]
enum Formulas {
    /// There are none: all figures stand as values.
    Dropped,
    /// They are computed again, as every spreadsheet program does.
    Computed,
}

/// The book that slips are put into, and what is told of it as it is.
struct Bed {
    book: Book,
    formulas: Formulas,
    report: Report,
    before: Vec<Vec<String>>,
}

impl Bed {
    fn of(name: &str, formulas: Formulas) -> Bed {
        let mut book = crate::book(name);
        if matches!(formulas, Formulas::Dropped) {
            let mut grids = book.grids.clone();
            for grid in &mut grids {
                let computed: Vec<Cell> =
                    grid.cells().iter().filter(|cell| cell.formula().is_some()).cloned().collect();
                computed.into_iter().for_each(|mut cell| {
                    cell.set_formula(None);
                    grid.put(cell);
                });
            }
            book = Book::of(book.inputs.clone(), grids);
        }
        let report = check::check(&book, &Options::default());
        let before = Told { book: &book, language: Language::Swedish }.findings(&report);
        Bed { book, formulas, report, before }
    }

    fn value(&self, at: At) -> Option<Money> {
        match self.book.grids[at.grid as usize].get(at.row, at.col)?.value {
            Value::Number(amount) if !amount.value.is_zero() => Some(amount.value),
            _ => None,
        }
    }

    /// The equations that hold, in the order of their results.
    fn held(&self) -> Vec<&Relation> {
        let held = self.report.checks.iter().filter(|check| check.held()).map(|check| &check.relation);
        let mut held: Vec<&Relation> = held.filter(|relation| self.value(relation.result.at).is_some()).collect();
        held.sort_by_key(|relation| (relation.result.at, relation.rule));
        held
    }

    /// The figures that some equation ties.
    fn tied(&self) -> Vec<(At, Money)> {
        let cells: BTreeSet<At> = self.held().iter().flat_map(|relation| relation.cells()).collect();
        let written = |at: &At| self.book.cell(*at).is_some_and(|cell| cell.formula().is_none());
        cells.into_iter().filter(written).filter_map(|at| Some((at, self.value(at)?))).collect()
    }

    /// What is told of the book with these figures and not without.
    fn told(&self, edits: &[Edit]) -> Vec<String> {
        let mut grids = self.book.grids.clone();
        for &(at, to) in edits {
            let grid = &mut grids[at.grid as usize];
            let was = grid.get(at.row, at.col).expect("a cell with a figure");
            let cell = was.clone().with(Value::number(to));
            grid.put(cell);
        }
        if matches!(self.formulas, Formulas::Computed) {
            let from: Vec<At> = edits.iter().map(|edit| edit.0).collect();
            Live::of(&self.book.grids).compute(&mut grids, &from);
        }
        let book = Book::of(self.book.inputs.clone(), grids);
        let report = check::check(&book, &Options::default());
        let told = Told { book: &book, language: Language::Swedish }.findings(&report);
        told.into_iter().filter(|lines| !self.before.contains(lines)).flatten().collect()
    }
}

/// What a slip does to a figure that has these digits.
type Slip = fn(&[u8]) -> Vec<u8>;

/// In the middle of a figure, where nothing but the sums shows it.
const OF_DIGITS: &[(&str, Slip)] = &[
    ("två siffror byter plats", |digits| {
        let last = (2..digits.len()).rev().find(|&i| digits[i] != digits[i - 1]).unwrap_or(0);
        let mut slip = digits.to_vec();
        slip.swap(last, last.saturating_sub(1));
        slip
    }),
    ("en siffra blir en annan", |digits| {
        let mut slip = digits.to_vec();
        let middle = digits.len() / 2;
        slip[middle] = if slip[middle] == b'9' { b'2' } else { slip[middle] + 1 };
        slip
    }),
    ("en siffra för mycket", |digits| [&digits[..1], b"7", &digits[1..]].concat()),
    ("en siffra tappas", |digits| [&digits[..1], &digits[2.min(digits.len())..]].concat()),
    ("tio gånger för stort", |digits| [digits, b"0"].concat()),
    ("helt andra siffror", |digits| [b"31", &digits[1..]].concat()),
];

/// The figure as it stands after a slip in its digits.
fn misspelt(value: Money, slip: Slip) -> Money {
    let decimals = value.normalize().decimals();
    let digits = value.abs().scaled(decimals).expect("a figure of few decimals").to_string();
    let slip = String::from_utf8(slip(digits.as_bytes())).expect("digits");
    let slip = Money::of_scaled(slip.parse().expect("digits"), decimals);
    if value.is_negative() { Money::ZERO - slip } else { slip }
}

/// Slips of every kind, each in some of the figures of a book.
fn slips(bed: &Bed, each: usize) -> Vec<(&'static str, Vec<Edit>)> {
    let (tied, held) = (bed.tied(), bed.held());
    let mut slips: Vec<(&str, Vec<Edit>)> = Vec::new();
    let mut turn = 0;
    // Other figures for each kind, so that all parts of the book come by turns.
    let mut some = |of: usize| {
        turn += 1;
        let first = turn * 5 % of.max(1);
        (0..of).map(move |i| (first + i * (of / each).max(1)) % of).take(each)
    };
    for &(name, slip) in OF_DIGITS {
        slips.extend(some(tied.len()).map(|i| (name, vec![(tied[i].0, misspelt(tied[i].1, slip))])));
    }
    slips.extend(some(tied.len()).map(|i| ("tecknet tappas", vec![(tied[i].0, Money::ZERO - tied[i].1)])));
    let beside = |at: At, rows: u32, cols: u32| {
        let next = At { row: at.row + rows, col: at.col + cols, ..at };
        Some((next, bed.value(next)?)).filter(|(_, value)| Some(*value) != bed.value(at))
    };
    for (name, rows, cols) in [("två rader byter belopp", 1, 0), ("två år byter belopp", 0, 1)] {
        let pairs: Vec<Vec<Edit>> = tied
            .iter()
            .filter_map(|&(at, value)| beside(at, rows, cols).map(|(next, other)| vec![(at, other), (next, value)]))
            .collect();
        slips.extend(some(pairs.len()).map(|i| (name, pairs[i].clone())));
    }
    let copies: Vec<Edit> = tied.iter().filter_map(|&(at, _)| Some((at, beside(at, 0, 1)?.1))).collect();
    slips.extend(some(copies.len()).map(|i| ("förra årets belopp står kvar", vec![copies[i]])));
    let moved = |&(at, value): &(At, Money)| {
        let (next, other) = beside(at, 1, 0)?;
        let part = Money::from(1_234);
        Some(vec![(at, value - part), (next, other + part)])
    };
    let moved: Vec<Vec<Edit>> = tied.iter().filter_map(moved).collect();
    slips.extend(some(moved.len()).map(|i| ("en del av beloppet på fel rad", moved[i].clone())));
    // A total and one of the rows that it adds up.
    let sums = held.iter().filter(|relation| relation.kind == Kind::Sum && relation.terms.len() > 1);
    let sums: Vec<(At, Money, Money)> = sums
        .filter_map(|sum| {
            let row = sum
                .terms
                .iter()
                .rev()
                .find_map(|term| Some(bed.value(term.at)? * Money::from(i64::from(term.coefficient))))?;
            Some((sum.result.at, bed.value(sum.result.at)?, row))
        })
        .collect();
    slips.extend(some(sums.len()).map(|i| ("en rad glöms i summan", vec![(sums[i].0, sums[i].1 - sums[i].2)])));
    slips.extend(some(sums.len()).map(|i| ("en rad räknas två gånger", vec![(sums[i].0, sums[i].1 + sums[i].2)])));
    slips.extend(some(tied.len()).map(|i| {
        let (one, other) = (tied[i], tied[(i + tied.len() / 2) % tied.len()]);
        let edits = vec![(one.0, misspelt(one.1, OF_DIGITS[1].1)), (other.0, Money::ZERO - other.1)];
        ("en siffra blir en annan, och ett tecken tappas", edits)
    }));
    slips.retain(|(_, edits)| edits.iter().any(|&(at, to)| bed.value(at) != Some(to)));
    slips
}

/// A line for the slip, and what is told of it below.
fn told(bed: &Bed, each: usize) -> String {
    let mut lines = Vec::new();
    let before = Told { book: &bed.book, language: Language::Swedish };
    for (name, edits) in slips(bed, each) {
        let shown = edits.iter().map(|&(at, to)| {
            let from = bed.value(at).map(|from| Swedish(from).to_string()).unwrap_or_default();
            format!("{} {from} → {}", before.place(at), Swedish(to))
        });
        lines.push(format!("# {name}: {}", shown.collect::<Vec<_>>().join("; ")));
        let told = bed.told(&edits);
        lines.extend(if told.is_empty() { vec!["inget".to_owned()] } else { told });
        lines.push(String::new());
    }
    lines.join("\n")
}

/// Kronor that all come out, a report of the year with its notes.
#[test]
fn slips_in_accounts_are_told_as_they_were() {
    hold("folder/bokslut-2024.xlsx", 8);
}

/// Thousands with a decimal, rounded line by line.
#[test]
fn slips_in_a_rounded_budget_are_told_as_they_were() {
    hold("workbooks/budget-2020-ornskoldsvik.xlsx", 8);
}

/// A report that has errors already.
#[test]
fn slips_among_errors_are_told_as_they_were() {
    hold("workbooks/arsredovisning-2019.xlsx", 4);
}

/// Several files, whose figures confirm each other.
#[test]
fn slips_in_one_of_several_files_are_told_as_they_were() {
    hold("folder", 4);
}

/// Formulas take a wrong figure to the totals above it.
#[test]
fn slips_that_formulas_follow_are_told_as_they_were() {
    for name in ["workbooks/verksamhetsplan-2017-skelleftea.xlsx", "workbooks/arsredovisning-2019.xlsx"] {
        let bed = Bed::of(name, Formulas::Computed);
        crate::hold(&format!("slips-computed-{}", name.replace('/', "-")), &told(&bed, 4));
    }
}

fn hold(name: &str, each: usize) {
    let bed = Bed::of(name, Formulas::Dropped);
    crate::hold(&format!("slips-{}", name.replace('/', "-")), &told(&bed, each));
}
