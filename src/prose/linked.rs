//! Amounts that tell of one thing, one after the other: of this year and the one before, of outcome and budget, and
//! how far they are apart. Where one of them is a figure of a table, the others speak of the same row.

use super::candidates::{self, Around};
use super::clause::Mention;
use super::places::{Expected, Place, places};
use super::rows::Rows;
use super::ties::{Found, Verdict, judge};
use crate::book::Book;
use crate::money::Money;

/// Ties those of a text's amounts that are tied to nothing yet by those of the same thing that agree with its row.
pub fn complete(book: &Book, rows: &Rows, told: &mut [(&Mention, Option<Found>)], around: &Around<'_>) {
    let mut start = 0;
    while start < told.len() {
        let length = length(told, start);
        let run = &mut told[start..start + length];
        start += length;
        let change = run[0].0.base().is_some();
        if run.iter().any(|(_, found)| found.is_none()) && (run.len() > 1 || change) {
            tie(book, rows, run, around);
        }
    }
}

/// How many amounts in a row tell of the same thing.
fn length(told: &[(&Mention, Option<Found>)], start: usize) -> usize {
    let first = told[start].0;
    // `Det är en ökning` speaks of the sentence before, where that speaks of one thing only.
    let alone = first.first || first.together;
    let goes_on = |next: &Mention| {
        let anew = next.own || (next.together && !next.first);
        if anew { same_thing(first, next) } else { !next.first || alone }
    };
    1 + told[start + 1..].iter().take_while(|(next, _)| goes_on(next)).count()
}

/// Whether a clause with words of its own still tells of the same.
fn same_thing(first: &Mention, next: &Mention) -> bool {
    let group = next.group.is_none() || next.group == first.group;
    let named = next.named.is_empty() || next.named == first.named;
    let of_one = first.spoken == next.spoken && first.payer == next.payer;
    !first.spoken.is_empty() && of_one && named && group
}

fn tie(book: &Book, rows: &Rows, run: &mut [(&Mention, Option<Found>)], around: &Around<'_>) {
    let first = run[0].0;
    let places = places(book, candidates::lines(book, rows, first, around), first);
    let scored: Vec<Scored> = places.iter().map(|place| score(book, place, run, around)).collect();
    if let [(mention, found)] = run {
        *found = lone(mention, &scored);
        return;
    }
    let most = scored.iter().map(|scored| scored.agreeing).max().unwrap_or_default();
    let best: Vec<&Scored> = scored.iter().filter(|scored| scored.agreeing == most && most > 0).collect();
    for (i, (mention, found)) in run.iter_mut().enumerate().filter(|(_, (_, found))| found.is_none()) {
        let mut expected = best.iter().filter_map(|scored| scored.expected[i].as_ref());
        let Some(one) = expected.clone().find(|expected| expected.agrees).or_else(|| expected.next()) else { continue };
        let sure = best.iter().all(|scored| scored.expected[i].is_some());
        *found = if one.agrees { Some(one.found(Verdict::Agrees)) } else { wrong(mention, one).filter(|_| sure) };
    }
}

/// What a row says that each amount of a run should be, and how many of them it makes likely.
struct Scored {
    rank: usize,
    agreeing: usize,
    expected: Vec<Option<Expected>>,
}

fn score(book: &Book, place: &Place, run: &[(&Mention, Option<Found>)], around: &Around<'_>) -> Scored {
    let first = run[0].0;
    let expected: Vec<_> = run.iter().map(|(mention, _)| place.expected(book, mention, first, around)).collect();
    let tells = |(i, expected): &(usize, &Option<Expected>)| {
        expected.as_ref().is_some_and(|expected| expected.agrees) && is_telling(run[*i].0)
    };
    Scored { rank: place.row.rank, agreeing: expected.iter().enumerate().filter(tells).count(), expected }
}

/// A change that nothing else is told beside: wrong only by a slip, of the one row that the words name.
fn lone(mention: &Mention, scored: &[Scored]) -> Option<Found> {
    let all = || scored.iter().filter_map(|scored| Some((scored.rank, scored.expected.first()?.as_ref()?)));
    if let Some((_, agreeing)) = all().find(|(_, expected)| expected.agrees) {
        return Some(agreeing.found(Verdict::Agrees));
    }
    let (rank, expected) = all().next()?;
    let alone = all().all(|(other, another)| other > rank || another.value.middle == expected.value.middle);
    let found = wrong(mention, expected).filter(|_| alone && !mention.limited && mention.spoken.len() == 1)?;
    matches!(found.verdict, Verdict::Digit(_) | Verdict::Unit(_)).then_some(found)
}

/// Whether an amount is so exact that it is seldom the same as a cell by chance.
pub fn is_telling(mention: &Mention) -> bool {
    let said = mention.precision.interval(&mention.figure, mention.figure.unit.unwrap_or_default());
    let parts = if mention.limited { 200 } else { 20 };
    said.half * Money::from(parts) <= said.middle.abs()
}

/// What is wrong with an amount that another one of the same thing contradicts.
fn wrong(mention: &Mention, expected: &Expected) -> Option<Found> {
    let says = mention.sure && mention.figure.unit.is_some() && expected.explicit;
    let verdict = judge(mention, expected.value);
    let change = !mention.is_level() && verdict == Verdict::Rounded;
    (says && !change && !expected.value.middle.is_zero()).then(|| expected.found(verdict))
}
