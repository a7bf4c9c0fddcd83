//! What the rules of running text have in common: ties as relations and as findings.

use super::Observed;
use crate::book::{Book, Spot};
use crate::finding::{Cause, Consequence, Edit, Finding, Role, Severity, Slip, Text};
use crate::money::{Money, Swedish, Unit};
use crate::period::Measure;
use crate::prose::{Tie, Verdict};
use crate::relation::{Confidence, Kind as RelationKind, Operand, Relation};

/// A tie as an equation: the text's amount is what the cells come to.
pub fn relation(book: &Book, rule: &'static str, severity: Severity, tie: &Tie) -> Option<Relation> {
    let first = tie.spots.first()?;
    let kind = match (tie.spots.len(), tie.less.is_none()) {
        (1, true) => RelationKind::Equal,
        (_, true) => RelationKind::Sum,
        (_, false) => RelationKind::Difference,
    };
    let terms = tie.spots.iter().map(|spot| book.operand(*spot, tie.coefficient));
    let less = tie.less.iter().map(|spot| book.operand(*spot, -tie.coefficient));
    Some(Relation {
        rule,
        kind,
        result: Operand::new(tie.at, Some(tie.interval), 1),
        terms: terms.chain(less).collect(),
        period: book.statements[first.statement].columns()[first.column].period,
        unit: tie.unit,
        table: first.statement,
        gravest: severity,
        confidence: Confidence::LIKELY,
        derived: false,
    })
}

/// Why a text differs from its table.
pub struct Why {
    pub slip: Slip,
    pub text: Text,
    /// The figure of another table that the text follows.
    pub source: Option<Spot>,
}

impl Why {
    pub fn new(slip: Slip, text: Text) -> Why {
        Why { slip, text, source: None }
    }
}

/// The finding of a tie whose two sides differ, with the text's unit.
pub fn finding(book: &Book, rule: &'static str, severity: Severity, tie: &Tie, why: Option<Why>) -> Finding {
    let expected = expected(book, tie);
    let mut finding = Finding::new(rule, severity, message(book, tie, expected));
    finding.period = tie.spots.first().and_then(|spot| column_period(book, *spot));
    finding.unit = Some(tie.unit);
    finding.stated = Some(tie.stated);
    finding.expected = Some(expected);
    finding.cells = vec![(tie.at, Role::Tie)];
    finding.cells.extend(tie.spots.iter().chain(&tie.less).map(|spot| (book.at(*spot), Role::Tie)));
    // Where the table adds up with its figure, the text is the one that is alone.
    if tie.verdict != Verdict::Rounded && tie.spots.iter().chain(&tie.less).all(|spot| adds_up(book, *spot)) {
        finding.suspect = Some(tie.at);
    }
    if let Some(Why { slip, text, source }) = why {
        finding.cells.extend(source.map(|spot| (book.at(spot), Role::Tie)));
        finding.only_in_causes = usize::from(source.is_some());
        let mends =
            matches!(slip, Slip::DigitReplaced | Slip::DigitsTransposed | Slip::DigitAdded | Slip::DigitOmitted);
        let edit = Edit { at: tie.at, from: Some(tie.stated), to: expected };
        let edits = if mends && finding.suspect == Some(tie.at) { vec![edit] } else { Vec::new() };
        finding.causes.push(Cause { slip, text, edits });
    }
    finding
}

/// What the cells come to, in the text's unit and with the text's sign.
pub fn expected(book: &Book, tie: &Tie) -> Money {
    let coefficient = Money::from(i64::from(tie.coefficient));
    let sum = |spots: &[Spot]| -> Money {
        spots.iter().filter_map(|spot| book.interval(*spot)).map(|cell| cell.middle).sum()
    };
    let kronor = sum(&tie.spots) - sum(tie.less.as_slice());
    (coefficient * kronor).divide(tie.unit.factor()).unwrap_or(kronor).normalize()
}

