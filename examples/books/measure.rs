//! What is counted: false alarms, relations tested, slips seen.

use std::collections::BTreeMap;

use avstam::check::Report;
use avstam::finding::Severity;
use avstam::grid::At;

use crate::book::generate;
use crate::expected::Expected;
use crate::random::Random;
use crate::slips;
use crate::way::Way;

/// What a clean book is accused of: rule and severity, for broken relations and for findings.
pub fn alarms(report: &Report) -> Vec<(&'static str, Severity)> {
    let broken = report.checks.iter().filter(|check| check.broke()).map(|c| (c.relation.rule, c.relation.severity()));
    let found = report.findings.iter().map(|finding| (finding.rule, finding.severity));
    broken.chain(found).filter(|(_, severity)| *severity >= Severity::Warning).collect()
}

/// What was expected and is not claimed, or claimed and does not hold.
pub fn missed<'a>(expected: &'a [Expected], report: &Report) -> Vec<&'a Expected> {
    let claimed = |expected: &Expected| {
        report.checks.iter().any(|check| {
            check.relation.rule == expected.rule && check.held() && check.relation.cells().any(|at| at == expected.at)
        })
    };
    expected.iter().filter(|expected| !claimed(expected)).collect()
}

pub fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "–".into(),
        _ => format!("{}.{:02} %", part * 100 / whole, part * 10_000 / whole % 100),
    }
}

pub fn clean(way: &Way, seed: u64, books: u64, worst: usize) {
    let mut accused: Vec<(usize, u64, String)> = Vec::new();
    let mut by_rule: BTreeMap<(&str, &str), (usize, u64)> = BTreeMap::new();
    let mut recall: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut lost: Vec<(usize, u64)> = Vec::new();
    let mut by_key: BTreeMap<(String, &str), (usize, u64)> = BTreeMap::new();
    let mut informed = 0;
    for seed in seed..seed + books {
        let generated = generate(seed);
        let (_, report) = way.check(&format!("bok-{seed:05}"), generated.grids);
        let alarms = alarms(&report);
        informed +=
            report.checks.iter().filter(|check| check.broke() && check.relation.severity() == Severity::Info).count();
        for (rule, severity) in &alarms {
            let count = by_rule.entry((rule, severity.code())).or_insert((0, seed));
            count.0 += 1;
        }
        if !alarms.is_empty() {
            let mut rules: Vec<&str> = alarms.iter().map(|(rule, _)| *rule).collect();
            rules.dedup();
            accused.push((alarms.len(), seed, rules.join(" ")));
        }
        let missed = missed(&generated.expected, &report);
        for expected in &generated.expected {
            recall.entry(expected.rule).or_default().1 += 1;
        }
        for expected in &missed {
            recall.entry(expected.rule).or_default().0 += 1;
            let key = expected.key.trim_end_matches(|c: char| c.is_ascii_digit()).to_string();
            by_key.entry((key, expected.rule)).or_insert((0, seed)).0 += 1;
        }
        if !missed.is_empty() {
            lost.push((missed.len(), seed));
        }
    }
    println!("{books} clean books from seed {seed}");
    println!("  books with an error or a warning: {} ({informed} breaks as info)", accused.len());
    for ((rule, severity), (count, seed)) in &by_rule {
        println!("    {rule} {severity}: {count} (seed {seed})");
    }
    accused.sort_by(|a, b| b.cmp(a));
    accused.iter().take(worst).for_each(|(count, seed, rules)| println!("    seed {seed}: {count} {rules}"));
    let all = recall.values().fold((0, 0), |sum, (missed, all)| (sum.0 + missed, sum.1 + all));
    println!("  expected relations that were tested and held: {} of {}", percent(all.1 - all.0, all.1), all.1);
    let rules = recall.iter().map(|(rule, (missed, all))| format!("{rule} {}", percent(all - missed, *all)));
    println!("    {}", rules.collect::<Vec<_>>().join(", "));
    let mut keys: Vec<_> = by_key.into_iter().collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.1));
    for ((key, rule), (count, seed)) in keys.into_iter().take(2 * worst) {
        println!("    missed {rule} {key}: {count} (seed {seed})");
    }
    lost.sort_by(|a, b| b.cmp(a));
    let seeds: Vec<String> = lost.iter().take(worst).map(|(count, seed)| format!("{seed} ({count})")).collect();
    println!("    {} books miss some; most: {}", lost.len(), seeds.join(", "));
}

/// Single slips in cells that an expected relation ties.
pub fn slips(way: &Way, seed: u64, books: u64, each: u64, worst: usize) {
    let mut kinds = [(0usize, 0usize); slips::KINDS.len()];
    let mut unseen: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for seed in seed..seed + books {
        let generated = generate(seed);
        let (_, before) = way.check("bok", generated.grids.clone());
        let tied: Vec<At> =
            before.checks.iter().filter(|check| check.held()).flat_map(|check| check.relation.cells()).collect();
        let mut random = Random::new(seed ^ 0xabcd);
        let exact = generated.style.unit == avstam::money::Unit::Kronor;
        for _ in 0..each {
            let figure = &generated.placed[random.below(generated.placed.len())];
            let kind = random.below(slips::KINDS.len());
            let slip = slips::slip(kind, figure, &generated.placed, &before.checks, &mut random);
            let Some(slip) = slip else { continue };
            let differ = |(at, new): &(At, avstam::money::Money)| {
                let old = generated.placed.iter().find(|placed| placed.at == *at).map(|placed| placed.written);
                old.is_some_and(|old| (old - *new).abs() > avstam::money::Money::from(20))
            };
            // In rounded books a small slip may hide in the rounding.
            if !exact && !slip.edits.iter().all(differ) {
                continue;
            }
            let (_, report) = way.check("bok-fel", slips::apply(&generated.grids, &slip));
            let cells = slip.cells();
            let broken = report.checks.iter().filter(|c| c.broke() && c.relation.severity() >= Severity::Warning);
            let broken = broken.flat_map(|check| check.relation.cells());
            let named = report.findings.iter().filter(|f| f.severity >= Severity::Warning);
            let named = named.flat_map(|finding| finding.cells.iter().map(|(at, _)| *at));
            let seen = broken.chain(named).any(|at| cells.contains(&at));
            kinds[kind].1 += 1;
            kinds[kind].0 += usize::from(seen);
            if !seen {
                let was_tied = if tied.contains(&figure.at) { "tied" } else { "untied" };
                let key = figure.key.trim_end_matches(|c: char| c.is_ascii_digit());
                let name = format!("{:?} {key} {:?} {was_tied}", figure.part, figure.column.measure);
                unseen.entry(name).or_insert((0, seed)).0 += 1;
            }
        }
    }
    let all = kinds.iter().fold((0, 0), |sum, kind| (sum.0 + kind.0, sum.1 + kind.1));
    println!("  single slips that break a check with their cell: {} of {}", percent(all.0, all.1), all.1);
    for (kind, (seen, all)) in slips::KINDS.iter().zip(kinds) {
        println!("    {}: {} of {all}", kind.name, percent(seen, all));
    }
    let mut unseen: Vec<_> = unseen.into_iter().collect();
    unseen.sort_by_key(|slip| std::cmp::Reverse(slip.1));
    for (name, (count, seed)) in unseen.into_iter().take(2 * worst) {
        println!("    unseen {name}: {count} (seed {seed})");
    }
}
