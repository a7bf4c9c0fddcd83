use super::members::{self, members};
use super::{Observed, rule};
use crate::book::{Book, Spot};
use crate::finding::{Finding, Role, Text};
use crate::grid::At;
use crate::money::{Money, Swedish};
use crate::period::{Measure, Period};
use crate::profile::Step;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Equity is more than the settings call reasonable for the contributions of the year.
    ///
    /// The settings file has the steps (`[[forbund.equity]]`): from so many kronor of contributions a year, at most such a share of them.
    /// Nationella rådet has decided on a model of such steps; the program has none of its own. Budgets may use up equity that has become too
    /// large, which is why this is told.
    ///
    /// What to do: say in the förvaltningsberättelse how equity is to be brought down, or check the steps.
    "FB04" "equity-above-staircase" Info, Observations(observe),
    "Det egna kapitalet är större än vad inställningarna anger som rimligt för årets bidrag.

I inställningsfilen står trappan (`[[forbund.equity]]`): från så många kronor i bidrag per år, högst en sådan andel av dem. Nationella rådet har beslutat om en modell med sådana steg; programmet har inga egna. Ett eget kapital som har blivit för stort får tas i anspråk i budgeten, därför nämns det.

Gör så här: beskriv i förvaltningsberättelsen hur det egna kapitalet ska minska, eller kontrollera trappan."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    if book.profile.staircase.is_empty() {
        return observed;
    }
    let Some((equity, amount, period)) = equity(book) else {
        observed.untestable += 1;
        return observed;
    };
    let step = |contributions: Money| {
        let reached = book.profile.staircase.iter().filter(|step| step.from <= contributions);
        reached.max_by_key(|step| step.from).copied()
    };
    match contributions(book, period).and_then(|(cells, sum)| Some((cells, sum, step(sum)?))) {
        Some((cells, sum, step)) => {
            observed.tested += 1;
            observed.findings.extend(finding(book, equity, amount, (cells, sum), step, period));
        }
        None => observed.untestable += 1,
    }
    observed
}

/// Equity of the newest year that has an outcome, in kronor.
fn equity(book: &Book) -> Option<(Spot, Money, Period)> {
    let sheets = || book.of_kind(Kind::BalanceSheet).map(|(_, sheet)| sheet);
    let periods = sheets().flat_map(|sheet| sheet.columns().iter().filter_map(move |c| Some((c.period?, sheet))));
    let (newest, sheet) = periods.max_by_key(|(period, _)| *period)?;
    let spot = book.find(sheet, Kind::BalanceSheet, Concept::Equity, newest, Measure::Actual)?;
    Some((spot, book.interval(spot)?.middle, newest))
}

/// What the members gave in a year: the cells, and their sum in kronor.
fn contributions(book: &Book, period: Period) -> Option<(Vec<At>, Money)> {
    members::statements(book).find_map(|(_, statement)| {
        let column = statement.column(period, Measure::Actual)?;
        let members = members(statement, column)?;
        let cells = members.all().map(|line| statement.table.at(line, column)).collect();
        Some((cells, members.all().filter_map(|line| statement.interval(line, column)).map(|own| own.middle).sum()))
    })
}

fn finding(
    book: &Book,
    equity: Spot,
    amount: Money,
    (cells, sum): (Vec<At>, Money),
    step: Step,
    period: Period,
) -> Option<Finding> {
    let limit = step.most.of(sum);
    if amount <= limit {
        return None;
    }
    let statement = &book.statements[equity.statement];
    let (stated, expected) = (statement.written(amount), statement.written(limit));
    let (most, unit) = (Swedish(step.most.percent.value), statement.unit.code());
    let (stated_text, limit_text) = (Swedish(stated), Swedish(expected.round(stated.decimals())));
    let mut finding = Finding::new(
        RULE.code,
        RULE.severity,
        Text::new(
            format!(
                "Eget kapital {period} är {stated_text} {unit}, men högst {most} % av bidragen är {limit_text} {unit}."
            ),
            format!(
                "Equity {period} is {stated_text} {unit}, but at most {most} % of the contributions is {limit_text} {unit}."
            ),
        ),
    );
    finding.period = Some(period);
    finding.cells = vec![(book.at(equity), Role::Total)];
    finding.cells.extend(cells.into_iter().map(|at| (at, Role::Term)));
    Some(finding)
}
