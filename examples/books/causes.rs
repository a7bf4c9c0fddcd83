//! How well slips are named: by findings, as a user sees them.

use std::collections::BTreeMap;

use avstam::check::Report;
use avstam::finding::{Cause, Finding, Language, Severity};
use avstam::grid::{At, a1};
use avstam::money::{Money, Unit};
use avstam::relation::{Check, Outcome};

use crate::book::generate;
use crate::measure::percent;
use crate::random::Random;
use crate::sheet::Placed;
use crate::slips::{self, Slip};
use crate::way::Way;

#[derive(Clone, Copy, Default)]
struct Count {
    seen: usize,
    named: usize,
    one: usize,
    cell: usize,
    value: usize,
    among: usize,
    kind: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.seen += other.seen;
        self.named += other.named;
        self.one += other.one;
        self.cell += other.cell;
        self.value += other.value;
        self.among += other.among;
        self.kind += other.kind;
    }

    fn print(&self, name: &str) {
        let of = |part| percent(part, self.seen);
        println!(
            "    {name:20} {:6} named {:>9} one {:>9} cell {:>9} value {:>9} among {:>9} kind {:>9}",
            self.seen,
            of(self.named),
            of(self.one),
            of(self.cell),
            of(self.value),
            of(self.among),
            of(self.kind)
        );
    }
}

/// Findings that are no remarks.
fn told(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity >= Severity::Warning).collect()
}

fn names(finding: &Finding, cells: &[At]) -> bool {
    let own = finding.cells.iter().map(|cell| cell.0);
    let edited = finding.causes.iter().flat_map(|cause| cause.edits.iter().map(|edit| edit.at));
    own.chain(edited).any(|at| cells.contains(&at))
}

/// A book and the slips that were put into it: their kind, their cells, and what is found then.
struct Injected {
    unit: Unit,
    placed: Vec<Placed>,
    before: Report,
    slips: Vec<Found>,
    apart: Apart,
}

/// A slip, and what is found of it.
struct Found {
    /// Which of the book's slips it is.
    number: u64,
    kind: usize,
    slip: Slip,
    report: Report,
}

/// Slips that say nothing about causes.
#[derive(Clone, Copy, Debug, Default)]
struct Apart {
    untied: usize,
    rounding: usize,
    cancels: usize,
}

impl Apart {
    fn add(&mut self, other: Apart) {
        self.untied += other.untied;
        self.rounding += other.rounding;
        self.cancels += other.cancels;
    }
}

/// Slips in cells that a held relation ties, and that the rounding of the book does not hide.
fn injected(way: &Way, seed: u64, each: u64, apart: bool) -> Injected {
    let generated = generate(seed);
    let (_, before) = way.check("bok", generated.grids.clone());
    // A book that is misunderstood, and so accused without a slip, says nothing about causes.
    if !crate::measure::alarms(&before).is_empty() {
        let (unit, placed) = (generated.style.unit, generated.placed);
        return Injected { unit, placed, before, slips: Vec::new(), apart: Apart::default() };
    }
    let mut tied: BTreeMap<At, Vec<usize>> = BTreeMap::new();
    for (i, check) in before.checks.iter().enumerate().filter(|(_, check)| check.held()) {
        check.relation.cells().for_each(|at| tied.entry(at).or_default().push(i));
    }
    let mut random = Random::new(seed ^ 0x5eed);
    let (mut found, mut counted) = (Vec::new(), Apart::default());
    for number in 1..=each {
        let mut all = Slip::default();
        let mut kinds = Vec::new();
        for _ in 0..if apart { 2 } else { 1 } {
            let figure = &generated.placed[random.below(generated.placed.len())];
            let kind = random.below(slips::KINDS.len());
            let slip = slips::slip(kind, figure, &generated.placed, &before.checks, &mut random);
            // Rows that go are measured by themselves: all places change.
            if let Some(slip) = slip.filter(|slip| !apart || slip.gone.is_none()) {
                kinds.push((kind, format!("{:?}", figure.part)));
                all.edits.extend(slip.edits);
                all.gone = slip.gone;
            }
        }
        let enough = if apart { kinds.len() == 2 && kinds[0].1 != kinds[1].1 } else { kinds.len() == 1 };
        if !enough {
            continue;
        }
        if all.gone.is_none() && !all.edits.iter().any(|(at, _)| tied.contains_key(at)) {
            counted.untied += 1;
            continue;
        }
        let (_, report) = way.check("bok-fel", slips::apply(&generated.grids, &all));
        // The slip is larger than the rounding: some relation that is still claimed breaks by it.
        let least = Money::from(20);
        let small = |amount: Money| amount.abs() <= least;
        let is_small = |(at, new): &(At, Money)| {
            let old = generated.placed.iter().find(|placed| placed.at == *at).map(|placed| placed.written);
            old.is_some_and(|old| small(old - *new))
        };
        let hidden = generated.style.unit != Unit::Kronor
            && (all.edits.iter().any(is_small)
                || all.gone.as_ref().is_some_and(|gone| gone.amounts.iter().any(|amount| small(*amount))));
        // A figure interchanged with its neighbour in one sum and nothing else is hidden too.
        let in_checks = |at: &At| tied.get(at).cloned().unwrap_or_default();
        let cancels = !apart && all.edits.len() == 2 && in_checks(&all.edits[0].0) == in_checks(&all.edits[1].0);
        counted.rounding += usize::from(hidden);
        counted.cancels += usize::from(cancels && !hidden);
        if !hidden && !cancels {
            found.push(Found { number, kind: kinds[0].0, slip: all, report });
        }
    }
    Injected { unit: generated.style.unit, placed: generated.placed, before, slips: found, apart: counted }
}

