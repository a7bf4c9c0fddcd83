use super::lookup::{is_on_asset_side, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;

rule! {
    /// A total on the equity and liabilities side of the balance sheet is not the sum of its parts.
    ///
    /// Form: LKBR 6 kap. 2 §. Rows that begin with *varav* or *därav* are parts of the row above and are not added.
    ///
    /// What to do: look for a row that the sum leaves out, counts twice, or that stands under another total.
    "BR02" "equity-and-liabilities-do-not-sum" Error, Relations(relate),
    "En summa på balansräkningens skuldsida är inte summan av sina delar.

Uppställning: LKBR 6 kap. 2 §. Rader som börjar med *varav* eller *därav* är delar av raden ovanför och räknas inte med.

Gör så här: leta efter en rad som summan inte tar med, tar med två gånger, eller som hör till en annan summa."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::BalanceSheet, |statement, sum| {
        // In a balance sheet of few lines the total assets stand where the parts would be; BR03 compares the two.
        let mut lines = std::iter::once(sum.result).chain(sum.terms.iter().map(|term| term.0));
        lines.all(|line| !is_on_asset_side(statement, line))
    })
}
