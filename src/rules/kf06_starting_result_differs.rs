use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// The cash flow does not begin with the result of the income statement.
    ///
    /// What to do: if it begins with another result (before extraordinary items, say), name it so.
    "KF06" "starting-result-differs" Error, Relations(relate),
    "Kassaflödet börjar inte med resultaträkningens resultat.

Gör så här: om det börjar med ett annat resultat (till exempel före extraordinära poster), kalla raden det."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::CashFlow, Concept::Result, |own, period, measure| {
        Some(vec![(book.find(own, Kind::IncomeStatement, Concept::Result, period, measure)?, 1)])
    })
}
