//! Book and report → records: the common format as long data, a row a figure, that stacks over files, years and
//! förbund and that other programs add up.
//!
//! What the columns are is one list ([`COLUMNS`]); every form of output, the JSON Schema and the README derive from it.

mod accounts;
mod activities;
mod columns;
mod csv;
mod json;
mod mapping;
#[cfg(feature = "parquet")]
mod parquet;
mod place;
mod unplaced;

use std::collections::{BTreeSet, HashMap};

use crate::book::identity;
use crate::book::{Book, Spot};
use crate::check::Report;
use crate::coverage::{self, Tie};
use crate::grid::At;
use crate::money::{Money, Unit};
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement};
use crate::table::{Figure, Role};
use crate::words::{self, Concept};
use activities::Activities;
use place::Places;

pub use activities::ActivityKind;
pub use columns::{COLUMNS, Column, Form, Value};
pub use csv::csv;
pub use json::json;
pub use mapping::mapping;
#[cfg(feature = "parquet")]
pub use parquet::parquet;
pub use unplaced::{Unplaced, unplaced};

/// One figure of a source, and all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The förbund, as the source names it.
    pub association: Option<String>,
    pub organisation_number: Option<String>,
    pub period: Option<Period>,
    /// What its file is; of accounts, whatever year the others are of.
    pub source: identity::Role,
    pub statement: Kind,
    /// The title of its table.
    pub title: String,
    /// The number of the note that it stands in, or that its line refers to.
    pub note: Option<u32>,
    pub concept: Option<Concept>,
    /// As written.
    pub label: String,
    /// What its line is among the others: who adds records leaves totals out.
    pub role: Role,
    pub measure: Option<Measure>,
    /// Whose figure it is, where the table has several bodies side by side.
    pub entity: Option<String>,
    /// Who pays, of contributions.
    pub member: Option<String>,
    /// The account, where the source is a ledger or names it.
    pub account: Option<String>,
    pub activity: Option<String>,
    pub activity_kind: Option<ActivityKind>,
    /// In kronor, exact; `None` for what is no money.
    pub amount: Option<Money>,
    /// The figure as written, in `unit`.
    pub value: Money,
    pub unit: Option<Written>,
    /// `None` where it is not known to be money.
    pub tie: Option<Tie>,
    /// The codes of the rules whose findings rest on it.
    pub findings: BTreeSet<&'static str>,
    pub file: String,
    pub sheet: String,
    pub cell: String,
    /// What the nearest total that has the line means.
    pub part_of: Option<Concept>,
    /// The amount in the signs of LKBR's forms; `None` where the signs of its table are not known.
    pub signed_amount: Option<Money>,
}

impl Record {
    /// The code of its table's kind; the accounts of a ledger are a trial balance.
    pub fn table_code(&self) -> &'static str {
        if self.account.is_some() { "trial-balance" } else { self.statement.code() }
    }
}

/// What a figure is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Money(Unit),
    Percent,
}

impl Written {
    pub const ALL: [Written; 4] = [
        Written::Money(Unit::Kronor),
        Written::Money(Unit::Thousands),
        Written::Money(Unit::Millions),
        Written::Percent,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Written::Money(unit) => unit.code(),
            Written::Percent => "%",
        }
    }
}

/// The records of a book, in its order: every figure of its tables but page numbers, then the accounts of its ledgers.
/// A table that repeats another cell for cell is told once.
pub fn records(book: &Book, report: &Report) -> Vec<Record> {
    let mut ties: HashMap<Spot, Tie> = HashMap::new();
    coverage::each_tie(book, &report.checks, |spot, tie| {
        ties.insert(spot, tie);
    });
    let places = Places::of(book, report.checks.iter().map(|check| &check.relation));
    let teller = Teller { book, ties, findings: findings(report), activities: Activities::of(book), places };
    let own = book.statements.iter().enumerate();
    let told = own.filter(|(_, statement)| statement.copy_of.is_none() && statement.kind != Kind::Contents);
    let accounts = book.ledgers.iter().flat_map(|ledger| accounts::records(&teller, report, ledger));
    told.flat_map(|(i, statement)| teller.statement(i, statement)).chain(accounts).collect()
}

/// The kinds of documents that records are from, each whatever other files it was read with.
const SOURCES: [identity::Role; 6] = [
    identity::Role::Accounts,
    identity::Role::Interim,
    identity::Role::Budget,
    identity::Role::TrialBalance,
    identity::Role::Ledger,
    identity::Role::Other,
];

