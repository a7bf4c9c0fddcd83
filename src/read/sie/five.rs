//! SIE 5 → the records of SIE 4 that say the same, so that there is one meaning of each.
//!
//! Line numbers are those of the XML file.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::records::Records;
use crate::grid::Value;
use crate::ledger::Form;
use crate::period::Date;
use crate::read::error::ReadError;
use crate::read::xml::{attribute, flag};

/// Whether a file that begins so is a SIE 5 file.
pub(super) fn begins(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.first() == Some(&b'<') && memchr::memmem::find(&head[..head.len().min(4096)], b"sie.se/sie5").is_some()
}

/// Gives the records of a file.
pub(super) fn read(text: &str, records: &mut Records, mut after: impl FnMut(&mut Records)) -> Result<Form, ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut walk = Walk::new(records, text);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| ReadError::Truncated(error.to_string()))?;
        walk.reach(start);
        match event {
            Event::Start(element) => walk.start(&element),
            Event::Empty(element) => {
                walk.start(&element);
                walk.end(element.local_name().as_ref());
            }
            Event::End(element) => walk.end(element.local_name().as_ref()),
            Event::Eof => break,
            _ => {}
        }
        after(walk.records);
    }
    let form = walk.form;
    let lines: Vec<&str> = text.lines().collect();
    for cell in &mut records.shown {
        let line = lines.get(cell.row as usize).copied().unwrap_or_default().trim();
        cell.value = Value::Text(super::spelling::bytes_as_chars(line.as_bytes()).into());
    }
    Ok(form)
}

/// A way through the elements.
struct Walk<'r, 't> {
    records: &'r mut Records,
    text: &'t str,
    at: usize,
    row: u32,
    form: Form,
    /// The account, the journal and the dimension that are open.
    account: Option<(String, bool)>,
    journal: String,
    dimension: String,
    /// Years as first and last month, the primary one and all.
    years: Vec<Fiscal>,
    /// A balance or a row that waits for the objects within it.
    waiting: Option<Waiting>,
}

/// A financial year by its first and last month; whether it is the file's own, and where it is told.
#[derive(Clone, Copy)]
struct Fiscal {
    from: [i32; 2],
    to: [i32; 2],
    primary: bool,
    row: u32,
}

struct Waiting {
    row: u32,
    label: &'static str,
    year: Option<i32>,
    account: String,
    amount: String,
    tail: String,
    objects: String,
    struck: bool,
}

