//! What is said where no slip explains a figure: what stands near it, what each figure would have to be, and what
//! formulas took further.

use super::findings::Writer;
use super::wording;
use super::{Edge, Equation, Explanation, Operation, State};
use crate::finding::{Cause, Edit, Slip, Text};
use crate::money::Unit;

impl Writer<'_> {
    /// The values next to one that nothing but the sums tells: rounded figures leave it open by a step.
    pub(super) fn near(&self, slip: Slip, edit: super::Edit) -> Vec<Cause> {
        let figure = &self.system.cells[edit.cell];
        let is_rounded =
            |equation: &Equation| equation.state == State::Held && equation.residual != 0 && !equation.derived;
        // A krona more or less is not worth a line, and where all sums come out nothing is rounded.
        if self.names.unit(figure.at) == Unit::Kronor || !self.system.equations.iter().any(is_rounded) {
            return Vec::new();
        }
        let holds = |to: &i128| {
            self.live.uses[edit.cell].iter().all(|&(e, _)| {
                let equation = &self.live.equations[e];
                !equation.binds() || self.live.residual(e, &[(edit.cell, *to)]).abs() <= equation.rounding
            })
        };
        let cause = |to: i128| {
            let written = |value: i128| self.names.written(figure.at, self.system.money(value));
            let (from, to) = (written(figure.value), written(to));
            let text = wording::within_rounding(self.names, figure.at, to);
            Cause { slip, text, edits: vec![Edit { at: figure.at, from: (!figure.blank).then_some(from), to }] }
        };
        [edit.to + figure.step, edit.to - figure.step].into_iter().filter(holds).map(cause).collect()
    }

    /// For a contradiction: what each figure of the main relation would be if it alone were wrong.
    pub(super) fn doubtful(&self, explanation: &Explanation) -> Vec<Cause> {
        let Some(equation) = explanation.equations.first().map(|&e| &self.system.equations[e]) else {
            return Vec::new();
        };
        let mut causes = Vec::new();
        for &(cell, coefficient) in &equation.terms {
            let figure = &self.system.cells[cell];
            let by = -equation.residual / i128::from(coefficient);
            if figure.value == 0 || self.live.cells[cell].added_up || equation.residual % i128::from(coefficient) != 0 {
                continue;
            }
            let edits = vec![super::Edit { cell, from: figure.value, to: figure.value + by }];
            let (slip, rows, amount) = (Slip::Unknown, Vec::new(), None);
            let operation = Operation { slip, edits, rows, amount, equation: None, by_form: false, edge: Edge::Middle };
            if equation.terms.len() <= MOST_DOUBTFUL || cell == equation.result {
                let text = wording::doubtful(self.names, &self.changed(&operation)[0]);
                causes.push(Cause { text, ..self.cause(explanation, &[&operation]) });
            }
        }
        causes
    }

    /// The figures of the main relation that formulas give: none of them is wrong, but what they add up may be.
    pub(super) fn computed(&self, explanation: &Explanation) -> Vec<Text> {
        let terms =
            explanation.equations.first().map(|&e| self.system.equations[e].terms.as_slice()).unwrap_or_default();
        let computed = terms.iter().map(|term| &self.live.cells[term.0]).filter(|cell| cell.follows);
        computed.take(MOST_COMPUTED).map(|cell| self.names.full_name(cell.at)).collect()
    }
}

/// So many totals of a relation are named that formulas give.
const MOST_COMPUTED: usize = 3;

/// Of a longer sum only the total is named as doubtful: any of its parts might be.
const MOST_DOUBTFUL: usize = 4;
