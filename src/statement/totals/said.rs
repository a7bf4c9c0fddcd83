//! What the labels of a statement's lines say of sums, asked once for all walks over it.

use crate::statement::Statement;
use crate::table::Line;
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
    /// That it is of an account, by the number that it begins with.
    pub account: Vec<bool>,
    /// That it is of an account of costs, where the table has those of income too.
    pub cost_account: Vec<bool>,
    /// Whether lines below one of parts (`varav`) that are set in as far are parts too.
    pub set_in: bool,
}

impl Said {
    pub fn of(statement: &Statement) -> Said {
        let formal = statement.kind.is_main();
        Said {
            total: statement.lines().iter().map(|line| words::says_total(&line.label)).collect(),
            control: statement.lines().iter().map(|line| formal && words::says_control(&line.label)).collect(),
            balance: statement.lines().iter().map(|line| words::balance_in(&line.wording)).collect(),
            per_cent: statement.lines().iter().map(|line| words::says_per_cent(&line.label)).collect(),
            account: statement.lines().iter().map(|line| class(line).is_some()).collect(),
            cost_account: cost_accounts(statement),
            set_in: true,
        }
    }
}

/// The lines of accounts of costs, in every chart the classes 4 to 7, where others are of income.
fn cost_accounts(statement: &Statement) -> Vec<bool> {
    let has_income = statement.lines().iter().any(|line| class(line) == Some(3));
    statement.lines().iter().map(|line| has_income && matches!(class(line), Some(4..=7))).collect()
}

/// The class of the account that a line's label begins with: `4510 Insatser`. A year is none.
fn class(line: &Line) -> Option<u8> {
    let number = line.label.split(' ').next().filter(|number| number.len() == 4)?;
    let class = number.bytes().all(|b| b.is_ascii_digit()).then(|| number.as_bytes()[0] - b'0')?;
    (class > 2 || !number.starts_with("20")).then_some(class).filter(|class| *class > 0)
}
