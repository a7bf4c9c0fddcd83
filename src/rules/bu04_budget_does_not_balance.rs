use super::lookup::{own_columns, tie};
use super::rule;
use crate::book::{Book, Spot};
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// A budget without a result line has income and costs that do not cancel, though they do in its other years.
    ///
    /// The law asks for income above costs (FinsamL 21 §), with exceptions, so this is a question and no error.
    ///
    /// What to do: show the result of each year.
    "BU04" "budget-does-not-balance" Info, Relations(relate),
    "En budget utan resultatrad har intäkter och kostnader som inte tar ut varandra, fast de gör det för andra år.

Lagen kräver att intäkterna överstiger kostnaderna (21 § FinsamL), med undantag, så detta är en fråga och inget fel.

Gör så här: visa resultatet för varje år."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == Kind::Budget) {
        let results = [Concept::Result, Concept::OperatingResult, Concept::ResultAfterFinancial];
        let (Some(income), Some(costs)) =
            (statement.line(Concept::OperatingIncome), statement.line(Concept::OperatingCosts))
        else {
            continue;
        };
        if results.iter().any(|result| statement.line(*result).is_some()) {
            continue;
        }
        let columns = own_columns(statement).map(|(column, ..)| {
            let at = |line| Spot { statement: i, line, column };
            tie(book, &RULE, at(income), &[(at(costs), -statement.cost_sign)])
        });
        let columns: Vec<Relation> = columns.collect();
        if columns.iter().any(|relation| relation.test().held()) {
            relations.extend(columns);
        }
    }
    relations
}