impl<'t> Walk<'_, 't> {
    fn reach(&mut self, to: usize) {
        self.row += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..to]).count() as u32;
        self.at = to;
    }

    fn say(&mut self, record: &str) {
        self.records.line(self.row, record.as_bytes());
    }

    fn start(&mut self, element: &BytesStart) {
        let said = |name: &str| attribute(element, name).unwrap_or_default();
        let quoted = |name: &str| quoted(&said(name));
        match element.local_name().as_ref() {
            "SieEntry" => self.form = Form::Sie5Entry,
            "SoftwareProduct" => self.say(&format!("#PROGRAM {} {}", quoted("name"), quoted("version"))),
            "FileCreation" => {
                let day: String = said("time").chars().take(10).filter(char::is_ascii_digit).collect();
                self.say(&format!("#GEN {day}"));
            }
            "Company" => {
                self.say(&format!("#FNAMN {}", quoted("name")));
                self.say(&format!("#ORGNR {}", quoted("organizationId")));
            }
            "AccountingCurrency" => self.say(&format!("#VALUTA {}", quoted("currency"))),
            "FiscalYear" => {
                if let (Some(from), Some(to)) = (month(&said("start")), month(&said("end"))) {
                    self.years.push(Fiscal { from, to, primary: flag(element, "primary"), row: self.row });
                }
            }
            "Account" => {
                let number = said("id");
                self.say(&format!("#KONTO {} {}", quoted("id"), quoted("name")));
                let (kind, of_result) = match said("type").as_str() {
                    "asset" => ("T", false),
                    "liability" | "equity" => ("S", false),
                    "cost" => ("K", true),
                    "income" => ("I", true),
                    _ => ("", !number.starts_with(['1', '2'])),
                };
                if !kind.is_empty() {
                    self.say(&format!("#KTYP {} {kind}", quoted("id")));
                }
                self.account = Some((number, of_result));
            }
            "OpeningBalance" | "ClosingBalance" | "OriginalAmount" if self.account.is_none() => {}
            name @ ("OpeningBalance" | "ClosingBalance") => self.balance(name == "OpeningBalance", element),
            "Dimension" => {
                self.dimension = said("id");
                self.say(&format!("#DIM {} {}", quoted("id"), quoted("name")));
            }
            "Object" if !self.dimension.is_empty() => {
                let dimension = self::quoted(&self.dimension);
                self.say(&format!("#OBJEKT {dimension} {} {}", quoted("id"), quoted("name")));
            }
            "Journal" => self.journal = said("id"),
            "JournalEntry" => {
                let day: String = said("journalDate").chars().filter(char::is_ascii_digit).collect();
                let journal = self::quoted(&self.journal);
                self.say(&format!("#VER {journal} {} {day} {}", quoted("id"), quoted("text")));
                self.say("{");
            }
            "LedgerEntry" => {
                let day: String = said("ledgerDate").chars().filter(char::is_ascii_digit).collect();
                let tail = format!("{} {}", self::quoted(&day), quoted("text"));
                self.wait("#TRANS", None, said("accountId"), said("amount"), tail);
            }
            "Overstrike" => {
                if let Some(waiting) = &mut self.waiting {
                    waiting.struck = true;
                }
            }
            "ObjectReference" => {
                if let Some(waiting) = &mut self.waiting {
                    waiting.objects.push_str(&format!(" {} {}", quoted("dimensionId"), quoted("objectId")));
                }
            }
            _ => {}
        }
    }

    fn balance(&mut self, opening: bool, element: &BytesStart) {
        self.tell_years();
        let Some((account, of_result)) = self.account.clone() else { return };
        let said = |name: &str| attribute(element, name).unwrap_or_default();
        let Some(month) = month(&said("month")) else { return };
        let edge = |year: &&Fiscal| if opening { year.from == month } else { year.to == month };
        // Balances of other months are steps on the way.
        let Some(index) = self.years.iter().find(edge).and_then(|year| self.index(year)) else { return };
        let label = match (opening, of_result) {
            (true, _) => "#IB",
            (false, true) => "#RES",
            (false, false) => "#UB",
        };
        self.wait(label, Some(index), account, said("amount"), String::new());
    }

    fn wait(&mut self, label: &'static str, year: Option<i32>, account: String, amount: String, tail: String) {
        let row = self.row;
        self.waiting = Some(Waiting { row, label, year, account, amount, tail, objects: String::new(), struck: false });
    }

    fn end(&mut self, name: &str) {
        match name {
            "LedgerEntry" | "OpeningBalance" | "ClosingBalance" => self.give(),
            "JournalEntry" => self.say("}"),
            "Account" => self.account = None,
            "Dimension" => self.dimension.clear(),
            "FileInfo" => self.tell_years(),
            _ => {}
        }
    }

    /// Says what waited, with the objects that were found in it.
    fn give(&mut self) {
        let Some(found) = self.waiting.take() else { return };
        let Waiting { row, label, year, account, amount, tail, objects, struck } = found;
        let account = quoted(&account);
        let record = match (year, objects.is_empty(), label) {
            (None, ..) => {
                let label = if struck { "#BTRANS" } else { label };
                format!("{label} {account} {{{objects}}} {amount} {tail}")
            }
            (Some(year), true, _) => format!("{label} {year} {account} {amount}"),
            (Some(year), false, "#IB") => format!("#OIB {year} {account} {{{objects}}} {amount}"),
            (Some(year), false, _) => format!("#OUB {year} {account} {{{objects}}} {amount}"),
        };
        self.records.line(row, record.as_bytes());
    }

    /// Says the financial years, once, when all are known.
    fn tell_years(&mut self) {
        if !self.records.years.is_empty() || self.years.is_empty() {
            return;
        }
        for year in self.years.clone() {
            let Some(index) = self.index(&year) else { continue };
            let (from, to) = (year.from, year.to);
            let last = (28..=31).rev().find(|day| Date::new(to[0], to[1] as u8, *day).is_some()).unwrap_or(28);
            let record = format!("#RAR {index} {:04}{:02}01 {:04}{:02}{last:02}", from[0], from[1], to[0], to[1]);
            self.records.line(year.row, record.as_bytes());
        }
    }

    /// How many years a year lies after the file's own one.
    fn index(&self, year: &Fiscal) -> Option<i32> {
        let primary = self.years.iter().find(|year| year.primary).or(self.years.last())?.from;
        let before = self.years.iter().filter(|other| other.from >= year.from && other.from < primary).count();
        let after = self.years.iter().filter(|other| other.from <= year.from && other.from > primary).count();
        Some(after as i32 - before as i32)
    }
}

impl<'r, 't> Walk<'r, 't> {
    fn new(records: &'r mut Records, text: &'t str) -> Walk<'r, 't> {
        Walk {
            records,
            text,
            at: 0,
            row: 0,
            form: Form::Sie5,
            account: None,
            journal: String::new(),
            dimension: String::new(),
            years: Vec::new(),
            waiting: None,
        }
    }
}

/// `2014-01` as year and month.
fn month(text: &str) -> Option<[i32; 2]> {
    let (year, month) = text.split_once('-')?;
    let found = [year.parse().ok()?, month.get(..2)?.parse().ok()?];
    Date::new(found[0], found[1] as u8, 1).map(|_| found)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['\n', '\r', '\t'], " ").replace('"', "\\\""))
}
