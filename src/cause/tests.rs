use super::*;
use crate::grid::At;

/// Cells by value, equations as result and terms, all exact.
fn system(values: &[i128], sums: &[(usize, &[(usize, i64)])]) -> System {
    let at = |i: usize| At { grid: 0, row: i as u32, col: 0 };
    let cells: Vec<Cell> = values.iter().enumerate().map(|(i, &value)| Cell::new(at(i), value, 1)).collect();
    let equations = sums.iter().enumerate().map(|(i, (result, terms))| {
        let mut equation = Equation::new((*result, 1), terms, &cells, 0).expect("an equation of two cells");
        equation.checks.push(i);
        equation
    });
    let equations = equations.collect();
    System::new(cells, equations, 0)
}

#[test]
fn what_holds_has_no_cause() {
    assert!(explain(&system(&[100, 200, 300], &[(2, &[(0, 1), (1, 1)])])).is_empty());
}

#[test]
fn a_flipped_sign_that_two_relations_show_is_the_only_cause() {
    let found = explain(&system(
        &[-431_372, 179_295, 252_077, 1_110_453, 858_376],
        &[(2, &[(0, 1), (1, 1)]), (4, &[(2, 1), (3, 1)])],
    ));
    assert_eq!(found.len(), 1);
    let operation = &found[0].operations[0];
    assert_eq!((operation.slip, operation.edits[0].cell, operation.edits[0].to), (Slip::SignFlipped, 2, -252_077));
    assert_eq!((found[0].explains.as_slice(), found[0].suspect()), ([0, 1].as_slice(), Some(2)));
    assert!(found[0].proved_minimal);
}

#[test]
fn an_edit_that_breaks_what_holds_is_no_cause() {
    // 3 is tied to 5, so the digit must have been replaced in 4, though both would mend the sum.
    let sums: &[(usize, &[(usize, i64)])] = &[(2, &[(0, 1), (1, 1)]), (3, &[(0, 1)])];
    let found = explain(&system(&[5_123, 5_777, 10_800, 5_123], sums));
    assert_eq!(found[0].operations[0].edits[0].cell, 1, "{found:#?}");
}

#[test]
fn one_contradiction_in_three_places_is_one_cause() {
    // Income, costs and result in three tables, tied to each other and to notes.
    let (income, costs, result) = (2_500_000, 2_494_227, 5_759);
    let values = [income, costs, result, income, costs, result, income, costs, result, income, costs, result, 1, 5_758];
    let tie = |a: usize, b: usize| (a, [(b, 1)]);
    let ties: Vec<(usize, [(usize, i64); 1])> =
        (0..3).flat_map(|line| [tie(line + 3, line), tie(line + 6, line), tie(line + 9, line)]).collect();
    let sums: [(usize, [(usize, i64); 2]); 4] =
        [(2, [(0, 1), (1, -1)]), (5, [(3, 1), (4, -1)]), (8, [(6, 1), (7, -1)]), (11, [(12, 1), (13, 1)])];
    let mut all: Vec<(usize, &[(usize, i64)])> = sums.iter().map(|(r, t)| (*r, t.as_slice())).collect();
    all.extend(ties.iter().map(|(r, t)| (*r, t.as_slice())));
    let found = explain(&system(&values, &all));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].operations[0].slip, Slip::RowMissing);
    assert_eq!((found[0].operations[0].amount, found[0].explains.as_slice()), (Some(14), [0, 1, 2].as_slice()));
}

#[test]
fn all_equally_good_causes_are_listed() {
    let found = explain(&system(&[4_100, 5_200, 9_310], &[(2, &[(0, 1), (1, 1)])]));
    let cells = |operations: &Vec<Operation>| operations[0].edits[0].cell;
    let mut listed: Vec<usize> =
        std::iter::once(&found[0].operations).chain(&found[0].alternatives).map(cells).collect();
    listed.sort_unstable();
    assert_eq!((listed, found[0].suspect()), (vec![0, 1, 2], None));
}

#[test]
fn a_total_that_leaves_out_a_row_is_named_even_where_others_took_it_further() {
    // The subtotal lacks 5 759, and the grand total adds the wrong subtotal and ties to another statement.
    let sums: &[(usize, &[(usize, i64)])] = &[(3, &[(0, 1), (1, 1), (2, 1)]), (5, &[(3, 1), (4, 1)]), (6, &[(5, 1)])];
    let found = explain(&system(&[5_759, 287_972, 174_864, 462_836, 5_759, 468_595, 468_595], sums));
    let operation = &found[0].operations[0];
    assert_eq!((operation.slip, operation.rows.as_slice()), (Slip::RowLeftOut, [0].as_slice()), "{found:#?}");
    assert_eq!(operation.edits[0].to, 468_595);
}

