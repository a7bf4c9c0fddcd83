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
                        && !equation.is_mixed(cells)
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
        // What another file tells in thousands was rounded there.
        let step = cells[equation.result].step;
        let finest = equation.terms.iter().all(|&(cell, _)| cells[cell].step <= step);
        unit == Unit::Kronor && finest && equation.state == State::Held && !equation.derived
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

    /// Sums in whole kronor, each of so many figures and with a total that is off by so much; and of the first total, ties
    /// that say what so many of it should be.
    fn book(sums: &[(usize, i64)], ties: &[(i64, i128)]) -> Vec<usize> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut add = |value: i128| {
            cells.push(Cell::new(At { grid: 0, row: cells.len() as u32, col: 0 }, 2 * value, 2));
            cells.len() - 1
        };
        let mut made: Vec<((usize, i64), Vec<usize>)> = Vec::new();
        for (i, &(terms, off)) in (0i128..).zip(sums) {
            let figures: Vec<i128> = (0..terms as i128).map(|j| 1_037 + 1_074 * j + (41 + 26 * j) * i).collect();
            let total: i128 = figures.iter().sum();
            let terms = figures.into_iter().map(&mut add).collect();
            made.push(((add(total + i128::from(off)), 1), terms));
        }
        let first = made[0].0.0;
        made.extend(ties.iter().map(|&(times, value)| ((first, times), vec![add(value)])));
        let kronor = |cell: &Cell| Interval { middle: Money::of_scaled(cell.value / 2, 0), half: Money::new(5, 1) };
        let operand = |cell: usize| Operand::new(cells[cell].at, Some(kronor(&cells[cell])), 1);
        let mut equations: Vec<Equation> = Vec::new();
        let mut checks: Vec<Check> = Vec::new();
        for (result, terms) in made {
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
            let slack = 4.max(terms.len() as i128 + 1);
            let mut equation = Equation::new(result, &terms, &cells, slack).expect("two cells or more");
            equation.checks.push(checks.len());
            equations.push(equation);
            checks.push(Check::of(relation));
        }
        beyond_rounding(&equations, &checks, &cells)
    }

    /// What one of the first total should be.
    const FIRST: i128 = 1_037 + 2_111;

    /// So many sums of two, the first with ties.
    fn tied(sums: usize, off: i64, ties: &[(i64, i128)]) -> Vec<usize> {
        let mut all = vec![(2, 0); sums];
        all[0].1 = off;
        book(&all, ties)
    }

    /// One tie repeats the total.
    fn found(sums: usize, off: i64) -> Vec<usize> {
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
    /// So many exact sums of two and of ten figures, and then sums that are off.
    fn off(twos: usize, tens: usize, off: &[(usize, i64)]) -> Vec<usize> {
        let exact = [vec![(2, 0); twos], vec![(10, 0); tens]].concat();
        let found = book(&[exact, off.to_vec()].concat(), &[]);
        found.into_iter().map(|e| e - twos - tens).collect()
    }

    #[test]
    fn a_sum_that_is_off_by_far_more_than_its_length_explains_is_a_slip() {
        // Five figures and their total, rounded each by itself, are off by 0.7 kronor.
        assert_eq!((off(40, 0, &[(5, 3)]), off(40, 0, &[(5, -3)])), (vec![0], vec![0]));
        assert!(off(40, 0, &[(5, 2)]).is_empty());
        assert!(off(40, 0, &[(5, 3), (5, 3)]).is_empty(), "two places are no slip");
        // Ten are off by more, and three kronor are a slip only where other sums as long come out.
        assert_eq!(off(40, 0, &[(10, 4)]), [0]);
        assert_eq!((off(40, 8, &[(10, 3)]), off(40, 7, &[(10, 3)])), (vec![0], vec![]));
        // One of the sums of two is of a round figure.
        assert_eq!((off(21, 0, &[(5, 3)]), off(20, 0, &[(5, 3)])), (vec![0], vec![]));
    }
}
