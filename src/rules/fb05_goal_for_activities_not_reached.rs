use super::lookup::newest_columns;
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::money::{Closeness, Interval, Money, Swedish};
use crate::profile::Share;
use crate::statement::Statement;
use crate::words::Concept;

rule! {
    /// The share of the costs that goes to insatser is less than the förbund's own goal.
    ///
    /// The settings file has the goal (`activities` below `[forbund.goals]`), such as at least 75 %. The share is that of the insatser in all
    /// costs of the same table, in its newest year. Tables that do not tell insatser from other costs cannot be tried.
    ///
    /// What to do: explain the outcome against the goal in the förvaltningsberättelse, or check which costs the goal counts.
    "FB05" "goal-for-activities-not-reached" Warning, Observations(observe),
    "Den andel av kostnaderna som går till insatser är mindre än förbundets eget mål.

I inställningsfilen står målet (`activities` under `[forbund.goals]`), till exempel minst 75 %. Andelen är insatsernas av alla kostnader i samma tabell, under dess senaste år. Tabeller som inte skiljer insatser från andra kostnader kan inte prövas.

Gör så här: förklara utfallet mot målet i förvaltningsberättelsen, eller kontrollera vilka kostnader målet räknar."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let Some(goal) = book.profile.goals.activities else { return observed };
    for statement in book.statements.iter().filter(|statement| statement.copy_of.is_none()) {
        let Some(costs) = statement.line(Concept::OperatingCosts) else { continue };
        let lines = activities(statement);
        if lines.is_empty() {
            continue;
        }
        for (column, _) in newest_columns(statement) {
            let Some(all) = statement.interval(costs, column).filter(|all| !all.middle.is_zero()) else {
                observed.untestable += 1;
                continue;
            };
            observed.tested += 1;
            observed.findings.extend(finding(statement, column, goal, (costs, all), &lines));
        }
    }
    observed
}

/// The line of all insatser, or those of their kinds.
fn activities(statement: &Statement) -> Vec<usize> {
    match statement.line(Concept::ActivityCosts) {
        Some(line) => vec![line],
        None => {
            let kinds = [Concept::IndividualActivities, Concept::StructuralActivities];
            let lines: Vec<usize> = kinds.into_iter().filter_map(|kind| statement.line(kind)).collect();
            if lines.len() == kinds.len() { lines } else { Vec::new() }
        }
    }
}

fn finding(
    statement: &Statement,
    column: usize,
    goal: Share,
    (costs, all): (usize, Interval),
    lines: &[usize],
) -> Option<Finding> {
    let amounts = lines.iter().filter_map(|line| statement.interval(*line, column));
    let own = amounts.fold(Interval::exact(Money::ZERO), |sum, amount| sum.plus(1, amount));
    let least = goal.interval_of(Interval { middle: all.middle.abs(), half: all.half });
    let own = Interval { middle: own.middle.abs(), half: own.half };
    if own.middle >= least.middle || own.closeness(least) != Closeness::Off {
        return None;
    }
    let period = statement.columns()[column].period;
    let year = period.map(|period| format!(" {period}")).unwrap_or_default();
    let part = (own.middle * Money::from(100)).divide(all.middle.abs())?.round(1);
    let (part, goal) = (Swedish(part), Swedish(goal.percent.value));
    let mut finding = Finding::new(
        RULE.code,
        RULE.severity,
        Text::new(
            format!("Till insatser går{year} {part} % av kostnaderna, men målet är minst {goal} %."),
            format!("Insatser have{year} {part} % of the costs, but the goal is at least {goal} %."),
        ),
    );
    finding.period = period;
    finding.cells = lines.iter().map(|line| (statement.table.at(*line, column), Role::Total)).collect();
    finding.cells.push((statement.table.at(costs, column), Role::Term));
    Some(finding)
}
