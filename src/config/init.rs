//! The settings file that a folder begins with: every key with a comment, and the members that the documents name.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::book::Book;
use crate::money::{Money, Swedish};
use crate::period::Period;
use crate::statement::Statement;
use crate::table::{Line, Role};
use crate::words::Concept;

/// The file with the members and shares of the newest year that a book has contributions of, as comments: shares are
/// agreed by people, and what a table shows may be the fault that is looked for.
pub fn init(book: Option<&Book>) -> String {
    let mut members = String::new();
    for (name, share) in book.map(found).unwrap_or_default() {
        _ = writeln!(members, "#[[forbund.members]]\n#name = {name:?}\n#share = \"{} %\"", Swedish(share));
    }
    if members.is_empty() {
        members.push_str("#[[forbund.members]]\n#name = \"Försäkringskassan\"\n#share = \"50 %\"\n");
    }
    include_str!("init.toml").replace("{members}\n", &members)
}

/// The members by the labels of their contributions, with their shares in per cent.
fn found(book: &Book) -> Vec<(String, Money)> {
    let tables = book.statements.iter().filter(|statement| statement.copy_of.is_none());
    let columns = tables.flat_map(|statement| {
        let amounts = statement.table.amount_columns();
        amounts.map(move |(i, column)| (column.period, statement, i))
    });
    let mut newest: BTreeMap<Option<Period>, (&Statement, usize, Vec<usize>)> = BTreeMap::new();
    for (period, statement, column) in columns {
        let lines = contributions(statement, column);
        if lines.len() > 2 {
            newest.entry(period).or_insert((statement, column, lines));
        }
    }
    let Some((_, (statement, column, lines))) = newest.pop_last() else { return Vec::new() };
    let amount = |line: &usize| statement.amount(*line, column).map_or(Money::ZERO, |amount| amount.value);
    let whole: Money = lines.iter().map(amount).sum();
    let share = |line: &usize| (amount(line) * Money::from(100)).divide(whole).map(|share| share.round(1).normalize());
    lines.iter().filter_map(|line| Some((name(&statement.lines()[*line].label), share(line)?))).collect()
}

/// `Storby kommun` of `Storby kommun 62%`.
fn name(label: &str) -> String {
    label.trim().trim_end_matches(|c: char| c.is_ascii_digit() || " ,.%()".contains(c)).to_owned()
}

/// The lines of contributions before the first total.
fn contributions(statement: &Statement, column: usize) -> Vec<usize> {
    let lines = statement.lines().iter().enumerate().take_while(|(_, line)| !line.role.adds());
    let gives = |concept| {
        matches!(
            concept,
            Concept::ContributionState
                | Concept::ContributionInsuranceAgency
                | Concept::ContributionEmploymentService
                | Concept::ContributionRegion
                | Concept::ContributionMunicipality
        )
    };
    let fits = |&(i, line): &(usize, &Line)| {
        let amount = statement.amount(i, column).is_some_and(|amount| !amount.value.is_zero());
        line.role == Role::Line && amount && line.concept.is_some_and(|found| gives(found.concept))
    };
    lines.filter(fits).map(|(i, _)| i).collect()
}
