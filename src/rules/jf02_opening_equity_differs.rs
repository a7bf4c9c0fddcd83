use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::period::Measure;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Equity before the result of the year is not last year's closing equity.
    ///
    /// What to do: take it from last year's signed balance sheet; a correction must be explained in a note (RKR R12).
    "JF02" "opening-equity-differs" Error, Relations(relate),
    "Eget kapital före årets resultat är inte förra årets utgående eget kapital.

Gör så här: hämta beloppet ur förra årets fastställda balansräkning; en rättelse ska förklaras i en not (RKR R12)."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::BalanceSheet, Concept::RetainedEquity, |statement, period, measure| {
        // Only where equity is retained equity and the result: with a reserve beside them the rest is split otherwise.
        let equity = statement.sum_of(statement.line(Concept::Equity)?)?;
        let is_part = |concept| {
            let line = statement.line(concept);
            line.is_some_and(|line| equity.terms.iter().any(|(term, _)| *term == line))
        };
        // A budget begins with what is expected of the year before, not with that year's budget.
        let split_in_two = equity.terms.len() == 2
            && is_part(Concept::RetainedEquity)
            && statement.line(Concept::Result).is_some()
            && measure != Measure::Budget;
        let before = book
            .find(statement, Kind::BalanceSheet, Concept::Equity, period.before(), measure)
            .filter(|_| split_in_two)?;
        Some(vec![(before, 1)])
    })
}
