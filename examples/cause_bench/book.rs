//! Random annual accounts as plain equations: income statement, balance sheet, cash flow, notes, overview of years,
//! summary with a budget. Everything agrees; slips are injected afterwards.

use avstam::cause::{Cell, Equation, System};
use avstam::grid::At;

/// Xorshift: the same books on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    pub fn amount(&mut self, digits: u32) -> i128 {
        let low = 10usize.pow(digits - 1);
        (low + self.below(9 * low)) as i128
    }
}

/// An equation: the result and its terms with their signs.
pub type Sum = (usize, Vec<(usize, i64)>);

#[derive(Default)]
pub struct Book {
    /// What stands, in kronor.
    pub cells: Vec<Cell>,
    pub sums: Vec<Sum>,
    pub tables: Vec<usize>,
    table: u32,
}

impl Book {
    /// A table of lines and columns; gives the cells by line and column.
    fn table(&mut self, lines: &[Vec<i128>]) -> Vec<Vec<usize>> {
        let grid = self.table;
        self.table += 1;
        let mut placed: Vec<Vec<usize>> = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let mut cells = Vec::new();
            for (col, &value) in line.iter().enumerate() {
                let cell = self.cells.len();
                self.cells.push(Cell::new(At { grid, row: row as u32, col: col as u32 }, value, 1));
                self.tables.push(grid as usize);
                let left = col.checked_sub(1).map(|c| cells[c]);
                let above = row.checked_sub(1).map(|r| placed[r][col]);
                for (a, upright) in left.map(|a| (a, false)).into_iter().chain(above.map(|a| (a, true))) {
                    for (one, other) in [(a, cell), (cell, a)] {
                        let figure = &mut self.cells[one];
                        if upright { figure.upright.push(other) } else { figure.beside.push(other) }
                    }
                }
                cells.push(cell);
            }
            for &cell in &cells {
                self.cells[cell].mates = cells.iter().copied().filter(|&mate| mate != cell).collect();
                self.cells[cell].sources = self.cells[cell].mates.clone();
            }
            placed.push(cells);
        }
        placed
    }

    fn sum(&mut self, result: usize, terms: &[(usize, i64)]) {
        self.sums.push((result, terms.to_vec()));
    }

    /// Every line's figures of two years from their notes upwards.
    pub fn random(dice: &mut Dice) -> Book {
        let mut book = Book::default();
        let mut notes = Vec::new();
        for (rows, digits) in [(3 + dice.below(3), 6), (6 + dice.below(6), 6), (3, 5), (3, 5)] {
            let mut lines: Vec<Vec<i128>> = Vec::new();
            for _ in 0..rows {
                let digits = digits - dice.below(2) as u32;
                lines.push((0..2).map(|_| if dice.below(12) == 0 { 0 } else { dice.amount(digits) }).collect());
            }
            lines.push((0..2).map(|y| lines.iter().map(|line| line[y]).sum()).collect());
            notes.push(lines);
        }
        let last = |note: usize, year: usize| notes[note].last().map_or(0, |line: &Vec<i128>| line[year]);
        let (income, costs) = ([last(0, 0), last(0, 1)], [last(1, 0), last(1, 1)]);
        let financial = [dice.amount(3), dice.amount(3)];
        let result: Vec<i128> = (0..2).map(|y| income[y] - costs[y] + financial[y]).collect();
        let operating: Vec<i128> = (0..2).map(|y| income[y] - costs[y]).collect();
        let retained = [dice.amount(6) + 1_000_000 + result[1], 0];
        let retained = [retained[0], retained[0] - result[1]];
        let equity: Vec<i128> = (0..2).map(|y| retained[y] + result[y]).collect();
        let payables = [dice.amount(5), dice.amount(5)];
        let liabilities: Vec<i128> = (0..2).map(|y| payables[y] + last(3, y)).collect();
        let receivables = [last(2, 0), last(2, 1)];
        let total: Vec<i128> = (0..2).map(|y| equity[y] + liabilities[y]).collect();
        let cash: Vec<i128> = (0..2).map(|y| total[y] - receivables[y]).collect();
        let (before, owed) = (dice.amount(5), dice.amount(5));
        let less = [receivables[1] - receivables[0], before - receivables[1]];
        let more = [liabilities[0] - liabilities[1], liabilities[1] - owed];
        let flow: Vec<i128> = (0..2).map(|y| result[y] + less[y] + more[y]).collect();

        let note: Vec<Vec<Vec<usize>>> = notes.iter().map(|lines| book.table(lines)).collect();
        let two = |a: &[i128]| vec![a[0], a[1]];
        let rr = book.table(&[two(&income), two(&costs), two(&operating), two(&financial), two(&result)]);
        let br = book.table(&[
            two(&receivables),
            two(&cash),
            two(&total),
            two(&retained),
            two(&result),
            two(&equity),
            two(&payables),
            vec![last(3, 0), last(3, 1)],
            two(&liabilities),
            two(&total),
        ]);
        let open = vec![cash[1], cash[1] - flow[1]];
        let kf = book.table(&[two(&result), two(&less), two(&more), two(&flow), open, two(&cash)]);
        let mut years = vec![two(&income), two(&costs), two(&result)];
        for _ in 2..5 {
            let (i, c) = (dice.amount(7), dice.amount(7));
            [i, c, i - c + dice.amount(2)].iter().zip(&mut years).for_each(|(value, line)| line.push(*value));
        }
        let other: Vec<i128> = (0..5).map(|y| years[2][y] - years[0][y] + years[1][y]).collect();
        years.insert(2, other);
        let years = book.table(&years);
        let budget = [dice.amount(7), dice.amount(7)];
        let line = |a: &[i128], b: i128| vec![a[0], b, a[0] - b, a[1]];
        let summary = book.table(&[
            line(&income, budget[0]),
            line(&costs, budget[1]),
            line(&financial, 0),
            line(&result, budget[0] - budget[1]),
            line(&equity, equity[1] + budget[0] - budget[1]),
        ]);

        for lines in &note {
            let (sum, rows) = (lines.last().cloned().unwrap_or_default(), &lines[..lines.len() - 1]);
            for year in 0..2 {
                book.sum(sum[year], &rows.iter().map(|row| (row[year], 1)).collect::<Vec<_>>());
            }
        }
        for year in 0..2 {
            let at = |n: usize| note[n].last().map_or(0, |line| line[year]);
            for (cell, n) in [(rr[0][year], 0), (rr[1][year], 1), (br[0][year], 2), (br[7][year], 3)] {
                book.sum(at(n), &[(cell, 1)]);
            }
            book.sum(rr[2][year], &[(rr[0][year], 1), (rr[1][year], -1)]);
            book.sum(rr[4][year], &[(rr[2][year], 1), (rr[3][year], 1)]);
            book.sum(br[2][year], &[(br[0][year], 1), (br[1][year], 1)]);
            book.sum(br[5][year], &[(br[3][year], 1), (br[4][year], 1)]);
            book.sum(br[8][year], &[(br[6][year], 1), (br[7][year], 1)]);
            book.sum(br[9][year], &[(br[5][year], 1), (br[8][year], 1)]);
            book.sum(br[2][year], &[(br[9][year], 1)]);
            book.sum(br[4][year], &[(rr[4][year], 1)]);
            book.sum(kf[0][year], &[(rr[4][year], 1)]);
            book.sum(kf[3][year], &[(kf[0][year], 1), (kf[1][year], 1), (kf[2][year], 1)]);
            book.sum(kf[5][year], &[(kf[3][year], 1), (kf[4][year], 1)]);
            book.sum(kf[5][year], &[(br[1][year], 1)]);
            let column = [0, 3][year];
            for (line, cell) in
                [rr[0][year], rr[1][year], rr[3][year], rr[4][year], br[5][year]].into_iter().enumerate()
            {
                book.sum(summary[line][column], &[(cell, 1)]);
            }
            book.sum(years[0][year], &[(rr[0][year], 1)]);
            book.sum(years[1][year], &[(rr[1][year], 1)]);
            book.sum(years[3][year], &[(rr[4][year], 1)]);
        }
        book.sum(br[3][0], &[(br[5][1], 1)]);
        book.sum(kf[4][0], &[(br[1][1], 1)]);
        book.sum(kf[1][0], &[(br[0][1], 1), (br[0][0], -1)]);
        book.sum(kf[2][0], &[(br[8][0], 1), (br[8][1], -1)]);
        for (year, &result) in years[3].iter().enumerate() {
            book.sum(result, &[(years[0][year], 1), (years[1][year], -1), (years[2][year], 1)]);
        }
        for column in [0, 1, 3] {
            book.sum(summary[3][column], &[(summary[0][column], 1), (summary[1][column], -1), (summary[2][column], 1)]);
        }
        for line in &summary {
            book.sum(line[2], &[(line[0], 1), (line[1], -1)]);
        }
        book.sum(summary[4][1], &[(summary[4][3], 1), (summary[3][1], 1)]);
        book
    }

    /// The same book in thousands, each figure rounded by itself.
    pub fn rounded(mut self) -> Book {
        for cell in &mut self.cells {
            let rounded = (cell.value.abs() + 500) / 1_000 * 1_000;
            cell.value = if cell.value < 0 { -rounded } else { rounded };
            (cell.step, cell.written, cell.finest, cell.one) = (1_000, 1_000, 1_000, 1_000);
        }
        self
    }

    pub fn system(&self, rounded: bool) -> System {
        let equation = |(i, (result, terms)): (usize, &Sum)| {
            let slack = if rounded { 500 * (terms.len() as i128 + 1) } else { 0 };
            let mut equation = Equation::new((*result, 1), terms, &self.cells, slack)?;
            equation.checks.push(i);
            equation.table = self.tables[*result];
            Some(equation)
        };
        System::new(self.cells.clone(), self.sums.iter().enumerate().filter_map(equation).collect(), 0)
    }
}