/// What kind of document a file is. Accounts are of an earlier year only beside those of a later one, and the records
/// of a file are the same whatever it is read with.
fn source(book: &Book, input: usize) -> identity::Role {
    match book.documents.get(input).map(|document| document.role) {
        Some(identity::Role::PriorAccounts) => identity::Role::Accounts,
        role => role.unwrap_or(identity::Role::Other),
    }
}

fn is_contribution(concept: Concept) -> bool {
    matches!(
        concept,
        Concept::ContributionState
            | Concept::ContributionInsuranceAgency
            | Concept::ContributionEmploymentService
            | Concept::ContributionRegion
            | Concept::ContributionMunicipality
            | Concept::Cofinancing
    )
}

/// The codes of the rules that say something of a cell.
fn findings(report: &Report) -> HashMap<At, BTreeSet<&'static str>> {
    let mut codes: HashMap<At, BTreeSet<&'static str>> = HashMap::new();
    for finding in &report.findings {
        let own = finding.cells.iter().map(|(at, _)| (*at, finding.rule));
        let suspect = finding.suspect.map(|at| (at, finding.rule));
        let follow = finding.consequences.iter().flat_map(|c| c.cells.iter().map(|(at, _)| (*at, c.rule)));
        own.chain(suspect).chain(follow).for_each(|(at, rule)| {
            codes.entry(at).or_default().insert(rule);
        });
    }
    codes
}

struct Teller<'a> {
    book: &'a Book,
    ties: HashMap<Spot, Tie>,
    findings: HashMap<At, BTreeSet<&'static str>>,
    activities: Activities,
    places: Places,
}

impl Teller<'_> {
    fn statement<'a>(&'a self, index: usize, statement: &'a Statement) -> impl Iterator<Item = Record> + 'a {
        let title = statement.name();
        (0..statement.lines().len()).flat_map(move |line| {
            let title = title.clone();
            (0..statement.columns().len()).filter_map(move |column| {
                let figure = statement.lines()[line].entries[column].figure()?;
                Some(self.record(Spot { statement: index, line, column }, figure, title.clone()))
            })
        })
    }

    fn record(&self, spot: Spot, figure: &Figure, title: String) -> Record {
        let statement = &self.book.statements[spot.statement];
        let (line, column) = (&statement.lines()[spot.line], &statement.columns()[spot.column]);
        let at = self.book.at(spot);
        let grid = &self.book.grids[at.grid as usize];
        let tie = self.ties.get(&spot).copied();
        let unit = match figure.percent || column.measure == Some(Measure::Share) {
            true => Some(Written::Percent).filter(|_| figure.percent),
            false => tie.map(|_| Written::Money(figure.unit.unwrap_or(statement.unit))),
        };
        let activity = self.activities.of_line(spot.statement, spot.line);
        let amount = match unit {
            Some(Written::Money(unit)) => Some(figure.amount.value * unit.factor()),
            _ => None,
        };
        let place = self.places.at(spot);
        // A variance is signed by what is good, or by what was more.
        let told = column.measure.is_some_and(|measure| !matches!(measure, Measure::Variance | Measure::Share));
        Record {
            association: self.book.association(grid.input).map(str::to_owned),
            organisation_number: self.book.organisation_number(grid.input).map(str::to_owned),
            period: column.period,
            source: source(self.book, grid.input),
            statement: statement.kind,
            title,
            note: statement.note.as_ref().map(|note| note.0).or(line.note.map(|note| note.number)),
            concept: line.concept.map(|found| found.concept),
            label: line.label.clone(),
            role: line.role,
            measure: column.measure,
            entity: column.entity.clone(),
            member: line.concept.filter(|found| is_contribution(found.concept)).map(|_| words::member(&line.label)),
            account: None,
            activity: activity.and_then(|(named, _)| named.then(|| line.label.clone())),
            activity_kind: activity.and_then(|(_, kind)| kind),
            amount,
            value: figure.amount.value,
            unit,
            tie,
            findings: self.findings.get(&at).cloned().unwrap_or_default(),
            file: self.book.inputs.get(grid.input).map_or(String::new(), |input| input.path.display().to_string()),
            sheet: grid.sheet.clone(),
            cell: grid.address(at.row, at.col),
            part_of: place.part_of,
            signed_amount: amount
                .zip(place.sign.filter(|_| told))
                .map(|(amount, sign)| amount * Money::from(i64::from(sign))),
        }
    }
}
