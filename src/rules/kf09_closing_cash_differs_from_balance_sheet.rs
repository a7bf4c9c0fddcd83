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
    let all = closing(book, &[Concept::CashAndBank, Concept::ShortTermInvestments]);
    let cash = closing(book, &[Concept::CashAndBank]);
    // Investments for longer than three months are no likvida medel: the definition that more columns follow counts.
    let held = |relations: &[Relation]| relations.iter().filter(|r| r.test().held()).count();
    if held(&cash) > held(&all) { cash } else { all }
}

/// Closing cash as the sum of those of the lines that the balance sheet has.
fn closing(book: &Book, concepts: &[Concept]) -> Vec<Relation> {
    ties(book, &RULE, Kind::CashFlow, Concept::ClosingCash, |own, period, measure| {
        let find = |concept: &Concept| book.find(own, Kind::BalanceSheet, *concept, period, measure);
        find(concepts.first()?)?;
        Some(concepts.iter().filter_map(find).map(|spot| (spot, 1)).collect())
    })
}
