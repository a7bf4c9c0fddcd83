//! The books behind the statements: accounts, balances, movements and vouchers, whatever file told them.
//!
//! Signs are the ledger's: debit is positive, credit negative. Amounts are in the ledger's currency, to the last öre.
//! A ledger holds sums, not transactions: its size grows with accounts and periods. Where transactions are needed,
//! they were either kept ([`Ledger::transactions`]) or can be read again from the file.

mod balance;
mod fault;
mod part;
mod stated;
mod voucher;

pub use balance::{Expected, Followed, Totals};
pub use fault::{Fault, Odd};
pub use part::Part;
pub use stated::{Of, Stated};
pub use voucher::{Day, Journal, RowKind, Series, Transaction, Voucher};

use crate::grid::At;
use crate::money::Money;
use crate::period::Date;

/// Where in a ledger's grid something is said: for a text file the row is the line (from 0) and the column is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub row: u32,
    pub col: u32,
}

impl Place {
    pub fn line(row: u32) -> Place {
        Place { row, col: 0 }
    }
}

/// A text of the file, at its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub place: Place,
}

/// An amount of the file, at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub value: Money,
    pub place: Place,
}

/// What kind of file told the ledger: it decides what its silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Closing balances of the years.
    Sie1,
    /// Type 1 and changes of each period.
    Sie2,
    /// Type 2 and balances of objects.
    Sie3,
    /// Balances and all vouchers.
    Sie4E,
    /// Vouchers to be imported: no balances, and accounts only where somebody cared.
    Sie4I,
    Sie5,
    /// Vouchers to be imported, in the form of SIE 5.
    Sie5Entry,
    /// A report of a bookkeeping program, exported as a sheet.
    Export,
}

impl Form {
    /// Whether it holds a choice of vouchers to be imported, not the books of a year.
    pub fn is_choice(self) -> bool {
        matches!(self, Form::Sie4I | Form::Sie5Entry)
    }

    pub fn code(self) -> &'static str {
        match self {
            Form::Sie1 => "1",
            Form::Sie2 => "2",
            Form::Sie3 => "3",
            Form::Sie4E => "4E",
            Form::Sie4I => "4I",
            Form::Sie5 => "5",
            Form::Sie5Entry => "5 entry",
            Form::Export => "export",
        }
    }
}

/// The books of one organisation, as one file tells them.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The grid of the book that its places are in.
    pub grid: u32,
    pub form: Form,
    pub header: Header,
    /// The latest first: 0, −1, …
    pub years: Vec<Year>,
    /// In the order of their numbers.
    pub accounts: Vec<Account>,
    pub dimensions: Vec<Dimension>,
    pub objects: Vec<Object>,
    pub journal: Journal,
    pub checksum: Option<Checksum>,
    /// How many lines with something on them the file has.
    pub records: u64,
    /// Records that are not as they should be, in the order of the file.
    pub faults: Vec<Fault>,
    /// Every row of every voucher, where they were kept.
    pub transactions: Option<Vec<(Voucher, Vec<Transaction>)>>,
    /// Equations that the file states between its figures.
    pub stated: Vec<Stated>,
    /// What of it is the förbund's, where the settings say that only some objects are.
    pub part: Option<Part>,
}

/// Who, when and by which program.
#[derive(Clone, Debug, Default)]
pub struct Header {
    pub program: Option<Said>,
    pub version: Option<Said>,
    /// The encoding that the file says it has (`PC8`).
    pub format: Option<Said>,
    /// The one that its letters have.
    pub encoding: &'static str,
    pub generated: Option<Date>,
    pub name: Option<Said>,
    /// As written: `556334-3689`.
    pub organisation: Option<Said>,
    /// The kind of organisation by its code (`AB`, `OFB`).
    pub legal_form: Option<Said>,
    /// The chart of accounts by its code (`EUBAS97`).
    pub chart: Option<Said>,
    pub currency: Option<Said>,
    /// The last day that the periods' changes cover, where that is told.
    pub covers: Option<Date>,
    /// The type as the file says it.
    pub kind: Option<Said>,
}

/// A financial year: 0 is the ledger's own, −1 the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    pub index: i32,
    pub from: Date,
    pub to: Date,
    pub place: Place,
}

