//! What a file has that tells whose it is where nothing says so: lines with their amounts, balances of accounts.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Book;
use super::accounts::closing;
use super::figures::MOST_BODIES;
use crate::money::Money;
use crate::period::Measure;
use crate::statement::Kind;
use crate::words::Concept;

/// Something that two files of one body have in common, and two of two bodies seldom.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Trace {
    /// An amount of a line: year, whether it was planned, concept or else wording.
    Line(i32, bool, Option<Concept>, String, Money),
    /// An amount of many digits, wherever it stands.
    Amount(Money),
}

/// An amount of so many digits without its zeros at the end is not another's by chance.
const FINE: usize = 3;
const SO_FINE_ALONE: usize = 5;

/// What must be shared with a body: two fine amounts of a line, or several coarse ones.
const ENOUGH: usize = 4;

/// The traces of each file.
pub struct Traces(Vec<FxHashSet<Trace>>);

impl Traces {
    pub fn of(book: &Book) -> Traces {
        let mut files: Vec<FxHashSet<Trace>> = vec![FxHashSet::default(); book.inputs.len()];
        for statement in book.statements.iter().filter(|s| s.kind != Kind::Contents) {
            let file = &mut files[book.input(statement)];
            for (i, column) in statement.columns().iter().enumerate() {
                let planned = match column.measure {
                    Some(Measure::Actual) => false,
                    Some(Measure::Budget | Measure::Plan) => true,
                    _ => continue,
                };
                let Some(period) = column.period else { continue };
                for (l, line) in statement.lines().iter().enumerate() {
                    let Some(amount) = statement.interval(l, i).map(|interval| whole(interval.middle)) else {
                        continue;
                    };
                    if amount.is_zero() {
                        continue;
                    }
                    let concept = line.concept.filter(|found| found.sure).map(|found| found.concept);
                    let wording = if concept.is_some() { String::new() } else { line.wording.clone() };
                    file.insert(Trace::Line(period.year, planned, concept, wording, amount));
                    add(file, amount);
                }
            }
        }
        for ledger in &book.ledgers {
            let file = &mut files[book.grids[ledger.grid as usize].input];
            for figure in ledger.counted().iter().filter_map(|account| closing(account, 0)) {
                add(file, whole(figure.value));
            }
        }
        Traces(files)
    }

    /// The one group that has most of what a file has, where no other comes near.
    pub fn nearest(&self, unit: &[usize], owners: &Owners) -> Option<usize> {
        let mut found: FxHashMap<usize, usize> = FxHashMap::default();
        let own: FxHashSet<&Trace> = unit.iter().flat_map(|&input| &self.0[input]).collect();
        for trace in own {
            let bodies = owners.0.get(trace).map_or(&[][..], Vec::as_slice);
            if bodies.len() <= MOST_BODIES {
                bodies.iter().for_each(|&body| *found.entry(body).or_default() += trace.weight());
            }
        }
        let mut found: Vec<(usize, usize)> = found.into_iter().map(|(body, weight)| (weight, body)).collect();
        found.sort_unstable_by_key(|&(weight, body)| (std::cmp::Reverse(weight), body));
        let second = found.get(1).map_or(0, |(weight, _)| *weight);
        found.first().filter(|(weight, _)| *weight >= ENOUGH && *weight >= 2 * second).map(|(_, body)| *body)
    }
}

/// Which bodies have a trace.
pub struct Owners<'a>(FxHashMap<&'a Trace, Vec<usize>>);

impl<'a> Owners<'a> {
    pub fn of(traces: &'a Traces, groups: &[Vec<usize>]) -> Owners<'a> {
        let mut owners: FxHashMap<&Trace, Vec<usize>> = FxHashMap::default();
        for (body, group) in groups.iter().enumerate() {
            for trace in group.iter().flat_map(|&input| &traces.0[input]) {
                let bodies = owners.entry(trace).or_default();
                if bodies.last() != Some(&body) {
                    bodies.push(body);
                }
            }
        }
        Owners(owners)
    }
}

impl Trace {
    fn weight(&self) -> usize {
        match self {
            Trace::Line(.., amount) if amount.significant() < FINE => 1,
            Trace::Line(..) | Trace::Amount(_) => 2,
        }
    }
}

fn add(file: &mut FxHashSet<Trace>, amount: Money) {
    if amount.significant() >= SO_FINE_ALONE {
        file.insert(Trace::Amount(amount));
    }
}

fn whole(amount: Money) -> Money {
    amount.abs().round(0).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(amount: i64) -> Trace {
        Trace::Line(2024, false, Some(Concept::Result), String::new(), Money::from(amount))
    }

    fn traces(files: &[&[i64]]) -> Traces {
        Traces(files.iter().map(|amounts| amounts.iter().map(|&amount| line(amount)).collect()).collect())
    }

    #[test]
    fn two_fine_amounts_are_enough_and_three_coarse_ones_are_not() {
        let traces = traces(&[&[1_234, 5_678_000], &[10, 12, 1_200, 9], &[1_234, 5_678_000, 10, 12, 1_200]]);
        let nearest = |unit: &[usize], groups: &[Vec<usize>]| traces.nearest(unit, &Owners::of(&traces, groups));
        assert_eq!(nearest(&[0], &[vec![1], vec![2]]), Some(1));
        assert_eq!(nearest(&[1], &[vec![0], vec![2]]), None);
        assert_eq!(nearest(&[2], &[vec![0], vec![1]]), None, "the other comes near");
        assert_eq!(nearest(&[0], &[vec![2, 2]]), Some(0), "a body's files count once");
    }

    #[test]
    fn what_many_bodies_have_tells_of_none() {
        let traces = traces(&[&[1_234, 5_678][..]; MOST_BODIES + 2]);
        let nearest = |groups: Vec<Vec<usize>>| traces.nearest(&[0], &Owners::of(&traces, &groups));
        assert_eq!(nearest(vec![vec![1]]), Some(0));
        assert_eq!(nearest((1..MOST_BODIES + 2).map(|input| vec![input]).collect()), None);
    }

    #[test]
    fn amounts_of_few_digits_are_traces_of_their_line_alone() {
        let added = |amount| {
            let mut file = FxHashSet::default();
            add(&mut file, Money::from(amount));
            file.len()
        };
        assert_eq!([1_234, 12_345, 123_450, 123_400].map(added), [0, 1, 1, 0]);
        assert_eq!([99, 990, 999, 12_345].map(|amount| line(amount).weight()), [1, 1, 2, 2]);
        assert_eq!(Trace::Amount(Money::ONE).weight(), 2);
        assert_eq!(whole(Money::new(-12_346, 1)), Money::from(1_235));
    }
}
