//! All income and all costs, which no word says to be totals: `Personal`, `Lokaler`, `Verksamhetens kostnader`.
//!
//! Where every figure agrees, the figures show such a total. Where one does not, it would stand among its own parts and
//! be added once more: the result would come out in no year, and the report would tell of a row that nobody lost.

use super::{LineSum, Walk};
use crate::money::Money;
use crate::statement::kinds;
use crate::table::Role;
use crate::words::Concept;

/// No block is longer.
const MOST: usize = 60;

impl Walk<'_> {
    /// The sums that such lines would be of the lines right above them or right below, none of which shares a part with
    /// another: those that come out in more columns first. They are to be tried, not believed.
    pub(super) fn wholes(&self) -> Vec<LineSum> {
        let lines = 0..self.statement.lines().len();
        let mut found: Vec<LineSum> = lines.filter(|&i| self.is_bare_whole(i)).flat_map(|i| self.blocks(i)).collect();
        found.sort_by_key(|sum| std::cmp::Reverse((sum.held, sum.terms.len())));
        let mut chosen: Vec<LineSum> = Vec::new();
        for (at, sum) in found.iter().enumerate() {
            let shares =
                |other: &LineSum| other.result == sum.result || sum.terms.iter().any(|term| other.terms.contains(term));
            // Of two that come out in no column, neither is likelier.
            let rivals = found.iter().enumerate().any(|(i, other)| i != at && other.held == 0 && shares(other));
            if !(chosen.iter().any(shares) || sum.held == 0 && rivals) {
                chosen.push(sum.clone());
            }
        }
        chosen
    }

    /// Whether a line means all of a section, and neither its form nor its words make it a total.
    fn is_bare_whole(&self, i: usize) -> bool {
        let line = &self.statement.lines()[i];
        let whole = line.concept.is_some_and(|found| {
            kinds::is_whole(found.concept) && kinds::total_of(self.statement.kind, found.concept).is_none()
        });
        whole && line.role != Role::Heading && line.has_figures() && !self.said.total[i]
    }

    /// The lines above it, and those below, as far as they may be its parts.
    fn blocks(&self, i: usize) -> Vec<LineSum> {
        let lines = self.statement.lines();
        let own = lines[i].concept.map(|found| found.concept);
        let holds_wholes = self.is_all(i);
        let is_part = |&line: &usize| {
            let concept = lines[line].concept.map(|found| found.concept);
            let ends = concept.is_some_and(|concept| {
                let other = if own.is_some_and(kinds::is_cost) { kinds::is_income } else { kinds::is_cost };
                let whole = kinds::is_whole(concept) && (!holds_wholes || Some(concept) == own);
                whole || kinds::is_result(concept) || other(concept)
            });
            lines[line].role != Role::Heading && !self.said.total[line] && !ends
        };
        let adds = |line: &usize| lines[*line].role != Role::OfWhich && lines[*line].has_figures();
        let above: Vec<usize> = (0..i).rev().take_while(is_part).filter(adds).take(MOST).collect();
        let below: Vec<usize> = (i + 1..lines.len()).take_while(is_part).filter(adds).take(MOST).collect();
        [above, below].iter().filter_map(|block| self.longest_held(i, block)).collect()
    }

    /// Whether a line means all of income or of costs, of which other wholes are parts.
    fn is_all(&self, i: usize) -> bool {
        let concept = self.statement.lines()[i].concept.map(|found| found.concept);
        matches!(concept, Some(Concept::OperatingIncome | Concept::OperatingCosts))
    }

    /// As many of the lines, the nearest first, as come to it in most columns; all of them where none do and they come
    /// near it.
    fn longest_held(&self, i: usize, block: &[usize]) -> Option<LineSum> {
        let sum = |count: usize| {
            let mut terms: Vec<(usize, i32)> = block[..count].iter().map(|&line| (line, 1)).collect();
            terms.sort_unstable();
            let (tested, held) = self.tried(i, &terms);
            LineSum { result: i, terms, left_out: Vec::new(), tested, held, declared: true }
        };
        let best = (2..=block.len()).map(sum).max_by_key(|sum| (sum.held, sum.terms.len()))?;
        let believed = if best.held > 0 { self.is_precise(&best) } else { self.is_all(i) && self.comes_near(&best) };
        (best.tested > 0 && believed).then_some(best)
    }

    /// Whether the parts come to more than half and less than twice what is stated, in every column.
    fn comes_near(&self, sum: &LineSum) -> bool {
        let two = Money::from(2);
        let figure = |line: usize, column: usize| self.statement.interval(line, column).map(|figure| figure.middle);
        self.columns.iter().filter_map(|&column| Some((column, figure(sum.result, column)?))).all(|(column, stated)| {
            let parts: Money = sum.terms.iter().filter_map(|&(line, _)| figure(line, column)).sum();
            parts.is_negative() == stated.is_negative()
                && parts.abs() * two >= stated.abs()
                && stated.abs() * two >= parts.abs()
        })
    }
}
