//! What a list states of its own figures: closing balances of rows, and totals of groups.

use std::collections::{BTreeMap, HashMap};

use super::balances::{Entry, Row, entries};
use super::layout::{Column, Part};
use crate::ledger::{Figure, Of, Stated};
use crate::money::{Amount, Money};
use crate::words;

/// How finely the figures of a list are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub decimals: u32,
    /// To the öre, and not thousands or millions with decimals.
    pub in_ore: bool,
}

impl Written {
    pub fn of(amounts: impl Iterator<Item = Amount>) -> Written {
        const LARGE: i64 = 10_000;
        let (mut decimals, mut largest) = (0, Money::ZERO);
        for amount in amounts {
            decimals = decimals.max(amount.value.normalize().decimals());
            largest = largest.max(amount.value.abs());
        }
        Written { decimals, in_ore: decimals == 2 && largest >= Money::from(LARGE) }
    }
}

/// So many rows without a remainder show that nothing is rounded.
const PROOF: usize = 16;
/// One row in so many is off by a slip rather than by rounding.
const MANY: usize = 40;

/// So many rows must show how a row is made.
const ROWS: usize = 3;

/// Every equation that the list states. `turned` tells the accounts whose balances are written with the other sign
/// than debit and credit have.
pub(super) fn all(rows: &[Row], columns: &[&Column], turned: &impl Fn(&str) -> bool, written: Written) -> Vec<Stated> {
    let mut stated = of_rows(rows, columns, turned, written);
    let half = |count: usize| Money::new(5 * (count as i64 + 1), written.decimals + 1);
    // Rounded figures leave a krona in every few rows; where none is left, or one of very many, they are exact.
    let held = stated.iter().filter(|row| row.difference().is_zero()).count();
    let near = |row: &&Stated| !row.difference().is_zero() && row.difference().abs() <= half(row.terms.len());
    let left = stated.iter().filter(near).count();
    let exact = written.in_ore || (held >= PROOF && MANY * left <= held);
    stated.extend(groups(rows, columns, written));
    if !exact {
        stated.iter_mut().for_each(|equation| equation.slack = half(equation.terms.len()));
    }
    stated
}

/// One way of making the closing balance of a row.
const WAYS: [&[(Part, i32)]; 7] = [
    &[(Part::Carried, 1), (Part::Change, 1)],
    &[(Part::Opening, 1), (Part::Change, 1)],
    &[(Part::Carried, 1), (Part::Debit, 1), (Part::Credit, -1)],
    &[(Part::Opening, 1), (Part::Debit, 1), (Part::Credit, -1)],
    &[(Part::Opening, 1), (Part::Debit, 1), (Part::Credit, 1)],
    &[(Part::Debit, 1), (Part::Credit, -1)],
    &[(Part::Change, 1)],
];

/// The rows in the way that most of them hold; none where no way does.
fn of_rows(rows: &[Row], columns: &[&Column], turned: &impl Fn(&str) -> bool, written: Written) -> Vec<Stated> {
    let near = Money::new(15, written.decimals + 1);
    let ways = WAYS.iter().filter_map(|way| {
        let stated: Vec<Stated> = entries(rows).filter_map(|entry| row(entry, columns, way, turned)).collect();
        let held = stated.iter().filter(|row| row.difference().abs() <= near).count();
        (held >= ROWS && 2 * held > stated.len()).then_some((held, stated))
    });
    // Of equals the first.
    ways.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, stated)| stated).unwrap_or_default()
}

