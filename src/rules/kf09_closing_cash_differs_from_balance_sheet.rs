use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Likvida medel vid årets slut is not cash and bank (with short-term investments) of the balance sheet.
    ///
    /// Likvida medel are cash, bank balances at disposal and short-term liquid investments (RKR 16.2, followed by R13).
    ///
    /// What to do: use the same definition in every column.
    "KF09" "closing-cash-differs-from-balance-sheet" Error, Relations(relate),
    "Likvida medel vid årets slut är inte balansräkningens kassa och bank (med kortfristiga placeringar).

Likvida medel är kassa, disponibla banktillgodohavanden och kortfristiga likvida placeringar (RKR 16.2, som R13 följer).

Gör så här: använd samma definition i alla kolumner."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::CashFlow, Concept::ClosingCash, |_, period, measure| {
        let find = |concept| book.find(Kind::BalanceSheet, concept, period, measure);
        let cash = (find(Concept::CashAndBank)?, 1);
        Some(std::iter::once(cash).chain(find(Concept::ShortTermInvestments).map(|spot| (spot, 1))).collect())
    })
}
