//! The records of a SIE file → the ledger, one line at a time, in whatever order they come.
//!
//! Which encoding the texts have is known when the last letter was seen: until then a [`String`] of the ledger holds a
//! byte a character (see [`super::spelling`]).

use std::collections::{BTreeMap, HashMap};

use super::amount::{self, Sum};
use super::checksum::Running;
use super::fields::{Fields, unescaped};
use super::spelling::bytes_as_chars;
use super::vouchers::Vouchers;
use crate::grid::{Cell, Value};
use crate::ledger::{
    Account, AccountKind, Balance, Dimension, Fault, Figure, Header, Object, ObjectBalance, Odd, PeriodFigure, Place,
    Said, Year,
};

/// How many places of one kind of fault are remembered; the rest are counted.
const PLACES: usize = 200;
/// How many lines are kept to be shown. What moves accounts is not among them, and charts of accounts are shorter.
const SHOWN: usize = 100_000;

/// The ledger while it is read.
#[derive(Default)]
pub(super) struct Records {
    pub header: Header,
    pub years: Vec<Year>,
    pub accounts: Vec<Account>,
    pub dimensions: Vec<Dimension>,
    pub objects: Vec<Object>,
    pub faults: BTreeMap<Odd, Fault>,
    pub count: u64,
    pub checksum: Running,
    pub vouchers: Vouchers,
    /// What the vouchers move on each account, by year and month.
    pub moves: Vec<Vec<Moved>>,
    /// Lines that something is said about.
    pub shown: Vec<Cell>,
    index: HashMap<Box<[u8]>, usize>,
    /// The same for accounts of four digits, as nearly all are: the index and one, 0 for none.
    short: Vec<u32>,
}

/// What the vouchers of a month move on an account.
#[derive(Clone, Copy)]
pub(super) struct Moved {
    pub month: (i32, u8),
    pub sum: Sum,
    pub rows: u32,
}

/// Which balance a record tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Opening,
    Closing,
    Result,
}

impl Records {
    /// Takes a line without its end; `row` is its number from 0.
    pub fn line(&mut self, row: u32, line: &[u8]) {
        let line = line.trim_ascii_start();
        let place = Place::line(row);
        match line.first() {
            None => return,
            Some(b'{') if line.trim_ascii_end() == b"{" => return self.begin_rows(place),
            Some(b'}') if line.trim_ascii_end() == b"}" => return self.end_rows(place),
            Some(b'#') => {}
            // The mark of the end in files from DOS.
            Some(0x1a | 0) if line.iter().all(|b| matches!(b, 0x1a | 0)) => return,
            Some(_) => return self.fault(Odd::NotARecord, place, line),
        }
        self.count += 1;
        let mut fields = Fields::new(line);
        let label = fields.text();
        if self.checksum.is_open() && !label.eq_ignore_ascii_case(b"#KSUMMA") {
            self.checksum.record(line);
        }
        let taken = match label {
            b"#TRANS" => self.row(place, &mut fields, line),
            b"#VER" => self.voucher(place, &mut fields, line),
            _ => {
                let upper = label.to_ascii_uppercase();
                if !matches!(upper.as_slice(), b"#TRANS" | b"#RTRANS" | b"#BTRANS" | b"#VER") && self.leave_voucher() {
                    self.fault(Odd::VoucherOpen, place, line);
                }
                let taken = self.record(&upper, place, &mut fields, line);
                let moves = matches!(upper.as_slice(), b"#PSALDO" | b"#PBUDGET" | b"#RTRANS" | b"#BTRANS");
                if !moves && self.shown.len() < SHOWN {
                    self.show(place, line);
                }
                taken
            }
        };
        // What is not asked for can be written wrongly too.
        fields.by_ref().for_each(drop);
        if let Some(odd) = taken.err().or(fields.odd) {
            self.fault(odd, place, line);
        }
        if line.iter().fold(false, |odd, b| odd | ((*b < 32 && *b != b'\t') || *b == 127)) {
            self.fault(Odd::ControlCharacter, place, line);
        }
    }

