//! Vouchers as they stream by: each is summed and forgotten, unless something is wrong with it.

use std::collections::{BTreeMap, HashMap};

use super::amount::{self, Sum};
use super::fields::Fields;
use super::records::{Moved, Records, objects, text};
use super::series::Numbers;
use crate::ledger::{Day, Journal, Odd, Place, RowKind, Series, Transaction, Voucher};
use crate::period::Date;

/// How many vouchers that do not balance are remembered one by one, and how many rows of each are shown.
const REMEMBERED: usize = 100;
const ROWS_SHOWN: usize = 40;

/// The vouchers of a file, taken together, and the one that is open.
#[derive(Default)]
pub(super) struct Vouchers {
    pub journal: Journal,
    /// Keep every row.
    pub keep: bool,
    pub kept: Vec<(Voucher, Vec<Transaction>)>,
    open: Option<Open>,
    series: HashMap<Box<[u8]>, Numbers>,
    days: BTreeMap<Date, Day>,
    /// The day of the voucher before: they come by date, mostly.
    day: Option<Day>,
    /// The lines of the open voucher, each after its length.
    lines: Vec<u8>,
    shown: usize,
}

/// The voucher that is read.
struct Open {
    place: Place,
    head: Vec<u8>,
    date: Option<Date>,
    /// Its rows stand between braces, as they should.
    braced: bool,
    rows: u32,
    sum: Sum,
    /// A row could not be read, so the sum says nothing.
    unknown: bool,
    transactions: Vec<Transaction>,
}

impl Records {
    pub fn voucher(&mut self, place: Place, fields: &mut Fields, line: &[u8]) -> Result<(), Odd> {
        let left_open = self.leave_voucher();
        let (series, number) = (fields.text(), fields.text());
        let date = amount::date(fields.text());
        let vouchers = &mut self.vouchers;
        vouchers.journal.vouchers += 1;
        match date {
            Ok(Some(date)) => vouchers.date(date, place),
            _ => vouchers.journal.undated += 1,
        }
        match vouchers.series.get_mut(series) {
            Some(numbers) => numbers.take(amount::number(number), place),
            None => {
                let mut numbers = Numbers::new(place);
                numbers.take(amount::number(number), place);
                vouchers.series.insert(series.into(), numbers);
            }
        }
        vouchers.lines.clear();
        vouchers.shown = 0;
        vouchers.open = Some(Open {
            place,
            head: line.to_vec(),
            date: date.as_ref().ok().copied().flatten(),
            braced: false,
            rows: 0,
            sum: Sum::default(),
            unknown: false,
            transactions: Vec::new(),
        });
        // A brace at the end of the line instead of below it.
        if fields.clone().any(|field| matches!(field, super::fields::Field::Objects(b""))) {
            self.begin_rows(place);
        }
        match (left_open, date) {
            (true, _) => Err(Odd::VoucherOpen),
            (_, Err(odd)) => Err(odd),
            (_, Ok(None)) => Err(Odd::FieldMissing),
            _ => Ok(()),
        }
    }

    pub fn begin_rows(&mut self, place: Place) {
        match &mut self.vouchers.open {
            Some(open) if !open.braced => open.braced = true,
            _ => self.fault(Odd::OutsideVoucher, place, b"{"),
        }
    }

    pub fn end_rows(&mut self, place: Place) {
        if !self.vouchers.open.as_ref().is_some_and(|open| open.braced) {
            self.fault(Odd::OutsideVoucher, place, b"}");
        }
        self.finish_voucher();
    }

    pub fn row(&mut self, place: Place, fields: &mut Fields, line: &[u8]) -> Result<(), Odd> {
        let number = fields.text();
        let list = fields.objects().unwrap_or_default();
        let amount = amount::amount(fields.text());
        let vouchers = &mut self.vouchers;
        let Some(open) = &mut vouchers.open else { return Err(Odd::OutsideVoucher) };
        if vouchers.shown < ROWS_SHOWN {
            vouchers.shown += 1;
            vouchers.lines.extend_from_slice(&place.row.to_le_bytes());
            vouchers.lines.extend_from_slice(&(line.len() as u32).to_le_bytes());
            vouchers.lines.extend_from_slice(line);
        }
        let (amount, odd) = match amount {
            Ok(read) => read,
            Err(odd) => {
                open.unknown = true;
                return Err(odd);
            }
        };
        vouchers.journal.rows += 1;
        open.rows += 1;
        open.sum.add(amount);
        let (braced, date) = (open.braced, open.date);
        if vouchers.keep {
            let transaction = transaction(RowKind::Counts, number, list, amount, place, fields);
            open.transactions.push(transaction);
        }
        let account = self.account(number);
        let known = &mut self.accounts[account];
        let first = known.used.is_none() && known.declared.is_none();
        known.used.get_or_insert(place);
        if first {
            self.show(place, line);
        }
        if let Some(date) = date {
            self.moved(account, (date.year, date.month), amount);
        }
        match (odd, braced, number.is_empty()) {
            (Some(odd), ..) => Err(odd),
            (None, false, _) => Err(Odd::OutsideVoucher),
            (.., true) => Err(Odd::FieldMissing),
            _ => Ok(()),
        }
    }

