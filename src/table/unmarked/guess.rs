//! Which lines might be the sum of which others: guesses from single siblings, counted over all of them.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::figures::Strip;
use super::hash::{Mixed, mix};
use super::standing::{BIT, Standing, What, bits, standing};

/// How the parts of a guessed sum lie to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// All lines beside it (in the view that was looked at), after a gap of so many lines.
    Run { view: View, gap: u8 },
    /// Lines at a fixed step.
    Step,
    /// Two lines anywhere near.
    Pair,
    /// The two terms of a ratio.
    Quotient,
}

/// Which lines are looked at when runs are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum View {
    All,
    /// Without the parts of sums already found: totals of totals.
    WithoutParts,
    /// Only lines that are called totals: a grand total, whatever stands between its subtotals.
    Totals,
    /// Only lines that are called by one word.
    Level,
}

#[derive(Clone, Debug)]
pub(super) struct Guess {
    pub result: usize,
    pub terms: Vec<usize>,
    pub what: What,
    pub shape: Shape,
    /// How far the nearest term stands from the result in the sheet.
    pub away: u32,
    /// What the siblings that made the guess say for it.
    pub evidence: i32,
}

impl Guess {
    /// How the terms lie to the result.
    pub fn offsets(&self) -> u64 {
        self.terms.iter().fold(2, |print, &term| mix(print, (term as u64).wrapping_sub(self.result as u64)))
    }

    pub fn is_apart(&self) -> bool {
        !matches!(self.shape, Shape::Run { gap: 0, .. })
    }

    /// How many bits more than its cost a relation needs, in eighths.
    pub fn demand(&self) -> i32 {
        demand(self.what, self.shape)
    }

    /// How many bits it takes to name this relation among all that might be: what chance must be paid for looking.
    pub fn cost(&self) -> i32 {
        let far = |line: usize| bits(line.abs_diff(self.result) as u64 + 1);
        let (first, last) = (self.terms[0], self.terms[self.terms.len() - 1]);
        match self.shape {
            Shape::Run { view, gap } => {
                let view = match view {
                    View::All | View::Level => 2,
                    View::WithoutParts | View::Totals => 3,
                };
                let gap = if gap > 0 { 5 * BIT + 2 * bits(u64::from(gap)) } else { 0 };
                view * BIT + bits(self.terms.len() as u64) / 2 + gap + bits(u64::from(self.away)) / 2
            }
            Shape::Step => {
                let step = self.terms[1] - first;
                let regular = self.terms.len() > 2 || self.result + step == first || last + step == self.result;
                if regular { 7 * BIT + 2 * far(first).min(far(last)) } else { 6 * BIT + far(first) + far(last) }
            }
            Shape::Pair => 6 * BIT + far(first) + far(last),
            Shape::Quotient => 3 * BIT + far(first) + far(last),
        }
    }
}

/// All guesses about one strip, each once. There are many, and few are borne out: their terms lie in one list.
#[derive(Default)]
pub(super) struct Guesses {
    index: HashMap<u64, u32, Mixed>,
    list: Vec<Light>,
    terms: Vec<u32>,
    /// So many of the list will not be guessed again.
    settled: usize,
}

/// A guess whose terms are a stretch of the shared list.
struct Light {
    result: u32,
    from: u32,
    count: u32,
    away: u32,
    evidence: i32,
    what: What,
    shape: Shape,
}

/// What the wording at its lines says for a sum at most.
pub(super) const MOST_WORDING: i32 = 8 * BIT;

fn demand(what: What, shape: Shape) -> i32 {
    match shape {
        Shape::Run { .. } if what == What::Average => 24 * BIT,
        Shape::Run { gap: 0, view: View::All | View::Level } => 5 * BIT,
        Shape::Run { gap: 0, view: View::WithoutParts | View::Totals } => 6 * BIT,
        Shape::Quotient if matches!(what, What::Change { .. }) => 20 * BIT,
        Shape::Quotient => 16 * BIT,
        Shape::Run { .. } => 8 * BIT,
        Shape::Step | Shape::Pair => 18 * BIT,
    }
}

