use super::between_files::{Closing, OPENINGS, column, inputs, says_restated, statements};
use super::lookup::tie;
use super::rule;
use crate::book::identity::Role;
use crate::book::{Book, Spot};
use crate::period::{Measure, Period};
use crate::relation::{Confidence, Relation};
use crate::statement::{Kind, Statement};
use crate::words::Concept;

rule! {
    /// An opening balance is not the closing balance of last year's report.
    ///
    /// The opening balance of a year is the closing balance of the year before, as adopted. It may agree with the comparative column of its own
    /// report and still be wrong: the comparatives may have been changed.
    ///
    /// What to do: take it from last year's report; a correction must be explained in a note (RKR R12).
    "AR02" "opening-differs-from-last-years-report" Error, Relations(relate),
    "En ingående balans är inte den utgående balansen i förra årets årsredovisning.

Årets ingående balans är förra årets fastställda utgående balans. Den kan stämma med den egna jämförelsekolumnen och ändå vara fel: jämförelsetalen kan ha ändrats.

Gör så här: hämta beloppet ur förra årets årsredovisning; en rättelse ska förklaras i en not (RKR R12)."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    let reports = || inputs(book, &[Role::Accounts, Role::PriorAccounts]);
    for (this, year) in reports() {
        for (last, _) in reports().filter(|(_, of)| *of == year - 1) {
            for (spot, closing) in openings(book, this, last, year) {
                let mut relation = relation(book, spot, &closing);
                if says_restated(book, spot, year - 1) {
                    relation.doubt(Confidence::DOUBTFUL);
                }
                relations.push(relation);
            }
        }
    }
    relations
}

/// The opening balances of a report with the closing balances that last year's report has.
fn openings(book: &Book, this: usize, last: usize, year: i32) -> Vec<(Spot, Vec<Spot>)> {
    let mut pairs = Vec::new();
    for (i, statement) in statements(book, this) {
        for (opening, ways) in OPENINGS {
            for (spot, column) in own_spots(book, (i, statement), *opening, year) {
                let Some(period) = statement.columns()[column].period.map(|period| period.shifted(-1)) else {
                    continue;
                };
                let closings = ways.iter().map(|way| closings(book, last, way, period));
                let closings: Vec<Vec<Spot>> = closings.filter(|closing| !closing.is_empty()).collect();
                let agrees = |closing: &&Vec<Spot>| relation(book, spot, closing).test().held();
                pairs.extend(closings.iter().find(agrees).or(closings.first()).map(|closing| (spot, closing.clone())));
            }
        }
        pairs.extend(retained(book, (i, statement), last, year).map(|(spot, closing)| (spot, vec![closing])));
    }
    pairs
}

/// The lines of a way in last year's report; the first must be there, the others may be missing.
fn closings(book: &Book, last: usize, (kind, concepts): &Closing, period: Period) -> Vec<Spot> {
    let Some((there, s)) = statements(book, last).find(|(_, s)| s.kind == *kind) else { return Vec::new() };
    let Some(column) = self::column(s, period, Measure::Actual) else { return Vec::new() };
    let spots = concepts.iter().map(|concept| {
        let spot = Spot { statement: there, line: s.line(*concept)?, column };
        book.interval(spot).map(|_| spot)
    });
    let spots: Vec<Option<Spot>> = spots.collect();
    if spots.first().is_none_or(Option::is_none) { Vec::new() } else { spots.into_iter().flatten().collect() }
}

fn relation(book: &Book, spot: Spot, closing: &[Spot]) -> Relation {
    let terms: Vec<(Spot, i32)> = closing.iter().map(|spot| (*spot, 1)).collect();
    tie(book, &RULE, spot, &terms)
}

fn own_spots(book: &Book, (i, statement): (usize, &Statement), concept: Concept, year: i32) -> Vec<(Spot, usize)> {
    let Some(line) = statement.line(concept) else { return Vec::new() };
    let own = |column: &usize| {
        let about = &statement.columns()[*column];
        about.measure == Some(Measure::Actual) && about.period.is_some_and(|period| period.year == year)
    };
    let columns = (0..statement.columns().len()).filter(own);
    let spots = columns.map(|column| (Spot { statement: i, line, column }, column));
    spots.filter(|(spot, _)| book.interval(*spot).is_some()).collect()
}

/// Equity before the result of the year, where equity is these two lines and nothing else.
fn retained(book: &Book, (i, statement): (usize, &Statement), last: usize, year: i32) -> Option<(Spot, Spot)> {
    let equity = statement.sum_of(statement.line(Concept::Equity)?).filter(|_| statement.kind == Kind::BalanceSheet)?;
    let split_in_two = equity.terms.len() == 2 && statement.line(Concept::Result).is_some();
    let (spot, own) = own_spots(book, (i, statement), Concept::RetainedEquity, year).into_iter().next()?;
    let (there, s) = statements(book, last).find(|(_, s)| s.kind == Kind::BalanceSheet).filter(|_| split_in_two)?;
    let column = column(s, statement.columns()[own].period?.shifted(-1), Measure::Actual)?;
    let closing = Spot { statement: there, line: s.line(Concept::Equity)?, column };
    book.interval(closing).map(|_| (spot, closing))
}
