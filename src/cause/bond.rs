//! Which explanations make one finding.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Group, Writer};
use super::{Cell, Explanation};
use super::{together, wording};
use crate::finding::{Cause, Slip};
use crate::grid::At;
use crate::relation::{Check, Kind};

/// What makes explanations one finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    /// The same row left out of the same total, in several columns.
    LeftOut {
        table: usize,
        result: usize,
        row: usize,
    },
    /// Most columns of one sum are broken, by different amounts: the row that they lack is one.
    Missing {
        table: usize,
        result: usize,
    },
    /// Broken columns of one total, where no small set of slips explains them.
    Line {
        table: usize,
        result: usize,
    },
    /// Several ties between the same two tables in the same column, off by different amounts.
    Cut {
        table: usize,
        column: usize,
        other: usize,
    },
    /// The same two lines differ in several columns, by the same amount.
    Same {
        lines: Lines,
        amount: i128,
    },
    /// … by different amounts.
    Differ {
        lines: Lines,
    },
    None(usize),
}

/// Two lines that should say the same: tables and lines.
type Lines = [(usize, usize); 2];

/// A tie between two tables that no slip explains.
#[derive(Clone, Copy, Debug)]
struct Tie {
    lines: Lines,
    column: usize,
    amount: i128,
    /// The difference is a figure of its own.
    explained: bool,
}

impl Tie {
    fn cut(self) -> Bond {
        Bond::Cut { table: self.lines[0].0, column: self.column, other: self.lines[1].0 }
    }

    fn same(self) -> Bond {
        Bond::Same { lines: self.lines, amount: self.amount }
    }

    fn differ(self) -> Bond {
        Bond::Differ { lines: self.lines }
    }
}

