//! One figure behind contradictions that have no cell in common.
//!
//! Where formulas take a wrong figure to many totals, each of these disagrees with something else, and alone each says
//! too little: that some row is wrong. The slip of one figure that mends several of them at once is their cause.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::contradiction::Contradictions;
use super::slips::rarity;
use super::system::{Cell, State, System};
use super::{Operation, Repair, Solved};
use crate::finding::Slip;

/// Broken equations that are searched together, and what was found.
type Part = (Vec<usize>, Solved);

/// The same parts, those made one that a slip of one figure explains and no slip explains alone.
pub fn join(system: &System, mut parts: Vec<Part>) -> Vec<Part> {
    if !system.cells.iter().any(|cell| cell.follows) {
        return parts;
    }
    while let Some((behind, found)) = behind(system, &parts) {
        let mut broken = Vec::new();
        let mut at = 0;
        parts.retain(|part| {
            let is_behind = behind.contains(&at);
            at += 1;
            broken.extend(part.0.iter().filter(|_| is_behind));
            !is_behind
        });
        parts.push((broken, found));
    }
    parts
}

/// The most parts that the change of one figure mends, and the slips that made it what it is. Where there is none of
/// these, what was found for the first of them is told of all.
fn behind(system: &System, parts: &[Part]) -> Option<(Vec<usize>, Solved)> {
    let open: Vec<usize> = (0..parts.len()).filter(|&part| is_open(&parts[part].1)).collect();
    let cells_of = |part: usize| parts[part].0.iter().flat_map(|&e| &system.equations[e].terms).map(|term| term.0);
    let mut shared: FxHashMap<usize, BTreeSet<usize>> = FxHashMap::default();
    for &part in &open {
        for cell in cells_of(part) {
            shared.entry(cell).or_default().insert(part);
        }
    }
    let mut cells: Vec<(usize, BTreeSet<usize>)> = shared.into_iter().filter(|(_, parts)| parts.len() > 1).collect();
    cells.sort_unstable();
    let mut best: (Vec<usize>, Vec<Operation>) = Default::default();
    for (cell, within) in cells.into_iter().filter(|&(cell, _)| may_change(&system.cells[cell])) {
        let first = |part: &usize| parts[*part].0.iter().copied().find(|&e| system.equations[e].coefficient(cell) != 0);
        for (to, slip) in meant(system, cell, within.iter().filter_map(first)) {
            let edits = [(cell, to)];
            let holds = |e: usize| system.residual(e, &edits).abs() <= system.equations[e].slack;
            let is_mended = |part: &usize| parts[*part].0.iter().all(|&e| holds(e));
            let mended: Vec<usize> = within.iter().copied().filter(is_mended).collect();
            let breaks = |e: usize| system.equations[e].state == State::Held && !holds(e);
            if mended.len() < best.0.len().max(2) || system.uses[cell].iter().any(|&(e, _)| breaks(e)) {
                continue;
            }
            if mended.len() > best.0.len() {
                best.1.clear();
            }
            if best.1.is_empty() {
                best.0.clone_from(&mended);
            }
            if mended == best.0 {
                best.1.push(Operation::of_cell(system, slip, cell, to));
            }
        }
    }
    let (behind, mut operations) = best;
    operations.retain(|operation| operation.slip != Slip::Unknown);
    operations.sort_by_key(|operation| (operation.edits[0], rarity(operation.slip)));
    operations.dedup_by(|one, other| one.edits == other.edits);
    let mut repairs: Vec<Repair> = operations.into_iter().map(|slip| Repair::of(system, slip)).collect();
    repairs.sort_by_cached_key(|repair| (repair.weight(system), repair.edits()));
    if repairs.is_empty() {
        repairs.clone_from(&parts[*behind.first()?].1.repairs);
    }
    Some((behind, Solved { repairs, complete: true, is_plain: false }))
}

/// Whether no slip was found, but only that something differs.
fn is_open(found: &Solved) -> bool {
    let says_nothing = |operation: &Operation| matches!(operation.slip, Slip::RowMissing | Slip::Unknown);
    found.repairs.first().is_some_and(|repair| repair.operations.iter().all(says_nothing))
}

