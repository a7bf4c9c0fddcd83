//! Which line of the new version each line of a statement is, and which column.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::money::{Closeness, Interval, Money};
use crate::period::{Measure, Period};
use crate::statement::Statement;
use crate::table::Figure;
use crate::words::{self, Concept};

/// What a column tells: columns of two versions that tell the same are one.
type Key<'a> = (Option<Period>, Option<Measure>, Option<&'a str>, String, usize);

/// The columns that both versions have.
pub fn columns(before: &Statement, after: &Statement) -> Vec<(usize, usize)> {
    let (old, new) = (keys(before), keys(after));
    let pair = |(i, key): (usize, &Key)| Some((i, new.iter().position(|other| other == key)?));
    old.iter().enumerate().filter_map(pair).collect()
}

/// Where a heading tells no period, its words do; and the place among those that tell the same.
fn keys(statement: &Statement) -> Vec<Key<'_>> {
    let mut seen: HashMap<Key, usize> = HashMap::new();
    let mut keys = Vec::new();
    for column in statement.columns() {
        let words = if column.period.is_some() { String::new() } else { words::fold(&column.header) };
        let mut key = (column.period, column.measure, column.entity.as_deref(), words, 0);
        let count = seen.entry(key.clone()).or_default();
        key.4 = *count;
        *count += 1;
        keys.push(key);
    }
    keys
}

/// A figure in its unit, of a statement.
#[derive(Clone, Copy)]
pub struct Stated<'a> {
    statement: &'a Statement,
    figure: &'a Figure,
    counts: bool,
}

impl<'a> Stated<'a> {
    pub fn of(statement: &'a Statement, line: usize, column: usize) -> Option<Stated<'a>> {
        let about = &statement.lines()[line];
        let counts = about.concept.is_some_and(|m| matches!(m.concept, Concept::EquityRatio | Concept::Employees));
        about.entries[column].figure().map(|figure| Stated { statement, figure, counts })
    }

    pub fn is_money(&self) -> bool {
        !self.figure.percent && !self.counts
    }

    fn interval(&self) -> Interval {
        let unit = self.figure.unit.unwrap_or(self.statement.unit);
        Interval::of(self.figure.amount, unit)
    }

    /// In kronor; of what is no money, the number.
    pub fn value(&self) -> Money {
        if self.is_money() { self.interval().middle } else { self.figure.amount.value }
    }

    fn is_written_as(&self, other: &Stated) -> bool {
        let unit = |stated: &Stated| stated.figure.unit.unwrap_or(stated.statement.unit);
        unit(self) == unit(other)
    }
}

/// Whether a figure says the same in both versions. Written in another unit, it does as long as rounding explains the
/// difference; no figure is the same as nothing.
pub fn same(old: Option<Stated>, new: Option<Stated>) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(one), None) | (None, Some(one)) => one.value().is_zero(),
        (Some(old), Some(new)) if !old.is_money() || old.is_written_as(&new) => old.value() == new.value(),
        (Some(old), Some(new)) => old.interval().closeness(new.interval()) != Closeness::Off,
    }
}

/// A line of one statement, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub old: Option<usize>,
    pub new: Option<usize>,
}

struct Pairing<'a> {
    before: &'a Statement,
    after: &'a Statement,
    columns: &'a [(usize, usize)],
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

/// Pairs the lines of two versions of a statement: by their words, then by their figures, then by what they mean, and
/// last by how alike their words are.
pub fn pair(before: &Statement, after: &Statement, columns: &[(usize, usize)]) -> Vec<Pair> {
    const ALIKE: usize = 72;
    const ALIKE_WITH_SAME_FIGURES: usize = 40;
    let of_old = vec![None; before.lines().len()];
    let of_new = vec![None; after.lines().len()];
    let mut pairing = Pairing { before, after, columns, of_old, of_new };
    pairing.each(|p, a, b| (p.words(a, b) && p.same_figures(a, b)).then_some(Reverse(100)));
    pairing.each(|p, a, b| p.words(a, b).then_some(Reverse(100)));
    pairing.each(|p, a, b| {
        let like = p.likeness(a, b);
        let close = like >= ALIKE_WITH_SAME_FIGURES || p.meaning(a, b);
        (close && p.have_figures(a, b) && p.same_figures(a, b)).then_some(Reverse(like))
    });
    pairing.each(|p, a, b| (p.have_figures(a, b) && p.meaning(a, b)).then_some(Reverse(p.likeness(a, b))));
    pairing.each(|p, a, b| Some(p.likeness(a, b)).filter(|like| *like >= ALIKE && p.have_figures(a, b)).map(Reverse));
    pairing.pairs()
}

impl Pairing<'_> {
    /// Pairs lines that have no partner yet, the best first, and among equals those in order.
    fn each(&mut self, fits: impl Fn(&Self, usize, usize) -> Option<Reverse<usize>>) {
        /// More lines without a partner than this are another table, and comparing all with all would take long.
        const MOST: usize = 250_000;
        let free = |of: &[Option<usize>]| (0..of.len()).filter(|&i| of[i].is_none()).collect::<Vec<_>>();
        let (old, new) = (free(&self.of_old), free(&self.of_new));
        if old.len() * new.len() > MOST {
            return;
        }
        let mut found = Vec::new();
        for &a in &old {
            for &b in &new {
                found.extend(fits(self, a, b).map(|rank| (rank, a, b)));
            }
        }
        found.sort_unstable();
        for (_, a, b) in found {
            if self.of_old[a].is_none() && self.of_new[b].is_none() {
                self.of_old[a] = Some(b);
                self.of_new[b] = Some(a);
            }
        }
    }

    fn words(&self, a: usize, b: usize) -> bool {
        self.before.lines()[a].wording == self.after.lines()[b].wording
    }

    fn likeness(&self, a: usize, b: usize) -> usize {
        words::likeness(&self.before.lines()[a].label, &self.after.lines()[b].label)
    }

    /// One concept, and the same place among others: a total is no part.
    fn meaning(&self, a: usize, b: usize) -> bool {
        let (old, new) = (&self.before.lines()[a], &self.after.lines()[b]);
        let sure = |line: &crate::table::Line| line.concept.filter(|found| found.sure).map(|found| found.concept);
        sure(old).is_some() && sure(old) == sure(new) && old.role == new.role
    }

    fn have_figures(&self, a: usize, b: usize) -> bool {
        self.before.lines()[a].has_figures() && self.after.lines()[b].has_figures()
    }

    fn same_figures(&self, a: usize, b: usize) -> bool {
        let mut any = false;
        self.columns.iter().all(|&(x, y)| {
            let (old, new) = (Stated::of(self.before, a, x), Stated::of(self.after, b, y));
            any |= old.is_some_and(|old| !old.value().is_zero());
            same(old, new)
        }) && any
    }

    /// The new version's lines in its order, each that is gone after the one that it followed.
    fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> =
            self.of_new.iter().enumerate().map(|(b, a)| Pair { old: *a, new: Some(b) }).collect();
        for a in (0..self.of_old.len()).filter(|&a| self.of_old[a].is_none()) {
            let before = (0..a).rev().find_map(|earlier| pairs.iter().position(|pair| pair.old == Some(earlier)));
            pairs.insert(before.map_or(0, |at| at + 1), Pair { old: Some(a), new: None });
        }
        pairs
    }
}