/// A strip of more lines than this is long: what takes time is then sought near by only.
pub(super) const LONG: usize = 1000;
/// A run of parts may begin so many lines from its sum.
pub(super) const GAPS: usize = 3;

impl Guesses {
    pub fn add(&mut self, strip: &Strip, sibling: usize, what: What, result: usize, terms: &[usize], shape: Shape) {
        let said = match standing(what, strip.sibling(sibling), result, terms, strip.fuzz) {
            Standing::Exact(said) | Standing::Rounded(said) => said,
            _ => return,
        };
        let key = terms.iter().fold(mix(what.key(), result as u64), |key, &term| mix(key, term as u64));
        let at = *self.index.entry(key).or_insert_with(|| {
            let away = |&term: &usize| strip.line_at[term].abs_diff(strip.line_at[result]);
            let away = terms.iter().map(away).min().unwrap_or(0);
            let from = self.terms.len() as u32;
            self.terms.extend(terms.iter().map(|&term| term as u32));
            let (result, count) = (result as u32, terms.len() as u32);
            self.list.push(Light { result, from, count, away, evidence: 0, what, shape });
            self.list.len() as u32 - 1
        });
        let guess = &mut self.list[at as usize];
        guess.evidence += said;
        guess.shape = guess.shape.min(shape);
    }

    /// Forgets the guesses since the last time that cannot be borne out; none of them may be guessed again.
    pub fn settle(&mut self) {
        self.index.clear();
        let mut kept = self.settled;
        let mut end = self.list.get(kept).map_or(self.terms.len(), |light| light.from as usize);
        for at in self.settled..self.list.len() {
            if self.list[at].is_hopeful() {
                let (from, count) = (self.list[at].from as usize, self.list[at].count as usize);
                self.terms.copy_within(from..from + count, end);
                self.list[at].from = end as u32;
                self.list.swap(kept, at);
                kept += 1;
                end += count;
            }
        }
        self.list.truncate(kept);
        self.terms.truncate(end);
        self.settled = kept;
    }

    /// The guesses that may be borne out.
    pub fn promising(&self) -> impl Iterator<Item = Guess> + '_ {
        self.list.iter().filter(|light| light.is_hopeful()).map(|light| {
            let &Light { result, from, count, away, evidence, what, shape } = light;
            let terms = &self.terms[from as usize..][..count as usize];
            let terms = terms.iter().map(|&term| term as usize).collect();
            Guess { result: result as usize, terms, what, shape, away, evidence }
        })
    }
}

impl Light {
    /// Whether it can pay half its demand, the most favourable wording included.
    fn is_hopeful(&self) -> bool {
        let wording = if self.what == What::Sum { MOST_WORDING } else { 0 };
        self.evidence + wording >= demand(self.what, self.shape) / 2
    }
}

