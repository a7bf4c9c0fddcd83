use super::lookup::sums;
use super::rule;
use crate::book::Book;
use crate::relation::Relation;
use crate::statement::Kind;
use crate::words::Concept;

rule! {
    /// Årets kassaflöde is not the sum of the sections of the cash flow.
    ///
    /// What to do: compare it with the change of cash and bank in the balance sheet, and look at its sign.
    "KF04" "net-cash-flow-does-not-follow" Error, Relations(relate),
    "Årets kassaflöde är inte summan av kassaflödets delar.

Gör så här: jämför med förändringen av kassa och bank i balansräkningen, och se på tecknet."
}

fn relate(book: &Book) -> Vec<Relation> {
    sums(book, &RULE, Kind::CashFlow, |statement, sum| {
        let is = |line: usize, concept| statement.lines()[line].concept.is_some_and(|found| found.concept == concept);
        // *Förändring av likvida medel* below the closing cash repeats the line; it adds nothing.
        let repeated = sum.terms.iter().any(|&(line, _)| is(line, Concept::ClosingCash));
        let flow = is(sum.result, Concept::NetCashFlow) || is(sum.result, Concept::CashControl);
        flow && !repeated
    })
}
