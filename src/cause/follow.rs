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
