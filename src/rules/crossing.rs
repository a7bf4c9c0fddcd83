//! Which figures of a list are wrong: those in which its broken equations cross.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::ledger::{Figure, Ledger, Place, Stated};
use crate::money::Money;

/// A figure that is wrong by an amount, and the equations that say so.
pub struct Crossing<'l> {
    pub figure: Figure,
    pub mended: Money,
    pub told: Vec<&'l Stated>,
}

/// A change of one figure, with the broken equations that it mends.
struct Way {
    figure: Figure,
    by: Money,
    mends: Vec<usize>,
}

impl Way {
    /// Whether the change only puts the digits in another order.
    fn interchanges(&self) -> bool {
        let digits = |amount: Money| {
            let mut digits = amount.normalize().to_string().into_bytes();
            digits.sort_unstable();
            digits
        };
        digits(self.figure.value) == digits(self.figure.value + self.by)
    }
}

/// The figures that, changed by an amount, mend most of what is broken and break nothing that holds; of broken
/// equations at least two, or one whose other figures all stand in one that holds. Beside them what is left.
pub fn crossings<'l>(ledger: &'l Ledger, broken: Vec<&'l Stated>) -> (Vec<Crossing<'l>>, Vec<&'l Stated>) {
    let holding = ledger.stated.iter().filter(|stated| stated.holds());
    let held: HashSet<Place> = holding.flat_map(Stated::figures).map(|figure| figure.place).collect();
    let mut ways: Vec<Way> = Vec::new();
    let mut known: HashMap<(Place, Money), usize> = HashMap::new();
    // How many of an equation's figures stand in none that holds.
    let mut open: Vec<usize> = Vec::with_capacity(broken.len());
    for (i, stated) in broken.iter().enumerate() {
        let figures = mends(stated).filter(|(figure, _)| !held.contains(&figure.place));
        open.push(figures.map(|(figure, by)| add(&mut ways, &mut known, (figure, by), i)).count());
    }
    // Of figures that mend the same, each may be wrong: unless digits have changed places in one alone, none is told.
    let mut alike: HashMap<&[usize], Vec<&Way>> = HashMap::new();
    ways.iter().for_each(|way| alike.entry(&way.mends).or_default().push(way));
    let is_likeliest = |way: &Way| {
        let alike = &alike[way.mends.as_slice()];
        alike.len() == 1 || (way.interchanges() && alike.iter().filter(|other| other.interchanges()).count() == 1)
    };
    let mut left: Vec<bool> = vec![true; broken.len()];
    let mut heap: BinaryHeap<(usize, Reverse<usize>)> =
        ways.iter().enumerate().map(|(at, way)| (way.mends.len(), Reverse(at))).collect();
    let mut found = Vec::new();
    while let Some((count, Reverse(at))) = heap.pop() {
        let way = &ways[at];
        let mends: Vec<usize> = way.mends.iter().copied().filter(|&i| left[i]).collect();
        match mends.as_slice() {
            [] => {}
            // Others took some of what it mends: it waits its turn.
            fewer if fewer.len() < count => heap.push((fewer.len(), Reverse(at))),
            [only] if open[*only] > 1 => {}
            _ if !is_likeliest(way) => {}
            _ => {
                mends.iter().for_each(|&i| left[i] = false);
                let told = mends.iter().map(|&i| broken[i]).collect();
                found.push(Crossing { figure: way.figure, mended: way.by, told });
            }
        }
    }
    let rest = broken.into_iter().zip(left).filter(|(_, left)| *left).map(|(stated, _)| stated);
    let mended: HashMap<Place, usize> = found.iter().enumerate().map(|(i, c)| (c.figure.place, i)).collect();
    let mut alone = Vec::new();
    for stated in rest {
        match together(stated, &found, &mended) {
            Some(first) => found[first].told.push(stated),
            None => alone.push(stated),
        }
    }
    (found, alone)
}

