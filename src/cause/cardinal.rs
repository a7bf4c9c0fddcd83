//! Plain card-minimal repair: the fewest cells to change so that all equations hold, whatever the new values.
//!
//! This is the problem that DART solves by integer programming (Flesca, Furfaro and Parisi, *Querying and repairing
//! inconsistent numerical databases*, 2010); here for comparison with solvers, and as the bare search.

use super::contradiction::Contradictions;
use super::search::{Change, Component, Effort, Search, Unknown};
use super::slips::NAMED;
use super::system::System;

/// All smallest sets of changes.
#[derive(Debug, Default)]
pub struct Smallest {
    /// Cells and their new values.
    pub sets: Vec<Vec<(usize, i128)>>,
    /// Whether no smaller set exists and none of this size is missing.
    pub complete: bool,
}

pub fn card_minimal(system: &System) -> Smallest {
    let broken: Vec<usize> = system.broken().collect();
    let none = Contradictions::default();
    let mut search = Search::new(system, &none);
    let mut effort = Effort::new(MOST_EFFORT);
    let mut smallest = Smallest { complete: true, ..Smallest::default() };
    let most = broken.len() as u32;
    let component = Component { broken, classes: Vec::new() };
    for size in 1..=most {
        let mut judge = |change: &Change, _: &mut Effort| {
            let cells = change.iter().filter_map(|&(unknown, by)| match unknown {
                Unknown::Cell(cell) => Some((cell, system.cells[cell].value + by)),
                Unknown::Missing(_) => None,
            });
            smallest.sets.push(cells.collect());
            Some(size * NAMED)
        };
        let complete = search.look(system, &component, &[], (0, size * NAMED), &mut effort, &mut judge);
        smallest.complete &= complete;
        if !smallest.sets.is_empty() || !complete {
            break;
        }
    }
    smallest
}

/// Minutes of work: who asks for the bare search wants its answer.
const MOST_EFFORT: u64 = 10_000_000_000;
