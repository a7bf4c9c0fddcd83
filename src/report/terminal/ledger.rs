//! Ledgers for people: what a file holds in two lines, and its trial balance.

use super::Look;
use super::page::{BOLD, DIM, PLAIN, Page, TITLE, cut, left, paint, right, width};
use crate::book::Book;
use crate::book::accounts;
use crate::ledger::Ledger;
use crate::report::ledgers::{self, TrialBalance, about, name};

/// What was read of each ledger.
pub fn counted(page: &mut Page, book: &Book, look: &Look) {
    for ledger in &book.ledgers {
        let text = ledgers::counted(book, ledger, look.language);
        page.hang(look.say("Huvudbok: ", "Ledger: "), BOLD, &text, PLAIN);
    }
}

/// The trial balance: each account with what it had, what moved and what it has.
pub fn trial_balance(page: &mut Page, book: &Book, ledger: &Ledger, look: &Look) {
    page.line(format!("{}  {}", paint(TITLE, &name(book, ledger)), paint(DIM, &about(ledger, look.language))));
    page.hang("  ", PLAIN, &ledgers::facts(ledger, look.language), PLAIN);
    for balance in ledgers::trial_balances(ledger) {
        page.blank();
        year_of(page, &balance, look);
    }
}

fn year_of(page: &mut Page, balance: &TrialBalance<'_>, look: &Look) {
    let rows: Vec<[String; 3]> = balance.rows.iter().map(ledgers::Row::shown).collect();
    let columns: Vec<usize> =
        (0..3).map(|i| rows.iter().map(|row| width(&row[i])).max().unwrap_or(0).max(10)).collect();
    let numbers = balance.rows.iter().map(|row| width(&row.account.number)).max().unwrap_or(4);
    let names = page.width.saturating_sub(numbers + 4 + columns.iter().sum::<usize>() + 6).clamp(12, 36);
    let line = |label: String, cells: [String; 3]| {
        let cells: Vec<String> = cells.iter().zip(&columns).map(|(cell, to)| right(cell, *to)).collect();
        format!("  {label}  {}", cells.join("  "))
    };
    let heads = ledgers::heads(look.language).map(str::to_string);
    page.line(paint(BOLD, &line(left(&balance.period(), numbers + 2 + names), heads)));
    for (row, cells) in balance.rows.iter().zip(rows) {
        let label = format!("{}  {}", left(&row.account.number, numbers), left(&cut(&row.account.name, names), names));
        page.line(line(label, cells));
    }
    let label = left(look.say("Summa", "Total"), numbers + 2 + names);
    page.line(paint(BOLD, &line(label, balance.totals())));
}

/// The rows of the notes that accounts seem to make, as the settings file would say it.
pub fn proposals(page: &mut Page, book: &Book, look: &Look) {
    let proposals = accounts::proposals(book);
    if proposals.is_empty() {
        return;
    }
    page.blank();
    page.line(paint(TITLE, look.say("Noternas rader och konton", "Rows of the notes and accounts")));
    let about = look.say(
        "Namn och belopp stämmer, men ingen har sagt att de hör ihop. Det som läggs i avstam.toml prövas (LB02):",
        "Names and amounts agree, but nobody has said that they belong together. What is put in avstam.toml is tested (LB02):",
    );
    page.hang("  ", PLAIN, about, PLAIN);
    page.line("  [note-rows]");
    let settings: Vec<String> = proposals.iter().map(|proposal| proposal.setting(book)).collect();
    let wide = settings.iter().map(|setting| width(setting)).max().unwrap_or(0);
    // Two ledgers of a year propose the same.
    let mut told: Vec<&str> = Vec::new();
    for (proposal, setting) in proposals.iter().zip(&settings) {
        if told.contains(&setting.as_str()) {
            continue;
        }
        told.push(setting);
        let names: Vec<&str> = proposal.accounts.iter().map(|account| account.name.as_str()).collect();
        let note = book.statements[proposal.spot.statement].name();
        let comment = format!("# {note}: {}", names.join(" + "));
        page.line(format!("  {}  {}", left(setting, wide), paint(DIM, &comment)));
    }
}
