//! Lines that mean all of a section and that no word says to be totals: `Personal`, `Lokaler`, `Verksamhetens kostnader`.
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

/// What a line is in the sums that are told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Free,
    Total,
    /// It is added already, as a total or not.
    Part,
}

impl Walk<'_> {
    /// The sums that such lines would be of the lines right above them or right below, none of which shares a part with
    /// another: those that come out in more columns first. They are to be tried, not believed. What the sums that are told
    /// add is no part of another; their totals may be.
    pub(super) fn wholes<'t>(&self, told: impl Iterator<Item = &'t LineSum>) -> Vec<LineSum> {
        let mut places = vec![Place::Free; self.statement.lines().len()];
        for sum in told {
            sum.terms.iter().for_each(|&(part, _)| places[part] = Place::Part);
            if places[sum.result] == Place::Free {
                places[sum.result] = Place::Total;
            }
        }
        let is_new = |&i: &usize| self.is_whole(i) && places[i] != Place::Total;
        let lines = (0..places.len()).filter(is_new);
        let mut found: Vec<LineSum> = lines.flat_map(|i| self.blocks(i, &places)).collect();
        found.sort_by_key(|sum| std::cmp::Reverse((sum.held, sum.terms.len())));
        let mut chosen: Vec<LineSum> = Vec::new();
        for (at, sum) in found.iter().enumerate() {
            let shares =
                |other: &LineSum| other.result == sum.result || sum.terms.iter().any(|term| other.terms.contains(term));
            // Of two that come out in no column, neither is likelier.
            let rivals = found.iter().enumerate().any(|(i, other)| i != at && other.held == 0 && shares(other));
            let unsure = sum.held == 0 && rivals;
            if !unsure && !chosen.iter().any(shares) {
                chosen.push(sum.clone());
            }
        }
        chosen
    }

    /// Whether a line means all of a section.
    fn is_whole(&self, i: usize) -> bool {
        let line = &self.statement.lines()[i];
        let whole = line.concept.is_some_and(|found| {
            kinds::is_whole(found.concept)
                && !matches!(found.concept, Concept::TotalAssets | Concept::TotalEquityAndLiabilities)
        });
        whole && line.role != Role::Heading && line.has_figures()
    }

    /// The lines above it, and those below, as far as they may be its parts. What a form adds above a line the form knows.
    fn blocks(&self, i: usize, places: &[Place]) -> Vec<LineSum> {
        let lines = self.statement.lines();
        let Some(own) = lines[i].concept.map(|found| found.concept) else { return Vec::new() };
        let is_all = self.is_all(i);
        let may_be_part = |&line: &usize| {
            let concept = lines[line].concept.map(|found| found.concept);
            let ends = concept.filter(|&concept| !kinds::is_part(own, concept)).is_some_and(|concept| {
                (!is_all && kinds::is_whole(concept)) || kinds::is_result(concept) || self.is_against(i, line)
            });
            // All of costs may be those of several sections.
            let heads = lines[line].role == Role::Heading && !is_all;
            !heads && !ends && (!self.said.total[line] || places[line] != Place::Free)
        };
        let adds = |&line: &usize| {
            let counts = !matches!(lines[line].role, Role::OfWhich | Role::Heading) && lines[line].has_figures();
            counts && places[line] != Place::Part
        };
        let above: Vec<usize> = match kinds::total_of(self.statement.kind, own) {
            Some(_) => Vec::new(),
            None => (0..i).rev().take_while(may_be_part).filter(adds).take(MOST).collect(),
        };
        let below: Vec<usize> = (i + 1..lines.len()).take_while(may_be_part).filter(adds).take(MOST).collect();
        let least = |block: &[usize]| {
            // One line is a part where the form says so, or where it is a total that is told again.
            let first = block.first().filter(|&&first| {
                let concept = lines[first].concept.map(|found| found.concept);
                places[first] == Place::Total || concept.is_some_and(|concept| kinds::is_part(own, concept))
            });
            if first.is_some() { 1 } else { 2 }
        };
        [above, below].iter().filter_map(|block| self.longest_held(i, block, least(block))).collect()
    }

    /// Whether a line means all of income or of costs, of which other wholes are parts.
    pub(super) fn is_all(&self, i: usize) -> bool {
        let concept = self.statement.lines()[i].concept.map(|found| found.concept);
        matches!(concept, Some(Concept::OperatingIncome | Concept::OperatingCosts))
    }

    /// As many of the lines, the nearest first, as come to it in most columns; all of them where none do and they come
    /// near it.
    fn longest_held(&self, i: usize, block: &[usize], least: usize) -> Option<LineSum> {
        let sum = |count: usize| {
            let mut terms: Vec<(usize, i32)> = block[..count].iter().map(|&line| (line, 1)).collect();
            terms.sort_unstable();
            let (tested, held) = self.tried(i, &terms);
            LineSum { result: i, terms, left_out: Vec::new(), tested, held, declared: true }
        };
        let best = (least..=block.len()).map(sum).max_by_key(|sum| (sum.held, sum.terms.len()))?;
        let believed = if best.held > 0 { self.is_precise(&best) } else { self.is_all(i) && self.comes_near(&best) };
        let single = best.terms.len() == 1 && best.held < best.tested;
        (best.tested > 0 && believed && !single).then_some(best)
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
