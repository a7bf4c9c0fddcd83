//! Book and report → the cleaned workbook: the statements in one common format, what did not agree, every test as a
//! live formula, and where each figure came from. The only place that knows the writer of workbooks.
//!
//! A figure of the source is never changed: only totals are calculated, by formulas, with the stated figure beside.
//! The same book and report give the same bytes.

mod changes;
mod changes_sheet;
mod checks;
mod checks_sheet;
mod findings_sheet;
mod layout;
mod ledger_sheet;
mod listing;
mod marks;
mod names;
mod order;
mod originals;
mod overview;
mod pen;
mod records_sheet;
mod reread;
mod rules_sheet;
mod save;
mod settled;
mod since_sheet;
mod sources_sheet;
mod statements;
mod styles;
mod totals;
mod wording;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::book::Book;
use crate::check::Report;
use crate::diff::{Diff, Version};
use crate::finding::Language;
use crate::grid::{At, Cell};
use crate::rules::Rule;
use crate::suggestion::Applied;
use layout::Layout;
use marks::Marks;
use originals::Originals;
use pen::Pen;

pub use marks::{Flag, flags};
pub use records_sheet::records;
pub use reread::unpack;
pub use save::{SaveError, save};
pub use settled::{Settled, lapsed, settled};
pub use styles::mark_colour;

/// Why the workbook could not be made; only more than a spreadsheet can hold makes it fail.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the workbook cannot be made ({0}): take fewer files at a time")]
    Refused(#[from] XlsxError),
    #[error("{0} rows are more than a sheet can hold: write .csv or .parquet")]
    TooManyRows(usize),
}

impl WriteError {
    pub fn swedish(&self) -> String {
        match self {
            WriteError::Refused(why) => format!("arbetsboken går inte att göra ({why}): ta färre filer åt gången"),
            WriteError::TooManyRows(rows) => {
                format!("{rows} rader är fler än ett blad rymmer: skriv .csv eller .parquet")
            }
        }
    }
}

/// What a cleaned workbook tells beyond the book and what was found in it.
#[derive(Clone, Copy, Default)]
pub struct With<'a> {
    /// Suggestions that were put into the book: they are marked, and logged with what the source has.
    pub applied: &'a [Applied],
    /// What changed since an earlier version gets a sheet of its own.
    pub since: Option<Since<'a>>,
    /// What people wrote beside findings in an earlier cleaned workbook; it stays with the findings that stand.
    pub settled: &'a [Settled],
}

/// What changed from an earlier version to the book that is written.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// What people call the earlier version: the name of its file.
    pub name: &'a str,
    pub old: Version<'a>,
    pub diff: &'a Diff,
}

/// What every sheet is made from.
struct Material<'a> {
    book: &'a Book,
    report: &'a Report,
    layout: Layout<'a>,
    marks: Marks<'a>,
    originals: Originals,
    with: &'a With<'a>,
    rules: Vec<&'static Rule>,
    own: OwnNames,
    /// Whether the sheets go into the workbook that was read.
    appended: bool,
    language: Language,
}

/// What the sheets that tell about the accounts are called here.
struct OwnNames {
    overview: String,
    findings: String,
    checks: String,
    rules: String,
}

impl OwnNames {
    /// Beside sheets that have these names.
    fn beside(taken: &[String]) -> OwnNames {
        let taken: Vec<String> = taken.iter().map(|name| name.to_lowercase()).collect();
        let free = |name: &str| {
            let others = (1..=taken.len()).map(|count| originals::with_mark(name, "avstam", count));
            let mut names = std::iter::once(name.to_string()).chain(others);
            names.find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_else(|| name.to_string())
        };
        let [overview, findings, checks, rules] =
            [wording::OVERVIEW, wording::FINDINGS, wording::CHECKS, wording::RULES].map(free);
        OwnNames { overview, findings, checks, rules }
    }
}

