use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Equity is not last year's equity plus the result of the year.
    ///
    /// A samordningsförbund has no owners who put in or take out equity, so the result is the only thing that moves it.
    ///
    /// What to do: a corrected opening balance must be explained in a note (RKR R12).
    "JF01" "equity-does-not-roll-forward" Error, Relations(relate),
    "Eget kapital är inte förra årets eget kapital plus årets resultat.

Ett samordningsförbund har inga ägare som skjuter till eller tar ut kapital, så bara resultatet ändrar det.

Gör så här: en rättad ingående balans ska förklaras i en not (RKR R12)."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::BalanceSheet, Concept::Equity, |own, period, measure| {
        let find = |concept, period| book.find(own, Kind::BalanceSheet, concept, period, measure);
        let result = find(Concept::Result, period)
            .or_else(|| book.find(own, Kind::IncomeStatement, Concept::Result, period, measure))?;
        Some(vec![(find(Concept::Equity, period.shifted(-1))?, 1), (result, 1)])
    })
}
