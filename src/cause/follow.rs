//! What a text tells by the figure of another table follows from the two tables being at odds, and is told with that;
//! and so is what the books tell of a cell that other tables contradict by as much.

use std::collections::BTreeMap;

use super::wording;
use crate::finding::{Cause, Consequence, Edit, Finding, Role, Slip};
use crate::grid::At;
use crate::money::Money;

/// The same findings, a text that followed another table among the consequences of what that table differs in.
pub fn follow(findings: Vec<Finding>) -> Vec<Finding> {
    let (texts, mut findings): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| source(finding).is_some());
    for text in texts {
        let root = findings.iter_mut().find(|root| explains(root, &text));
        let Some(root) = root else {
            findings.push(text);
            continue;
        };
        let mut told = vec![text.message];
        told.extend(text.causes.into_iter().map(|cause| cause.text));
        let message = wording::together(&told);
        root.severity = root.severity.max(text.severity);
        root.consequences.push(Consequence { rule: text.rule, message, cells: text.cells });
        root.consequences.extend(text.consequences);
    }
    findings
}

/// Findings of the search for causes, with what was observed of the same cells besides. A ledger that says the same as
/// the other table says which of the two is wrong. The rest of what was observed stands alone.
pub fn confirm(observed: Vec<Finding>, searched: &mut [Finding]) -> Vec<Finding> {
    let mut alone = Vec::new();
    for seen in beneath(observed) {
        let confirmed = searched.iter_mut().find(|found| is_of_same(found, &seen));
        let Some(found) = confirmed else {
            alone.push(seen);
            continue;
        };
        if let Some(cause) = found.causes.iter().position(|cause| mends(cause, &seen)) {
            found.causes[..=cause].rotate_right(1);
            if let [edit] = found.causes[0].edits.as_slice() {
                found.suspect = Some(edit.at);
            }
        }
        found.severity = found.severity.max(seen.severity);
        found.consequences.push(Consequence { rule: seen.rule, message: seen.message, cells: seen.cells });
        found.consequences.extend(seen.consequences);
    }
    alone
}

/// The same findings, a line that adds a wrong balance of the ledger among the consequences of what is told of that, and
/// so a list that is out of balance by just what another file has an account of it otherwise. One that names the voucher
/// says more, and stands.
fn beneath(observed: Vec<Finding>) -> Vec<Finding> {
    let balances: BTreeMap<At, usize> =
        observed.iter().enumerate().filter_map(|(i, finding)| Some((total(finding)?, i))).collect();
    let root = |i: usize| {
        let finding = &observed[i];
        let named = finding.causes.iter().any(|cause| cause.slip == Slip::RowMissing);
        let told = finding.cells.iter().skip(1).filter_map(|(at, _)| balances.get(at).copied());
        let added = told.filter(|&root| root != i && !named).find(|&root| by_as_much(&observed[root], finding));
        let of_list = || {
            let grid = list(finding)?;
            let tells = |root: &Finding| root.cells.iter().any(|(at, _)| at.grid == grid) && by_as_much(root, finding);
            balances.values().copied().find(|&root| tells(&observed[root]))
        };
        added.or_else(of_list)
    };
    let roots: Vec<Option<usize>> = (0..observed.len()).map(root).collect();
    let (mut kept, mut follow) = (BTreeMap::new(), Vec::new());
    for (i, (finding, root)) in observed.into_iter().zip(&roots).enumerate() {
        match root.filter(|&root| roots[root].is_none()) {
            Some(root) => follow.push((root, finding)),
            None => drop(kept.insert(i, finding)),
        }
    }
    for (root, finding) in follow {
        if let Some(root) = kept.get_mut(&root) {
            root.consequences.push(Consequence { rule: finding.rule, message: finding.message, cells: finding.cells });
            root.consequences.extend(finding.consequences);
        }
    }
    kept.into_values().collect()
}

/// The cell that a finding tells the amount of.
fn total(finding: &Finding) -> Option<At> {
    finding.cells.first().filter(|(_, role)| *role == Role::Total).map(|(at, _)| *at)
}

