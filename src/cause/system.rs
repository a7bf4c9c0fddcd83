//! The equations of a book and its figures as whole numbers, ready to be searched.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::exactness;
use super::slips::Meanings;
use crate::book::Book;
use crate::grid::At;
use crate::money::{Interval, Money};
use crate::relation::{Check, Kind, Operand, Outcome, Relation};
use crate::statement::Statement;
use crate::table::{Entry, Role};

/// A figure that the search may change. Amounts are whole numbers of 10^−`System::decimals` kronor.
#[derive(Clone, Debug)]
pub struct Cell {
    pub at: At,
    pub value: i128,
    /// What one step of the last written decimal is worth, in its line.
    pub step: i128,
    /// … in the cell itself.
    pub written: i128,
    /// … in the finest figures of its line and its column.
    pub finest: i128,
    /// What one of the unit is worth that it is written in.
    pub one: i128,
    /// Nothing stands there.
    pub blank: bool,
    /// A formula gives it.
    pub computed: bool,
    /// It is what its formula makes of other figures: it was not written wrongly.
    pub added_up: bool,
    /// In the search these figures stand for it.
    pub follows: bool,
    /// No broken relation tells of it, but formulas may take it to one that does.
    pub far: bool,
    /// It is a ratio, and not what its figures give.
    pub odd_ratio: bool,
    /// The figures that stand left and right, above and below of it in its table.
    pub beside: Vec<usize>,
    pub upright: Vec<usize>,
    /// The other figures of its line: other years, the budget.
    pub mates: Vec<usize>,
    /// Figures of which it may be a copy: to be equal to them is unusual in its table.
    pub sources: Vec<usize>,
    /// What it may have been meant to be.
    pub meanings: Meanings,
}

impl Cell {
    pub fn new(at: At, value: i128, step: i128) -> Cell {
        let (beside, upright, mates, sources) = Default::default();
        let step = step.max(1);
        let (written, finest, one) = (step, step, step);
        let (blank, computed, added_up, follows, far, odd_ratio) = Default::default();
        Cell {
            at,
            value,
            step,
            written,
            finest,
            one,
            blank,
            computed,
            added_up,
            follows,
            far,
            odd_ratio,
            beside,
            upright,
            mates,
            sources,
            meanings: Meanings::default(),
        }
    }
}

/// How an equation stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Broken,
    Held,
    /// Nothing equals nothing: it holds, but says little.
    Trivial,
    /// It holds whatever its figures are, since formulas add them up.
    Computed,
}

/// Σ coefficient · figure = 0, within `slack`.
#[derive(Clone, Debug)]
pub struct Equation {
    /// Cells and coefficients, the cells in order, each once.
    pub terms: Vec<(usize, i64)>,
    /// The terms as they are told, where these stand for totals that formulas make of them.
    pub told: Option<Vec<(usize, i64)>>,
    /// The cell that the others should give; its coefficient is positive.
    pub result: usize,
    pub residual: i128,
    pub slack: i128,
    /// How far it may be off by the rounding of its figures, where `slack` asks for the last digit.
    pub rounding: i128,
    pub state: State,
    /// The relations that say this, as indices of the checks, the main one first.
    pub checks: Vec<usize>,
    pub derived: bool,
    pub table: usize,
    /// How much its statement weighs: less is more.
    pub rank: usize,
    /// Cells that the form has among the terms but that the figures show to be left out.
    pub left_out: Vec<usize>,
    /// Figures near the terms that do not belong to them.
    pub around: Vec<usize>,
}

/// The equations of a book and its figures.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub cells: Vec<Cell>,
    pub equations: Vec<Equation>,
    /// The equations that each cell is in, with its coefficient.
    pub uses: Vec<Vec<(usize, i64)>>,
    pub decimals: u32,
    /// The figures that stand for each total that follows them, and how often it adds them.
    pub sums: FxHashMap<usize, BTreeMap<usize, i64>>,
}

impl System {
    /// A system of plain figures: each equation is a result, its terms, and how far it may be off.
    pub fn new(cells: Vec<Cell>, equations: Vec<Equation>, decimals: u32) -> System {
        let uses = vec![Vec::new(); cells.len()];
        let mut system = System { cells, equations, uses, decimals, sums: FxHashMap::default() };
        for (e, equation) in system.equations.iter().enumerate() {
            for &(cell, coefficient) in &equation.terms {
                system.uses[cell].push((e, coefficient));
            }
        }
        system
    }

