use std::collections::HashMap;

use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Finding, Role, Slip, Text};
use crate::statement::{Kind, Statement};

rule! {
    /// A row stands twice in one table, with the same label and the same figures.
    ///
    /// It may be meant (a post that is shared between two sections half and half), so it is a question and no error.
    ///
    /// What to do: see that the amount is not counted twice.
    "TX07" "row-stands-twice" Info, Observations(observe),
    "En rad står två gånger i samma tabell, med samma benämning och samma belopp.

Det kan vara meningen (en tjänst som delas lika mellan två avsnitt), så detta är en fråga och inget fel.

Gör så här: se att beloppet inte räknas två gånger."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for statement in book.statements.iter().filter(|s| matches!(s.kind, Kind::Budget | Kind::Activities)) {
        observed.tested += 1;
        let twins = twins(statement);
        if twins.is_empty() {
            continue;
        }
        let lines = statement.lines();
        let labels: Vec<&str> = twins.iter().map(|(first, _)| lines[*first].label.as_str()).collect();
        let labels = labels.join(", ");
        let message = Text::new(
            format!("Samma rad med samma belopp står två gånger: {labels}."),
            format!("The same row with the same amounts stands twice: {labels}."),
        );
        let mut finding = Finding::new(RULE.code, RULE.severity, message.clone());
        let pair = |&(first, second): &(usize, usize)| [(lines[first].at, Role::Tie), (lines[second].at, Role::Label)];
        finding.cells = twins.iter().flat_map(pair).collect();
        finding.causes.push(Cause { slip: Slip::Copied, text: message, edits: Vec::new() });
        observed.findings.push(finding);
    }
    observed
}

/// Lines with one label and the same figures, some of them not nothing.
fn twins(statement: &Statement) -> Vec<(usize, usize)> {
    let lines = statement.lines();
    let says_something = |line: usize| {
        (0..statement.columns().len()).any(|column| statement.amount(line, column).is_some_and(|a| !a.value.is_zero()))
    };
    // From the last line upwards: those further down by their wording, the nearest last.
    let mut below: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut twins = Vec::new();
    for first in (0..lines.len()).rev() {
        let line = &lines[first];
        let alike = below.entry(&line.wording).or_default();
        if !line.role.adds() && !line.label.is_empty() && says_something(first) {
            let same = alike.iter().rfind(|&&other| lines[other].entries == line.entries);
            twins.extend(same.map(|&second| (first, second)));
        }
        alike.push(first);
    }
    twins.reverse();
    twins
}
