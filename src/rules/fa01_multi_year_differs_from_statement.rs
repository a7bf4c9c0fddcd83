use super::overview::repeats;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;

rule! {
    /// The multi-year overview has another figure than the statement of the same year.
    ///
    /// The overview of five years is a part of förvaltningsberättelsen (LKBR 11 kap.); its newest years repeat the statements.
    ///
    /// What to do: correct the overview; it is typed by hand more often than the statements are.
    "FA01" "multi-year-differs-from-statement" Error, Relations(relate),
    "Flerårsöversikten har ett annat belopp än räkningen för samma år.

Översikten är en del av förvaltningsberättelsen (LKBR 11 kap.); dess senaste år upprepar räkningarna.

Gör så här: rätta översikten; den skrivs oftare för hand än räkningarna."
}

fn relate(book: &Book) -> Vec<Relation> {
    repeats(book, &RULE, Kind::MultiYear)
}
