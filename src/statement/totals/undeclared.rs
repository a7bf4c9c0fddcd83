//! Totals below their parts that no word declares: `Grinden`, `Stegen`, `insatser individnivå`.

use super::{LineSum, Walk};
use crate::table::Role;
use crate::words;

impl Walk<'_> {
    /// The lines that are what all lines since the last heading or total come to, in every column, or in all but one where
    /// they are three or more. Tried where the totals further down come out in none: the shares of a förbund's members
    /// add up among themselves by law.
    pub(super) fn undeclared_blocks(&self) -> Vec<LineSum> {
        let lines = self.statement.lines();
        let mut sums = Vec::new();
        let mut block: Vec<usize> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let ends = line.role == Role::Heading || self.said.total[i] || self.is_result(i);
            if ends {
                block.clear();
            }
            if ends || line.role != Role::Line || !line.has_figures() {
                continue;
            }
            let sum = self.candidate(i, &block, false).filter(|_| block.len() > 1);
            let held = |sum: &LineSum| {
                let slip = usize::from(sum.terms.len() > 2 && sum.tested > 1);
                sum.held > 0 && sum.held + slip >= sum.tested
            };
            match sum.filter(|sum| held(sum) && self.is_precise(sum)) {
                Some(sum) => {
                    sums.push(LineSum { declared: true, ..sum });
                    block.clear();
                }
                None => block.push(i),
            }
        }
        sums
    }

    /// Whether a row without a name is the total of a section by where it stands: it closes several lines that all have
    /// names, and is the only one of its kind that the figures do not show.
    pub(super) fn closes_unnamed(&self, i: usize, sum: &LineSum) -> bool {
        let lines = self.statement.lines();
        let closes = lines.get(i + 1).is_none_or(|next| next.role == Role::Heading);
        let named = |&(line, _): &(usize, i32)| !lines[line].label.is_empty() && line < i;
        let from = sum.terms.iter().map(|&(line, _)| line).min().unwrap_or(i);
        let begins = from == 0 || lines[from - 1].role == Role::Heading;
        closes && begins && sum.terms.len() > 1 && from + sum.terms.len() == i && sum.terms.iter().all(named)
    }

    /// In a table of accounts, the lines of figures that are of no account: what accounts come to.
    pub(super) fn beyond_accounts(&self) -> Vec<usize> {
        let lines = self.statement.lines();
        let shown = |&line: &usize| lines[line].role == Role::Line && lines[line].has_figures();
        let (accounts, others): (Vec<usize>, Vec<usize>) =
            (0..lines.len()).filter(shown).partition(|&line| self.said.account[line]);
        let is_amount = |&line: &usize| !words::counting::says_count(&lines[line].label);
        if accounts.len() > others.len() { others.into_iter().filter(is_amount).collect() } else { Vec::new() }
    }
}
