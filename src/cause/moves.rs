//! Slips that touch two cells at once: neighbours interchanged, an amount on the wrong row.
//!
//! They are the operations of generalised Fellegi–Holt (Scholtus 2016): one slip, two changed fields. Only those are
//! searched that mend a broken equation and break none that holds: an interchange that explains nothing by itself is
//! no better than two changed figures.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::system::{Equation, State, System};
use crate::finding::Slip;

/// An operation with every edit given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// Cells and their new values.
    pub edits: Vec<(usize, i128)>,
    pub slip: Slip,
}

/// The moves that mend broken equations, by the equation.
pub struct Moves {
    found: FxHashMap<usize, BTreeSet<Move>>,
}

impl Moves {
    pub fn of(system: &System, broken: &[usize]) -> Moves {
        Moves { found: broken.iter().map(|&e| (e, mending(system, e))).collect() }
    }

    /// Those that mend some of these equations.
    pub fn that_mend(&self, broken: &[usize]) -> Vec<Move> {
        let found: BTreeSet<&Move> = broken.iter().filter_map(|e| self.found.get(e)).flatten().collect();
        found.into_iter().cloned().collect()
    }
}

fn mending(system: &System, e: usize) -> BTreeSet<Move> {
    let mut found = BTreeSet::new();
    let equation = &system.equations[e];
    for &(cell, coefficient) in &equation.terms {
        let value = system.cells[cell].value;
        for near in neighbours(system, cell) {
            let (other, upright) = (near.cell, near.upright);
            if system.cells[other].follows {
                continue;
            }
            let beside = system.cells[other].value;
            let swapped = equation.residual + i128::from(coefficient - equation.coefficient(other)) * (beside - value);
            if beside != value && swapped.abs() <= equation.slack {
                // To an empty place the amount is moved; otherwise two amounts have changed places.
                let slip = if upright && (beside == 0 || value == 0) { Slip::WrongRow } else { Slip::SwappedCells };
                // Into the empty place of another year no amount strays unless that year's own sums show it.
                // A year of which nothing else is known shows by its figure alone where it came from.
                let shows = !upright && system.uses[other].is_empty() && says_much(system, other);
                let strays = (near.far && !shows) || (!upright && (beside == 0 || value == 0));
                let least = if strays && !(upright && near_in_sum(system, cell, other)) { 2 } else { 1 };
                found.extend(useful(system, vec![(cell, beside), (other, value)], slip, least));
            }
            // What stands on the other row came there, or went there from this one: the place that it left is
            // empty, or next to it. Each row's own equation must show it.
            let moves = i128::from(coefficient - equation.coefficient(other));
            let left = value == 0 || beside == 0;
            if upright && (left || !near.far) && moves != 0 && equation.residual % moves == 0 {
                let part = -equation.residual / moves;
                let edits = vec![(cell, value + part), (other, beside - part)];
                // Rows of one sum that holds change nothing in it: what ties the empty place shows what it held.
                let least = if value == 0 && near_in_sum(system, cell, other) { 1 } else { 2 };
                // What stays on a row has the sign that the row had, unless an amount was added to it by mistake.
                let stays = |was: i128, is: i128| is == 0 || (was < 0) == (is < 0);
                let plausible = left || (stays(value, value + part) && stays(beside, beside - part));
                if part != beside - value && plausible {
                    found.extend(useful(system, edits, Slip::WrongRow, least));
                }
            }
        }
        // What is too much on one row and too little on another, so that their sum comes out, went astray between
        // them, wherever they stand.
        if equation.residual % i128::from(coefficient) == 0 {
            let part = -equation.residual / i128::from(coefficient);
            for other in partners(system, cell).into_iter().filter(|&other| equation.coefficient(other) == 0) {
                let edits = vec![(cell, value + part), (other, system.cells[other].value - part)];
                found.extend(useful(system, edits, Slip::WrongRow, 2));
            }
        }
    }
    found
}

