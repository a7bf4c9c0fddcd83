//! The rows of the book's tables by their names.

use std::collections::HashMap;
use std::ops::Range;

use crate::book::Book;
use crate::grid::Cell;
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement};
use crate::table::Role;
use crate::words::body::association;
use crate::words::running::{self, Word};
use crate::words::{Likeness, Naming, fold};

/// A row that can be named.
#[derive(Clone, Debug)]
pub struct Row {
    input: usize,
    pub statement: usize,
    pub line: usize,
    pub naming: Naming,
}

/// Every row with figures, by its name, and the year of each document.
#[derive(Clone, Debug)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// The rows by the beginnings of their words.
    index: HashMap<String, Vec<usize>>,
    /// The rows with acronyms in their names.
    acronyms: Vec<usize>,
    /// For each input the rows that its texts speak of: its own, where it has statements.
    own: Vec<Option<Range<usize>>>,
    /// Whether each is reconciled with the others, whose rows its texts speak of where it has none.
    together: Vec<bool>,
    /// For each input the year that it is of, where its tables tell.
    years: Vec<Option<i32>>,
    /// Whether each is of a kommun or the like.
    bodies: Vec<bool>,
}

impl Rows {
    pub fn of(book: &Book) -> Rows {
        let mut rows: Vec<Row> = Vec::new();
        for (statement, s) in book.statements.iter().enumerate() {
            let input = book.input(s);
            if s.copy_of.is_some() || s.kind == Kind::Contents {
                continue;
            }
            for (line, l) in s.lines().iter().enumerate() {
                if l.role != Role::Heading && l.has_figures() && !l.label.is_empty() {
                    rows.push(Row { input, statement, line, naming: Naming::of(&l.label) });
                }
            }
        }
        let years = (0..book.inputs.len()).map(|input| year(book, input)).collect();
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, row) in rows.iter().enumerate() {
            for key in row.naming.keys() {
                index.entry(key.to_string()).or_default().push(i);
            }
        }
        let acronyms = (0..rows.len()).filter(|&i| rows[i].naming.has_acronym()).collect();
        let bodies = (0..book.inputs.len()).map(|input| is_of_body(book, input)).collect();
        let range = |input: usize| {
            let first = rows.partition_point(|row| row.input < input);
            first..rows.partition_point(|row| row.input <= input)
        };
        let own = (0..book.inputs.len()).map(|input| book.has_statements(input).then(|| range(input))).collect();
        let together = (0..book.inputs.len()).map(|input| book.is_together(input)).collect();
        Rows { rows, index, acronyms, own, together, years, bodies }
    }

    /// The year of a document.
    pub fn year(&self, input: usize) -> Option<i32> {
        self.years.get(input).copied().flatten()
    }

    /// Whether a document is of a body whose name says what it is: of a kommun.
    pub fn is_of_body(&self, input: usize) -> bool {
        self.bodies.get(input).copied().unwrap_or_default()
    }

    /// Whether a heading is the name of an insats: of a row that is no line of the statements' own forms.
    pub fn is_insats(&self, book: &Book, input: usize, heading: &Naming) -> bool {
        let free = |row: &Row| book.statements[row.statement].lines()[row.line].concept.is_none();
        self.named(input, heading, Likeness::Same).iter().any(|(row, _)| free(row))
    }

    /// The rows that a text of a document names best, with how well; none where it names none better than by a shared
    /// word.
    pub fn named(&self, input: usize, text: &Naming, least: Likeness) -> Vec<(&Row, Likeness)> {
        if text.is_empty() {
            return Vec::new();
        }
        let keyed = text.keys().filter_map(|key| self.index.get(key)).flat_map(|rows| self.within(input, rows));
        let mut likely: Vec<usize> = keyed.copied().chain(self.abbreviated(input, text)).collect();
        likely.retain(|&i| self.reaches(input, i));
        likely.sort_unstable();
        likely.dedup();
        let like = |i: usize| Some((&self.rows[i], self.rows[i].naming.likeness(text)?));
        let liked: Vec<(&Row, Likeness)> = likely.into_iter().filter_map(like).collect();
        let best = liked.iter().map(|(_, likeness)| *likeness).max().filter(|best| *best >= least);
        let named: Vec<_> = liked.into_iter().filter(|(_, likeness)| Some(*likeness) == best).collect();
        if named.len() > MOST_NAMED { Vec::new() } else { named }
    }

    /// The rows that an acronym, here or there, may name.
    fn abbreviated<'a>(&'a self, input: usize, text: &'a Naming) -> impl Iterator<Item = usize> + 'a {
        let all = match self.own(input) {
            _ if !text.has_acronym() => 0..0,
            Some(own) => own.clone(),
            None => 0..self.rows.len(),
        };
        let known = self.within(input, &self.acronyms).iter().copied();
        all.chain(known).filter(|&i| self.rows[i].naming.abbreviates(text))
    }

    /// Of rows in their order those that are a document's own, or all where it has none.
    fn within<'a>(&self, input: usize, rows: &'a [usize]) -> &'a [usize] {
        match self.own(input) {
            Some(own) => {
                &rows[rows.partition_point(|row| *row < own.start)..rows.partition_point(|row| *row < own.end)]
            }
            None => rows,
        }
    }

    fn reaches(&self, input: usize, row: usize) -> bool {
        let there = self.rows[row].input;
        let together = |input: usize| self.together.get(input).copied().unwrap_or(true);
        input == there || (self.own(input).is_none() && together(input) && together(there))
    }

    fn own(&self, input: usize) -> Option<&Range<usize>> {
        self.own.get(input)?.as_ref()
    }
}

