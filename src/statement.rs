//! Table → statement: which kind a table is, what its lines mean, which lines its totals add.

mod carried;
mod classify;
mod columns;
mod glossary;
pub mod kinds;
mod sides;
mod totals;
mod units;

use crate::money::{Amount, Interval, Money, Unit};
use crate::period::{Measure, Period};
use crate::relation::Operand;
use crate::table::{Column, Entry, Line, Role, Table};
use crate::words::{self, Concept};

pub use classify::understand;
pub use columns::quotient;
pub use glossary::{CostSign, Entry as GlossaryEntry, Glossary};

/// What a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    IncomeStatement,
    BalanceSheet,
    CashFlow,
    /// What the law takes out of the result of the year before it must be zero or more (balanskravsutredning).
    BalanceRequirement,
    Note,
    Budget,
    /// What each insats cost against its budget.
    Activities,
    MultiYear,
    /// Ekonomisk sammanfattning: a few lines of several statements, outcome against budget.
    Summary,
    /// A table of contents: its figures are page numbers.
    Contents,
    Other,
}

impl Kind {
    pub const ALL: [Kind; 11] = [
        Kind::IncomeStatement,
        Kind::BalanceSheet,
        Kind::CashFlow,
        Kind::BalanceRequirement,
        Kind::Note,
        Kind::Budget,
        Kind::Activities,
        Kind::MultiYear,
        Kind::Summary,
        Kind::Contents,
        Kind::Other,
    ];

    /// Whether it is one of the three that the other tables of the accounts tell more of.
    pub fn is_main(self) -> bool {
        matches!(self, Kind::IncomeStatement | Kind::BalanceSheet | Kind::CashFlow)
    }

    /// Whether the law or practice gives the kind a form: named lines, and totals of known lines.
    pub fn has_form(self) -> bool {
        !matches!(self, Kind::Budget | Kind::Activities | Kind::Contents | Kind::Other)
    }

    /// The code of machine output, and the name that words.tsv uses.
    pub fn code(self) -> &'static str {
        match self {
            Kind::IncomeStatement => "income-statement",
            Kind::BalanceSheet => "balance-sheet",
            Kind::CashFlow => "cash-flow",
            Kind::BalanceRequirement => "balance-requirement",
            Kind::Note => "note",
            Kind::Budget => "budget",
            Kind::Activities => "activities",
            Kind::MultiYear => "multi-year",
            Kind::Summary => "summary",
            Kind::Contents | Kind::Other => "other",
        }
    }
}

/// A table that is understood.
#[derive(Clone, Debug)]
pub struct Statement {
    pub table: Table,
    pub kind: Kind,
    /// The number and title of a note.
    pub note: Option<(u32, String)>,
    /// The unit that the figures really have: the declared one, unless ties prove another.
    pub unit: Unit,
    /// What its own heading, title or sheet says of the unit.
    pub declared_unit: Option<Unit>,
    /// +1 where costs are written as negative figures, −1 where as positive ones.
    pub cost_sign: i32,
    /// The first line that is written as a ledger signs it: equity and liabilities of a balance sheet, or all of an
    /// income statement whose income is below zero.
    pub credit_from: Option<usize>,
    pub sums: Vec<LineSum>,
    /// The earlier statement of the book that this one repeats cell for cell.
    pub copy_of: Option<usize>,
}

/// Which lines a total adds, the same in every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineSum {
    pub result: usize,
    /// Lines with their signs.
    pub terms: Vec<(usize, i32)>,
    /// Lines that the figures show to be left out, though the statement's form has them in (`terms` holds them).
    pub left_out: Vec<usize>,
    /// In how many columns it could be tested, and in how many it holds.
    pub tested: usize,
    pub held: usize,
    /// The label, the concept or the layout says that it is a total; otherwise only arithmetic does.
    pub declared: bool,
}

impl Statement {
    pub fn columns(&self) -> &[Column] {
        &self.table.columns
    }

    pub fn lines(&self) -> &[Line] {
        &self.table.lines
    }

    /// The figure of a line in a column as the interval in kronor that it stands for.
    pub fn interval(&self, line: usize, column: usize) -> Option<Interval> {
        let figure = self.table.lines[line].entries[column].figure().filter(|figure| !figure.percent)?;
        Some(Interval::of(figure.amount, figure.unit.unwrap_or(self.unit)))
    }

    pub fn operand(&self, line: usize, column: usize, coefficient: i32) -> Operand {
        let unknown = self.table.lines[line].entries[column] == Entry::Unknown;
        Operand { unknown, ..Operand::new(self.table.at(line, column), self.interval(line, column), coefficient) }
    }

    /// The operand of a line in sums: where a total is a dash it comes to nothing.
    pub fn in_sum(&self, line: usize, column: usize, coefficient: i32) -> Operand {
        match self.sum_of(line) {
            Some(_) => self.or_nothing(line, column, coefficient),
            None => self.operand(line, column, coefficient),
        }
    }

    /// The operand of a part of a sum. Among amounts in thousands a dash may stand for some hundreds, and among those in
    /// millions nothing at all for some thousands.
    pub fn part(&self, line: usize, column: usize, coefficient: i32) -> Operand {
        let hidden = match self.table.lines[line].entries[column] {
            Entry::Dash => self.unit != Unit::Kronor,
            Entry::Blank => self.unit == Unit::Millions && self.table.lines[line].has_figures(),
            _ => false,
        };
        if hidden { self.nothing(line, column, coefficient) } else { self.in_sum(line, column, coefficient) }
    }

