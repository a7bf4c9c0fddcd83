//! The smallest sets of changes that mend a set of broken equations, all of them.
//!
//! Error localisation after Fellegi and Holt (1976) as a minimum hitting set: some cell of a broken equation is wrong,
//! so take the broken equation with the fewest candidates and try each in turn. A cell that is taken is eliminated by
//! that equation from all others, exactly, so the equations that it entered are combined and show what else must be
//! wrong. Cells tried before are held right for the rest, so no set comes twice; equations without a common cell each
//! need a change of their own, which bounds the search. Beside the cells, each contradiction is an unknown of its own:
//! the amount of a row that none of its equations has. Whether the values so found are slips, and of which kind, is
//! judged when a set is complete.

use super::contradiction::Contradictions;
use super::slips::NAMED;
use super::system::System;

/// What may be changed: a cell, or the amount that a contradiction lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unknown {
    Cell(usize),
    Missing(usize),
}

/// A set of unknowns and what they change by, so that every equation holds.
pub type Change = Vec<(Unknown, i128)>;

/// Broken equations that must be mended together, and the contradictions that they state.
#[derive(Clone, Debug, Default)]
pub struct Component {
    pub broken: Vec<usize>,
    pub classes: Vec<usize>,
}

impl Component {
    pub fn of(contradictions: &Contradictions, broken: Vec<usize>) -> Component {
        let parts = broken.iter().filter_map(|e| contradictions.parts.get(e)).flatten();
        let mut classes: Vec<usize> = parts.map(|part| part.0).collect();
        classes.sort_unstable();
        classes.dedup();
        Component { broken, classes }
    }
}

/// What is known while searching of one equation, combined with those that gave up a cell.
#[derive(Clone, Debug)]
struct Row {
    terms: Vec<(u32, i64)>,
    balance: Balance,
}

/// What an equation is off by, and how much that may be.
#[derive(Clone, Copy, Debug)]
struct Balance {
    residual: i128,
    slack: i128,
}

impl Balance {
    /// Of `lead` · row − `c` · pivot, in lowest terms.
    fn of(row: &Row, lead: i64, pivot: &Row, c: i64) -> Balance {
        let (a, b) = lowest(lead, c);
        let (a, b) = (i128::from(a), i128::from(b));
        Balance {
            residual: a * row.balance.residual - b * pivot.balance.residual,
            slack: a.abs() * row.balance.slack + b.abs() * pivot.balance.slack,
        }
    }

    fn is_off(self) -> bool {
        self.residual.abs() > self.slack
    }
}

/// How much may still be done before an answer is given as not proved, counted in terms looked at. No time enters:
/// the answer is the same on every machine.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    left: u64,
}

impl Effort {
    pub fn new(most: u64) -> Effort {
        Effort { left: most }
    }

    pub fn spend(&mut self, terms: usize) {
        self.left = self.left.saturating_sub(terms as u64);
    }

    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// A part of what is left, to be given back when it was not used.
    pub fn share(&mut self, most: u64) -> Effort {
        let part = self.left.min(most);
        self.left -= part;
        Effort { left: part }
    }

    pub fn give_back(&mut self, rest: Effort) {
        self.left += rest.left;
    }
}

/// What a set that mends all costs, if it is any good; it may spend effort of its own.
pub type Judge<'a> = dyn FnMut(&Change, &mut Effort) -> Option<u32> + 'a;

/// The rows of a whole system, to be searched component by component: every search leaves them as they were.
pub struct Search {
    /// Unknowns by number: first the cells, then the contradictions.
    cells: usize,
    rows: Vec<Row>,
    retired: Vec<bool>,
    users: Vec<Vec<u32>>,
    /// Rows that are or may have become broken.
    watched: Vec<u32>,
    banned: Vec<bool>,
    chosen: Vec<(u32, Row)>,
    /// For `pick`: in which pass an unknown was met.
    met: Vec<u32>,
    pass: u32,
    /// The cost at which a set is no longer of interest; whoever judges the sets lowers it.
    bound: u32,
    effort: Effort,
}

