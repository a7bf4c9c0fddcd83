//! Lines that stand once more: a result further down, and below the closing cash the cash flow of the year, among the
//! reckonings of other balances.

use super::{LineSum, Walk};
use crate::statement::Kind;
use crate::statement::kinds::{self, Reach};
use crate::table::Role;
use crate::words::Concept;

impl Walk<'_> {
    /// The sum of a line there; `flow` is the cash flow of the year.
    pub(super) fn after_closing(&self, i: usize, flow: usize) -> Option<LineSum> {
        let repeats = self.means(i, Concept::NetCashFlow) || self.means(i, Concept::CashControl);
        let again = || self.candidate(i, &[flow], false).filter(|sum| sum.held > 0);
        let sum = if repeats { again() } else { self.rolled(i).filter(|sum| sum.held > 0) };
        sum.map(|sum| LineSum { declared: true, ..sum })
    }

    /// A result of the form that stands once more further down, with the figures it has above: it adds nothing.
    pub(super) fn repeated(&self, i: usize, form: &kinds::Total) -> Option<LineSum> {
        let runs = form.kind == Kind::IncomeStatement && form.reach == Reach::Running;
        let line = |line: usize| &self.statement.lines()[line];
        let first = (0..i).find(|&above| line(above).has_figures() && self.means(above, form.concept));
        let same = |&first: &usize| {
            let shown = self.columns.iter().filter(|&&column| self.statement.interval(i, column).is_some());
            let amount = |line: usize, column: usize| self.statement.amount(line, column).map(|amount| amount.value);
            shown.clone().count() > 1 && shown.clone().all(|&column| amount(i, column) == amount(first, column))
        };
        let sum = self.candidate(i, &[first.filter(|_| runs).filter(same)?], false)?;
        Some(LineSum { declared: true, ..sum })
    }

    /// Whether a reckoning of the balance requirement does not begin with the result: then it goes on from another table.
    pub(super) fn goes_on(&self, i: usize) -> bool {
        self.means(i, Concept::AdjustedResult) && !self.stack.iter().any(|item| self.is_result(item.line))
    }

    /// The line of a concept that a formula for a line means: of one that stands again below it, the one above.
    pub(super) fn line_for(&self, i: usize, concept: Concept) -> Option<usize> {
        let line = self.statement.line(concept)?;
        let stands = |line: usize| self.statement.lines()[line].role != Role::Heading && self.means(line, concept);
        Some(if line > i { (0..i).rfind(|&above| stands(above)).unwrap_or(line) } else { line })
    }

    pub(super) fn means(&self, line: usize, concept: Concept) -> bool {
        self.statement.means(line, concept)
    }
}