/// The first of several wrong figures that mend an equation together: a sum of which two parts are wrong.
fn together(stated: &Stated, found: &[Crossing], mended: &HashMap<Place, usize>) -> Option<usize> {
    let terms = stated.terms.iter().map(|(figure, sign)| (figure, -sign));
    let own = std::iter::once((&stated.result, 1)).chain(terms);
    let own: Vec<(usize, i32)> = own.filter_map(|(figure, sign)| Some((*mended.get(&figure.place)?, sign))).collect();
    let change: Money = own.iter().map(|(i, sign)| Money::from(i64::from(*sign)) * found[*i].mended).sum();
    let (first, _) = own.first()?;
    ((stated.difference() + change).abs() <= stated.slack).then_some(*first)
}

/// The figures of an equation with the change of each that makes it hold.
fn mends(stated: &Stated) -> impl Iterator<Item = (Figure, Money)> + '_ {
    let off = stated.difference();
    let terms = stated.terms.iter().map(move |(figure, sign)| (*figure, Money::from(i64::from(*sign)) * off));
    std::iter::once((stated.result, -off)).chain(terms)
}

fn add(
    ways: &mut Vec<Way>,
    known: &mut HashMap<(Place, Money), usize>,
    (figure, by): (Figure, Money),
    equation: usize,
) {
    let at = *known.entry((figure.place, by)).or_insert_with(|| {
        ways.push(Way { figure, by, mends: Vec::new() });
        ways.len() - 1
    });
    ways[at].mends.push(equation);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Of;

    fn figure(row: u32, value: i64) -> Figure {
        Figure { value: Money::from(value), place: Place::line(row) }
    }

    fn stated(result: (u32, i64), terms: &[(u32, i64)]) -> Stated {
        let terms = terms.iter().map(|(row, value)| (figure(*row, *value), 1)).collect();
        let result = figure(result.0, result.1);
        Stated { label: String::new(), of: Of::Group, result, terms, slack: Money::ZERO }
    }

    #[test]
    fn the_figure_where_two_broken_sums_cross_is_wrong() {
        // Row 2 should be 30: its row and its column say so.
        let all = [stated((9, 60), &[(1, 10), (2, 39), (3, 20)]), stated((2, 39), &[(4, 10), (5, 20)])];
        let (first, second) = (&all[0], &all[1]);
        let ledger = ledger(all.to_vec());
        let (found, rest) = crossings(&ledger, vec![first, second]);
        let told: Vec<_> = found.iter().map(|c| (c.figure.place.row, c.mended, c.told.len())).collect();
        assert_eq!((told, rest.len()), (vec![(2, Money::from(-9), 2)], 0));
        // Alone, any of its figures may be wrong.
        let (found, rest) = crossings(&ledger, vec![first]);
        assert_eq!((found.len(), rest.len()), (0, 1));
    }

    #[test]
    fn a_sum_of_two_wrong_figures_is_told_with_the_first() {
        // Row 2 should be 30 and row 5, too; their sum is off by what both are.
        let (row_2, row_5) = (stated((2, 39), &[(4, 10), (3, 20)]), stated((5, 24), &[(8, 10), (10, 20)]));
        let (with_2, with_5) = (stated((6, 70), &[(2, 39), (7, 40)]), stated((11, 50), &[(5, 24), (12, 20)]));
        let all = [row_2, row_5, with_2, with_5, stated((9, 60), &[(2, 39), (5, 24)])];
        let ledger = ledger(all.to_vec());
        let (found, rest) = crossings(&ledger, all.iter().collect());
        let told: Vec<_> = found.iter().map(|c| (c.figure.place.row, c.mended, c.told.len())).collect();
        assert_eq!((told, rest.len()), (vec![(2, Money::from(-9), 3), (5, Money::from(6), 2)], 0));
    }

    fn ledger(stated: Vec<Stated>) -> Ledger {
        Ledger {
            grid: 0,
            form: crate::ledger::Form::Export,
            header: Default::default(),
            years: Vec::new(),
            accounts: Vec::new(),
            dimensions: Vec::new(),
            objects: Vec::new(),
            journal: Default::default(),
            checksum: None,
            records: 0,
            faults: Vec::new(),
            transactions: None,
            stated,
            part: None,
        }
    }
}
