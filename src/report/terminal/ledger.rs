//! Ledgers for people: what a file holds in two lines, and its trial balance.

use super::Look;
use super::page::{BOLD, DIM, PLAIN, Page, TITLE, cut, left, paint, right, width};
use crate::book::Book;
use crate::finding::Language;
use crate::ledger::{Account, Form, Ledger, Year};
use crate::money::{Money, Swedish};

/// What a ledger is called: the organisation, else its file.
pub fn name(book: &Book, ledger: &Ledger) -> String {
    let input = book.grids[ledger.grid as usize].input;
    let said = ledger.header.name.as_ref().map(|said| said.text.clone());
    said.unwrap_or_else(|| book.inputs[input].path.display().to_string())
}

/// `SIE 4E, 2024-01-01–2024-12-31`.
pub fn about(ledger: &Ledger, look: &Look) -> String {
    let mut words = vec![match ledger.form {
        Form::Export => look.say("exporterad lista", "exported list").to_string(),
        form => format!("SIE {}", form.code()),
    }];
    words.extend(ledger.year(0).map(|year| format!("{}–{}", year.from, year.to)));
    words.join(", ")
}

/// What was read of each ledger.
pub fn counted(page: &mut Page, book: &Book, look: &Look) {
    for ledger in &book.ledgers {
        let journal = &ledger.journal;
        let accounts = look.count(ledger.accounts.len(), ["konto", "konton"], ["account", "accounts"]);
        let vouchers =
            look.count(journal.vouchers as usize, ["verifikation", "verifikationer"], ["voucher", "vouchers"]);
        let rows = look.count(journal.rows as usize, ["rad", "rader"], ["row", "rows"]);
        let text = format!("{} ({}): {accounts}, {vouchers}, {rows}", name(book, ledger), about(ledger, look));
        page.hang(look.say("Huvudbok: ", "Ledger: "), BOLD, &text, PLAIN);
    }
}

/// The trial balance: each account with what it had, what moved and what it has.
pub fn trial_balance(page: &mut Page, book: &Book, ledger: &Ledger, look: &Look) {
    page.line(format!("{}  {}", paint(TITLE, &name(book, ledger)), paint(DIM, &about(ledger, look))));
    let header = &ledger.header;
    let mut facts = Vec::new();
    facts.extend(header.organisation.iter().map(|said| format!("{} {}", look.say("org.nr", "org. no"), said.text)));
    facts.extend(header.chart.iter().map(|said| said.text.clone()));
    facts.extend(header.program.iter().map(|said| said.text.clone()));
    facts.extend((!header.encoding.is_empty()).then(|| header.encoding.to_string()));
    page.hang("  ", PLAIN, &facts.join(", "), PLAIN);
    for year in &ledger.years {
        year_of(page, ledger, Some(year), look);
    }
    if ledger.years.is_empty() {
        year_of(page, ledger, None, look);
    }
}

/// The accounts of a year that have a figure; without years all that moved.
fn year_of(page: &mut Page, ledger: &Ledger, year: Option<&Year>, look: &Look) {
    let rows: Vec<Row> = ledger.accounts.iter().filter_map(|account| Row::of(account, year)).collect();
    if rows.is_empty() {
        return;
    }
    page.blank();
    let heading = year.map_or_else(String::new, |year| format!("{}–{}", year.from, year.to));
    let heads = match look.language {
        Language::Swedish => ["Ingående", "Förändring", "Utgående"],
        Language::English => ["Opening", "Change", "Closing"],
    };
    let columns: Vec<usize> =
        (0..3).map(|i| rows.iter().map(|row| width(&row.shown(i))).max().unwrap_or(0).max(10)).collect();
    let numbers = rows.iter().map(|row| width(&row.account.number)).max().unwrap_or(4);
    let names = page.width.saturating_sub(numbers + 4 + columns.iter().sum::<usize>() + 6).clamp(12, 36);
    let line = |label: String, cells: [String; 3]| {
        let cells: Vec<String> = cells.iter().zip(&columns).map(|(cell, to)| right(cell, *to)).collect();
        format!("  {label}  {}", cells.join("  "))
    };
    page.line(paint(BOLD, &line(left(&heading, numbers + 2 + names), heads.map(str::to_string))));
    for row in &rows {
        let label = format!("{}  {}", left(&row.account.number, numbers), left(&cut(&row.account.name, names), names));
        page.line(line(label, [0, 1, 2].map(|i| row.shown(i))));
    }
    let total = |i: usize| written(rows.iter().filter_map(|row| row.figures[i]).sum());
    let label = left(look.say("Summa", "Total"), numbers + 2 + names);
    page.line(paint(BOLD, &line(label, [0, 1, 2].map(total))));
}

/// An account's opening balance, change and closing balance or result.
struct Row<'l> {
    account: &'l Account,
    figures: [Option<Money>; 3],
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

    fn shown(&self, i: usize) -> String {
        self.figures[i].map_or_else(String::new, written)
    }
}

/// With two decimals, as ledgers have them.
fn written(amount: Money) -> String {
    let text = Swedish(amount.normalize()).to_string();
    match text.split_once(',').map(|(_, decimals)| decimals.len()) {
        None => format!("{text},00"),
        Some(1) => format!("{text}0"),
        Some(_) => text,
    }
}
