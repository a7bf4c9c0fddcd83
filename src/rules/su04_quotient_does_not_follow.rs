use super::lookup::claim;
use super::rule;
use crate::book::Book;
use crate::money::{Interval, Money};
use crate::period::Measure;
use crate::relation::{Kind as RelationKind, Operand, Relation};
use crate::statement::{Statement, quotient};
use crate::words;

rule! {
    /// A column that is one column divided by another is not so in a row: cost per participant, say.
    ///
    /// Claimed only where the heading says so much for each and most rows hold, to the printed digits.
    ///
    /// What to do: look at the row; one of the three figures is wrong or was not computed anew.
    "SU04" "quotient-does-not-follow" Warning, Relations(relate),
    "En kolumn som är en kolumn delad med en annan är det inte på en rad, till exempel kostnad per deltagare.

Prövas bara där rubriken säger per styck och de flesta rader stämmer, till de skrivna siffrorna.

Gör så här: se på raden; ett av de tre beloppen är fel eller inte omräknat."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.copy_of.is_none()) {
        let shares = statement.columns().iter().enumerate().filter(|(_, about)| about.measure == Some(Measure::Share));
        for (column, about) in shares {
            let Some((part, whole)) = quotient(&statement.table, column).filter(|_| words::says_rate(&about.header))
            else {
                continue;
            };
            let rows = (0..statement.lines().len()).filter_map(|line| {
                let operands = [operand(statement, line, part)?, operand(statement, line, whole)?];
                Some((quotient_of(statement, line, column)?, operands.to_vec()))
            });
            relations.extend(rows.map(|row| claim(&RULE, (i, statement), column, RelationKind::Ratio, row)));
        }
    }
    relations
}

/// A figure as it stands, whatever its unit. Persons and days are whole: only what has the size of an amount may be
/// rounded.
fn operand(statement: &Statement, line: usize, column: usize) -> Option<Operand> {
    const LARGEST_COUNT: i64 = 1_000;
    let amount = statement.amount(line, column).filter(|amount| !amount.value.is_zero())?;
    let counted = amount.value.is_integer() && amount.value.abs() < Money::from(LARGEST_COUNT);
    // What a program calculated has more decimals than anyone reads.
    let half = if counted { Money::ZERO } else { amount.half_step().max(Money::new(5, 3)) };
    Some(Operand::new(statement.table.at(line, column), Some(Interval { middle: amount.value, half }), 1))
}

/// A quotient is rounded however small it is.
fn quotient_of(statement: &Statement, line: usize, column: usize) -> Option<Operand> {
    let half = statement.amount(line, column)?.half_step();
    let operand = operand(statement, line, column)?;
    let figure = operand.figure.map(|figure| Interval { half: figure.half.max(half), ..figure });
    Some(Operand { figure, ..operand })
}
