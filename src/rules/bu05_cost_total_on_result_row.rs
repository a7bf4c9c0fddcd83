use super::lookup::{claim, leaves};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Finding, Role, Slip, Text};
use crate::money::{Closeness, Interval, Money};
use crate::relation::Kind as RelationKind;
use crate::statement::{Kind, Statement};
use crate::words::Concept;

rule! {
    /// A column without subtotals has the total of its costs on the row of the result.
    ///
    /// The reader takes it for a surplus of that size; as a result it would have the other sign.
    ///
    /// What to do: put the amount on the row of the costs' total and let the result be what it is.
    "BU05" "cost-total-on-result-row" Warning, Observations(observe),
    "En kolumn utan delsummor har kostnadernas summa på resultatets rad.

Läsaren tar den för ett överskott av den storleken; som resultat skulle den ha omvänt tecken.

Gör så här: sätt beloppet på raden för kostnadernas summa och låt resultatet vara vad det är."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for (i, statement) in book.of_kind(Kind::Budget) {
        let (Some(result), Some(costs)) = (statement.line(Concept::Result), statement.line(Concept::OperatingCosts))
        else {
            observed.untestable += 1;
            continue;
        };
        for (column, about) in statement.table.amount_columns() {
            // Only where the column has no total of costs of its own can the result's row have taken it.
            if statement.interval(costs, column).is_some() {
                continue;
            }
            let Some(stated) = statement.interval(result, column).filter(|stated| !stated.middle.is_zero()) else {
                continue;
            };
            observed.tested += 1;
            if let Some(terms) = cost_terms(statement, costs, column, stated) {
                let label = &statement.lines()[result].label;
                let message = Text::new(
                    format!("{label}: beloppet är summan av kolumnens kostnader, inte ett resultat."),
                    format!("{label}: the amount is the total of the column's costs, not a result."),
                );
                let mut finding = Finding::new(RULE.code, RULE.severity, message.clone());
                let at = statement.table.at(result, column);
                (finding.period, finding.unit, finding.suspect) = (about.period, Some(statement.unit), Some(at));
                finding.stated = statement.amount(result, column).map(|amount| amount.value);
                finding.expected = finding.stated.map(|stated| -stated);
                finding.cells = vec![(at, Role::Total)];
                finding.cells.extend(terms.iter().map(|&line| (statement.table.at(line, column), Role::Term)));
                finding.causes.push(Cause { slip: Slip::WrongRow, text: message, edits: Vec::new() });
                observed.findings.push(finding);
                // What the amount is, is an equation that holds, wherever it stands.
                let terms = terms.into_iter().map(|line| statement.in_sum(line, column, 1)).collect();
                let operands = (statement.in_sum(result, column, 1), terms);
                observed.relations.push(claim(&RULE, (i, statement), column, RelationKind::Sum, operands));
            }
        }
    }
    observed
}

/// The cost lines of the column, where at least two of them add up to the stated figure.
fn cost_terms(statement: &Statement, costs: usize, column: usize, stated: Interval) -> Option<Vec<usize>> {
    let lines = leaves(statement, costs);
    let terms: Vec<usize> = lines.into_iter().filter(|&line| statement.interval(line, column).is_some()).collect();
    let figures = terms.iter().filter_map(|&line| statement.interval(line, column));
    let sum = figures.fold(Interval::exact(Money::ZERO), |sum, figure| sum.plus(1, figure));
    (terms.len() >= 2 && stated.closeness(sum) != Closeness::Off).then_some(terms)
}
