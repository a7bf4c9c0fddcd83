//! Of all relations that the figures allow, those that somebody meant.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use super::figures::Strip;
use super::guess::{Guess, Guesses, MOST_WORDING, Shape, View};
use super::hash::Mixed;
use super::standing::{BIT, What, bits, standing};
use super::weigh::{Stretch, stretches};

/// A sum that holds over a stretch of siblings.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub guess: Guess,
    pub stretch: Stretch,
    /// Evidence less cost, in eighths of a bit.
    pub score: i32,
}

impl Pattern {
    /// Whether it makes a line over most of a stretch, out of more than two others.
    pub fn makes(&self, line: usize, stretch: &Stretch) -> bool {
        let (from, to) = (self.stretch.first.max(stretch.first), self.stretch.last.min(stretch.last));
        self.guess.result == line
            && self.guess.what == What::Sum
            && self.guess.terms.len() > 2
            && 2 * (to + 1).saturating_sub(from) > stretch.last - stretch.first
    }
}

/// Beyond this evidence nothing becomes surer, and what looks most natural wins.
const CERTAIN: i32 = 40 * BIT;

/// What a relation of lines that lie apart must have more when so few siblings hold it.
const LONELY: i32 = 10 * BIT;
const FEW: u32 = 3;

/// What the same relation one or two lines on adds at most.
const MOST_ALIKE: i32 = 8 * BIT;
const NEXT: usize = 2;

/// In no more siblings for each that holds may a word stand in the place of a part.
const MOST_UNKNOWN: u32 = 1;

/// What a relation of lines that lie apart loses for each term that already has a sum.
const USED: i32 = 3 * BIT / 2;

/// What the wording at its lines says for a sum: a result that is called a total, and parts that are not.
fn wording(strip: &Strip, guess: &Guess) -> i32 {
    if guess.what != What::Sum {
        return 0;
    }
    let parts = guess.terms.iter().filter(|&&term| strip.named[term]).count() as i32;
    match (strip.named[guess.result], guess.shape) {
        (true, _) => MOST_WORDING,
        (false, Shape::Run { view: View::All, .. }) => -2 * BIT * parts.min(2),
        (false, _) => 0,
    }
}

/// Weighs the guesses over all siblings.
pub(super) fn weigh(strip: &Strip, guesses: &Guesses) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for guess in guesses.promising() {
        if guess.evidence + wording(strip, &guess).max(0) < (guess.cost() + guess.demand()) / 2 {
            continue;
        }
        for stretch in stretches(strip, guess.what, guess.result, &guess.terms, guess.is_apart()) {
            if stretch.evidence + wording(strip, &guess).max(0) > guess.cost() {
                patterns.push(Pattern { guess: guess.clone(), stretch, score: 0 });
            }
        }
    }
    let mut alike: HashMap<(u64, usize), i32, Mixed> = HashMap::default();
    for pattern in patterns.iter().filter(|pattern| pattern.guess.is_apart()) {
        let best = alike.entry((pattern.guess.offsets(), pattern.guess.result)).or_default();
        *best = (*best).max(pattern.stretch.evidence);
    }
    patterns.retain_mut(|pattern| {
        if repeats(strip, pattern) {
            return false;
        }
        let Pattern { guess, stretch, score } = pattern;
        let mut evidence = stretch.evidence;
        if stretch.exact > 0 {
            evidence += wording(strip, guess).min(8 * stretch.evidence.max(0));
        } else if stretch.held < FEW {
            // Where nothing is exact, rounding must show more than once.
            evidence -= LONELY;
        }
        if guess.is_apart() {
            // The same shape at the next lines: one speaks for the other.
            let beside = |line: usize| alike.get(&(guess.offsets(), line)).copied().unwrap_or(0).min(MOST_ALIKE);
            let above = (1..=NEXT).filter_map(|away| guess.result.checked_sub(away)).map(beside).max().unwrap_or(0);
            let below = (1..=NEXT).map(|away| beside(guess.result + away)).max().unwrap_or(0);
            evidence += above + below;
            if stretch.held <= FEW {
                evidence -= LONELY;
            }
        }
        *score =
            evidence.min(CERTAIN) - guess.cost() + bits(u64::from(stretch.held + stretch.trivial / 2)).min(7 * BIT);
        let told = stretch.unknown <= MOST_UNKNOWN * (stretch.held + stretch.trivial);
        told && evidence >= guess.cost() + guess.demand()
    });
    patterns
}

/// Whether a total, wherever the relation holds, repeats the one figure of the block before it: it needs no other parts.
fn repeats(strip: &Strip, Pattern { guess, stretch, .. }: &Pattern) -> bool {
    let only =
        |sibling: &usize| strip.repeated(*sibling, guess.result).is_some_and(|line| !guess.terms.contains(&line));
    let held =
        |sibling: &usize| standing(guess.what, strip.sibling(*sibling), guess.result, &guess.terms, strip.fuzz).holds();
    guess.what == What::Sum
        && strip.named[guess.result]
        && stretch.held <= FEW
        && (stretch.first..=stretch.last).filter(held).all(|sibling| only(&sibling))
}

/// What a second sum with the same result must score more: a total both by region and by sex.
const SECOND: i32 = 6 * BIT;

