//! SIE files → a ledger. Read in pieces: what is kept grows with accounts and periods, not with transactions.

mod amount;
mod checksum;
mod fields;
mod five;
mod lines;
mod records;
mod series;
mod spelling;
mod vouchers;

use std::ffi::OsStr;
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::encoding::{Encoding, Letters};
use super::error::{ReadError, Remark};
use super::hex;
use super::limits::{Limit, Limits};
use crate::grid::{Grid, Source};
use crate::ledger::{Form, Ledger, Movement, Odd, Place, Transaction, Voucher};
use lines::Lines;
use records::{Moved, Records};

/// What a SIE file gave.
pub(super) struct Found {
    pub ledger: Ledger,
    /// The lines that something can be said about, each at its row.
    pub grid: Grid,
    pub remarks: Vec<Remark>,
    pub sha256: String,
}

/// Reads a SIE file. `keep` is whether every transaction is kept.
pub(super) fn read(
    mut from: impl BufRead,
    path: &Path,
    input: usize,
    known: Option<Encoding>,
    limits: &Limits,
    keep: bool,
) -> Result<Found, ReadError> {
    let mut records = Records::default();
    records.vouchers.keep = keep;
    let (encoding, letters, form, sha256);
    if is_five(&mut from)? {
        let (text, sum) = whole(from, limits)?;
        (encoding, letters, sha256) = (Encoding::Utf8, false, sum);
        form = Some(five::read(&text, &mut records, |_| {})?);
    } else {
        let mut spotted = Spotted::default();
        let mut lines = Lines::new(from, limits);
        lines.each(|row, line| {
            if !line.is_ascii() {
                spotted.take(line);
            }
            records.line(row, line);
        })?;
        if records.leave_voucher() {
            records.fault(Odd::VoucherOpen, Place::line(lines.rows().saturating_sub(1)), b"");
        }
        (letters, form, sha256) = (spotted.any, None, lines.sha256());
        encoding = known.unwrap_or_else(|| spotted.encoding());
    }
    let mut ledger = ledger(&mut records, path, encoding);
    ledger.form = form.unwrap_or(ledger.form);
    let mut shown = records.shown;
    spelling::spell_all(&mut ledger, &mut shown, encoding);
    let remarks = remarks(&ledger, encoding, letters);
    ledger.header.encoding = if letters || form.is_some() { encoding.name() } else { "ASCII" };
    let grid = Grid::new(input, "", Source::Ledger, shown);
    Ok(Found { ledger, grid, remarks, sha256 })
}

/// Reads a SIE file of two bytes a character, which no version of the format knows: all of it, as UTF-8.
pub(super) fn read_wide(
    from: impl BufRead,
    encoding: Encoding,
    path: &Path,
    input: usize,
    limits: &Limits,
    keep: bool,
) -> Result<Found, ReadError> {
    let bytes = bytes(from, limits)?;
    let text = encoding.decode(&bytes).0;
    let mut found = read(text.as_bytes(), path, input, Some(Encoding::Utf8), limits, keep)?;
    found.sha256 = hex(&Sha256::digest(&bytes));
    found.ledger.header.encoding = encoding.name();
    found.remarks = remarks(&found.ledger, encoding, true);
    Ok(found)
}

fn is_five(from: &mut impl BufRead) -> Result<bool, ReadError> {
    let head = from.fill_buf().map_err(|error| ReadError::NotReadable(Arc::new(error)))?;
    Ok(five::begins(head))
}

/// All of an XML file and its SHA-256.
fn whole(from: impl BufRead, limits: &Limits) -> Result<(String, String), ReadError> {
    let bytes = bytes(from, limits)?;
    Ok((Encoding::Utf8.decode(&bytes).0.into_owned(), hex(&Sha256::digest(&bytes))))
}

fn bytes(from: impl BufRead, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    from.take(limits.file_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| ReadError::NotReadable(Arc::new(error)))?;
    match bytes.len() as u64 {
        length if length > limits.file_bytes => Err(Limit::File { limit: limits.file_bytes, found: length }.into()),
        _ => Ok(bytes),
    }
}

