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
const WAYS: [&[(Part, i32)]; 6] = [
    &[(Part::Carried, 1), (Part::Change, 1)],
    &[(Part::Opening, 1), (Part::Change, 1)],
    &[(Part::Carried, 1), (Part::Debit, 1), (Part::Credit, -1)],
    &[(Part::Opening, 1), (Part::Debit, 1), (Part::Credit, -1)],
    &[(Part::Opening, 1), (Part::Debit, 1), (Part::Credit, 1)],
    &[(Part::Debit, 1), (Part::Credit, -1)],
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

/// The totals, each of the accounts above it back to the beginning of a group that it comes to.
fn groups(rows: &[Row], columns: &[&Column], written: Written) -> Vec<Stated> {
    let mut above = Above::new(columns.len(), written);
    let mut stated = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match row {
            Row::Account(entry) => above.take(entry),
            Row::Heading => above.begin(),
            Row::Total { label, figures } => {
                let right_below = at > 0 && matches!(rows[at - 1], Row::Account(_));
                stated.extend(above.group(label, figures, right_below));
                above.begin();
            }
        }
    }
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
}

/// A sum that rounding makes miss by more steps than these is not looked for.
const MOST_STEPS: i64 = 3;

/// So many of the nearest starts are looked at, of those that fit a column.
const NEAREST: usize = 32;

impl<'r> Above<'r> {
    fn new(columns: usize, written: Written) -> Above<'r> {
        let (sums, told) = (vec![Money::ZERO; columns], vec![0; columns]);
        let mut above = Above { entries: Vec::new(), starts: Vec::new(), known: HashMap::new(), sums, told, written };
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
    fn group(&self, label: &str, figures: &[Option<Figure>], right_below: bool) -> Vec<Stated> {
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
            return self.stated(start, label, figures);
        }
        let nearest = self.starts.iter().rposition(|(first, ..)| *first < self.entries.len());
        let stated = nearest.filter(|_| right_below && words::says_total(label));
        // Nothing of the row comes out: only where its one figure is alone does that tell of a slip.
        let stated = stated.map_or_else(Vec::new, |start| self.stated(start, label, figures));
        if stated.len() == 1 { stated } else { Vec::new() }
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
