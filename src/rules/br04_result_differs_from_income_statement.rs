use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Årets resultat in the balance sheet is another than in the income statement.
    ///
    /// Both are the same figure, in every year that is shown.
    ///
    /// What to do: see which of them agrees with the change of equity and with the cash flow.
    "BR04" "result-differs-from-income-statement" Error, Relations(relate),
    "Årets resultat i balansräkningen är ett annat än i resultaträkningen.

Båda är samma belopp, för varje år som visas.

Gör så här: se vilket av dem som stämmer med förändringen av eget kapital och med kassaflödet."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::BalanceSheet, Concept::Result, |own, period, measure| {
        Some(vec![(book.find(own, Kind::IncomeStatement, Concept::Result, period, measure)?, 1)])
    })
}