/// Gives every voucher of a file with its rows, one after the other; none is kept.
pub(super) fn transactions(
    mut from: impl BufRead,
    encoding: Encoding,
    limits: &Limits,
    each: &mut dyn FnMut(&Voucher, &[Transaction]),
) -> Result<(), ReadError> {
    if matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
        let text = encoding.decode(&bytes(from, limits)?).0.into_owned();
        return transactions(text.as_bytes(), Encoding::Utf8, limits, each);
    }
    let mut records = Records::default();
    records.vouchers.keep = true;
    let mut give = |records: &mut Records| {
        for (mut voucher, mut rows) in records.vouchers.kept.drain(..) {
            spelling::spell_voucher(&mut voucher, &mut rows, encoding);
            each(&voucher, &rows);
        }
    };
    if is_five(&mut from)? {
        let (text, _) = whole(from, limits)?;
        five::read(&text, &mut records, &mut give)?;
        return Ok(());
    }
    Lines::new(from, limits).each(|row, line| {
        records.line(row, line);
        give(&mut records);
    })?;
    records.leave_voucher();
    give(&mut records);
    Ok(())
}

/// Whether a file that begins so is a SIE file.
pub(super) fn begins(head: &[u8], path: &Path) -> bool {
    if five::begins(head) {
        return true;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let end = head.iter().position(u8::is_ascii_whitespace).unwrap_or(head.len());
    let first = head[..end].to_ascii_uppercase();
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "se" | "si" | "sie" => first.starts_with(b"#"),
        _ => matches!(first.as_slice(), b"#FLAGGA" | b"#SIETYP" | b"#PROGRAM" | b"#FORMAT" | b"#GEN"),
    }
}

fn ledger(records: &mut Records, path: &Path, encoding: Encoding) -> Ledger {
    let mut accounts = std::mem::take(&mut records.accounts);
    for (account, moves) in accounts.iter_mut().zip(&records.moves) {
        let movement = |moved: &Moved| {
            let (year, month) = moved.month;
            Movement { year, month, sum: moved.sum.money(), rows: moved.rows }
        };
        account.movements = moves.iter().map(movement).collect();
    }
    accounts.sort_by(|a, b| a.number.cmp(&b.number));
    let mut years = std::mem::take(&mut records.years);
    years.sort_by_key(|year| std::cmp::Reverse(year.index));
    let vouchers = std::mem::take(&mut records.vouchers);
    let (keep, mut vouchers) = (vouchers.keep, vouchers);
    let kept = std::mem::take(&mut vouchers.kept);
    let journal = vouchers.finish();
    let mut faults: Vec<_> = std::mem::take(&mut records.faults).into_values().collect();
    faults.sort_by_key(|fault| fault.places.first().copied());
    let header = std::mem::take(&mut records.header);
    let balances = accounts.iter().any(|account| !account.balances.is_empty());
    let imported = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("si"));
    let form = match header.kind.as_ref().map(|said| said.text.as_str()) {
        Some("2") => Form::Sie2,
        Some("3") => Form::Sie3,
        Some("4") if !balances && (imported || journal.vouchers > 0) => Form::Sie4I,
        Some(text) if text.starts_with('4') => Form::Sie4E,
        // Without a type the file is of the first one.
        _ => Form::Sie1,
    };
    Ledger {
        grid: 0,
        form,
        header,
        years,
        accounts,
        dimensions: std::mem::take(&mut records.dimensions),
        objects: std::mem::take(&mut records.objects),
        journal,
        records: records.count,
        checksum: std::mem::take(&mut records.checksum).finish(encoding),
        faults,
        transactions: keep.then_some(kept),
        stated: Vec::new(),
        part: None,
    }
}

fn remarks(ledger: &Ledger, encoding: Encoding, letters: bool) -> Vec<Remark> {
    let said = ledger.header.format.as_ref().and_then(|said| Encoding::named(&said.text));
    match (letters, said) {
        (true, Some(said)) if said != encoding => vec![Remark::EncodingContradicts { found: encoding, said }],
        _ => Vec::new(),
    }
}

/// What the letters of the file say about its encoding.
#[derive(Default)]
struct Spotted {
    letters: Letters,
    any: bool,
    not_utf8: bool,
    lines: u32,
}

/// So many lines with letters tell a one-byte encoding.
const ENOUGH: u32 = 10_000;

impl Spotted {
    fn take(&mut self, line: &[u8]) {
        self.any = true;
        // Each is asked as long as its answer is open.
        if self.lines < ENOUGH {
            self.lines += 1;
            self.letters.take(line);
        }
        self.not_utf8 = self.not_utf8 || std::str::from_utf8(line).is_err();
    }

    fn encoding(&self) -> Encoding {
        match (self.any, self.not_utf8) {
            (false, _) => Encoding::Cp437,
            (true, false) => Encoding::Utf8,
            (true, true) => self.letters.encoding(),
        }
    }
}
