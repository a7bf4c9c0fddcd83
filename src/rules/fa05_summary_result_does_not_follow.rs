use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// In a column of the economic summary, income less costs is not the result.
    ///
    /// Each column is tested by itself: outcome, budget, and last year.
    ///
    /// What to do: see which of the three figures agrees with the other columns and with the statements.
    "FA05" "summary-result-does-not-follow" Warning, Relations(relate),
    "I en kolumn i den ekonomiska sammanfattningen är intäkter minus kostnader inte resultatet.

Varje kolumn prövas för sig: utfall, budget och föregående år.

Gör så här: se vilket av de tre beloppen som stämmer med de andra kolumnerna och med räkningarna."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::Summary, |statement, sum| result_concept(statement, sum) == Some(Concept::Result))
}
