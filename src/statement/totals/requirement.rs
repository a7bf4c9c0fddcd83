//! The reconciliation with the balance requirement: from the result of the year, adjustments and the transfers to and
//! from the reserve lead to `Årets balanskravsresultat`. It stands below an income statement or as a table of its own.

use super::{LineSum, Walk};
use crate::table::Role;
use crate::words::Requirement;

impl Walk<'_> {
    /// The sum of such a result: the last result above it and every adjustment between the two.
    pub(super) fn reconciled(&self, i: usize) -> Option<LineSum> {
        let said = |line: usize| self.said.requirement[line];
        let from = said(i).filter(|own| *own == Requirement::Result).and_then(|_| {
            let lines = self.statement.lines();
            (0..i).rev().find(|&line| said(line).is_some() && lines[line].has_figures())
        })?;
        let adds = |line: &usize| self.statement.lines()[*line].role == Role::Line;
        let lines: Vec<usize> = (from..i).filter(adds).collect();
        let sum = self.candidate(i, &lines, false).filter(|_| lines.len() > 1).map(|sum| self.deducted(sum))?;
        // Nothing else is known to be a part of it where it comes out in no column.
        (sum.held > 0).then_some(LineSum { declared: true, ..sum })
    }
}
