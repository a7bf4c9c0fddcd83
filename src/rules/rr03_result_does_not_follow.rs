use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Årets resultat is not what the lines above it give.
    ///
    /// The last line of the income statement is the result after financial items plus extraordinary items. It returns in the balance
    /// sheet, the cash flow and the multi-year table, so an error here goes on.
    ///
    /// What to do: check the lines since the last subtotal.
    "RR03" "result-does-not-follow" Error, Relations(relate),
    "Årets resultat är inte vad raderna ovanför ger.

Resultaträkningens sista rad är resultatet efter finansiella poster plus extraordinära poster. Den kommer igen i balansräkningen, kassaflödet och flerårsöversikten, så ett fel här följer med.

Gör så här: kontrollera raderna sedan förra delsumman."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::IncomeStatement, |statement, sum| {
        matches!(result_concept(statement, sum), Some(Concept::Result))
    })
}
