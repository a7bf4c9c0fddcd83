//! Amounts that tell of one thing, one after the other: of this year and the one before, of outcome and budget, and
//! how far they are apart. Where one of them is a figure of a table, the others speak of the same row.

use super::candidates::{self, Around, Named};
use super::clause::Mention;
use super::rows::Rows;
use super::ties::{Found, Verdict, compare, judge};
use super::told::Base;
use super::when::When;
use crate::book::{Book, Spot};
use crate::money::{Closeness, Interval, Money};
use crate::period::{Measure, Period};
use crate::statement::Kind;
use crate::table::Column;

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

/// A row of a table in the columns of one body.
struct Place<'b> {
    row: Named,
    entity: Option<&'b str>,
}

/// The rows that the first amount may be of, each with the bodies that it may be of.
fn places<'b>(book: &'b Book, rows: Vec<Named>, first: &Mention) -> Vec<Place<'b>> {
    let mut places = Vec::new();
    for row in rows {
        let s = &book.statements[row.statement];
        let own = |column: &Column| candidates::whose(s, column, first.group) != Some(false);
        let columns = s.table.amount_columns().filter(|(_, column)| own(column));
        let mut entities: Vec<Option<&str>> = columns.map(|(_, column)| column.entity.as_deref()).collect();
        entities.sort_unstable();
        entities.dedup();
        places.extend(entities.into_iter().map(|entity| Place { row, entity }));
    }
    places
}

/// What a row says an amount should be.
struct Expected {
    spots: Vec<Spot>,
    less: Vec<Spot>,
    value: Interval,
    coefficient: i32,
    agrees: bool,
    /// The words leave no other cell of the row.
    explicit: bool,
}

impl Expected {
    fn found(&self, verdict: Verdict) -> Found {
        Found { spots: self.spots.clone(), less: self.less.clone(), coefficient: self.coefficient, verdict }
    }
}

impl Place<'_> {
    fn spot(&self, column: usize) -> Spot {
        Spot { statement: self.row.statement, line: self.row.line, column }
    }

    /// The only column of a year and a measure.
    fn column(&self, book: &Book, year: i32, measure: Measure) -> Option<Spot> {
        let s = &book.statements[self.row.statement];
        let fits = |own: Option<Measure>| match measure {
            Measure::Budget => matches!(own, Some(Measure::Budget | Measure::Plan)),
            Measure::Actual => matches!(own, Some(Measure::Actual) | None),
            other => own == Some(other),
        };
        let time = |period: Option<Period>| match period {
            Some(period) => period.year == year,
            None => measure == Measure::Variance,
        };
        let mut columns = s.table.amount_columns().filter(|(_, column)| {
            column.entity.as_deref() == self.entity && fits(column.measure) && time(column.period)
        });
        let only = columns.next().filter(|_| columns.next().is_none());
        only.map(|(column, _)| self.spot(column)).filter(|spot| book.interval(*spot).is_some())
    }

    /// What the row says of an amount of a run that begins with the first.
    fn expected(&self, book: &Book, mention: &Mention, first: &Mention, around: &Around<'_>) -> Option<Expected> {
        let s = &book.statements[self.row.statement];
        let single = |when: When| when.years(around.year).filter(|(from, to)| from == to).map(|(year, _)| year);
        let own = single(first.when).or(around.year.filter(|_| first.when == When::Unsaid))?;
        let planned = s.kind == Kind::Budget;
        let usual = if planned { Measure::Budget } else { Measure::Actual };
        let main = match first.measure {
            Some(Measure::Budget) => Measure::Budget,
            _ => usual,
        };
        let here = |year: i32, measure: Measure| self.column(book, year, measure);
        let less = |base: Base| {
            let year = match base.when {
                When::Unsaid => Some(own),
                when => single(when),
            };
            here(year?, base.measure.unwrap_or(main))
        };
        let pair = |spot: Option<Spot>, less: Option<Spot>| Some((vec![spot?], vec![less?])).filter(|(a, b)| a != b);
        let variance = |year: i32| {
            let printed = here(year, Measure::Variance).map(|spot| (vec![spot], Vec::new()));
            [printed, pair(here(year, Measure::Actual), here(year, Measure::Budget))]
        };
        let is_first = std::ptr::eq(mention, first);
        let said = single(mention.when).filter(|_| !mention.recalled);
        let (cells, explicit) = match (mention.base(), mention.is_level()) {
            (Some(base), _) if base.measure.is_some() && base.when == When::Unsaid && !planned => (variance(own), true),
            (Some(base), _) => ([pair(here(own, main), less(base)), None], true),
            (None, false) => return None,
            (None, true) => {
                let year = match said {
                    // What there was when the year began, the year before left.
                    Some(year) if mention.opening && s.kind == Kind::BalanceSheet && year == own => year - 1,
                    Some(year) => year,
                    None if mention.beside || (mention.opening && s.kind == Kind::BalanceSheet) => own - 1,
                    None => own,
                };
                match mention.measure {
                    Some(Measure::Variance) => (variance(year), true),
                    measure => {
                        let measure = if measure == Some(Measure::Budget) { Measure::Budget } else { main };
                        let other = year != own || measure != main;
                        let cell = here(year, measure).map(|spot| (vec![spot], Vec::new()));
                        (
                            [cell, None],
                            ((is_first && (self.row.rank == 0 || !mention.limited)) || other)
                                && (!mention.opening || year != own),
                        )
                    }
                }
            }
        };
        let cells: Vec<_> = cells.into_iter().flatten().collect();
        let elsewhere = || {
            let columns = s.table.amount_columns().map(|(column, _)| (vec![self.spot(column)], Vec::new()));
            columns.filter_map(|(spots, less)| compared(book, mention, spots, less, false)).find(|cell| cell.agrees)
        };
        let each =
            || cells.iter().filter_map(|(spots, less)| compared(book, mention, spots.clone(), less.clone(), explicit));
        // In parentheses may stand anything of the row.
        let loose = || if mention.beside && mention.when == When::Unsaid { elsewhere() } else { None };
        each().find(|cell| cell.agrees).or_else(loose).or_else(|| each().next())
    }
}

/// What cells come to, and whether an amount says that.
fn compared(book: &Book, mention: &Mention, spots: Vec<Spot>, less: Vec<Spot>, explicit: bool) -> Option<Expected> {
    let nothing = Interval::exact(Money::ZERO);
    let sum = |spots: &[Spot], sign: i32, sum: Interval| {
        spots.iter().try_fold(sum, |sum, spot| Some(sum.plus(sign, book.interval(*spot)?)))
    };
    let value = sum(&less, -1, sum(&spots, 1, nothing)?)?;
    let unit = mention.figure.unit.unwrap_or_default();
    let said = mention.precision.interval(&mention.figure, unit);
    let (coefficient, closeness, apart) = compare(said, value);
    // A difference may have been computed from figures as the text rounds them.
    let step = mention.figure.amount.half_step() * Money::from(2) * unit.factor();
    let agrees = closeness != Closeness::Off || (!less.is_empty() && apart <= step);
    Some(Expected { spots, less, value, coefficient, agrees, explicit })
}