    /// The equations of a book; empty where nothing is broken.
    pub fn of(book: &Book, checks: &[Check]) -> System {
        let is_off = |check: &Check| !matches!(check.outcome, Outcome::Holds | Outcome::Untestable(_));
        if !checks.iter().any(|check| is_off(check) && linear(&check.relation)) {
            return System::default();
        }
        let decimals = checks.iter().flat_map(|check| operands(&check.relation)).map(decimals_of).max().unwrap_or(0);
        let mut places = Places { decimals, ..Places::default() };
        for statement in book.statements.iter().filter(|s| s.copy_of.is_none()) {
            places.add_statement(book, statement);
        }
        for statement in book.statements.iter() {
            places.add_copy(book, statement);
        }
        let mut equations: Vec<Equation> = Vec::new();
        let mut known: FxHashMap<Vec<(usize, i64)>, usize> = FxHashMap::default();
        for (c, check) in checks.iter().enumerate().filter(|(_, check)| linear(&check.relation)) {
            let Some(equation) = places.equation(book, c, check) else { continue };
            // A copied statement repeats the equations of the first one, and two rules may claim the same.
            match known.get(&equation.terms) {
                Some(&first) => equations[first].checks.push(c),
                None => {
                    known.insert(equation.terms.clone(), equations.len());
                    equations.push(equation);
                }
            }
        }
        for check in checks.iter().filter(|check| check.broke() && check.relation.kind == Kind::Ratio) {
            if let Some(&cell) = places.at.get(&check.relation.result.at) {
                places.cells[cell].odd_ratio = true;
            }
        }
        for e in exactness::beyond_rounding(&equations, checks, &places.cells) {
            (equations[e].state, equations[e].slack) = (State::Broken, 0);
        }
        let exact = exactness::units(&equations, checks, &places.cells);
        for equation in &mut equations {
            if exact.contains(&checks[equation.checks[0]].relation.unit)
                && !equation.is_mixed(&places.cells)
                && !matches!(checks[equation.checks[0]].outcome, Outcome::Rounded { .. })
            {
                equation.slack = equation.fraction(&places.cells);
            }
        }
        System::new(places.cells, equations, decimals)
    }

    /// A whole number of the system's steps as kronor.
    pub fn money(&self, scaled: i128) -> Money {
        Money::of_scaled(scaled, self.decimals)
    }

    /// The same system, every equation as exact as the rounding of its figures and no more.
    pub fn relaxed(&self) -> System {
        let mut relaxed = self.clone();
        relaxed.equations.iter_mut().for_each(|equation| equation.slack = equation.rounding);
        relaxed
    }

    pub fn broken(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.equations.len()).filter(|&e| self.equations[e].state == State::Broken)
    }

    /// What an equation is off by when some cells have other values.
    pub fn residual(&self, equation: usize, edits: &[(usize, i128)]) -> i128 {
        let equation = &self.equations[equation];
        let change = |&(cell, to): &(usize, i128)| {
            let found = equation.terms.binary_search_by_key(&cell, |term| term.0);
            found.map_or(0, |i| i128::from(equation.terms[i].1) * (to - self.cells[cell].value))
        };
        equation.residual + edits.iter().map(change).sum::<i128>()
    }
}

impl Equation {
    pub fn new(result: (usize, i64), terms: &[(usize, i64)], cells: &[Cell], slack: i128) -> Option<Equation> {
        let mut signed: BTreeMap<usize, i64> = BTreeMap::from([result]);
        for &(cell, coefficient) in terms {
            *signed.entry(cell).or_default() -= coefficient;
        }
        let terms: Vec<(usize, i64)> = signed.into_iter().filter(|term| term.1 != 0).collect();
        let residual: i128 = terms.iter().map(|&(cell, c)| i128::from(c) * cells[cell].value).sum();
        let state = match residual.abs() <= slack {
            false => State::Broken,
            true if terms.iter().all(|&(cell, _)| cells[cell].value == 0) => State::Trivial,
            true => State::Held,
        };
        let (checks, left_out, around) = Default::default();
        (terms.len() > 1).then_some(Equation {
            terms,
            told: None,
            result: result.0,
            residual,
            slack,
            rounding: slack,
            state,
            checks,
            derived: false,
            table: 0,
            rank: 0,
            left_out,
            around,
        })
    }

