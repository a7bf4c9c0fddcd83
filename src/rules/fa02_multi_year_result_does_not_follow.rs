use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::{Kind, Statement, kinds};
use crate::words::Concept;

rule! {
    /// In a year of the multi-year overview, income less costs is not the result.
    ///
    /// It may be right that a line is not shown (financial items); then the overview should say so. Where the income statement has such lines, it is not
    /// tested.
    ///
    /// What to do: look in that year's report for financial items, or for a typing error.
    "FA02" "multi-year-result-does-not-follow" Warning, Relations(relate),
    "För ett år i flerårsöversikten är intäkter minus kostnader inte resultatet.

Det kan vara rätt om en rad inte visas (finansiella poster); då bör översikten säga det. Har resultaträkningen sådana rader prövas det inte.

Gör så här: sök i det årets årsredovisning efter finansiella poster, eller efter ett skrivfel."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::MultiYear, |statement, sum| {
        result_concept(statement, sum) == Some(Concept::Result) && !leaves_out_lines(book, statement)
    })
}

/// Whether an income statement of the book has lines between the costs and the result that the overview does not show.
fn leaves_out_lines(book: &Book, overview: &Statement) -> bool {
    let is_between = |concept: Concept| concept == Concept::Depreciation || kinds::is_financial(concept);
    let statements = book.statements.iter().filter(|statement| statement.kind == Kind::IncomeStatement);
    statements.into_iter().any(|statement| {
        let has_amount = |line: usize| {
            let mut columns = statement.table.amount_columns();
            columns.any(|(column, _)| statement.amount(line, column).is_some_and(|amount| !amount.value.is_zero()))
        };
        let mut between = statement.lines().iter().enumerate().filter_map(|(line, found)| {
            found.concept.map(|found| found.concept).filter(|&concept| is_between(concept) && has_amount(line))
        });
        between.any(|concept| overview.line(concept).is_none())
    })
}
