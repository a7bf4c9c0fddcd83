use super::lookup::tie;
use super::rule;
use crate::book::{Book, Spot};
use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::relation::Relation;
use crate::statement::Statement;
use crate::table::Column;
use crate::words;

rule! {
    /// A column that is the sum or the difference of two others is not so in a row, or a balance is not that of the row above and the
    /// change beside it.
    ///
    /// `Intäkter`, `Kostnader`, `Netto`; a row a year with result and equity; a running balance. Claimed only where at least three rows,
    /// and two of three, hold. Totals and variances have rules of their own.
    ///
    /// What to do: look at the row; one of its figures is wrong.
    "SU05" "columns-do-not-follow" Warning, Relations(relate),
    "En kolumn som är summan av eller skillnaden mellan två andra är det inte på en rad, eller så är ett saldo inte saldot på raden ovanför och förändringen bredvid.

Det kan vara `Intäkter`, `Kostnader`, `Netto`, ett år per rad med resultat och eget kapital, eller ett löpande saldo. Prövas bara där minst tre rader, och två av tre, stämmer. Summor och avvikelser har egna regler.

Gör så här: se på raden; något av dess belopp är fel."
}

/// Wider tables are lists.
const MOST_COLUMNS: usize = 16;
const FEWEST_ROWS: usize = 3;
/// Smaller figures add up by chance.
const SMALLEST: i64 = 100;
/// So many times their rounding.
const CLEAR: i64 = 20;

/// What a figure of a column is in a row: figures of other columns, in the same row or in the one above, with signs.
type Terms = [(usize, bool, i32); 2];

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate() {
        if statement.copy_of.is_some() || statement.columns().len() > MOST_COLUMNS {
            continue;
        }
        let is_amount = |column: usize| statement.columns()[column].measure.is_none_or(Measure::is_own);
        let columns: Vec<usize> = (0..statement.columns().len()).filter(|&column| is_amount(column)).collect();
        for &column in columns.iter().filter(|&&column| is_open(statement, column)) {
            let about = &statement.columns()[column];
            let beside = |other: &usize| about.period.is_none() || is_beside(about, &statement.columns()[*other]);
            let columns: Vec<usize> = columns.iter().copied().filter(beside).collect();
            let Some(terms) = equation(statement, &columns, column) else { continue };
            // What a total row adds is the matter of its own rule.
            let plain = |&line: &usize| !statement.lines()[line].role.adds();
            for line in (0..statement.lines().len()).filter(plain) {
                let spot = |line, column| Spot { statement: i, line, column };
                let Some(places) = places(statement, line, &terms) else { continue };
                if statement.interval(line, column).is_some() {
                    let terms: Vec<(Spot, i32)> =
                        places.iter().map(|&(line, column, sign)| (spot(line, column), sign)).collect();
                    relations.push(tie(book, &RULE, spot(line, column), &terms));
                }
            }
        }
    }
    relations
}

/// Whether a column may follow from others, and no other rule says how: it has no year, or two more of its year tell
/// something else of it (`Intäkter 2021`, `Kostnader 2021`, `Netto 2021`).
fn is_open(statement: &Statement, column: usize) -> bool {
    let about = &statement.columns()[column];
    let beside = || statement.columns()[..column].iter().filter(|other| is_beside(about, other)).count();
    (about.period.is_none() || beside() >= 2)
        && !about.header.is_empty()
        && !words::says_total(&about.header)
        && words::balance(&about.header).is_none()
}

/// Whether two columns are of one year and measure.
fn is_beside(column: &Column, other: &Column) -> bool {
    (column.period, column.measure) == (other.period, other.measure)
}

/// How a column follows from those before it: of all ways that come out, the one that does so in most rows.
fn equation(statement: &Statement, columns: &[usize], column: usize) -> Option<Terms> {
    let before = || columns.iter().copied().take_while(move |&other| other != column);
    let in_row = before().flat_map(|a| before().filter(move |&b| b > a).map(move |b| (a, b)));
    let signs = [(1, 1), (1, -1), (-1, 1)];
    let in_row = in_row.flat_map(|(a, b)| signs.map(|(first, second)| [(a, false, first), (b, false, second)]));
    let changes = columns.iter().copied().filter(|&change| change != column);
    let running = changes.flat_map(|change| [1, -1].map(|sign| [(column, true, 1), (change, false, sign)]));
    let mut best: Option<(usize, Terms)> = None;
    for terms in in_row.chain(running) {
        let held = held(statement, column, &terms);
        if held.is_some_and(|held| best.is_none_or(|(most, _)| held > most)) {
            best = held.map(|held| (held, terms));
        }
    }
    best.map(|(_, terms)| terms)
}

/// In how many rows the equation holds, where those are enough.
fn held(statement: &Statement, column: usize, terms: &Terms) -> Option<usize> {
    // Nor do figures tell anything of which the rounding leaves little.
    let telling = |figure: Option<Interval>| {
        figure.filter(|figure| figure.middle.abs() >= Money::from(SMALLEST).max(Money::from(CLEAR) * figure.half))
    };
    let (mut tried, mut held) = (0, 0);
    for line in 0..statement.lines().len() {
        let Some(places) = places(statement, line, terms) else { continue };
        let figures = places.map(|(line, column, sign)| Some((sign, telling(statement.interval(line, column))?)));
        let (Some(stated), [Some(first), Some(second)]) = (telling(statement.interval(line, column)), figures) else {
            continue;
        };
        tried += 1;
        let zero = Interval::exact(Money::ZERO);
        let sum = [first, second].iter().fold(zero, |sum, &(sign, figure)| sum.plus(sign, figure));
        held += usize::from(stated.closeness(sum) != Closeness::Off);
        if tried >= FEWEST_ROWS && held == 0 {
            return None;
        }
    }
    (held >= FEWEST_ROWS && 3 * held >= 2 * tried).then_some(held)
}

/// Where the terms of a line stand: none where there is no row above.
fn places(statement: &Statement, line: usize, terms: &Terms) -> Option<[(usize, usize, i32); 2]> {
    let has_figures = |&line: &usize| statement.lines()[line].has_figures();
    let above = || (0..line).rev().find(has_figures);
    let place =
        |&(column, above_it, sign): &(usize, bool, i32)| Some((if above_it { above()? } else { line }, column, sign));
    Some([place(&terms[0])?, place(&terms[1])?])
}
