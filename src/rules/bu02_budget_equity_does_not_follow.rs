use super::carried::carried_over;
use super::lookup::ties;
use super::rule;
use crate::book::{Book, Spot};
use crate::period::Measure;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Budgeted equity is not last year's equity plus the budgeted result.
    ///
    /// The same holds for a result that a budget or a plan carries over from year to year; there it is claimed where it holds for one of the
    /// years.
    ///
    /// What to do: see whether the budgeted result or the budgeted equity was changed after the other.
    "BU02" "budget-equity-does-not-follow" Warning, Relations(relate),
    "Budgeterat eget kapital är inte förra årets eget kapital plus budgeterat resultat.

Detsamma gäller ett resultat som en budget eller plan för över från år till år; där prövas det om det stämmer för något av åren.

Gör så här: se om budgeterat resultat eller budgeterat eget kapital har ändrats efter det andra."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = ties(book, &RULE, Kind::Summary, Concept::Equity, |statement, period, measure| {
        if !matches!(measure, Measure::Budget | Measure::Forecast) {
            return None;
        }
        let column = statement.column(period, measure)?;
        let index = book.statements.iter().position(|other| std::ptr::eq(other, statement))?;
        let result = Spot { statement: index, line: statement.line(Concept::Result)?, column };
        book.interval(result)?;
        let own = statement.column(period.shifted(-1), Measure::Actual);
        let own =
            own.and_then(|column| Some(Spot { statement: index, line: statement.line(Concept::Equity)?, column }));
        let before = own.or_else(|| {
            book.find(statement, Kind::BalanceSheet, Concept::Equity, period.shifted(-1), Measure::Actual)
        })?;
        Some(vec![(before, 1), (result, 1)])
    });
    relations.retain(|relation| relation.result.figure.is_some());
    for (i, statement) in book.of_kind(Kind::Budget) {
        let carried = carried_over(book, &RULE, i, statement);
        if carried.iter().any(|relation| relation.test().held()) {
            relations.extend(carried);
        }
    }
    relations
}
