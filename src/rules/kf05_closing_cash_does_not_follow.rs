use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Likvida medel vid årets slut is not the opening cash plus the cash flow of the year.
    ///
    /// Where it holds with the sign of the cash flow turned, the sign is the error.
    ///
    /// What to do: take closing cash from the balance sheet and work upwards.
    "KF05" "closing-cash-does-not-follow" Error, Relations(relate),
    "Likvida medel vid årets slut är inte ingående likvida medel plus årets kassaflöde.

Om det stämmer med omvänt tecken på årets kassaflöde är tecknet felet.

Gör så här: utgå från kassa och bank i balansräkningen och räkna uppåt."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::CashFlow, |statement, sum| {
        matches!(result_concept(statement, sum), Some(Concept::ClosingCash))
    })
}
