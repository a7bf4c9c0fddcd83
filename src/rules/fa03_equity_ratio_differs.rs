use super::lookup::{own_columns, ratio};
use super::rule;
use crate::book::{Book, Spot};
use crate::period::Measure;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Soliditet is not equity divided by total assets.
    ///
    /// Written as a part of one (0,60) or in per cent (60 %), to the printed digits.
    ///
    /// What to do: compute it anew from the balance sheet. Where pension obligations outside the balance sheet are counted in, say so.
    "FA03" "equity-ratio-differs" Warning, Relations(relate),
    "Soliditeten är inte eget kapital delat med summa tillgångar.

Den kan vara skriven som andel (0,60) eller i procent (60 %), och prövas till de skrivna siffrorna.

Gör så här: räkna om den från balansräkningen. Om pensionsförpliktelser utanför balansräkningen räknas in, skriv det."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, short) in
        book.statements.iter().enumerate().filter(|(_, s)| matches!(s.kind, Kind::MultiYear | Kind::Summary))
    {
        let Some(line) = short.line(Concept::EquityRatio) else { continue };
        for (column, period, measure) in own_columns(short).filter(|(_, _, measure)| *measure == Measure::Actual) {
            // Without a balance sheet the overview's own lines say what the ratio is of.
            let own = |concept| Some(Spot { statement: i, line: short.line(concept)?, column });
            let there = |concept| book.find(short, Kind::BalanceSheet, concept, period, measure);
            let find = |concept| there(concept).or_else(|| own(concept));
            let (Some(equity), Some(assets)) = (find(Concept::Equity), find(Concept::TotalAssets)) else { continue };
            relations.extend(ratio(book, &RULE, Spot { statement: i, line, column }, equity, assets));
        }
    }
    relations
}
