use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::money::{Money, Unit};
use crate::period::Measure;
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
    let sums =
        sums(book, &RULE, Kind::Summary, |statement, sum| result_concept(statement, sum) == Some(Concept::Result));
    sums.into_iter().filter(|relation| !is_rounded_away(book, relation)).collect()
}

/// A small item that the table does not show may hide in the rounding of outcome and of budget, and come to light in
/// their variance: that is off by the rounding of all three columns, and no one's slip.
fn is_rounded_away(book: &Book, relation: &Relation) -> bool {
    let statement = &book.statements[relation.table];
    let column = statement.columns().iter().find(|column| column.col == relation.result.at.col);
    let (Some(stated), true) =
        (relation.result.figure, column.is_some_and(|column| column.measure == Some(Measure::Variance)))
    else {
        return false;
    };
    let expected = relation.expected();
    let off = (stated.middle - expected.middle).abs();
    relation.unit != Unit::Kronor && off <= Money::from(3) * (stated.half + expected.half)
}
