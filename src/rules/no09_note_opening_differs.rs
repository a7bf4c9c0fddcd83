use super::lookup::{own_columns, tie};
use super::rule;
use crate::book::{Book, Spot};
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::{self, Balance};

rule! {
    /// The balance with which a year of a note begins is not the one with which the year before ends.
    ///
    /// Tested where a note rolls a balance forward (`Ingående anskaffningsvärde` … `Utgående anskaffningsvärde`) and shows two years. Equity
    /// and cash have rules of their own.
    ///
    /// What to do: take the opening balance from last year's column; a correction must be explained in the note (RKR R12).
    "NO09" "note-opening-differs" Warning, Relations(relate),
    "Den ingående balansen för ett år i en not är inte den utgående för året före.

Prövas där en not för en balans framåt (`Ingående anskaffningsvärde` … `Utgående anskaffningsvärde`) och visar två år. Eget kapital och likvida medel har egna regler.

Gör så här: hämta den ingående balansen ur förra årets kolumn; en rättelse ska förklaras i noten (RKR R12)."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == Kind::Note) {
        let holds = |line: usize, balance| words::balance(&statement.lines()[line].label) == Some(balance);
        let opens = |(line, _): &&(usize, i32)| holds(*line, Balance::Opening);
        for sum in statement.sums.iter().filter(|sum| sum.terms.first().is_some_and(|first| opens(&first))) {
            for (column, period, measure) in own_columns(statement) {
                let Some(before) = statement.column(period.shifted(-1), measure) else { continue };
                let at = |line, column| Spot { statement: i, line, column };
                let closing = at(sum.result, before);
                let opening = sum.terms.iter().filter(opens).map(|&(line, sign)| (at(line, column), sign));
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