fn may_change(figure: &Cell) -> bool {
    !figure.blank && !figure.added_up
}

/// A slip of one figure that mends several contradictions, and the equations that it mends.
pub struct Behind {
    pub solved: Solved,
    pub mended: Vec<usize>,
}

impl Behind {
    /// The slip of one figure that mends most contradictions of those that nothing else explains.
    pub fn find(system: &System, contradictions: &Contradictions, parts: &[Part]) -> Option<Behind> {
        let open = parts.iter().filter(|part| is_open(&part.1) || part.1.is_plain);
        let open: BTreeSet<usize> = open.flat_map(|part| part.0.iter().copied()).collect();
        let mut shared: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &e in &open {
            system.equations[e].terms.iter().for_each(|term| shared.entry(term.0).or_default().push(e));
        }
        shared.retain(|&cell, equations| equations.len() > 1 && may_change(&system.cells[cell]));
        let (mut most, mut best): (usize, Vec<(Vec<usize>, Operation)>) = (2, Vec::new());
        for (cell, equations) in shared.into_iter().take(MOST_SHARED) {
            for (to, slip) in meant(system, cell, equations.iter().copied()) {
                let holds = |e: usize| system.residual(e, &[(cell, to)]).abs() <= system.equations[e].slack;
                let mended: Vec<usize> = equations.iter().copied().filter(|&e| holds(e)).collect();
                if slip == Slip::Unknown || mended.len() < most {
                    continue;
                }
                let classes = mended.iter().filter_map(|e| contradictions.parts.get(e)).flatten();
                let count = classes.map(|part| part.0).collect::<BTreeSet<usize>>().len();
                let breaks = |e: usize| system.equations[e].state == State::Held && !holds(e);
                if count < most || system.uses[cell].iter().any(|&(e, _)| breaks(e)) {
                    continue;
                }
                if count > most {
                    (most, best) = (count, Vec::new());
                }
                best.push((mended, Operation::of_cell(system, slip, cell, to)));
            }
        }
        let mut repairs: Vec<(Vec<usize>, Repair)> =
            best.into_iter().map(|(mended, slip)| (mended, Repair::of(system, slip))).collect();
        repairs.sort_by_cached_key(|(_, repair)| (repair.weight(system), repair.edits()));
        repairs.dedup_by_key(|(_, repair)| repair.edits());
        let mended = repairs.first()?.0.clone();
        let repairs = repairs.into_iter().map(|found| found.1).collect();
        Some(Behind { solved: Solved { repairs, complete: true, is_plain: false }, mended })
    }

    /// The system with the figure as it should be.
    pub fn mended(&self, system: &System) -> System {
        let mut mended = system.clone();
        for (cell, to) in self.solved.repairs.iter().take(1).flat_map(Repair::edits) {
            for &(e, _) in &system.uses[cell] {
                let equation = &mut mended.equations[e];
                equation.residual = system.residual(e, &[(cell, to)]);
                if equation.state == State::Broken && equation.residual.abs() <= equation.slack {
                    equation.state = State::Held;
                }
            }
            let by = to - system.cells[cell].value;
            mended.cells[cell].value = to;
            for (&total, sum) in &system.sums {
                mended.cells[total].value += sum.get(&cell).map_or(0, |&times| i128::from(times) * by);
            }
        }
        mended
    }
}

/// Of more figures than these the first are looked at.
const MOST_SHARED: usize = 2_000;

/// What a figure may have been, by slips and by what would mend each of some equations.
fn meant(system: &System, cell: usize, equations: impl Iterator<Item = usize>) -> Vec<(i128, Slip)> {
    let figure = &system.cells[cell];
    let is_copy = figure.sources.iter().any(|&source| system.cells[source].value == figure.value);
    let mut found = figure.meanings.of(figure).to_vec();
    for e in equations {
        let equation = &system.equations[e];
        let coefficient = i128::from(equation.coefficient(cell));
        if equation.residual % coefficient == 0 {
            let to = figure.value - equation.residual / coefficient;
            found.push((to, if is_copy { Slip::StaleValue } else { Slip::Unknown }));
        }
    }
    found
}
