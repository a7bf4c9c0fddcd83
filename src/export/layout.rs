//! The heading of an exported list: which column is what.

use super::rows::texts;
use crate::grid::{Grid, Value};
use crate::table::heading;
use crate::words::exports;

/// What a column of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Account,
    Name,
    Voucher,
    Series,
    Date,
    Text,
    Debit,
    Credit,
    /// Debit and credit in one, signed.
    Amount,
    /// The year's opening balance.
    Opening,
    /// The balance that the period begins with.
    Carried,
    Change,
    Closing,
}

impl Part {
    fn of(name: &str) -> Option<Part> {
        Some(match name {
            "account" => Part::Account,
            "name" => Part::Name,
            "voucher" => Part::Voucher,
            "series" => Part::Series,
            "date" => Part::Date,
            "text" => Part::Text,
            "debit" => Part::Debit,
            "credit" => Part::Credit,
            "amount" => Part::Amount,
            "opening" => Part::Opening,
            "carried" => Part::Carried,
            "change" => Part::Change,
            "closing" => Part::Closing,
            _ => return None,
        })
    }

    pub fn is_amount(self) -> bool {
        use Part::{Amount, Carried, Change, Closing, Credit, Debit, Opening};
        matches!(self, Debit | Credit | Amount | Opening | Carried | Change | Closing)
    }
}

pub(super) struct Column {
    pub col: u32,
    pub part: Part,
    /// It says that it is of the year before.
    pub prior: bool,
    /// The year that it names.
    pub year: Option<i32>,
}

pub(super) struct Layout {
    /// The row of the heading.
    pub row: u32,
    pub columns: Vec<Column>,
    /// A title above names the report.
    pub report: Option<&'static str>,
}

/// So many rows may stand above the heading.
const PREAMBLE: usize = 25;

impl Layout {
    pub fn of(grid: &Grid) -> Option<Layout> {
        let mut report = None;
        for (row, cells) in grid.rows().take(PREAMBLE) {
            let columns: Vec<Column> = texts(cells).filter_map(|(col, text)| column(col, text)).collect();
            let has = |part: Part| columns.iter().any(|column| column.part == part && !column.prior);
            let amounts = columns.iter().filter(|column| column.part.is_amount()).count();
            let names = has(Part::Account) || has(Part::Name) || has(Part::Voucher) || has(Part::Date);
            let figures = cells.iter().any(|cell| matches!(cell.value, Value::Number(_)));
            report = report.or_else(|| texts(cells).find_map(|(_, text)| exports::report(text)));
            let speaks = (amounts > 0 && names && columns.len() >= 2) || (amounts > 1 && report.is_some());
            if !figures && speaks {
                let of_list = report.is_some()
                    || (has(Part::Closing) && (has(Part::Opening) || has(Part::Carried) || has(Part::Change)))
                    || (has(Part::Debit) && has(Part::Credit))
                    || (has(Part::Voucher) && has(Part::Account) && has(Part::Amount));
                return of_list.then_some(Layout { row, columns, report });
            }
        }
        None
    }

    /// Whether it lists rows of vouchers, not balances.
    pub fn is_journal(&self) -> bool {
        (self.has(Part::Voucher) || self.has(Part::Date))
            && (self.has(Part::Amount) || (self.has(Part::Debit) && self.has(Part::Credit)))
    }

    pub fn has(&self, part: Part) -> bool {
        self.col(part).is_some()
    }

    /// The first column of a part, of the list's own year.
    pub fn col(&self, part: Part) -> Option<u32> {
        self.columns.iter().find(|column| column.part == part && !column.prior).map(|column| column.col)
    }

    pub fn amounts(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.part.is_amount())
    }

    pub fn is_amount(&self, col: u32) -> bool {
        self.amounts().any(|column| column.col == col)
    }
}

fn column(col: u32, text: &str) -> Option<Column> {
    let said = exports::column(text)?;
    let years = heading::read(text).years;
    Some(Column { col, part: Part::of(said.name)?, prior: said.prior, year: years.last().copied() })
}
