//! Of all relations that the figures allow, those that somebody meant.

use std::collections::HashMap;

use super::figures::Strip;
use super::guess::Guess;
use super::hash::Mixed;
use super::weigh::{BIT, Stretch, bits, stretches};

/// A sum that holds over a stretch of siblings.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub guess: Guess,
    pub stretch: Stretch,
    /// Evidence less cost, in eighths of a bit.
    pub score: i32,
}

/// Beyond this evidence nothing becomes surer, and what looks most natural wins.
const CERTAIN: i32 = 40 * BIT;

/// What a relation of lines that lie apart must have more when so few siblings hold it.
const LONELY: i32 = 10 * BIT;
const FEW: u32 = 3;

/// What the same relation one or two lines on adds at most.
const MOST_ALIKE: i32 = 6 * BIT;
const NEXT: usize = 2;

/// Weighs the guesses over all siblings.
pub(super) fn weigh(strip: &Strip, guesses: Vec<Guess>, fuzz: i64) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for guess in guesses {
        if guess.evidence < (guess.cost() + guess.demand()) / 2 {
            continue;
        }
        for stretch in stretches(strip, guess.result, &guess.terms, fuzz) {
            if stretch.evidence > guess.cost() {
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
        let Pattern { guess, stretch, score } = pattern;
        let mut evidence = stretch.evidence;
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
        *score = evidence.min(CERTAIN) - guess.cost() + bits(u64::from(stretch.held)).min(7 * BIT);
        evidence >= guess.cost() + guess.demand()
    });
    patterns
}

/// What a second sum with the same result must score more: a total both by region and by sex.
const SECOND: i32 = 6 * BIT;

/// Takes the strongest first and leaves out what contradicts or repeats those taken.
pub(super) fn choose(strip: &Strip, mut patterns: Vec<Pattern>) -> Vec<Pattern> {
    patterns.sort_by(|a, b| {
        (b.score, b.guess.terms.len()).cmp(&(a.score, a.guess.terms.len())).then(a.guess.terms.cmp(&b.guess.terms))
    });
    let mut taken: Vec<Pattern> = Vec::new();
    let mut by_result: Vec<Vec<usize>> = vec![Vec::new(); strip.lines];
    for pattern in patterns {
        let rivals: Vec<usize> = by_result[pattern.guess.result]
            .iter()
            .copied()
            .filter(|&i| {
                let other = &taken[i].stretch;
                other.first <= pattern.stretch.last && pattern.stretch.first <= other.last
            })
            .collect();
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
        by_result[pattern.guess.result].push(taken.len());
        taken.push(pattern);
    }
    taken
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

fn shares(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|line| b.contains(line))
}
