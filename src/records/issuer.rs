//! Whose figures a source holds, and what kind of document it is.

use crate::book::Book;
use crate::grid::Grid;
use crate::period::Measure;
use crate::statement::{Kind, Statement};
use crate::words;

/// What kind of document a source is, by the tables in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SourceRole {
    /// Årsredovisning, bokslut.
    AnnualReport,
    /// Delårsrapport: outcome of a part of a year only.
    InterimReport,
    /// Budget, verksamhetsplan.
    Budget,
    #[default]
    Other,
}

impl SourceRole {
    pub const ALL: [SourceRole; 4] =
        [SourceRole::AnnualReport, SourceRole::InterimReport, SourceRole::Budget, SourceRole::Other];

    pub fn code(self) -> &'static str {
        match self {
            SourceRole::AnnualReport => "annual-report",
            SourceRole::InterimReport => "interim-report",
            SourceRole::Budget => "budget",
            SourceRole::Other => "other",
        }
    }
}

#[derive(Debug, Default)]
pub struct Issuer {
    pub name: Option<String>,
    pub number: Option<String>,
    pub role: SourceRole,
}

/// The issuer of each input: whom the settings name, else whom the file names. A file that names nobody is of the one
/// förbund that the others of its book name.
pub fn of(book: &Book) -> Vec<Issuer> {
    let mut issuers: Vec<Issuer> = (0..book.inputs.len().max(1)).map(|input| read(book, input)).collect();
    let name = shared(issuers.iter().map(|issuer| issuer.name.as_deref()));
    let number = shared(issuers.iter().map(|issuer| issuer.number.as_deref()));
    for issuer in &mut issuers {
        issuer.name = book.profile.name.clone().or_else(|| issuer.name.take()).or_else(|| name.clone());
        let set = book.profile.organisation_number.clone();
        issuer.number = set.or_else(|| issuer.number.take()).or_else(|| number.clone());
    }
    issuers
}

fn shared<'a>(found: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let mut found = found.flatten();
    let first = found.next()?;
    found.all(|other| other == first).then(|| first.to_owned())
}

fn read(book: &Book, input: usize) -> Issuer {
    let grids = || book.grids.iter().filter(|grid| grid.input == input);
    let texts = || grids().flat_map(Grid::cells).filter_map(|cell| cell.text());
    Issuer {
        name: texts().find_map(words::association),
        number: texts().find_map(words::organisation_number).map(str::to_owned),
        role: role(book, input),
    }
}

fn role(book: &Book, input: usize) -> SourceRole {
    let own = |statement: &&Statement| book.grids[statement.table.grid as usize].input == input;
    let outcome: Vec<bool> = book
        .statements
        .iter()
        .filter(own)
        .filter(|s| matches!(s.kind, Kind::IncomeStatement | Kind::BalanceSheet | Kind::CashFlow))
        .flat_map(|s| s.columns())
        .filter(|column| column.measure == Some(Measure::Actual))
        .map(|column| column.period.is_none_or(|period| period.is_year()))
        .collect();
    let budget = || book.statements.iter().filter(own).any(|statement| statement.kind == Kind::Budget);
    match outcome.as_slice() {
        [] if budget() => SourceRole::Budget,
        [] => SourceRole::Other,
        years if years.contains(&true) => SourceRole::AnnualReport,
        _ => SourceRole::InterimReport,
    }
}
