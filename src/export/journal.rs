//! Lists of vouchers: huvudbok (by account) and verifikationslista (by voucher), their rows grouped or flat.

use std::collections::{BTreeMap, HashMap};

use super::Told;
use super::layout::{Layout, Part};
use super::preamble::Preamble;
use super::rows::{account, figure, sign, texts, written};
use crate::grid::{Cell, Grid, Value};
use crate::ledger::{
    Account, Balance, Day, Figure, Journal, Movement, Of, Place, RowKind, Series, Stated, Transaction, Voucher, Year,
};
use crate::money::Money;
use crate::period::Date;
use crate::table::dates;
use crate::words::{self, exports};
use crate::written::DecimalSign;

/// So many rows make a list.
const ROWS: usize = 4;
/// How many vouchers that do not balance are remembered one by one.
const REMEMBERED: usize = 200;

pub(super) fn read(grid: &Grid, layout: &Layout, preamble: &Preamble) -> Option<Told> {
    let mut reader = Reader::new(layout, sign(grid));
    for (_, cells) in grid.rows().filter(|(row, _)| *row > layout.row) {
        reader.row(cells);
    }
    reader.close_group();
    let rows: usize = reader.vouchers.iter().map(|(_, rows)| rows.len()).sum();
    if rows < ROWS || 2 * reader.strange > rows {
        return None;
    }
    let years = match preamble.span {
        Some(_) => preamble.years(false, false),
        None => year_of(&reader.vouchers, layout.row).into_iter().collect(),
    };
    let journal = journal(&reader.vouchers);
    let mut accounts: Vec<Account> = reader.accounts.into_values().collect();
    move_accounts(&mut accounts, &reader.vouchers);
    let stated = reader.stated;
    Some(Told { accounts, years, journal, stated, transactions: Some(reader.vouchers) })
}

struct Reader<'l> {
    layout: &'l Layout,
    sign: DecimalSign,
    accounts: BTreeMap<String, Account>,
    vouchers: Vec<(Voucher, Vec<Transaction>)>,
    /// Where each voucher is, by series and number.
    index: HashMap<(String, String), usize>,
    /// The account, and the voucher, that the rows below belong to.
    account: Option<String>,
    voucher: Option<Voucher>,
    /// The sides of the rows since the last total: figures with their columns.
    since: Vec<(u32, Figure)>,
    /// The same of all rows, until there is a total.
    all: Vec<(u32, Figure)>,
    totalled: bool,
    running: Option<Figure>,
    stated: Vec<Stated>,
    /// Rows with amounts that were not understood.
    strange: usize,
}

