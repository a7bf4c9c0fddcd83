//! What the line and the column of a figure say of how it may be written.

use super::system::Places;

/// A figure that lost its decimals lost two at most.
const FINER: i128 = 100;

impl Places {
    /// A figure without decimals in a line that has them may have lost them: it may become what its line is written
    /// in. Shares are written finer than amounts ever are.
    pub(super) fn refine_steps(&mut self, lines: &[Vec<usize>]) {
        for line in lines {
            let finest = line.iter().filter(|&&cell| !self.cells[cell].blank).map(|&cell| self.cells[cell].step).min();
            for &cell in line {
                self.cells[cell].step = finest.unwrap_or(1).max(self.cells[cell].step / FINER);
            }
        }
    }

    /// A digit lost after the decimal sign is found where two figures of its line or its column have as many decimals
    /// as it had: one alone may itself be the slip.
    pub(super) fn find_finest<'a>(&mut self, rows: impl Iterator<Item = &'a Vec<usize>>) {
        for row in rows {
            let mut steps: Vec<i128> =
                row.iter().map(|&cell| &self.cells[cell]).filter(|c| !c.blank).map(|c| c.written).collect();
            steps.sort_unstable();
            let finest = steps.get(1).copied().unwrap_or(i128::MAX);
            for &cell in row {
                let cell = &mut self.cells[cell];
                cell.finest = cell.finest.min(cell.step).min(finest.max(cell.written / FINER)).max(1);
            }
        }
    }

    /// A figure that is another year's may be stale, unless several lines are the same in both, as those of plans often
    /// are: one alone of three is not.
    pub(super) fn add_sources(&mut self, lines: &[Vec<usize>]) {
        let (mut pairs, mut equal) = (0, 0);
        let mut alike: Vec<(usize, usize)> = Vec::new();
        for line in lines {
            for (i, &a) in line.iter().enumerate() {
                for &b in &line[i + 1..] {
                    let (one, other) = (self.cells[a].value, self.cells[b].value);
                    pairs += usize::from(one != 0 && other != 0);
                    if one == other && one != 0 {
                        equal += 1;
                        alike.extend([(a, b), (b, a)]);
                    }
                }
            }
        }
        if equal * 5 <= pairs || (equal == 1 && pairs >= 3) {
            alike.into_iter().for_each(|(cell, source)| self.cells[cell].sources.push(source));
        }
    }
}
