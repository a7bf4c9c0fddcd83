//! What the labels of a statement's lines say of sums, asked once for all walks over it.

use crate::statement::Statement;
use crate::words::{self, Balance, Requirement};

/// By line.
pub(super) struct Said {
    /// That the line adds others.
    pub total: Vec<bool>,
    pub balance: Vec<Option<Balance>>,
    pub requirement: Vec<Option<Requirement>>,
    /// That its figures are no amounts.
    pub per_cent: Vec<bool>,
}

impl Said {
    pub fn of(statement: &Statement) -> Said {
        Said {
            total: statement.lines().iter().map(|line| words::says_total(&line.label)).collect(),
            balance: statement.lines().iter().map(|line| words::balance_in(&line.wording)).collect(),
            requirement: statement.lines().iter().map(|line| words::requirement(&line.wording)).collect(),
            per_cent: statement.lines().iter().map(|line| words::says_per_cent(&line.label)).collect(),
        }
    }
}
