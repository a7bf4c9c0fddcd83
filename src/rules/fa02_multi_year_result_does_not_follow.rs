use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::{Book, Spot};
use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::relation::{Confidence, Relation};
use crate::statement::{Kind, Statement};
use crate::words::Concept;

rule! {
    /// In a year of the multi-year overview, income less costs is not the result.
    ///
    /// It may be right that a line is not shown (financial items); then the overview should say so. Where the income statement has such lines, it is not
    /// tested.
    ///
    /// What to do: look in that year's report for financial items, or for a typing error.
    "FA02" "multi-year-result-does-not-follow" Warning, Relations(relate),
    "För ett år i flerårsöversikten är intäkter minus kostnader inte resultatet.

Det kan vara rätt om en rad inte visas (finansiella poster); då bör översikten säga det. Har resultaträkningen sådana rader prövas det inte.

Gör så här: sök i det årets årsredovisning efter finansiella poster, eller efter ett skrivfel."
}

fn relate(book: &Book) -> Vec<Relation> {
    let sums =
        sums(book, &RULE, Kind::MultiYear, |statement, sum| result_concept(statement, sum) == Some(Concept::Result));
    let partial: Vec<usize> = sums.iter().filter(|sum| leaves_out(book, sum)).map(|sum| sum.table).collect();
    let mut sums: Vec<Relation> = sums.into_iter().filter(|sum| !partial.contains(&sum.table)).collect();
    for table in sums.chunk_by_mut(|a, b| a.table == b.table) {
        let statement = &book.statements[table[0].table];
        let mut off: Vec<&mut Relation> = table.iter_mut().filter(|sum| !sum.test().held()).collect();
        // One slip is in one year; interest that is not shown is in several.
        if off.len() > 1 && off.iter().all(|sum| may_be_interest(sum) && !is_denied(book, statement, sum)) {
            off.iter_mut().for_each(|sum| sum.doubt(Confidence::DOUBTFUL));
        }
    }
    sums
}

/// Whether the result is better than the lines shown, by a few per cent of the income at most.
fn may_be_interest(sum: &Relation) -> bool {
    const PART: i64 = 20;
    let largest = sum.terms.iter().filter_map(|term| term.figure).map(|figure| figure.middle.abs()).max();
    sum.result.figure.zip(largest).is_some_and(|(stated, largest)| {
        let lacks = stated.middle - sum.expected().middle;
        !lacks.is_negative() && lacks * Money::from(PART) <= largest
    })
}

/// Whether the equity of the overview says that the result was another.
fn is_denied(book: &Book, overview: &Statement, sum: &Relation) -> bool {
    let find = || {
        let equity = |period| {
            let line = overview.line(Concept::Equity)?;
            book.interval(Spot { statement: sum.table, line, column: overview.column(period, Measure::Actual)? })
        };
        let period = sum.period?;
        let change = equity(period)?.plus(-1, equity(period.before())?);
        Some(sum.result.figure?.closeness(change) == Closeness::Off)
    };
    find().unwrap_or(false)
}

/// Whether the income statement of the year has lines that the overview does not show, and they come to what the
/// overview lacks: a year without such items only happens to come out.
fn leaves_out(book: &Book, sum: &Relation) -> bool {
    let (Some(period), Some(stated)) = (sum.period, sum.result.figure) else { return false };
    let overview = &book.statements[sum.table];
    let shown = |concept| overview.line(concept).is_some();
    let item = |&(concept, is_cost): &(Concept, bool)| {
        let spot = book.find(overview, Kind::IncomeStatement, concept, period, Measure::Actual)?;
        let sign = if is_cost { book.statements[spot.statement].cost_sign } else { 1 };
        Some((sign, book.interval(spot)?)).filter(|_| !shown(concept))
    };
    let items = ITEMS.iter().filter_map(item).map(|(sign, figure)| Interval::exact(Money::ZERO).plus(sign, figure));
    let items = items.fold(Interval::exact(Money::ZERO), |sum, item| sum.plus(1, item));
    let lacks = stated.plus(-1, sum.expected());
    !sum.test().held() && !items.middle.is_zero() && lacks.closeness(items) != Closeness::Off
}

/// What stands between the costs of the activities and the result, and which of it are costs.
const ITEMS: [(Concept, bool); 4] = [
    (Concept::Depreciation, true),
    (Concept::FinancialIncome, false),
    (Concept::FinancialCosts, true),
    (Concept::FinancialNet, false),
];
