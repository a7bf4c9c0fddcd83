//! What the columns of a statement are, where its own headings do not say all of it.

use std::cmp::Ordering;

use super::{Kind, Statement};
use crate::grid::Grid;
use crate::money::Money;
use crate::period::{Measure, Period};
use crate::table::{self, Column, Table, heading};
use crate::words;

/// Fills in the periods and measures that headings leave out: from the title, from the other columns, and from
/// the rest of the document.
pub fn complete(grids: &[Grid], statements: &mut [Statement]) {
    let input = |statement: &Statement| grids[statement.table.grid as usize].input;
    // The tables of a file stand together.
    for own in statements.chunk_by_mut(|a, b| input(a) == input(b)) {
        let year = document_year(own);
        let heads = model_columns(own);
        for statement in own.iter_mut() {
            complete_one(statement, year, &heads);
            name_quotients(statement);
        }
        // `Innevarande år` is of the year that only a title among the others tells.
        if let (None, Some(year)) = (year, document_year(own)) {
            own.iter_mut().for_each(|statement| complete_one(statement, Some(year), &[]));
        }
    }
}

/// The year that most statements of a document begin with.
fn document_year(own: &[Statement]) -> Option<i32> {
    let mut counts: Vec<(usize, i32)> = Vec::new();
    for statement in own {
        let years = statement.columns().iter().filter(|c| c.measure != Some(Measure::Plan)).filter_map(|c| c.period);
        let Some(year) = years.map(|period| period.year).max() else { continue };
        match counts.iter_mut().find(|(_, y)| *y == year) {
            Some(count) => count.0 += 1,
            None => counts.push((1, year)),
        }
    }
    counts.into_iter().max().map(|(_, year)| year)
}

/// The columns of the document's own statements: what a table of as many columns without headings has.
fn model_columns(own: &[Statement]) -> Vec<Column> {
    let model = |kind| {
        let mut own = own.iter().filter(|s| s.kind == kind);
        own.find(|s| s.columns().iter().all(|column| column.period.is_some())).map(|s| s.columns().to_vec())
    };
    model(Kind::BalanceSheet).or_else(|| model(Kind::IncomeStatement)).unwrap_or_default()
}

fn complete_one(statement: &mut Statement, document_year: Option<i32>, model: &[Column]) {
    let titled = statement.table.title.iter().chain(&statement.table.context);
    let title_years: Vec<i32> = titled.flat_map(|title| heading::read(&title.text).years).collect();
    let own_years = statement.columns().iter().filter_map(|c| c.period).map(|p| p.year);
    let year = own_years.max().or(title_years.first().copied()).or(document_year);
    let unheaded = statement.columns().iter().all(|c| c.header.is_empty());
    if unheaded && statement.kind != Kind::Other && model.len() == statement.columns().len() {
        for (column, model) in statement.table.columns.iter_mut().zip(model) {
            (column.period, column.measure) = (model.period, model.measure);
        }
    }
    let kind = statement.kind;
    let relative = |column: &Column| column.measure.is_some() || column.prior || column.current;
    name_months(statement, year);
    name_parts(statement);
    let headed = statement.columns().iter().any(|c| c.period.is_some() || relative(c));
    let only = statement.columns().len() == 1 && !headed && title_years.len() == 1;
    if kind == Kind::Budget {
        follow_title(statement);
    }
    let planned = planned_years(statement).or_else(|| year.filter(|_| only).map(Period::year));
    for column in statement.table.columns.iter_mut().filter(|_| headed || only) {
        if column.period.is_none() && (relative(column) || only) && kind != Kind::Other {
            column.period = table::period(column, year);
        }
        if column.measure.is_none() && column.period.is_some() {
            column.measure = Some(default_measure(kind, column.period, planned));
        }
    }
}

