//! Whose files are by their figures: which of the same lines and years agree, and which do not.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::identity::{Contradiction, Document, Standing};
use crate::grid::Grid;
use crate::money::{Closeness, Interval, Money};
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement};
use crate::words::Concept;

/// Fewer figures of the same lines and years say nothing.
const FEWEST_SHARED: usize = 4;

/// A figure of fewer steps than so many agrees with others by chance: 2,9 million are 29 steps.
const FEWEST_STEPS: i64 = 100;

/// Two files of one body agree in more than one figure of so many: one of their years stands in both.
const ONE_IN: usize = 5;

/// An amount that so many bodies have tells nothing.
pub(super) const MOST_BODIES: usize = 8;

/// The outcomes of a file by year and line; the same line may stand in several statements.
type Lines = FxHashMap<Period, FxHashMap<Concept, Vec<Figure>>>;

/// A figure without its sign, and what it is where the unit was not what was said.
#[derive(Clone, Copy)]
struct Figure {
    said: Interval,
    times_thousand: Interval,
}

impl Figure {
    fn of(interval: Interval) -> Figure {
        let said = Interval { middle: interval.middle.abs(), ..interval };
        Figure { said, times_thousand: Interval::exact(Money::ZERO).plus(1_000, said) }
    }

    /// Whether it agrees with others by chance.
    fn is_coarse(self) -> bool {
        !self.said.has_steps(FEWEST_STEPS)
    }

    /// Whether two figures are one, in whichever units they are said to be.
    fn agrees(self, other: Figure) -> bool {
        let pairs = [(self.said, other.said), (self.times_thousand, other.said), (self.said, other.times_thousand)];
        pairs.into_iter().any(|(a, b)| a.closeness(b) != Closeness::Off)
    }
}

/// How many figures of the same lines and years two files have, and how many of these agree.
#[derive(Clone, Copy, Default)]
struct Shared {
    all: usize,
    agreeing: usize,
}

impl Shared {
    fn and(self, other: Shared) -> Shared {
        Shared { all: self.all + other.all, agreeing: self.agreeing + other.agreeing }
    }

    fn contradicts(self) -> bool {
        self.all >= FEWEST_SHARED && self.agreeing * ONE_IN < self.all
    }
}

/// How much two files must agree to be of one body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Agreeing {
    /// They need only not contradict each other.
    Any,
    /// In more than chance gives.
    Enough,
}

/// The outcomes of all files.
pub struct Outcomes {
    files: Vec<Lines>,
    /// Which files have an amount in a line and year, in its order of size.
    amounts: FxHashMap<(Period, Concept), Vec<(Interval, usize)>>,
    /// The lines of each file that have no coarse figure, in order.
    fine: Vec<Vec<(Period, Concept)>>,
}

impl Outcomes {
    pub fn of(inputs: usize, grids: &[Grid], statements: &[Statement]) -> Outcomes {
        let mut files: Vec<Lines> = vec![Lines::default(); inputs];
        for statement in statements {
            if let Some(lines) = files.get_mut(grids[statement.table.grid as usize].input) {
                collect(statement, lines);
            }
        }
        let mut amounts: FxHashMap<(Period, Concept), Vec<(Interval, usize)>> = FxHashMap::default();
        for (input, lines) in files.iter().enumerate() {
            for (period, lines) in lines {
                for (concept, figures) in lines {
                    let fine = figures.iter().filter(|figure| !figure.is_coarse());
                    let both = fine.flat_map(|figure| [figure.said, figure.times_thousand]);
                    amounts.entry((*period, *concept)).or_default().extend(both.map(|amount| (amount, input)));
                }
            }
        }
        amounts.values_mut().for_each(|amounts| amounts.sort_by_key(|(amount, input)| (amount.middle, *input)));
        let fine = |lines: &Lines| {
            let all =
                lines.iter().flat_map(|(period, lines)| lines.iter().map(move |(line, own)| (*period, *line, own)));
            let fine = all.filter(|(.., own)| !own.iter().any(|figure| figure.is_coarse()));
            let mut fine: Vec<(Period, Concept)> = fine.map(|(period, line, _)| (period, line)).collect();
            fine.sort_unstable();
            fine
        };
        let fine = files.iter().map(fine).collect();
        Outcomes { files, amounts, fine }
    }