/// Whether a title at the beginning of a document names a kommun and no förbund.
fn is_of_body(book: &Book, input: usize) -> bool {
    const TITLES: usize = 3;
    const LONG: usize = 80;
    let Some(grid) = book.grids.iter().find(|grid| grid.input == input) else { return false };
    let titles = || grid.others().filter_map(Cell::text).take(TITLES).filter(|text| text.chars().count() < LONG);
    let says = |text: &str| fold(text).split(' ').any(|word| running::word(word) == Some(Word::Body));
    titles().any(says) && !titles().any(|text| association(text).is_some())
}

/// What fits more rows is the name of none.
const MOST_NAMED: usize = 100;

/// The year that a document is of: the last one that it has outcome for, else the one that it plans for in detail.
fn year(book: &Book, input: usize) -> Option<i32> {
    let of_input = book.statements.iter().filter(|s| book.grids[s.table.grid as usize].input == input);
    let statements: Vec<_> = of_input.filter(|s| !matches!(s.kind, Kind::Contents | Kind::Other)).collect();
    let years = |budget: bool| {
        let of_kind = statements.iter().filter(move |s| (s.kind == Kind::Budget) == budget);
        of_kind.flat_map(|s| s.columns().iter().filter_map(|column| column.period)).filter(|period| period.is_year())
    };
    let last: Option<Period> = years(false).max();
    last.or_else(|| planned(&statements)).or_else(|| years(true).min()).map(|period| period.year)
}

/// The year of a budget beside which years before stand: the last one before the plan, or the first of a row that goes
/// back in time.
fn planned(statements: &[&Statement]) -> Option<Period> {
    let columns = || statements.iter().filter(|s| s.kind == Kind::Budget).flat_map(|s| s.columns());
    let of = |measure: Measure| {
        let years = columns().filter(move |column| column.measure == Some(measure)).filter_map(|column| column.period);
        years.filter(|period| period.is_year())
    };
    let before = |plan: &Period| of(Measure::Budget).filter(|period| period < plan).max();
    let falls = || {
        let years: Vec<Period> = of(Measure::Budget).collect();
        years.first().copied().filter(|first| years.iter().skip(1).all(|year| year < first) && years.len() > 1)
    };
    of(Measure::Plan).min().as_ref().and_then(before).or_else(falls)
}