/// Takes the strongest first and leaves out what contradicts or repeats those taken.
pub(super) fn choose(strip: &Strip, patterns: Vec<Pattern>) -> Vec<Pattern> {
    let mut taken: Vec<Pattern> = Vec::new();
    let mut by_result: Vec<Vec<usize>> = vec![Vec::new(); strip.lines];
    let mut by_term = by_result.clone();
    let mut queue: BinaryHeap<Ranked> =
        patterns.into_iter().map(|pattern| Ranked { pattern, lowered: false }).collect();
    while let Some(Ranked { mut pattern, lowered }) = queue.pop() {
        if !lowered && pattern.guess.is_apart() {
            let used = |&&term: &&usize| by_term[term].iter().any(|&i| overlap(&taken[i], &pattern));
            let used = pattern.guess.terms.iter().filter(used).count();
            if used > 0 {
                pattern.score -= USED * used.min(4) as i32;
                queue.push(Ranked { pattern, lowered: true });
                continue;
            }
        }
        let rivals: Vec<usize> =
            by_result[pattern.guess.result].iter().copied().filter(|&i| overlap(&taken[i], &pattern)).collect();
        if let &[lower] = rivals.as_slice()
            && by_result.iter().flatten().any(|&i| nests(&pattern, &taken[lower], &taken[i]))
        {
            for &term in &taken[lower].guess.terms {
                by_term[term].retain(|&i| i != lower);
            }
            for &term in &pattern.guess.terms {
                by_term[term].push(lower);
            }
            taken[lower] = pattern;
            continue;
        }
        if !rivals.is_empty() {
            let weak =
                rivals.len() > 1 || pattern.stretch.evidence < pattern.guess.cost() + pattern.guess.demand() + SECOND;
            if weak || rivals.iter().any(|&i| shares(&pattern.guess.terms, &taken[i].guess.terms)) {
                continue;
            }
            let mine = leaves(&taken, &by_result, &pattern.guess.terms, pattern.guess.result);
            if rivals.iter().any(|&i| {
                let others = leaves(&taken, &by_result, &taken[i].guess.terms, pattern.guess.result);
                shares(&mine, &others)
            }) {
                continue;
            }
        }
        if by_term[pattern.guess.terms[0]]
            .iter()
            .chain(&by_term[pattern.guess.terms[1]])
            .any(|&i| rival_parent(&taken[i], &pattern))
        {
            continue;
        }
        by_result[pattern.guess.result].push(taken.len());
        for &term in &pattern.guess.terms {
            by_term[term].push(taken.len());
        }
        taken.push(pattern);
    }
    without_repeats(taken, &by_result)
}

/// Without the sums of single lines where the subtotals of just these lines make the same total.
fn without_repeats(taken: Vec<Pattern>, by_result: &[Vec<usize>]) -> Vec<Pattern> {
    let below = |upper: usize, lower: usize| {
        let (upper, lower) = (&taken[upper], &taken[lower]);
        let down = leaves(&taken, by_result, &upper.guess.terms, upper.guess.result);
        overlap(upper, lower) && lower.guess.terms.iter().any(|line| down[upper.guess.terms.len()..].contains(line))
    };
    let mut repeats = vec![false; taken.len()];
    for rivals in by_result {
        for &lower in rivals {
            repeats[lower] = rivals.iter().any(|&upper| upper != lower && below(upper, lower));
        }
    }
    taken.into_iter().zip(repeats).filter(|(_, repeat)| !repeat).map(|(pattern, _)| pattern).collect()
}

/// The lines that the terms come down to by the sums already taken, these lines themselves included.
fn leaves(taken: &[Pattern], by_result: &[Vec<usize>], terms: &[usize], result: usize) -> Vec<usize> {
    let mut lines = terms.to_vec();
    let mut at = 0;
    while at < lines.len() && lines.len() < 1000 {
        for &i in &by_result[lines[at]] {
            for &term in &taken[i].guess.terms {
                if term != result && !lines.contains(&term) {
                    lines.push(term);
                }
            }
        }
        at += 1;
    }
    lines
}

fn overlap(a: &Pattern, b: &Pattern) -> bool {
    a.stretch.first <= b.stretch.last && b.stretch.first <= a.stretch.last
}

/// Whether the other adds the same lines to another sum: then this one only copies that.
fn rival_parent(other: &Pattern, pattern: &Pattern) -> bool {
    if !overlap(other, pattern) || other.guess.result == pattern.guess.result {
        return false;
    }
    let common = pattern.guess.terms.iter().filter(|line| other.guess.terms.contains(line)).count();
    let (mine, its) = (pattern.guess.terms.len(), other.guess.terms.len());
    let part_of_it = common == mine && mine < its;
    // Seen once, of just the lines that another total adds, it equals that total by chance.
    let by_chance = pattern.stretch.held == 1 && common == mine && mine == its;
    (pattern.guess.is_apart() || by_chance) && common >= 2 && 2 * common >= mine && !part_of_it
}

/// Whether `upper` says what `lower` says, but with the sum `part` in the place of its parts: a total over subtotals.
fn nests(upper: &Pattern, lower: &Pattern, part: &Pattern) -> bool {
    let without = |lines: &[usize], others: &[usize]| -> Vec<usize> {
        lines.iter().copied().filter(|line| !others.contains(line)).collect()
    };
    let (mine, its) = (&upper.guess.terms, &lower.guess.terms);
    part.guess.what == What::Sum
        && 4 * upper.stretch.held >= 3 * lower.stretch.held
        && overlap(upper, part)
        && without(mine, its) == [part.guess.result]
        && without(its, mine) == part.guess.terms
}

fn shares(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|line| b.contains(line))
}

/// A pattern in its turn: the strongest first, then the longest.
struct Ranked {
    pattern: Pattern,
    lowered: bool,
}

impl Ranked {
    fn rank(&self) -> (i32, usize, Reverse<usize>, Reverse<&[usize]>) {
        let guess = &self.pattern.guess;
        (self.pattern.score, guess.terms.len(), Reverse(guess.result), Reverse(&guess.terms))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Ranked) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Ranked {}