/// Columns headed by months that follow each other are of a month each, and the outcome beside them, where no heading says
/// its period, is of them together.
fn name_months(statement: &mut Statement, year: Option<i32>) {
    const FEWEST: usize = 3;
    let columns = &mut statement.table.columns;
    let read: Vec<heading::Heading> = columns.iter().map(|column| heading::read(&column.header)).collect();
    let follows = |i: usize| read[i].month.is_some() && read[i].month == read[i - 1].month.map(|month| month + 1);
    let mut first = 0;
    while first < columns.len() {
        let end = (first + 1..columns.len()).find(|&i| !follows(i)).unwrap_or(columns.len());
        let own = read[first].years.first().copied().or(year);
        if let (Some(year), Some(from), Some(to)) = (own, read[first].month, read[end - 1].month)
            && end - first >= FEWEST
        {
            for (column, month) in columns[first..end].iter_mut().zip(from..) {
                column.period = Some(Period::months(year, month, month));
            }
            let outcome =
                |column: &&mut Column| matches!(column.measure, None | Some(Measure::Actual)) && !column.prior;
            if let Some(together) = columns.get_mut(end).filter(outcome)
                && read[end].years.is_empty()
            {
                together.period = Some(Period::months(year, from, to));
            }
        }
        first = end;
    }
}

/// Columns headed by lines of the balance sheet (`Balanserat resultat`, `Årets resultat`, `Summa eget kapital`) are parts
/// of one amount: `årets` is of no column's year there, and `resultat` no outcome.
fn name_parts(statement: &mut Statement) {
    let columns = &mut statement.table.columns;
    let names_line = |column: &Column| words::sure_concept(&column.header, Kind::BalanceSheet.code()).is_some();
    let undated = columns.iter().all(|column| column.period.is_none());
    if undated && columns.iter().filter(|column| names_line(column)).count() > 1 {
        for column in columns.iter_mut().filter(|column| names_line(column)) {
            (column.measure, column.prior, column.current) = (None, false, false);
            column.entity = Some(column.header.clone());
        }
    }
}

/// A column of quotients holds no amounts that add.
fn name_quotients(statement: &mut Statement) {
    let undated = |column: &usize| statement.columns()[*column].period.is_none();
    let quotients: Vec<usize> = (0..statement.columns().len())
        .filter(undated)
        .filter(|&column| quotient(&statement.table, column).is_some() || is_average(&statement.table, column))
        .collect();
    let compared = |column: &usize| statement.columns()[*column].measure == Some(Measure::Variance);
    let growths = (0..statement.columns().len()).filter(compared).filter(|&column| is_growth(&statement.table, column));
    for column in quotients.into_iter().chain(growths.collect::<Vec<_>>()) {
        statement.table.columns[column].measure = Some(Measure::Share);
    }
}

/// Whether a column that is headed as so much for each of something ends with less than its largest figure, as no total
/// of money does.
fn is_average(table: &Table, column: usize) -> bool {
    let about = &table.columns[column];
    if about.measure.is_some() || !words::says_rate(&about.header) {
        return false;
    }
    let figures: Vec<Money> =
        (0..table.lines.len()).filter_map(|line| table.amount(line, column)).map(|amount| amount.value.abs()).collect();
    let Some((last, others)) = figures.split_last() else { return false };
    others.iter().any(|other| other > last)
}

/// The two columns of which a column is the first divided by the second in most rows (`Kostnad per deltagare`).
pub fn quotient(table: &Table, column: usize) -> Option<(usize, usize)> {
    // What is divided by may as well be the quotient: the heading tells, or what stands last.
    let is_rate = |column: usize| words::says_rate(&table.columns[column].header);
    let may_divide = |whole: usize| (is_rate(column), column) > (is_rate(whole), whole);
    follows_from_two(table, column, may_divide, |part, whole| part.divide(whole))
}

/// Whether a column tells by how many per cent one column is more than another in most rows.
fn is_growth(table: &Table, column: usize) -> bool {
    let growth = |part: Money, whole: Money| Some((part - whole).divide(whole.abs())? * Money::from(100));
    follows_from_two(table, column, |_| true, growth).is_some()
}

