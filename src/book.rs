//! Book: everything that was read and understood in one run; what rules look at.

use crate::grid::{At, Cell, Grid};
use crate::money::Interval;
use crate::period::{Measure, Period};
use crate::profile::Profile;
use crate::read::Input;
use crate::relation::Operand;
use crate::statement::{self, Kind, Statement};
use crate::table::transcript::{self, Remark};
use crate::table::{self, Prose};
use crate::words::Concept;

#[derive(Debug)]
pub struct Book {
    pub inputs: Vec<Input>,
    pub grids: Vec<Grid>,
    pub statements: Vec<Statement>,
    pub prose: Vec<Prose>,
    /// What could not be told of tables that stand on one line, with the grids that they were laid out in.
    pub remarks: Vec<(u32, Remark)>,
    /// What its own people say of the förbund.
    pub profile: Profile,
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
        let mut book = Book {
            inputs,
            grids: Vec::new(),
            statements: Vec::new(),
            prose: Vec::new(),
            remarks: Vec::new(),
            profile: Profile::default(),
        };
        let mut tables = Vec::new();
        for grid in grids {
            let transcripts = transcript::lay_out(&grid);
            let (found, mut prose) = table::find(book.grids.len() as u32, &grid);
            tables.extend(found);
            prose.retain(|prose| !transcripts.iter().any(|laid| laid.grid.line == Some(prose.at.row)));
            let index = book.grids.len() as u32;
            book.grids.push(grid);
            for laid in transcripts {
                let at = At { grid: index, row: laid.grid.line.unwrap_or_default(), col: 0 };
                prose.extend(laid.prose.into_iter().map(|text| Prose { at, text }));
                let index = book.grids.len() as u32;
                tables.extend(table::find(index, &laid.grid).0);
                book.remarks.extend(laid.remarks.into_iter().map(|remark| (index, remark)));
                book.grids.push(laid.grid);
            }
            prose.sort_by_key(|prose| prose.at);
            book.prose.extend(prose);
        }
        book.statements = statement::understand(&book.grids, tables);
        book
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
        self.statements[spot.statement].operand(spot.line, spot.column, coefficient)
    }

    pub fn label(&self, spot: Spot) -> &str {
        &self.statements[spot.statement].lines()[spot.line].label
    }
}
