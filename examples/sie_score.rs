//! Compares what is read of SIE files with the verdicts of another reader, file by file:
//!
//! ```text
//! cargo run --release --example sie_score -- FOLDER      # with the files and their table.tsv
//! ```
//!
//! A line a verdict that differs, with what each says and why ours is another, as the file itself shows; then how many
//! agree. The program fails if one differs without a reason.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use avstam::book::Book;
use avstam::ledger::{Account, Balance, Expected, Ledger, Odd};
use avstam::money::Money;
use avstam::read::{self, Options};

type Verdicts = Vec<(&'static str, String)>;

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("which folder?");
        std::process::exit(2);
    };
    let folder = Path::new(&folder);
    let table = fs::read_to_string(folder.join("table.tsv")).expect("table.tsv");
    let mut lines = table.lines();
    let heads: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let (mut agreed, mut asked, mut files, mut whole, mut strange) = (0, 0, 0, 0, 0);
    for line in lines {
        let theirs: HashMap<&str, &str> = heads.iter().copied().zip(line.split('\t')).collect();
        let name = theirs["file"];
        let (input, grids) = read::read(&folder.join(name), 0, &Options::default());
        files += 1;
        let book = Book::of(vec![input], grids);
        let Some(ledger) = book.ledgers.first() else {
            println!("{name}: not read: {}", book.inputs[0].error.as_ref().map_or(String::new(), ToString::to_string));
            continue;
        };
        let mut differ = 0;
        for (head, ours) in verdicts(ledger) {
            let said = theirs.get(head).copied().unwrap_or_default();
            // An empty field says nothing.
            if said.is_empty() && (head != "malformed" || theirs["bytes"].is_empty())
                || theirs["encoding"].is_empty() && head != "sietyp"
            {
                continue;
            }
            asked += 1;
            match same(head, said, &ours) {
                true => agreed += 1,
                false => {
                    differ += 1;
                    let why = reason(head, ledger);
                    strange += usize::from(why.is_none());
                    println!("{name}: {head}: theirs {said}, ours {ours}: {}", why.unwrap_or("WITHOUT A REASON"));
                }
            }
        }
        whole += usize::from(differ == 0);
    }
    println!("{agreed} of {asked} verdicts agree; {whole} of {files} files in all of theirs");
    if strange > 0 {
        println!("{strange} differ without a reason");
        std::process::exit(1);
    }
}

/// Why a verdict is another than theirs, where the file shows it.
fn reason(head: &str, ledger: &Ledger) -> Option<&'static str> {
    let any = |told: fn(&Balance) -> bool| ledger.accounts.iter().filter_map(|a| a.balance(0)).any(told);
    let both = any(|balance| balance.result.is_some() && balance.closing.is_some());
    let of_objects = ledger.accounts.iter().flat_map(|a| &a.periods).any(|period| !period.objects.is_empty());
    match head {
        "ib0_vs_ub-1" if !any(|balance| balance.opening.is_some()) => {
            Some("the file has no #IB of the year, so nothing was carried forward wrongly")
        }
        "res_diff" if !any(|balance| balance.result.is_some()) => {
            Some("the file has no #RES that vouchers could contradict")
        }
        "ps_ibub_diff" | "ps_res_diff" if of_objects => {
            Some("accounts whose #PSALDO are of objects, which may overlap, are not added up")
        }
        "ibub_accounts" | "ps_ibub_diff" if both => {
            Some("accounts with both #UB and #RES are accounts of the income statement: their result is judged")
        }
        _ => None,
    }
}

fn same(head: &str, theirs: &str, ours: &str) -> bool {
    match head {
        "sietyp" => theirs.split(' ').next() == Some(ours),
        "encoding" => theirs.split('(').next() == Some(ours) || ours == "ascii",
        _ => match (Money::parse(theirs), Money::parse(ours)) {
            (Some(theirs), Some(ours)) => theirs == ours,
            _ => theirs == ours,
        },
    }
}

