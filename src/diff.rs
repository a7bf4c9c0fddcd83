//! Two versions of a book → what changed, by statement line and period. Where a line stands is no matter: moved rows,
//! moved tables and renamed sheets are no change.

mod changes;
mod lines;
mod relations;
mod tables;

use crate::book::{Book, Spot};
use crate::check::Report;
use crate::money::{Money, Unit};

/// A book and what was found in it.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    pub book: &'a Book,
    pub report: &'a Report,
}

impl Version<'_> {
    /// The files of which nothing is compared, for they have no statement: ledgers, lists of accounts, and what could
    /// not be read.
    pub fn not_compared(&self) -> impl Iterator<Item = usize> + '_ {
        let states = |input: usize| self.book.of_input(input).next().is_some();
        (0..self.book.inputs.len()).filter(move |&input| !states(input))
    }
}

/// What changed from the old version to the new one.
#[derive(Debug, Default)]
pub struct Diff {
    /// The statements in which something changed, those of the new version first, in its order.
    pub statements: Vec<StatementChange>,
    pub relations: Relations,
}

/// How the relations that rules test came through, of those that both versions have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    pub mended: usize,
    pub broken: usize,
    /// Broke before and still does.
    pub still: usize,
}

/// What happened to a statement.
#[derive(Debug)]
pub struct StatementChange {
    /// Its index in each version; `None` where it was added or removed.
    pub old: Option<usize>,
    pub new: Option<usize>,
    /// The number of a note before and after.
    pub renumbered: Option<(u32, u32)>,
    pub unit: Option<(Unit, Unit)>,
    /// Columns that only the old or only the new version has.
    pub columns_removed: Vec<usize>,
    pub columns_added: Vec<usize>,
    pub lines: Vec<LineChange>,
}

/// What happened to a line.
#[derive(Debug)]
pub struct LineChange {
    pub old: Option<usize>,
    pub new: Option<usize>,
    /// The label is another: same line under a new name.
    pub renamed: bool,
    /// The note that it refers to, before and after, where that does not follow from notes that were renumbered.
    pub note: Option<(Option<u32>, Option<u32>)>,
    pub amounts: Vec<AmountChange>,
}

/// A figure that changed.
#[derive(Debug)]
pub struct AmountChange {
    pub old: Option<Spot>,
    pub new: Option<Spot>,
    /// In kronor; of a percentage or a count, the number itself.
    pub was: Option<Money>,
    pub is: Option<Money>,
    /// Whether the two are money.
    pub money: bool,
    /// The rules whose relations with this figure broke before and hold now.
    pub mended: Vec<&'static str>,
    /// Those that held before and break now.
    pub broken: Vec<&'static str>,
}

impl Diff {
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    pub fn amounts(&self) -> impl Iterator<Item = &AmountChange> {
        self.lines().filter(|line| line.old.is_some() && line.new.is_some()).flat_map(|line| &line.amounts)
    }

    pub fn lines(&self) -> impl Iterator<Item = &LineChange> {
        self.statements.iter().flat_map(|statement| &statement.lines)
    }
}

/// What changed from one version of a book to another.
pub fn diff(old: Version<'_>, new: Version<'_>) -> Diff {
    let mut changes = changes::Changes::of(old.book, new.book);
    changes.take_out_moved();
    let fates = relations::Fates::of(old.report, new.report, &changes.came);
    let mut statements = changes.statements;
    statements.retain(StatementChange::is_any);
    for amount in statements.iter_mut().flat_map(|s| &mut s.lines).flat_map(|line| &mut line.amounts) {
        if let Some(spot) = amount.new {
            (amount.mended, amount.broken) = fates.at(new.book.at(spot));
        }
    }
    Diff { statements, relations: fates.count }
}

impl StatementChange {
    fn is_any(&self) -> bool {
        let columns = !self.columns_removed.is_empty() || !self.columns_added.is_empty();
        self.renumbered.is_some() || self.unit.is_some() || columns || !self.lines.is_empty()
    }
}
