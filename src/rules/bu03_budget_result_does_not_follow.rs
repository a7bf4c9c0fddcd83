use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// The result of a budget is not its income less its costs.
    ///
    /// A budget in sections (income, personnel, other costs, insatser) ends with a result. Which sign costs have is found from the table.
    ///
    /// What to do: look first at the subtotals of the column; a row added late is often outside the range of a sum.
    "BU03" "budget-result-does-not-follow" Error, Relations(relate),
    "Budgetens resultat är inte dess intäkter minus dess kostnader.

En budget i avsnitt (intäkter, personal, övriga kostnader, insatser) slutar med ett resultat. Vilket tecken kostnader har läses ur tabellen.

Gör så här: se först på kolumnens delsummor; en rad som lagts till sent ligger ofta utanför en summas område."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::Budget, |statement, sum| {
        matches!(
            result_concept(statement, sum),
            Some(Concept::Result | Concept::OperatingResult | Concept::ResultAfterFinancial)
        )
    })
}
