//! How far up a total may reach, and which of the sums within its reach the figures speak for.

use super::{Item, LineSum, Walk};
use crate::money::{Interval, Money};
use crate::statement::kinds::Reach;
use crate::statement::{Kind, kinds};
use crate::words::{self, Concept};

impl Walk<'_> {
    /// How many of the last items of the stack a total may add: a section of a cash flow never adds another.
    pub(super) fn reachable(&self, i: usize, form: Option<&kinds::Total>) -> usize {
        let section = form.is_some_and(|form| form.kind == Kind::CashFlow && form.reach == Reach::Block);
        let from = self.stack.iter().rposition(|item| item.total).filter(|_| section).map_or(0, |at| at + 1);
        self.of_one_sense(i, &self.stack[from..]).len().min(64)
    }

    /// The last of these items that can be parts of a total of costs or of income: a total of the one never adds the
    /// other, nor a result.
    pub(super) fn of_one_sense<'s>(&self, i: usize, items: &'s [Item]) -> &'s [Item] {
        let concept = |line: usize| self.statement.lines()[line].concept.map(|found| found.concept);
        let other: fn(Concept) -> bool = match concept(i) {
            Some(total) if kinds::is_cost(total) => |c| kinds::is_income(c) || kinds::is_result(c),
            Some(total) if kinds::is_income(total) => |c| kinds::is_cost(c) || kinds::is_result(c),
            Some(Concept::CurrentAssets | Concept::Receivables) => kinds::is_fixed_asset,
            Some(Concept::CurrentLiabilities) => |c| kinds::is_long_term(c) || kinds::is_above_liabilities(c),
            Some(Concept::LongTermLiabilities) => {
                |c| kinds::is_above_liabilities(c) || (kinds::is_long_term(c) && c != Concept::LongTermLiabilities)
            }
            // `Summa avsättningar 0` of a body that has none stands right below the equity.
            Some(Concept::Liabilities | Concept::Provisions) => kinds::is_above_liabilities,
            // `Finansnetto` may be a line of its own, below totals that are none of its parts; a note of it is nothing else.
            Some(Concept::FinancialNet) if self.statement.kind != Kind::Note => {
                let known = |item: &&Item| concept(item.line).is_some_and(kinds::is_financial);
                return &items[items.len() - items.iter().rev().take_while(known).count()..];
            }
            // Money is never a part of a number of persons.
            None if words::counting::says_count(&self.statement.lines()[i].label) => {
                let counts = |item: &Item| words::counting::says_count(&self.statement.lines()[item.line].label);
                let known = |item: &Item| concept(item.line).is_some();
                let from = items.iter().rposition(|item| known(item) && !counts(item)).map_or(0, |at| at + 1);
                return &items[from..];
            }
            _ => return items,
        };
        let from = items.iter().rposition(|item| concept(item.line).is_some_and(other)).map_or(0, |at| at + 1);
        &items[from..]
    }

    /// The shortest suffix of the stack that holds in more columns than `weight`, of those the one that holds in
    /// most; with one line alone only where nothing else is expected.
    pub(super) fn best_suffix(
        &self,
        i: usize,
        most: usize,
        runs: bool,
        weight: usize,
        alone: bool,
    ) -> Option<(usize, bool)> {
        let mut best: Option<(usize, usize, bool)> = None;
        for running in [runs, !runs] {
            let stated: Vec<_> = self.columns.iter().map(|&column| self.statement.interval(i, column)).collect();
            let mut sums = vec![(Interval::exact(Money::ZERO), false); self.columns.len()];
            // Against the form, costs enter as they are signed only where more than one column shows it: in the one
            // year that has an interest, its sign may be the slip.
            let against_form = runs && !running && self.columns.len() > 1;
            let mut shown = vec![false; self.columns.len()];
            for (k, item) in self.stack.iter().rev().take(most).enumerate().map(|(k, item)| (k + 1, item)) {
                let sign = self.sign(item.line, running);
                for (((sum, informative), shown), &column) in sums.iter_mut().zip(&mut shown).zip(&self.columns) {
                    if let Some(figure) = self.statement.interval(item.line, column) {
                        *sum = sum.plus(sign, figure);
                        *informative |= !figure.middle.is_zero();
                        *shown |= item.cost && !figure.middle.is_zero();
                    }
                }
                let held = if k == 1 { 0 } else { self.held(&stated, &sums, k, running) };
                let proved = !against_form || shown.iter().filter(|shown| **shown).count() != 1;
                let enough = proved && held > weight || (alone && best.is_none());
                if enough && best.is_none_or(|(most, ..)| held > most) {
                    best = Some((held, k, running));
                }
            }
        }
        best.map(|(_, k, running)| (k, running))
    }

    /// The total right above, which it says again: `Summa`, `Kostnader totalt` where there is one block of costs.
    pub(super) fn last_total(&self, i: usize) -> Option<LineSum> {
        let last = self.stack.last().filter(|item| item.total)?;
        let repeats = |sum: &LineSum| sum.tested > 0 && sum.held == sum.tested && self.is_precise(sum);
        self.candidate(i, &[last.line], false).filter(repeats)
    }

    /// A sum of more lines than should be within reach, which comes out in all of several columns.
    pub(super) fn beyond(&self, i: usize, most: usize, runs: bool) -> Option<LineSum> {
        let all = self.stack.len().min(64);
        let (k, running) = self.best_suffix(i, all, runs, 1, false).filter(|&(k, _)| k > most)?;
        let suffix: Vec<usize> = self.stack[self.stack.len() - k..].iter().map(|item| item.line).collect();
        let comes_out = |sum: &LineSum| sum.tested > 1 && sum.held == sum.tested && self.is_precise(sum);
        self.candidate(i, &suffix, running).filter(comes_out)
    }
}
