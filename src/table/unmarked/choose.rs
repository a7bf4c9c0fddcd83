//! Of all relations that the figures allow, those that somebody meant.

use super::figures::Strip;
use super::guess::Guess;
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

/// Weighs the guesses over all siblings.
pub(super) fn weigh(strip: &Strip, guesses: Vec<Guess>, fuzz: i64) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for guess in guesses {
        let cost = guess.cost();
        if guess.evidence < (cost + guess.demand()) / 2 {
            continue;
        }
        for stretch in stretches(strip, guess.result, &guess.terms, fuzz) {
            let score = stretch.evidence.min(CERTAIN) - cost + bits(u64::from(stretch.held)).min(7 * BIT);
            if stretch.evidence - cost >= guess.demand() {
                patterns.push(Pattern { guess: guess.clone(), stretch, score });
            }
        }
    }
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
