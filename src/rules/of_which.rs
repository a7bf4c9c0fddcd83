//! The parts that a row is said to hold (`varav`): they are never added, but together they may be all of it.

use crate::book::Book;
use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::statement::{Kind, Statement, kinds};
use crate::table;
use crate::words::{self, Concept};

/// A row and the parts of it that stand below it.
pub struct Whole<'a> {
    /// Where its table stands among those of the book.
    pub table: usize,
    pub statement: &'a Statement,
    pub line: usize,
    pub parts: Vec<usize>,
}

/// How parts make up the whole, in one column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// With signs of their own: an inflow among outlays is taken from them. The parts of a cost may all have another sign
    /// than the cost.
    Kept,
    /// Some tables give single parts of a cost another sign than the cost.
    Dropped,
}

/// Every row of the book that has parts. A cash flow is a net, of which a part may be any number.
pub fn wholes(book: &Book) -> impl Iterator<Item = Whole<'_>> {
    let statements = book.statements.iter().enumerate();
    let read = statements.filter(|(_, s)| s.copy_of.is_none() && s.kind != Kind::CashFlow);
    read.flat_map(|(table, statement)| wholes_of(table, statement))
}

fn wholes_of(table: usize, statement: &Statement) -> Vec<Whole<'_>> {
    let mut wholes: Vec<Whole<'_>> = Vec::new();
    let mut open = None;
    for (line, read) in statement.lines().iter().enumerate() {
        match read.role {
            table::Role::OfWhich => match (open, wholes.last_mut()) {
                (Some(above), Some(whole)) if whole.line == above => whole.parts.push(line),
                (Some(above), _) => wholes.push(Whole { table, statement, line: above, parts: vec![line] }),
                (None, _) => {}
            },
            // `Varav` on a row of its own.
            table::Role::Heading if words::says_only_of_which(&read.label) => {}
            table::Role::Heading => open = None,
            _ => open = Some(line),
        }
    }
    wholes.retain(|whole| whole.parts.iter().chain([&whole.line]).all(|&line| !is_net(statement, line)));
    wholes
}

/// Whether a row is what is left when something was taken away.
fn is_net(statement: &Statement, line: usize) -> bool {
    let concept = statement.lines()[line].concept.map(|found| found.concept);
    concept.is_some_and(|concept| kinds::is_result(concept) || concept == Concept::Equity)
}

impl Whole<'_> {
    /// Columns in which the row has a figure, but for variances: a part of one may be larger than all of it.
    pub fn columns(&self) -> Vec<usize> {
        let columns = self.statement.table.amount_columns().filter(|(_, c)| c.measure != Some(Measure::Variance));
        columns.map(|(column, _)| column).filter(|&column| self.interval(column).is_some()).collect()
    }

    pub fn interval(&self, column: usize) -> Option<Interval> {
        self.statement.interval(self.line, column).filter(|whole| !whole.middle.is_zero())
    }

    /// Whether the row below the parts is not known: it may be one more.
    pub fn is_open_below(&self, column: usize) -> bool {
        let below = self.parts.last().and_then(|last| self.statement.lines().get(last + 1));
        below.is_some_and(|row| row.entries[column] == table::Entry::Unknown)
    }

    /// The parts together.
    pub fn sum(&self, column: usize, signs: Signs) -> Interval {
        let parts = self.parts.iter().filter_map(|&part| self.statement.interval(part, column));
        let signed = |part: Interval| if signs == Signs::Dropped { part.abs() } else { part };
        parts.fold(Interval::exact(Money::ZERO), |sum, part| sum.plus(1, signed(part)))
    }

    pub fn comes_out(&self, column: usize, signs: Signs) -> bool {
        let sum = self.sum(column, signs).abs();
        self.interval(column).is_none_or(|whole| whole.abs().closeness(sum) != Closeness::Off)
    }

    /// Whether two parts or more come to the whole in some column: then it has no others. Read as they come out in most
    /// columns.
    pub fn made_of_parts(&self) -> Option<Signs> {
        let several = |column: &&usize| {
            let figures = self.parts.iter().filter_map(|&part| self.statement.interval(part, **column));
            figures.filter(|part| !part.middle.is_zero()).count() > 1
        };
        let columns = self.columns();
        let held = |signs| columns.iter().filter(several).filter(|&&column| self.comes_out(column, signs)).count();
        let (kept, dropped) = (held(Signs::Kept), held(Signs::Dropped));
        // One part whose sign is a slip leaves the other columns as they are.
        let signs = if 2 * kept >= dropped { Signs::Kept } else { Signs::Dropped };
        (kept.max(dropped) > 0).then_some(signs)
    }
}