/// The two columns from which a column follows in most rows, the second being one that may be divided by.
fn follows_from_two(
    table: &Table,
    column: usize,
    may_divide: impl Fn(usize) -> bool,
    quotient: impl Fn(Money, Money) -> Option<Money>,
) -> Option<(usize, usize)> {
    // Wider tables are no tables of a few figures and their quotients.
    const MOST: usize = 16;
    const FEWEST: usize = 3;
    const SMALLEST: i64 = 1_000;
    if table.columns.len() > MOST {
        return None;
    }
    let value = |line: usize, column: usize| table.amount(line, column).filter(|amount| !amount.value.is_zero());
    let rows = |part: usize, whole: usize| {
        let row = move |line: usize| Some((value(line, column)?, value(line, part)?.value, value(line, whole)?.value));
        (0..table.lines.len()).filter_map(row)
    };
    let comes_out = |part: usize, whole: usize| {
        let (mut tried, mut held) = (0, 0);
        // Small whole numbers divide each other by chance.
        let telling = |part: Money, whole: Money| part.abs() >= Money::from(SMALLEST) && whole.abs() != Money::from(1);
        for (own, part, whole) in rows(part, whole).filter(|(_, part, whole)| telling(*part, *whole)) {
            tried += 1;
            let quotient = quotient(part, whole).unwrap_or_default();
            // Some cut the decimals off instead of rounding.
            held += usize::from((own.value - quotient).abs() <= own.half_step() + own.half_step());
            if tried >= FEWEST && held == 0 {
                return false;
            }
        }
        held >= FEWEST && 3 * held >= 2 * tried
    };
    let others = || (0..table.columns.len()).filter(|&other| other != column);
    let pairs = others().flat_map(|part| others().filter(move |&whole| whole != part).map(move |whole| (part, whole)));
    pairs.into_iter().find(|&(part, whole)| may_divide(whole) && comes_out(part, whole))
}

/// What the title calls the budget of a year is that, where the column's own heading says nothing or only that it is
/// planned, and no other column is the budget of that year.
fn follow_title(statement: &mut Statement) {
    let titles = statement.table.title.iter().chain(&statement.table.context);
    let told = titles.map(|title| heading::measured_years(&title.text)).find(|years| !years.is_empty());
    let budgeted = told.unwrap_or_default().into_iter().filter(|(_, measure)| *measure == Measure::Budget);
    for (year, budget) in budgeted {
        let of_year = |column: &Column| column.period == Some(Period::year(year)) && column.entity.is_none();
        let columns = &mut statement.table.columns;
        if columns.iter().any(|column| of_year(column) && column.measure == Some(budget)) {
            continue;
        }
        let mut open =
            columns.iter_mut().filter(|column| of_year(column) && matches!(column.measure, None | Some(Measure::Plan)));
        if let (Some(column), None) = (open.next(), open.next()) {
            column.measure = Some(budget);
        }
    }
}

/// The first budgeted period: the first that a heading calls so, or the first of all where none does.
fn planned_years(statement: &Statement) -> Option<Period> {
    let called = |column: &&Column| matches!(column.measure, Some(Measure::Budget | Measure::Plan));
    let first = statement.columns().iter().filter(called).filter_map(|column| column.period).min();
    first.or_else(|| statement.columns().iter().filter_map(|column| column.period).min())
}

/// The figures of a budget are the budget of its first year, the plan of the later and the outcome of earlier ones;
/// all else is outcome.
fn default_measure(kind: Kind, period: Option<Period>, first: Option<Period>) -> Measure {
    match (kind, period.cmp(&first)) {
        (Kind::Budget, Ordering::Equal) => Measure::Budget,
        (Kind::Budget, Ordering::Greater) => Measure::Plan,
        _ => Measure::Actual,
    }
}
