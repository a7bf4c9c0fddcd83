use super::lookup::sums;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;

rule! {
    /// A note's total is not the sum of its rows.
    ///
    /// Each column of each note is added. A note whose last row has no word for a total is one where the figures show it.
    ///
    /// What to do: look for a row that is missing, counted twice, or in the wrong year.
    "NO01" "note-does-not-sum" Error, Relations(relate),
    "Notens summa är inte summan av dess rader.

Varje kolumn i varje not räknas om. En not vars sista rad saknar summaord räknas som summa där siffrorna visar det.

Gör så här: leta efter en rad som saknas, räknas två gånger eller står på fel år."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::Note, |_, _| true)
}
