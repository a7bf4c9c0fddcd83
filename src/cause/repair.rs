//! From a set of changes to operations: which slip made each figure what it is.

use super::contradiction::Contradictions;
use super::moves::Move;
use super::search::{Change, Effort, Unknown};
use super::slips::NAMED;
use super::system::{Cell, Equation, State, System};
use super::{Edge, Edit, Operation};
use crate::finding::Slip;

/// Operations that together mend a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    pub operations: Vec<Operation>,
    pub cost: u32,
}

impl Repair {
    /// One operation that mends all.
    pub fn of(system: &System, operation: Operation) -> Repair {
        Repair { cost: operation.cost(system), operations: vec![operation] }
    }

    /// What decides between repairs of the same cost: how likely the slips are, then the evidence around the cells.
    pub fn weight(&self, system: &System) -> (u32, i32, u32) {
        let likely =
            self.operations.iter().map(|operation| operation.rarity() as i32 + strange(system, operation)).sum();
        let doubt: u32 = self.operations.iter().map(|operation| doubt(system, operation)).sum();
        (self.cost, likely, 2 * self.misfit(system) + doubt)
    }

    /// How much of the allowed rounding the repaired equations use, in eighths: rounding seldom adds up to all of it.
    fn misfit(&self, system: &System) -> u32 {
        let edits = self.edits();
        let uses = edits.iter().flat_map(|&(cell, _)| &system.uses[cell]);
        let eighths = |e: usize| 8 * system.residual(e, &edits).abs() / (system.equations[e].slack + 1);
        let slack = |e: &usize| system.equations[*e].slack > 0 && system.equations[*e].binds();
        uses.map(|&(e, _)| e).filter(slack).map(|e| eighths(e).min(64) as u32).sum()
    }

    pub fn edits(&self) -> Vec<(usize, i128)> {
        self.operations
            .iter()
            .filter(|operation| operation.amount.is_none())
            .flat_map(|operation| operation.edits.iter().map(|edit| (edit.cell, edit.to)))
            .collect()
    }
}

/// What the line of a figure and its neighbours say of a change, to be added to how rare the slip is: a figure of
/// another size than those of its line is made like them (less than nothing) or the other way round, and so is the
/// sign of one that stands alone among others; a total changes that other figures bear out.
fn strange(system: &System, operation: &Operation) -> i32 {
    let of_edit = |edit: &Edit| {
        let values = |cells: &[usize]| -> Vec<i128> {
            cells.iter().map(|&cell| system.cells[cell].value).filter(|&value| value != 0).collect()
        };
        let cell = &system.cells[edit.cell];
        let mates = values(&cell.mates);
        let largest = mates.iter().map(|value| value.abs()).max();
        let is_huge = |value: i128| largest.is_some_and(|largest| value.abs() > OF_ANOTHER_SIZE * largest);
        let size = i32::from(is_huge(edit.to)) - i32::from(is_huge(edit.from));
        let flips = operation.slip == Slip::SignFlipped && operation.rows.is_empty();
        let alone = |value: i128, others: &[i128]| others.iter().all(|other| other.signum() == -value.signum());
        let around = values(&cell.upright);
        // Two years and both neighbours, or all neighbours and the one year there is.
        let odd =
            |value: i128| !mates.is_empty() && !around.is_empty() && alone(value, &mates) && alone(value, &around);
        let sign = i32::from(flips) * (i32::from(odd(edit.to)) - i32::from(odd(edit.from)));
        STRANGE * size + ODD_SIGN * sign
    };
    operation.edits.iter().map(of_edit).sum::<i32>() + STRANGE * 2 * i32::from(operation.is_denied(system))
}

/// From one year to the next a figure seldom becomes eight times as large.
const OF_ANOTHER_SIZE: i128 = 8;

/// On the scale of [`Operation::rarity`]: as much as from a total that leaves out a row to a digit too many and more.
const STRANGE: i32 = 16;
const ODD_SIGN: i32 = 20;

