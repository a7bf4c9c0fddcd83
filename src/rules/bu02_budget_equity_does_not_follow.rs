use super::lookup::{tie, ties};
use super::rule;
use crate::book::{Book, Spot};
use crate::period::Measure;
use crate::relation::Relation;
use crate::statement::{Kind, Statement};
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
        let carried = carried_over(book, i, statement).unwrap_or_default();
        if carried.iter().any(|relation| relation.test().held()) {
            relations.extend(carried);
        }
    }
    relations
}

/// What is carried over in each year as that of the year before and the year's own result.
fn carried_over(book: &Book, i: usize, statement: &Statement) -> Option<Vec<Relation>> {
    let line = [Concept::AccumulatedResult, Concept::Equity].into_iter().find_map(|concept| statement.line(concept))?;
    let results = [Concept::Result, Concept::ResultAfterFinancial, Concept::OperatingResult];
    let result = results.into_iter().find_map(|concept| statement.line(concept))?;
    let columns: Vec<_> = statement.table.amount_columns().collect();
    let stated = |column: usize| book.interval(Spot { statement: i, line, column }).is_some();
    let relation = |&(column, about): &(usize, &crate::table::Column)| {
        let period = about.period.filter(|_| stated(column) && about.measure != Some(Measure::Variance))?;
        let before = columns.iter().filter(|(other, its)| {
            its.period == Some(period.shifted(-1)) && its.entity == about.entity && stated(*other)
        });
        let (before, _) = before.min_by_key(|(other, _)| other.abs_diff(column))?;
        let spot = |line, column| Spot { statement: i, line, column };
        book.interval(spot(result, column))?;
        Some(tie(book, &RULE, spot(line, column), &[(spot(line, *before), 1), (spot(result, column), 1)]))
    };
    Some(columns.iter().filter_map(relation).collect())
}
