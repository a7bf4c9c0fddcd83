use super::overview::repeats;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;

rule! {
    /// The economic summary has another figure than the statement that it repeats.
    ///
    /// Income, costs, result, equity and cash of a summary are those of the income statement and the balance sheet of the same year.
    ///
    /// What to do: correct the summary; a digit is easily mistyped there.
    "FA04" "summary-differs-from-statement" Warning, Relations(relate),
    "Den ekonomiska sammanfattningen har ett annat belopp än räkningen som den upprepar.

Sammanfattningens intäkter, kostnader, resultat, eget kapital och likvida medel är resultat- och balansräkningens för samma år.

Gör så här: rätta sammanfattningen; en siffra skrivs lätt fel där."
}

fn relate(book: &Book) -> Vec<Relation> {
    repeats(book, &RULE, Kind::Summary)
}
