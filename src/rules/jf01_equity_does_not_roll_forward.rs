use super::carried::carried_over;
use super::lookup::ties;
use super::rule;
use crate::book::Book;
use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::relation::{Confidence, Relation};
use crate::statement::{Kind, LineSum, Statement};
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
    let claimed = |relation: &Relation| !is_of_group(book, relation) && !is_told(book, relation);
    let mut relations: Vec<Relation> = ties.into_iter().filter(claimed).collect();
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

/// Whether the report tells what else has moved the equity: a sum that holds has the opening equity, the result and
/// something more (a repayment to the members, equity taken over, a corrected opening balance) among its parts.
fn is_told(book: &Book, relation: &Relation) -> bool {
    if relation.test().held() {
        return false;
    }
    let operands = std::iter::once(&relation.result).chain(&relation.terms);
    let figures: Option<Vec<Interval>> = operands.map(|operand| operand.figure).collect();
    let Some(&[closing, opening, result]) = figures.as_deref() else { return false };
    let is = |figure: Interval, other: Interval| figure.abs().closeness(other.abs()) != Closeness::Off;
    let report = book.input(&book.statements[relation.table]);
    let tells = |statement: &Statement, sum: &LineSum, column: usize| {
        let part = |&(line, sign): &(usize, i32)| Some((sign, statement.interval(line, column)?));
        let parts: Vec<(i32, Interval)> = sum.terms.iter().filter_map(part).collect();
        let stated = statement.interval(sum.result, column).filter(|stated| is(*stated, closing));
        let among = |wanted: Interval| parts.iter().any(|(_, part)| is(*part, wanted));
        let others = || parts.iter().filter(|(_, part)| !is(*part, opening) && !is(*part, result));
        let come_to = parts.iter().fold(Interval::exact(Money::ZERO), |sum, (sign, part)| sum.plus(*sign, *part));
        stated.is_some_and(|stated| stated.closeness(come_to) != Closeness::Off)
            && among(opening)
            && among(result)
            && others().any(|(_, part)| !part.middle.is_zero())
    };
    let mut own = book.statements.iter().filter(|statement| book.together(report, book.input(statement)));
    own.any(|statement| {
        let columns = || statement.table.amount_columns().map(|(column, _)| column);
        statement.sums.iter().any(|sum| columns().any(|column| tells(statement, sum, column)))
    })
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
