use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Medel från verksamheten före förändring av rörelsekapital is not the result plus what does not move cash.
    ///
    /// Form: RKR R13, indirect method: the result, depreciation and other items without cash flow.
    ///
    /// What to do: compare the result with the income statement and the adjustments with depreciation and provisions.
    "KF01" "funds-before-working-capital-do-not-follow" Error, Relations(relate),
    "Medel från verksamheten före förändring av rörelsekapital är inte resultatet plus det som inte påverkar likviditeten.

Uppställning: RKR R13, indirekt metod: årets resultat, avskrivningar och övriga ej likviditetspåverkande poster.

Gör så här: jämför resultatet med resultaträkningen och justeringarna med avskrivningar och avsättningar."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::CashFlow, |statement, sum| {
        matches!(result_concept(statement, sum), Some(Concept::BeforeWorkingCapital))
    })
}
