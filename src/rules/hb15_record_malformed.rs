use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};
use crate::ledger::{Form, Odd};

rule! {
    /// A line of a ledger's file is not as the format has it.
    ///
    /// What could be read of the line was read, and the rest of the file as well; but another program may read it otherwise or refuse it.
    /// Where an amount could not be read, sums that should hold it are not to be relied on.
    ///
    /// What to do: export the file again. If the line comes back, tell the maker of the program that wrote it.
    "HB15" "record-malformed" Warning, Observations(observe),
    "En rad i huvudbokens fil är inte skriven som formatet säger.

Det som gick att läsa av raden har lästs, och resten av filen likaså; men ett annat program kan läsa den annorlunda eller vägra. Där ett belopp inte gick att läsa är summor som ska innehålla det inte att lita på.

Gör så här: exportera filen igen. Kommer raden tillbaka, säg till den som gör programmet som skrev den."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in book.ledgers.iter().filter(|ledger| ledger.form != Form::Export) {
        observed.tested += (ledger.records as usize).max(1);
        for fault in &ledger.faults {
            let (what, english) = said(fault.odd);
            let lines = fault.places.iter().take(LISTED).map(|place| (place.row + 1).to_string());
            let mut listed = lines.collect::<Vec<_>>().join(", ");
            if fault.times as usize > LISTED {
                listed.push_str(", …");
            }
            let times = fault.times;
            let message = match times {
                1 => Text::new(format!("Rad {listed}: {what}."), format!("Line {listed}: {english}.")),
                _ => Text::new(
                    format!("{times} rader ({listed}): {what}."),
                    format!("{times} lines ({listed}): {english}."),
                ),
            };
            let cells = fault.places.iter().map(|place| (*place, Role::Label)).collect();
            observed.untold += times as usize - 1;
            tell(&mut observed, &RULE, ledger, vec![Fault::new(message.clone(), cells)], 1, |_| message.clone());
        }
    }
    observed
}

/// So many lines are named in the message; the finding holds more.
const LISTED: usize = 5;

fn said(odd: Odd) -> (&'static str, &'static str) {
    match odd {
        Odd::NotARecord => ("inte någon post", "no record"),
        Odd::FieldMissing => ("ett fält som ska finnas saknas", "a field that must be there is missing"),
        Odd::AmountUnreadable => ("beloppet går inte att läsa", "the amount cannot be read"),
        Odd::AmountOdd => {
            ("beloppet är skrivet på annat sätt än formatet säger", "the amount is not written as the format has it")
        }
        Odd::DateUnreadable => ("datumet finns inte", "there is no such date"),
        Odd::QuoteOpen => {
            ("ett citattecken eller en klammer avslutas aldrig", "a quotation mark or brace is never closed")
        }
        Odd::TextAfterQuote => ("ett citattecken står inne i en text", "a quotation mark stands within a text"),
        Odd::ControlCharacter => ("ett styrtecken står i raden", "a control character stands in the line"),
        Odd::OutsideVoucher => {
            ("en rad eller klammer står utanför en verifikation", "a row or brace stands outside a voucher")
        }
        Odd::VoucherOpen => ("verifikationen före avslutas aldrig", "the voucher before it is never closed"),
        Odd::Repeated => ("samma sak sägs en gång till", "the same is said again"),
        Odd::AccountNotANumber => ("kontot är inget nummer", "the account is no number"),
        Odd::YearUnreadable => ("året går inte att läsa", "the year cannot be read"),
    }
}
