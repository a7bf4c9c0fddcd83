//! Lines of a running result whose sign their wording does not tell.

use super::said::Said;
use super::{LineSum, Walk};
use crate::statement::{Statement, kinds};
use crate::table::Role;

/// So many lines of unknown sense are tried in every combination.
const MOST: usize = 4;

impl Walk<'_> {
    /// The same terms with the signs of some turned, where the figures of more columns speak for that.
    ///
    /// What a line means in a result is known from its wording; where it is not, the line is income or a cost, the
    /// same in every column. A line that is known is turned only where two columns prove it: some print all costs
    /// as positive figures but interest as a negative one.
    pub(super) fn turned(&self, sum: LineSum) -> LineSum {
        if sum.held == sum.tested || sum.terms.len() < 2 {
            return sum;
        }
        let of_sense = |known: bool| -> Vec<usize> {
            let places = sum.terms.iter().enumerate();
            places.filter(|(_, (line, _))| self.sense_is_known(*line) == known).map(|(place, _)| place).collect()
        };
        let unknown = of_sense(false);
        let mut best = sum.clone();
        if unknown.len() <= MOST {
            for turns in 1u32..1 << unknown.len() {
                let places = unknown.iter().enumerate().filter(|(bit, _)| turns >> bit & 1 == 1);
                self.keep_better(&mut best, &sum, places.map(|(_, place)| *place), 1);
            }
        }
        if best.held == 0 {
            // A column where the line has no figure proves nothing of its sign.
            let shown = |line: usize| {
                let amounts = self.columns.iter().filter_map(|&column| self.statement.interval(line, column));
                amounts.filter(|figure| !figure.middle.is_zero()).count()
            };
            let turnable = |&place: &usize| {
                let line = sum.terms[place].0;
                !self.is_result(line) && (shown(line) > 1 || self.columns.len() == 1)
            };
            let single = of_sense(true).into_iter().filter(turnable);
            single.for_each(|place| self.keep_better(&mut best, &sum, std::iter::once(place), 2));
        }
        best
    }

    fn keep_better(&self, best: &mut LineSum, sum: &LineSum, places: impl Iterator<Item = usize>, least: usize) {
        let mut terms = sum.terms.clone();
        places.for_each(|place| terms[place].1 = -terms[place].1);
        let (tested, held) = self.tried(sum.result, &terms);
        if held > best.held && held >= least {
            *best = LineSum { terms, tested, held, ..sum.clone() };
        }
    }

    fn sense_is_known(&self, line: usize) -> bool {
        let concept = self.statement.lines()[line].concept.map(|found| found.concept);
        self.is_total(line) || self.is_cost_item(line) || concept.is_some_and(kinds::is_income) || self.is_result(line)
    }

    /// Whether a total that says of nothing what it is the total adds what stands under a heading of costs.
    pub(super) fn ends_costs(&self, i: usize, taken: &[usize]) -> bool {
        let concept = |line: usize| self.statement.lines()[line].concept.map(|found| found.concept);
        let is_of_costs = |&line: &usize| {
            line > self.costs_from && !concept(line).is_some_and(|own| kinds::is_income(own) || kinds::is_result(own))
        };
        self.in_costs && concept(i).is_none() && taken.len() > 1 && taken.iter().all(is_of_costs)
    }

    pub(super) fn is_result(&self, line: usize) -> bool {
        self.statement.lines()[line].concept.is_some_and(|found| kinds::is_result(found.concept))
    }

    fn is_total(&self, line: usize) -> bool {
        self.stack.iter().any(|item| item.line == line && item.total) || self.statement.lines()[line].role != Role::Line
    }
}

/// The sums of a walk with that of the signs of costs by which most of them hold: the first, but for more than the margin.
pub(super) fn walked(
    statement: &mut Statement,
    said: &Said,
    signs: &[i32],
    margin: usize,
) -> Option<(i32, Vec<LineSum>)> {
    let mut best: Option<(usize, i32, Vec<LineSum>)> = None;
    for &sign in signs {
        statement.cost_sign = sign;
        let sums = Walk::new(statement, said, false).sums();
        let held = sums.iter().map(|sum| sum.held).sum();
        if best.as_ref().is_none_or(|(most, ..)| held > *most + margin) {
            best = Some((held, sign, sums));
        }
    }
    best.map(|(_, sign, sums)| (sign, sums))
}
