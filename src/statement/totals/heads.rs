//! Totals that stand over their parts: `Kostnader 4 102 510`, and below it what they are.

use super::{LineSum, Walk};
use crate::statement::kinds;
use crate::table::Role;

/// No block is longer.
const MOST: usize = 60;

impl Walk<'_> {
    /// The sums of lines that come to the lines right below them, the inner ones within the outer.
    ///
    /// Figures alone do not make such a line a total: it also means all income or all costs, or stands out from the
    /// lines below it.
    pub(super) fn heads(&self) -> Vec<LineSum> {
        let lines = self.statement.lines();
        let mut sums: Vec<LineSum> = Vec::new();
        // The lines below that are no parts of others yet, the nearest last.
        let mut below: Vec<usize> = Vec::new();
        for i in (0..lines.len()).rev() {
            match lines[i].role {
                Role::Heading => below.clear(),
                Role::OfWhich => {}
                _ => {
                    if let Some(sum) = self.head(i, &below) {
                        below.truncate(below.len() - sum.terms.len());
                        sums.push(sum);
                    }
                    below.push(i);
                }
            }
        }
        sums
    }

    fn head(&self, i: usize, below: &[usize]) -> Option<LineSum> {
        let line = &self.statement.lines()[i];
        let next = &self.statement.lines()[*below.last()?];
        let means_all = line.concept.is_some_and(|found| kinds::is_whole(found.concept));
        let stands_out = means_all || (line.bold && !next.bold) || line.indent < next.indent;
        if !stands_out {
            return None;
        }
        let mut terms = Vec::new();
        let mut near = None;
        for &part in below.iter().rev().take(MOST) {
            if self.is_result(part) {
                break;
            }
            terms.push((part, 1));
            let (tested, held) = self.tried(i, &terms);
            let sum =
                || LineSum { result: i, terms: terms.clone(), left_out: Vec::new(), tested, held, declared: false };
            if held == tested && self.convincing(&sum()) {
                return Some(LineSum { declared: true, ..sum() });
            }
            // A slip in one column of three leaves enough to know it by.
            if near.is_none() && terms.len() >= 3 && tested >= 3 && held + 1 == tested && self.is_precise(&sum()) {
                near = Some(LineSum { declared: true, ..sum() });
            }
        }
        near
    }
}
