use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Resultat efter finansiella poster is not the result above it plus financial income less financial costs.
    ///
    /// In the form before 2019 (KRL) taxes, grants and financial items all stand between net costs and this line.
    ///
    /// What to do: look for a financial line that is missing or has the wrong sign.
    "RR02" "result-after-financial-does-not-follow" Error, Relations(relate),
    "Resultat efter finansiella poster är inte resultatet ovanför plus finansiella intäkter minus finansiella kostnader.

I uppställningen före 2019 (KRL) står skatter, bidrag och finansposter tillsammans mellan nettokostnaden och den här raden.

Gör så här: leta efter en finansiell rad som saknas eller har fel tecken."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::IncomeStatement, |statement, sum| {
        matches!(result_concept(statement, sum), Some(Concept::FinancialNet | Concept::ResultAfterFinancial))
    })
}