    fn record(&mut self, label: &[u8], place: Place, fields: &mut Fields, line: &[u8]) -> Result<(), Odd> {
        match label {
            b"#TRANS" => return self.row(place, fields, line),
            b"#VER" => return self.voucher(place, fields, line),
            b"#RTRANS" => self.corrected(true, place, fields, line),
            b"#BTRANS" => self.corrected(false, place, fields, line),
            b"#KSUMMA" => match (self.checksum.is_open(), amount::number(fields.text())) {
                (true, Some(stated)) => self.checksum.close(stated as u32, place),
                _ => self.checksum.open(place),
            },
            b"#KONTO" => return self.declare(place, fields),
            b"#KTYP" => {
                let account = self.account(fields.text());
                let kind = fields.text().first().map(u8::to_ascii_uppercase);
                self.accounts[account].kind = match kind {
                    Some(b'T') => Some(AccountKind::Asset),
                    Some(b'S') => Some(AccountKind::Liability),
                    Some(b'K') => Some(AccountKind::Cost),
                    Some(b'I') => Some(AccountKind::Income),
                    _ => return Err(Odd::FieldMissing),
                };
            }
            b"#SRU" => {
                let account = self.account(fields.text());
                let code = text(fields.text());
                self.accounts[account].tax_codes.push(code);
            }
            b"#IB" => return self.balance(Told::Opening, place, fields),
            b"#UB" => return self.balance(Told::Closing, place, fields),
            b"#RES" => return self.balance(Told::Result, place, fields),
            b"#OIB" => return self.object_balance(Told::Opening, place, fields),
            b"#OUB" => return self.object_balance(Told::Closing, place, fields),
            b"#PSALDO" => return self.period(false, place, fields),
            b"#PBUDGET" => return self.period(true, place, fields),
            b"#RAR" => return self.year(place, fields),
            b"#DIM" | b"#UNDERDIM" => {
                let (number, name, parent) = (text(fields.text()), text(fields.text()), text(fields.text()));
                let parent = (label == b"#UNDERDIM" && !parent.is_empty()).then_some(parent);
                self.dimensions.push(Dimension { number, name, parent, place });
            }
            b"#OBJEKT" => {
                let (dimension, number, name) = (text(fields.text()), text(fields.text()), text(fields.text()));
                self.objects.push(Object { dimension, number, name, place });
            }
            _ => return self.about(label, place, fields),
        }
        Ok(())
    }

    /// The records that say whose books these are.
    fn about(&mut self, label: &[u8], place: Place, fields: &mut Fields) -> Result<(), Odd> {
        let mut said = || Some(Said { text: text(fields.text()), place }).filter(|said| !said.text.is_empty());
        let header = &mut self.header;
        match label {
            b"#PROGRAM" => (header.program, header.version) = (said(), said()),
            b"#FORMAT" => header.format = said(),
            b"#SIETYP" => header.kind = said(),
            b"#FNAMN" => header.name = said(),
            b"#ORGNR" => header.organisation = said(),
            b"#FTYP" => header.legal_form = said(),
            b"#KPTYP" => header.chart = said(),
            b"#VALUTA" => header.currency = said(),
            b"#GEN" => header.generated = amount::date(fields.text())?,
            b"#OMFATTN" => header.covers = amount::date(fields.text())?,
            // Unknown labels are to be passed over.
            _ => {}
        }
        Ok(())
    }

    fn year(&mut self, place: Place, fields: &mut Fields) -> Result<(), Odd> {
        let index = amount::index(fields.text()).ok_or(Odd::YearUnreadable)?;
        let (from, to) = (amount::date(fields.text())?, amount::date(fields.text())?);
        let (Some(from), Some(to)) = (from, to) else { return Err(Odd::FieldMissing) };
        if self.years.iter().any(|year| year.index == index) {
            return Err(Odd::Repeated);
        }
        self.years.push(Year { index, from, to, place });
        Ok(())
    }

    fn declare(&mut self, place: Place, fields: &mut Fields) -> Result<(), Odd> {
        let number = fields.text();
        if number.is_empty() {
            return Err(Odd::FieldMissing);
        }
        let index = self.account(number);
        let name = text(fields.text());
        let account = &mut self.accounts[index];
        if account.declared.is_some() {
            return Err(Odd::Repeated);
        }
        (account.name, account.declared) = (name, Some(place));
        if number.iter().all(u8::is_ascii_digit) { Ok(()) } else { Err(Odd::AccountNotANumber) }
    }

