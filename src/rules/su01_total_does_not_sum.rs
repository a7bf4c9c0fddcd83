use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// A total of a table is not the sum of its rows.
    ///
    /// This is the rule for every table that has no form of its own: budgets, accounts of insatser, and tables of any kind. A row is a total
    /// because its label, a heading that it repeats, its place or the figures of the other columns say so; a sum that holds in one column is
    /// expected in the others.
    ///
    /// What to do: look for a row outside the range of the sum; rows added first or last in a block often are.
    "SU01" "total-does-not-sum" Error, Relations(relate),
    "En summa i en tabell är inte summan av sina rader.

Regeln gäller alla tabeller utan egen uppställningsform: budgetar, redovisning av insatser och andra tabeller. En rad är en summa därför att benämningen, rubriken som den upprepar, platsen eller de andra kolumnernas siffror säger det; en summa som stämmer i en kolumn väntas i de andra.

Gör så här: leta efter en rad utanför summans område; rader som lagts till först eller sist i ett block hamnar ofta där."
}

fn relate(book: &Book) -> Vec<Relation> {
    let sums_of = |kind| sums(book, &RULE, kind, |statement, sum| is_own(kind, result_concept(statement, sum)));
    KINDS.into_iter().flat_map(sums_of).collect()
}

const KINDS: [Kind; 7] = [
    Kind::Budget,
    Kind::Activities,
    Kind::Summary,
    Kind::MultiYear,
    Kind::IncomeStatement,
    Kind::BalanceRequirement,
    Kind::Other,
];

/// Whether no rule of the statement itself claims the sum.
fn is_own(kind: Kind, concept: Option<Concept>) -> bool {
    use Concept::*;
    let claimed: &[Concept] = match kind {
        Kind::Summary | Kind::MultiYear => &[Result],
        Kind::Budget => &[Result, OperatingResult, ResultAfterFinancial],
        Kind::IncomeStatement => &[NetCosts, OperatingResult, FinancialNet, ResultAfterFinancial, Result],
        _ => &[],
    };
    !concept.is_some_and(|concept| claimed.contains(&concept))
}
