use super::lookup::claim;
use super::rule;
use crate::book::Book;
use crate::parallel;
use crate::period::Measure;
use crate::relation::{Confidence, Kind as RelationKind, Relation};
use crate::statement::Statement;
use crate::table::Entry;
use crate::words::{self, Balance};

rule! {
    /// The last column of a table is headed as a total and is not the sum of the columns before it, or as a closing balance that does not
    /// follow from the opening one and the changes.
    ///
    /// Claimed only where most rows hold.
    ///
    /// What to do: look at the row; one of its figures or its total is wrong.
    "SU02" "row-total-does-not-sum" Warning, Relations(relate),
    "Sista kolumnen i en tabell är rubricerad som summa men är inte summan av kolumnerna före, eller som utgående balans men följer inte av den ingående och förändringarna.

Prövas bara där de flesta rader stämmer.

Gör så här: se på raden; någon av dess siffror eller dess summa är fel."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate() {
        for column in 2..statement.columns().len() {
            let rows = row_totals(book, i, column);
            let tests = parallel::map_large(book.cells(), rows.iter().collect(), |row: &Relation| row.test());
            let held = tests.iter().filter(|outcome| outcome.held()).count();
            let header = |column: usize| statement.columns()[column].header.as_str();
            let declared = words::says_total(header(column)) || is_closing(header(column));
            let enough =
                if declared { held >= 2 && held * 2 > rows.len() } else { held >= 3 && held * 3 >= rows.len() * 2 };
            if enough {
                relations.extend(rows);
            }
        }
    }
    relations
}

fn row_totals(book: &Book, i: usize, total: usize) -> Vec<Relation> {
    let statement = &book.statements[i];
    let is_amount = |column: usize| statement.columns()[column].measure.is_none_or(Measure::is_own);
    let header = |column: usize| statement.columns()[column].header.as_str();
    let opening = (0..total).rev().find(|&column| words::balance(header(column)) == Some(Balance::Opening));
    let first = match opening.filter(|_| is_closing(header(total))) {
        Some(opening) => opening,
        None if words::says_total(header(total)) || is_of_all_before(statement, total) => 0,
        None => return Vec::new(),
    };
    // `Därav leasing` tells what the column before it holds.
    let adds = |column: usize| is_amount(column) && !words::says_of_which(header(column));
    let parts: Vec<usize> = (first..total).filter(|&column| adds(column)).collect();
    // A dash says that the row comes to nothing.
    let is_dash = |line: usize| statement.lines()[line].entries[total] == Entry::Dash;
    let shown = |line: &usize| statement.amount(*line, total).is_some() || is_dash(*line);
    let rows: Vec<usize> = (0..statement.lines().len()).filter(shown).collect();
    let confidence = if statement.is_money() || opening.is_some() { Confidence::SURE } else { Confidence::DOUBTFUL };
    let relation = |line: usize| {
        let terms = parts.iter().map(|&column| statement.operand(line, column, 1)).collect();
        let row = (statement.or_nothing(line, total, 1), terms);
        let counts = || words::counting::says_count(&statement.lines()[line].label);
        let most = match is_dash(line) {
            true if counts() => Confidence::DOUBTFUL,
            true => Confidence::LIKELY,
            false => confidence,
        };
        let confidence = confidence.min(most);
        Relation { confidence, ..claim(&RULE, (i, statement), total, RelationKind::Sum, row) }
    };
    let mut rows = parallel::map_large(book.cells(), rows, relation);
    rows.retain(|relation| relation.terms.iter().any(|term| term.figure.is_some()));
    rows
}

/// Whether a heading is of the balances that a year ends with.
fn is_closing(header: &str) -> bool {
    matches!(words::balance(header), Some(Balance::Closing | Balance::Value))
}

/// Whether a column is of a year and those before it may be its quarters, or whatever else it is parted into; or of
/// the months that they are of.
fn is_of_all_before(statement: &Statement, total: usize) -> bool {
    let period = |column: usize| statement.columns()[column].period;
    let Some(whole) = period(total).filter(|_| total >= 3) else { return false };
    (0..total).all(|column| match period(column) {
        Some(part) => part.is_within(whole) && part != whole,
        None => whole.is_year(),
    })
}
