use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
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
    sums(book, &RULE, Kind::MultiYear, |statement, sum| result_concept(statement, sum) == Some(Concept::Result))
}