/// What speaks against an operation: it breaks what held as nothing, changes what a formula gives, or takes a figure
/// further from those of its line.
fn doubt(system: &System, operation: &Operation) -> u32 {
    let mut doubt = 0;
    if operation.amount.is_some() {
        return 1;
    }
    for edit in &operation.edits {
        let cell = &system.cells[edit.cell];
        let broken = system.uses[edit.cell].iter().filter(|(e, _)| system.equations[*e].state == State::Trivial);
        doubt += 4 * broken.count() as u32 + 4 * u32::from(cell.computed && operation.rows.is_empty());
        doubt += 4 * u32::from(cell.far);
        // Nobody writes a round figure in the place of an uneven one by a slip of the pen.
        let round = |value: i128| value != 0 && value % (1_000 * cell.written) == 0;
        doubt += 4 * u32::from(round(edit.from) && !round(edit.to));
        let far = |value: i128| cell.mates.iter().map(|&mate| (system.cells[mate].value - value).abs()).min();
        doubt += 2 * u32::from(far(edit.to) > far(edit.from)) + u32::from(far(edit.to) == far(edit.from));
    }
    doubt
}

/// The repairs that a set of changes may be read as.
#[derive(Debug, Default)]
pub struct Readings {
    /// The cheapest, and those that cost a little more. Empty where the changes mend nothing after all.
    pub repairs: Vec<Repair>,
    /// Where not all combinations were tried: the least that any can cost.
    pub cut: Option<u32>,
}

/// Every way to read a set of changes as operations.
pub fn read(
    system: &System,
    contradictions: &Contradictions,
    moves: &[&Move],
    change: &Change,
    effort: &mut Effort,
) -> Readings {
    if change.iter().any(|(_, by)| *by == 0) {
        return Readings::default();
    }
    let moved: Vec<Operation> = moves.iter().map(|found| Operation::of_move(system, found)).collect();
    let fixed: Vec<(usize, i128)> = moves.iter().flat_map(|found| found.edits.iter().copied()).collect();
    let mut options: Vec<Vec<Operation>> = Vec::with_capacity(change.len());
    for &(unknown, by) in change {
        options.push(match unknown {
            Unknown::Cell(cell) => {
                let uses = system.uses[cell].iter().map(|&(e, _)| system.equations[e].terms.len());
                effort.spend(A_CELL_READ + uses.sum::<usize>());
                cell_options(system, contradictions, &fixed, change, cell, by)
            }
            Unknown::Missing(class) => {
                let alike = &contradictions.alone[class];
                effort.spend(alike.iter().map(|&e| 4 * system.equations[e].terms.len()).sum());
                missing_options(system, contradictions, &fixed, class, by)
            }
        });
    }
    // No figure written to its last decimal lies where it should.
    if options.iter().any(Vec::is_empty) {
        return Readings::default();
    }
    let mut repairs: Vec<Repair> = Vec::new();
    let mut picked = vec![0; options.len()];
    let least = |options: &Vec<Operation>| options.iter().map(|operation| operation.cost(system)).min().unwrap_or(0);
    let mut cut = Some(options.iter().map(least).sum::<u32>() + moved.len() as u32 * NAMED);
    for _ in 0..(MOST_READINGS / options.len().max(1)).max(1) {
        effort.spend(A_READING * options.len());
        let operations: Vec<Operation> =
            moved.iter().cloned().chain(picked.iter().zip(&options).map(|(&i, options)| options[i].clone())).collect();
        let cost = operations.iter().map(|operation| operation.cost(system)).sum();
        let repair = Repair { operations, cost };
        if holds(system, contradictions, &repair, change) {
            repairs.push(repair);
        }
        // The next combination.
        let Some(i) = (0..picked.len()).find(|&i| picked[i] + 1 < options[i].len()) else {
            cut = None;
            break;
        };
        picked[i] += 1;
        picked[..i].fill(0);
    }
    let least = repairs.iter().map(|repair| repair.cost).min().unwrap_or(0);
    repairs.retain(|repair| repair.cost <= least + 1);
    Readings { repairs, cut }
}

