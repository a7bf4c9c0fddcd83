//! Equations between the columns of a row, as that of a variance: no row can be left out of them or counted twice.

use super::{Equation, System};

impl System {
    /// Whether all figures of an equation stand in one row.
    pub fn is_across(&self, equation: &Equation) -> bool {
        let row = |cell: usize| (self.cells[cell].at.grid, self.cells[cell].at.row);
        equation.told().iter().all(|term| row(term.0) == row(equation.result))
    }
}
