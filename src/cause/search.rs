//! The smallest sets of changes that mend a set of broken equations, all of them.
//!
//! Error localisation after Fellegi and Holt (1976) as a minimum hitting set: some cell of a broken equation is wrong,
//! so take the broken equation with the fewest candidates and try each in turn. A cell that is taken is eliminated by
//! that equation from all others, exactly, so the equations that it entered are combined and show what else must be
//! wrong. Cells tried before are held right for the rest, so no set comes twice; equations without a common cell each
//! need a change of their own, which bounds the search. Beside the cells, each contradiction is an unknown of its own:
//! the amount of a row that none of its equations has. Whether the values so found are slips, and of which kind, is
//! judged when a set is complete.

use std::collections::HashMap;

use super::contradiction::Contradictions;
use super::slips::NAMED;
use super::system::{State, System};

/// What may be changed: a cell, or the amount that a contradiction lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unknown {
    Cell(usize),
    Missing(usize),
}

/// A set of unknowns and what they change by, so that every equation holds.
pub type Change = Vec<(Unknown, i128)>;

/// What is known while searching of one equation, combined with those that gave up a cell.
#[derive(Clone, Debug)]
struct Row {
    terms: Vec<(u32, i64)>,
    residual: i128,
    slack: i128,
}

/// The state of the search over a component of broken equations.
pub struct Search<'a> {
    /// Unknowns by number: first the cells, then the contradictions of the component.
    cells: usize,
    missing: Vec<usize>,
    rows: Vec<Row>,
    retired: Vec<bool>,
    users: HashMap<u32, Vec<u32>>,
    /// Rows that are or may have become broken.
    watched: Vec<u32>,
    banned: Vec<bool>,
    chosen: Vec<(u32, Row)>,
    /// The cost at which a set is no longer of interest; whoever judges the sets lowers it.
    pub bound: u32,
    nodes: u32,
    /// Whether the search came to its end.
    pub complete: bool,
    judge: &'a mut dyn FnMut(&Change) -> Option<u32>,
}