impl Search {
    pub fn new(system: &System, contradictions: &Contradictions) -> Search {
        let cells = system.cells.len();
        let unknowns = cells + contradictions.roots.len();
        let mut users: Vec<Vec<u32>> = vec![Vec::new(); unknowns];
        let mut rows = Vec::with_capacity(system.equations.len());
        for (e, equation) in system.equations.iter().enumerate() {
            let mut terms: Vec<(u32, i64)> = equation.terms.iter().map(|&(cell, c)| (cell as u32, c)).collect();
            let mut parts: Vec<(usize, i64)> = contradictions.parts.get(&e).cloned().unwrap_or_default();
            parts.retain(|part| part.0 < contradictions.roots.len());
            parts.sort_unstable();
            terms.extend(parts.into_iter().map(|(class, factor)| ((cells + class) as u32, factor)));
            terms.iter().for_each(|term| users[term.0 as usize].push(e as u32));
            let (residual, slack) = (equation.residual, equation.slack);
            rows.push(Row { terms, balance: Balance { residual, slack } });
        }
        let mut banned: Vec<bool> = system.cells.iter().map(|figure| figure.blank).collect();
        banned.resize(unknowns, true);
        let retired = system.equations.iter().map(|equation| !equation.binds()).collect();
        let (watched, chosen) = Default::default();
        let (met, effort) = (vec![0; unknowns], Effort::new(0));
        Search { cells, rows, retired, users, watched, banned, chosen, met, pass: 0, bound: 0, effort }
    }

    /// Looks for all sets that mend these broken equations with a cost of no more than `bound`, some cells being
    /// changed already for the cost `spent`. `judge` is called with every set that mends all. Whether the search came
    /// to its end before the effort was spent is the answer.
    pub fn look(
        &mut self,
        system: &System,
        component: &Component,
        edits: &[(usize, i128)],
        (spent, bound): (u32, u32),
        effort: &mut Effort,
        judge: &mut Judge,
    ) -> bool {
        let mut changed: Vec<u32> =
            edits.iter().flat_map(|&(cell, _)| &system.uses[cell]).map(|&(e, _)| e as u32).collect();
        changed.sort_unstable();
        changed.dedup();
        for &e in &changed {
            self.rows[e as usize].balance.residual = system.residual(e as usize, edits);
        }
        self.watched.clear();
        self.watched.extend(component.broken.iter().map(|&e| e as u32).chain(changed.iter().copied()));
        self.watched.sort_unstable();
        self.watched.dedup();
        edits.iter().for_each(|&(cell, _)| self.banned[cell] = true);
        component.classes.iter().for_each(|&class| self.banned[self.cells + class] = false);
        (self.bound, self.effort) = (bound, *effort);
        self.run(spent, judge);
        *effort = self.effort;
        component.classes.iter().for_each(|&class| self.banned[self.cells + class] = true);
        edits.iter().for_each(|&(cell, _)| self.banned[cell] = system.cells[cell].blank);
        for &e in &changed {
            self.rows[e as usize].balance.residual = system.equations[e as usize].residual;
        }
        !effort.is_spent()
    }

    fn run(&mut self, spent: u32, judge: &mut Judge) {
        let Some((row, least)) = self.pick() else {
            self.judge(judge);
            return;
        };
        if self.effort.is_spent() || spent + least * NAMED > self.bound {
            return;
        }
        let mut candidates = self.candidates(row);
        candidates.sort_by_cached_key(|&unknown| self.order(unknown));
        for &unknown in &candidates {
            if spent + NAMED > self.bound || self.effort.is_spent() {
                break;
            }
            if spent + 2 * NAMED > self.bound {
                if self.mends_all(unknown, row) {
                    self.chosen.push((unknown, self.rows[row as usize].clone()));
                    self.judge(judge);
                    self.chosen.pop();
                }
                continue;
            }
            let undo = self.take(unknown, row);
            self.run(spent + NAMED, judge);
            self.give_back(undo);
            self.banned[unknown as usize] = true;
        }
        candidates.iter().for_each(|&unknown| self.banned[unknown as usize] = false);
    }

    fn judge(&mut self, judge: &mut Judge) {
        if let Some(cost) = self.solve().and_then(|change| judge(&change, &mut self.effort)) {
            self.bound = self.bound.min(cost);
        }
    }

