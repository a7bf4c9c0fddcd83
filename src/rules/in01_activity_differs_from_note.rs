use super::activities::pairs;
use super::lookup::tie;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;

rule! {
    /// The account of an insats has another cost than the note of costs.
    ///
    /// Redovisning av insatser and the note specify the same costs; a difference means that one of them was cut at another date, or that costs
    /// stand on another row (administration, rent) in one of them.
    ///
    /// What to do: decide which costs belong to the insats and use them in both, or explain the difference.
    "IN01" "activity-differs-from-note" Warning, Relations(relate),
    "Redovisningen av en insats har en annan kostnad än kostnadsnoten.

Redovisningen av insatser och noten specificerar samma kostnader; en skillnad betyder att den ena är avgränsad vid ett annat datum, eller att kostnader står på en annan rad (administration, hyra) i den ena.

Gör så här: bestäm vilka kostnader som hör till insatsen och använd dem i båda, eller förklara skillnaden."
}

fn relate(book: &Book) -> Vec<Relation> {
    pairs(book).into_iter().map(|(own, note, sign)| tie(book, &RULE, own, &[(note, sign)])).collect()
}
