use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Consequence, Finding, Role, Slip, Text};
use crate::grid::At;
use crate::statement::Statement;

rule! {
    /// A heading says a unit that the figures do not have.
    ///
    /// *tkr* over figures in kronor makes every amount a thousand times too large. It is proved by the same lines in other statements of
    /// the document, never by size alone; size only tells which of two is wrong where they contradict each other and nothing else is known.
    ///
    /// What to do: correct the heading (or the figures).
    "EN01" "unit-header-cannot-be-true" Warning, Observations(observe),
    "En rubrik anger en enhet som beloppen inte har.

*tkr* över belopp i kronor gör varje belopp tusen gånger för stort. Det bevisas av samma rader i dokumentets andra räkningar, aldrig av storleken ensam; den avgör bara vilken av två som är fel där de säger emot varandra och inget annat är känt.

Gör så här: rätta rubriken (eller beloppen)."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let mut wrong: Vec<(At, &Statement)> = Vec::new();
    for statement in &book.statements {
        let (Some(declared), Some(at)) = (statement.declared_unit, statement.table.unit_at) else { continue };
        observed.tested += 1;
        if declared != statement.unit {
            wrong.push((at, statement));
        }
    }
    let Some((at, statement)) = wrong.first() else { return observed };
    let mut finding = Finding::new(RULE.code, RULE.severity, message(statement));
    finding.suspect = Some(*at);
    finding.cells = vec![(*at, Role::Header)];
    finding.causes.push(Cause { slip: Slip::UnitMislabelled, text: message(statement), edits: Vec::new() });
    // A template's heading, used again, is one slip.
    let others = wrong[1..].iter().map(|(at, statement)| Consequence {
        rule: RULE.code,
        message: message(statement),
        cells: vec![(*at, Role::Header)],
    });
    finding.consequences = others.collect();
    observed.findings.push(finding);
    observed
}

fn message(statement: &Statement) -> Text {
    let declared = statement.declared_unit.unwrap_or_default().code();
    let (name, real) = (statement.name(), statement.unit.code());
    Text::new(
        format!(
            "{name}: rubriken säger {declared}, men beloppen är i {real}; samma belopp står i {real} i andra räkningar."
        ),
        format!(
            "{name}: the heading says {declared}, but the amounts are in {real}; the same amounts stand in {real} elsewhere."
        ),
    )
}
