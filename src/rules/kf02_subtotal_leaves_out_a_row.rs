use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Kassaflöde från den löpande verksamheten is not the funds from the activities plus the changes of working capital.
    ///
    /// A template that goes round adds only the changes of working capital and leaves out the funds above them; the line that follows
    /// adds them after all, so the last line comes right and nobody sees it. The row is false all the same: it says what the activities
    /// brought in.
    ///
    /// What to do: let the subtotal begin with *Medel från verksamheten*.
    "KF02" "subtotal-leaves-out-a-row" Error, Relations(relate),
    "Kassaflöde från den löpande verksamheten är inte medel från verksamheten plus förändringen av rörelsekapitalet.

En mall i omlopp summerar bara förändringarna av rörelsekapitalet och utelämnar medlen ovanför; raden efter tar ändå med dem, så slutraden blir rätt och ingen ser det. Raden är ändå fel: den säger vad verksamheten har gett i kassan.

Gör så här: låt delsumman börja med *Medel från verksamheten*."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::CashFlow, |statement, sum| {
        matches!(result_concept(statement, sum), Some(Concept::OperatingCashFlow))
    })
}