/// The slip of a number in a book, as it is put there when so many are.
pub fn slip_of(seed: u64, number: u64) -> Option<Slip> {
    let slips = injected(&Way::default(), seed, number, false).slips;
    slips.into_iter().find(|found| found.number == number).map(|found| found.slip)
}

/// Why a slip is named in no finding, by the relations that tied its cells.
fn lost(before: &Report, cells: &[At], report: &Report) -> String {
    let ties = |check: &&Check| check.relation.cells().any(|at| cells.contains(&at));
    let same = |check: &Check| {
        report
            .checks
            .iter()
            .find(|new| (new.relation.rule, new.relation.result.at) == (check.relation.rule, check.relation.result.at))
    };
    let mut why: Vec<String> = Vec::new();
    for check in before.checks.iter().filter(|check| check.held()).filter(ties) {
        let now = match same(check) {
            None => "no longer claimed",
            Some(new) if new.broke() && new.relation.severity() == Severity::Info => "a remark",
            Some(new) if new.broke() => "broken and swallowed",
            Some(new) if matches!(new.outcome, Outcome::Rounded { .. }) => "rounded",
            Some(new) if new.held() => "held",
            Some(_) => "untestable",
        };
        why.push(format!("{} {now}", check.relation.rule));
    }
    why.sort();
    why.dedup();
    format!("unnamed ({})", why.join(", "))
}

