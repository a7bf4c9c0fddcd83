//! A check as formulas over the cleaned cells, in the unit of its result's cell.
//!
//! A formula is given only where the cells, as they stand in the workbook, lead to just the outcome that the check
//! had; otherwise its figures are given as they were tested.

use super::layout::{Layout, Place};
use crate::money::{Closeness, Interval, Money};
use crate::relation::{Check, Kind, Operand, Outcome};

/// What a spreadsheet takes of formula, with a margin.
const LONGEST_FORMULA: usize = 8_000;

/// The live form of a check.
#[derive(Debug, PartialEq)]
pub struct Control {
    /// The formula of what the result should be.
    pub expected: String,
    pub expected_value: Money,
    pub stated_value: Money,
    /// Decimals to which differences are exact.
    pub decimals: u32,
    pub difference: Money,
    /// How far the two may lie apart by the rounding of the written figures.
    pub slack: Money,
    /// Whether what holds only within rounding is told apart from what holds.
    pub tells_rounding: bool,
}

/// A term of the formula: its cell, and what one there counts for in the unit of the result's cell.
struct Term<'a> {
    place: Option<Place<'a>>,
    factor: Money,
    figure: Option<Money>,
}

impl Control {
    pub fn of(check: &Check, layout: &Layout<'_>) -> Option<Control> {
        let relation = &check.relation;
        let result_figure = relation.result.figure?;
        let result = layout.place(relation.result.at)?;
        let scale = scale(layout, &relation.result, result.value?)?;
        let control = match relation.kind {
            Kind::Sum | Kind::Difference | Kind::Equal => {
                let whole = Money::from(i64::from(relation.result.coefficient)) * scale;
                linear(check, layout, result.value?, whole, result_figure)?
            }
            Kind::Ratio => ratio(check, layout, result.value?, scale, result_figure)?,
            Kind::Average | Kind::Change => return None,
        };
        (control.expected.len() < LONGEST_FORMULA && control.agrees(&check.outcome)).then_some(control)
    }

    /// The outcome that the formulas show.
    pub fn closeness(&self) -> Closeness {
        match self.difference.abs() {
            apart if apart.is_zero() => Closeness::Exact,
            apart if apart <= self.slack => Closeness::Rounded,
            _ => Closeness::Off,
        }
    }

    fn agrees(&self, outcome: &Outcome) -> bool {
        match (self.closeness(), outcome) {
            (Closeness::Exact, Outcome::Holds) | (Closeness::Off, Outcome::Broke { .. }) => true,
            (Closeness::Rounded, Outcome::Holds) => !self.tells_rounding,
            (Closeness::Rounded, Outcome::Rounded { .. }) => true,
            _ => false,
        }
    }
}

/// What one in the cell of an operand counts for in the operand's figure: kronor of its unit, or, of a percentage,
/// a hundredth. Nothing where the cell does not hold the operand's figure.
fn scale(layout: &Layout<'_>, operand: &Operand, value: Money) -> Option<Money> {
    let figure = operand.figure?.middle;
    // What is in no statement is in a ledger, whose amounts are kronor.
    let of_spot = |spot: crate::book::Spot| layout.book.statements[spot.statement].unit.factor();
    let unit = layout.spot(operand.at).map_or(Money::ONE, of_spot);
    let hundred = Money::from(100);
    [unit, Money::ONE, hundred, unit * hundred].into_iter().find(|scale| value * *scale == figure)
}

fn linear(check: &Check, layout: &Layout<'_>, stated: Money, whole: Money, figure: Interval) -> Option<Control> {
    let relation = &check.relation;
    let mut terms = Vec::with_capacity(relation.terms.len());
    for term in &relation.terms {
        let place = layout.place(term.at).copied();
        let Some(found) = term.figure else {
            // Blank cells and words count as nothing; a figure that is no amount is none of the formula's.
            let place = place.filter(|place| place.value.is_none());
            terms.push(Term { place, factor: Money::from(i64::from(term.coefficient)), figure: None });
            continue;
        };
        let scale = scale(layout, term, place?.value?)?;
        let factor = (Money::from(i64::from(term.coefficient)) * scale).divide(whole)?.normalize();
        terms.push(Term { place, factor, figure: Some(found.middle) });
    }
    let expected = relation.expected();
    let expected_value = expected.middle.divide(whole)?.normalize();
    let exact = terms.iter().all(|term| !long(term.factor)) && !long(expected_value);
    let decimals = if exact { decimals(&terms, stated, expected_value) } else { stated.decimals() + 4 };
    let expected_value = expected_value.round(decimals).normalize();
    let multiple = Money::from(i64::from(relation.result.coefficient)).abs();
    let sum = sum(&terms);
    let formula = if decimals == 0 { format!("={sum}") } else { format!("=ROUND({sum},{decimals})") };
    let difference = (stated - expected_value).normalize();
    // A part of others that is right to its own last digit is not called rounded.
    let tells_rounding = check.outcome != Outcome::Holds || difference.is_zero();
    let slack = if tells_rounding { multiple * figure.half + expected.half } else { multiple * figure.half };
    let slack = slack.divide(whole.abs())?.round(12).normalize();
    Some(Control {
        expected: formula,
        expected_value,
        stated_value: stated,
        decimals,
        difference,
        slack,
        tells_rounding,
    })
}

