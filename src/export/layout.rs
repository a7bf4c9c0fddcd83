//! The heading of an exported list: which column is what.

use super::rows::texts;
use crate::grid::{Cell, Grid, Value};
use crate::period::Measure;
use crate::table::heading;
use crate::words::{self, exports};

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
    pub fn of(name: &str) -> Option<Part> {
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
    /// It has the credit side of its part, beside a column of the debit side: what is in it counts negative.
    pub credit: bool,
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
        let mut rows = grid.rows().take(PREAMBLE).peekable();
        while let Some((row, cells)) = rows.next() {
            report = report.or_else(|| texts(cells).find_map(|(_, text)| exports::report(text)));
            let one = Heading::of(cells, report.is_some());
            // The words of a heading may go on in the row below, and the sides of its columns stand there.
            let below = rows.peek().filter(|(next, _)| *next == row + 1);
            let two = below.and_then(|(_, below)| Heading::of_two(cells, below, report.is_some()));
            let (row, heading) = match two.filter(|two| two.columns.len() > one.columns.len()) {
                Some(two) => (row + 1, two),
                None => (row, one),
            };
            if heading.speaks(report.is_some()) {
                return heading.is_of_list(report).then_some(Layout { row, columns: heading.columns, report });
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

/// What a row, or two, say as a heading.
struct Heading {
    columns: Vec<Column>,
    /// A heading has no figures but years.
    has_figures: bool,
    /// A budget stands beside.
    budgeted: bool,
}

impl Heading {
    fn of(cells: &[Cell], titled: bool) -> Heading {
        let is_figure = |cell: &Cell| matches!(cell.value, Value::Number(_)) && year(cell).is_none() && !is_month(cell);
        let has_figures = cells.iter().any(is_figure);
        // Most rows are none, and one column is no list.
        if has_figures || cells.len() < 2 {
            return Heading { columns: Vec::new(), has_figures, budgeted: false };
        }
        let mut columns: Vec<Column> = texts(cells).filter_map(|(col, text)| column(col, text)).collect();
        let budgets =
            |(_, text): (u32, &str)| matches!(heading::read(text).measure, Some(Measure::Budget | Measure::Plan));
        let budgeted = texts(cells).any(budgets);
        // A list that is titled as one may head its balances by their years alone.
        if titled && columns.iter().any(|column| column.part == Part::Account) && !budgeted {
            let years = cells.iter().filter_map(|cell| Some((cell.col, year(cell)?)));
            let years: Vec<(u32, i32)> = years.filter(|(col, _)| columns.iter().all(|c| c.col != *col)).collect();
            let last = years.iter().map(|(_, year)| *year).max();
            columns.extend(years.into_iter().map(|(col, year)| Column {
                col,
                part: Part::Closing,
                credit: false,
                prior: Some(year) < last,
                year: Some(year),
            }));
            columns.sort_by_key(|column| column.col);
        }
        if titled && !budgeted {
            columns.extend(months(cells, &columns));
            columns.sort_by_key(|column| column.col);
        }
        // A day before the change is that of the balance that it changes.
        let at = |part: Part| columns.iter().find(|column| column.part == part).map(|column| column.col);
        if let (Some(change), Some(_), None, None) =
            (at(Part::Change), at(Part::Closing), at(Part::Opening), at(Part::Carried))
        {
            let is_day = |cell: &&Cell| {
                let known = columns.iter().any(|column| column.col == cell.col);
                let day = match &cell.value {
                    Value::Date(_) => true,
                    Value::Text(text) => {
                        Some(heading::read(text)).is_some_and(|read| read.period.is_some() && read.rest.is_empty())
                    }
                    _ => false,
                };
                day && !known && cell.col < change
            };
            let opening = cells.iter().rfind(is_day).map(|cell| cell.col);
            columns.extend(opening.map(|col| Column {
                col,
                part: Part::Opening,
                credit: false,
                prior: false,
                year: None,
            }));
            columns.sort_by_key(|column| column.col);
        }
        Heading { columns, has_figures, budgeted }
    }

    /// Two rows as one heading: words that go on below, or parts above with their sides below.
    fn of_two(above: &[Cell], below: &[Cell], titled: bool) -> Option<Heading> {
        let words = |cell: &Cell| cell.text().is_some() || year(cell).is_some();
        if above.len().max(below.len()) < 2 || !above.iter().chain(below).all(words) {
            return None;
        }
        let sides: Vec<Column> = texts(below).filter_map(|(col, text)| side(above, below, (col, text))).collect();
        if !sides.is_empty() {
            let named = |cells| texts(cells).filter_map(|(col, text)| column(col, text));
            let others = named(above).chain(named(below)).filter(|column: &Column| !column.part.is_amount());
            let mut columns: Vec<Column> = others.chain(sides).collect();
            columns.sort_by_key(|column| column.col);
            return Some(Heading { columns, has_figures: false, budgeted: false });
        }
        let joined = above.iter().map(|cell| {
            let more = below.iter().find(|other| other.col == cell.col).and_then(Cell::text);
            let text = [cell.text().unwrap_or_default(), more.unwrap_or_default()].join(" ");
            Cell::new(cell.row, cell.col, Value::Text(text.trim().into()))
        });
        let joined: Vec<Cell> = joined.collect();
        Some(Heading::of(&joined, titled))
    }

    fn has(&self, part: Part) -> bool {
        self.columns.iter().any(|column| column.part == part && !column.prior)
    }

    fn speaks(&self, titled: bool) -> bool {
        let amounts = self.columns.iter().filter(|column| column.part.is_amount()).count();
        let names = self.has(Part::Account) || self.has(Part::Name) || self.has(Part::Voucher) || self.has(Part::Date);
        let speaks = (amounts > 0 && names && self.columns.len() >= 2) || (amounts > 1 && titled);
        !self.has_figures && speaks
    }

    fn is_of_list(&self, report: Option<&'static str>) -> bool {
        let has = |part| self.has(part);
        // A budget beside balances without what moved them is a statement with accounts for lines, and all of it is to
        // be read.
        let moves = self.columns.iter().any(|column| column.part.is_amount() && column.part != Part::Closing);
        report.is_some() && (moves || !self.budgeted)
            || (has(Part::Closing) && (has(Part::Opening) || has(Part::Carried) || has(Part::Change)))
            || (has(Part::Debit) && has(Part::Credit))
            || (has(Part::Voucher) && has(Part::Account) && has(Part::Amount))
    }
}

fn column(col: u32, text: &str) -> Option<Column> {
    let said = exports::column(text)?;
    let years = heading::read(text).years;
    let column =
        Column { col, part: Part::of(said.name)?, credit: false, prior: said.prior, year: years.last().copied() };
    // `Saldo debet` is the debit side of a balance.
    Some(Column { credit: column.part.is_amount() && said.side == Some("credit"), ..column })
}

/// So many columns of months are a year's, or the part of it that has gone.
const MONTHS: usize = 3;

/// The changes month by month of a list that has what they come to as well: its balances, or a total beside them.
fn months(cells: &[Cell], known: &[Column]) -> Vec<Column> {
    let new = |cell: &&Cell| known.iter().all(|column| column.col != cell.col);
    let column = |cell: &Cell, part| Column { col: cell.col, part, credit: false, prior: false, year: None };
    let mut months: Vec<Column> =
        cells.iter().filter(new).filter(|cell| is_month(cell)).map(|cell| column(cell, Part::Change)).collect();
    let has = |part: Part| known.iter().any(|column| column.part == part && !column.prior);
    let last = months.last().map_or(0, |month| month.col);
    if months.len() < MONTHS || !has(Part::Account) || has(Part::Change) {
        return Vec::new();
    }
    if !has(Part::Closing) {
        let total = |cell: &&Cell| cell.col > last && cell.text().is_some_and(words::says_total);
        let Some(total) = cells.iter().filter(new).find(total) else { return Vec::new() };
        months.push(column(total, Part::Closing));
    }
    months
}

/// Whether a month is all that a cell says: `jan`, `202401`, `2024-01-01`.
fn is_month(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(amount) => amount.value.whole().is_some_and(|digits| heading::year_and_month(digits).is_some()),
        Value::Date(date) => date.day == 1,
        Value::Text(text) => {
            let read = heading::read(text);
            read.month.is_some() && read.rest.is_empty() && read.measure.is_none()
        }
        _ => false,
    }
}

/// A column that is headed `Debet` or `Kredit` under a balance or a change, whose heading goes over both: it stands over
/// the first of them, as `Period: 2024` over the accounts does not.
fn side(above: &[Cell], below: &[Cell], (col, text): (u32, &str)) -> Option<Column> {
    let own = column(col, text)?;
    let (first, over) = texts(above).filter(|(over, _)| *over <= col).last()?;
    let part = column(col, over).filter(|over| over.part.is_amount())?;
    let is_side = |part: Part| matches!(part, Part::Debit | Part::Credit);
    texts(below).find(|(other, text)| *other == first && column(first, text).is_some_and(|c| is_side(c.part)))?;
    match own.part {
        Part::Debit => Some(part),
        Part::Credit => Some(Column { credit: true, ..part }),
        _ => None,
    }
}

/// The year that is all a cell says.
fn year(cell: &Cell) -> Option<i32> {
    let year = match &cell.value {
        Value::Number(amount) => i32::try_from(amount.value.whole()?).ok()?,
        Value::Text(text) if text.trim().len() == 4 => text.trim().parse().ok()?,
        _ => return None,
    };
    (1990..2100).contains(&year).then_some(year)
}