fn row(entry: &Entry, columns: &[&Column], way: &[(Part, i32)], turned: &impl Fn(&str) -> bool) -> Option<Stated> {
    // A balance with sides stands on one of them.
    let sided = columns.iter().any(|column| column.credit);
    let at = |part: Part| {
        let own = columns.iter().enumerate().filter(move |(_, column)| column.part == part && !column.prior);
        let figures = own.filter_map(|(i, column)| Some((entry.figures[i]?, if column.credit { -1 } else { 1 })));
        figures.filter(|(figure, _)| !sided || !figure.value.is_zero())
    };
    let has = |part: Part| columns.iter().any(|column| column.part == part && !column.prior);
    let (result, of_result) = at(Part::Closing).next()?;
    let mut terms = Vec::new();
    for (part, sign) in way {
        if !has(*part) {
            return None;
        }
        let sides = matches!(part, Part::Debit | Part::Credit) && turned(&entry.number);
        let sign = of_result * if sides { -sign } else { *sign };
        terms.extend(at(*part).map(|(figure, side)| (figure, sign * side)));
    }
    let label = format!("{} {}", entry.number, entry.name).trim().to_owned();
    Some(Stated { label, of: Of::Row, result, terms, slack: Money::ZERO })
}

/// The totals, each of the accounts above it; or below it, where most stand before their accounts (`40 Insatser`).
fn groups(rows: &[Row], columns: &[&Column], written: Written) -> Vec<Stated> {
    let below = totals(rows.iter(), columns, written);
    let held = |stated: &[Stated]| stated.iter().filter(|group| group.holds()).count();
    if below.iter().all(Stated::holds) {
        return proven(below, columns);
    }
    let above = totals(rows.iter().rev(), columns, written);
    proven(if held(&above) > held(&below) { above } else { below }, columns)
}

/// The totals, each of the accounts before it back to the beginning of a group that it comes to.
fn totals<'r>(rows: impl Iterator<Item = &'r Row>, columns: &[&Column], written: Written) -> Vec<Stated> {
    let mut above = Above::new(columns.len(), written);
    let (mut stated, mut after_account) = (Vec::new(), false);
    for row in rows {
        match row {
            Row::Account(entry) => above.take(entry),
            Row::Heading => above.begin(),
            Row::Total { label, figures } => {
                stated.extend(above.group(label, figures, after_account));
                above.begin();
            }
        }
        after_account = matches!(row, Row::Account(_));
    }
    let shown = above.lacking.into_iter().filter(|lacking| lacking.shown).flat_map(|lacking| lacking.stated);
    stated.extend(shown.filter(|total| !total.holds()).map(|total| Stated { of: Of::Lacking, ..total }));
    stated
}

fn proven(mut stated: Vec<Stated>, columns: &[&Column]) -> Vec<Stated> {
    // A label alone is no proof: some group of the list must come out.
    let proven = stated.iter().any(|group| group.holds()) || columns.len() == 1;
    stated.retain(|_| proven);
    stated
}

/// The accounts above a row. What a total comes to is found by the sums of its columns so far, not by adding up every
/// group that may be its own: lists may have tens of thousands of them.
struct Above<'r> {
    entries: Vec<&'r Entry>,
    /// Where groups begin, and what the columns summed to there; so many figures were not nothing.
    starts: Vec<(usize, Vec<Money>, Vec<usize>)>,
    /// The starts of each sum of each column.
    known: HashMap<(usize, Money), Vec<usize>>,
    sums: Vec<Money>,
    told: Vec<usize>,
    written: Written,
    lacking: Vec<Lacking>,
}

/// A total that no group of rows comes to, in any column. What it lacks is in the sums from there on: a later total that
/// comes out so shows that a row is missing.
struct Lacking {
    /// How many accounts are above it.
    entries: usize,
    stated: Vec<Stated>,
    shown: bool,
}

/// A sum that rounding makes miss by more steps than these is not looked for.
const MOST_STEPS: i64 = 3;

/// So many of the nearest starts are looked at, of those that fit a column.
const NEAREST: usize = 32;