    /// Whether a repair must make it hold: not where it says nothing, nor where it is broken because others are.
    pub fn binds(&self) -> bool {
        match self.state {
            State::Broken => !self.derived,
            State::Held => true,
            State::Trivial | State::Computed => false,
        }
    }

    pub fn told(&self) -> &[(usize, i64)] {
        self.told.as_ref().unwrap_or(&self.terms)
    }

    /// How far a result that is a part of others may be off because its own last digit is rounded: a quarter of an
    /// odd sum. Nothing where it is the sum itself.
    pub fn fraction(&self, cells: &[Cell]) -> i128 {
        match i128::from(self.coefficient(self.result)) {
            1 => 0,
            parts => parts * cells[self.result].step / 2,
        }
    }

    /// Whether its figures are of several units: what stands in thousands was rounded, whatever the other is.
    pub fn is_mixed(&self, cells: &[Cell]) -> bool {
        self.terms.windows(2).any(|two| cells[two[0].0].one != cells[two[1].0].one)
    }

    pub fn coefficient(&self, cell: usize) -> i64 {
        self.terms.binary_search_by_key(&cell, |term| term.0).map_or(0, |i| self.terms[i].1)
    }
}

fn linear(relation: &Relation) -> bool {
    matches!(relation.kind, Kind::Sum | Kind::Difference | Kind::Equal)
}

fn operands(relation: &Relation) -> impl Iterator<Item = &Operand> {
    std::iter::once(&relation.result).chain(&relation.terms)
}

fn decimals_of(operand: &Operand) -> u32 {
    operand.figure.map_or(0, |figure| {
        figure.middle.normalize().decimals().max(figure.half.normalize().decimals()).min(MOST_DECIMALS)
    })
}

/// A sum may have run on into one of so many totals above it.
const MOST_TOTALS: usize = 64;

/// Amounts of accounts have two decimals and half a step of them three; ratios are not searched.
const MOST_DECIMALS: u32 = 6;

/// The cells of a book by their place.
#[derive(Default)]
pub(super) struct Places {
    pub(super) cells: Vec<Cell>,
    at: FxHashMap<At, usize>,
    decimals: u32,
}

impl Places {
    fn scaled(&self, money: Money) -> i128 {
        money.scaled(self.decimals).or_else(|| money.round(self.decimals).scaled(self.decimals)).unwrap_or(0)
    }

    fn add(&mut self, book: &Book, at: At, figure: Option<Interval>) -> usize {
        if let Some(&known) = self.at.get(&at) {
            return known;
        }
        let figure_or_nothing = figure.unwrap_or(Interval::exact(Money::ZERO));
        let step = self.scaled(figure_or_nothing.half + figure_or_nothing.half);
        let mut cell = Cell::new(at, self.scaled(figure_or_nothing.middle), step);
        cell.blank = figure.is_none();
        cell.computed = book.cell(at).is_some_and(|cell| cell.formula().is_some());
        self.at.insert(at, self.cells.len());
        self.cells.push(cell);
        self.cells.len() - 1
    }

    fn add_statement(&mut self, book: &Book, statement: &Statement) {
        let columns: Vec<usize> = statement.table.amount_columns().map(|(column, _)| column).collect();
        let mut above: Vec<Option<usize>> = vec![None; columns.len()];
        let mut lines: Vec<Vec<usize>> = Vec::new();
        let mut by_column: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
        for (l, line) in statement.lines().iter().enumerate().filter(|(_, line)| line.role != Role::Heading) {
            let mut left: Option<usize> = None;
            let mut mates = Vec::new();
            for (i, &column) in columns.iter().enumerate() {
                let unit = line.entries[column].figure().and_then(|figure| figure.unit).unwrap_or(statement.unit);
                // What is in per cent may have changed places with an amount.
                let any = || line.entries[column].figure().map(|figure| Interval::of(figure.amount, unit));
                let figure = statement.in_sum(l, column, 1).figure.or_else(any);
                if figure.is_none() && !matches!(line.entries[column], Entry::Blank | Entry::Dash | Entry::Absent) {
                    (left, above[i]) = (None, None);
                    continue;
                }
                let cell = self.add(book, statement.table.at(l, column), figure);
                for (one, other) in [(left, 0), (above[i], 1)] {
                    let Some(one) = one else { continue };
                    for (a, b) in [(one, cell), (cell, one)] {
                        let neighbours =
                            if other == 0 { &mut self.cells[a].beside } else { &mut self.cells[a].upright };
                        neighbours.push(b);
                    }
                }
                (left, above[i]) = (Some(cell), Some(cell));
                self.cells[cell].one = self.scaled(unit.factor());
                mates.push(cell);
                by_column[i].push(cell);
            }
            for &cell in &mates {
                self.cells[cell].mates = mates.iter().copied().filter(|&mate| mate != cell).collect();
            }
            lines.push(mates);
        }
        self.add_sources(&lines);
        self.refine_steps(&lines);
        self.find_finest(lines.iter().chain(&by_column));
    }