#[test]
fn two_slips_in_one_table_are_two_causes() {
    // A sign in one sum, a digit in another that adds it up.
    let sums: &[(usize, &[(usize, i64)])] =
        &[(2, &[(0, 1), (1, 1)]), (5, &[(2, 1), (3, 1), (4, 1)]), (6, &[(0, 1)]), (7, &[(4, 1)])];
    let found = explain(&system(&[-1_234, 7_000, 8_234, 50, 66, 8_356, 1_234, 72], sums));
    let edited: Vec<(usize, i128)> =
        found.iter().map(|found| (found.operations[0].edits[0].cell, found.operations[0].edits[0].to)).collect();
    assert_eq!(edited, [(0, 1_234), (4, 72)], "{found:#?}");
}

#[test]
fn a_grid_where_every_sum_is_broken_is_told_plainly_and_soon() {
    // Sixty columns of a hundred rows with totals below and beside, none of them right.
    let (rows, columns) = (100, 60);
    let cell = |row: usize, column: usize| row * (columns + 1) + column;
    let values: Vec<i128> = (0..(rows + 1) * (columns + 1)).map(|i| 1_000 + (i * i * 7_919 % 90_001) as i128).collect();
    let down = (0..=columns)
        .map(|column| (cell(rows, column), (0..rows).map(|row| (cell(row, column), 1)).collect::<Vec<(usize, i64)>>()));
    let across = (0..=rows).map(|row| {
        (cell(row, columns), (0..columns).map(|column| (cell(row, column), 1)).collect::<Vec<(usize, i64)>>())
    });
    let sums: Vec<(usize, Vec<(usize, i64)>)> = down.chain(across).collect();
    let sums: Vec<(usize, &[(usize, i64)])> = sums.iter().map(|(r, terms)| (*r, terms.as_slice())).collect();
    let found = explain(&system(&values, &sums));
    let mut explained: Vec<usize> = found.iter().flat_map(|found| found.explains.iter().copied()).collect();
    explained.sort_unstable();
    assert_eq!(explained, (0..sums.len()).collect::<Vec<_>>());
    assert!(found.iter().all(|found| !found.proved_minimal && found.operations.len() == 1));
}

#[test]
fn errors_that_cancel_in_a_total_are_told_where_other_relations_show_them() {
    // Both sides still balance: 1 000 too much in one row, 1 000 too little in the other. Notes tie them.
    let sums: &[(usize, &[(usize, i64)])] = &[(2, &[(0, 1), (1, 1)]), (3, &[(0, 1)]), (4, &[(1, 1)]), (5, &[(2, 1)])];
    let found = explain(&system(&[46_311, 7_742, 54_053, 45_311, 8_742, 54_053], sums));
    let told: Vec<usize> = found.iter().flat_map(|found| found.explains.iter().copied()).collect();
    assert_eq!(told, [1, 2], "{found:#?}");
    let [operation] = found[0].operations.as_slice() else { panic!("{found:#?}") };
    assert_eq!((found.len(), operation.slip, operation.edits.len()), (1, Slip::WrongRow, 2), "one amount went astray");
}

/// The slip of the only cause, and the cells that it changes.
fn slips(found: &[Explanation]) -> Vec<(Slip, Vec<usize>)> {
    let cells = |operation: &Operation| operation.edits.iter().map(|edit| edit.cell).collect();
    found.iter().flat_map(|found| &found.operations).map(|operation| (operation.slip, cells(operation))).collect()
}

#[test]
fn an_amount_went_astray_between_costs_that_are_written_as_positive_figures() {
    // Income less three costs is the result, which comes out; the notes of the first and the last cost say otherwise.
    let sums: &[(usize, &[(usize, i64)])] =
        &[(4, &[(0, 1), (1, -1), (2, -1), (3, -1)]), (5, &[(1, 1)]), (6, &[(2, 1)]), (7, &[(3, 1)])];
    let found = explain(&system(&[93_400, 46_311, 20_117, 7_742, 19_230, 45_311, 20_117, 8_742], sums));
    assert_eq!(slips(&found), [(Slip::WrongRow, vec![1, 3])], "{found:#?}");
}

#[test]
fn no_amount_goes_astray_between_a_cost_and_the_result() {
    // Both ties say otherwise, and by the same amount: a cost that is too large makes the result too small.
    let sums: &[(usize, &[(usize, i64)])] = &[(2, &[(0, 1), (1, -1)]), (3, &[(1, 1)]), (4, &[(2, 1)])];
    let found = explain(&system(&[93_400, 46_311, 47_089, 45_311, 48_089], sums));
    assert!(!slips(&found).iter().any(|(slip, _)| *slip == Slip::WrongRow), "{found:#?}");
}

