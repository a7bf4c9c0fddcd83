//! The lines that a total adds: by the form of the statement, by the heading that it repeats, or since the last total.

use super::{Item, LineSum, Walk};
use crate::statement::Kind;
use crate::statement::kinds::Reach;
use crate::words::{self, Concept};

impl Walk<'_> {
    /// A strict form is kept even where the figures hold without some of its lines; those are noted.
    pub(super) fn hold_to_form(&self, i: usize, sum: LineSum, expected: &[usize], runs: bool) -> LineSum {
        let has = |line: &usize| sum.terms.iter().any(|(term, _)| term == line);
        let left_out: Vec<usize> = expected.iter().filter(|line| !has(line)).copied().collect();
        if left_out.is_empty() {
            return sum;
        }
        match self.candidate(i, expected, runs) {
            Some(formal) => LineSum { left_out, declared: true, ..formal },
            None => sum,
        }
    }

    /// The sign with which a line enters a sum: in a running result costs have the table's sign.
    pub(super) fn sign(&self, line: usize, running: bool) -> i32 {
        match running {
            true if self.is_cost_item(line) => self.statement.cost_sign,
            _ => 1,
        }
    }

    pub(super) fn by_form(&self, reach: Reach, i: usize) -> Option<Vec<usize>> {
        match reach {
            Reach::Running => Some(self.stack.iter().map(|item| item.line).collect()),
            Reach::Block => None,
            Reach::After(concepts) => {
                let is_one = |item: &Item| {
                    let found = self.statement.lines()[item.line].concept;
                    // Equity may be a line of its own, with `varav årets resultat` under it.
                    let bounds = |concept: Concept| item.total || concept == Concept::Equity;
                    found.is_some_and(|found| concepts.contains(&found.concept) && bounds(found.concept))
                };
                let from = self.stack.iter().rposition(is_one).map_or(0, |at| at + 1);
                Some(self.stack[from..].iter().map(|item| item.line).collect())
            }
            Reach::Formula(concepts) => {
                let mut lines: Vec<usize> = concepts.iter().filter_map(|concept| self.line_for(i, *concept)).collect();
                lines.sort_unstable();
                Some(lines)
            }
            Reach::Opened => {
                let opening = self.line_for(i, Concept::OpeningEquity)?;
                let income = self.stack.iter().filter(|item| !item.cost).map(|item| item.line);
                Some(std::iter::once(opening).chain(income).collect())
            }
        }
        .filter(|lines| !lines.is_empty())
    }

    /// What was pushed since the heading that the total repeats: `Administration` … `Summa administration`.
    pub(super) fn by_heading(&self, label: &str) -> Option<Vec<usize>> {
        let wording = words::strip(&words::fold(label));
        let (_, height) = self.headings.iter().rfind(|(heading, _)| *heading == wording && !wording.is_empty())?;
        let lines: Vec<usize> = self.stack.get(*height..)?.iter().map(|item| item.line).collect();
        (!lines.is_empty()).then_some(lines)
    }

    /// The lines since the last total; where there are none, the totals of the same side.
    pub(super) fn block(&self, i: usize) -> Vec<usize> {
        let from = self.stack.iter().rposition(|item| item.total).map_or(0, |at| at + 1);
        let lines = self.of_one_sense(i, &self.stack[from..]);
        if !lines.is_empty() {
            return lines.iter().map(|item| item.line).collect();
        }
        let Some(last) = self.stack.last() else { return Vec::new() };
        // A section of a cash flow never adds another.
        if self.statement.kind == Kind::CashFlow {
            return Vec::new();
        }
        let items = self.of_one_sense(i, &self.stack);
        items.iter().filter(|item| item.cost == last.cost).map(|item| item.line).collect()
    }

    /// A sum of these lines as far as the figures tell; `runs`: costs enter with the table's sign.
    pub(super) fn candidate(&self, i: usize, lines: &[usize], runs: bool) -> Option<LineSum> {
        if lines.is_empty() || lines.contains(&i) {
            return None;
        }
        let by_formula = self.by_formula(self.statement.lines()[i].concept.map(|found| found.concept));
        let terms: Vec<(usize, i32)> = lines.iter().map(|&line| (line, self.sign(line, runs || by_formula))).collect();
        let (tested, held) = self.tried(i, &terms);
        Some(LineSum { result: i, terms, left_out: Vec::new(), tested, held, declared: false })
    }
}
