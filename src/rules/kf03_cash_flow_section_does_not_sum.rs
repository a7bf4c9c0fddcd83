use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// The cash flow of investments, of financing or of another section is not the sum of its rows.
    ///
    /// Form: RKR R13; investments and financing are shown gross.
    ///
    /// What to do: check signs first: a purchase and an amortisation are negative.
    "KF03" "cash-flow-section-does-not-sum" Error, Relations(relate),
    "Kassaflödet från investeringar, finansiering eller en annan del är inte summan av sina rader.

Uppställning: RKR R13; investeringar och finansiering visas brutto.

Gör så här: kontrollera tecknen först: ett inköp och en amortering är negativa."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::CashFlow, |statement, sum| {
        use Concept::*;
        let own = [BeforeWorkingCapital, OperatingCashFlow, NetCashFlow, CashControl, ClosingCash];
        result_concept(statement, sum).is_none_or(|concept| !own.contains(&concept))
    })
}