impl Writer<'_> {
    /// One group for each cause, in the order of the explanations.
    pub fn group(&self, explanations: Vec<Explanation>) -> Vec<Group> {
        let ties: Vec<Option<Tie>> = explanations.iter().map(|explanation| self.tie(explanation)).collect();
        let tied = self.bind(&ties);
        let lacking = self.lacking(&explanations);
        let mut groups: BTreeMap<Bond, (usize, Vec<Explanation>)> = BTreeMap::new();
        for (i, (explanation, tied)) in explanations.into_iter().zip(tied).enumerate() {
            let of_row = self.sum(&explanation).filter(|sum| lacking.contains(sum));
            let of_row = of_row.map(|(table, result)| Bond::Missing { table, result });
            let bond = tied.or(of_row).or_else(|| self.bond(&explanation)).unwrap_or(Bond::None(i));
            groups.entry(bond).or_insert((i, Vec::new())).1.push(explanation);
        }
        let mut in_order: Vec<(usize, Bond, Vec<Explanation>)> =
            groups.into_iter().map(|(bond, (first, members))| (first, bond, members)).collect();
        in_order.sort_by_key(|group| group.0);
        let unknown = |text| Some(Cause { slip: Slip::Unknown, text, edits: Vec::new() });
        let group = |(_, bond, members): (usize, Bond, Vec<Explanation>)| {
            let cause = match bond {
                Bond::Cut { .. } => unknown(together::different_cut()),
                Bond::Differ { .. } => unknown(together::different_periods()),
                Bond::Missing { .. } => Some(self.missing_row(&members)),
                Bond::Same { amount, .. } => {
                    let at = self.checks[members[0].explains[0]].relation.result.at;
                    unknown(together::same_difference(self.names.written(at, self.system.money(amount))))
                }
                _ => self.figure_elsewhere(&members[0]),
            };
            Group { members, cause }
        };
        in_order.into_iter().map(group).collect()
    }

    fn bond(&self, explanation: &Explanation) -> Option<Bond> {
        let [operation] = explanation.operations.as_slice() else { return None };
        let relation = &self.checks[*explanation.explains.first()?].relation;
        let (table, result, _) = self.names.place(relation.result.at)?;
        if operation.slip == Slip::RowLeftOut {
            let edited = self.names.place(self.system.cells[operation.edits.first()?.cell].at)?;
            let row = self.names.place(self.system.cells[*operation.rows.first()?].at)?;
            return Some(Bond::LeftOut { table: edited.0, result: edited.1, row: row.1 });
        }
        (!explanation.proved_minimal && relation.terms.len() > 1).then_some(Bond::Line { table, result })
    }

    /// The sum whose column an explanation is about.
    fn sum(&self, explanation: &Explanation) -> Option<(usize, usize)> {
        let relation = &self.checks[self.gravest(explanation.explains.iter().copied())?].relation;
        let (table, result, _) = self.names.place(relation.result.at)?;
        let is_sum = relation.terms.len() > 1 && relation.result.coefficient == 1 && relation.kind != Kind::Equal;
        (is_sum && explanation.proved_minimal).then_some((table, result))
    }

    /// The lines that a total takes once too few or too often, in whichever column.
    fn rows(&self, explanation: &Explanation) -> Option<(Slip, Vec<usize>)> {
        let [operation] = explanation.operations.as_slice() else { return None };
        let lines = operation.rows.iter().filter_map(|&row| Some(self.names.place(self.system.cells[row].at)?.1));
        (!operation.rows.is_empty()).then(|| (operation.slip, lines.collect()))
    }

    /// The sums that lack a row: a slip of the pen breaks one column, but what the table has not got is missing in
    /// all that it had an amount in. Where the total takes rows too few or too often in each column, nothing is
    /// missing.
    fn lacking(&self, explanations: &[Explanation]) -> BTreeSet<(usize, usize)> {
        let mut broken: BTreeMap<(usize, usize), Vec<&Explanation>> = BTreeMap::new();
        for explanation in explanations {
            if let Some(sum) = self.sum(explanation) {
                broken.entry(sum).or_default().push(explanation);
            }
        }
        let by_rows = |columns: &[&Explanation]| columns.iter().all(|column| self.rows(column).is_some());
        broken.retain(|_, columns| columns.len() > 1 && !by_rows(columns));
        if broken.is_empty() {
            return BTreeSet::new();
        }
        let mut tested: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let is_own = |check: &&Check| !check.relation.derived && (check.broke() || check.held());
        for check in self.checks.iter().filter(is_own) {
            let sum = self.names.place(check.relation.result.at).map(|(table, result, _)| (table, result));
            let columns = sum.and_then(|sum| broken.get(&sum));
            let told = |column: &Explanation| self.gravest(column.explains.iter().copied());
            let own_rule = |column: &&Explanation| {
                told(column).is_some_and(|told| self.checks[told].relation.rule == check.relation.rule)
            };
            if let Some(sum) = sum.filter(|_| columns.is_some_and(|columns| columns.iter().any(own_rule))) {
                *tested.entry(sum).or_default() += 1;
            }
        }
        let most = |sum: &(usize, usize), columns: usize| tested.get(sum).is_some_and(|tested| 2 * columns > *tested);
        broken.into_iter().filter(|(sum, columns)| most(sum, columns.len())).map(|found| found.0).collect()
    }

    fn missing_row(&self, members: &[Explanation]) -> Cause {
        let amount = |explanation: &Explanation| {
            let check = &self.checks[self.gravest(explanation.explains.iter().copied())?];
            let (stated, expected) = wording::amounts(self.names, check);
            Some((self.names.name(check.relation.result.at), stated - expected))
        };
        let text = together::missing_row(&members.iter().filter_map(amount).collect::<Vec<_>>());
        Cause { slip: Slip::RowMissing, text, edits: Vec::new() }
    }

    /// By how much a relation is off that no slip explains: a row that is nowhere, or a figure that was written beside
    /// one that a formula gives.
    fn unexplained(&self, explanation: &Explanation) -> Option<i128> {
        let [operation] = explanation.operations.as_slice() else { return None };
        let equation = &self.system.equations[*explanation.equations.first()?];
        let computed = || equation.terms.iter().any(|term| self.system.cells[term.0].computed);
        match operation.slip {
            Slip::RowMissing => operation.amount,
            Slip::Unknown if equation.terms.len() == 2 && computed() => Some(-equation.residual),
            _ => None,
        }
    }

    fn tie(&self, explanation: &Explanation) -> Option<Tie> {
        let relation = &self.checks[*explanation.explains.first()?].relation;
        let [term] = relation.terms.as_slice() else { return None };
        let amount = self.unexplained(explanation)?;
        let (table, line, column) = self.names.place(relation.result.at)?;
        let (other, other_line, _) = self.names.place(term.at)?;
        let explained = self.figure_elsewhere(explanation).is_some();
        (other != table).then_some(Tie { lines: [(table, line), (other, other_line)], column, amount, explained })
    }

    /// Ties that one reason explains: the same difference in several columns, else tables that are cut differently.
    /// A difference that is a figure of its own stays by itself.
    fn bind(&self, ties: &[Option<Tie>]) -> Vec<Option<Bond>> {
        let mut counts: BTreeMap<Bond, usize> = BTreeMap::new();
        for tie in ties.iter().flatten() {
            *counts.entry(tie.same()).or_default() += 1;
        }
        let of_same = |counts: &BTreeMap<Bond, usize>, tie: &Tie| counts[&tie.same()] > 1;
        for tie in ties.iter().flatten().filter(|tie| !tie.explained) {
            if !of_same(&counts, tie) {
                *counts.entry(tie.cut()).or_default() += 1;
                *counts.entry(tie.differ()).or_default() += 1;
            }
        }
        let bond = |tie: &Tie| match () {
            _ if of_same(&counts, tie) => Some(tie.same()),
            _ if tie.explained => None,
            _ => [tie.cut(), tie.differ()].into_iter().find(|bond| counts[bond] > 1),
        };
        ties.iter().map(|tie| tie.as_ref().and_then(bond)).collect()
    }

    /// The difference of a contradiction may be a figure that stands elsewhere in the book, of the same period.
    fn figure_elsewhere(&self, explanation: &Explanation) -> Option<Cause> {
        let amount = self.unexplained(explanation)?;
        let main = &self.checks[*explanation.explains.first()?].relation;
        let own: Vec<At> = main.cells().collect();
        // A figure of one or two digits stands anywhere.
        let says_something = |cell: &&Cell| cell.value.abs() >= 100 * cell.step && !own.contains(&cell.at);
        let same_period = |cell: &&Cell| {
            let place = self.names.place(cell.at);
            place.is_some_and(|(s, _, c)| self.names.book.statements[s].columns()[c].period == main.period)
        };
        let matching = self.system.cells.iter().filter(|cell| cell.value.abs() == amount.abs());
        let cell = matching.filter(says_something).filter(same_period).min_by_key(|cell| cell.at)?;
        let text = together::same_as(self.names, cell.at, self.names.written(cell.at, self.system.money(amount)));
        Some(Cause { slip: Slip::RowLeftOut, text, edits: Vec::new() })
    }
}