fn message(book: &Book, tie: &Tie, expected: Money) -> Text {
    let mut labels: Vec<&str> = tie.spots.iter().map(|spot| book.label(*spot)).collect();
    labels.dedup();
    let (of, unit) = (labels.join(" + "), tie.unit.code());
    let quote = match tie.verdict {
        Verdict::Sign => format!("{} {unit}", Swedish(tie.stated)),
        _ => tie.quote.clone(),
    };
    let table = tie.spots.first().map(|spot| book.statements[spot.statement].name()).unwrap_or_default();
    let period = tie.spots.first().and_then(|spot| column_period(book, *spot));
    let period = period.map_or(String::new(), |period| format!(" {period}"));
    let amount = Swedish(expected);
    let table = if table.is_empty() { table } else { format!(" {table}") };
    if let ([spot], Some(less)) = (tie.spots.as_slice(), tie.less) {
        let [swedish, english] = apart(book, *spot, less);
        return Text::new(
            format!("Texten säger {quote} om skillnaden i {of} {swedish}, men tabellen{table} ger {amount} {unit}."),
            format!(
                "The text says {quote} of the difference in {of} {english}, but the table{table} gives {amount} {unit}."
            ),
        );
    }
    Text::new(
        format!("Texten säger {quote} om {of}{period}, men tabellen{table} säger {amount} {unit}."),
        format!("The text says {quote} of {of}{period}, but the table{table} says {amount} {unit}."),
    )
}

/// Between what two columns of a row a difference is.
fn apart(book: &Book, spot: Spot, less: Spot) -> [String; 2] {
    let about = |spot: Spot| &book.statements[spot.statement].columns()[spot.column];
    let period = |spot: Spot| column_period(book, spot).map_or(String::new(), |period| period.to_string());
    let planned = |spot: Spot| matches!(about(spot).measure, Some(Measure::Budget | Measure::Plan));
    let (later, earlier) = (period(spot), period(less));
    match planned(less) && !planned(spot) {
        true => [format!("mellan utfall och budget {later}"), format!("between outcome and budget {later}")],
        false => [format!("mellan {earlier} och {later}"), format!("between {earlier} and {later}")],
    }
}

fn column_period(book: &Book, spot: Spot) -> Option<crate::period::Period> {
    book.statements[spot.statement].columns()[spot.column].period
}

/// Whether the cell takes part in sums, and they hold in every column.
fn adds_up(book: &Book, spot: Spot) -> bool {
    let takes_part = |sum: &&crate::statement::LineSum| {
        sum.result == spot.line || sum.terms.iter().any(|(line, _)| *line == spot.line)
    };
    let statement = &book.statements[spot.statement];
    let mut sums = statement.sums.iter().filter(takes_part).filter(|sum| sum.tested > 0).peekable();
    sums.peek().is_some() && sums.all(|sum| sum.held == sum.tested)
}

/// Observes the ties with some verdicts: relations of them all, findings of those that differ.
pub fn observe(
    book: &Book,
    rule: &'static str,
    ties: &[Tie],
    wanted: impl Fn(&Verdict) -> Option<Severity>,
    why: impl Fn(&Tie) -> Option<Why>,
) -> Observed {
    let mut observed = Observed::default();
    let mut rounding: Vec<(Rounding, usize)> = Vec::new();
    for tie in ties {
        let Some(severity) = wanted(&tie.verdict) else { continue };
        observed.relations.extend(relation(book, rule, severity, tie));
        if tie.verdict == Verdict::Agrees {
            continue;
        }
        let found = finding(book, rule, severity, tie, why(tie));
        // A text that rounds the amounts of a table, or a table those of a text, does so throughout.
        let side = (tie.verdict == Verdict::Rounded).then(|| rounded(book, tie)).flatten();
        match rounding.iter().find(|(known, _)| Some(*known) == side) {
            Some((_, earlier)) => {
                let consequence = Consequence { rule, message: found.message, cells: found.cells };
                observed.findings[*earlier].consequences.push(consequence);
            }
            None => {
                rounding.extend(side.map(|side| (side, observed.findings.len())));
                observed.findings.push(found);
            }
        }
    }
    observed
}

/// Of a text and a table, the input and the statement, and whether it is the text that is rounded.
type Rounding = (usize, usize, bool);

/// Which side of a tie is the other one rounded: the one that ends in more zeros.
fn rounded(book: &Book, tie: &Tie) -> Option<Rounding> {
    let kronor: Money = tie.spots.iter().filter_map(|spot| book.interval(*spot)).map(|cell| cell.middle).sum();
    let text = zeros(tie.interval.middle) > zeros(kronor);
    Some((book.grids[tie.at.grid as usize].input, tie.spots.first()?.statement, text))
}

/// In how many zeros an amount ends.
fn zeros(amount: Money) -> usize {
    let amount = amount.normalize().to_string();
    amount.len() - amount.trim_end_matches('0').len()
}

/// The unit in words.
pub fn unit_name(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Kronor => ("kronor", "kronor"),
        Unit::Thousands => ("tusental kronor", "thousands of kronor"),
        Unit::Millions => ("miljoner kronor", "millions of kronor"),
    }
}
