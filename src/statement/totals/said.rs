//! What the labels of a statement's lines say of sums, asked once for all walks over it.

use crate::statement::{Kind, Statement};
use crate::words::{self, Balance};

/// By line.
pub(super) struct Said {
    /// That the line adds others.
    pub total: Vec<bool>,
    pub balance: Vec<Option<Balance>>,
    /// That the line repeats a figure to compare it, in a statement that has a form.
    pub control: Vec<bool>,
    /// That its figures are no amounts.
    pub per_cent: Vec<bool>,
}

impl Said {
    pub fn of(statement: &Statement) -> Said {
        let formal = matches!(statement.kind, Kind::IncomeStatement | Kind::BalanceSheet | Kind::CashFlow);
        Said {
            total: statement.lines().iter().map(|line| words::says_total(&line.label)).collect(),
            control: statement.lines().iter().map(|line| formal && words::says_control(&line.label)).collect(),
            balance: statement.lines().iter().map(|line| words::balance_in(&line.wording)).collect(),
            per_cent: statement.lines().iter().map(|line| words::says_per_cent(&line.label)).collect(),
        }
    }
}
