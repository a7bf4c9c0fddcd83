//! From broken relations to causes: the fewest, most plausible slips that explain them, all ties listed.
//!
//! The model is generalised Fellegi–Holt (Fellegi and Holt 1976; Scholtus, Survey Methodology 42-1, 2016): find the
//! smallest sets of edit *operations* (a sign, two digits, a neighbouring cell, a row of a sum) that make every
//! relation hold. Flesca, Furfaro and Parisi do the same for balance sheets with arbitrary values by integer
//! programming (DART); here the sets are searched exactly and all smallest ones are kept, since an accountant must be
//! told when two explanations are equally good.
//!
//! [`System`] holds the equations as whole numbers, `computed` puts figures in the place of the totals that formulas
//! make of them, `contradiction` says which broken ones are the same, `search`
//! finds the sets of cells, `moves` the slips that touch two cells, `repair` reads the changes as slips, and
//! [`findings`] says it in words.

mod across;
mod bond;
mod booked;
mod cardinal;
mod common;
mod computed;
mod contradiction;
mod doubtful;
mod exactness;
mod findings;
mod follow;
mod gather;
mod lines;
mod moves;
mod operation;
mod ratio;
mod repair;
mod search;
mod slips;
mod split;
mod spread;
mod system;
#[cfg(test)]
mod tests;
mod together;
mod wording;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::Slip;
pub use booked::decide;
pub use cardinal::{Smallest, card_minimal};
use contradiction::Contradictions;
pub use findings::findings;
pub use follow::{confirm, follow};
pub use gather::gather;
use moves::{Move, Moves};
pub use operation::{Edge, Edit, Operation};
use repair::Repair;
use search::{Component, Effort, Search, Unknown};
pub use system::{Cell, Equation, State, System};

/// One cause: the operations that mend a connected set of broken relations, the relations that it explains, and every
/// equally good alternative.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub operations: Vec<Operation>,
    /// Broken equations, the main one first.
    pub equations: Vec<usize>,
    /// The relations that these equations are, as indices of the checks, the main one first.
    pub explains: Vec<usize>,
    /// Other operations that would do in the place of these, the most plausible first.
    pub alternatives: Vec<Vec<Operation>>,
    /// How many of the alternatives, the first ones, are as cheap as these operations.
    pub equally_good: usize,
    pub proved_minimal: bool,
    /// How many independent contradictions it explains.
    pub contradictions: usize,
}

impl Explanation {
    /// Whether the change of a figure mends all, by these operations or by others.
    pub fn edits_some(&self) -> bool {
        let all = self.operations.iter().chain(self.alternatives.iter().flatten());
        all.into_iter().any(|operation| !operation.edits.is_empty())
    }

    /// The one cell that every equally good explanation changes, if there is one.
    pub fn suspect(&self) -> Option<usize> {
        let cell = |operations: &Vec<Operation>| match operations.as_slice() {
            [Operation { edits, .. }] => edits.first().map(|edit| edit.cell),
            _ => None,
        };
        let first = cell(&self.operations)?;
        self.alternatives[..self.equally_good].iter().all(|other| cell(other) == Some(first)).then_some(first)
    }
}

/// The causes of all that is broken in a system.
pub fn explain(system: &System) -> Vec<Explanation> {
    let mut explanations = explain_by(system, MOST_BEHIND);
    split::attach_derived(system, &mut explanations);
    explanations.sort_by_key(|explanation| explanation.explains.first().copied());
    explanations
}