    pub fn is_empty(&self, input: usize) -> bool {
        self.files[input].is_empty()
    }

    fn shared_with(&self, input: usize, group: &[usize]) -> Shared {
        group
            .iter()
            .fold(Shared::default(), |sum, &other| sum.and(shared(&self.files[input], &self.files[other], usize::MAX)))
    }

    /// Whether a file has the figures of others for the same lines and years, and they are not the same.
    pub fn contradict(&self, input: usize, group: &[usize]) -> bool {
        self.shared_with(input, group).contradicts()
    }

    /// The groups that have an amount of a file in the same line and year. An amount that many have tells of none.
    fn near(&self, input: usize, group_of: &FxHashMap<usize, usize>) -> FxHashSet<usize> {
        let (mut near, mut here) = (FxHashSet::default(), FxHashSet::default());
        for (period, lines) in &self.files[input] {
            for (concept, figures) in lines {
                let Some(amounts) = self.amounts.get(&(*period, *concept)) else { continue };
                for own in figures.iter().filter(|f| !f.is_coarse()).flat_map(|f| [f.said, f.times_thousand]) {
                    // What is rounded as coarsely as can be still has so many steps.
                    let room = own.half + own.middle.divide(Money::from(FEWEST_STEPS)).unwrap_or_default();
                    let first = amounts.partition_point(|(amount, _)| amount.middle < own.middle - room);
                    let others = amounts[first..].iter().take_while(|(amount, _)| amount.middle <= own.middle + room);
                    let agreeing = others.filter(|(amount, _)| own.closeness(*amount) != Closeness::Off);
                    here.extend(agreeing.filter_map(|(_, other)| group_of.get(other).copied()));
                }
                let few = here.len() <= MOST_BODIES;
                near.extend(here.drain().filter(|_| few));
            }
        }
        near
    }

    /// Adds files to groups of one body each: each file to the group that it agrees with most, in so many figures at
    /// least, and does not contradict; or else to a new one.
    pub fn join(&self, groups: &mut Vec<Vec<usize>>, files: impl Iterator<Item = usize>, least: Agreeing) {
        let mut group_of: FxHashMap<usize, usize> = FxHashMap::default();
        for (i, group) in groups.iter().enumerate() {
            group_of.extend(group.iter().map(|&input| (input, i)));
        }
        for input in files {
            let near = self.near(input, &group_of);
            let fits = |i: usize| {
                let shared = match near.contains(&i) {
                    true => self.shared_with(input, &groups[i]),
                    false if self.differ(input, &groups[i]) => return None,
                    false => Shared::default(),
                };
                (!shared.contradicts()).then_some((shared.agreeing, groups[i].len(), Reverse(i)))
            };
            let best = near.iter().filter_map(|&i| fits(i)).max().filter(|(agreeing, ..)| *agreeing > 0);
            let best = match least {
                Agreeing::Any => best.or_else(|| (0..groups.len()).filter_map(fits).max()),
                Agreeing::Enough => best.filter(|(agreeing, ..)| *agreeing >= FEWEST_SHARED),
            };
            let group = match best {
                Some((.., Reverse(group))) => group,
                None => {
                    groups.push(Vec::new());
                    groups.len() - 1
                }
            };
            groups[group].push(input);
            group_of.insert(input, group);
        }
    }