    /// The account of a number, made where it is new.
    pub fn account(&mut self, number: &[u8]) -> usize {
        let short = match number {
            [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => {
                number.iter().fold(0, |value, b| value * 10 + usize::from(b - b'0'))
            }
            _ => 0,
        };
        match self.short.get(short) {
            Some(&index) if index > 0 => return index as usize - 1,
            _ => {}
        }
        if let Some(&index) = self.index.get(number) {
            return index;
        }
        let index = self.accounts.len();
        if short > 0 {
            self.short.resize(10_000, 0);
            self.short[short] = index as u32 + 1;
        }
        self.accounts.push(Account { number: text(number), ..Account::default() });
        self.moves.push(Vec::new());
        self.index.insert(number.into(), index);
        index
    }

    fn balance(&mut self, told: Told, place: Place, fields: &mut Fields) -> Result<(), Odd> {
        let year = amount::index(fields.text()).ok_or(Odd::YearUnreadable)?;
        let number = fields.text();
        let (value, odd) = amount::amount(fields.text())?;
        let index = self.account(number);
        let account = &mut self.accounts[index];
        account.used.get_or_insert(place);
        let balance = match account.balances.iter_mut().position(|balance| balance.year == year) {
            Some(at) => &mut account.balances[at],
            None => {
                account.balances.push(Balance { year, ..Balance::default() });
                let last = account.balances.len() - 1;
                &mut account.balances[last]
            }
        };
        let slot = match told {
            Told::Opening => &mut balance.opening,
            Told::Closing => &mut balance.closing,
            Told::Result => &mut balance.result,
        };
        let again = slot.replace(Figure { value: value.money(), place }).is_some();
        if again { Err(Odd::Repeated) } else { odd.map_or(Ok(()), Err) }
    }

    fn object_balance(&mut self, told: Told, place: Place, fields: &mut Fields) -> Result<(), Odd> {
        let year = amount::index(fields.text()).ok_or(Odd::YearUnreadable)?;
        let number = fields.text();
        let objects = objects(fields.objects().unwrap_or_default());
        let (value, odd) = amount::amount(fields.text())?;
        let index = self.account(number);
        let found = &mut self.accounts[index].objects;
        let at = found.iter().position(|balance| balance.year == year && balance.objects == objects);
        let at = at.unwrap_or_else(|| {
            found.push(ObjectBalance { year, objects, opening: None, closing: None });
            found.len() - 1
        });
        let slot = if told == Told::Opening { &mut found[at].opening } else { &mut found[at].closing };
        *slot = Some(Figure { value: value.money(), place });
        odd.map_or(Ok(()), Err)
    }

    fn period(&mut self, budget: bool, place: Place, fields: &mut Fields) -> Result<(), Odd> {
        let year_index = amount::index(fields.text()).ok_or(Odd::YearUnreadable)?;
        let (year, month) = amount::month(fields.text()).ok_or(Odd::DateUnreadable)?;
        let number = fields.text();
        let objects = objects(fields.objects().unwrap_or_default());
        let (value, odd) = amount::amount(fields.text())?;
        let index = self.account(number);
        let figure = Figure { value: value.money(), place };
        self.accounts[index].periods.push(PeriodFigure { index: year_index, year, month, budget, objects, figure });
        odd.map_or(Ok(()), Err)
    }

    pub fn fault(&mut self, odd: Odd, place: Place, line: &[u8]) {
        let fault = self.faults.entry(odd).or_insert_with(|| Fault { odd, times: 0, places: Vec::new() });
        fault.times += 1;
        if fault.places.len() < PLACES {
            fault.places.push(place);
            self.show(place, line);
        }
    }

    /// Keeps a line to be shown beside what is said of it.
    pub fn show(&mut self, place: Place, line: &[u8]) {
        let mut cell = Cell::new(place.row, place.col, Value::Text("".into()));
        cell.value = Value::Text(bytes_as_chars(line.trim_ascii_end()).into());
        self.shown.push(cell);
    }
}

/// A field as a text, a byte a character.
pub(super) fn text(field: &[u8]) -> String {
    bytes_as_chars(unescaped(field).trim_ascii())
}

/// The pairs of dimension and object of a list.
pub(super) fn objects(inside: &[u8]) -> Vec<(String, String)> {
    let mut fields = Fields::new(inside);
    let mut pairs = Vec::new();
    loop {
        let dimension = fields.text();
        if dimension.is_empty() {
            return pairs;
        }
        pairs.push((text(dimension), text(fields.text())));
    }
}
