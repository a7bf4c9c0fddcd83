//! What changed between two versions, for machines: schema `avstam/diff/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{Input, Layout, Place, TOOL, Tool, inputs, place, write};
use crate::book::{Book, Spot};
use crate::diff::{self, AmountChange, LineChange, StatementChange, Version};
use crate::money::Money;

#[derive(Serialize)]
struct Diff<'a> {
    schema: &'static str,
    tool: Tool,
    old: Vec<Input>,
    new: Vec<Input>,
    relations: Relations,
    statements: Vec<Statement<'a>>,
}

#[derive(Serialize)]
struct Relations {
    mended: usize,
    broken: usize,
    still_broken: usize,
}

#[derive(Serialize)]
struct Statement<'a> {
    change: &'static str,
    statement: &'static str,
    old: Option<Table<'a>>,
    new: Option<Table<'a>>,
    columns_added: Vec<Column<'a>>,
    columns_removed: Vec<Column<'a>>,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Table<'a> {
    input: usize,
    sheet: &'a str,
    range: String,
    title: String,
    note: Option<u32>,
    unit: &'static str,
}

#[derive(Serialize)]
struct Column<'a> {
    period: Option<String>,
    measure: Option<&'static str>,
    entity: Option<&'a str>,
}

#[derive(Serialize)]
struct Line<'a> {
    change: &'static str,
    concept: Option<&'static str>,
    old_label: Option<&'a str>,
    new_label: Option<&'a str>,
    old_note: Option<u32>,
    new_note: Option<u32>,
    amounts: Vec<Amount<'a>>,
}

#[derive(Serialize)]
struct Amount<'a> {
    #[serde(flatten)]
    column: Column<'a>,
    /// In kronor, or a number that is no money.
    unit: Option<&'static str>,
    old: Option<String>,
    new: Option<String>,
    difference: Option<String>,
    old_place: Option<Place<'a>>,
    new_place: Option<Place<'a>>,
    mended: &'a [&'static str],
    broken: &'a [&'static str],
}

/// Writes what changed.
pub fn diff(out: &mut dyn Write, old: Version<'_>, new: Version<'_>, found: &diff::Diff) -> io::Result<()> {
    let diff::Relations { mended, broken, still } = found.relations;
    let diff = Diff {
        schema: "avstam/diff/1",
        tool: TOOL,
        old: inputs(old.book),
        new: inputs(new.book),
        relations: Relations { mended, broken, still_broken: still },
        statements: found.statements.iter().map(|change| statement(old.book, new.book, change)).collect(),
    };
    write(out, &diff, Layout::Pretty)
}

fn statement<'a>(old: &'a Book, new: &'a Book, change: &'a StatementChange) -> Statement<'a> {
    let was = change.old.map(|i| &old.statements[i]);
    let is = change.new.map(|i| &new.statements[i]);
    let column =
        |statement: Option<&'a crate::statement::Statement>, i: usize| statement.map(|s| column(&s.columns()[i]));
    Statement {
        change: told(change.old.is_some(), change.new.is_some()),
        statement: is.or(was).map_or("other", |statement| statement.kind.code()),
        old: was.map(|statement| table(old, statement)),
        new: is.map(|statement| table(new, statement)),
        columns_added: change.columns_added.iter().filter_map(|&i| column(is, i)).collect(),
        columns_removed: change.columns_removed.iter().filter_map(|&i| column(was, i)).collect(),
        lines: change.lines.iter().map(|found| line(old, new, change, found)).collect(),
    }
}

fn told(old: bool, new: bool) -> &'static str {
    match (old, new) {
        (true, true) => "changed",
        (true, false) => "removed",
        (false, _) => "added",
    }
}

fn table<'a>(book: &'a Book, statement: &'a crate::statement::Statement) -> Table<'a> {
    let grid = &book.grids[statement.table.grid as usize];
    Table {
        input: grid.input,
        sheet: &grid.sheet,
        range: grid.range(statement.table.area),
        title: statement.name(),
        note: statement.note.as_ref().map(|note| note.0),
        unit: statement.unit.code(),
    }
}

fn column(column: &crate::table::Column) -> Column<'_> {
    Column {
        period: column.period.map(|period| period.to_string()),
        measure: column.measure.map(|measure| measure.code()),
        entity: column.entity.as_deref(),
    }
}

fn line<'a>(old: &'a Book, new: &'a Book, statement: &StatementChange, change: &'a LineChange) -> Line<'a> {
    let was = statement.old.zip(change.old).map(|(s, i)| &old.statements[s].lines()[i]);
    let is = statement.new.zip(change.new).map(|(s, i)| &new.statements[s].lines()[i]);
    let kept = was.is_some() && is.is_some();
    Line {
        change: if kept && change.renamed { "renamed" } else { told(was.is_some(), is.is_some()) },
        concept: is.or(was).and_then(|line| line.concept).map(|found| found.concept.code()),
        old_label: was.map(|line| line.label.as_str()),
        new_label: is.map(|line| line.label.as_str()),
        old_note: was.and_then(|line| line.note).map(|note| note.number),
        new_note: is.and_then(|line| line.note).map(|note| note.number),
        amounts: change.amounts.iter().map(|found| amount(old, new, found)).collect(),
    }
}

fn amount<'a>(old: &'a Book, new: &'a Book, change: &'a AmountChange) -> Amount<'a> {
    let text = |amount: Option<Money>| amount.map(|amount| amount.to_string());
    let of = |book: &'a Book, spot: Spot| column(&book.statements[spot.statement].columns()[spot.column]);
    let head = change.new.map(|spot| of(new, spot)).or_else(|| change.old.map(|spot| of(old, spot)));
    Amount {
        column: head.unwrap_or(Column { period: None, measure: None, entity: None }),
        unit: change.money.then_some("kr"),
        old: text(change.was),
        new: text(change.is),
        difference: text(change.was.zip(change.is).map(|(was, is)| is - was)),
        old_place: change.old.map(|spot| place(old, old.at(spot))),
        new_place: change.new.map(|spot| place(new, new.at(spot))),
        mended: &change.mended,
        broken: &change.broken,
    }
}