/// Whether a figure has so many digits that it is not another one by chance.
fn says_much(system: &System, cell: usize) -> bool {
    let figure = &system.cells[cell];
    figure.value.abs() >= 100 * figure.written
}

/// Whether two figures are parts of one sum that holds.
fn near_in_sum(system: &System, cell: usize, other: usize) -> bool {
    let holds = |e: usize| adds_up(&system.equations[e]);
    system.uses[cell].iter().any(|&(e, coefficient)| holds(e) && system.equations[e].coefficient(other) == coefficient)
}

/// The parts of the sums that hold with a figure, of its own sign, those that another relation shows to be off.
fn partners(system: &System, cell: usize) -> BTreeSet<usize> {
    let holds = |e: usize| adds_up(&system.equations[e]);
    let is_off = |other: usize| system.uses[other].iter().any(|&(e, _)| system.equations[e].state == State::Broken);
    let mut found = BTreeSet::new();
    for &(e, own) in system.uses[cell].iter().filter(|&&(e, _)| holds(e)) {
        let Equation { terms, result, .. } = &system.equations[e];
        if *result != cell {
            let alike = terms.iter().filter(|term| term.1 == own && term.0 != *result);
            found.extend(alike.map(|term| term.0).filter(|&other| is_off(other)));
        }
    }
    found
}

fn adds_up(equation: &Equation) -> bool {
    matches!(equation.state, State::Held | State::Computed) && !equation.derived
}

struct Near {
    cell: usize,
    /// Above or below, not left or right.
    upright: bool,
    /// Not next to it: both places must show that the figures have changed places.
    far: bool,
}

/// The figures of the same line, and those of the two lines above and below.
fn neighbours(system: &System, cell: usize) -> Vec<Near> {
    let figure = &system.cells[cell];
    let mut found: Vec<Near> = Vec::new();
    let mut add = |cells: &[usize], upright: bool, far: bool| {
        for &other in cells {
            if other != cell && !found.iter().any(|near| near.cell == other) {
                found.push(Near { cell: other, upright, far });
            }
        }
    };
    add(&figure.beside, false, false);
    add(&figure.upright, true, false);
    add(&figure.mates[..figure.mates.len().min(MOST_MATES)], false, true);
    for &next in &figure.upright {
        add(&system.cells[next].upright, true, true);
    }
    found
}

/// Of very wide tables the first columns only.
const MOST_MATES: usize = 16;

/// The edits as one slip, if they break nothing and mend enough; where two relations must be mended at least, each of
/// the cells has its own.
fn useful(system: &System, mut edits: Vec<(usize, i128)>, slip: Slip, least: usize) -> Option<Move> {
    edits.sort_unstable();
    let uses = || edits.iter().flat_map(|&(cell, _)| &system.uses[cell]).map(|&(e, _)| e);
    let holds = |e: usize| system.residual(e, &edits).abs() <= system.equations[e].slack;
    if uses().any(|e| system.equations[e].state == State::Held && !holds(e)) {
        return None;
    }
    // A ratio is in no equation; that it was off is evidence of its own.
    let odd = |cell: usize| system.cells[cell].odd_ratio;
    let mut mended = edits.iter().filter(|&&(cell, _)| odd(cell)).count();
    let mut shown: Vec<bool> = edits.iter().map(|&(cell, _)| odd(cell)).collect();
    let mut broken: Vec<usize> = uses().filter(|&e| system.equations[e].state == State::Broken).collect();
    broken.sort_unstable();
    broken.dedup();
    for e in broken.into_iter().filter(|&e| holds(e)) {
        mended += 1;
        let equation = &system.equations[e];
        edits.iter().zip(&mut shown).for_each(|(edit, shown)| *shown |= equation.coefficient(edit.0) != 0);
    }
    (mended >= least && (least == 1 || shown.iter().all(|&shown| shown))).then_some(Move { edits, slip })
}
