//! Systems of equations → causes: each explanation mends what was broken.
#![no_main]

use avstam::cause::{Cell, Equation, System, explain};
use avstam::grid::At;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&[rows, slack], rest)) = bytes.split_first_chunk::<2>() else { return };
    let count = usize::from(rows % 24) + 3;
    let Some((figures, sums)) = rest.split_at_checked(count * 3) else { return };
    let mut cells: Vec<Cell> = Vec::new();
    for (row, figure) in figures.chunks_exact(3).enumerate() {
        let value = i128::from(i16::from_le_bytes([figure[0], figure[1]])) * 10i128.pow(u32::from(figure[2] % 6));
        cells.push(Cell::new(At { grid: 0, row: row as u32, col: 0 }, value, 1));
    }
    for i in 1..cells.len() {
        cells[i].upright.push(i - 1);
        cells[i - 1].upright.push(i);
    }
    // A sum is a result, how many terms it has, and where they begin.
    let equation = |sum: &[u8]| {
        let (result, terms, from) = (usize::from(sum[0]) % count, usize::from(sum[1] % 6) + 1, usize::from(sum[2]));
        let term = |i: usize| (from + i) % count;
        let terms: Vec<(usize, i64)> = (0..terms)
            .map(|i| (term(i), if sum[1] >> (i + 2) & 1 == 0 { 1 } else { -1 }))
            .filter(|(cell, _)| *cell != result)
            .collect();
        Equation::new((result, 1), &terms, &cells, i128::from(slack % 4))
    };
    let equations: Vec<Equation> = sums.chunks_exact(3).take(16).filter_map(equation).collect();
    let system = System::new(cells, equations, 0);
    explain(&system);
});
