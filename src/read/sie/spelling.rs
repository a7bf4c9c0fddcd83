//! Texts of a ledger whose encoding is not known yet.
//!
//! The encoding of a SIE file is found from all its letters, and they pass by once. So texts are kept with a byte a
//! character (`U+00` to `U+FF`), and spelt when the last letter was seen.

use crate::grid::{Cell, Value};
use crate::ledger::{Ledger, Said, Transaction, Voucher};
use crate::read::encoding::Encoding;

pub(super) fn bytes_as_chars(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

/// The characters that the bytes of a text are.
fn spell(text: &mut String, encoding: Encoding) {
    if !text.is_ascii() {
        let bytes: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
        *text = encoding.decode(&bytes).0.into_owned();
    }
}

pub(super) fn spell_voucher(voucher: &mut Voucher, rows: &mut [Transaction], encoding: Encoding) {
    let spell = |text: &mut String| spell(text, encoding);
    [&mut voucher.series, &mut voucher.number, &mut voucher.text].into_iter().for_each(spell);
    for row in rows {
        [&mut row.account, &mut row.text].into_iter().for_each(spell);
        for (dimension, object) in &mut row.objects {
            [dimension, object].into_iter().for_each(spell);
        }
    }
}

/// Spells every text of a ledger and of the lines that are shown.
pub(super) fn spell_all(ledger: &mut Ledger, shown: &mut [Cell], encoding: Encoding) {
    let spell = |text: &mut String| spell(text, encoding);
    let header = &mut ledger.header;
    let said: [&mut Option<Said>; 9] = [
        &mut header.program,
        &mut header.version,
        &mut header.format,
        &mut header.name,
        &mut header.organisation,
        &mut header.legal_form,
        &mut header.chart,
        &mut header.currency,
        &mut header.kind,
    ];
    said.into_iter().flatten().for_each(|said| spell(&mut said.text));
    let pairs = |pairs: &mut Vec<(String, String)>| {
        pairs.iter_mut().for_each(|(dimension, object)| [dimension, object].into_iter().for_each(spell));
    };
    for account in &mut ledger.accounts {
        spell(&mut account.number);
        spell(&mut account.name);
        account.objects.iter_mut().for_each(|balance| pairs(&mut balance.objects));
        account.periods.iter_mut().for_each(|figure| pairs(&mut figure.objects));
    }
    for dimension in &mut ledger.dimensions {
        spell(&mut dimension.number);
        spell(&mut dimension.name);
    }
    for object in &mut ledger.objects {
        [&mut object.dimension, &mut object.number, &mut object.name].into_iter().for_each(spell);
    }
    ledger.journal.series.iter_mut().for_each(|series| spell(&mut series.name));
    let kept = ledger.transactions.iter_mut().flatten();
    kept.for_each(|(voucher, rows)| spell_voucher(voucher, rows, encoding));
    ledger.journal.unbalanced_first.iter_mut().for_each(|voucher| spell_voucher(voucher, &mut [], encoding));
    for cell in shown {
        if let Value::Text(text) = &mut cell.value {
            let mut own = String::from(std::mem::take(text));
            spell(&mut own);
            *text = own.into();
        }
    }
}
