//! What a text tells by the figure of another table follows from the two tables being at odds, and is told with that.

use super::wording;
use crate::finding::{Consequence, Finding, Slip};
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
    use crate::finding::{Cause, Role, Severity, Text};
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