impl<'r> Above<'r> {
    fn new(columns: usize, written: Written) -> Above<'r> {
        let (sums, told) = (vec![Money::ZERO; columns], vec![0; columns]);
        let (entries, starts, known) = (Vec::new(), Vec::new(), HashMap::new());
        let mut above = Above { entries, starts, known, sums, told, written, lacking: Vec::new() };
        above.begin();
        above
    }

    fn take(&mut self, entry: &'r Entry) {
        for (column, figure) in entry.figures.iter().enumerate() {
            let value = figure.map_or(Money::ZERO, |figure| figure.value);
            self.sums[column] = self.sums[column] + value;
            self.told[column] += usize::from(!value.is_zero());
        }
        self.entries.push(entry);
    }

    /// A group begins here.
    fn begin(&mut self) {
        if self.starts.last().is_some_and(|(first, ..)| *first == self.entries.len()) {
            return;
        }
        for (column, sum) in self.sums.iter().enumerate() {
            self.known.entry((column, *sum)).or_default().push(self.starts.len());
        }
        self.starts.push((self.entries.len(), self.sums.clone(), self.told.clone()));
    }

    /// The columns of a total. The group is the one that fits in most of its columns, of equals the nearest; one that
    /// fits in none counts only where the row calls itself a sum and stands right below its accounts.
    fn group(&mut self, label: &str, figures: &[Option<Figure>], right_below: bool) -> Vec<Stated> {
        let nearest = self.starts.iter().rposition(|(first, ..)| *first < self.entries.len());
        let comes_to = |start: usize, column: usize| self.sums[column] - self.starts[start].1[column];
        let agrees = |start: usize| {
            let mut told = figures.iter().enumerate().filter_map(|(i, figure)| Some((i, (*figure)?)));
            told.all(|(i, figure)| figure.value == comes_to(start, i))
        };
        // Nothing moved on the accounts of a group, and nothing is their sum.
        if let Some(start) = nearest.filter(|start| agrees(*start)) {
            return self.stated(start, label, figures);
        }
        let mut held: BTreeMap<usize, usize> = BTreeMap::new();
        for (column, figure) in figures.iter().enumerate() {
            let Some(figure) = figure else { continue };
            // Rounded figures miss their sum by a few steps, the more of them the more.
            let most = if self.written.in_ore { 0 } else { MOST_STEPS };
            for steps in -most..=most {
                let missed = Money::new(steps, self.written.decimals);
                let fitting = self.known.get(&(column, self.sums[column] - figure.value + missed));
                for &start in fitting.into_iter().flatten().rev().take(NEAREST) {
                    let parts = self.told[column] - self.starts[start].2[column];
                    if parts > 0 && 2 * steps.unsigned_abs() <= parts as u64 + 1 {
                        *held.entry(start).or_default() += 1;
                    }
                }
            }
        }
        if let Some((&start, _)) = held.iter().max_by_key(|(start, count)| (**count, **start)) {
            let first = self.starts[start].0;
            // It comes out by what those before it lack, and says no more than that.
            let spanned =
                self.lacking.iter_mut().filter(|lacking| first < lacking.entries).map(|lacking| lacking.shown = true);
            if spanned.count() > 0 {
                return Vec::new();
            }
            return self.stated(start, label, figures);
        }
        let Some(start) = nearest.filter(|_| right_below && words::says_total(label)) else { return Vec::new() };
        // Nothing of the row comes out: only where its one figure is alone does that tell of a slip.
        let stated = self.stated(start, label, figures);
        if stated.len() < 2 {
            return stated;
        }
        if self.written.in_ore {
            let lacks = figures.iter().enumerate().map(|(i, figure)| figure.map(|f| f.value - comes_to(start, i)));
            let lacks: Vec<Money> = lacks.map(Option::unwrap_or_default).collect();
            for (sum, lacks) in self.sums.iter_mut().zip(lacks) {
                *sum = *sum + lacks;
            }
            self.lacking.push(Lacking { entries: self.entries.len(), stated, shown: false });
        }
        Vec::new()
    }

    fn stated(&self, start: usize, label: &str, figures: &[Option<Figure>]) -> Vec<Stated> {
        let parts = &self.entries[self.starts[start].0..];
        let of_column = |(i, result): (usize, &Option<Figure>)| {
            let terms: Vec<(Figure, i32)> = parts.iter().filter_map(|part| Some((part.figures[i]?, 1))).collect();
            let stated =
                Stated { label: label.to_owned(), of: Of::Group, result: (*result)?, terms, slack: Money::ZERO };
            (!stated.terms.is_empty()).then_some(stated)
        };
        figures.iter().enumerate().filter_map(of_column).collect()
    }
}
