use super::lookup::leaves;
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::grid::At;
use crate::statement::{Kind, Statement};
use crate::words::Concept;

rule! {
    /// Opening equity is counted among the income of a budget that shows a result.
    ///
    /// Equity that is carried over pays for costs but is no income of the year (FinsamL 21 §, KL 11 kap.): the result shown is better than
    /// the budget is.
    ///
    /// What to do: show it below the result, as financing.
    "BU07" "equity-counted-as-income" Warning, Observations(observe),
    "Ingående eget kapital räknas som intäkt i en budget som visar ett resultat.

Överfört kapital betalar kostnader men är ingen intäkt för året (21 § FinsamL, 11 kap. KL): resultatet som visas är bättre än budgeten är.

Gör så här: visa det under resultatet, som finansiering."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for (_, statement) in book.of_kind(Kind::Budget) {
        let Some(result) = statement.line(Concept::Result).or_else(|| statement.line(Concept::OperatingResult)) else {
            observed.untestable += 1;
            continue;
        };
        observed.tested += 1;
        let cells = equity_in(statement, result);
        let Some((first, _)) = cells.first() else { continue };
        let label = &statement.lines()[result].label;
        let message = Text::new(
            format!("Ingående eget kapital är räknat som intäkt: raden {label} visar ett bättre resultat än året ger."),
            format!("Opening equity is counted as income: the row {label} shows a better result than the year gives."),
        );
        let mut finding = Finding::new(RULE.code, RULE.severity, message);
        finding.suspect = Some(*first);
        finding.cells = cells;
        observed.findings.push(finding);
    }
    observed
}

/// The labels and amounts of carried-over equity among what the result adds.
fn equity_in(statement: &Statement, result: usize) -> Vec<(At, Role)> {
    let is_equity = |line: &usize| {
        statement.lines()[*line].concept.is_some_and(|found| found.concept == Concept::OpeningEquityAsIncome)
    };
    let mut cells = Vec::new();
    for line in leaves(statement, result).into_iter().filter(is_equity) {
        let figures: Vec<At> = (0..statement.columns().len())
            .filter(|&column| statement.amount(line, column).is_some_and(|amount| !amount.value.is_zero()))
            .map(|column| statement.table.at(line, column))
            .collect();
        if !figures.is_empty() {
            cells.push((statement.lines()[line].at, Role::Label));
            cells.extend(figures.into_iter().map(|at| (at, Role::Term)));
        }
    }
    cells
}