/// The grid of a list that a finding says is out of balance as a whole.
fn list(finding: &Finding) -> Option<u32> {
    finding.cells.first().filter(|(_, role)| *role == Role::Header && finding.stated.is_some()).map(|(at, _)| at.grid)
}

/// Whether both say that one cell is off, or are of one cell, and by as much but for the rounding of either.
fn is_of_same(found: &Finding, seen: &Finding) -> bool {
    if total(seen).is_some() && total(seen) == total(found) {
        return true;
    }
    let holds = |at| found.cells.iter().any(|(cell, _)| *cell == at);
    total(seen).is_some_and(holds) && by_as_much(found, seen)
}

/// Whether two findings are off by as much, but for the rounding of either.
fn by_as_much(one: &Finding, other: &Finding) -> bool {
    let step = |finding: &Finding| finding.unit.map_or(Money::ZERO, |unit| unit.factor());
    let sizes = kronor(one).zip(kronor(other));
    sizes.is_some_and(|(own, its)| (own - its).abs() <= step(one).max(step(other)))
}

/// Whether a cause puts into the cell what the observed should be.
fn mends(cause: &Cause, seen: &Finding) -> bool {
    let Some(expected) = seen.expected else { return false };
    let own = |edit: &Edit| Some(edit.at) == total(seen) && (edit.to - expected).abs() <= Money::ONE;
    cause.edits.iter().any(own)
}

/// The figure of another table that a text followed: the cell that only its cause names.
fn source(finding: &Finding) -> Option<At> {
    let [cause] = finding.causes.as_slice() else { return None };
    let followed = cause.slip == Slip::StaleValue && cause.edits.is_empty() && finding.only_in_causes == 1;
    finding.cells.last().filter(|_| followed).map(|(at, _)| *at)
}

/// Whether a finding is about the figure that the text followed, and by as much.
fn explains(root: &Finding, text: &Finding) -> bool {
    let holds = |at| root.cells.iter().any(|(cell, _)| *cell == at);
    source(text).is_some_and(holds) && kronor(root).is_some() && kronor(root) == kronor(text)
}

/// The size of the difference that a finding tells.
fn kronor(finding: &Finding) -> Option<Money> {
    Some((finding.difference()? * finding.unit?.factor()).abs().normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Severity, Text};
    use crate::money::Unit;

    fn at(row: u32) -> At {
        At { grid: 0, row, col: 1 }
    }

    /// A finding about a cell, which is so much and should be nothing.
    fn differs(rule: &'static str, row: u32, (amount, unit): (i64, Unit)) -> Finding {
        Finding {
            unit: Some(unit),
            stated: Some(Money::from(amount)),
            expected: Some(Money::ZERO),
            cells: vec![(at(row), Role::Total)],
            ..Finding::new(rule, Severity::Warning, Text::new("", ""))
        }
    }

    #[test]
    fn a_text_follows_the_figure_that_is_off_by_as_much_and_no_other() {
        let cause = Cause { slip: Slip::StaleValue, text: Text::new("", ""), edits: Vec::new() };
        let mut text = differs("PR01", 1, (-2_000, Unit::Kronor));
        text.cells.push((at(7), Role::Tie));
        (text.causes, text.only_in_causes) = (vec![cause], 1);
        let elsewhere = differs("SU01", 6, (2_000, Unit::Kronor));
        let by_more = differs("SU02", 7, (2_500, Unit::Kronor));
        let root = differs("NO02", 7, (2, Unit::Thousands));

        let found = follow(vec![text.clone(), elsewhere.clone(), by_more.clone(), root]);
        let told: Vec<(&str, usize)> = found.iter().map(|finding| (finding.rule, finding.consequences.len())).collect();
        assert_eq!(told, [("SU01", 0), ("SU02", 0), ("NO02", 1)]);
        assert_eq!(follow(vec![text, elsewhere, by_more]).len(), 3, "nothing else tells what the text followed");
    }
}
