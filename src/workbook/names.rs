//! Names for the lines of the forms, year by year: `RR_Årets_resultat_2019`, for formulas of the reader's own.

use std::collections::BTreeMap;

use super::layout::{Block, Layout};
use crate::grid::column_name;
use crate::period::Measure;
use crate::statement::{Kind, Statement};
use crate::table::Role;

/// The names and what each stands for, as a formula says it. Of two cells that would have one name, the first of
/// the workbook has it.
pub fn all(layout: &Layout<'_>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (sheet, block) in layout.blocks() {
        let statement = &layout.book.statements[block.statement];
        let Some(form) = form(statement.kind) else { continue };
        for (i, line) in statement.lines().iter().enumerate() {
            let Some(found) = line.concept.filter(|found| found.sure && line.role != Role::Heading) else { continue };
            for (column, year) in years(statement) {
                if block.contents[i][column].value().is_none() {
                    continue;
                }
                let letters = |text: &str| text.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join("_");
                let name = format!("{form}_{}_{year}", letters(found.concept.swedish()));
                let (row, col) = (block.row_of[i], u32::from(Block::figure_col(column)));
                names.entry(name).or_insert_with(|| format!("='{}'!${}${}", sheet.name, column_name(col), row + 1));
            }
        }
    }
    names
}

fn form(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::IncomeStatement => Some("RR"),
        Kind::BalanceSheet => Some("BR"),
        Kind::CashFlow => Some("KF"),
        Kind::Budget => Some("Budget"),
        _ => None,
    }
}

/// The columns that are of whole years and nobody's part: outcomes of the statements, budgets of the budget.
fn years(statement: &Statement) -> impl Iterator<Item = (usize, i32)> + '_ {
    let measure = match statement.kind {
        Kind::Budget => Measure::Budget,
        _ => Measure::Actual,
    };
    statement.columns().iter().enumerate().filter_map(move |(i, column)| {
        let period = column.period.filter(|period| period.is_year() && column.entity.is_none())?;
        (column.measure.unwrap_or(measure) == measure).then_some((i, period.year))
    })
}