#[test]
fn a_row_that_nothing_contradicts_has_no_part_in_an_amount_gone_astray() {
    // Two tables say that the first row is too large; the sum comes out, and of the other rows nothing else is known.
    let sums: &[(usize, &[(usize, i64)])] = &[(3, &[(0, 1), (1, 1), (2, 1)]), (4, &[(0, 1)]), (5, &[(0, 1)])];
    let found = explain(&system(&[46_311, 7_742, 9_118, 63_171, 44_977, 44_977], sums));
    assert!(!slips(&found).iter().any(|(slip, _)| *slip == Slip::WrongRow), "{found:#?}");
}

#[test]
fn what_follows_by_arithmetic_is_told_with_its_figures_or_else_with_its_table() {
    // Two sums are broken, each in a table of its own, and a relation that says nothing new.
    let derived = |terms: &[(usize, i64)], result: usize| {
        let sums: &[(usize, &[(usize, i64)])] = &[(2, &[(0, 1), (1, 1)]), (5, &[(3, 1), (4, 1)]), (result, terms)];
        let mut system = system(&[4_100, 5_200, 9_437, 3_100, 2_200, 5_461, 7_300, 7_913], sums);
        (system.equations[1].table, system.equations[2].table, system.equations[2].derived) = (1, 1, true);
        explain(&system).into_iter().map(|found| found.explains).collect::<Vec<_>>()
    };
    assert_eq!(derived(&[(6, 1)], 7), [vec![0], vec![1, 2]]);
    assert_eq!(derived(&[(6, 1), (1, -1)], 7), [vec![0, 2], vec![1]]);
}

#[test]
fn the_row_that_is_odd_among_its_neighbours_and_its_years_has_the_wrong_sign() {
    // Two rows of 380: one negative as no other row and no other year is.
    let cells = [380, 1_200, -380, 940, 2_900, 381, 1_190, 379, 930, 2_880];
    let mut system = system(&cells, &[(4, &[(0, 1), (1, 1), (2, 1), (3, 1)]), (9, &[(5, 1), (6, 1), (7, 1), (8, 1)])]);
    for i in 0..5 {
        (system.cells[i].mates, system.cells[i + 5].mates) = (vec![i + 5], vec![i]);
        system.cells[i].upright =
            [i.checked_sub(1), Some(i + 1).filter(|&next| next < 5)].into_iter().flatten().collect();
    }
    let found = explain(&system);
    let operation = &found[0].operations[0];
    assert_eq!((operation.slip, operation.edits[0].cell, operation.edits[0].to), (Slip::SignFlipped, 2, 380));
}

#[test]
fn an_amount_that_left_its_row_empty_is_found_two_rows_away() {
    // The result, 129 407, stands in the total two rows below, too: the tie to another statement shows where it was.
    let sums: &[(usize, &[(usize, i64)])] = &[(2, &[(0, 1), (1, 1)]), (3, &[(0, 1)])];
    let mut system = system(&[0, 4_885_899, 5_144_713, 129_407], sums);
    (system.cells[0].upright, system.cells[1].upright, system.cells[2].upright) = (vec![1], vec![0, 2], vec![1]);
    let found = explain(&system);
    let edits: Vec<(usize, i128)> = found[0].operations[0].edits.iter().map(|edit| (edit.cell, edit.to)).collect();
    assert_eq!((found.len(), found[0].operations[0].slip), (1, Slip::WrongRow), "{found:#?}");
    assert_eq!(edits, [(0, 129_407), (2, 5_015_306)]);
}

#[test]
fn what_ties_an_empty_row_shows_what_stands_in_the_row_below() {
    // 500 of the 1 200 belong to the row above: the sum of both holds, and another statement has the 500.
    let sums: &[(usize, &[(usize, i64)])] = &[(3, &[(0, 1), (1, 1), (2, 1)]), (0, &[(4, 1)])];
    let mut system = system(&[0, 1_200, 317, 1_517, 500], sums);
    (system.cells[0].upright, system.cells[1].upright) = (vec![1], vec![0]);
    let operation = &explain(&system)[0].operations[0];
    let edits: Vec<(usize, i128)> = operation.edits.iter().map(|edit| (edit.cell, edit.to)).collect();
    assert_eq!((operation.slip, edits.as_slice()), (Slip::WrongRow, [(0, 500), (1, 700)].as_slice()));
}

#[test]
fn a_figure_that_is_round_as_no_other_of_its_line_is_rounded() {
    let mut system = system(&[1_076_000, 2_412_318, 3_488_260, 1_064_113], &[(2, &[(0, 1), (1, 1)])]);
    system.cells[0].mates = vec![3];
    let operation = &explain(&system)[0].operations[0];
    assert_eq!((operation.slip, operation.edits[0].cell, operation.edits[0].to), (Slip::Rounded, 0, 1_075_942));
}

