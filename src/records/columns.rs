//! The columns of the common format: a promise to those who add it up. A new column goes last.

use super::{ActivityKind, Record, SOURCES, Written};
use crate::book::identity;
use crate::coverage::Tie;
use crate::money::Money;
use crate::period::Measure;
use crate::statement::Kind;
use crate::table::Role;
use crate::words::CONCEPTS;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    Text,
    /// One of these codes.
    Code(fn() -> Vec<&'static str>),
    Whole,
    /// An exact decimal.
    Decimal,
    /// Codes of rules; in one cell they are parted by spaces.
    Codes,
}

/// What a record has in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    Nothing,
    Text(&'a str),
    Whole(i64),
    Decimal(Money),
    Codes(Vec<&'static str>),
    /// A text that is made here.
    Made(String),
}

#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    pub form: Form,
    /// Whether every record has a value.
    pub required: bool,
    pub meaning: &'static str,
    pub of: for<'a> fn(&'a Record) -> Value<'a>,
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Value<'a> {
        value.map_or(Value::Nothing, Into::into)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(whole: i64) -> Self {
        Value::Whole(whole)
    }
}

impl From<Money> for Value<'_> {
    fn from(amount: Money) -> Self {
        Value::Decimal(amount)
    }
}

/// Every column, in its order.
#[rustfmt::skip]
pub const COLUMNS: &[Column] = &[
    Column { name: "association", form: Form::Text, required: false,
        meaning: "the förbund, as the settings name it, else the source",
        of: |r| r.association.as_deref().into() },
    Column { name: "organisation_number", form: Form::Text, required: false,
        meaning: "its organisation number, `222000-2063`",
        of: |r| r.organisation_number.as_deref().into() },
    Column { name: "year", form: Form::Whole, required: false,
        meaning: "the year that the figure is of",
        of: |r| r.period.map(|period| i64::from(period.year)).into() },
    Column { name: "period", form: Form::Text, required: false,
        meaning: "the period: `2019`, `2019-06` for a month, or `2019-01..2019-06` for a longer part of a year; a balance is of the period that it closes",
        of: |r| r.period.map_or(Value::Nothing, |period| Value::Made(period.to_string())) },
    Column { name: "source_role", form: Form::Code(|| SOURCES.map(identity::Role::code).to_vec()), required: true,
        meaning: "what kind of document the source is",
        of: |r| r.source.code().into() },
    Column { name: "statement", form: Form::Code(statements), required: true,
        meaning: "the kind of the table",
        of: |r| r.table_code().into() },
    Column { name: "title", form: Form::Text, required: true,
        meaning: "the title of the table",
        of: |r| r.title.as_str().into() },
    Column { name: "note", form: Form::Whole, required: false,
        meaning: "the number of the note that it stands in, or that its line refers to",
        of: |r| r.note.map(i64::from).into() },
    Column { name: "concept", form: Form::Code(|| CONCEPTS.iter().map(|entry| entry.1).collect()), required: false,
        meaning: "what the line is; null where it could not be placed",
        of: |r| r.concept.map(|concept| concept.code()).into() },
    Column { name: "label", form: Form::Text, required: true,
        meaning: "the line's label as written",
        of: |r| r.label.as_str().into() },
    Column { name: "role", form: Form::Code(|| ROLES.map(Role::code).to_vec()), required: true,
        meaning: "what the line is among the others: add up `line`, not the totals of them",
        of: |r| r.role.code().into() },
    Column { name: "measure", form: Form::Code(|| MEASURES.map(Measure::code).to_vec()), required: false,
        meaning: "what the column of the table is",
        of: |r| r.measure.map(Measure::code).into() },
    Column { name: "entity", form: Form::Text, required: false,
        meaning: "whose figure it is, where a table has several bodies side by side",
        of: |r| r.entity.as_deref().into() },
    Column { name: "member", form: Form::Text, required: false,
        meaning: "who pays, of contributions: the kommun that the label names, else the label without its percentage",
        of: |r| r.member.as_deref().into() },
    Column { name: "account", form: Form::Text, required: false,
        meaning: "the account, where the source is a ledger",
        of: |r| r.account.as_deref().into() },
    Column { name: "activity", form: Form::Text, required: false,
        meaning: "the insats that the line is",
        of: |r| r.activity.as_deref().into() },
    Column { name: "activity_kind", form: Form::Code(|| ActivityKind::ALL.map(ActivityKind::code).to_vec()), required: false,
        meaning: "whether the insats (or the total of insatser) is for individuals or for structures",
        of: |r| r.activity_kind.map(ActivityKind::code).into() },
    Column { name: "amount", form: Form::Decimal, required: false,
        meaning: "the amount in kronor, exact; null for what is no money",
        of: |r| r.amount.into() },
    Column { name: "value", form: Form::Decimal, required: true,
        meaning: "the figure as written, in `unit`",
        of: |r| r.value.into() },
    Column { name: "unit", form: Form::Code(|| Written::ALL.map(Written::code).to_vec()), required: false,
        meaning: "the unit in which it is written; null for counts and for what is not known",
        of: |r| r.unit.map(Written::code).into() },
    Column { name: "tie", form: Form::Code(|| Tie::ALL.map(Tie::code).to_vec()), required: false,
        meaning: "`tied` to another table or file, `summed` in its own only, or `untied`: tested by nothing",
        of: |r| r.tie.map(Tie::code).into() },
    Column { name: "findings", form: Form::Codes, required: true,
        meaning: "the codes of the rules whose findings rest on it",
        of: |r| Value::Codes(r.findings.iter().copied().collect()) },
    Column { name: "file", form: Form::Text, required: true,
        meaning: "the file, as it was named on the command line or found in a folder",
        of: |r| r.file.as_str().into() },
    Column { name: "sheet", form: Form::Text, required: true,
        meaning: "the sheet; empty for a csv or a text",
        of: |r| r.sheet.as_str().into() },
    Column { name: "cell", form: Form::Text, required: true,
        meaning: "the cell, `B9`; of a text, the line and the field",
        of: |r| r.cell.as_str().into() },
    Column { name: "part_of", form: Form::Code(|| CONCEPTS.iter().map(|entry| entry.1).collect()), required: false,
        meaning: "what the nearest total means that has the line in it, or the line that its note specifies; of an account, its line in the chart: so that lines with names of their own add up over förbund, too",
        of: |r| r.part_of.map(|concept| concept.code()).into() },
    Column { name: "signed_amount", form: Form::Decimal, required: false,
        meaning: "`amount` in the signs of LKBR's forms, however the source writes them: income, results, assets, equity, liabilities and inflows above zero, costs and outflows below; null for variances and where the signs of the table are not known",
        of: |r| r.signed_amount.into() },
];

const ROLES: [Role; 4] = [Role::Line, Role::Subtotal, Role::Total, Role::OfWhich];

const MEASURES: [Measure; 6] =
    [Measure::Actual, Measure::Budget, Measure::Plan, Measure::Forecast, Measure::Variance, Measure::Share];

fn statements() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    codes.dedup();
    codes.push("trial-balance");
    codes
}
