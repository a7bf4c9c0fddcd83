//! What stands in the cleaned cells of a statement: its figures as they are, and its totals as sums of lines.
//!
//! A total is calculated where something besides arithmetic says that it is one and its parts are given; its terms
//! are those of the statement's form, so that no line counts twice or not at all.

use std::collections::BTreeSet;

use super::layout::Block;
use crate::book::Book;
use crate::grid::{Cell, Value, a1};
use crate::money::{Money, Swedish};
use crate::period::Measure;
use crate::statement::{LineSum, Statement};
use crate::table::{Entry, Figure, Role};

/// What stands where a line and a column meet in the cleaned workbook.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Blank,
    /// Not a figure in the source, and kept as it is (`Inga`, `#REF!`).
    Words(String),
    /// The source's figure in the statement's unit; a percentage as its part of one.
    Figure {
        value: Money,
        decimals: u32,
        percent: bool,
    },
    Total(Total),
}

/// A figure that is calculated from others of its column.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    pub value: Money,
    pub decimals: u32,
    /// Lines with their signs.
    pub terms: Vec<(usize, i32)>,
    pub stated: Stated,
}

/// What the source says where the cleaned workbook calculates.
#[derive(Clone, Debug, PartialEq)]
pub enum Stated {
    Figure { value: Money, decimals: u32 },
    Words(String),
    Nothing,
}

impl Content {
    /// The figure that the cell shows.
    pub fn value(&self) -> Option<Money> {
        match self {
            Content::Figure { value, .. } => Some(*value),
            Content::Total(total) => Some(total.value),
            Content::Blank | Content::Words(_) => None,
        }
    }

    /// The figure of the source.
    pub fn stated(&self) -> Option<Money> {
        match self {
            Content::Figure { value, .. } | Content::Total(Total { stated: Stated::Figure { value, .. }, .. }) => {
                Some(*value)
            }
            _ => None,
        }
    }

    fn is_amount(&self) -> bool {
        matches!(self, Content::Figure { percent: false, .. } | Content::Total(_))
    }
}

impl Total {
    /// What the source states less what is calculated.
    pub fn difference(&self) -> Option<Money> {
        match self.stated {
            Stated::Figure { value, .. } => Some((value - self.value).normalize()),
            _ => None,
        }
    }
}

/// The contents of a statement, by line and column.
pub fn contents(book: &Book, statement: &Statement) -> Vec<Vec<Content>> {
    let lines = statement.lines();
    let plain = |line: usize, column: usize| plain(book, statement, line, column);
    let mut contents: Vec<Vec<Content>> = (0..lines.len())
        .map(|line| (0..statement.columns().len()).map(|column| plain(line, column)).collect())
        .collect();
    let sums = in_order(live_sums(book, statement));
    let leaving_out: Vec<&LineSum> = sums.iter().copied().filter(|sum| !sum.left_out.is_empty()).collect();
    for column in 0..statement.columns().len() {
        for sum in &sums {
            let terms = once_each(sum, &leaving_out, &contents, column);
            if let Some(total) = total(statement, sum.result, &terms, column, &contents) {
                contents[sum.result][column] = Content::Total(total);
            }
        }
    }
    contents
}

fn plain(book: &Book, statement: &Statement, line: usize, column: usize) -> Content {
    let words = || book.cell(statement.table.at(line, column)).map(shown).unwrap_or_default();
    match &statement.lines()[line].entries[column] {
        Entry::Blank => Content::Blank,
        Entry::Figure(figure) => {
            let (value, decimals) = in_unit(figure, statement);
            Content::Figure { value, decimals, percent: figure.percent }
        }
        Entry::Dash | Entry::Absent | Entry::Words | Entry::Unknown | Entry::Error(_) | Entry::Uncalculated => {
            Content::Words(words())
        }
    }
}

/// The figure in the statement's unit, and its decimals; a percentage as a part of one, with the decimals it shows.
fn in_unit(figure: &Figure, statement: &Statement) -> (Money, u32) {
    let amount = figure.amount;
    if figure.percent {
        return (amount.value * Money::new(1, 2), amount.decimals);
    }
    match figure.unit.filter(|unit| *unit != statement.unit) {
        None => (amount.value, amount.decimals),
        Some(unit) => {
            let value = statement.written(amount.value * unit.factor());
            (value, value.decimals())
        }
    }
}

/// What a cell shows, as text.
pub fn shown(cell: &Cell) -> String {
    match &cell.value {
        Value::Number(amount) => Swedish(amount.value).to_string(),
        Value::Text(text) => text.trim().to_string(),
        Value::Date(date) => date.to_string(),
        Value::Bool(true) => "SANT".into(),
        Value::Bool(false) => "FALSKT".into(),
        Value::Error(code) => code.to_string(),
        Value::Uncalculated => cell.formula().map_or("?".into(), |formula| format!("={formula}")),
    }
}

/// The sums that more than arithmetic speaks for: wording, form, layout, or a formula of the source.
fn live_sums<'a>(book: &Book, statement: &'a Statement) -> Vec<&'a LineSum> {
    let has_formula = |line: usize| {
        (0..statement.columns().len())
            .any(|column| book.cell(statement.table.at(line, column)).is_some_and(|cell| cell.formula().is_some()))
    };
    let is_total = |sum: &&LineSum| {
        let line = &statement.lines()[sum.result];
        sum.declared || line.bold || line.concept.is_some_and(|found| found.sure) || has_formula(sum.result)
    };
    statement.sums.iter().filter(is_total).collect()
}

