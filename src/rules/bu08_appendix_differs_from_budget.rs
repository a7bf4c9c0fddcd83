use super::appendix::{appendix, same_columns, section};
use super::lookup::{cost_coefficient, tie};
use super::rule;
use crate::book::{Book, Spot};
use crate::relation::Relation;
use crate::statement::kinds;
use crate::table::Role;
use crate::words;

rule! {
    /// A line of a budget refers to an appendix, and the appendix has another total.
    ///
    /// "Beslutad verksamhet, se bil." is what the table of the appendix comes to, in every column. A difference means that one of the two was
    /// changed after the other: an activity added to the appendix only, or a plan that was cut in one place.
    ///
    /// What to do: find the activity that the difference is, and decide which table is the newer; both should be of the same day.
    "BU08" "appendix-differs-from-budget" Warning, Relations(relate),
    "En rad i en budget hänvisar till en bilaga, och bilagan har en annan summa.

\"Beslutad verksamhet, se bil.\" är det som bilagans tabell kommer till, i varje kolumn. En skillnad betyder att den ena ändrades efter den andra: en insats som bara lagts till i bilagan, eller en plan som sänkts på ett ställe.

Gör så här: hitta den insats som skillnaden är, och avgör vilken tabell som är nyast; båda ska vara från samma dag."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    // An appendix is another table.
    if book.statements.len() < 2 {
        return relations;
    }
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.copy_of.is_none()) {
        for (line, about) in statement.lines().iter().enumerate().filter(|(_, line)| line.role == Role::Line) {
            let Some(name) = words::refers(&about.label) else { continue };
            let Some((other, total)) = appendix(book, i, &[&name, section(statement, line)]) else { continue };
            let appendix = &book.statements[other];
            let concept = appendix.lines()[total].concept.map(|found| found.concept);
            let sign = cost_coefficient(statement, appendix, concept.is_some_and(kinds::is_cost));
            for (own, its) in same_columns(statement.columns(), appendix.columns()) {
                let spot = Spot { statement: i, line, column: own };
                relations.push(tie(book, &RULE, spot, &[(Spot { statement: other, line: total, column: its }, sign)]));
            }
        }
    }
    relations
}
