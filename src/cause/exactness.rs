//! Which sums come out to the last digit, and which of them are off by more than rounding allows.

use rustc_hash::FxHashSet;

use super::system::{Cell, Equation, State};
use crate::money::Unit;
use crate::relation::Check;

/// The units whose sums come out to the last digit: where hardly any relation needs the rounding to hold, a figure
/// that is off by a little is wrong. A tenth of rounded ones is the mark of a table that was rounded line by line.
pub fn units(equations: &[Equation], checks: &[Check], cells: &[Cell]) -> Vec<Unit> {
    [Unit::Kronor, Unit::Thousands, Unit::Millions]
        .into_iter()
        .filter(|&unit| {
            let of_unit = || {
                equations.iter().filter(|equation| {
                    equation.terms.len() > 2
                        && equation.state == State::Held
                        && checks[equation.checks[0]].relation.unit == unit
                })
            };
            let rounded = of_unit().filter(|equation| is_off(equation, cells)).count();
            rounded * 10 <= of_unit().count()
        })
        .collect()
}

/// Whether the figures do not come out to the last digit.
fn is_off(equation: &Equation, cells: &[Cell]) -> bool {
    equation.residual.abs() > equation.fraction(cells)
}

/// Equations in whole kronor that are off by their rounding, where all the others come out to the last krona: such a
/// book was not rounded line by line, and what its rounding would allow is a slip. It is one in a sum that is off by
/// far, and in a figure whose change would bring all that it is in to the last krona.
pub fn beyond_rounding(equations: &[Equation], checks: &[Check], cells: &[Cell]) -> Vec<usize> {
    let in_kronor = |e: &usize| {
        let equation = &equations[*e];
        let unit = checks[equation.checks[0]].relation.unit;
        unit == Unit::Kronor && equation.state == State::Held && !equation.derived
    };
    let (off, exact): (Vec<usize>, Vec<usize>) =
        (0..equations.len()).filter(in_kronor).partition(|&e| is_off(&equations[e], cells));
    let sums = |of: &[usize]| of.iter().copied().filter(|&e| equations[e].terms.len() > 2).collect::<Vec<usize>>();
    let (mut exact, sums_off) = (sums(&exact), sums(&off));
    // Round figures come out in any book, and what stands in two tables came out once.
    let uneven = |cell: usize| cells[cell].value % (100 * cells[cell].step) != 0;
    let mut seen: FxHashSet<Vec<i128>> = FxHashSet::default();
    exact.retain(|&e| {
        let figures = equations[e].terms.iter().map(|term| term.0).filter(|&cell| uneven(cell));
        let mut values: Vec<i128> = figures.map(|cell| cells[cell].value.abs()).collect();
        values.sort_unstable();
        values.len() > 2 && seen.insert(values)
    });
    if off.is_empty() || exact.len() < ENOUGH_EXACT {
        return Vec::new();
    }
    let size = |e: usize| equations[e].terms.len();
    // Rounding each by itself, n figures are off by √(n/12) together, and hardly ever by three times that; by four
    // times not in a book of ten thousand sums.
    let times = |e: usize, spread: i128| {
        let result = equations[e].result;
        let step = cells[result].step * i128::from(equations[e].coefficient(result));
        let steps = equations[e].residual.abs() / step;
        steps >= 2 && 12 * steps * steps > spread * spread * size(e) as i128
    };
    // Long sums are seldom exact where lines are rounded: those as long as this one must be.
    let as_long = |e: usize| exact.iter().filter(|&&other| 2 * size(other) >= size(e)).count() >= LONG_EXACT;
    let far = |&e: &usize| times(e, 4) || (times(e, 3) && as_long(e));
    let shares = |e: usize, other: usize| equations[e].terms.iter().any(|t| equations[other].coefficient(t.0) != 0);
    let alone = |&e: &usize| sums_off.iter().all(|&other| shares(e, other));
    let mut found: Vec<usize> = sums_off.iter().copied().filter(far).filter(alone).collect();
    if off.len() > 1 && exact.len() >= MANY_EXACT && of_one_figure(&off, equations, cells) {
        found.extend(off);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether one figure, changed by one amount that it can be written with, brings all of these equations to the last
/// digit, and is in no other that says anything.
fn of_one_figure(off: &[usize], equations: &[Equation], cells: &[Cell]) -> bool {
    let by = |e: usize, cell: usize| {
        let step = i128::from(equations[e].coefficient(cell)) * cells[cell].step;
        (step != 0 && equations[e].residual % step == 0).then(|| equations[e].residual / step)
    };
    let all_off = |cell: usize| {
        let first = by(off[0], cell);
        first.is_some() && off.iter().all(|&e| by(e, cell) == first)
    };
    let in_others = |cell: usize| {
        let says = |equation: &Equation| equation.state == State::Held && equation.residual == 0 && !equation.derived;
        equations.iter().any(|equation| says(equation) && equation.coefficient(cell) != 0)
    };
    equations[off[0]].terms.iter().any(|&(cell, _)| all_off(cell) && !in_others(cell))
}

/// A sum of a few figures that were rounded each by itself comes out to the last digit in two cases of three at most:
/// twenty in a row never do.
const ENOUGH_EXACT: usize = 20;
const LONG_EXACT: usize = 8;

/// One krona is not much: that twenty sums come out and another does not is met in one book of a few thousand.
const MANY_EXACT: usize = 26;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::grid::At;
    use crate::money::{Interval, Money};
    use crate::relation::{Confidence, Kind, Operand, Relation};

    /// So many sums of two in whole kronor; the total of the first is off, and of that total ties say what so many of it
    /// should be.
    fn tied(sums: u32, off: i64, ties: &[(i64, i128)]) -> Vec<usize> {
        let cell = |row: u32, value: i128| Cell::new(At { grid: 0, row, col: 0 }, 2 * value, 2);
        let mut cells: Vec<Cell> = Vec::new();
        for i in 0..sums {
            let (a, b) = (1_037 + 41 * i128::from(i), 2_111 + 67 * i128::from(i));
            let total = a + b + if i == 0 { i128::from(off) } else { 0 };
            cells.extend([cell(3 * i, a), cell(3 * i + 1, b), cell(3 * i + 2, total)]);
        }
        let tables = (3 * sums..).zip(ties);
        cells.extend(tables.clone().map(|(row, &(_, value))| cell(row, value)));
        let kronor = |cell: &Cell| Interval { middle: Money::of_scaled(cell.value / 2, 0), half: Money::new(5, 1) };
        let operand = |cell: usize| Operand::new(cells[cell].at, Some(kronor(&cells[cell])), 1);
        let mut equations: Vec<Equation> = Vec::new();
        let mut checks: Vec<Check> = Vec::new();
        let ties = tables.map(|(row, &(times, _))| ((2, times), vec![row as usize]));
        for (result, terms) in (0..sums as usize).map(|i| ((3 * i + 2, 1), vec![3 * i, 3 * i + 1])).chain(ties) {
            let relation = Relation {
                rule: "NO01",
                kind: Kind::Sum,
                result: operand(result.0),
                terms: terms.iter().map(|&term| operand(term)).collect(),
                period: None,
                unit: Unit::Kronor,
                table: 0,
                gravest: Severity::Error,
                confidence: Confidence::SURE,
                derived: false,
            };
            let terms: Vec<(usize, i64)> = terms.iter().map(|&term| (term, 1)).collect();
            let mut equation = Equation::new(result, &terms, &cells, 4).expect("two cells or more");
            equation.checks.push(checks.len());
            equations.push(equation);
            checks.push(Check::of(relation));
        }
        beyond_rounding(&equations, &checks, &cells)
    }

    /// What one of the first total should be.
    const FIRST: i128 = 1_037 + 2_111;

    /// One tie repeats the total.
    fn found(sums: u32, off: i64) -> Vec<usize> {
        tied(sums, off, &[(1, FIRST)])
    }

    #[test]
    fn a_krona_is_a_slip_only_where_everything_else_comes_out() {
        assert_eq!(found(40, 1), [0, 40], "one total, off in its sum and in its tie");
        assert!(found(40, 0).is_empty());
        assert!(found(12, 1).is_empty(), "a dozen may come out by chance");
        // One of the sums is of a round figure and tells nothing: 26 others are left, and 25.
        assert_eq!((found(28, 1), found(27, 1)), (vec![0, 28], vec![]));
    }

    #[test]
    fn a_figure_that_another_holds_twice_is_off_by_half_as_much() {
        assert_eq!(tied(40, 1, &[(2, 2 * FIRST)]), [0, 40], "one krona in the sum, two in what is twice the total");
        assert_eq!(tied(40, -1, &[(2, 2 * FIRST), (1, FIRST)]), [0, 40, 41]);
        assert!(tied(40, 1, &[(2, 2 * FIRST + 1)]).is_empty(), "one krona in the sum, and half a one in its double");
        assert!(tied(40, 1, &[(1, FIRST + 2)]).is_empty(), "too much in the sum, too little in the tie");
        // The state pays half: half of an odd amount is no slip, in however many tables it stands.
        assert!(tied(40, 0, &[(2, 2 * FIRST + 1), (2, 2 * FIRST + 1)]).is_empty());
    }
}
