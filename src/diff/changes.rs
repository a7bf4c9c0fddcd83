//! What happened to each statement and each of its lines.

use std::collections::HashMap;

use super::lines::{self, Stated};
use super::{AmountChange, LineChange, StatementChange, tables};
use crate::book::{Book, Spot};
use crate::grid::At;
use crate::money::Money;
use crate::period::{Measure, Period};

pub struct Changes<'a> {
    old: &'a Book,
    new: &'a Book,
    pub statements: Vec<StatementChange>,
    /// Where the cells of the old version are in the new one.
    pub came: HashMap<At, At>,
    /// The numbers that notes had, and have.
    renumbered: HashMap<u32, u32>,
}

fn note(book: &Book, statement: usize) -> Option<u32> {
    book.statements[statement].note.as_ref().map(|note| note.0)
}

impl<'a> Changes<'a> {
    pub fn of(old: &'a Book, new: &'a Book) -> Changes<'a> {
        let pairs = tables::pair(old, new);
        let numbers = pairs.iter().filter_map(|pair| Some((note(old, pair.old?)?, note(new, pair.new?)?)));
        let renumbered = numbers.filter(|(was, is)| was != is).collect();
        let mut changes = Changes { old, new, statements: Vec::new(), came: HashMap::new(), renumbered };
        for pair in pairs {
            let change = match (pair.old, pair.new) {
                (Some(was), Some(is)) => changes.changed(was, is),
                _ => changes.whole(pair),
            };
            changes.statements.push(change);
        }
        changes
    }

    /// A statement that only one version has: all its lines with figures.
    fn whole(&self, pair: tables::Pair) -> StatementChange {
        let (book, index) = match (pair.old, pair.new) {
            (Some(index), _) => (self.old, index),
            (None, index) => (self.new, index.unwrap_or_default()),
        };
        let lines = (0..book.statements[index].lines().len()).map(|line| match pair.old {
            Some(_) => lines::Pair { old: Some(line), new: None },
            None => lines::Pair { old: None, new: Some(line) },
        });
        let lines = lines.filter_map(|line| self.line(pair, line, &[])).collect();
        let (renumbered, unit, columns_removed, columns_added) = Default::default();
        StatementChange { old: pair.old, new: pair.new, renumbered, unit, columns_removed, columns_added, lines }
    }

    fn changed(&mut self, was: usize, is: usize) -> StatementChange {
        let (before, after) = (&self.old.statements[was], &self.new.statements[is]);
        let columns = lines::columns(before, after);
        let pair = tables::Pair { old: Some(was), new: Some(is) };
        let pairs = lines::pair(before, after, &columns);
        for line in &pairs {
            if let (Some(a), Some(b)) = (line.old, line.new) {
                self.came.extend(columns.iter().map(|&(x, y)| (before.table.at(a, x), after.table.at(b, y))));
            }
        }
        StatementChange {
            old: pair.old,
            new: pair.new,
            renumbered: note(self.old, was).zip(note(self.new, is)).filter(|(a, b)| a != b),
            unit: Some((before.unit, after.unit)).filter(|(a, b)| a != b),
            columns_removed: (0..before.columns().len()).filter(|i| !columns.iter().any(|(a, _)| a == i)).collect(),
            columns_added: (0..after.columns().len()).filter(|i| !columns.iter().any(|(_, b)| b == i)).collect(),
            lines: pairs.iter().filter_map(|line| self.line(pair, *line, &columns)).collect(),
        }
    }

    /// What happened to a line; `None` where nothing did.
    fn line(&self, statement: tables::Pair, line: lines::Pair, columns: &[(usize, usize)]) -> Option<LineChange> {
        let old = statement.old.zip(line.old).map(|(s, line)| (&self.old.statements[s], s, line));
        let new = statement.new.zip(line.new).map(|(s, line)| (&self.new.statements[s], s, line));
        let amount = |x: Option<usize>, y: Option<usize>| {
            let was = old.zip(x).and_then(|((statement, _, line), x)| Stated::of(statement, line, x));
            let is = new.zip(y).and_then(|((statement, _, line), y)| Stated::of(statement, line, y));
            (!lines::same(was, is)).then(|| AmountChange {
                old: old.zip(x).map(|((_, statement, line), column)| Spot { statement, line, column }),
                new: new.zip(y).map(|((_, statement, line), column)| Spot { statement, line, column }),
                was: was.map(|was| was.value()),
                is: is.map(|is| is.value()),
                money: was.or(is).is_some_and(|stated| stated.is_money()),
                mended: Vec::new(),
                broken: Vec::new(),
            })
        };
        let mut change = LineChange { old: line.old, new: line.new, renamed: false, note: None, amounts: Vec::new() };
        match (old, new) {
            (Some((before, _, a)), Some((after, _, b))) => {
                let (was, is) = (&before.lines()[a], &after.lines()[b]);
                change.renamed = was.wording != is.wording;
                let number = |line: &crate::table::Line| line.note.map(|note| note.number);
                let follows = number(was).map(|was| self.renumbered.get(&was).copied().unwrap_or(was));
                change.note = (follows != number(is)).then(|| (number(was), number(is)));
                change.amounts = columns.iter().filter_map(|&(x, y)| amount(Some(x), Some(y))).collect();
                let any = change.renamed || change.note.is_some() || !change.amounts.is_empty();
                any.then_some(change)
            }
            (Some((before, _, a)), None) => {
                change.amounts = (0..before.columns().len()).filter_map(|x| amount(Some(x), None)).collect();
                before.lines()[a].has_figures().then_some(change)
            }
            (None, Some((after, _, b))) => {
                change.amounts = (0..after.columns().len()).filter_map(|y| amount(None, Some(y))).collect();
                after.lines()[b].has_figures().then_some(change)
            }
            (None, None) => None,
        }
    }

    /// Lines that are gone from one statement and stand in another with the same figures have moved.
    pub fn take_out_moved(&mut self) {
        let mut gone: HashMap<Told, Vec<(usize, usize)>> = HashMap::new();
        for (i, statement) in self.statements.iter().enumerate() {
            for (j, line) in statement.lines.iter().enumerate().filter(|(_, line)| line.new.is_none()) {
                gone.entry(told(self.old, statement.old, line.old, line, true)).or_default().push((i, j));
            }
        }
        let mut moved: Vec<(usize, usize)> = Vec::new();
        for (i, statement) in self.statements.iter().enumerate() {
            for (j, line) in statement.lines.iter().enumerate().filter(|(_, line)| line.old.is_none()) {
                let key = told(self.new, statement.new, line.new, line, false);
                let Some((was, k)) = gone.get_mut(&key).filter(|_| !line.amounts.is_empty()).and_then(Vec::pop) else {
                    continue;
                };
                let before = self.statements[was].lines[k].amounts.iter().filter_map(|amount| amount.old);
                let after = line.amounts.iter().filter_map(|amount| amount.new);
                self.came.extend(before.zip(after).map(|(a, b)| (self.old.at(a), self.new.at(b))));
                moved.extend([(was, k), (i, j)]);
            }
        }
        moved.sort_unstable();
        for (i, j) in moved.into_iter().rev() {
            self.statements[i].lines.remove(j);
        }
    }
}

/// What a line tells wherever it stands: its words, and its figures with their periods.
type Told = (String, Vec<(Option<Period>, Option<Measure>, Money)>);

fn told(book: &Book, statement: Option<usize>, line: Option<usize>, change: &LineChange, old: bool) -> Told {
    let Some((statement, line)) = statement.zip(line) else { return Default::default() };
    let statement = &book.statements[statement];
    let figure = |amount: &AmountChange| {
        let column = &statement.columns()[if old { amount.old } else { amount.new }?.column];
        Some((column.period, column.measure, if old { amount.was } else { amount.is }?))
    };
    (statement.lines()[line].wording.clone(), change.amounts.iter().filter_map(figure).collect())
}
