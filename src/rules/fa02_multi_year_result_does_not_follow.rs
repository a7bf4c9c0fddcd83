use super::lookup::{result_concept, sums};
use super::rule;
use crate::book::Book;
use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::relation::Relation;
use crate::statement::Kind;
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
    sums.into_iter().filter(|sum| !partial.contains(&sum.table)).collect()
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