/// Two or three changes have a handful of readings each; so many operations are tried in all.
const MOST_READINGS: usize = 1_024;

/// What it takes to find the slips of a cell, and to try one combination, next to looking at a term.
const A_CELL_READ: usize = 2_000;
const A_READING: usize = 30;

/// Whether every equation that the repair touches holds, not combined but each by itself.
fn holds(system: &System, contradictions: &Contradictions, repair: &Repair, change: &Change) -> bool {
    let edits = repair.edits();
    edits.iter().flat_map(|&(cell, _)| system.uses[cell].iter()).all(|&(e, _)| {
        let equation = &system.equations[e];
        let off = system.residual(e, &edits) + missing_in(contradictions, change, e);
        !equation.binds() || off.abs() <= equation.slack
    })
}

/// What the missing rows of a change add to an equation.
fn missing_in(contradictions: &Contradictions, change: &Change, equation: usize) -> i128 {
    let Some(parts) = contradictions.parts.get(&equation) else { return 0 };
    change
        .iter()
        .filter_map(|&(unknown, by)| match unknown {
            Unknown::Missing(class) => Some(i128::from(parts.iter().find(|part| part.0 == class)?.1) * by),
            Unknown::Cell(_) => None,
        })
        .sum()
}

/// The slips that may have made a cell what it is, if it should change by about `by`.
fn cell_options(
    system: &System,
    contradictions: &Contradictions,
    fixed: &[(usize, i128)],
    change: &Change,
    cell: usize,
    by: i128,
) -> Vec<Operation> {
    let figure = &system.cells[cell];
    let (low, high) = window(system, contradictions, fixed, change, cell, by);
    let fits = |to: i128| (low..=high).contains(&(to - figure.value));
    let mut found: Vec<Operation> = Vec::new();
    let meant = if figure.added_up { &[][..] } else { figure.meanings.of(figure) };
    let meant = meant.iter().filter(|&&(to, _)| fits(to));
    found.extend(meant.map(|&(to, slip)| Operation::of_cell(system, slip, cell, to)));
    for &(e, coefficient) in &system.uses[cell] {
        let equation = &system.equations[e];
        if equation.result == cell && equation.state == State::Broken && equation.told().len() > 2 {
            let wanted = (low.saturating_mul(coefficient.into()), high.saturating_mul(coefficient.into()));
            for reading in readings(system, equation, wanted) {
                // The total lacks `reading.amount`, so it should be that much more.
                let to = figure.value + reading.amount / i128::from(coefficient);
                if reading.amount % i128::from(coefficient) == 0 && fits(to) {
                    let mut operation = Operation::of_cell(system, reading.slip, cell, to);
                    (operation.rows, operation.by_form) = (reading.rows, reading.by_form);
                    operation.edge = reading.edge;
                    operation.equation = Some(e);
                    found.push(operation);
                }
            }
        }
    }
    let point = match low == high {
        true => figure.value + by,
        false => to_step((figure.value + by).clamp(figure.value + low, figure.value + high), figure.step),
    };
    if fits(point) && !figure.added_up {
        // A formula copies nothing, and nobody copies what formulas keep equal.
        let stands = |others: &[usize]| {
            let same = |other: &Cell| other.value == figure.value && !other.follows;
            figure.value != 0 && !figure.computed && others.iter().any(|&other| same(&system.cells[other]))
        };
        let two_away = |&near: &usize| {
            let next = system.cells[near].upright.iter().copied().filter(|&other| other != cell);
            stands(&next.collect::<Vec<_>>())
        };
        let slip = match () {
            _ if is_rounded(system, figure, point) => Slip::Rounded,
            _ if stands(&figure.sources) => Slip::StaleValue,
            _ if stands(&figure.upright) || figure.upright.iter().any(two_away) => Slip::Copied,
            _ => Slip::Unknown,
        };
        // What only a total tells of is not wrong by just any amount: so may be each of its parts.
        if !figure.far || slip == Slip::StaleValue {
            found.push(Operation::of_cell(system, slip, cell, point));
        }
    }
    found.sort_by_key(|operation| (operation.edits[0].to, operation.cost(system), operation.rarity()));
    found.dedup_by_key(|operation| operation.edits[0].to);
    found
}