impl Year {
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    fn holds_month(&self, year: i32, month: u8) -> bool {
        let month = (year, month);
        (self.from.year, self.from.month) <= month && month <= (self.to.year, self.to.month)
    }
}

/// What kind of account the file says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKind {
    Asset,
    /// Liabilities and equity.
    Liability,
    Cost,
    Income,
}

#[derive(Clone, Debug, Default)]
pub struct Account {
    /// As written: mostly digits, not always.
    pub number: String,
    pub name: String,
    pub kind: Option<AccountKind>,
    /// Codes of the tax form.
    pub tax_codes: Vec<String>,
    /// Where it is declared; `None` if it is used only.
    pub declared: Option<Place>,
    /// Where it is first used, if it is.
    pub used: Option<Place>,
    pub balances: Vec<Balance>,
    pub objects: Vec<ObjectBalance>,
    pub periods: Vec<PeriodFigure>,
    /// What the vouchers move, by the month of their dates, in order.
    pub movements: Vec<Movement>,
}

/// The balances of an account in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    pub year: i32,
    pub opening: Option<Figure>,
    pub closing: Option<Figure>,
    /// Of an account of the income statement.
    pub result: Option<Figure>,
}

/// The balances of an object on an account in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectBalance {
    pub year: i32,
    /// Dimensions and objects: `1`, `100`.
    pub objects: Vec<(String, String)>,
    pub opening: Option<Figure>,
    pub closing: Option<Figure>,
}

/// The change in a period, or what was budgeted for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodFigure {
    /// Of which financial year.
    pub index: i32,
    /// The month.
    pub year: i32,
    pub month: u8,
    pub budget: bool,
    /// Empty for the account as a whole; the objects' figures are parts of that.
    pub objects: Vec<(String, String)>,
    pub figure: Figure,
}

/// What the vouchers of a month move on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    pub year: i32,
    pub month: u8,
    pub sum: Money,
    pub rows: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    pub number: String,
    pub name: String,
    pub parent: Option<String>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    pub dimension: String,
    pub number: String,
    pub name: String,
    pub place: Place,
}

/// The file's own check sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// `None` where it is opened and never closed.
    pub stated: Option<u32>,
    pub computed: u32,
    pub place: Place,
}

impl Ledger {
    pub fn at(&self, place: Place) -> At {
        At { grid: self.grid, row: place.row, col: place.col }
    }

    pub fn year(&self, index: i32) -> Option<&Year> {
        self.years.iter().find(|year| year.index == index)
    }

    pub fn account(&self, number: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.number == number)
    }

    /// Whether all accounts are there, so that a sum of them that is not zero tells something. A list that was exported
    /// may be of some accounts only, have rounded figures, or be wrong in a figure that is told already.
    pub fn can_balance(&self, off: Money) -> bool {
        let has = |class: char| self.accounts.iter().any(|account| account.number.starts_with(class));
        let rounding = Money::new(5 * self.accounts.len() as i64, 1);
        let whole = has('1') && has('2') && !self.has_vouchers() && self.stated.iter().all(Stated::holds);
        self.form != Form::Export || (whole && (off.is_zero() || rounding < off.abs()))
    }

    /// Whether vouchers are all there: a file without them says nothing about movements.
    pub fn has_vouchers(&self) -> bool {
        self.journal.vouchers > 0
    }
}

impl Account {
    pub fn balance(&self, year: i32) -> Option<&Balance> {
        self.balances.iter().find(|balance| balance.year == year)
    }

    /// What the vouchers move in a year.
    pub fn moved(&self, year: &Year) -> Money {
        self.movements.iter().filter(|moved| year.holds_month(moved.year, moved.month)).map(|moved| moved.sum).sum()
    }

    /// Whether it is of the assets: by what the file says of it, else by its first digit.
    pub fn is_asset(&self) -> bool {
        self.kind.map_or_else(|| self.number.starts_with('1'), |kind| kind == AccountKind::Asset)
    }

    /// Whether it belongs to the balance sheet: by what the file says of it, else by its figures, else by its first
    /// digit, as all Swedish charts have it.
    pub fn is_balance(&self) -> bool {
        match self.kind {
            Some(AccountKind::Asset | AccountKind::Liability) => true,
            Some(AccountKind::Cost | AccountKind::Income) => false,
            None => self.number.starts_with(['1', '2']),
        }
    }
}
