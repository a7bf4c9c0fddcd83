//! One slip, what undoes it, and how rare such slips are.

use super::moves::Move;
use super::slips::{cost, rarity};
use super::system::{State, System};
use crate::finding::Slip;

/// A change of one cell, in the steps of its system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    pub cell: usize,
    pub from: i128,
    pub to: i128,
}

/// One slip and what undoes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    pub slip: Slip,
    pub edits: Vec<Edit>,
    /// The cells of the rows that a total leaves out, counts twice or takes with the wrong sign.
    pub rows: Vec<usize>,
    /// What `equation` lacks, where no change of a cell alone mends it: the figures that a new amount would touch
    /// agree with other figures.
    pub amount: Option<i128>,
    /// The equation that the slip was made in, for slips of sums.
    pub equation: Option<usize>,
    /// The statement's own form says so.
    pub by_form: bool,
    /// Where in the block of a sum the rows stand.
    pub edge: Edge,
}

/// Where in its block the rows of a slip stand: a sum that begins too late or ends too early leaves out rows at the
/// edge, and one row in the middle must have been passed over on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    Middle = 0,
    /// The first or the last row alone.
    Row = 1,
    /// Several of the last rows.
    Bottom = 2,
    /// Several of the first rows.
    Top = 3,
}

impl Operation {
    /// How rare the slip is, four steps to a kind.
    pub fn rarity(&self) -> u32 {
        match self.slip {
            _ if self.by_form => 0,
            // A sign lost while adding is rarer than a sign lost where the figure stands.
            Slip::SignFlipped if !self.rows.is_empty() => 4 * rarity(Slip::Scaled),
            // Only a part of the amount on the wrong row: a slip of the books, rarer than any of the pen.
            Slip::WrongRow if !self.moves_whole() => 4 * rarity(Slip::DigitOmitted) + 1,
            slip => 4 * rarity(slip) - self.edge as u32,
        }
    }

    /// Whether rows change places, one of them empty or not, or an empty row's amount stands within that of another.
    fn moves_whole(&self) -> bool {
        let [one, other] = self.edits.as_slice() else { return true };
        let within = |empty: &Edit, full: &Edit| {
            empty.from == 0 && full.from.signum() == full.to.signum() && full.to.abs() < full.from.abs()
        };
        (one.to == other.from && one.from == other.to) || within(one, other) || within(other, one)
    }

    /// What it costs in the search: a part moved changes two figures where another slip changes one, a sign that was
    /// lost while adding leaves it to chance that the row is signed as in none of its other years or that another
    /// relation asks for the other sign, and a total that was added up wrongly is not what other figures say.
    pub fn cost(&self, system: &System) -> u32 {
        let dearer = match self.slip {
            Slip::WrongRow => !self.moves_whole(),
            Slip::SignFlipped => self
                .rows
                .iter()
                .any(|&row| signed_alone(system, row) || self.equation.is_some_and(|own| is_turned(system, row, own))),
            _ => self.is_denied(system),
        };
        cost(self.slip) + u32::from(dearer)
    }

    /// Whether two other figures say the same as the total that was added up wrongly: of one, it may itself be the copy.
    pub fn is_denied(&self, system: &System) -> bool {
        let of_rows = matches!(self.slip, Slip::RowLeftOut | Slip::RowCountedTwice) && !self.by_form;
        let [edit] = self.edits.as_slice() else { return false };
        if !of_rows {
            return false;
        }
        let ties = system.uses[edit.cell].iter().map(|&(e, _)| &system.equations[e]);
        ties.filter(|tie| tie.state == State::Held && tie.told().len() == 2).count() > 1
    }

    /// Whether both are one slip to who mends it, though its total may go into others or not.
    pub fn is_same(&self, other: &Operation) -> bool {
        let told = |one: &Operation| (one.slip, one.edits.is_empty().then_some(one.amount));
        told(self) == told(other) && self.edits == other.edits && self.rows == other.rows
    }

    pub fn plain(slip: Slip, edits: Vec<Edit>) -> Operation {
        Operation { slip, edits, rows: Vec::new(), amount: None, equation: None, by_form: false, edge: Edge::Middle }
    }

    pub fn of_cell(system: &System, slip: Slip, cell: usize, to: i128) -> Operation {
        Operation::plain(slip, vec![Edit { cell, from: system.cells[cell].value, to }])
    }

    pub fn of_move(system: &System, found: &Move) -> Operation {
        let edit = |&(cell, to): &(usize, i128)| Edit { cell, from: system.cells[cell].value, to };
        Operation::plain(found.slip, found.edits.iter().map(edit).collect())
    }
}

/// Whether another relation than one that is broken says of a figure that its sign is wrong.
fn is_turned(system: &System, cell: usize, but: usize) -> bool {
    let value = system.cells[cell].value;
    let mended = |e: usize| system.residual(e, &[(cell, -value)]).abs() <= system.equations[e].slack;
    let broken = |e: usize| system.equations[e].state == State::Broken;
    system.uses[cell].iter().any(|&(e, _)| e != but && broken(e) && mended(e))
}

/// Whether a figure has another sign than those of its line in all other years that have one.
fn signed_alone(system: &System, cell: usize) -> bool {
    let figure = &system.cells[cell];
    let mut others = figure.mates.iter().map(|&mate| system.cells[mate].value).filter(|&value| value != 0).peekable();
    others.peek().is_some() && others.all(|other| other.signum() == -figure.value.signum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(edits: [(i128, i128); 2]) -> Operation {
        let edits = edits.into_iter().enumerate().map(|(cell, (from, to))| Edit { cell, from, to });
        Operation::plain(Slip::WrongRow, edits.collect())
    }

    #[test]
    fn a_part_on_the_wrong_row_is_rarer_than_a_lost_digit_and_a_whole_amount_is_not() {
        let whole = [[(5, 3), (3, 5)], [(0, 3), (5, 2)], [(5, 2), (0, 3)], [(0, -3), (-5, -2)]];
        assert_eq!(whole.map(|edits| moved(edits).rarity()), [4 * rarity(Slip::WrongRow); 4]);
        let part = [[(4, 3), (5, 6)], [(0, 3), (5, 8)], [(0, 8), (5, -3)], [(0, 0), (5, 5)], [(5, 3), (3, 6)]];
        let lost = 4 * rarity(Slip::DigitOmitted);
        assert!(part.map(|edits| moved(edits).rarity()).iter().all(|own| (lost + 1..lost + 4).contains(own)));
    }

    #[test]
    fn rows_at_the_edge_of_a_sum_and_what_its_form_says_are_commoner() {
        let left_out = |edge, by_form| Operation { edge, by_form, ..Operation::plain(Slip::RowLeftOut, Vec::new()) };
        let rarities = [Edge::Middle, Edge::Row, Edge::Bottom, Edge::Top].map(|edge| left_out(edge, false).rarity());
        assert!(rarities.is_sorted_by(|a, b| a > b) && rarities[3] > 4 * rarity(Slip::DigitsTransposed));
        assert_eq!(left_out(Edge::Middle, true).rarity(), 0);
        let sign = Operation::plain(Slip::SignFlipped, Vec::new());
        assert!(Operation { rows: vec![1], ..sign.clone() }.rarity() > 4 * rarity(Slip::WrongRow));
        assert_eq!(sign.rarity(), 4 * rarity(Slip::SignFlipped));
    }
}