pub fn causes(way: &Way, seed: u64, books: u64, each: u64, worst: usize) {
    let mut kinds = [[Count::default(); slips::KINDS.len()]; 2];
    let mut failed: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut uncounted = Apart::default();
    for seed in seed..seed + books {
        let Injected { unit, placed, before, slips, apart } = injected(way, seed, each, false);
        uncounted.add(apart);
        for Found { number, kind, slip, report } in slips {
            let cells = slip.cells();
            let right = |at: At| placed.iter().find(|placed| placed.at == at).map(|placed| placed.written);
            let told = told(&report);
            let first = told.iter().find(|finding| names(finding, &cells));
            let causes = || first.iter().flat_map(|finding| &finding.causes);
            let edits = |n: usize| causes().take(n).flat_map(|cause| &cause.edits);
            let is_right = |edit: &avstam::finding::Edit| cells.contains(&edit.at) && right(edit.at) == Some(edit.to);
            // A row that is gone is no cell to be changed: what is missing must be told.
            let gone = slip.gone.as_ref().zip(first).map(|(gone, finding)| {
                let missing = |finding: &Finding| Some((finding.stated? - finding.expected?).abs());
                let told = missing(finding).is_some_and(|amount| gone.amounts.contains(&amount));
                let is_missing = |cause: &Cause| cause.slip == avstam::finding::Slip::RowMissing;
                (told, finding.causes.first().is_some_and(is_missing), finding.causes.iter().any(is_missing))
            });
            let own_kind = |cause: &&Cause| {
                slips::KINDS[kind].causes.contains(&cause.slip) && (gone.is_some() || edits(1).any(is_right))
            };
            let count = Count {
                seen: 1,
                named: first.is_some().into(),
                one: (told.len() == 1).into(),
                cell: gone.map_or_else(|| edits(1).any(|edit| cells.contains(&edit.at)), |gone| gone.1).into(),
                value: gone.map_or_else(|| edits(1).any(is_right), |gone| gone.0 && gone.1).into(),
                among: gone.map_or_else(|| edits(usize::MAX).any(is_right), |gone| gone.0 && gone.2).into(),
                kind: causes().take(1).any(|cause| own_kind(&cause)).into(),
            };
            kinds[usize::from(unit != Unit::Kronor)][kind].add(count);
            let own = slip.edits.first().map(|edit| edit.0).or(cells.first().copied());
            let part = placed.iter().find(|p| Some(p.at) == own).map(|p| {
                let key = p.key.trim_end_matches(|c: char| c.is_ascii_digit()).to_string();
                format!("{:?} {key} {:?}", p.part, p.column.measure)
            });
            let part = part.unwrap_or_default();
            let rules = || told.iter().map(|finding| finding.rule).collect::<Vec<_>>().join(" ");
            let why = lost(&before, &cells, &report);
            let misses =
                [(why.as_str(), count.named), ("many", count.one), ("cell", count.cell), ("among", count.among)];
            for (what, _) in misses.iter().filter(|(_, good)| *good == 0) {
                let name =
                    if *what == "many" { format!("{what} {part}: {}", rules()) } else { format!("{what} {part}") };
                let text = format!("seed {seed} {} {slip:?}", slips::KINDS[kind].name);
                failed.entry(name).or_insert((0, text)).0 += 1;
            }
            if worst == 1 && misses.iter().any(|(_, good)| *good == 0) {
                let missed: Vec<&str> = misses.iter().filter(|(_, good)| *good == 0).map(|(what, _)| *what).collect();
                let (unit, kind) = (unit.code(), slips::KINDS[kind].name);
                println!("{unit} seed {seed} slip {number} {kind} {part}: {}", missed.join(", "));
                for (at, new) in &slip.edits {
                    let was = right(*at).map(|was| was.to_string()).unwrap_or_default();
                    println!("    {was} became {new} in {} of sheet {}", a1(at.row, at.col), at.grid);
                }
                slip.gone.iter().for_each(|gone| println!("    row {} of sheet {} is gone", gone.row + 1, gone.grid));
                for finding in &told {
                    println!("    {} {}", finding.rule, finding.message.get(Language::Swedish));
                    finding.causes.iter().for_each(|cause| println!("        {}", cause.text.get(Language::Swedish)));
                }
            }
        }
    }
    for (name, kinds) in ["kr", "tkr and mkr"].iter().zip(kinds) {
        println!("  findings of single slips in tied cells, {name}");
        let mut all = Count::default();
        for (kind, count) in slips::KINDS.iter().zip(kinds) {
            count.print(kind.name);
            all.add(count);
        }
        all.print("all");
    }
    println!("  not counted: {uncounted:?}");
    let mut failed: Vec<_> = failed.into_iter().collect();
    failed.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (name, (count, example)) in failed.into_iter().take(4 * worst) {
        println!("    {count:4} {name} ({example})");
    }
    doubles(way, seed, books, each);
}

fn doubles(way: &Way, seed: u64, books: u64, each: u64) {
    let (mut seen, mut both) = (0, 0);
    for seed in seed..seed + books {
        for Found { slip, report, .. } in injected(way, seed, each, true).slips {
            let told = told(&report);
            let broken =
                |at: At| report.checks.iter().any(|check| check.broke() && check.relation.cells().any(|c| c == at));
            let cells = slip.cells();
            let (first, last) = (cells[0], cells[cells.len() - 1]);
            if broken(first) && broken(last) {
                seen += 1;
                let named = |at: At| told.iter().any(|finding| names(finding, &[at]));
                both += usize::from(named(first) && named(last));
            }
        }
    }
    println!("  double slips in different tables, each breaking a check: both named {} of {seen}", percent(both, seen));
}