    /// Whether a file has enough of the lines and years of others with whom it agrees in no figure.
    fn differ(&self, input: usize, group: &[usize]) -> bool {
        let mut left = FEWEST_SHARED;
        group.iter().any(|&other| {
            // What agrees in no figure differs in each line that it shares.
            if in_both(&self.fine[input], &self.fine[other], left) >= left {
                return true;
            }
            left -= shared(&self.files[input], &self.files[other], left).all;
            left == 0
        })
    }

    /// Sets files apart from the others of a group whose figures for the same years are not theirs: each of their
    /// amounts would else be said to be wrong.
    pub fn set_apart(&self, documents: &mut [Document], group: &[usize]) {
        let together = group.iter().copied().filter(|&input| documents[input].standing == Standing::Together);
        let is_named = |&input: &usize| documents[input].name.is_some() || documents[input].number.is_some();
        // Those that are named are of one body by now.
        let (named, unnamed): (Vec<usize>, Vec<usize>) = together.partition(is_named);
        let is_named = !named.is_empty();
        let mut groups = vec![named];
        self.join(&mut groups, unnamed.into_iter(), Agreeing::Any);
        let main = groups.swap_remove(if is_named { 0 } else { largest(&groups) });
        for input in groups.into_iter().flatten() {
            if let Some(standing) = self.apart_from(input, &main) {
                documents[input].standing = standing;
            }
        }
    }

    /// How a file stands to those of a body that it is not of.
    pub fn apart_from(&self, input: usize, main: &[usize]) -> Option<Standing> {
        let nearest = main.iter().map(|&other| (shared(&self.files[input], &self.files[other], usize::MAX), other));
        let (Shared { all, agreeing }, with) = nearest.max_by_key(|(shared, other)| (shared.all, Reverse(*other)))?;
        Some(match all {
            0 => Standing::Unnamed,
            shared => Standing::Contradicting(Contradiction { with, shared, agreeing }),
        })
    }
}

/// How many lines stand in both of two lists in order, counted as far as asked.
fn in_both(a: &[(Period, Concept)], b: &[(Period, Concept)], most: usize) -> usize {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while found < most
        && let (Some(own), Some(other)) = (a.get(i), b.get(j))
    {
        found += usize::from(own == other);
        (i, j) = (i + usize::from(own <= other), j + usize::from(other <= own));
    }
    found
}

/// The group of most files, of several the first.
pub fn largest(groups: &[Vec<usize>]) -> usize {
    (0..groups.len()).max_by_key(|&group| (groups[group].len(), Reverse(group))).unwrap_or_default()
}

/// The outcomes of a statement that are the body's own, by lines whose meaning is sure; zeros say nothing.
fn collect(statement: &Statement, outcomes: &mut Lines) {
    let speaks = statement.kind.has_form() || matches!(statement.kind, Kind::Summary | Kind::MultiYear);
    if !speaks || statement.is_of_group() {
        return;
    }
    for (i, column) in statement.columns().iter().enumerate() {
        let Some(period) = column.period.filter(|_| column.measure == Some(Measure::Actual)) else { continue };
        if column.entity.is_some() {
            continue;
        }
        for (l, line) in statement.lines().iter().enumerate() {
            let Some(found) = line.concept.filter(|found| found.sure) else { continue };
            if let Some(interval) = statement.interval(l, i).filter(|interval| !interval.middle.is_zero()) {
                let figures = outcomes.entry(period).or_default().entry(found.concept).or_default();
                figures.push(Figure::of(interval));
            }
        }
    }
}

