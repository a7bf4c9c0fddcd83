//! Totals that took a faulty figure further: they add up, but to the wrong amount.
//!
//! When a total leaves out a row, the totals above it agree with what it says, so no relation of theirs is broken and
//! no search names them. Yet they are as wrong as it is. From the cells that the first cause of a finding corrects,
//! the relations that hold in the same statement and column are followed to their results, and from these on.

use std::collections::{BTreeMap, BTreeSet};

use super::System;
use super::system::State;
use super::wording::Names;

/// Cells and what they change by.
pub type Shift = BTreeMap<usize, i128>;

/// A total that follows a corrected figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follower {
    pub cell: usize,
    pub by: i128,
    /// The relation that it holds by today, as an index of the checks.
    pub check: usize,
    /// The figure below it that it takes further.
    pub from: usize,
}

/// The totals that follow when some cells are corrected, the nearest first. One that other relations bear out as it
/// stands follows nothing: then it was added up from the right figures.
pub fn follow(system: &System, names: &Names, corrected: &Shift) -> Vec<Follower> {
    let mut fixed: BTreeSet<usize> = corrected.keys().copied().collect();
    loop {
        let found = upward(system, names, corrected, &fixed);
        let edits: Vec<(usize, i128)> = corrected
            .iter()
            .map(|(&cell, &by)| (cell, by))
            .chain(found.iter().map(|follower| (follower.cell, follower.by)))
            .map(|(cell, by)| (cell, system.cells[cell].value + by))
            .collect();
        let borne_out = |follower: &&Follower| {
            system.uses[follower.cell].iter().any(|&(e, _)| {
                let equation = &system.equations[e];
                equation.state == State::Held && system.residual(e, &edits).abs() > equation.slack
            })
        };
        let borne_out: Vec<usize> = found.iter().filter(borne_out).map(|follower| follower.cell).collect();
        if borne_out.is_empty() {
            return found;
        }
        fixed.extend(borne_out);
    }
}

/// Follows the relations that hold, not into the cells that are fixed.
fn upward(system: &System, names: &Names, corrected: &Shift, fixed: &BTreeSet<usize>) -> Vec<Follower> {
    let mut shift = corrected.clone();
    let mut found: Vec<Follower> = Vec::new();
    let place = |cell: usize| names.place(system.cells[cell].at).map(|(table, _, column)| (table, column));
    // A statement has no more levels of totals than this.
    for _ in 0..MOST_LEVELS {
        let mut settled = true;
        let reached: BTreeSet<usize> =
            shift.keys().flat_map(|&cell| system.uses[cell].iter().map(|&(e, _)| e)).collect();
        for e in reached {
            let equation = &system.equations[e];
            let result = equation.result;
            let home = place(result);
            if equation.state != State::Held || equation.derived || fixed.contains(&result) || home.is_none() {
                continue;
            }
            // A result follows one relation: where several give it, they agree, or the repair would be none.
            if found.iter().any(|known| known.cell == result && known.check != equation.checks[0]) {
                continue;
            }
            let parts = equation.terms.iter().filter(|term| term.0 != result && place(term.0) == home);
            let shifted = parts.filter_map(|&(cell, c)| Some((cell, i128::from(c) * shift.get(&cell)?)));
            let shifted: Vec<(usize, i128)> = shifted.collect();
            let by = -shifted.iter().map(|part| part.1).sum::<i128>() / i128::from(equation.coefficient(result));
            let Some(&(from, _)) = shifted.first() else { continue };
            if shift.get(&result).copied().unwrap_or(0) == by {
                continue;
            }
            settled = false;
            shift.insert(result, by);
            match found.iter_mut().find(|known| known.cell == result) {
                Some(known) => known.by = by,
                None => found.push(Follower { cell: result, by, check: equation.checks[0], from }),
            }
        }
        if settled {
            break;
        }
    }
    found.retain(|follower| follower.by != 0);
    found
}

const MOST_LEVELS: usize = 8;
