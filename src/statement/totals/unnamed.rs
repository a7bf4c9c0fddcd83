//! Results whose wording is unknown, known by where they stand and what they come to.

use super::{LineSum, Walk};
use crate::statement::{Kind, Statement, kinds};
use crate::table::Line;
use crate::words::{self, Concept, Match};

/// So far below the result of the activities the first financial line stands.
const NEAR: usize = 3;

/// Fewer activities than these are no list that a result adds.
const LEAST_PARTS: usize = 3;

impl Walk<'_> {
    /// A result whose wording is unknown: in an income statement, the line between the costs and the financial lines
    /// that in half of the columns is all that stands above it, income less costs.
    pub(super) fn unnamed_result(&self, i: usize) -> Option<LineSum> {
        let lines = self.statement.lines();
        let concept = |line: &Line| line.concept.map(|found| found.concept);
        let shown = |line: &&Line| line.has_figures();
        let below = |line: &Line| concept(line).is_some_and(kinds::is_after_operations);
        // Below costs that stand below it, no result is near.
        let other =
            |line: &&Line| concept(line).is_none_or(|c| !(kinds::is_cost(c) || kinds::is_income(c)) || below(line));
        let follows = || lines[i + 1..].iter().filter(shown).take(NEAR).take_while(other).any(below);
        let named = || lines.iter().any(|line| concept(line) == Some(Concept::OperatingResult));
        let may_be = self.statement.kind == Kind::IncomeStatement && lines[i].concept.is_none();
        if !may_be || self.stack.len() < 2 || !follows() || named() {
            return None;
        }
        let above: Vec<usize> = self.stack.iter().map(|item| item.line).collect();
        let sum = self.turned(self.candidate(i, &above, true)?);
        // That income and costs cancel where the line has nothing proves nothing.
        let says = |&&column: &&usize| self.statement.amount(i, column).is_some_and(|amount| !amount.value.is_zero());
        let columns: Vec<usize> = self.columns.iter().filter(says).copied().collect();
        let (tested, held) = self.tried_in(i, &sum.terms, &columns);
        (2 * held >= tested.max(1)).then_some(LineSum { declared: true, ..sum })
    }
}

impl Walk<'_> {
    /// The result that all activities together come to: the last line with figures, where most of several columns add up to
    /// it (`Årets resultat` below the rows of a driftredovisning).
    pub(super) fn result_of_all(&self, i: usize) -> Option<LineSum> {
        let lines = self.statement.lines();
        let is_result = || {
            words::concept(&lines[i].label, Kind::IncomeStatement.code())
                .is_some_and(|found| kinds::is_result(found.concept))
        };
        let is_last = || lines[i + 1..].iter().all(|line| !line.has_figures());
        let may_be = matches!(self.statement.kind, Kind::Activities | Kind::Other) && is_last() && is_result();
        if !may_be || self.stack.len() < LEAST_PARTS {
            return None;
        }
        let above: Vec<usize> = self.stack.iter().map(|item| item.line).collect();
        let sum = self.candidate(i, &above, false)?;
        (sum.held > 1 && 3 * sum.held >= 2 * sum.tested).then_some(LineSum { declared: true, ..sum })
    }
}

impl Walk<'_> {
    /// A subtotal of a cash flow whose wording is unknown: all that stands above it, or since the last total, comes to it
    /// in every column.
    pub(super) fn unnamed_subtotal(&self, i: usize) -> Option<LineSum> {
        let named = self.statement.lines()[i].concept.is_some();
        if self.statement.kind != Kind::CashFlow || named {
            return None;
        }
        let last = self.stack.iter().rposition(|item| item.total).map_or(0, |at| at + 1);
        let above: Vec<usize> = self.stack[last..].iter().map(|item| item.line).collect();
        let sum = self.candidate(i, &above, true)?;
        // A misspelt first subtotal in the one year of a table may as well be a line.
        let enough = sum.held > 1 || (last > 0 && sum.held > 0 && sum.terms.len() > 1);
        let holds = sum.held == sum.tested || (last > 0 && sum.terms.len() > 1 && 2 * sum.held >= sum.tested);
        (enough && holds && self.is_precise(&sum)).then_some(LineSum { declared: true, ..sum })
    }
}

/// The total right above the financial lines is the result of the activities, whatever it is called.
pub(super) fn name_result(statement: &mut Statement) {
    if statement.kind != Kind::IncomeStatement || statement.line(Concept::OperatingResult).is_some() {
        return;
    }
    let concept = |line: usize| statement.lines()[line].concept.map(|found| found.concept);
    let figures: Vec<usize> = (0..statement.lines().len()).filter(|&i| statement.lines()[i].has_figures()).collect();
    let first = figures.iter().position(|&line| concept(line).is_some_and(kinds::is_after_operations));
    let Some(above) = first.and_then(|first| first.checked_sub(1)).map(|at| figures[at]) else { return };
    // A total of costs alone is no result.
    let has_income = |sum: &LineSum| {
        let parts = || statement.sums.iter().filter(|other| sum.terms.iter().any(|&(term, _)| term == other.result));
        let terms = sum.terms.iter().chain(parts().flat_map(|other| &other.terms));
        terms.into_iter().any(|&(line, _)| concept(line).is_some_and(kinds::is_income))
    };
    let is_total = statement.sums.iter().any(|sum| sum.result == above && has_income(sum));
    if concept(above).is_none() && is_total {
        statement.table.lines[above].concept = Some(Match { concept: Concept::OperatingResult, sure: false });
    }
}