/// Whether a figure is another one rounded to hundreds or more, as no other figure of its line is.
fn is_rounded(system: &System, figure: &Cell, exact: i128) -> bool {
    let zeros = |value: i128| {
        let mut round = figure.written;
        while value != 0 && value % (10 * round) == 0 {
            round *= 10;
        }
        round
    };
    let round = zeros(figure.value);
    let mates = figure.mates.iter().map(|&mate| system.cells[mate].value).filter(|&value| value != 0);
    let alone = mates.clone().next().is_some() && mates.clone().all(|value| zeros(value) < round);
    let by = (figure.value - exact).abs();
    // Where the line has round figures, too, what lies far away was not rounded to this one.
    let uneven = mates.clone().all(|value| zeros(value) < 1_000 * figure.written);
    let near = 2 * by <= round && (uneven || 8 * by <= figure.value.abs());
    round >= 100 * figure.written && alone && zeros(exact) < round && near
}

fn to_step(value: i128, step: i128) -> i128 {
    (value + step / 2).div_euclid(step) * step
}

/// How much a cell may change by so that the equations that no other change touches hold.
fn window(
    system: &System,
    contradictions: &Contradictions,
    fixed: &[(usize, i128)],
    change: &Change,
    cell: usize,
    by: i128,
) -> (i128, i128) {
    let (mut low, mut high) = (i128::MIN, i128::MAX);
    for &(e, c) in &system.uses[cell] {
        let equation = &system.equations[e];
        let others = change.iter().any(|(unknown, _)| match unknown {
            Unknown::Cell(other) => *other != cell && equation.coefficient(*other) != 0,
            Unknown::Missing(_) => missing_in(contradictions, change, e) != 0,
        });
        if !equation.binds() || others {
            continue;
        }
        let (residual, c) = (system.residual(e, fixed), i128::from(c));
        let (a, b) = (-residual - equation.slack, -residual + equation.slack);
        let (a, b) = if c > 0 { (a, b) } else { (-b, -a) };
        let c = c.abs();
        low = low.max(-((-a).div_euclid(c)));
        high = high.min(b.div_euclid(c));
    }
    if low > high || low == i128::MIN || high == i128::MAX { (by, by) } else { (low, high) }
}

/// The readings of a missing amount: a row that the total lacks or counts twice, or one that is not there at all.
fn missing_options(
    system: &System,
    contradictions: &Contradictions,
    fixed: &[(usize, i128)],
    class: usize,
    by: i128,
) -> Vec<Operation> {
    let root = contradictions.roots[class];
    let mut found = Vec::new();
    // A column is wrong as well: what a row makes of its figures is not the slip.
    let in_column = contradictions.alone[class].iter().any(|&e| !system.is_across(&system.equations[e]));
    for &e in &contradictions.alone[class] {
        let equation = &system.equations[e];
        // Nothing where a formula makes the result of other figures.
        let lead = i128::from(equation.coefficient(equation.result));
        if (in_column && system.is_across(equation))
            || equation.told().len() <= 2
            || lead == 0
            || fixed.iter().any(|&(cell, _)| equation.coefficient(cell) != 0)
        {
            continue;
        }
        let wanted = (-equation.residual - equation.slack, -equation.residual + equation.slack);
        for reading in readings(system, equation, wanted) {
            if reading.amount % lead != 0 {
                continue;
            }
            let from = system.cells[equation.result].value;
            let edits = vec![Edit { cell: equation.result, from, to: from + reading.amount / lead }];
            found.push(Operation {
                rows: reading.rows,
                amount: Some(by),
                equation: Some(e),
                by_form: reading.by_form,
                edge: reading.edge,
                ..Operation::plain(reading.slip, edits)
            });
        }
    }
    found.sort_by_key(|operation| (operation.rarity(), operation.equation));
    found.dedup_by_key(|operation| (operation.slip, operation.rows.clone()));
    if found.is_empty() {
        let (slip, equation) = (Slip::RowMissing, Some(root));
        found.push(Operation { amount: Some(by), equation, ..Operation::plain(slip, Vec::new()) });
    }
    found
}

