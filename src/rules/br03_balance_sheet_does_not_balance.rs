use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Total assets are not equal to total equity, provisions and liabilities.
    ///
    /// The gravest error that a balance sheet can have (LKBR 6 kap.). That it balances proves little: two errors can cancel.
    ///
    /// What to do: first mend the totals that do not sum (BR01, BR02); what is left is a figure that one side lacks.
    "BR03" "balance-sheet-does-not-balance" Error, Relations(relate),
    "Summa tillgångar är inte lika med summa eget kapital, avsättningar och skulder.

Det gravaste fel en balansräkning kan ha (LKBR 6 kap.). Att den balanserar bevisar däremot inte mycket: två fel kan ta ut varandra.

Gör så här: rätta först de summor som inte stämmer (BR01, BR02); det som är kvar är ett belopp som ena sidan saknar."
}

fn relate(book: &Book) -> Vec<Relation> {
    ties(book, &RULE, Kind::BalanceSheet, Concept::TotalAssets, |own, period, measure| {
        let side = |concept| book.find(own, Kind::BalanceSheet, concept, period, measure);
        Some(vec![(side(Concept::TotalEquityAndLiabilities)?, 1)])
    })
}
