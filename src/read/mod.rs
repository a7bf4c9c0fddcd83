//! File → grids. The formats' own types stop here; nothing after this stage knows what kind of file it was.
//!
//! Reading never fails on content: a file is refused only where it cannot be opened, is protected, is no
//! spreadsheet or text, is damaged beyond reading, or is over a limit. What is odd but readable is read.

mod aligned;
mod beside;
mod calendar;
mod delimited;
mod delimiter;
mod encoding;
mod error;
mod folder;
mod formula;
mod kind;
mod legacy;
mod limits;
mod markup;
mod number;
mod ods;
mod package;
mod shown;
mod sie;
mod text;
mod wire;
mod worker;
mod xlsx;
mod xml;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use encoding::Encoding;
pub use error::{Failure, Lookalike, ReadError, Remark, SheetKind};
pub use folder::{LeftOut, Why, expand};
pub use limits::{Limit, Limits};
pub use worker::{ARGUMENT as WORKER_ARGUMENT, worker_main};
pub(crate) use xlsx::resolve;

use crate::grid::{Grid, Value};
use crate::ledger::{Ledger, Transaction, Voucher};
use kind::Kind;
use limits::Allowance;

/// One file read (or refused).
#[derive(Clone, Debug)]
pub struct Input {
    pub path: PathBuf,
    /// Of the file's bytes, in hex; empty when the file could not be opened.
    pub sha256: String,
    /// What it is by its content; `None` where that was not found.
    pub format: Option<Format>,
    /// Why it was refused. [`ReadError::Damaged`] comes with the grids that could be read.
    pub error: Option<ReadError>,
    pub remarks: Vec<Remark>,
    /// The books that it holds, where it is a ledger's file; the book takes them.
    pub ledger: Option<Box<Ledger>>,
}

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Xlsx,
    Xlsm,
    Xlsb,
    Xls,
    Ods,
    Csv,
    Tsv,
    Text,
    Markdown,
    Sie,
}

impl Format {
    const ALL: [Format; 10] = [
        Format::Xlsx,
        Format::Xlsm,
        Format::Xlsb,
        Format::Xls,
        Format::Ods,
        Format::Csv,
        Format::Tsv,
        Format::Text,
        Format::Markdown,
        Format::Sie,
    ];

    /// The format of a code.
    pub fn named(code: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Xlsm => "xlsm",
            Format::Xlsb => "xlsb",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Sie => "sie",
        }
    }
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub limits: Limits,
    /// Our own executable, for formats whose reader can fail so badly that only another process survives it.
    /// Without it they are read in this process.
    pub worker: Option<PathBuf>,
    /// The encoding of text files, where it is known better than it can be found.
    pub encoding: Option<Encoding>,
    /// The delimiter of csv files, likewise.
    pub delimiter: Option<u8>,
    /// Keep the transactions of ledgers of no more bytes than this; of larger ones only sums are kept.
    pub keep_transactions: u64,
}

/// What a format's reader has read so far. An error beside grids says that they are not the whole file.
#[derive(Default)]
struct Reading {
    grids: Vec<Grid>,
    remarks: Vec<Remark>,
    error: Option<ReadError>,
}

/// What a file's bytes are known by, in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Reads one file as the given input of the book. Never panics, never fails on content.
pub fn read(path: &Path, input: usize, options: &Options) -> (Input, Vec<Grid>) {
    let mut about = Input {
        path: path.to_path_buf(),
        sha256: String::new(),
        format: None,
        error: None,
        remarks: Vec::new(),
        ledger: None,
    };
    if let Some(grids) = ledger(&mut about, input, options) {
        return (about, grids);
    }
    let bytes = match load(path, &options.limits) {
        Ok(bytes) => bytes,
        Err(error) => {
            about.error = Some(error);
            return (about, Vec::new());
        }
    };
    let mut reading = Reading::default();
    // A fault in a reader must not take the other files of the run with it.
    let contain = || {
        catch_unwind(AssertUnwindSafe(|| {
            let kind = kind::find(&bytes, path, options)?;
            about.format = Some(kind.format());
            fill(&kind, &bytes, input, options, &mut reading)
        }))
    };
    let large = bytes.len() as u64 >= package::LARGE;
    let (sha256, outcome) = beside::alongside(large, || sha256(&bytes), contain);
    about.sha256 = sha256;
    let failed = match outcome {
        // Nothing was read, so there is no rest.
        Ok(Err(ReadError::Damaged(why))) if reading.grids.is_empty() => Some(ReadError::Truncated(why)),
        Ok(outcome) => outcome.err(),
        Err(_) => {
            Some(ReadError::Crashed { format: about.format.map_or("such", Format::code), failure: Failure::Stopped })
        }
    };
    if failed.is_some() {
        // Part of a file that goes on would be reconciled as if it were the whole.
        reading.grids.clear();
    }
    about.error = failed.or(reading.error);
    about.remarks = reading.remarks;
    if about.error.is_none() && reading.grids.iter().all(|grid| grid.cells().is_empty()) {
        about.remarks.push(Remark::NoCells);
    }
    let uncalculated = |grid: &Grid| grid.others().filter(|cell| cell.value == Value::Uncalculated).count();
    match reading.grids.iter().map(uncalculated).sum() {
        0 => {}
        formulas => about.remarks.push(Remark::NeverCalculated { formulas }),
    }
    (about, reading.grids)
}