/// How the result of a sum may have come out wrong although every figure is right.
struct Reading {
    slip: Slip,
    rows: Vec<usize>,
    /// What the result lacks, times its coefficient.
    amount: i128,
    by_form: bool,
    edge: Edge,
}

/// The readings whose amount lies in a window.
fn readings(system: &System, equation: &Equation, (low, high): (i128, i128)) -> Vec<Reading> {
    let mut found = Vec::new();
    let wanted = |amount: i128| amount != 0 && (low..=high).contains(&amount);
    let of = |cell: usize, coefficient: i64| -i128::from(coefficient) * system.cells[cell].value;
    if !equation.left_out.is_empty() {
        let told = |cell: usize| equation.told().iter().find(|term| term.0 == cell).map_or(0, |term| term.1);
        let amount = equation.left_out.iter().map(|&cell| of(cell, told(cell))).sum();
        if wanted(amount) {
            found.push(Reading {
                slip: Slip::RowLeftOut,
                rows: equation.left_out.clone(),
                amount,
                by_form: true,
                edge: Edge::Middle,
            });
        }
    }
    let parts: Vec<(usize, i64)> = equation.told().iter().filter(|term| term.0 != equation.result).copied().collect();
    for (i, &(cell, coefficient)) in parts.iter().enumerate() {
        let amount = of(cell, coefficient);
        let edge = if i == 0 || i + 1 == parts.len() { Edge::Row } else { Edge::Middle };
        let slips = [(Slip::RowLeftOut, amount), (Slip::RowCountedTwice, -amount), (Slip::SignFlipped, 2 * amount)];
        for (slip, amount) in slips.into_iter().filter(|(_, amount)| wanted(*amount)) {
            found.push(Reading { slip, rows: vec![cell], amount, by_form: false, edge });
        }
    }
    // A range that begins too late or ends too early leaves out several rows at once.
    let mut from_top = 0;
    let mut from_bottom: i128 = parts.iter().map(|&(cell, coefficient)| of(cell, coefficient)).sum();
    for run in 1..parts.len() {
        let (cell, coefficient) = parts[run - 1];
        from_top += of(cell, coefficient);
        from_bottom -= of(cell, coefficient);
        for (amount, rows, edge) in [(from_top, &parts[..run], Edge::Top), (from_bottom, &parts[run..], Edge::Bottom)] {
            if wanted(amount) && (2..parts.len() - 1).contains(&rows.len()) {
                let rows: Vec<usize> =
                    rows.iter().map(|part| part.0).filter(|&cell| system.cells[cell].value != 0).collect();
                if rows.len() > 1 {
                    found.push(Reading { slip: Slip::RowLeftOut, rows, amount, by_form: false, edge });
                }
            }
        }
    }
    for &cell in equation.around.iter().filter(|_| !system.is_across(equation)) {
        let value = system.cells[cell].value;
        for amount in [-value, value].into_iter().filter(|&amount| wanted(amount)) {
            let (slip, rows, edge) = (Slip::RowCountedTwice, vec![cell], Edge::Middle);
            found.push(Reading { slip, rows, amount, by_form: false, edge });
        }
    }
    found
}
