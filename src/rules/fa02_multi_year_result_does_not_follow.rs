use super::lookup::{cost_coefficient, result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::money::Closeness;
use crate::period::Measure;
use crate::relation::{Operand, Relation};
use crate::statement::{Kind, kinds};
use crate::words::Concept;

rule! {
    /// In a year of the multi-year overview, income less costs is not the result.
    ///
    /// It may be right that a line is not shown (financial items); then the overview should say so.
    ///
    /// What to do: look in that year's report for financial items, or for a typing error.
    "FA02" "multi-year-result-does-not-follow" Warning, Relations(relate),
    "För ett år i flerårsöversikten är intäkter minus kostnader inte resultatet.

Det kan vara rätt om en rad inte visas (finansiella poster); då bör översikten säga det.

Gör så här: sök i det årets årsredovisning efter finansiella poster, eller efter ett skrivfel."
}

fn relate(book: &Book) -> Vec<Relation> {
    let sums =
        sums(book, &RULE, Kind::MultiYear, |statement, sum| result_concept(statement, sum) == Some(Concept::Result));
    let partial: Vec<usize> = sums.iter().filter(|sum| leaves_out(book, sum)).map(|sum| sum.table).collect();
    sums.into_iter().filter(|sum| !partial.contains(&sum.table)).collect()
}

/// Whether the income statement of the year has the same lines and the same difference between them: what the overview
/// does not show stands there, and a year without such items only happens to come out.
fn leaves_out(book: &Book, sum: &Relation) -> bool {
    let statement = &book.statements[sum.table];
    let there = |operand: &Operand| {
        let line = statement.lines().iter().position(|line| line.row == operand.at.row)?;
        let concept = statement.lines()[line].concept?.concept;
        let spot = book.find(statement, Kind::IncomeStatement, concept, sum.period?, Measure::Actual)?;
        let sign = cost_coefficient(statement, &book.statements[spot.statement], kinds::is_cost(concept));
        Some(book.operand(spot, sign * operand.coefficient))
    };
    let (Some(result), Some(terms)) = (there(&sum.result), sum.terms.iter().map(there).collect::<Option<Vec<_>>>())
    else {
        return false;
    };
    let gap = |relation: &Relation| {
        let stated = relation.result.figure?;
        Some(relation.expected().plus(-relation.result.coefficient, stated))
    };
    let same = Relation { result, terms, ..sum.clone() };
    let (Some(own), Some(its)) = (gap(sum), gap(&same)) else { return false };
    !sum.test().held() && own.closeness(its) != Closeness::Off
}