    /// Whether an unknown, with the value that a row gives it, leaves nothing broken: most sets end in one that does
    /// not, and for this no rows need be combined.
    fn mends_all(&mut self, unknown: u32, row: u32) -> bool {
        let pivot = &self.rows[row as usize];
        let lead = coefficient(pivot, unknown);
        let is_open = |&&r: &&u32| r != row && !self.retired[r as usize];
        let users = &self.users[unknown as usize];
        self.effort.spend(self.watched.len() + users.len());
        let mended = users.iter().filter(is_open).all(|&r| {
            let other = &self.rows[r as usize];
            match coefficient(other, unknown) {
                0 => true,
                c => !Balance::of(other, lead, pivot, c).is_off(),
            }
        });
        mended
            && self.watched.iter().filter(is_open).all(|&r| {
                let other = &self.rows[r as usize];
                !other.balance.is_off() || coefficient(other, unknown) != 0
            })
    }

    /// The broken row with the fewest candidates, and how many changes are needed at least; nothing when all hold.
    fn pick(&mut self) -> Option<(u32, u32)> {
        let mut broken: Vec<(usize, u32)> = Vec::new();
        let mut seen = self.watched.len();
        for &r in &self.watched {
            let row = &self.rows[r as usize];
            if !self.retired[r as usize] && row.balance.is_off() {
                broken.push((row.terms.iter().filter(|term| !self.banned[term.0 as usize]).count(), r));
                seen += 2 * row.terms.len();
            }
        }
        self.effort.spend(seen);
        broken.sort_unstable();
        broken.dedup();
        let &(fewest, row) = broken.first()?;
        if fewest == 0 {
            return Some((row, u32::MAX / NAMED / 2));
        }
        self.pass += 1;
        let mut apart = 0;
        for &(_, r) in &broken {
            let open = || self.rows[r as usize].terms.iter().map(|t| t.0 as usize).filter(|&u| !self.banned[u]);
            if open().all(|unknown| self.met[unknown] != self.pass) {
                apart += 1;
                for term in &self.rows[r as usize].terms {
                    self.met[term.0 as usize] = self.pass;
                }
            }
        }
        Some((row, apart))
    }

    fn candidates(&self, row: u32) -> Vec<u32> {
        self.rows[row as usize].terms.iter().map(|term| term.0).filter(|&u| !self.banned[u as usize]).collect()
    }

    /// Cells in the most broken rows first, so that a good bound is found early; missing rows last.
    fn order(&self, unknown: u32) -> (bool, i32) {
        let users = &self.users[unknown as usize];
        let broken = |&&r: &&u32| self.rows[r as usize].balance.is_off();
        let mending = users.iter().filter(broken).count() as i32;
        (unknown as usize >= self.cells, users.len() as i32 - 2 * mending)
    }

    /// Frees an unknown: the row gives its value, and it is eliminated from all other rows.
    fn take(&mut self, unknown: u32, row: u32) -> Undo {
        let pivot = self.rows[row as usize].clone();
        let lead = coefficient(&pivot, unknown);
        let mut undo = Undo { row, watched: self.watched.len(), rows: Vec::new(), users: Vec::new() };
        self.retired[row as usize] = true;
        for r in self.users[unknown as usize].clone() {
            let c = coefficient(&self.rows[r as usize], unknown);
            if r == row || self.retired[r as usize] || c == 0 {
                continue;
            }
            let combined = combine(&self.rows[r as usize], lead, &pivot, c);
            for term in &combined.terms {
                if coefficient(&self.rows[r as usize], term.0) == 0 {
                    self.users[term.0 as usize].push(r);
                    undo.users.push(term.0);
                }
            }
            self.effort.spend(2 * combined.terms.len());
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
            self.users[unknown as usize].pop();
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
            let needed = -(row.balance.residual + known);
            if needed % lead != 0 && row.balance.slack == 0 {
                return None;
            }
            values.push((*unknown, needed / lead));
        }
        let name = |unknown: u32| match (unknown as usize).checked_sub(self.cells) {
            Some(class) => Unknown::Missing(class),
            None => Unknown::Cell(unknown as usize),
        };
        Some(values.into_iter().map(|(unknown, value)| (name(unknown), value)).collect())
    }
}

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
    let (a, b) = lowest(lead, c);
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
    Row { terms, balance: Balance::of(row, lead, pivot, c) }
}

fn lowest(a: i64, b: i64) -> (i64, i64) {
    let divisor = gcd(a.unsigned_abs(), b.unsigned_abs()) as i64;
    (a / divisor, b / divisor)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
