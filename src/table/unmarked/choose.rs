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

/// Takes the strongest first and leaves out what contradicts or repeats those taken.
pub(super) fn choose(strip: &Strip, mut patterns: Vec<Pattern>) -> Vec<Pattern> {
    patterns.sort_by(|a, b| {
        (b.score, b.guess.terms.len()).cmp(&(a.score, a.guess.terms.len())).then(a.guess.terms.cmp(&b.guess.terms))
    });
    let mut taken: Vec<Pattern> = Vec::new();
    let mut by_result: Vec<Vec<usize>> = vec![Vec::new(); strip.lines];
    for pattern in patterns {
        let clashes = by_result[pattern.guess.result].iter().any(|&i| {
            let other = &taken[i];
            let overlap = other.stretch.first <= pattern.stretch.last && pattern.stretch.first <= other.stretch.last;
            overlap && (shares(&pattern.guess.terms, &other.guess.terms) || true)
        });
        if clashes {
            continue;
        }
        by_result[pattern.guess.result].push(taken.len());
        taken.push(pattern);
    }
    taken
}

fn shares(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|line| b.contains(line))
}
