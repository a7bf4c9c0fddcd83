use super::lookup::{is_on_asset_side, sums};
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;

rule! {
    /// A total on the asset side of the balance sheet is not the sum of its parts.
    ///
    /// Form: LKBR 6 kap. 2 §. Fixed assets, current assets and their total, each subtotal on its own.
    ///
    /// What to do: look for a row that the sum leaves out, counts twice, or that stands under another total.
    "BR01" "assets-do-not-sum" Error, Relations(relate),
    "En summa på balansräkningens tillgångssida är inte summan av sina delar.

Uppställning: LKBR 6 kap. 2 §. Anläggningstillgångar, omsättningstillgångar och summa tillgångar prövas var för sig.

Gör så här: leta efter en rad som summan inte tar med, tar med två gånger, eller som hör till en annan summa."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::BalanceSheet, |statement, sum| is_on_asset_side(statement, sum.result))
}
