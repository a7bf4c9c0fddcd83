//! Book: everything that was read and understood in one run; what rules look at.

use crate::grid::{At, Cell, Grid};
use crate::money::Interval;
use crate::period::{Measure, Period};
use crate::read::Input;
use crate::relation::Operand;
use crate::statement::{self, Kind, Statement};
use crate::table::{self, Prose};
use crate::words::Concept;

#[derive(Debug)]
pub struct Book {
    pub inputs: Vec<Input>,
    pub grids: Vec<Grid>,
    pub statements: Vec<Statement>,
    pub prose: Vec<Prose>,
}

/// A line of a statement in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub statement: usize,
    pub line: usize,
    pub column: usize,
}

impl Book {
    /// Finds and understands the tables of what was read.
    pub fn of(inputs: Vec<Input>, grids: Vec<Grid>) -> Book {
        let mut tables = Vec::new();
        let mut prose = Vec::new();
        for (i, grid) in grids.iter().enumerate() {
            let found = table::find(i as u32, grid);
            tables.extend(found.0);
            prose.extend(found.1);
        }
        let statements = statement::understand(&grids, tables);
        Book { inputs, grids, statements, prose }
    }

    pub fn cell(&self, at: At) -> Option<&Cell> {
        self.grids[at.grid as usize].get(at.row, at.col)
    }

    /// The statements of a kind, copies left out, with their indices.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (usize, &Statement)> {
        self.statements.iter().enumerate().filter(move |(_, s)| s.kind == kind && s.copy_of.is_none())
    }

    /// Where the book's own statement of a kind has a concept's figure of a period and measure.
    pub fn find(&self, kind: Kind, concept: Concept, period: Period, measure: Measure) -> Option<Spot> {
        self.of_kind(kind).find_map(|(statement, s)| {
            let (line, column) = (s.line(concept)?, s.column(period, measure)?);
            (!matches!(s.lines()[line].entries[column], table::Entry::Blank)).then_some(Spot {
                statement,
                line,
                column,
            })
        })
    }

    pub fn at(&self, spot: Spot) -> At {
        self.statements[spot.statement].table.at(spot.line, spot.column)
    }

    pub fn interval(&self, spot: Spot) -> Option<Interval> {
        self.statements[spot.statement].interval(spot.line, spot.column)
    }

    pub fn operand(&self, spot: Spot, coefficient: i32) -> Operand {
        Operand::new(self.at(spot), self.interval(spot), coefficient)
    }

    pub fn label(&self, spot: Spot) -> &str {
        &self.statements[spot.statement].lines()[spot.line].label
    }
}
