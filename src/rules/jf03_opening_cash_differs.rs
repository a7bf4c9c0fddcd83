use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Opening cash is not last year's closing cash.
    ///
    /// What to do: take it from last year's column or last year's report.
    "JF03" "opening-cash-differs" Error, Relations(relate),
    "Likvida medel vid årets början är inte förra årets likvida medel vid årets slut.

Gör så här: hämta beloppet ur förra årets kolumn eller förra årets årsredovisning."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::CashFlow, Concept::OpeningCash, |own, period, measure| {
        Some(vec![(book.find(own, Kind::CashFlow, Concept::ClosingCash, period.before(), measure)?, 1)])
    })
}
