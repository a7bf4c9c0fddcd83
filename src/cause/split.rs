//! From the repairs of a component to one explanation for each cause.

use rustc_hash::FxHashSet;

use super::contradiction::Contradictions;
use super::repair::Repair;
use super::system::{State, System};
use super::{Explanation, Operation, Solved};

/// The equations that some edits change.
pub fn touched(system: &System, edits: &[(usize, i128)]) -> Vec<usize> {
    let mut found: Vec<usize> = edits
        .iter()
        .flat_map(|&(cell, _)| system.uses[cell].iter().map(|&(e, _)| e))
        .filter(|&e| system.residual(e, edits) != system.equations[e].residual)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn edits_of(operation: &Operation) -> Vec<(usize, i128)> {
    match operation.amount {
        Some(_) => Vec::new(),
        None => operation.edits.iter().map(|edit| (edit.cell, edit.to)).collect(),
    }
}

/// The equations that an operation has a part in.
fn reach(system: &System, contradictions: &Contradictions, operation: &Operation) -> Vec<usize> {
    if operation.amount.is_none() {
        return touched(system, &edits_of(operation));
    }
    let Some(own) = operation.equation.and_then(|e| contradictions.parts.get(&e)) else { return Vec::new() };
    let mut found: Vec<usize> = contradictions
        .parts
        .iter()
        .filter(|(_, parts)| parts.iter().any(|part| own.iter().any(|mine| mine.0 == part.0)))
        .map(|(&e, _)| e)
        .collect();
    found.sort_unstable();
    found
}

/// One explanation for each operation of the best repair that stands by itself; operations that hold only together
/// stay together.
pub fn split(system: &System, contradictions: &Contradictions, broken: &[usize], solved: &Solved) -> Vec<Explanation> {
    let Some(best) = solved.repairs.first() else { return Vec::new() };
    let reaches: Vec<Vec<usize>> =
        best.operations.iter().map(|operation| reach(system, contradictions, operation)).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in 0..best.operations.len() {
        let with =
            |j: &usize| reaches[i].iter().any(|e| system.equations[*e].state == State::Held && reaches[*j].contains(e));
        let mut group = vec![i];
        for other in groups.extract_if(.., |group| group.iter().any(with)) {
            group.extend(other);
        }
        group.sort_unstable();
        groups.push(group);
    }
    // A relation that two causes share belongs to the one that explains it alone otherwise, else to the first.
    let mut explanations: Vec<Explanation> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    groups.sort_by_key(|group| group.iter().map(|&i| reaches[i].len()).sum::<usize>());
    for group in groups {
        let operations: Vec<Operation> = group.iter().map(|&i| best.operations[i].clone()).collect();
        let mut equations: Vec<usize> = group.iter().flat_map(|&i| reaches[i].iter().copied()).collect();
        equations.sort_unstable();
        equations.dedup();
        equations.retain(|e| broken.contains(e) && !taken.contains(e));
        taken.extend(&equations);
        let alternatives = alternatives(&best.operations, &operations, &solved.repairs);
        let equally_good = alternatives.iter().take_while(|(_, cost)| *cost == best.cost).count();
        let alternatives = alternatives.into_iter().map(|found| found.0).collect();
        let parts = equations.iter().filter_map(|e| contradictions.parts.get(e)).flatten();
        explanations.push(Explanation {
            contradictions: parts.map(|part| part.0).collect::<FxHashSet<_>>().len(),
            explains: Vec::new(),
            proved_minimal: solved.complete,
            operations,
            equations,
            alternatives,
            equally_good,
        });
    }
    if let Some(first) = explanations.first_mut() {
        first.equations.extend(broken.iter().filter(|e| !taken.contains(e)));
    }
    explanations.retain(|explanation| !explanation.equations.is_empty());
    explanations.iter_mut().for_each(|explanation| settle(system, explanation));
    explanations
}

/// Puts the most authoritative equation first and lists the relations.
fn settle(system: &System, explanation: &mut Explanation) {
    let own = explanation.operations.first().and_then(|operation| operation.equation);
    explanation.equations.sort_by_key(|&e| {
        let equation = &system.equations[e];
        (equation.derived, own != Some(e), equation.rank, equation.checks.first().copied())
    });
    explanation.explains =
        explanation.equations.iter().flat_map(|&e| system.equations[e].checks.iter().copied()).collect();
    // The main relation of each equation before the relations that repeat it.
    let main: Vec<usize> =
        explanation.equations.iter().filter_map(|&e| system.equations[e].checks.first().copied()).collect();
    explanation.explains.sort_by_key(|check| main.iter().position(|m| m == check).unwrap_or(usize::MAX));
}

/// What other repairs have in the place of these operations, with what the whole repair costs.
fn alternatives(best: &[Operation], mine: &[Operation], repairs: &[Repair]) -> Vec<(Vec<Operation>, u32)> {
    let mut found: Vec<(Vec<Operation>, u32)> = Vec::new();
    let mut seen: FxHashSet<Vec<Operation>> = FxHashSet::default();
    for repair in &repairs[1..] {
        let has = |of: &[Operation], one: &Operation| of.iter().any(|other| other.is_same(one));
        if mine.iter().any(|operation| has(&repair.operations, operation)) {
            continue;
        }
        let others: Vec<Operation> =
            repair.operations.iter().filter(|operation| !has(best, operation)).cloned().collect();
        // Where the repair differs in other operations too, these stand for all of its difference.
        if !others.is_empty() && seen.insert(others.clone()) {
            found.push((others, repair.cost));
        }
    }
    found
}

/// Relations that follow by arithmetic alone belong to what explains the others in their table.
pub fn attach_derived(system: &System, explanations: &mut Vec<Explanation>) {
    let derived: Vec<usize> = system.broken().filter(|&e| system.equations[e].derived).collect();
    for e in derived {
        let equation = &system.equations[e];
        let edits_mend = |explanation: &Explanation| {
            let edits: Vec<(usize, i128)> = explanation.operations.iter().flat_map(edits_of).collect();
            system.residual(e, &edits).abs() <= equation.slack && !edits.is_empty()
        };
        let shares = |explanation: &Explanation| {
            let terms = || explanation.equations.iter().flat_map(|&other| &system.equations[other].terms);
            terms().any(|term| equation.coefficient(term.0) != 0)
        };
        let same_table = |explanation: &Explanation| {
            explanation.equations.iter().any(|&other| system.equations[other].table == equation.table)
        };
        let home = [&edits_mend as &dyn Fn(&Explanation) -> bool, &shares, &same_table]
            .iter()
            .find_map(|fits| explanations.iter().position(fits));
        match home {
            Some(i) => {
                explanations[i].equations.push(e);
                explanations[i].explains.extend(&equation.checks);
            }
            None => explanations.push(Explanation {
                operations: Vec::new(),
                equations: vec![e],
                explains: equation.checks.clone(),
                alternatives: Vec::new(),
                equally_good: 0,
                proved_minimal: true,
                contradictions: 0,
            }),
        }
    }
}
