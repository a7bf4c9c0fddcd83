use super::lookup::{own_columns, tie};
use super::rule;
use crate::book::{Book, Spot};
use crate::relation::Relation;
use crate::statement::{Kind, LineSum};
use crate::table::{Entry, Line};
use crate::words::{self, Balance};

rule! {
    /// The balance with which a year of a note begins is not the one with which the year before ends.
    ///
    /// Tested where a note rolls a balance forward (`Ingående anskaffningsvärde` … `Utgående anskaffningsvärde`) and shows two years, and
    /// where the rows of a table are years with the balances beside each other, if most rows follow on each other. Equity and cash in the
    /// balance sheet and the cash flow have rules of their own.
    ///
    /// What to do: take the opening balance from last year's column; a correction must be explained in the note (RKR R12).
    "NO09" "note-opening-differs" Warning, Relations(relate),
    "Den ingående balansen för ett år i en not är inte den utgående för året före.

Prövas där en not för en balans framåt (`Ingående anskaffningsvärde` … `Utgående anskaffningsvärde`) och visar två år, och där en tabells rader är år med balanserna bredvid varandra, om de flesta rader följer på varandra. Eget kapital och likvida medel i balansräkningen och kassaflödet har egna regler.

Gör så här: hämta den ingående balansen ur förra årets kolumn; en rättelse ska förklaras i noten (RKR R12)."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = by_rows(book);
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == Kind::Note) {
        let holds = |line: usize, balance| words::balance(&statement.lines()[line].label) == Some(balance);
        let opens = |(line, _): &&(usize, i32)| holds(*line, Balance::Opening);
        // What an opening balance was restated to closes no year: the year opens with the balance before that.
        let first =
            |line: usize| statement.sum_of(line).and_then(|sum| sum.terms.first().copied()).filter(|one| opens(&one));
        let closes =
            |sum: &&LineSum| !holds(sum.result, Balance::Opening) && sum.terms.first().is_some_and(|one| opens(&one));
        // So it is where the figures between the two are not known.
        let is_restated = |line: usize| {
            let above = (0..line).rev().find(|&above| holds(above, Balance::Opening));
            let unknown = |line: &Line| line.entries.contains(&Entry::Unknown);
            above.is_some_and(|above| statement.lines()[above..line].iter().any(unknown))
        };
        let is_told = |sum: &&LineSum| !sum.terms.iter().any(|&(line, _)| is_restated(line));
        for sum in statement.sums.iter().filter(closes).filter(is_told) {
            for (column, period, measure) in own_columns(statement) {
                let Some(before) = statement.column(period.shifted(-1), measure) else { continue };
                let at = |line, column| Spot { statement: i, line, column };
                let closing = at(sum.result, before);
                let opening = sum.terms.iter().filter(opens);
                let opening =
                    opening.map(|&(line, sign)| (at(first(line).map_or(line, |(first, _)| first), column), sign));
                relations.push(match opening.collect::<Vec<_>>().as_slice() {
                    // What is taken over is what may be wrong.
                    [(opening, 1)] => tie(book, &RULE, *opening, &[(closing, 1)]),
                    several => tie(book, &RULE, closing, several),
                });
            }
        }
    }
    relations
}

/// Rows of years: `2022 · Ingående balans · Årets resultat · Utgående balans`, the newest first or last.
fn by_rows(book: &Book) -> Vec<Relation> {
    const FEWEST: usize = 2;
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.copy_of.is_none()) {
        let headed =
            |balance| statement.columns().iter().rposition(|column| words::balance(&column.header) == Some(balance));
        let (Some(opening), Some(closing)) = (headed(Balance::Opening), headed(Balance::Closing)) else { continue };
        let has_both =
            |&line: &usize| [opening, closing].iter().all(|&column| statement.amount(line, column).is_some());
        let lines: Vec<usize> = (0..statement.lines().len()).filter(has_both).collect();
        let follow = |earlier: usize, later: usize| {
            let at = |line, column| Spot { statement: i, line, column };
            tie(book, &RULE, at(later, opening), &[(at(earlier, closing), 1)])
        };
        let onward: Vec<Relation> = lines.windows(2).map(|pair| follow(pair[0], pair[1])).collect();
        let back: Vec<Relation> = lines.windows(2).map(|pair| follow(pair[1], pair[0])).collect();
        let held = |ties: &[Relation]| ties.iter().filter(|tie| tie.test().held()).count();
        let best = if held(&back) > held(&onward) { back } else { onward };
        if held(&best) >= FEWEST && 2 * held(&best) > best.len() {
            relations.extend(best);
        }
    }
    relations
}
