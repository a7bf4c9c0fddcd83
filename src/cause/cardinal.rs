//! Plain card-minimal repair: the fewest cells to change so that all equations hold, whatever the new values.
//!
//! This is the problem that DART solves by integer programming (Flesca, Furfaro and Parisi, *Querying and repairing
//! inconsistent numerical databases*, 2010); here for comparison with solvers, and as the bare search.

use super::contradiction::Contradictions;
use super::search::{Change, Search, Unknown};
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
    let none = Contradictions { parts: broken.iter().map(|&e| (e, Vec::new())).collect(), roots: Vec::new() };
    let mut smallest = Smallest { complete: true, ..Smallest::default() };
    let most = broken.len() as u32;
    for size in 1..=most {
        let mut judge = |change: &Change| {
            let cells = change.iter().filter_map(|&(unknown, by)| match unknown {
                Unknown::Cell(cell) => Some((cell, system.cells[cell].value + by)),
                Unknown::Missing(_) => None,
            });
            smallest.sets.push(cells.collect());
            Some(size * NAMED)
        };
        let mut search = Search::new(system, &broken, &none, &[], size * NAMED, &mut judge);
        search.run(0);
        let complete = search.complete;
        smallest.complete &= complete;
        if !smallest.sets.is_empty() || !complete {
            break;
        }
    }
    smallest
}
