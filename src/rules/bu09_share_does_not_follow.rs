use super::lookup::ratio;
use super::rule;
use crate::book::{Book, Spot};
use crate::relation::Relation;
use crate::statement::{Kind, Statement};
use crate::words;

rule! {
    /// A share that a table states is not the one of its totals divided by the other.
    ///
    /// *Andel insatser av totala kostnader*: which two totals are meant the other years show; a share that comes out in at least two years is
    /// expected in all.
    ///
    /// What to do: compute the share anew. Where the totals were changed late, see whether the text repeats the old share.
    "BU09" "share-does-not-follow" Warning, Relations(relate),
    "En andel som en tabell anger är inte den ena av dess summor delad med den andra.

*Andel insatser av totala kostnader*: vilka två summor som avses visar de andra åren; en andel som stämmer för minst två år väntas göra det för alla.

Gör så här: räkna om andelen. Om summorna ändrades sent, se om texten upprepar den gamla andelen."
}

/// In fewer columns two totals make a share by chance.
const ENOUGH: usize = 2;

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate() {
        if !matches!(statement.kind, Kind::Budget | Kind::Activities | Kind::IncomeStatement) {
            continue;
        }
        let lines = statement.lines().iter().enumerate();
        for (share, _) in lines.filter(|(_, line)| words::says_share(&line.label)) {
            relations.extend(shares(book, (i, statement), share));
        }
    }
    relations
}

/// The share of the two totals that make it in most columns; of several those that its label names.
fn shares(book: &Book, (i, statement): (usize, &Statement), share: usize) -> Vec<Relation> {
    let label = |line: usize| statement.lines()[line].label.as_str();
    let named = |total: usize| words::words_of_total_in(label(share), label(total));
    let totals: Vec<usize> = statement.sums.iter().map(|sum| sum.result).filter(|&line| line != share).collect();
    let mut best: ((usize, usize), Vec<Relation>) = Default::default();
    for &part in &totals {
        for &whole in totals.iter().filter(|&&whole| whole != part) {
            let of = |(column, _): (usize, _)| {
                let spot = |line| Spot { statement: i, line, column };
                ratio(book, &RULE, spot(share), spot(part), spot(whole))
            };
            let claimed: Vec<Relation> = statement.table.amount_columns().filter_map(of).collect();
            let held = claimed.iter().filter(|relation| relation.test().held()).count();
            let rank = (held, named(part) + named(whole));
            if held >= ENOUGH && rank > best.0 {
                best = (rank, claimed);
            }
        }
    }
    best.1
}
