//! The ledgers: what was read of each, and its trial balance.

use super::markup::Markup;
use super::{Paper, table};
use crate::report::ledgers::{TrialBalance, about, counted, facts, heads, name, trial_balances};

/// The id of a ledger.
pub fn id(ledger: usize) -> String {
    format!("h{ledger}")
}

pub fn write(page: &mut Markup, paper: &Paper<'_>) {
    let language = paper.language;
    for (i, ledger) in paper.book.ledgers.iter().enumerate() {
        page.element("section", &[("id", &id(i)), ("class", "statement")], |page| {
            page.leaf("h3", &[], name(paper.book, ledger));
            page.leaf("p", &[], format_args!("{}.", counted(paper.book, ledger, language)));
            page.leaf("p", &[("class", "about")], facts(ledger, language));
            for balance in trial_balances(ledger) {
                let period = if balance.year.is_some() { balance.period() } else { about(ledger, language) };
                let caption = format!("{} {period}", paper.say("Saldobalans", "Trial balance"));
                trial_balance(page, paper, &balance, &caption);
            }
        });
    }
}

fn trial_balance(page: &mut Markup, paper: &Paper<'_>, balance: &TrialBalance<'_>, caption: &str) {
    let mut columns = vec![("", paper.say("Konto", "Account")), ("", paper.say("Namn", "Name"))];
    columns.extend(heads(paper.language).map(|head| ("n", head)));
    table(page, "trial", caption, &columns, |page| {
        for row in &balance.rows {
            page.element("tr", &[], |page| {
                page.leaf("th", &[("scope", "row")], &row.account.number);
                page.leaf("td", &[], &row.account.name);
                row.shown().iter().for_each(|figure| page.leaf("td", &[("class", "n")], figure));
            });
        }
        page.element("tr", &[("class", "total")], |page| {
            page.leaf("th", &[("scope", "row"), ("colspan", "2")], paper.say("Summa", "Total"));
            balance.totals().iter().for_each(|figure| page.leaf("td", &[("class", "n")], figure));
        });
    });
}
