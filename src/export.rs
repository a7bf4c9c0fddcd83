//! Grid → ledger: the lists of accounts and vouchers that bookkeeping programs export as sheets.
//!
//! A sheet is such a list by its content: a heading that names columns of balances or of debit and credit, and rows
//! that begin with accounts, or that are rows of vouchers. Which program wrote it is never asked.

mod balances;
mod journal;
mod layout;
mod packed;
mod preamble;
mod rows;
mod signs;
mod sums;

use crate::grid::{Grid, Source};
use crate::ledger::{Account, Form, Journal, Ledger, Stated, Transaction, Voucher};
use layout::Layout;
pub use packed::{Packed, packed};
use preamble::Preamble;

/// The ledger that a sheet is; `None` where it is something else.
pub fn ledger(index: u32, grid: &Grid) -> Option<Ledger> {
    if grid.source == Source::Ledger {
        return None;
    }
    let layout = Layout::of(grid)?;
    let preamble = Preamble::of(grid, &layout);
    let told = match layout.is_journal() {
        true => journal::read(grid, &layout, &preamble),
        false => balances::read(grid, &layout, &preamble),
    }?;
    let Told { accounts, journal, stated, transactions, years } = told;
    Some(Ledger {
        grid: index,
        form: Form::Export,
        header: preamble.header,
        years,
        accounts,
        dimensions: Vec::new(),
        objects: Vec::new(),
        journal,
        checksum: None,
        records: grid.rows().count() as u64,
        faults: Vec::new(),
        transactions,
        stated,
        part: None,
    })
}

/// What the body of a list tells.
struct Told {
    accounts: Vec<Account>,
    years: Vec<crate::ledger::Year>,
    journal: Journal,
    stated: Vec<Stated>,
    transactions: Option<Vec<(Voucher, Vec<Transaction>)>>,
}