/// The sums with those first that others build on; a sum that rests on itself is left out.
fn in_order(sums: Vec<&LineSum>) -> Vec<&LineSum> {
    let mut rest = sums;
    let mut ordered: Vec<&LineSum> = Vec::with_capacity(rest.len());
    let mut done = BTreeSet::new();
    loop {
        let results: BTreeSet<usize> = rest.iter().map(|sum| sum.result).collect();
        let (ready, waiting): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|sum| !sum.terms.iter().any(|(line, _)| results.contains(line)));
        if ready.is_empty() {
            return ordered;
        }
        ordered.extend(ready.into_iter().filter(|sum| done.insert(sum.result)));
        rest = waiting;
    }
}

/// The terms of a sum without the lines that one of its subtotals, as it is calculated here, has in already: a
/// subtotal of the source may leave out a row that the total then adds by itself.
fn once_each(sum: &LineSum, leaving_out: &[&LineSum], contents: &[Vec<Content>], column: usize) -> Vec<(usize, i32)> {
    let calculated = |line: usize| matches!(contents[line][column], Content::Total(_));
    let in_subtotal = |line: usize| {
        leaving_out.iter().any(|other| {
            other.left_out.contains(&line)
                && calculated(other.result)
                && sum.terms.iter().any(|(term, _)| *term == other.result)
        })
    };
    sum.terms.iter().filter(|(line, _)| !in_subtotal(*line)).copied().collect()
}

fn total(
    statement: &Statement,
    line: usize,
    terms: &[(usize, i32)],
    column: usize,
    contents: &[Vec<Content>],
) -> Option<Total> {
    let measure = statement.columns()[column].measure;
    // A variance of income and one of costs may be signed by what is good: only like ones can be added.
    let mixed = measure == Some(Measure::Variance) && terms.iter().any(|(_, sign)| *sign != terms[0].1);
    if mixed || measure == Some(Measure::Share) || !terms.iter().any(|(term, _)| contents[*term][column].is_amount()) {
        return None;
    }
    let stated = match &contents[line][column] {
        Content::Figure { percent: true, .. } | Content::Total(_) => return None,
        Content::Figure { value, decimals, .. } => Stated::Figure { value: *value, decimals: *decimals },
        Content::Words(words) => Stated::Words(words.clone()),
        Content::Blank => Stated::Nothing,
    };
    let amount = |term: usize| contents[term][column].value().filter(|_| contents[term][column].is_amount());
    let value: Money = terms
        .iter()
        .filter_map(|&(term, sign)| Some(Money::from(i64::from(sign)) * amount(term)?))
        .sum::<Money>()
        .normalize();
    let decimals = match stated {
        Stated::Figure { decimals, .. } => decimals,
        _ => 0,
    };
    Some(Total { value, decimals: decimals.max(value.decimals()), terms: terms.to_vec(), stated })
}

/// The formula of a total in a column: a sum of ranges where its lines follow each other, else line by line.
pub fn formula(statement: &Statement, block: &Block, total: &Total, column: usize) -> String {
    let is_words = |line: usize| matches!(block.contents[line][column], Content::Words(_));
    let cell = |row: u32| a1(row, u32::from(Block::figure_col(column)));
    let mut terms: Vec<(u32, usize, i32)> =
        total.terms.iter().map(|&(line, sign)| (block.row_of[line], line, sign)).collect();
    terms.sort_unstable();
    let simple = terms.iter().all(|&(_, line, sign)| sign.abs() == 1 && !is_words(line));
    let ranges = ranges(statement, &terms, block);
    if simple && terms.len() <= 6 && ranges.len() > 1 {
        let first_positive = terms.iter().position(|(.., sign)| *sign > 0).unwrap_or(0);
        terms.rotate_left(first_positive);
        let parts = terms.iter().enumerate().map(|(i, &(row, _, sign))| match (i, sign > 0) {
            (0, true) => cell(row),
            (_, true) => format!("+{}", cell(row)),
            (_, false) => format!("-{}", cell(row)),
        });
        return format!("={}", parts.collect::<String>());
    }
    let mut text = String::from("=");
    for (first, last, sign) in ranges {
        match sign {
            1 if text.len() == 1 => {}
            1 => text.push('+'),
            -1 => text.push('-'),
            other => text.push_str(&format!("{other:+}*")),
        }
        match first == last && simple {
            true => text.push_str(&cell(first)),
            false if first == last => text.push_str(&format!("SUM({})", cell(first))),
            false => text.push_str(&format!("SUM({}:{})", cell(first), cell(last))),
        }
    }
    text
}

/// Rows with one sign that follow each other, headings without figures between them included.
fn ranges(statement: &Statement, terms: &[(u32, usize, i32)], block: &Block) -> Vec<(u32, u32, i32)> {
    let is_heading = |row: u32| {
        let line = &statement.lines()[block.line_on(row)];
        line.role == Role::Heading && line.entries.iter().all(|entry| matches!(entry, Entry::Blank))
    };
    let mut ranges: Vec<(u32, u32, i32)> = Vec::new();
    for &(row, _, sign) in terms {
        match ranges.last_mut() {
            Some((_, last, same)) if *same == sign && (*last + 1..row).all(is_heading) => *last = row,
            _ => ranges.push((row, row, sign)),
        }
    }
    ranges
}