fn verdicts(ledger: &Ledger) -> Verdicts {
    let journal = &ledger.journal;
    let year = ledger.year(0);
    let balances = |told: fn(&Balance) -> bool| {
        ledger.accounts.iter().filter_map(|account| account.balance(0)).filter(|balance| told(balance)).count()
    };
    let outside = |year: &avstam::ledger::Year| -> u32 {
        journal.days.iter().filter(|day| !year.holds(day.date)).map(|day| day.vouchers).sum()
    };
    let periods = |budget| ledger.accounts.iter().flat_map(|a| &a.periods).filter(|p| p.budget == budget).count();
    let broken = |all: &[Expected]| all.iter().filter(|found| found.stated.is_some() && !found.holds()).count();
    let vouchers = year.and_then(|year| ledger.by_vouchers(year));
    let changes = year.and_then(|year| ledger.by_periods(year));
    let totals = ledger.totals(0);
    let sum = totals.closing.zip(totals.result).map(|(closing, result)| closing + result);
    let checksum = ledger.checksum.map_or("[]".to_string(), |sum| {
        let (stated, computed) = (sum.stated.unwrap_or_default(), sum.computed);
        let verdict = if sum.stated == Some(computed) { "OK" } else { "BAD" };
        format!("[('{stated}', {computed}, '{verdict}')]")
    });
    let mut verdicts: Verdicts = vec![
        ("sietyp", ledger.form.code().chars().take(1).collect()),
        ("encoding", ledger.header.encoding.to_lowercase()),
        ("konto", ledger.accounts.iter().filter(|account| account.declared.is_some()).count().to_string()),
        ("ib", balances(|balance| balance.opening.is_some()).to_string()),
        ("ub", balances(|balance| balance.closing.is_some()).to_string()),
        ("res", balances(|balance| balance.result.is_some()).to_string()),
        ("ver", journal.vouchers.to_string()),
        ("trans", journal.rows.to_string()),
        ("rtrans", journal.added.to_string()),
        ("btrans", journal.struck.to_string()),
        ("unbalanced", journal.unbalanced.to_string()),
        ("empty_ver", journal.empty.to_string()),
        ("psaldo", periods(false).to_string()),
        ("pbudget", periods(true).to_string()),
        ("dim", ledger.dimensions.len().to_string()),
        ("objekt", ledger.objects.len().to_string()),
        ("ksumma", checksum),
        ("malformed", malformed(ledger)),
    ];
    verdicts.extend(year.map(|year| ("ver_outside_year0", outside(year).to_string())));
    if let Some(found) = vouchers {
        verdicts.push(("ibub_accounts", found.closings.iter().filter(|found| told(found)).count().to_string()));
        verdicts.push(("ibub_diff", broken(&found.closings).to_string()));
        verdicts.push(("res_diff", broken(&found.results).to_string()));
    }
    if let Some(found) = changes {
        verdicts.push(("ps_ibub_diff", broken(&found.closings).to_string()));
        verdicts.push(("ps_res_diff", broken(&found.results).to_string()));
    }
    let carried = ledger.carried_forward(0);
    verdicts.push(("ib0_vs_ub-1", carried.iter().filter(|found| !found.holds()).count().to_string()));
    verdicts.extend(totals.opening.map(|sum| ("sum_ib_0", sum.to_string())));
    verdicts.extend(sum.map(|sum| ("ub_plus_res_0", sum.to_string())));
    verdicts
}

fn told(found: &Expected) -> bool {
    found.stated.is_some() || found.opening.is_some()
}

/// The malformed lines in the words of the other reader's table.
fn malformed(ledger: &Ledger) -> String {
    let times = |odd: Odd| ledger.faults.iter().find(|fault| fault.odd == odd).map_or(0, |fault| fault.times);
    let any = ledger.accounts.iter().any(|account| account.declared.is_some());
    let undeclared = ledger.accounts.iter().filter(|account| any && account.declared.is_none());
    let rows_of = |account: &Account| account.movements.iter().map(|moved| moved.rows).sum::<u32>();
    let rows: u32 = undeclared.clone().map(rows_of).sum();
    // Ours tells a declaration, and a row whose account is not declared only for that; theirs tells both of it.
    let is_number = |account: &&Account| account.number.bytes().all(|b| b.is_ascii_digit());
    let strange: u32 = undeclared.filter(|account| !is_number(account)).map(rows_of).sum();
    let number = ledger.header.organisation.as_ref().map(|said| said.text.as_str());
    let formed = |number: &str| {
        number.len() == 11
            && number.bytes().enumerate().all(|(i, b)| if i == 6 { b == b'-' } else { b.is_ascii_digit() })
    };
    let said = [
        ("ORGNR not NNNNNN-NNNN", u64::from(number.is_some_and(|number| !formed(number)))),
        ("control char", times(Odd::ControlCharacter)),
        ("non-numeric account", times(Odd::AccountNotANumber) + u64::from(strange)),
        ("TRANS before { x2; } without {", times(Odd::OutsideVoucher).saturating_sub(2)),
        ("TRANS account not declared", u64::from(rows)),
        ("text right after closing quote", times(Odd::TextAfterQuote)),
        ("unparsable #RAR", u64::from(ledger.years.is_empty() && times(Odd::FieldMissing) > 0)),
        ("unterminated quote", times(Odd::QuoteOpen)),
    ];
    let said = said.iter().filter(|(_, times)| *times > 0).map(|(what, times)| format!("{what} x{times}"));
    said.collect::<Vec<_>>().join("; ")
}