impl<'l> Reader<'l> {
    fn new(layout: &'l Layout, sign: DecimalSign) -> Reader<'l> {
        Reader {
            layout,
            sign,
            accounts: BTreeMap::new(),
            vouchers: Vec::new(),
            index: HashMap::new(),
            account: None,
            voucher: None,
            since: Vec::new(),
            all: Vec::new(),
            totalled: false,
            running: None,
            stated: Vec::new(),
            strange: 0,
        }
    }

    fn row(&mut self, cells: &[Cell]) {
        let at = |part: Part| self.layout.col(part).and_then(|col| cells.iter().find(|cell| cell.col == col));
        let amount = |part: Part| at(part).and_then(|cell| figure(cell, self.sign));
        let (debit, credit, whole) = (amount(Part::Debit), amount(Part::Credit), amount(Part::Amount));
        let closing = amount(Part::Closing);
        // Columns that most rows leave blank may have become one: `A 12    2024-01-31`.
        let voucher = at(Part::Voucher).and_then(written);
        let (number, beside) = voucher.as_deref().map_or(("", ""), |text| text.split_once("  ").unwrap_or((text, "")));
        let date = at(Part::Date).and_then(day).or_else(|| dates::take(&mut beside.to_owned()).first().copied());
        let number = Some(number.to_owned()).filter(|text| is_voucher(text));
        let name = || at(Part::Name).and_then(Cell::text).map(|name| name.trim().to_owned()).unwrap_or_default();
        let own = at(Part::Account).and_then(|cell| Some((cell, account(cell)?)));
        let own = own.map(|(cell, (number, own))| (cell, (number, if own.is_empty() { name() } else { own })));
        let sides = debit.or(credit).or(whole);
        let word = texts(cells).find_map(|(_, text)| {
            let said = exports::column(text).map(|said| said.name);
            let said = said.filter(|name| matches!(*name, "opening" | "carried" | "closing" | "turnover"));
            said.or_else(|| words::says_total(text).then_some("turnover"))
        });
        if let Some(word) = word.filter(|_| date.is_none() && number.is_none()) {
            let last = cells.iter().rev().find_map(|cell| figure(cell, self.sign));
            return self.told(word, [debit, credit, whole], last, cells);
        }
        if let (Some(number), None) = (&number, sides) {
            self.close_group();
            self.voucher = Some(self.named(number, date, cells));
            return;
        }
        if sides.is_none() {
            return self.head(cells, own);
        }
        let voucher = match (number, &self.voucher) {
            (Some(number), _) => Some(self.named(&number, date, cells)),
            (None, Some(open)) => Some(open.clone()),
            (None, None) => date.map(|_| self.named("", date, cells)),
        };
        let account = own.map(|(cell, (number, name))| self.declare(&number, &name, cell)).or(self.account.clone());
        let (Some(voucher), Some(account)) = (voucher, account) else {
            self.strange += 1;
            return;
        };
        self.transaction(voucher, account, [debit, credit, whole], closing, cells);
    }

    /// A row without amounts: the head of an account, or words.
    fn head(&mut self, cells: &[Cell], own: Option<(&Cell, (String, String))>) {
        let first = cells.iter().find(|cell| written(cell).is_some());
        let found = own.or_else(|| first.and_then(|cell| Some((cell, account(cell)?))));
        let Some((cell, (number, name))) = found else { return };
        let beside = texts(cells).find(|(col, text)| *col > cell.col && text.starts_with(char::is_alphabetic));
        let name = if name.is_empty() { beside.map(|(_, text)| text).unwrap_or_default() } else { &name };
        if name.is_empty() {
            return;
        }
        self.close_group();
        self.account = Some(self.declare(&number, name, cell));
        (self.voucher, self.running) = (None, None);
    }

    fn declare(&mut self, number: &str, name: &str, cell: &Cell) -> String {
        let place = Place { row: cell.row, col: cell.col };
        let known = self.accounts.entry(number.to_owned()).or_insert_with(|| Account {
            number: number.to_owned(),
            name: name.to_owned(),
            declared: Some(place),
            used: Some(place),
            ..Account::default()
        });
        if known.name.is_empty() {
            known.name = name.to_owned();
        }
        number.to_owned()
    }

    fn named(&self, number: &str, date: Option<Date>, cells: &[Cell]) -> Voucher {
        let at = |part: Part| self.layout.col(part).and_then(|col| cells.iter().find(|cell| cell.col == col));
        let digits = number.find(|c: char| c.is_ascii_digit()).unwrap_or(number.len());
        let (letters, rest) = number.split_at(digits);
        let series = at(Part::Series).and_then(written).unwrap_or_default();
        let letters = letters.trim_matches(|c: char| !c.is_alphanumeric());
        let place = cells.first().map(|cell| Place { row: cell.row, col: cell.col }).unwrap_or_default();
        Voucher {
            series: if series.is_empty() { letters.to_owned() } else { series },
            number: rest.to_owned(),
            date,
            text: at(Part::Text).and_then(written).unwrap_or_default(),
            rows: 0,
            sum: Money::ZERO,
            place,
        }
    }

    fn transaction(
        &mut self,
        voucher: Voucher,
        account: String,
        [debit, credit, whole]: [Option<Figure>; 3],
        closing: Option<Figure>,
        cells: &[Cell],
    ) {
        let value = |figure: Option<Figure>| figure.map_or(Money::ZERO, |figure| figure.value);
        let amount = value(debit) - value(credit) + value(whole);
        let own = debit.filter(|debit| !debit.value.is_zero()).or(credit).or(whole).or(debit);
        let place = own.map(|figure| figure.place).unwrap_or(voucher.place);
        let sides = [debit, credit, whole].into_iter().flatten().map(|figure| (figure.place.col, figure));
        self.since.extend(sides.clone());
        if !self.totalled {
            self.all.extend(sides);
        }
        if let (Some(before), Some(after)) = (self.running, closing) {
            let mut terms = vec![(before, 1)];
            terms.extend(debit.or(whole).map(|figure| (figure, 1)));
            terms.extend(credit.map(|figure| (figure, -1)));
            let label = format!("{account} {} {}", voucher.series, voucher.number).trim().to_owned();
            self.stated.push(Stated { label, of: Of::Row, result: after, terms, slack: Money::ZERO });
        }
        self.running = closing;
        let text = self.layout.col(Part::Text).and_then(|col| cells.iter().find(|cell| cell.col == col));
        let transaction = Transaction {
            account,
            objects: Vec::new(),
            amount,
            date: None,
            text: text.and_then(written).unwrap_or_default(),
            kind: RowKind::Counts,
            place,
        };
        let key = (voucher.series.clone(), voucher.number.clone());
        let vouchers = &mut self.vouchers;
        let at = *self.index.entry(key).or_insert_with(|| {
            vouchers.push((voucher, Vec::new()));
            vouchers.len() - 1
        });
        let (voucher, rows) = &mut self.vouchers[at];
        voucher.rows += 1;
        voucher.sum = voucher.sum + amount;
        rows.push(transaction);
    }

    /// A row that tells what an account had, has, or what moved.
    fn told(&mut self, word: &str, sides: [Option<Figure>; 3], last: Option<Figure>, cells: &[Cell]) {
        if word == "turnover" {
            let columns = [Part::Debit, Part::Credit, Part::Amount].map(|part| self.layout.col(part));
            let label = texts(cells).next().map(|(_, text)| text.to_owned()).unwrap_or_default();
            for (side, col) in sides.into_iter().zip(columns) {
                let (Some(result), Some(col)) = (side, col) else { continue };
                let of = |rows: &[(u32, Figure)]| -> Vec<(Figure, i32)> {
                    rows.iter().filter(|(own, _)| *own == col).map(|(_, figure)| (*figure, 1)).collect()
                };
                let mut terms = of(&self.since);
                // The first total of a list with several groups is of them all, unless it is that of the last.
                let sum: Money = terms.iter().map(|(figure, _)| figure.value).sum();
                if !self.totalled && self.since.len() < self.all.len() && sum != result.value {
                    terms = of(&self.all);
                }
                if !terms.is_empty() {
                    let label = label.clone();
                    self.stated.push(Stated { label, of: Of::Group, result, terms, slack: Money::ZERO });
                }
            }
            // A total of all follows the totals of its parts: it is of rows that were counted.
            self.since.clear();
            self.all.clear();
            self.totalled = true;
            return;
        }
        let Some(account) = self.account.as_ref().and_then(|number| self.accounts.get_mut(number)) else { return };
        let Some(figure) = last else { return };
        let is_balance = account.is_balance();
        if account.balances.is_empty() {
            account.balances.push(Balance::default());
        }
        let balance = &mut account.balances[0];
        match (word == "closing", is_balance) {
            (true, true) => balance.closing = Some(figure),
            (true, false) => balance.result = Some(figure),
            (false, true) => balance.opening = Some(figure),
            (false, false) => {}
        }
        if word != "closing" {
            self.running = Some(figure);
        }
    }

    fn close_group(&mut self) {
        self.since.clear();
        self.running = None;
    }
}

/// `A 12`, `A12`, `12`: a few letters and a number.
fn is_voucher(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.len() <= 16 && letters <= 4 && text.ends_with(|c: char| c.is_ascii_digit())
}

fn day(cell: &Cell) -> Option<Date> {
    match &cell.value {
        Value::Date(date) => Some(*date),
        _ => dates::take(&mut written(cell)?).first().copied(),
    }
}

/// The calendar year that nearly all vouchers are of.
fn year_of(vouchers: &[(Voucher, Vec<Transaction>)], row: u32) -> Option<Year> {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    let dates = vouchers.iter().filter_map(|(voucher, _)| voucher.date);
    dates.for_each(|date| *years.entry(date.year).or_default() += 1);
    let (year, count) = years.iter().max_by_key(|(_, count)| **count)?;
    let whole = 10 * count >= 9 * years.values().sum::<usize>();
    let (from, to) = (Date::new(*year, 1, 1)?, Date::new(*year, 12, 31)?);
    whole.then_some(Year { index: 0, from, to, place: Place::line(row) })
}

/// What the vouchers are together. Where most of them do not balance, the list is a choice of their rows, and nothing
/// is said of them.
fn journal(vouchers: &[(Voucher, Vec<Transaction>)]) -> Journal {
    let mut journal = Journal { vouchers: vouchers.len() as u64, ..Journal::default() };
    journal.rows = vouchers.iter().map(|(_, rows)| rows.len() as u64).sum();
    let unbalanced: Vec<&Voucher> = vouchers.iter().map(|(v, _)| v).filter(|voucher| !voucher.sum.is_zero()).collect();
    let whole = 2 * unbalanced.len() < vouchers.len();
    if whole {
        journal.unbalanced = unbalanced.len() as u64;
        journal.unbalanced_first = unbalanced.into_iter().take(REMEMBERED).cloned().collect();
        journal.series = series(vouchers);
    }
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (voucher, _) in vouchers {
        match voucher.date {
            None => journal.undated += 1,
            Some(date) => days.entry(date).or_insert(Day { date, vouchers: 0, place: voucher.place }).vouchers += 1,
        }
    }
    journal.days = days.into_values().collect();
    journal
}

/// The numbers of each series, as runs.
fn series(vouchers: &[(Voucher, Vec<Transaction>)]) -> Vec<Series> {
    let mut found: BTreeMap<&str, (Series, Vec<u64>)> = BTreeMap::new();
    for (voucher, _) in vouchers {
        let (series, numbers) = found.entry(&voucher.series).or_insert_with(|| {
            (Series { name: voucher.series.clone(), place: voucher.place, ..Series::default() }, Vec::new())
        });
        series.vouchers += 1;
        match voucher.number.parse() {
            Ok(number) => numbers.push(number),
            Err(_) => series.unnumbered += 1,
        }
    }
    let run = |(mut series, mut numbers): (Series, Vec<u64>)| {
        numbers.sort_unstable();
        for number in numbers {
            match series.runs.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => series.runs.push((number, number)),
            }
        }
        series
    };
    found.into_values().map(run).collect()
}

/// Tells each account what the vouchers move on it, by month.
fn move_accounts(accounts: &mut [Account], vouchers: &[(Voucher, Vec<Transaction>)]) {
    for (voucher, rows) in vouchers {
        let Some(date) = voucher.date else { continue };
        for row in rows {
            let Ok(at) = accounts.binary_search_by(|account| account.number.as_str().cmp(&row.account)) else {
                continue;
            };
            let moves = &mut accounts[at].movements;
            match moves.binary_search_by_key(&(date.year, date.month), |moved| (moved.year, moved.month)) {
                Ok(at) => {
                    moves[at].sum = moves[at].sum + row.amount;
                    moves[at].rows += 1;
                }
                Err(at) => {
                    moves.insert(at, Movement { year: date.year, month: date.month, sum: row.amount, rows: 1 });
                }
            }
        }
    }
}
