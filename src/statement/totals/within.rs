//! Subtotals that only their figures show: `Resultat enligt förra årets redovisning`, `Rättelse`, `Årets resultat`
//! within a total that should not add the first two again.

use super::{LineSum, Walk};

/// No such block is longer.
const MOST: usize = 8;

impl Walk<'_> {
    /// The sums of a walk, with the subtotals among the terms of totals that come out in all columns by them.
    pub(super) fn with_subtotals(&self, sums: Vec<LineSum>) -> Vec<LineSum> {
        let mut all = Vec::with_capacity(sums.len());
        for sum in sums {
            match self.subtotal_within(&sum) {
                Some((subtotal, total)) => all.extend([subtotal, total]),
                None => all.push(sum),
            }
        }
        all
    }

    /// A term that is what two or more terms right above it come to, in every column that has them: with those left
    /// to it, the total comes out in all columns.
    fn subtotal_within(&self, sum: &LineSum) -> Option<(LineSum, LineSum)> {
        if !sum.declared || sum.held == sum.tested {
            return None;
        }
        let is_result = |line: usize| self.said.total[line] || line == sum.result;
        let (terms, count) = (&sum.terms, sum.terms.len());
        let runs = (2..count).flat_map(|at| (2..=at.min(MOST)).map(move |length| (at - length, at)));
        let mut found = runs.filter_map(|(from, at)| {
            let (line, sign) = terms[at];
            let parts = &terms[from..at];
            if is_result(line) || parts.iter().any(|&(_, other)| other != sign) {
                return None;
            }
            let parts: Vec<(usize, i32)> = parts.iter().map(|&(part, _)| (part, 1)).collect();
            let (tested, held) = self.tried(line, &parts);
            let left_out = Vec::new();
            let subtotal = LineSum { result: line, terms: parts, left_out, tested, held, declared: true };
            if held == 0 || held < tested || !self.adds_several(&subtotal) || !self.is_precise(&subtotal) {
                return None;
            }
            let rest: Vec<(usize, i32)> = terms[..from].iter().chain(&terms[at..]).copied().collect();
            let (tested, held) = self.tried(sum.result, &rest);
            (held == tested && held > sum.held)
                .then(|| (subtotal, LineSum { terms: rest, tested, held, ..sum.clone() }))
        });
        found.next()
    }

    /// Whether two figures or more stand behind a sum in some column: next to nothing, one figure repeats another.
    fn adds_several(&self, sum: &LineSum) -> bool {
        let is_figure = |line: usize, column: usize| {
            self.statement.interval(line, column).is_some_and(|figure| !figure.middle.is_zero())
        };
        let shown = |column: usize| sum.terms.iter().filter(|&&(line, _)| is_figure(line, column)).count();
        self.columns.iter().any(|&column| shown(column) > 1)
    }
}
