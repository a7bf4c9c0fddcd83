use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// The change of current liabilities in the cash flow is not that of the balance sheet.
    ///
    /// More liabilities give cash, so the row is this year's current liabilities less last year's.
    ///
    /// What to do: look at which year's balance has changed; the short-term part of a loan belongs to financing.
    "KF08" "change-in-liabilities-differs" Warning, Relations(relate),
    "Förändringen av kortfristiga skulder i kassaflödet är inte den i balansräkningen.

Större skulder ger likviditet, så raden är årets kortfristiga skulder minus förra årets.

Gör så här: se vilket års balans som har ändrats; den kortfristiga delen av ett lån hör till finansieringen."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::CashFlow, Concept::ChangeInLiabilities, |own, period, measure| {
        let total = |period| {
            let find = |concept| book.find(own, Kind::BalanceSheet, concept, period, measure);
            find(Concept::CurrentLiabilities).or_else(|| find(Concept::Liabilities))
        };
        Some(vec![(total(period)?, 1), (total(period.before())?, -1)])
    })
}