impl<'a> Search<'a> {
    /// A search over the equations of a system with some cells already changed. `judge` is called with every set that
    /// mends all; it returns the cost of the set, if it is any good.
    pub fn new(
        system: &System,
        broken: &[usize],
        contradictions: &Contradictions,
        edits: &[(usize, i128)],
        bound: u32,
        judge: &'a mut dyn FnMut(&Change) -> Option<u32>,
    ) -> Search<'a> {
        let cells = system.cells.len();
        let mut missing: Vec<usize> =
            broken.iter().flat_map(|e| contradictions.parts[e].iter().map(|part| part.0)).collect();
        missing.sort_unstable();
        missing.dedup();
        let mut users: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut rows = Vec::with_capacity(system.equations.len());
        for (e, equation) in system.equations.iter().enumerate() {
            let mut terms: Vec<(u32, i64)> = equation.terms.iter().map(|&(cell, c)| (cell as u32, c)).collect();
            for &(class, factor) in contradictions.parts.get(&e).map_or(&[][..], |parts| parts) {
                if let Ok(i) = missing.binary_search(&class) {
                    terms.push(((cells + i) as u32, factor));
                }
            }
            let residual = if edits.is_empty() { equation.residual } else { system.residual(e, edits) };
            rows.push(Row { terms, residual, slack: equation.slack });
        }
        let watched = match edits.is_empty() {
            true => broken.iter().map(|&e| e as u32).collect(),
            false => (0..rows.len() as u32)
                .filter(|&e| broken.contains(&(e as usize)) || system.equations[e as usize].state == State::Held)
                .collect(),
        };
        let mut banned = vec![false; cells + missing.len()];
        for (cell, figure) in system.cells.iter().enumerate() {
            banned[cell] = figure.blank;
        }
        edits.iter().for_each(|&(cell, _)| banned[cell] = true);
        let retired = system.equations.iter().map(|equation| !equation.binds()).collect();
        for (e, row) in rows.iter().enumerate() {
            row.terms.iter().for_each(|term| users.entry(term.0).or_default().push(e as u32));
        }
        Search {
            cells,
            missing,
            rows,
            retired,
            users,
            watched,
            banned,
            chosen: Vec::new(),
            bound,
            nodes: 0,
            complete: true,
            judge,
        }
    }

    /// Looks for all sets with a cost of no more than the bound.
    pub fn run(&mut self, spent: u32) {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            self.complete = false;
            return;
        }
        let Some((row, least)) = self.pick() else {
            let change = self.solve();
            if let Some(cost) = change.and_then(|change| (self.judge)(&change)) {
                self.bound = self.bound.min(cost);
            }
            return;
        };
        if spent + least * NAMED > self.bound {
            return;
        }
        let mut candidates = self.candidates(row);
        candidates.sort_by_key(|&unknown| self.order(unknown));
        for &unknown in &candidates {
            let undo = self.take(unknown, row);
            self.run(spent + NAMED);
            self.give_back(undo);
            self.banned[unknown as usize] = true;
        }
        candidates.iter().for_each(|&unknown| self.banned[unknown as usize] = false);
    }

    /// The broken row with the fewest candidates, and how many changes are needed at least; nothing when all hold.
    fn pick(&self) -> Option<(u32, u32)> {
        let mut broken: Vec<(usize, u32)> = Vec::new();
        for &r in &self.watched {
            let row = &self.rows[r as usize];
            if !self.retired[r as usize] && row.residual.abs() > row.slack {
                broken.push((row.terms.iter().filter(|term| !self.banned[term.0 as usize]).count(), r));
            }
        }
        broken.sort_unstable();
        broken.dedup();
        let &(fewest, row) = broken.first()?;
        if fewest == 0 {
            return Some((row, u32::MAX / NAMED / 2));
        }
        let mut seen: Vec<u32> = Vec::new();
        let mut apart = 0;
        for &(_, r) in &broken {
            let open = || self.rows[r as usize].terms.iter().map(|term| term.0).filter(|&u| !self.banned[u as usize]);
            if open().all(|unknown| !seen.contains(&unknown)) {
                apart += 1;
                seen.extend(open());
            }
        }
        Some((row, apart))
    }

    fn candidates(&self, row: u32) -> Vec<u32> {
        self.rows[row as usize].terms.iter().map(|term| term.0).filter(|&u| !self.banned[u as usize]).collect()
    }

    /// Cells in the most broken rows first, so that a good bound is found early; missing rows last.
    fn order(&self, unknown: u32) -> (bool, i32) {
        let users = self.users.get(&unknown).map_or(&[][..], |users| users);
        let broken = |&&r: &&u32| {
            let row = &self.rows[r as usize];
            row.residual.abs() > row.slack
        };
        let mending = users.iter().filter(broken).count() as i32;
        (unknown as usize >= self.cells, users.len() as i32 - 2 * mending)
    }

    /// Frees an unknown: the row gives its value, and it is eliminated from all other rows.
    fn take(&mut self, unknown: u32, row: u32) -> Undo {
        let pivot = self.rows[row as usize].clone();
        let lead = coefficient(&pivot, unknown);
        let mut undo = Undo { row, watched: self.watched.len(), rows: Vec::new(), users: Vec::new() };
        self.retired[row as usize] = true;
        for r in self.users.get(&unknown).cloned().unwrap_or_default() {
            let c = coefficient(&self.rows[r as usize], unknown);
            if r == row || self.retired[r as usize] || c == 0 {
                continue;
            }
            let combined = combine(&self.rows[r as usize], lead, &pivot, c);
            for term in &combined.terms {
                if coefficient(&self.rows[r as usize], term.0) == 0 {
                    self.users.entry(term.0).or_default().push(r);
                    undo.users.push(term.0);
                }
            }
            undo.rows.push((r, std::mem::replace(&mut self.rows[r as usize], combined)));
            self.watched.push(r);
        }
        self.chosen.push((unknown, pivot));
        undo
    }

    fn give_back(&mut self, undo: Undo) {
        self.chosen.pop();
        self.watched.truncate(undo.watched);
        for unknown in undo.users.into_iter().rev() {
            if let Some(users) = self.users.get_mut(&unknown) {
                users.pop();
            }
        }
        for (r, row) in undo.rows.into_iter().rev() {
            self.rows[r as usize] = row;
        }
        self.retired[undo.row as usize] = false;
    }

    /// The values of what was taken, the last first; nothing where one is no whole step of the system.
    fn solve(&self) -> Option<Change> {
        let mut values: Vec<(u32, i128)> = Vec::with_capacity(self.chosen.len());
        for (unknown, row) in self.chosen.iter().rev() {
            let known: i128 = values.iter().map(|&(other, value)| i128::from(coefficient(row, other)) * value).sum();
            let lead = i128::from(coefficient(row, *unknown));
            let needed = -(row.residual + known);
            if needed % lead != 0 && row.slack == 0 {
                return None;
            }
            values.push((*unknown, needed / lead));
        }
        let name = |unknown: u32| match (unknown as usize).checked_sub(self.cells) {
            Some(i) => Unknown::Missing(self.missing[i]),
            None => Unknown::Cell(unknown as usize),
        };
        Some(values.into_iter().map(|(unknown, value)| (name(unknown), value)).collect())
    }
}

/// A component that is not done after so many steps is reported as not proved. No time enters: the answer is the same
/// on every machine.
const MOST_NODES: u32 = 200_000;

struct Undo {
    row: u32,
    watched: usize,
    rows: Vec<(u32, Row)>,
    users: Vec<u32>,
}

fn coefficient(row: &Row, unknown: u32) -> i64 {
    row.terms.binary_search_by_key(&unknown, |term| term.0).map_or(0, |i| row.terms[i].1)
}

/// `lead` · row − `c` · pivot, without the unknown that both have, in lowest terms.
fn combine(row: &Row, lead: i64, pivot: &Row, c: i64) -> Row {
    let divisor = gcd(lead.unsigned_abs(), c.unsigned_abs()) as i64;
    let (a, b) = (lead / divisor, c / divisor);
    let mut terms = Vec::with_capacity(row.terms.len() + pivot.terms.len());
    let (mut i, mut j) = (0, 0);
    while i < row.terms.len() || j < pivot.terms.len() {
        let left = row.terms.get(i).map_or(u32::MAX, |term| term.0);
        let right = pivot.terms.get(j).map_or(u32::MAX, |term| term.0);
        let unknown = left.min(right);
        let mut sum = 0;
        if left == unknown {
            sum += a * row.terms[i].1;
            i += 1;
        }
        if right == unknown {
            sum -= b * pivot.terms[j].1;
            j += 1;
        }
        if sum != 0 {
            terms.push((unknown, sum));
        }
    }
    let slack = i128::from(a.abs()) * row.slack + i128::from(b.abs()) * pivot.slack;
    Row { terms, residual: i128::from(a) * row.residual - i128::from(b) * pivot.residual, slack }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
