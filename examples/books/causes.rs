//! How well slips are named: by findings, as a user sees them.

use std::collections::BTreeMap;

use avstam::check::Report;
use avstam::finding::{Finding, Language, Severity};
use avstam::grid::At;
use avstam::money::{Money, Unit};
use avstam::relation::{Check, Outcome};

use crate::book::{check, generate};
use crate::measure::percent;
use crate::random::Random;
use crate::sheet::Placed;
use crate::slips::{self, Slip};

#[derive(Clone, Copy, Default)]
struct Count {
    seen: usize,
    named: usize,
    one: usize,
    cell: usize,
    value: usize,
    among: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.seen += other.seen;
        self.named += other.named;
        self.one += other.one;
        self.cell += other.cell;
        self.value += other.value;
        self.among += other.among;
    }

    fn print(&self, name: &str) {
        let of = |part| percent(part, self.seen);
        println!(
            "    {name:20} {:6} named {:>9} one {:>9} cell {:>9} value {:>9} among {:>9}",
            self.seen,
            of(self.named),
            of(self.one),
            of(self.cell),
            of(self.value),
            of(self.among)
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
    slips: Vec<(usize, Slip, Report)>,
}

/// Slips in cells that a held relation ties, and that the rounding of the book does not hide.
fn injected(seed: u64, each: u64, apart: bool) -> Injected {
    let generated = generate(seed);
    let (_, before) = check(generated.grids.clone());
    // A book that is misunderstood, and so accused without a slip, says nothing about causes.
    if !crate::measure::alarms(&before).is_empty() {
        return Injected { unit: generated.style.unit, placed: generated.placed, before, slips: Vec::new() };
    }
    let mut tied: BTreeMap<At, Vec<usize>> = BTreeMap::new();
    for (i, check) in before.checks.iter().enumerate().filter(|(_, check)| check.held()) {
        check.relation.cells().for_each(|at| tied.entry(at).or_default().push(i));
    }
    let mut random = Random::new(seed ^ 0x5eed);
    let mut found = Vec::new();
    for _ in 0..each {
        let mut all: Slip = Vec::new();
        let mut kinds = Vec::new();
        for _ in 0..if apart { 2 } else { 1 } {
            let figure = &generated.placed[random.below(generated.placed.len())];
            let kind = random.below(slips::KINDS.len());
            if let Some(slip) = slips::slip(kind, figure, &generated.placed, &mut random) {
                kinds.push((kind, format!("{:?}", figure.part)));
                all.extend(slip);
            }
        }
        let enough = if apart { kinds.len() == 2 && kinds[0].1 != kinds[1].1 } else { kinds.len() == 1 };
        if !enough || !all.iter().any(|(at, _)| tied.contains_key(at)) {
            continue;
        }
        let (_, report) = check(slips::apply(&generated.grids, &all));
        // The slip is larger than the rounding: some relation that is still claimed breaks by it.
        let cells: Vec<At> = all.iter().map(|slip| slip.0).collect();
        let least = Money::from(20);
        let hidden = generated.style.unit != Unit::Kronor
            && all.iter().any(|(at, new)| {
                let old = generated.placed.iter().find(|placed| placed.at == *at).map(|placed| placed.written);
                old.is_some_and(|old| (old - *new).abs() <= least)
            });
        // A figure interchanged with its neighbour in one sum and nothing else is hidden too.
        let in_checks = |at: &At| tied.get(at).cloned().unwrap_or_default();
        let cancels = !apart && cells.len() == 2 && in_checks(&cells[0]) == in_checks(&cells[1]);
        if !hidden && !cancels {
            found.push((kinds[0].0, all, report));
        }
    }
    Injected { unit: generated.style.unit, placed: generated.placed, before, slips: found }
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
            Some(new) if new.broke() && new.relation.severity == Severity::Info => "a remark",
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

pub fn causes(seed: u64, books: u64, each: u64, worst: usize) {
    let mut kinds = [[Count::default(); slips::KINDS.len()]; 2];
    let mut failed: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for seed in seed..seed + books {
        let Injected { unit, placed, before, slips } = injected(seed, each, false);
        for (kind, slip, report) in slips {
            let cells: Vec<At> = slip.iter().map(|slip| slip.0).collect();
            let right = |at: At| placed.iter().find(|placed| placed.at == at).map(|placed| placed.written);
            let told = told(&report);
            let first = told.iter().find(|finding| names(finding, &cells));
            let causes = || first.iter().flat_map(|finding| &finding.causes);
            let edits = |n: usize| causes().take(n).flat_map(|cause| &cause.edits);
            let is_right = |edit: &avstam::finding::Edit| cells.contains(&edit.at) && right(edit.at) == Some(edit.to);
            let count = Count {
                seen: 1,
                named: first.is_some().into(),
                one: (told.len() == 1).into(),
                cell: edits(1).any(|edit| cells.contains(&edit.at)).into(),
                value: edits(1).any(is_right).into(),
                among: edits(usize::MAX).any(is_right).into(),
            };
            kinds[usize::from(unit != Unit::Kronor)][kind].add(count);
            let part = placed.iter().find(|p| p.at == cells[0]).map(|p| {
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
                let text = format!("seed {seed} {} {:?}", slips::KINDS[kind], slip);
                failed.entry(name).or_insert((0, text)).0 += 1;
            }
            if worst == 1 && misses.iter().any(|(_, good)| *good == 0) {
                println!("{}", slips::KINDS[kind]);
                for finding in &told {
                    let causes: Vec<&str> = finding.causes.iter().map(|c| c.text.get(Language::Swedish)).collect();
                    println!("{seed} {slip:?} {} {} {causes:?}", finding.rule, finding.message.get(Language::Swedish));
                }
            }
        }
    }
    for (name, kinds) in ["kr", "tkr and mkr"].iter().zip(kinds) {
        println!("  findings of single slips in tied cells, {name}");
        let mut all = Count::default();
        for (name, count) in slips::KINDS.iter().zip(kinds) {
            count.print(name);
            all.add(count);
        }
        all.print("all");
    }
    let mut failed: Vec<_> = failed.into_iter().collect();
    failed.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (name, (count, example)) in failed.into_iter().take(4 * worst) {
        println!("    {count:4} {name} ({example})");
    }
    doubles(seed, books, each);
}

fn doubles(seed: u64, books: u64, each: u64) {
    let (mut seen, mut both) = (0, 0);
    for seed in seed..seed + books {
        for (_, slip, report) in injected(seed, each, true).slips {
            let told = told(&report);
            let broken =
                |at: At| report.checks.iter().any(|check| check.broke() && check.relation.cells().any(|c| c == at));
            let (first, last) = (slip[0].0, slip[slip.len() - 1].0);
            if broken(first) && broken(last) {
                seen += 1;
                let named = |at: At| told.iter().any(|finding| names(finding, &[at]));
                both += usize::from(named(first) && named(last));
            }
        }
    }
    println!("  double slips in different tables, each breaking a check: both named {} of {seen}", percent(both, seen));
}
