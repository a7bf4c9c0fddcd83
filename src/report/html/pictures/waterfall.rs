//! Bridges from an opening to a closing figure: equity over a year, cash over a year.

use super::{Axis, Drawing, Picture, cut, letters, outcome, outcomes, path, rectangle, whole};
use crate::finding::Language;
use crate::money::Money;
use crate::period::Measure;
use crate::report::html::Paper;
use crate::statement::{Kind, kinds};
use crate::table::Role;
use crate::words::Concept;

/// A step of a bridge.
struct Step {
    name: String,
    amount: Money,
    step: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// Stands on its own: the opening and the closing figure.
    Level,
    Change,
    /// What is missing for the steps to reach the closing figure.
    Gap,
}

/// From the equity of the year before, by the result, to the equity of the year.
pub fn equity(paper: &Paper<'_>) -> Option<Picture> {
    let (period, opening, result, closing) =
        outcomes(paper, Kind::BalanceSheet).into_iter().find_map(|(near, period)| {
            let figure = |concept, period| outcome(paper, near, Kind::BalanceSheet, concept, period);
            let result = outcome(paper, near, Kind::IncomeStatement, Concept::Result, period);
            let result = result.or_else(|| figure(Concept::Result, period))?;
            Some((period, figure(Concept::Equity, period.shifted(-1))?, result, figure(Concept::Equity, period)?))
        })?;
    let level = |name: &str, amount| Step { name: name.to_string(), amount, step: What::Level };
    let mut steps = vec![
        level(paper.say("Ingående eget kapital", "Opening equity"), opening),
        Step { name: paper.say("Årets resultat", "Result of the year").into(), amount: result, step: What::Change },
    ];
    close(paper, &mut steps, paper.say("Utgående eget kapital", "Closing equity"), closing);
    let title = format!("{} {period}", paper.say("Eget kapital", "Equity"));
    Some(drawn(paper, title, &steps))
}

/// From opening to closing cash by the lines of the cash flow, its totals left out.
pub fn cash(paper: &Paper<'_>) -> Option<Picture> {
    let (statement, period) = outcomes(paper, Kind::CashFlow).into_iter().next()?;
    let column = statement.column(period, Measure::Actual)?;
    let amount = |line: usize| statement.interval(line, column).map(|interval| interval.middle);
    let opening = amount(statement.line(Concept::OpeningCash)?)?;
    let closing = amount(statement.line(Concept::ClosingCash)?)?;
    let level = Step {
        name: paper.say("Likvida medel vid årets början", "Opening cash").to_string(),
        amount: opening,
        step: What::Level,
    };
    let mut steps = vec![level];
    for (i, line) in statement.lines().iter().enumerate() {
        let apart = line.concept.is_some_and(|found| kinds::stands_apart(Kind::CashFlow, found.concept));
        let Some(amount) = amount(i).filter(|amount| line.role == Role::Line && !apart && !amount.is_zero()) else {
            continue;
        };
        steps.push(Step { name: line.label.clone(), amount, step: What::Change });
    }
    (2..=16).contains(&steps.len()).then(|| {
        close(paper, &mut steps, paper.say("Likvida medel vid årets slut", "Closing cash"), closing);
        drawn(paper, format!("{} {period}", paper.say("Kassaflöde", "Cash flow")), &steps)
    })
}

/// The closing figure, and before it what the steps leave unexplained.
fn close(paper: &Paper<'_>, steps: &mut Vec<Step>, name: &str, closing: Money) {
    let gap = closing - steps.iter().map(|step| step.amount).sum::<Money>();
    if !gap.is_zero() {
        let name = paper.say("Oförklarat", "Unexplained").to_string();
        steps.push(Step { name, amount: gap, step: What::Gap });
    }
    steps.push(Step { name: name.to_string(), amount: closing, step: What::Level });
}

const WIDTH: i64 = 720;
const ROW: i64 = 30;
const BAR: i64 = 18;
/// Where the bars begin, and how far they reach.
const LEFT: i64 = 320;
const LONG: i64 = 290;

fn drawn(paper: &Paper<'_>, title: String, steps: &[Step]) -> Picture {
    let mut level = Money::ZERO;
    let spans: Vec<(Money, Money)> = steps
        .iter()
        .map(|step| {
            let from = if step.step == What::Level { Money::ZERO } else { level };
            level = from + step.amount;
            (from, level)
        })
        .collect();
    let axis = Axis::holding(spans.iter().flat_map(|&(from, to)| [from, to]), LONG);
    let height = ROW * steps.len() as i64 + 8;
    let zero = LEFT + axis.at(Money::ZERO);
    let mut shapes = vec![path(format!("M{zero} 2V{}", height - 4), "axis")];
    for (i, (step, &(from, to))) in steps.iter().zip(&spans).enumerate() {
        let y = ROW * i as i64 + 6;
        let (start, end) = (LEFT + axis.at(from.min(to)), LEFT + axis.at(from.max(to)));
        let class = match step.step {
            What::Level => "level",
            What::Gap => "gap",
            What::Change if step.amount.is_negative() => "less",
            What::Change => "more",
        };
        let strong = if step.step == What::Level { "strong" } else { "" };
        shapes.push(letters(LEFT - 12, y + 14, "end", strong, cut(&step.name, 37)));
        shapes.push(rectangle(start, y, end - start, BAR, class));
        if i + 1 < steps.len() {
            let x = LEFT + axis.at(to);
            shapes.push(path(format!("M{x} {}v{}", y + BAR, ROW - BAR), "thread"));
        }
        shapes.push(letters(end + 8, y + 14, "start", strong, signed(step)));
    }
    let rows = steps.iter().map(|step| vec![step.name.clone(), signed(step)]).collect();
    let heads = vec![paper.say("Steg", "Step").to_string(), "kr".to_string()];
    let drawing = Drawing { width: WIDTH, height, markup: shapes };
    Picture { description: told(paper, steps), title, heads, rows, drawing }
}

fn signed(step: &Step) -> String {
    match step.step {
        What::Level => whole(step.amount),
        _ if step.amount.is_negative() => whole(step.amount),
        _ => format!("+{}", whole(step.amount)),
    }
}

fn told(paper: &Paper<'_>, steps: &[Step]) -> String {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return String::new() };
    let (from, to) = (whole(first.amount), whole(last.amount));
    let mut text = match paper.language {
        Language::Swedish => format!("Från {from} kr vid årets början till {to} kr vid årets slut."),
        Language::English => format!("From {from} kr at the beginning of the year to {to} kr at its end."),
    };
    if let Some(gap) = steps.iter().find(|step| step.step == What::Gap) {
        text.push_str(&match paper.language {
            Language::Swedish => format!(" {} kr förklaras inte av stegen.", whole(gap.amount)),
            Language::English => format!(" {} kr is not explained by the steps.", whole(gap.amount)),
        });
    }
    text
}
