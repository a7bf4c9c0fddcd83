//! Which broken equations say the same.
//!
//! Income less costs is the result, in the income statement, in the summary and in the overview of years: three
//! relations, one contradiction, since held relations tie the figures of each to those of the others. In general two
//! broken equations state one contradiction when they differ by a combination of equations that hold, and one that is
//! a combination of others follows from them. So the broken equations are taken modulo the span of the held ones, and
//! a basis of what remains is the list of contradictions.
//!
//! The elimination works modulo a prime of 61 bits: exact, without growing fractions. The coefficients of accounts
//! are ±1 and seldom more, so no determinant comes near the prime.

use std::cell::Cell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::system::{State, System};

const PRIME: u64 = (1 << 61) - 1;

/// A row of the elimination: unknowns and their coefficients modulo the prime, none zero.
type Row = BTreeMap<usize, u64>;

/// What each broken equation is made of: its contradictions, with small whole factors.
#[derive(Debug, Default)]
pub struct Contradictions {
    /// The equation that stands for each contradiction.
    pub roots: Vec<usize>,
    /// For each broken equation, the contradictions that enter it and their factors.
    pub parts: FxHashMap<usize, Vec<(usize, i64)>>,
    /// For each contradiction, the equations that state it and nothing else.
    pub alone: Vec<Vec<usize>>,
    /// Whether all equations could be compared with all others: else some contradictions may be the same.
    pub complete: bool,
}

/// The contradictions behind all broken equations, the most authoritative equations as their roots.
pub fn find(system: &System) -> Contradictions {
    let mut broken: Vec<usize> = system.broken().collect();
    broken.sort_by_key(|&e| {
        (system.equations[e].derived, system.equations[e].rank, system.equations[e].checks.first().copied())
    });
    let held = related(system, &broken);
    let mut span = Span::default();
    for e in held {
        let row = vector(system, e);
        span.add(row, BTreeMap::new());
    }
    let mut contradictions = Contradictions::default();
    let alone = |e: usize, parts: &[(usize, i64)], found: &mut Vec<Vec<usize>>| {
        if let [(class, _)] = parts {
            found[*class].push(e);
        }
    };
    for &e in &broken {
        let (rest, made_of) = span.reduce(vector(system, e), BTreeMap::new());
        // `made_of` holds minus the factors.
        let parts: Option<Vec<(usize, i64)>> =
            made_of.iter().map(|(&class, &f)| Some((class, small(negate(f))?))).collect();
        match parts {
            Some(parts) if rest.is_empty() && !parts.is_empty() => {
                alone(e, &parts, &mut contradictions.alone);
                contradictions.parts.insert(e, parts);
            }
            _ => {
                let class = contradictions.roots.len();
                contradictions.roots.push(e);
                contradictions.alone.push(vec![e]);
                contradictions.parts.insert(e, vec![(class, 1)]);
                let mut tag = made_of;
                tag.insert(class, 1);
                span.add(rest, tag);
            }
        }
    }
    contradictions.complete = span.work.get() < MOST_WORK;
    contradictions
}

/// How many coefficients are looked at before the rest of the equations is taken as it stands.
const MOST_WORK: usize = 4_000_000;

/// An equation without the cells that hold nothing: what is added as nothing ties no more and no less.
fn vector(system: &System, equation: usize) -> Row {
    let terms = &system.equations[equation].terms;
    terms.iter().filter(|term| system.cells[term.0].value != 0).map(|&(cell, c)| (cell, residue(c))).collect()
}

/// The held equations that can matter: one with a figure of its own, that no other equation has, never does.
fn related(system: &System, broken: &[usize]) -> Vec<usize> {
    let mut held: Vec<bool> = system.equations.iter().map(|equation| equation.state == State::Held).collect();
    let mut users: Vec<usize> = vec![0; system.cells.len()];
    let counted = |e: usize| system.equations[e].terms.iter().filter(|term| system.cells[term.0].value != 0);
    for e in (0..held.len()).filter(|&e| held[e]).chain(broken.iter().copied()) {
        counted(e).for_each(|term| users[term.0] += 1);
    }
    let mut lonely: Vec<usize> = (0..users.len()).filter(|&cell| users[cell] == 1).collect();
    while let Some(cell) = lonely.pop() {
        let Some(&(e, _)) = system.uses[cell].iter().find(|&&(e, _)| held[e]) else { continue };
        held[e] = false;
        for term in counted(e) {
            users[term.0] -= 1;
            if users[term.0] == 1 {
                lonely.push(term.0);
            }
        }
    }
    (0..held.len()).filter(|&e| held[e]).collect()
}

/// Rows in echelon form, each with what it is made of.
#[derive(Default)]
struct Span {
    pivots: FxHashMap<usize, (Row, Row)>,
    work: Cell<usize>,
}

impl Span {
    fn add(&mut self, row: Row, tag: Row) {
        let (row, tag) = self.reduce(row, tag);
        if self.work.get() >= MOST_WORK {
            return;
        }
        let Some((&pivot, &lead)) = row.first_key_value() else { return };
        let inverse = power(lead, PRIME - 2);
        let scale = |row: Row| row.into_iter().map(|(k, v)| (k, times(v, inverse))).collect();
        self.pivots.insert(pivot, (scale(row), scale(tag)));
    }

    /// What is left of a row when all that is known is taken from it.
    fn reduce(&self, mut row: Row, mut tag: Row) -> (Row, Row) {
        let mut from = 0;
        while let Some((&cell, &factor)) = row.range(from..).next() {
            if self.work.get() >= MOST_WORK {
                break;
            }
            if let Some((known, known_tag)) = self.pivots.get(&cell) {
                self.work.set(self.work.get() + known.len() + known_tag.len());
                subtract(&mut row, known, factor);
                subtract(&mut tag, known_tag, factor);
            }
            from = cell + 1;
        }
        (row, tag)
    }
}

fn subtract(row: &mut Row, other: &Row, factor: u64) {
    for (&key, &value) in other {
        let entry = row.entry(key).or_insert(0);
        *entry = (*entry + negate(times(value, factor))) % PRIME;
        if *entry == 0 {
            row.remove(&key);
        }
    }
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

fn negate(a: u64) -> u64 {
    (PRIME - a) % PRIME
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

fn residue(coefficient: i64) -> u64 {
    coefficient.rem_euclid(PRIME as i64) as u64
}

/// The residue as a small whole number, where it is one.
fn small(residue: u64) -> Option<i64> {
    match residue {
        r if r < 1_000 => Some(r as i64),
        r if PRIME - r < 1_000 => Some(-((PRIME - r) as i64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_come_back_from_their_residues_if_they_are_small() {
        for coefficient in [0, 1, 4, -1, -12, 999, -999] {
            assert_eq!(small(residue(coefficient)), Some(coefficient));
        }
        // One half and its negative are no whole numbers.
        let half = PRIME.div_ceil(2);
        assert_eq!((small(half), small(PRIME - half)), (None, None));
    }
}