    /// The operand of a line where a dash is nothing, as finely as its column is written.
    pub fn or_nothing(&self, line: usize, column: usize, coefficient: i32) -> Operand {
        match self.table.lines[line].entries[column] {
            Entry::Dash => self.nothing(line, column, coefficient),
            _ => self.operand(line, column, coefficient),
        }
    }

    fn nothing(&self, line: usize, column: usize, coefficient: i32) -> Operand {
        let amounts = self.lines().iter().filter_map(|line| line.entries[column].figure());
        let decimals = amounts.filter(|figure| !figure.percent).map(|figure| figure.amount.decimals).max();
        let nothing = Interval::of(Amount::new(Money::ZERO, decimals.unwrap_or_default()), self.unit);
        Operand { figure: Some(nothing), ..self.operand(line, column, coefficient) }
    }

    /// The line that carries a concept's figures. Among several the total wins, then the one whose wording is
    /// sure, then the last.
    pub fn line(&self, concept: Concept) -> Option<usize> {
        let lines = self.table.lines.iter().enumerate();
        lines
            .filter(|(_, line)| {
                line.role != Role::Heading && line.concept.is_some_and(|found| found.concept == concept)
            })
            .max_by_key(|(i, line)| (line.role.adds(), line.concept.is_some_and(|found| found.sure), *i))
            .map(|(i, _)| i)
    }

    pub fn means(&self, line: usize, concept: Concept) -> bool {
        self.lines()[line].concept.is_some_and(|found| found.concept == concept)
    }

    /// The column of a period and measure, where it is the only one, or the only one of the body itself.
    pub fn column(&self, period: Period, measure: Measure) -> Option<usize> {
        let fits = |column: &Column| column.period == Some(period) && column.measure == Some(measure);
        let fitting: Vec<usize> = (0..self.columns().len()).filter(|&i| fits(&self.columns()[i])).collect();
        let own = |fitting: &[usize]| {
            let mut own = fitting.iter().filter(|&&i| self.is_of_body(&self.columns()[i]));
            own.next().filter(|_| own.next().is_none()).copied()
        };
        match fitting[..] {
            [only] => Some(only),
            _ => own(&fitting),
        }
    }

    /// Whether a column is of the body itself: its heading names none, or one beside the group that it is a part of.
    pub fn is_of_body(&self, column: &Column) -> bool {
        let beside = |other: &Column| other.period == column.period && other.measure == column.measure;
        let group = |column: &Column| column.entity.as_deref().is_some_and(words::says_group);
        match &column.entity {
            None => true,
            Some(_) => !group(column) && self.columns().iter().any(|other| beside(other) && group(other)),
        }
    }

    /// Whether all of it is of a body and its companies together: its title says so, and no heading names one of them.
    pub fn is_of_group(&self) -> bool {
        let titled = self.table.title.as_ref().is_some_and(|title| words::says_group(&title.text));
        let grouped = |column: &Column| column.entity.as_deref().is_none_or(words::says_group);
        titled && self.columns().iter().all(grouped)
    }

    /// Whether its figures are money and no counts of persons or visits: the kind or a unit says so, or figures larger
    /// than what a förbund counts do, be it one under years or most of those where nothing speaks of a count. Of a table
    /// that goes on and on its beginning tells.
    pub fn is_money(&self) -> bool {
        const LARGEST_COUNT: i64 = 10_000;
        const LOOKED_AT: usize = 2_000;
        if self.kind != Kind::Other || self.declared_unit.is_some() {
            return true;
        }
        let is_large = |value: &Money| value.abs() >= Money::from(LARGEST_COUNT);
        let shown = || self.table.lines.iter().flat_map(|line| &line.entries).filter_map(Entry::amount);
        let mut values = shown().map(|amount| amount.value).filter(|value| !value.is_zero());
        if self.table.amount_columns().all(|(_, column)| column.period.is_some()) {
            return values.any(|value| is_large(&value));
        }
        let (mut large, mut others) = (0, 0);
        values.take(LOOKED_AT).for_each(|value| *if is_large(&value) { &mut large } else { &mut others } += 1);
        let headers = self.columns().iter().map(|column| column.header.as_str());
        let mut words = headers.chain(self.lines().iter().map(|line| line.label.as_str())).take(LOOKED_AT);
        large > others && !words.any(words::counting::says_count)
    }

    /// Whether a line is written as a ledger signs it: equity, liabilities and income below zero.
    pub fn is_credit(&self, line: usize) -> bool {
        self.credit_from.is_some_and(|from| line >= from)
    }

    /// The sum that a line is the result of.
    pub fn sum_of(&self, line: usize) -> Option<&LineSum> {
        self.sums.iter().find(|sum| sum.result == line)
    }

    /// The first place of the statement, for messages about all of it.
    pub fn name(&self) -> String {
        match (&self.note, &self.table.title) {
            (Some((number, title)), _) if title.is_empty() => format!("Not {number}"),
            (Some((number, title)), _) => format!("Not {number} {title}"),
            (None, Some(title)) => title.text.clone(),
            (None, None) => String::new(),
        }
    }

    pub fn amount(&self, line: usize, column: usize) -> Option<Amount> {
        self.table.amount(line, column)
    }

    /// From kronor to the unit in which the table is written.
    pub fn written(&self, kronor: Money) -> Money {
        kronor.divide(self.unit.factor()).unwrap_or(kronor).normalize()
    }
}
