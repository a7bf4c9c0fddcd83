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
