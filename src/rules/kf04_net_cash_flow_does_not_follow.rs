use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Årets kassaflöde is not the sum of the sections of the cash flow.
    ///
    /// What to do: compare it with the change of cash and bank in the balance sheet, and look at its sign.
    "KF04" "net-cash-flow-does-not-follow" Error, Relations(relate),
    "Årets kassaflöde är inte summan av kassaflödets delar.

Gör så här: jämför med förändringen av kassa och bank i balansräkningen, och se på tecknet."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::CashFlow, |statement, sum| {
        matches!(result_concept(statement, sum), Some(Concept::NetCashFlow))
    })
}
