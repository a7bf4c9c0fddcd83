use super::lookup::ratio;
use super::rule;
use crate::book::{Book, Spot};
use crate::period::{Measure, Period};
use crate::relation::Relation;
use crate::statement::{Kind, Statement};
use crate::table::Column;
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

/// The columns of outcome, and those of nothing but percentages, which tell of it.
fn outcomes(short: &Statement) -> impl Iterator<Item = (usize, Period)> {
    let columns = short.columns().iter().enumerate();
    let tells = |column: &Column| matches!(column.measure, Some(Measure::Actual | Measure::Share));
    columns
        .filter(move |(_, column)| tells(column) && short.is_of_body(column))
        .filter_map(|(i, c)| Some((i, c.period?)))
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    let shows = |kind| matches!(kind, Kind::MultiYear | Kind::Summary | Kind::BalanceSheet);
    for (i, short) in book.statements.iter().enumerate().filter(|(_, s)| shows(s.kind)) {
        let Some(line) = short.line(Concept::EquityRatio) else { continue };
        for (column, period) in outcomes(short) {
            let measure = Measure::Actual;
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
