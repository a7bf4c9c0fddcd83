//! Totals that formulas give: whatever their figures are, they add them up.
//!
//! A wrong figure is in all the totals that formulas make of it, and none of these was written wrongly. So the search
//! is given each such total as the figures that it adds: one change then mends all that the figure was taken to. A
//! relation that is nothing but the formula itself says nothing of its figures and binds nothing.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::system::{Equation, State, System};
use crate::book::Book;
use crate::grid::At;
use crate::table::formula;

/// Figures and how often they are added.
type Sum = BTreeMap<usize, i64>;

/// What adds up more figures than this stays a figure of its own: the search would look at every one of them.
const MOST_TERMS: usize = 256;

/// Totals are not nested deeper.
const MOST_LEVELS: usize = 16;

impl System {
    /// The same equations of the same cells, the totals that formulas give in terms of the figures that they add, if
    /// there are any.
    pub fn followed(&self, book: &Book) -> Option<System> {
        let formulas = Formulas::of(self, book);
        if formulas.own.is_empty() {
            return None;
        }
        let (made, mut cells) = (formulas.sums(), self.cells.clone());
        formulas.own.keys().for_each(|&cell| cells[cell].added_up = true);
        made.keys().for_each(|&cell| cells[cell].follows = true);
        let equations: Vec<Equation> = self.equations.iter().map(|equation| in_terms_of(&made, equation)).collect();
        let broken = || equations.iter().filter(|equation| equation.state == State::Broken);
        cells.iter_mut().for_each(|cell| cell.far = true);
        broken().flat_map(|equation| equation.told()).for_each(|term| cells[term.0].far = false);
        Some(System { sums: made, ..System::new(cells, equations, self.decimals) })
    }
}

/// An equation in which figures stand for the totals that are made of them.
fn in_terms_of(made: &FxHashMap<usize, Sum>, equation: &Equation) -> Equation {
    let mut equation = equation.clone();
    if equation.state == State::Trivial || !equation.terms.iter().any(|term| made.contains_key(&term.0)) {
        return equation;
    }
    let terms: Vec<(usize, i64)> = expanded(made, &equation.terms).into_iter().collect();
    match terms.len() {
        0 => equation.state = State::Computed,
        // Of one figure alone nothing is to be found out.
        1 if equation.state == State::Broken => {}
        _ => equation.told = Some(std::mem::replace(&mut equation.terms, terms)),
    }
    equation
}

fn expanded<'a>(made: &FxHashMap<usize, Sum>, terms: impl IntoIterator<Item = &'a (usize, i64)>) -> Sum {
    let mut sum = Sum::new();
    for &(cell, coefficient) in terms {
        match made.get(&cell) {
            Some(parts) => parts.iter().for_each(|(&part, c)| *sum.entry(part).or_default() += coefficient * c),
            None => *sum.entry(cell).or_default() += coefficient,
        }
    }
    sum.retain(|_, coefficient| *coefficient != 0);
    sum
}

/// The formulas of a system's cells that add up what they show.
struct Formulas<'a> {
    system: &'a System,
    /// What the formula of each cell adds itself, by the cell.
    own: FxHashMap<usize, Vec<(usize, i64)>>,
}

impl Formulas<'_> {
    /// Those of a file that was computed after its last change. Where one shows what it no longer gives, the file was
    /// not, and what its totals show bears out the figures as they were.
    fn of<'a>(system: &'a System, book: &Book) -> Formulas<'a> {
        let at: FxHashMap<At, usize> = system.cells.iter().enumerate().map(|(i, cell)| (cell.at, i)).collect();
        let mut own: FxHashMap<usize, Vec<(usize, i64)>> = FxHashMap::default();
        let mut stale: FxHashSet<usize> = FxHashSet::default();
        for cell in (0..system.cells.len()).filter(|&cell| system.cells[cell].computed) {
            let total = &system.cells[cell];
            let Some(added) = formula::added(&book.grids, total.at) else { continue };
            if !formula::comes_out(&book.grids, total.at, &added) {
                stale.insert(book.grids[total.at.grid as usize].input);
            }
            own.extend(parts(system, book, &at, &added, total.value).map(|parts| (cell, parts)));
        }
        own.retain(|&cell, _| !stale.contains(&book.grids[system.cells[cell].at.grid as usize].input));
        Formulas { system, own }
    }

    /// What is added in the end, by the total.
    fn sums(&self) -> FxHashMap<usize, Sum> {
        let mut made: FxHashMap<usize, Sum> = FxHashMap::default();
        let mut waiting: Vec<usize> = self.own.keys().copied().filter(|&cell| !self.is_doubted(cell)).collect();
        waiting.sort_unstable();
        for _ in 0..MOST_LEVELS {
            let open: Vec<usize> = waiting.clone();
            waiting.retain(|&cell| {
                let parts = &self.own[&cell];
                if parts.iter().any(|part| part.0 != cell && open.binary_search(&part.0).is_ok()) {
                    return true;
                }
                let sum = expanded(&made, parts);
                if sum.len() <= MOST_TERMS && !sum.contains_key(&cell) {
                    made.insert(cell, sum);
                }
                false
            });
        }
        made
    }

    /// Whether a relation that is broken says of the same figures something else than the formula: then the formula may
    /// be what is wrong.
    fn is_doubted(&self, cell: usize) -> bool {
        let parts = &self.own[&cell];
        let other = |e: usize| {
            let equation = &self.system.equations[e];
            equation.state == State::Broken && parts.iter().any(|part| equation.coefficient(part.0) != 0)
        };
        self.system.uses[cell].iter().any(|&(e, _)| other(e))
    }
}

/// The figures that are added, where they are all of the book and make the total exactly.
fn parts(
    system: &System,
    book: &Book,
    at: &FxHashMap<At, usize>,
    added: &[(At, i8)],
    total: i128,
) -> Option<Vec<(usize, i64)>> {
    let mut sum = Sum::new();
    for (place, sign) in added {
        match at.get(place) {
            Some(&part) => *sum.entry(part).or_default() += i64::from(*sign),
            None if book.cell(*place).is_some_and(|cell| cell.is_number()) => return None,
            None => {}
        }
    }
    sum.retain(|_, coefficient| *coefficient != 0);
    let given: i128 = sum.iter().map(|(&part, &c)| i128::from(c) * system.cells[part].value).sum();
    (given == total && !sum.is_empty()).then(|| sum.into_iter().collect())
}