/// Whole-number changes of some cells that mend every equation, if there are any: elimination of the columns.
fn mends(system: &System, cells: &[usize]) -> bool {
    let mut rows: Vec<Vec<i128>> = system
        .equations
        .iter()
        .map(|equation| {
            let row = cells.iter().map(|&cell| i128::from(equation.coefficient(cell)));
            row.chain([-equation.residual]).collect()
        })
        .collect();
    let mut pivots = 0;
    for column in 0..cells.len() {
        let Some(found) = (pivots..rows.len()).find(|&r| rows[r][column] != 0) else { return false };
        rows.swap(pivots, found);
        let pivot = rows[pivots].clone();
        for (r, row) in rows.iter_mut().enumerate() {
            let (a, b) = (pivot[column], row[column]);
            if r != pivots && b != 0 {
                row.iter_mut().zip(&pivot).for_each(|(value, other)| *value = *value * a - other * b);
            }
        }
        pivots += 1;
    }
    let whole = |i: usize| rows[i][cells.len()] % rows[i][i] == 0 && rows[i][cells.len()] != 0;
    rows[pivots..].iter().all(|row| row[cells.len()] == 0) && (0..pivots).all(whole)
}

#[test]
fn the_search_finds_the_same_smallest_sets_as_trying_them_all() {
    let mut state = 7u64;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let mut compared = 0;
    for _ in 0..400 {
        let mut values: Vec<i128> = (0..6).map(|_| 100 + below(900) as i128).collect();
        let mut sums: Vec<(usize, Vec<(usize, i64)>)> = Vec::new();
        for result in 6..13 {
            let mut terms: Vec<usize> = (0..2 + below(3)).map(|_| below(result)).collect();
            terms.sort_unstable();
            terms.dedup();
            values.push(terms.iter().map(|&term| values[term]).sum());
            sums.push((result, terms.into_iter().map(|term| (term, 1)).collect()));
        }
        for _ in 0..1 + below(3) {
            values[below(13)] += 1 + below(500) as i128;
        }
        let sums: Vec<(usize, &[(usize, i64)])> = sums.iter().map(|(r, terms)| (*r, terms.as_slice())).collect();
        let system = system(&values, &sums);
        let mut found: Vec<Vec<usize>> =
            card_minimal(&system).sets.iter().map(|set| set.iter().map(|change| change.0).collect()).collect();
        found.iter_mut().for_each(|set| set.sort_unstable());
        found.sort();
        let sets_of = |size: u32| (0u32..1 << 13).filter(move |bits| bits.count_ones() == size);
        let cells = |bits: u32| (0..13).filter(|cell| bits >> cell & 1 == 1).collect::<Vec<usize>>();
        let smallest = (1..=3).map(|size| {
            let mut sets: Vec<Vec<usize>> = sets_of(size).map(cells).filter(|set| mends(&system, set)).collect();
            sets.sort();
            sets
        });
        let Some(tried) = smallest.into_iter().find(|sets| !sets.is_empty()) else { continue };
        compared += 1;
        assert_eq!(found, tried, "{values:?} {sums:?}");
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn moves_of_one_cell_are_not_made_together() {
    let made = |cells: [usize; 2]| Move { edits: cells.map(|cell| (cell, 1)).to_vec(), slip: Slip::WrongRow };
    let moves = [made([0, 1]), made([1, 2]), made([3, 4])];
    let chosen = |moves: &[Move], most| -> Vec<Vec<usize>> {
        let number = |found: &&Move| moves.iter().position(|other| other == *found).expect("one of them");
        subsets(moves, most).iter().map(|subset| subset.iter().map(number).collect()).collect()
    };
    assert_eq!(chosen(&moves, 1), [vec![], vec![0], vec![1], vec![2]]);
    assert_eq!(chosen(&moves, 2), [vec![], vec![0], vec![1], vec![2], vec![0, 2], vec![1, 2]]);
    // Of four that touch nothing in common three at most.
    let apart = [made([0, 1]), made([2, 3]), made([4, 5]), made([6, 7])];
    assert_eq!(chosen(&apart, 4).iter().map(Vec::len).max(), Some(3));
    assert_eq!(chosen(&apart, 4).len(), 1 + 4 + 6 + 4);
}

#[test]
fn effort_is_shared_and_given_back() {
    let mut effort = Effort::new(10);
    let mut part = effort.share(4);
    part.spend(3);
    effort.give_back(part);
    let mut rest = effort.share(100);
    rest.spend(6);
    assert!(effort.is_spent() && !rest.is_spent());
    rest.spend(2);
    assert!(rest.is_spent(), "7 were left");
}
