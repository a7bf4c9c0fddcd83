//! Balances that roll forward through a year: `Ingående anskaffningsvärde`, what changed it, `Utgående
//! anskaffningsvärde`, as the notes of fixed assets, provisions and equity are set up.

use super::{LineSum, Walk};
use crate::statement::{Kind, kinds};
use crate::words::Balance;

/// So many changes are tried as additions and as deductions.
const MOST: usize = 6;

impl Walk<'_> {
    /// The sum of a closing line: the opening balance above it and all between the two; of a value, all since the last
    /// value.
    pub(super) fn rolled(&self, i: usize) -> Option<LineSum> {
        // A plan of equity has columns of budget and outcome as a list of activities has.
        let listed = self.statement.kind == Kind::Activities;
        if !listed && !matches!(self.statement.kind, Kind::Note | Kind::Other) && self.closed.is_none() {
            return None;
        }
        let balance = |line: usize| self.said.balance[line];
        let own = balance(i)?;
        if own == Balance::Opening {
            return self.restated(i);
        }
        let last = |wanted| self.stack.iter().rposition(|item| balance(item.line) == Some(wanted));
        let whole = last(Balance::Value).map_or(0, |at| at + 1);
        let opening = last(Balance::Opening).filter(|at| *at >= whole);
        let closed = || self.stack[whole..].iter().any(|item| balance(item.line) == Some(Balance::Closing));
        let from = match own {
            Balance::Value => [opening.or_else(|| closed().then_some(whole)).map(|_| whole), opening],
            _ => [opening, None],
        };
        let sum = |from: usize| {
            let lines: Vec<usize> = self.stack[from..].iter().map(|item| item.line).collect();
            // Where nothing stands between the two, nothing changed that could be added.
            self.candidate(i, &lines, false).filter(|_| lines.len() > 1).map(|sum| self.deducted(sum))
        };
        // The first of those that hold in most columns.
        let sums = from.into_iter().flatten().filter_map(sum).chain(self.values(i).filter(|_| own == Balance::Value));
        let sum = sums.reduce(|best, sum| if sum.held > best.held { sum } else { best })?;
        (sum.held > 0 || (opening.is_some() && !listed)).then_some(LineSum { declared: true, ..sum })
    }

    /// The equity of a balance sheet at the end of the year, as what it was at its beginning and what has changed it:
    /// where that comes out in most columns.
    pub(super) fn closing(&self, i: usize) -> Option<LineSum> {
        let balance = |line: usize| self.said.balance[line];
        let closes = self.statement.kind == Kind::BalanceSheet && balance(i) == Some(Balance::Closing);
        let opening = self.stack.iter().rposition(|item| balance(item.line) == Some(Balance::Opening));
        let lines: Vec<usize> = self.stack[opening.filter(|_| closes)?..].iter().map(|item| item.line).collect();
        let sum = self.candidate(i, &lines, false).filter(|sum| sum.terms.len() > 1 && 2 * sum.held > sum.tested)?;
        Some(LineSum { declared: true, ..sum })
    }

    /// The sum of an opening balance that an earlier one was restated to: `Ingående eget kapital enligt fastställd
    /// balansräkning`, `Rättelse`, `Justerat ingående eget kapital`.
    fn restated(&self, i: usize) -> Option<LineSum> {
        let opening = |item: &super::Item| self.said.balance[item.line] == Some(Balance::Opening);
        let from = self.stack.iter().rposition(opening)?;
        let lines: Vec<usize> = self.stack[from..].iter().map(|item| item.line).collect();
        let sum = self.candidate(i, &lines, false).filter(|_| lines.len() > 1)?;
        (2 * sum.held > sum.tested && self.is_precise(&sum)).then_some(LineSum { declared: true, ..sum })
    }

    /// The sum of the values of several blocks, right below the last of them.
    fn values(&self, i: usize) -> Option<LineSum> {
        let value = |item: &&super::Item| self.said.balance[item.line] == Some(Balance::Value);
        value(&self.stack.last()?).then_some(())?;
        let lines: Vec<usize> = self.stack.iter().filter(value).map(|item| item.line).collect();
        self.candidate(i, &lines, false).filter(|sum| lines.len() > 1 && sum.held > 0 && self.is_precise(sum))
    }

    /// The same terms with some of the changes as deductions, the fewest, where the figures of more columns say so:
    /// `Årets avskrivningar 12 000` under a cost. One column alone proves it of costs only.
    pub(super) fn deducted(&self, sum: LineSum) -> LineSum {
        let changes = sum.terms.len() - 1;
        if sum.held == sum.tested || changes > MOST {
            return sum;
        }
        let is_cost =
            |line: usize| self.statement.lines()[line].concept.is_some_and(|found| kinds::is_cost(found.concept));
        let mut best = sum.clone();
        let mut choices: Vec<u32> = (1..1 << changes).collect();
        choices.sort_by_key(|choice| choice.count_ones());
        for choice in choices {
            let mut terms = sum.terms.clone();
            let turned = terms[1..].iter_mut().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1);
            turned.for_each(|(_, term)| term.1 = -1);
            let (tested, held) = self.tried(sum.result, &terms);
            let only_costs = terms.iter().all(|&(line, sign)| sign > 0 || is_cost(line));
            if held > best.held && (held > 1 || only_costs) {
                best = LineSum { terms, tested, held, ..sum.clone() };
            }
        }
        best
    }
}