/// Too many decimals to be anything but a division without end.
fn long(number: Money) -> bool {
    number.decimals() > 10
}

fn decimals(terms: &[Term<'_>], stated: Money, expected: Money) -> u32 {
    let of_terms = terms.iter().filter_map(|term| {
        let value = term.place?.value?;
        term.figure.map(|_| value.normalize().decimals() + term.factor.decimals())
    });
    let of_terms = of_terms.max().unwrap_or(0);
    of_terms.max(stated.normalize().decimals()).max(expected.decimals()).min(12)
}

/// `'Noter'!C9+'Noter'!C12-…`; cells that follow each other as a range.
fn sum(terms: &[Term<'_>]) -> String {
    let mut text = String::new();
    let placed: Vec<&Term<'_>> = terms.iter().filter(|term| term.place.is_some()).collect();
    let mut i = 0;
    while i < placed.len() {
        let (Some(first), factor) = (placed[i].place, placed[i].factor) else { break };
        let follows = |run: usize| {
            placed.get(i + run).is_some_and(|next| {
                let stated = next.place.map(|place| (place.stated.sheet, place.stated.col, place.stated.row));
                stated == Some((first.stated.sheet, first.stated.col, first.stated.row + run as u32))
                    && next.factor == factor
            })
        };
        let run = (1..).find(|run| !follows(*run)).unwrap_or(1);
        let cell = first.stated.qualified();
        let cells = match (run, placed[i].figure) {
            (1, Some(_)) => cell,
            (1, None) => format!("SUM({cell})"),
            _ => {
                let last = super::pen::Target { row: first.stated.row + run as u32 - 1, ..first.stated };
                format!("SUM({cell}:{})", last.a1())
            }
        };
        match factor.is_negative() {
            true => text.push('-'),
            false if text.is_empty() => {}
            false => text.push('+'),
        }
        text.push_str(&scaled(&cells, factor.abs()));
        i += run;
    }
    if text.is_empty() { "0".into() } else { text }
}

/// Times a factor; what is a thousandth is a division, for a formula that is read.
fn scaled(cells: &str, factor: Money) -> String {
    if factor == Money::ONE {
        return cells.to_string();
    }
    match Money::ONE.divide(factor).map(Money::normalize).filter(|divisor| divisor.is_integer()) {
        Some(divisor) if !factor.is_integer() => format!("{cells}/{divisor}"),
        _ => format!("{cells}*{factor}"),
    }
}

fn ratio(check: &Check, layout: &Layout<'_>, stated: Money, scale: Money, figure: Interval) -> Option<Control> {
    let [part, whole] = check.relation.terms.as_slice() else { return None };
    let place = |operand: &Operand| {
        let place = layout.place(operand.at)?;
        Some((place.stated.qualified(), self::scale(layout, operand, place.value?)?, operand.figure?))
    };
    let ((part_cell, part_scale, part), (whole_cell, whole_scale, whole)) = (place(part)?, place(whole)?);
    let quotient = part.middle.divide(whole.middle)?;
    let decimals = stated.normalize().decimals() + 6;
    let expected_value = quotient.divide(scale)?.round(decimals).normalize();
    let factor = part_scale.divide(whole_scale)?.divide(scale)?.normalize();
    let expected = format!("=ROUND({},{decimals})", scaled(&format!("{part_cell}/{whole_cell}"), factor));
    // As the relation allows for rounding: half a step of the stated ratio, and what its two figures' own do to it.
    let own = part.half.divide(whole.middle.abs())? + (quotient.abs() * whole.half).divide(whole.middle.abs())?;
    let slack = (figure.half + own).divide(scale)?.round(decimals + 2).normalize();
    let difference = (stated - expected_value).normalize();
    Some(Control { expected, expected_value, stated_value: stated, decimals, difference, slack, tells_rounding: false })
}