    /// The cells of a copy are those of the statement that it repeats.
    fn add_copy(&mut self, book: &Book, copy: &Statement) {
        let Some(first) = copy.copy_of.map(|first| &book.statements[first].table) else { return };
        for line in 0..copy.lines().len().min(first.lines.len()) {
            for column in 0..copy.columns().len().min(first.columns.len()) {
                if let Some(&cell) = self.at.get(&first.at(line, column)) {
                    self.at.insert(copy.table.at(line, column), cell);
                }
            }
        }
    }

    fn equation(&mut self, book: &Book, index: usize, check: &Check) -> Option<Equation> {
        let relation = &check.relation;
        let broke = match check.outcome {
            Outcome::Holds | Outcome::Rounded { .. } => false,
            Outcome::Broke { .. } => true,
            Outcome::Untestable(_) => return None,
        };
        // A figure of running text is no cell to be changed: it shares its line with others.
        if !self.at.contains_key(&relation.result.at) {
            return None;
        }
        let result = self.add(book, relation.result.at, relation.result.figure);
        // What is in per cent adds nothing.
        let shown = |at: At| self.at.get(&at).is_some_and(|&cell| !self.cells[cell].blank);
        let counts: Vec<&Operand> =
            relation.terms.iter().filter(|term| term.figure.is_some() || !shown(term.at)).collect();
        let terms: Vec<(usize, i64)> = counts
            .into_iter()
            .map(|term| (self.add(book, term.at, term.figure), i64::from(term.coefficient)))
            .collect();
        let half = |operand: &Operand| {
            let half = operand.figure.map_or(0, |figure| self.scaled(figure.half));
            half * i128::from(operand.coefficient.unsigned_abs())
        };
        let slack = operands(relation).map(half).sum();
        let mut equation = Equation::new((result, i64::from(relation.result.coefficient)), &terms, &self.cells, slack)?;
        if broke {
            equation.state = State::Broken;
        }
        equation.checks.push(index);
        equation.derived = relation.derived;
        equation.table = relation.table;
        let statement = book.statements.get(relation.table)?;
        equation.rank = statement.kind as usize;
        self.add_rows(statement, relation, &mut equation);
        Some(equation)
    }

    /// What the statement's own sum says of lines that are left out, and which lines stand next to its terms.
    fn add_rows(&self, statement: &Statement, relation: &Relation, equation: &mut Equation) {
        let find = |at: At| {
            let line = statement.table.line_of(at.row)?;
            let column = statement.columns().iter().position(|column| column.col == at.col)?;
            (statement.table.grid == at.grid).then_some((line, column))
        };
        let Some((result, column)) = find(relation.result.at) else { return };
        let cell = |line: usize| self.at.get(&statement.table.at(line, column)).copied();
        let lines: Option<Vec<usize>> = relation.terms.iter().map(|term| Some(find(term.at)?.0)).collect();
        let Some(lines) = lines else { return };
        if let Some(sum) = statement.sum_of(result) {
            equation.left_out = sum.left_out.iter().filter_map(|&line| cell(line)).collect();
        }
        // The rows just before and after the terms, and the totals that may have run on into this one.
        let (first, last) = (lines.iter().min().copied().unwrap_or(0), lines.iter().max().copied().unwrap_or(0));
        let totals = (0..first).rev().filter(|&line| statement.lines()[line].role.adds()).take(MOST_TOTALS);
        let near = (first.saturating_sub(1)..=last + 1).chain(totals);
        equation.around = near
            .filter(|&line| line < statement.lines().len() && line != result && !lines.contains(&line))
            .filter_map(cell)
            .filter(|&cell| self.cells[cell].value != 0)
            .collect();
        equation.around.sort_unstable();
        equation.around.dedup();
    }
}
