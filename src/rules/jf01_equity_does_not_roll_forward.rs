use super::carried::carried_over;
use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::relation::{Confidence, Relation};
use crate::statement::Kind;
use crate::words::{self, Concept};

rule! {
    /// Equity is not last year's equity plus the result of the year.
    ///
    /// A samordningsförbund has no owners who put in or take out equity, so the result is the only thing that moves it.
    ///
    /// In a table of several years it is claimed where most years follow. The equity of a group moves by more than its result, as
    /// when the group changes, and is left alone.
    ///
    /// What to do: a corrected opening balance must be explained in a note (RKR R12).
    "JF01" "equity-does-not-roll-forward" Error, Relations(relate),
    "Eget kapital är inte förra årets eget kapital plus årets resultat.

Ett samordningsförbund har inga ägare som skjuter till eller tar ut kapital, så bara resultatet ändrar det. I en flerårsöversikt prövas det där de flesta år följer. En koncerns egna kapital ändras av mer än resultatet, till exempel när koncernen ändras, och prövas inte.

Gör så här: en rättad ingående balans ska förklaras i en not (RKR R12)."
}

fn relate(book: &Book) -> Vec<Relation> {
    let ties = ties(book, &RULE, Kind::BalanceSheet, Concept::Equity, |own, period, measure| {
        // A budget begins with what is expected of the year before, not with that year's budget.
        if measure == Measure::Budget {
            return None;
        }
        let find = |concept, period| book.find(own, Kind::BalanceSheet, concept, period, measure);
        let result = find(Concept::Result, period)
            .or_else(|| book.find(own, Kind::IncomeStatement, Concept::Result, period, measure))?;
        Some(vec![(find(Concept::Equity, period.before())?, 1), (result, 1)])
    });
    let mut relations: Vec<Relation> = ties.into_iter().filter(|relation| !is_of_group(book, relation)).collect();
    for (i, statement) in book.of_kind(Kind::MultiYear) {
        let mut carried = carried_over(book, &RULE, i, statement);
        carried.iter_mut().for_each(|relation| relation.doubt(Confidence::LIKELY));
        if mostly_follow(&carried) {
            relations.extend(carried);
        }
    }
    relations
}

/// Whether the equity is that of a group, by its column or the title of its table.
fn is_of_group(book: &Book, relation: &Relation) -> bool {
    let statement = &book.statements[relation.table];
    let column = statement.columns().iter().find(|column| column.col == relation.result.at.col);
    let titles = statement.table.title.iter().chain(&statement.table.context).map(|title| title.text.as_str());
    let mut texts = column.into_iter().map(|column| column.header.as_str()).chain(titles);
    texts.any(words::says_group)
}

/// Whether most years follow, or all but those on both sides of one figure: what the one year lacks the next has too
/// much.
fn mostly_follow(carried: &[Relation]) -> bool {
    const FEWEST: usize = 2;
    let broken: Vec<&Relation> = carried.iter().filter(|relation| !relation.test().held()).collect();
    let held = carried.len() - broken.len();
    let off = |relation: &Relation| Some(relation.result.figure?.plus(-1, relation.expected()));
    let one_figure = match broken[..] {
        [one, other] => off(one)
            .zip(off(other))
            .is_some_and(|(one, other)| one.plus(1, other).closeness(Interval::exact(Money::ZERO)) != Closeness::Off),
        _ => false,
    };
    (held >= FEWEST && held > broken.len()) || (held > 0 && one_figure)
}
