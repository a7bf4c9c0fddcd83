//! Which files are of one body: by what they are called, and else by their figures.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::identity::{Contradiction, Document, Standing};
use crate::grid::Grid;
use crate::money::{Closeness, Interval, Money};
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement};
use crate::words::{Concept, body};

/// Takes the word of the settings for files that hold the books of another body too: what they are called says nothing.
pub fn belong(documents: &mut [Document], inputs: &[usize], grids: &[Grid], statements: &[Statement]) {
    for &input in inputs {
        (documents[input].name, documents[input].number) = (None, None);
    }
    let is_apart = |document: &&mut Document| {
        matches!(document.standing, Standing::Foreign | Standing::Unnamed | Standing::Contradicting(_))
    };
    documents.iter_mut().filter(is_apart).for_each(|document| document.standing = Standing::Together);
    set_apart(documents);
    set_apart_by_figures(documents, grids, statements);
    for &input in inputs {
        documents[input].standing = Standing::Together;
    }
}

/// Tells the files of other förbund from those of the one that most files are of.
pub fn set_apart(documents: &mut [Document]) {
    let mut bodies: Vec<(usize, usize)> = Vec::new();
    for i in 0..documents.len() {
        if documents[i].name.is_none() && documents[i].number.is_none() {
            continue;
        }
        match bodies.iter_mut().find(|(first, _)| !differ(&documents[*first], &documents[i])) {
            Some((_, count)) => *count += 1,
            None => bodies.push((i, 1)),
        }
    }
    if bodies.len() < 2 {
        return;
    }
    let Some(&(main, _)) = bodies.iter().max_by_key(|(first, count)| (*count, Reverse(*first))) else {
        return;
    };
    let main = documents[main].clone();
    for document in documents.iter_mut().filter(|document| document.standing == Standing::Together) {
        document.standing = match () {
            _ if document.name.is_none() && document.number.is_none() => Standing::Unnamed,
            _ if differ(document, &main) => Standing::Foreign,
            _ => Standing::Together,
        };
    }
}

/// Whether two documents are surely of two bodies.
fn differ(a: &Document, b: &Document) -> bool {
    match (&a.number, &b.number, &a.name, &b.name) {
        (Some(a), Some(b), ..) => a != b,
        (.., Some(a), Some(b)) => !body::same_association(a, b),
        _ => false,
    }
}

/// Fewer figures of the same lines and years say nothing.
const FEWEST_SHARED: usize = 4;

/// A figure of fewer steps than so many agrees with others by chance: 2,9 million are 29 steps.
const FEWEST_STEPS: i64 = 100;

/// Two files of one body agree in more than one figure of so many: one of their years stands in both.
const ONE_IN: usize = 5;

/// The outcomes of a file by year and line; the same line may stand in several statements.
type Outcomes = FxHashMap<Period, FxHashMap<Concept, Vec<Figure>>>;

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

/// Tells files apart that nothing names and whose figures for the same years are not those of the others: where people
/// keep the books of several förbund in one folder, each of their amounts would else be said to be wrong.
pub fn set_apart_by_figures(documents: &mut [Document], grids: &[Grid], statements: &[Statement]) {
    let mut outcomes: Vec<Outcomes> = documents.iter().map(|_| Outcomes::default()).collect();
    for statement in statements {
        let input = grids[statement.table.grid as usize].input;
        if documents.get(input).is_some_and(|document| document.standing == Standing::Together) {
            collect(statement, &mut outcomes[input]);
        }
    }
    let with = |input: usize, group: &[usize]| {
        group.iter().fold(Shared::default(), |sum, &other| sum.and(shared(&outcomes[input], &outcomes[other])))
    };
    let together = (0..documents.len()).filter(|&input| documents[input].standing == Standing::Together);
    let is_named = |&input: &usize| documents[input].name.is_some() || documents[input].number.is_some();
    // Those that are named are of one body by now.
    let (named, unnamed): (Vec<usize>, Vec<usize>) = together.partition(is_named);
    let mut groups = vec![named];
    for input in unnamed {
        let fits = |(i, group): (usize, &Vec<usize>)| {
            let shared = with(input, group);
            (!shared.contradicts()).then_some((shared.agreeing, group.len(), Reverse(i)))
        };
        match groups.iter().enumerate().filter_map(fits).max() {
            Some((.., Reverse(group))) => groups[group].push(input),
            None => groups.push(vec![input]),
        }
    }
    let largest = (0..groups.len()).max_by_key(|&group| (groups[group].len(), Reverse(group))).unwrap_or_default();
    let main = groups.swap_remove(if groups[0].iter().any(is_named) { 0 } else { largest });
    let mut apart = Vec::new();
    for input in groups.into_iter().flatten() {
        let nearest = main.iter().map(|&other| (shared(&outcomes[input], &outcomes[other]), other));
        let nearest = nearest.max_by_key(|(shared, other)| (shared.all, Reverse(*other)));
        apart.extend(nearest.map(|(shared, other)| (input, shared, other)));
    }
    for (input, Shared { all, agreeing }, other) in apart {
        documents[input].standing = match all {
            0 => Standing::Unnamed,
            shared => Standing::Contradicting(Contradiction { with: other, shared, agreeing }),
        };
    }
}

/// The outcomes of a statement that are the body's own, by lines whose meaning is sure; zeros say nothing.
fn collect(statement: &Statement, outcomes: &mut Outcomes) {
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

fn shared(a: &Outcomes, b: &Outcomes) -> Shared {
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
        }
    }
    shared
}
