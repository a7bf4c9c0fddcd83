//! Totals of totals whose words tell their level: `Subsubtotalt` adds lines, `Subtotalt` adds these, `Totalt` all.

use super::{Item, Walk};
use crate::words;

impl Walk<'_> {
    /// What stands since the last total of the same level or a higher one. Only where that comes out in some column:
    /// who leaves a level out once leaves its word as it was, and running subtotals add the last one.
    pub(super) fn by_level(&self, i: usize) -> Option<Vec<usize>> {
        let level = |line: usize| words::total_level(&self.statement.lines()[line].label);
        let own = level(i).filter(|own| *own > 0)?;
        let same_or_higher = |item: &Item| level(item.line).is_some_and(|its| its <= own);
        let from = self.stack.iter().rposition(same_or_higher).map_or(0, |at| at + 1);
        let lines: Vec<usize> = self.stack[from..].iter().map(|item| item.line).collect();
        self.candidate(i, &lines, false).filter(|sum| sum.held > 0).map(|_| lines)
    }
}