    fn moved(&mut self, account: usize, month: (i32, u8), amount: amount::Amount) {
        let moves = &mut self.moves[account];
        // Vouchers come by date, mostly: the month of the row before is tried first.
        let at = match moves.last() {
            Some(last) if last.month == month => moves.len() - 1,
            _ => match moves.binary_search_by_key(&month, |moved| moved.month) {
                Ok(at) => at,
                Err(at) => {
                    moves.insert(at, Moved { month, sum: Sum::default(), rows: 0 });
                    at
                }
            },
        };
        moves[at].sum.add(amount);
        moves[at].rows += 1;
    }

    /// A row that was added or struck afterwards: it counts for nothing.
    pub fn corrected(&mut self, added: bool, place: Place, fields: &mut Fields, line: &[u8]) {
        let number = fields.text();
        let list = fields.objects().unwrap_or_default();
        let amount = amount::amount(fields.text());
        let vouchers = &mut self.vouchers;
        *(if added { &mut vouchers.journal.added } else { &mut vouchers.journal.struck }) += 1;
        if let (Some(open), Ok((amount, _)), true) = (&mut vouchers.open, amount, vouchers.keep) {
            let kind = if added { RowKind::Added } else { RowKind::Struck };
            open.transactions.push(transaction(kind, number, list, amount, place, fields));
        }
        if vouchers.journal.corrected.len() < REMEMBERED {
            vouchers.journal.corrected.push(place);
            self.show(place, line);
        }
    }

    /// Ends the voucher because something else begins; says whether its closing brace is missing.
    pub fn leave_voucher(&mut self) -> bool {
        let left_open = self.vouchers.open.as_ref().is_some_and(|open| open.braced);
        self.finish_voucher();
        left_open
    }

    /// Sums up the voucher that is open, if one is.
    pub fn finish_voucher(&mut self) {
        let Some(open) = self.vouchers.open.take() else { return };
        let journal = &mut self.vouchers.journal;
        journal.empty += u64::from(open.rows == 0 && !open.unknown);
        let unbalanced = !open.unknown && !open.sum.is_zero();
        journal.unbalanced += u64::from(unbalanced);
        let remembered = unbalanced && journal.unbalanced_first.len() < REMEMBERED;
        if !remembered && !self.vouchers.keep {
            return;
        }
        let mut fields = Fields::new(&open.head);
        let mut said = || text(fields.text());
        let (_, series, number, _, words) = (said(), said(), said(), said(), said());
        let (rows, sum) = (open.rows, open.sum.money());
        let voucher = Voucher { series, number, date: open.date, text: words, rows, sum, place: open.place };
        if remembered {
            self.vouchers.journal.unbalanced_first.push(voucher.clone());
            self.show(open.place, &open.head);
            let lines = std::mem::take(&mut self.vouchers.lines);
            let mut rest = lines.as_slice();
            while let Some((head, after)) = rest.split_first_chunk::<8>() {
                let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
                let (line, after) = after.split_at(number(4) as usize);
                self.show(Place::line(number(0)), line);
                rest = after;
            }
            self.vouchers.lines = lines;
        }
        if self.vouchers.keep {
            self.vouchers.kept.push((voucher, open.transactions));
        }
    }
}

impl Vouchers {
    fn date(&mut self, date: Date, place: Place) {
        match &mut self.day {
            Some(day) if day.date == date => day.vouchers += 1,
            _ => {
                self.store_day();
                self.day = Some(Day { date, vouchers: 1, place });
            }
        }
    }

    fn store_day(&mut self) {
        if let Some(day) = self.day.take() {
            self.days.entry(day.date).and_modify(|known| known.vouchers += day.vouchers).or_insert(day);
        }
    }

    /// What the vouchers were, all together.
    pub fn finish(mut self) -> Journal {
        self.store_day();
        let mut journal = self.journal;
        journal.days = self.days.into_values().collect();
        journal.series = self.series.into_iter().map(|(name, numbers)| numbers.finish(text(&name))).collect();
        journal.series.sort_by_key(|series: &Series| series.place);
        journal
    }
}

fn transaction(
    kind: RowKind,
    number: &[u8],
    list: &[u8],
    amount: amount::Amount,
    place: Place,
    fields: &mut Fields,
) -> Transaction {
    let date = amount::date(fields.text()).ok().flatten();
    Transaction {
        account: text(number),
        objects: objects(list),
        amount: amount.money(),
        date,
        text: text(fields.text()),
        kind,
        place,
    }
}
