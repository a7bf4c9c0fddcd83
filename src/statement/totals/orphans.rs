//! Lines that no sum adds, though the line right below or above them means all of such: `Verksamhetens intäkter` under
//! the members' contributions, in a statement whose result takes that line alone.

use super::{LineSum, MOST_SET_OVER, Walk};
use crate::statement::kinds;
use crate::table::Role;

impl Walk<'_> {
    /// The sums that lines for all of a section are of lines that `told` leaves out, where at least half of the columns
    /// show it. They take no part from any other sum.
    pub(super) fn of_orphans(&self, told: &[LineSum]) -> Vec<LineSum> {
        let lines = self.statement.lines();
        let mut orphan: Vec<bool> = lines.iter().map(|line| line.role == Role::Line && line.has_figures()).collect();
        for sum in told {
            orphan[sum.result] = false;
            sum.terms.iter().for_each(|&(part, _)| orphan[part] = false);
        }
        if lines.len() > MOST_SET_OVER || !orphan.windows(2).any(|two| two[0] && two[1]) {
            return Vec::new();
        }
        let shown = |sum: &LineSum| sum.held > 0 && 2 * sum.held >= sum.tested;
        let adds = |&(part, _): &(usize, i32)| orphan[part] && self.may_be_added(part);
        let mut found = self.wholes(told.iter());
        found.retain(|sum| sum.terms.len() > 1 && shown(sum) && sum.terms.iter().all(adds));
        found
    }

    /// Whether a line is an amount like those around it.
    fn may_be_added(&self, line: usize) -> bool {
        let concept = self.statement.lines()[line].concept.map(|found| found.concept);
        let apart = concept.is_some_and(|concept| kinds::stands_apart(self.statement.kind, concept));
        !apart && !self.said.per_cent[line] && !self.said.control[line]
    }
}