fn explain_by(system: &System, levels: usize) -> Vec<Explanation> {
    if system.broken().next().is_none() {
        return Vec::new();
    }
    let contradictions = contradiction::find(system);
    let mut search = Search::new(system, &contradictions);
    let mut solved: Vec<(Vec<usize>, Solved)> = Vec::new();
    let broken: Vec<usize> = system.broken().filter(|&e| !system.equations[e].derived).collect();
    let moves = Moves::of(system, &broken);
    let mut waiting = components(system, &contradictions, &broken, &moves);
    // Small ones first, so that a table full of breaks takes no effort from a single slip.
    let size = |broken: &Vec<usize>| broken.iter().map(|&e| system.equations[e].terms.len()).sum::<usize>();
    waiting.sort_by_key(|broken| std::cmp::Reverse((size(broken), broken.first().copied())));
    let mut effort = Effort::new(MOST_EFFORT);
    // Few books need it.
    let relaxed = LazyCell::new(|| system.relaxed());
    let mut relaxed_search = None;
    while let Some(broken) = waiting.pop() {
        let component = Component::of(&contradictions, broken);
        let mut own = effort.share(A_COMPONENT);
        let mut found = solve(system, &contradictions, &moves, &mut search, &component, &mut own);
        // Figures that come out to the last digit elsewhere may be rounded here: where a named slip explains what
        // only several or arbitrary ones do to the last digit, it is the better reading.
        if found.cost() > slips::NAMED && component.broken.iter().any(|&e| is_rounded(system, e)) {
            let search = relaxed_search.get_or_insert_with(|| Search::new(&relaxed, &contradictions));
            let moves = Moves::of(&relaxed, &component.broken);
            let rounded = solve(&relaxed, &contradictions, &moves, search, &component, &mut own);
            if rounded.cost() < found.cost() {
                found = rounded;
            }
        }
        effort.give_back(own);
        let broken = component.broken;
        // A repair that reaches into another component makes one of the two.
        let reached = found.repairs.first().map(|repair| split::touched(system, &repair.edits())).unwrap_or_default();
        let outside = |e: &usize| {
            !broken.contains(e) && system.equations[*e].state == State::Broken && !system.equations[*e].derived
        };
        match reached.iter().find(|e| outside(e)) {
            None => solved.push((broken, found)),
            Some(other) => {
                let mut joined = broken;
                for part in solved
                    .extract_if(.., |part| part.0.contains(other))
                    .map(|part| part.0)
                    .chain(waiting.extract_if(.., |part| part.contains(other)))
                {
                    joined.extend(part);
                }
                waiting.push(joined);
            }
        }
    }
    // The rest is searched anew with the figure as it should be.
    if let Some(behind) = common::Behind::find(system, &contradictions, &solved).filter(|_| levels > 0) {
        let mut explanations = split::split(system, &contradictions, &behind.mended, &behind.solved);
        explanations.extend(explain_by(&behind.mended(system), levels - 1));
        return explanations;
    }
    let mut solved = common::join(system, solved);
    solved.sort_by_key(|(broken, _)| broken.iter().copied().min());
    solved.iter().flat_map(|(broken, found)| split::split(system, &contradictions, broken, found)).collect()
}

/// So many figures are put right one after the other where each is behind several contradictions.
const MOST_BEHIND: usize = 4;

/// What is looked at for a whole book, and for one component: a tenth of a second or so.
const MOST_EFFORT: u64 = 10_000_000;
const A_COMPONENT: u64 = 4_000_000;

/// Whether an equation, or one that it shares a figure with, is held to the last digit though its figures may be
/// rounded.
fn is_rounded(system: &System, equation: usize) -> bool {
    let near = system.equations[equation].terms.iter().flat_map(|term| &system.uses[term.0]);
    near.map(|&(e, _)| &system.equations[e]).any(|equation| equation.slack < equation.rounding)
}

/// All repairs of a component with equally few operations, the most plausible first.
pub struct Solved {
    pub repairs: Vec<Repair>,
    pub complete: bool,
    /// Each contradiction is told by itself, since no few slips were found that explain all.
    pub is_plain: bool,
}

impl Solved {
    fn cost(&self) -> u32 {
        self.repairs.first().map_or(0, |repair| repair.cost)
    }
}