impl Material<'_> {
    /// Whether there is any statement to tell of.
    fn understood(&self) -> bool {
        wording::SHEETS.iter().any(|(kind, _)| self.book.of_kind(*kind).next().is_some())
    }

    /// The cell as the source has it, where a suggestion was put in its place.
    fn was(&self, at: At) -> Option<&Cell> {
        self.with.applied.iter().find(|applied| applied.edit.at == at).map(|applied| &applied.was)
    }

    fn file_of(&self, grid: u32) -> String {
        self.book.file_name(self.book.grids[grid as usize].input).to_string()
    }

    fn sheet_of(&self, grid: u32) -> &str {
        &self.book.grids[grid as usize].sheet
    }

    /// The file and sheet of a grid: `bokslut.xlsx, RR`.
    fn place(&self, grid: u32) -> String {
        match self.sheet_of(grid) {
            "" => self.file_of(grid),
            sheet => format!("{}, {sheet}", self.file_of(grid)),
        }
    }
}

/// The cleaned workbook as the bytes of an xlsx file.
pub fn write(book: &Book, report: &Report, language: Language) -> Result<Vec<u8>, WriteError> {
    write_with(book, report, &With::default(), language)
}

/// The same, with what was put into the book, changed since, or settled before.
pub fn write_with(book: &Book, report: &Report, with: &With<'_>, language: Language) -> Result<Vec<u8>, WriteError> {
    let layout = Layout::of(book, report);
    let mut marks = Marks::of(report, &layout, language);
    marks.apply(with.applied, &layout, language);
    let originals = Originals::of(book, language);
    let rules = rules_sheet::listed(report, with);
    let (own, appended) = (OwnNames::beside(&[]), false);
    let material = Material { book, report, layout, marks, originals, with, rules, own, appended, language };
    let mut workbook = workbook();
    workbook.set_properties(&properties(&material)?);
    for pen in sheets(&material)? {
        workbook.push_worksheet(pen.finish()?);
    }
    for (name, target) in names::all(&material.layout) {
        workbook.define_name(name, &target)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The sheets that tell about the accounts, with links into the file that `input` is: they are to stand in it beside
/// its own, whose names are `taken`.
pub fn appendix(
    book: &Book,
    report: &Report,
    input: usize,
    taken: &[String],
    language: Language,
) -> Result<Vec<u8>, WriteError> {
    let (layout, originals) = (Layout::in_place(book, input), Originals::in_place(book, input));
    let with = &With::default();
    let (rules, own) = (rules_sheet::listed(report, with), OwnNames::beside(taken));
    let (marks, appended) = (Marks::default(), true);
    let material = Material { book, report, layout, marks, originals, with, rules, own, appended, language };
    let mut workbook = workbook();
    workbook.set_properties(&stamped("")?);
    let sheets = [overview::write, findings_sheet::write, checks_sheet::write, rules_sheet::write];
    for write in sheets {
        workbook.push_worksheet(write(&material)?.finish()?);
    }
    Ok(workbook.save_to_buffer()?)
}

fn sheets(material: &Material<'_>) -> Result<Vec<Pen>, XlsxError> {
    let mut sheets = vec![overview::write(material)?, findings_sheet::write(material)?, checks_sheet::write(material)?];
    for sheet in 0..material.layout.sheets.len() {
        sheets.push(statements::write(material, sheet)?);
    }
    sheets.extend(ledger_sheet::write(material)?);
    if let Some(since) = material.with.since {
        sheets.push(since_sheet::write(material, since)?);
    }
    sheets.push(changes_sheet::write(material)?);
    sheets.push(sources_sheet::write(material)?);
    sheets.push(rules_sheet::write(material)?);
    sheets.extend(originals::write(material)?);
    Ok(sheets)
}

fn properties(material: &Material<'_>) -> Result<DocProperties, XlsxError> {
    let title = overview::titles(material.book).into_iter().flatten().next().unwrap_or_default();
    stamped(&title)
}

/// Packed fast rather than small: at the usual level packing takes more time than all the rest.
fn workbook() -> Workbook {
    const LEVEL: u8 = 2;
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(LEVEL);
    workbook
}

/// A fixed date of making: two runs on the same book give the same bytes.
fn stamped(title: &str) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new()
        .set_title(pen::shortened(title, 200))
        .set_author(concat!("avstam ", env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&made))
}
