//! Who the members of a förbund are, by the lines of their contributions.

use crate::book::Book;
use crate::statement::{Kind, Statement, kinds};
use crate::table::{Line, Role};
use crate::words::Concept;

/// The lines of the members' contributions in one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// The state: one line, or Försäkringskassan and Arbetsförmedlingen by themselves.
    pub state: Vec<usize>,
    pub regions: Vec<usize>,
    pub municipalities: Vec<usize>,
}

impl Members {
    pub fn all(&self) -> impl Iterator<Item = usize> + '_ {
        self.state.iter().chain(&self.regions).chain(&self.municipalities).copied()
    }
}

/// The statements that have lines of contributions, but for second printings, which say nothing new of the members.
pub fn statements(book: &Book) -> impl Iterator<Item = (usize, &Statement)> {
    let gives = |line: &Line| line.concept.is_some_and(|found| kinds::is_contribution(found.concept));
    let own = book.statements.iter().enumerate().filter(|(_, statement)| statement.copy_of.is_none());
    own.filter(move |(_, statement)| statement.lines().iter().any(gives))
}

/// The members who contribute in a column, where state, region and municipality are all there.
pub fn members(statement: &Statement, column: usize) -> Option<Members> {
    if !matches!(statement.kind, Kind::Note | Kind::Budget | Kind::IncomeStatement | Kind::Other) {
        return None;
    }
    let mut members = Members::default();
    for (i, line) in statement.lines().iter().enumerate() {
        // Contributions stand before the first total: after it the same names are costs.
        if line.role.adds() && !(members.state.is_empty() && members.municipalities.is_empty()) {
            break;
        }
        let nothing = statement.amount(i, column).is_none_or(|amount| amount.value.is_zero());
        if line.role != Role::Line || nothing {
            continue;
        }
        match line.concept.map(|found| found.concept) {
            Some(
                Concept::ContributionState
                | Concept::ContributionInsuranceAgency
                | Concept::ContributionEmploymentService,
            ) => members.state.push(i),
            Some(Concept::ContributionRegion) => members.regions.push(i),
            Some(Concept::ContributionMunicipality) => members.municipalities.push(i),
            _ => {}
        }
    }
    let complete = !members.state.is_empty() && !members.regions.is_empty() && !members.municipalities.is_empty();
    complete.then_some(members)
}
