use super::lookup::claim;
use super::rule;
use super::variance::{Convention, convention, cost_lines};
use crate::book::{Book, Spot};
use crate::period::Measure;
use crate::relation::{Kind as RelationKind, Relation};

rule! {
    /// A variance is not the difference of the two columns that it compares.
    ///
    /// Some tables print outcome less budget, some budget less outcome, some so that plus is good. Which of them a table follows is found
    /// from its rows and its heading; every row must follow the same. A frequent slip drops the sign of a negative budget.
    ///
    /// What to do: compute the row anew in the direction of the other rows.
    "BU01" "variance-does-not-follow" Error, Relations(relate),
    "En avvikelse är inte skillnaden mellan de två kolumner som den jämför.

Några tabeller visar utfall minus budget, andra budget minus utfall, andra så att plus är bra. Vilket en tabell följer läses ur raderna och rubriken; alla rader ska följa samma. Ett vanligt fel är att tecknet på en negativ budget tappas.

Gör så här: räkna om raden åt samma håll som de andra raderna."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate() {
        for (column, about) in statement.columns().iter().enumerate() {
            if about.measure != Some(Measure::Variance) {
                continue;
            }
            let Some(Convention { from, less, favourable }) = convention(statement, column) else { continue };
            let costs = cost_lines(statement);
            for (line, is_cost) in costs.into_iter().enumerate() {
                let spot = Spot { statement: i, line, column };
                if book.interval(spot).is_none() {
                    continue;
                }
                let turn = if favourable && is_cost { -1 } else { 1 };
                let terms = vec![statement.or_nothing(line, from, turn), statement.or_nothing(line, less, -turn)];
                let row = (book.operand(spot, 1), terms);
                relations.push(claim(&RULE, (i, statement), column, RelationKind::Difference, row));
            }
        }
    }
    relations
}