fn fill(kind: &Kind, bytes: &[u8], input: usize, options: &Options, reading: &mut Reading) -> Result<(), ReadError> {
    let mut allowance = Allowance::new(&options.limits);
    match kind {
        Kind::Package(format) => {
            let mut package = package::Package::open(bytes, &options.limits)?;
            if package.duplicates {
                reading.remarks.push(Remark::DuplicateParts);
            }
            match format {
                Format::Xlsx | Format::Xlsm => xlsx::read(&mut package, input, &mut allowance, reading),
                Format::Ods => ods::read(&mut package, input, &mut allowance, reading),
                format => {
                    // calamine knows no limits itself.
                    package.measure()?;
                    guarded(*format, bytes, input, options, &mut allowance, reading)
                }
            }
        }
        Kind::FlatOds => ods::read_flat(bytes, input, &mut allowance, reading),
        Kind::Old => guarded(Format::Xls, bytes, input, options, &mut allowance, reading),
        Kind::Text(found) => {
            reading.remarks.extend(found.remarks.iter().cloned());
            match found.format {
                Format::Csv | Format::Tsv => {
                    reading.grids.push(delimited::read(&found.text, found.delimiter, input, &mut allowance)?);
                }
                _ => reading.grids.push(text::read(&found.text, input, &mut allowance)?),
            }
            Ok(())
        }
    }
}

/// Reads a ledger's file, which may be larger than what is to be held of it; `None` where it is something else.
fn ledger(about: &mut Input, input: usize, options: &Options) -> Option<Vec<Grid>> {
    let mut file = File::open(&about.path).ok().filter(|file| file.metadata().is_ok_and(|about| about.is_file()))?;
    let length = file.metadata().ok()?.len();
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).ok()?;
    let wide = encoding::wide_text(&head);
    let begins = match wide {
        Some(wide) => sie::begins(wide.decode(&head).0.as_bytes(), &about.path),
        None => sie::begins(&head, &about.path),
    };
    if !begins {
        return None;
    }
    about.format = Some(Format::Sie);
    let keep = length <= options.keep_transactions;
    let whole = BufReader::with_capacity(HEAD as usize, head.as_slice().chain(file));
    let read = || match wide {
        Some(wide) => sie::read_wide(whole, wide, &about.path, input, &options.limits, keep),
        None => sie::read(whole, &about.path, input, options.encoding, &options.limits, keep),
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(found)) => {
            about.sha256 = found.sha256;
            about.remarks = found.remarks;
            about.ledger = Some(Box::new(found.ledger));
            return Some(vec![found.grid]);
        }
        Ok(Err(error)) => about.error = Some(error),
        Err(_) => about.error = Some(ReadError::Crashed { format: Format::Sie.code(), failure: Failure::Stopped }),
    }
    Some(Vec::new())
}

/// Reads the vouchers of a ledger's file again and gives each with its rows; none is kept.
pub fn transactions(
    path: &Path,
    encoding: Encoding,
    limits: &Limits,
    each: &mut dyn FnMut(&Voucher, &[Transaction]),
) -> Result<(), ReadError> {
    let file = File::open(path).map_err(|error| ReadError::NotReadable(Arc::new(error)))?;
    sie::transactions(BufReader::with_capacity(HEAD as usize, file), encoding, limits, each)
}

/// How much of a file is looked at to tell whether it is a ledger's.
const HEAD: u64 = 64 << 10;

/// Reads a format whose reader can take its process with it: in a worker, where there is one.
fn guarded(
    format: Format,
    bytes: &[u8],
    input: usize,
    options: &Options,
    allowance: &mut Allowance,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    match &options.worker {
        Some(program) => worker::read(program, format, bytes, input, &options.limits, reading)?,
        None => legacy::read(format, bytes, input, allowance, reading)?,
    }
    reading.remarks.push(Remark::FormulasIncomplete);
    Ok(())
}

/// The file's bytes, never more than the limit.
fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::NotReadable(Arc::new(error)),
    };
    let about = std::fs::metadata(path).map_err(refused)?;
    if about.is_dir() {
        return Err(ReadError::Folder);
    }
    let over = |found| Limit::File { limit: limits.file_bytes, found }.into();
    if about.len() > limits.file_bytes {
        return Err(over(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    // A pipe or a file that grows says nothing about its length beforehand.
    File::open(path).map_err(refused)?.take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(refused)?;
    match bytes.len() as u64 {
        0 => Err(ReadError::Empty),
        length if length > limits.file_bytes => Err(over(length)),
        _ => Ok(bytes),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