/// What two files share, looked at until so many figures are found.
fn shared(a: &Lines, b: &Lines, most: usize) -> Shared {
    let mut shared = Shared::default();
    for (period, lines) in a {
        let Some(others) = b.get(period) else { continue };
        for (concept, figures) in lines {
            let Some(others) = others.get(concept) else { continue };
            let agrees = |figure: &&Figure| others.iter().any(|&other| figure.agrees(other));
            shared = shared.and(match figures.iter().find(agrees) {
                Some(figure) if figure.is_coarse() || others.iter().any(|other| other.is_coarse()) => continue,
                found => Shared { all: 1, agreeing: usize::from(found.is_some()) },
            });
            if shared.all >= most {
                return shared;
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Amount, Unit};

    const LINES: [Concept; 6] = [
        Concept::OperatingIncome,
        Concept::OperatingCosts,
        Concept::Depreciation,
        Concept::NetCosts,
        Concept::TaxRevenue,
        Concept::Result,
    ];

    fn figure(value: i64, unit: Unit) -> Figure {
        Figure::of(Interval::of(Amount::new(Money::from(value), 0), unit))
    }

    /// Files of one year: the figures of the lines, in their order.
    fn outcomes(files: &[&[i64]]) -> Outcomes {
        let of_file = |values: &&[i64]| {
            let lines = LINES.into_iter().zip(values.iter().map(|&value| vec![figure(value, Unit::Kronor)]));
            Lines::from_iter([(Period::year(2024), lines.collect())])
        };
        Outcomes { files: files.iter().map(of_file).collect(), amounts: FxHashMap::default(), fine: Vec::new() }
    }

    #[test]
    fn a_figure_is_the_same_in_any_unit_and_says_little_where_it_is_coarse() {
        let [kronor, unsaid] = [figure(-1_377_916, Unit::Kronor), figure(1_378, Unit::Kronor)];
        assert!(kronor.agrees(figure(1_378, Unit::Thousands)) && kronor.agrees(unsaid) && unsaid.agrees(kronor));
        assert!(!kronor.agrees(figure(1_379, Unit::Thousands)) && !figure(1_379, Unit::Kronor).agrees(kronor));
        assert!(figure(99, Unit::Thousands).is_coarse() && !figure(100, Unit::Thousands).is_coarse());
    }

    #[test]
    fn files_contradict_where_hardly_one_of_several_figures_agrees() {
        let contradicts = |all, agreeing| Shared { all, agreeing }.contradicts();
        assert!(contradicts(4, 0) && contradicts(6, 1));
        assert!(!contradicts(3, 0) && !contradicts(5, 1) && !contradicts(10, 2));
    }

    #[test]
    fn a_file_stands_to_the_one_that_has_most_of_its_lines() {
        let found = outcomes(&[&[410, 520, 630, 740, 850], &[410, 920], &[420, 520, 640, 750, 860, 960], &[5]]);
        let contradicting = Contradiction { with: 2, shared: 5, agreeing: 1 };
        assert_eq!(found.apart_from(0, &[1, 2]), Some(Standing::Contradicting(contradicting)));
        let coarse = Contradiction { with: 3, shared: 1, agreeing: 0 };
        assert_eq!(found.apart_from(0, &[3]), Some(Standing::Contradicting(coarse)));
        assert_eq!(outcomes(&[&[410], &[]]).apart_from(0, &[1]), Some(Standing::Unnamed));
        assert_eq!(found.apart_from(0, &[]), None);
        let [own, other] = [&found.files[0], &found.files[2]];
        assert_eq!([1, 3, 5, 9].map(|most| shared(own, other, most).all), [1, 3, 5, 5]);
        assert!(found.contradict(0, &[2, 3]) && !found.contradict(0, &[1]));
    }

    #[test]
    fn lines_in_both_are_counted_as_far_as_asked() {
        let lines = |of: &[usize]| of.iter().map(|&i| (Period::year(2024), LINES[i])).collect::<Vec<_>>();
        let mut both = [lines(&[0, 1, 3, 5]), lines(&[1, 2, 3, 4, 5])];
        both.iter_mut().for_each(|lines| lines.sort_unstable());
        assert_eq!([0, 2, 3, 9].map(|most| in_both(&both[0], &both[1], most)), [0, 2, 3, 3]);
    }

    #[test]
    fn of_several_largest_groups_the_first_is_taken() {
        assert_eq!(largest(&[vec![0], vec![1, 2], vec![3, 4]]), 1);
    }
}