/// Runs of lines beside their sum. `hidden` says of each cell (sibling by sibling) whether it is out of the view.
pub(super) fn runs(strip: &Strip, view: View, hidden: &[bool], gaps: RangeInclusive<usize>, guesses: &mut Guesses) {
    let (mut lines, mut terms) = (Vec::new(), Vec::new());
    let mut sums: Vec<i64> = Vec::new();
    let mut order: Vec<usize> = Vec::new();
    for sibling in 0..strip.siblings {
        let figures = strip.sibling(sibling);
        let shown = |line: usize| hidden.is_empty() || !hidden[sibling * strip.lines + line];
        let mut add = |result: usize, gap: usize, run: (usize, usize)| {
            let shape = Shape::Run { view, gap: gap as u8 };
            for (first, last) in widened(strip, sibling, result, run).into_iter().chain([run]) {
                terms.clear();
                terms.extend((first..=last).filter(|&line| shown(line)));
                guesses.add(strip, sibling, What::Sum, result, &terms, shape);
            }
        };
        lines.clear();
        lines.extend((0..strip.lines).filter(|&line| figures[line].is_number() && shown(line)));
        if lines.len() < 3 {
            continue;
        }
        // sums[i] = what stands before the i-th figure.
        sums.clear();
        sums.push(0);
        for &line in &lines {
            sums.push(sums[sums.len() - 1].saturating_add(figures[line].value));
        }
        order.clear();
        order.extend(0..sums.len());
        order.sort_by_key(|&i| sums[i]);
        for (i, &result) in lines.iter().enumerate() {
            let total = figures[result];
            if total.value == 0 {
                continue;
            }
            let room = total.unit * 2 + strip.fuzz * 4;
            for gap in gaps.clone() {
                // Before: sums[to] − sums[from] = total, with to = i − gap.
                if let Some(to) = i.checked_sub(gap) {
                    let wanted = sums[to].saturating_sub(total.value);
                    for from in near(&sums, &order, wanted, room, |from| from + 2 <= to) {
                        add(result, gap, (lines[from], lines[to - 1]));
                    }
                }
                let from = i + 1 + gap;
                if from < lines.len() {
                    let wanted = sums[from].saturating_add(total.value);
                    for to in near(&sums, &order, wanted, room, |to| to >= from + 2) {
                        add(result, gap, (lines[from], lines[to - 1]));
                    }
                }
            }
        }
    }
}

/// A run with the lines around it that are blank in this sibling but may be parts in another, as far as its block
/// goes; `None` where there are none.
fn widened(strip: &Strip, sibling: usize, result: usize, (first, last): (usize, usize)) -> Option<(usize, usize)> {
    let free = |line: usize| line != result && !strip.get(sibling, line).is_number() && !strip.named[line];
    let beside = |a: usize, b: usize| strip.line_at[b] - strip.line_at[a] == 1;
    let (mut from, mut to) = (first, last);
    while from > 0 && free(from - 1) && beside(from - 1, from) {
        from -= 1;
    }
    while to + 1 < strip.lines && free(to + 1) && beside(to, to + 1) {
        to += 1;
    }
    ((from, to) != (first, last)).then_some((from, to))
}

/// The places whose running sum is within `room` of what is wanted, the first and last few of them.
fn near(sums: &[i64], order: &[usize], wanted: i64, room: i64, fits: impl Fn(usize) -> bool) -> Vec<usize> {
    let start = order.partition_point(|&i| sums[i] < wanted.saturating_sub(room));
    let hits = order[start..].iter().take_while(|&&i| sums[i] <= wanted.saturating_add(room));
    let mut hits: Vec<usize> = hits.take(40).copied().filter(|&i| fits(i)).collect();
    hits.sort_unstable();
    if hits.len() > 8 {
        hits.drain(4..hits.len() - 4);
    }
    hits
}

/// Totals over all totals of another level (another word) since the last one of their own.
pub(super) fn levels(strip: &Strip, guesses: &mut Guesses) {
    let totals: Vec<usize> = (0..strip.lines).filter(|&line| strip.named[line]).collect();
    let mut terms = Vec::new();
    for (at, &result) in totals.iter().enumerate() {
        let own = strip.level[result];
        let mut tried: Vec<u64> = vec![own];
        for &below in totals[..at].iter().rev().take_while(|&&line| strip.level[line] != own) {
            let level = strip.level[below];
            if tried.contains(&level) {
                continue;
            }
            tried.push(level);
            let since = totals[..at].iter().rev().take_while(|&&line| strip.level[line] != own);
            terms.clear();
            terms.extend(since.copied().filter(|&line| strip.level[line] == level));
            terms.reverse();
            if terms.len() >= 2 {
                for sibling in 0..strip.siblings {
                    guesses.add(strip, sibling, What::Sum, result, &terms, Shape::Run { view: View::Level, gap: 0 });
                }
            }
        }
    }
}