/// Sets of broken equations with nothing to change in common.
fn components(system: &System, contradictions: &Contradictions, broken: &[usize], moves: &Moves) -> Vec<Vec<usize>> {
    let mut heads: FxHashMap<usize, usize> = broken.iter().map(|&e| (e, e)).collect();
    fn head(heads: &mut FxHashMap<usize, usize>, e: usize) -> usize {
        let mut at = e;
        while heads[&at] != at {
            at = heads[&at];
        }
        heads.insert(e, at);
        at
    }
    let mut join = |one: usize, other: usize| {
        let (one, other) = (head(&mut heads, one), head(&mut heads, other));
        heads.insert(one.max(other), one.min(other));
    };
    let mut of_cell: FxHashMap<usize, usize> = FxHashMap::default();
    let mut of_class: FxHashMap<usize, usize> = FxHashMap::default();
    for &e in broken {
        for term in system.equations[e].told().iter().filter(|term| !system.cells[term.0].blank) {
            join(e, *of_cell.entry(term.0).or_insert(e));
        }
        for part in &contradictions.parts[&e] {
            join(e, *of_class.entry(part.0).or_insert(e));
        }
    }
    // An interchange of neighbours may mend both.
    for found in moves.that_mend(broken) {
        let touched = split::touched(system, &found.edits);
        let touched: Vec<usize> = touched.into_iter().filter(|e| broken.binary_search(e).is_ok()).collect();
        touched.iter().for_each(|&e| join(e, touched[0]));
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &e in broken {
        parts.entry(head(&mut heads, e)).or_default().push(e);
    }
    parts.into_values().collect()
}

fn solve(
    system: &System,
    contradictions: &Contradictions,
    moves: &Moves,
    search: &mut Search,
    component: &Component,
    effort: &mut Effort,
) -> Solved {
    let classes = &component.classes;
    let mut repairs: Vec<Repair> = Vec::new();
    // Combinations that were not tried, by the least that they could cost.
    let mut cut = u32::MAX;
    // Each contradiction may lack a row of its own: the worst that can be.
    let worst = classes
        .iter()
        .map(|&class| (Unknown::Missing(class), -system.equations[contradictions.roots[class]].residual))
        .collect();
    let read = repair::read(system, contradictions, &[], &worst, &mut Effort::new(u64::MAX));
    let plain: Vec<Repair> = read.repairs.iter().take(1).cloned().collect();
    repairs.extend(read.repairs);
    cut = cut.min(read.cut.unwrap_or(u32::MAX));
    let mut best =
        repairs.iter().map(|repair| repair.cost).min().unwrap_or(slips::cost(Slip::RowMissing) * classes.len() as u32);
    let moves = moves.that_mend(&component.broken);
    let mut complete = contradictions.complete && moves.len() <= MOST_MOVES;
    for level in 1.. {
        let limit = (level * slips::NAMED + slips::NAMED - 1).min(best);
        for subset in subsets(&moves, level as usize) {
            let edits: Vec<(usize, i128)> = subset.iter().flat_map(|found| found.edits.iter().copied()).collect();
            let costs = (subset.len() as u32 * slips::NAMED, limit.min(best));
            let mut judge = |change: &search::Change, effort: &mut Effort| {
                let read = repair::read(system, contradictions, &subset, change, effort);
                cut = cut.min(read.cut.unwrap_or(u32::MAX));
                let cost = read.repairs.iter().map(|repair| repair.cost).min();
                best = best.min(cost.unwrap_or(best));
                repairs.extend(read.repairs.into_iter().filter(|repair| repair.cost <= best + 1));
                cost
            };
            search.look(system, component, &edits, costs, effort, &mut judge);
        }
        if limit >= best || effort.is_spent() {
            break;
        }
    }
    complete &= !effort.is_spent() && cut > best + 1;
    let fewest =
        repairs.iter().filter(|repair| repair.cost == best).map(|repair| repair.operations.len()).min().unwrap_or(0);
    repairs.retain(|repair| repair.cost == best || (repair.cost == best + 1 && repair.operations.len() <= fewest));
    let is_plain = !complete && fewest > MOST_TOGETHER;
    if is_plain {
        // What so many slips may have done together says less than each contradiction by itself.
        repairs = plain;
    }
    if !complete {
        // All ties cannot be promised: enough to choose from.
        repairs.sort_by_cached_key(|repair| (repair.weight(system), repair.edits()));
        repairs.truncate(MOST_UNPROVED);
    }
    repairs.sort_by_cached_key(|repair| (repair.weight(system), repair.edits()));
    // The same change may come out of a cell and of a contradiction: the cell's own stands first.
    let mut seen: FxHashSet<Vec<(Slip, Vec<Edit>)>> = FxHashSet::default();
    repairs.retain(|repair| {
        let mut key: Vec<(Slip, Vec<Edit>)> =
            repair.operations.iter().map(|operation| (operation.slip, operation.edits.clone())).collect();
        key.sort_by(|a, b| a.1.cmp(&b.1));
        let rows =
            repair.operations.iter().any(|operation| !operation.rows.is_empty() && operation.slip != Slip::SignFlipped);
        seen.insert(key) || rows
    });
    repairs.dedup();
    Solved { repairs, complete, is_plain }
}

/// Every choice of at most so many moves that touch different cells.
fn subsets(moves: &[Move], most: usize) -> Vec<Vec<&Move>> {
    let mut all: Vec<Vec<&Move>> = vec![Vec::new()];
    for found in moves.iter().take(MOST_MOVES) {
        for i in 0..all.len() {
            let apart = |other: &&Move| !other.edits.iter().any(|edit| found.edits.iter().any(|new| new.0 == edit.0));
            if all[i].len() < most.min(3) && all[i].iter().all(apart) {
                let mut more = all[i].clone();
                more.push(found);
                all.push(more);
            }
        }
    }
    all
}

/// How many explanations are kept where it is not proved that they are the smallest.
const MOST_UNPROVED: usize = 12;

/// So many slips together are believed though it is not proved that there are no fewer.
const MOST_TOGETHER: usize = 3;

/// A component seldom has more than one move that mends anything.
const MOST_MOVES: usize = 12;
