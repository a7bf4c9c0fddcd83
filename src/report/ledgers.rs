//! What the reports tell of ledgers: what a file holds, and its trial balance.

use super::wording::{count, say};
use crate::book::Book;
use crate::finding::Language;
use crate::ledger::{Account, Balance, Form, Ledger, Year};
use crate::money::{Money, Swedish};

/// What a ledger is called: the organisation, else its file.
pub fn name(book: &Book, ledger: &Ledger) -> String {
    let input = book.grids[ledger.grid as usize].input;
    let said = ledger.header.name.as_ref().map(|said| said.text.clone());
    said.unwrap_or_else(|| book.inputs[input].path.display().to_string())
}

/// `SIE 4E, 2024-01-01–2024-12-31`.
pub fn about(ledger: &Ledger, language: Language) -> String {
    let mut words = vec![form(ledger, language)];
    words.extend(ledger.year(0).map(|year| format!("{}–{}", year.from, year.to)));
    words.join(", ")
}

/// `SIE 4E`
pub fn form(ledger: &Ledger, language: Language) -> String {
    match ledger.form {
        Form::Export => say(language, "exporterad lista", "exported list").to_string(),
        form => format!("SIE {}", form.code()),
    }
}

/// Who it is of, which chart it names, which program wrote it, and in which letters.
pub fn facts(ledger: &Ledger, language: Language) -> String {
    let header = &ledger.header;
    let mut facts = Vec::new();
    let number = say(language, "org.nr", "org. no");
    facts.extend(header.organisation.iter().map(|said| format!("{number} {}", said.text)));
    facts.extend(header.chart.iter().map(|said| said.text.clone()));
    facts.extend(header.program.iter().map(|said| said.text.clone()));
    facts.extend((!header.encoding.is_empty()).then(|| header.encoding.to_string()));
    facts.join(", ")
}

/// What was read of it: `Björkådalen (SIE 4E, 2024-01-01–2024-12-31): 23 konton, 5 verifikationer, 12 rader`.
pub fn counted(book: &Book, ledger: &Ledger, language: Language) -> String {
    let journal = &ledger.journal;
    let accounts = count(language, ledger.accounts.len(), ["konto", "konton"], ["account", "accounts"]);
    let vouchers =
        count(language, journal.vouchers as usize, ["verifikation", "verifikationer"], ["voucher", "vouchers"]);
    let rows = count(language, journal.rows as usize, ["rad", "rader"], ["row", "rows"]);
    let of = format!("{} ({})", name(book, ledger), about(ledger, language));
    // A list of balances has no vouchers to be counted.
    match ledger.form == Form::Export && journal.vouchers == 0 {
        true => format!("{of}: {accounts}"),
        false => format!("{of}: {accounts}, {vouchers}, {rows}"),
    }
}

/// The columns of a trial balance.
pub fn heads(language: Language) -> [&'static str; 3] {
    match language {
        Language::Swedish => ["Ingående", "Förändring", "Utgående"],
        Language::English => ["Opening", "Change", "Closing"],
    }
}

/// The trial balance of a year; without years of all that moved.
pub struct TrialBalance<'l> {
    pub year: Option<&'l Year>,
    pub rows: Vec<Row<'l>>,
}

/// An account's opening balance, change and closing balance or result.
pub struct Row<'l> {
    pub account: &'l Account,
    pub figures: [Option<Money>; 3],
}

/// The trial balances of the years that have a figure.
pub fn trial_balances(ledger: &Ledger) -> Vec<TrialBalance<'_>> {
    let mut years: Vec<Option<&Year>> = ledger.years.iter().map(Some).collect();
    if years.is_empty() {
        years.push(None);
    }
    let of = |year| TrialBalance {
        year,
        rows: ledger.counted().iter().filter_map(|account| Row::of(account, year)).collect(),
    };
    years.into_iter().map(of).filter(|balance| !balance.rows.is_empty()).collect()
}

impl TrialBalance<'_> {
    /// `2024-01-01–2024-12-31`.
    pub fn period(&self) -> String {
        self.year.map_or_else(String::new, |year| format!("{}–{}", year.from, year.to))
    }

    /// What the file tells of an account in this year.
    pub fn of(&self, account: &Account) -> Option<Balance> {
        account.balance(self.year?.index).copied()
    }

    pub fn totals(&self) -> [String; 3] {
        [0, 1, 2].map(|i| written(self.rows.iter().filter_map(|row| row.figures[i]).sum()))
    }
}

impl<'l> Row<'l> {
    fn of(account: &'l Account, year: Option<&Year>) -> Option<Row<'l>> {
        let balance = year.and_then(|year| account.balance(year.index)).copied().unwrap_or_default();
        let moved = match year {
            Some(year) => account.moved(year),
            None => account.movements.iter().map(|moved| moved.sum).sum(),
        };
        let opening = balance.opening.map(|figure| figure.value);
        let closing = balance.closing.or(balance.result).map(|figure| figure.value);
        let has_moved = !account.movements.is_empty() && !moved.is_zero();
        let figures = [opening, has_moved.then_some(moved), closing];
        figures.iter().any(Option::is_some).then_some(Row { account, figures })
    }

    pub fn shown(&self) -> [String; 3] {
        self.figures.map(|figure| figure.map_or_else(String::new, written))
    }
}

/// With two decimals, as ledgers have them.
pub fn written(amount: Money) -> String {
    let text = Swedish(amount.normalize()).to_string();
    match text.split_once(',').map(|(_, decimals)| decimals.len()) {
        None => format!("{text},00"),
        Some(1) => format!("{text}0"),
        Some(_) => text,
    }
}
