//! The user's own workbook with what was found in it: flagged cells coloured and with a note each, and sheets of ours
//! at its end. Every part of it is kept: those that are not changed go over byte for byte, and those that are have
//! their text as it was between what is put in (`tests/annotate` compares them, part by part).
//!
//! Values, formulas and formats stay the user's: a flagged cell has a copy of its own style with another fill.

mod listing;
mod notes;
mod package;
mod sheet;
mod styles;
mod tags;
mod transplant;

use std::collections::BTreeMap;

use crate::book::Book;
use crate::check::Report;
use crate::finding::Language;
use crate::grid::{Source, a1};
use crate::read::{Format, Input, Remark};
use crate::workbook::{self, Flag, WriteError};
use notes::Notes;
use package::Package;
use sheet::Marked;
use styles::Styles;

/// Why a workbook could not be annotated. Each message says what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    #[error(
        "--annotate writes into a workbook of your own, and there is none to keep among the files: save it as xlsx, or make a cleaned workbook without --annotate"
    )]
    NoWorkbook,
    #[error("--annotate writes into one workbook at a time: give only one xlsx or xlsm file, and ledgers beside it")]
    SeveralWorkbooks,
    #[error("it is a cleaned workbook: annotate its source instead")]
    Cleaned,
    #[error("it has avstam's sheets already: annotate the workbook without them, or run avstam check on this one")]
    Annotated,
    #[error("it was changed while it was read: run the command again")]
    Changed,
    #[error("{0} is no well-formed part: open the workbook in a spreadsheet program and save it again")]
    Malformed(String),
    #[error("{0} is not in UTF-8: open the workbook in a spreadsheet program and save it again")]
    Encoding(String),
    #[error("two of its parts have one name {0}: open the workbook in a spreadsheet program and save it again")]
    SameName(String),
    #[error("its part {0} is larger than what is written into: make a cleaned workbook without --annotate")]
    TooLarge(String),
    #[error(
        "the package cannot be read or written ({0}): open the workbook in a spreadsheet program and save it again"
    )]
    Zip(String),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl AnnotateError {
    pub fn swedish(&self) -> String {
        const SAVE_AGAIN: &str = "öppna arbetsboken i ett kalkylprogram och spara om den";
        match self {
            AnnotateError::NoWorkbook => "--annotate skriver i en arbetsbok som du har, och bland filerna finns ingen att behålla: spara den som xlsx, eller gör en städad arbetsbok utan --annotate".into(),
            AnnotateError::SeveralWorkbooks => {
                "--annotate skriver i en arbetsbok i taget: ange bara en fil av slaget xlsx eller xlsm, och bokföringen bredvid".into()
            }
            AnnotateError::Cleaned => "filen är en städad arbetsbok: ange källan i stället".into(),
            AnnotateError::Annotated => {
                "filen har redan avstams blad: ange arbetsboken utan dem, eller kör avstam check på den här".into()
            }
            AnnotateError::Changed => "filen ändrades medan den lästes: kör kommandot igen".into(),
            AnnotateError::Malformed(part) => format!("{part} är ingen välformad del: {SAVE_AGAIN}"),
            AnnotateError::Encoding(part) => format!("{part} är inte i UTF-8: {SAVE_AGAIN}"),
            AnnotateError::SameName(name) => format!("två av delarna heter lika {name}: {SAVE_AGAIN}"),
            AnnotateError::TooLarge(part) => {
                format!("delen {part} är större än vad som går att skriva i: gör en städad arbetsbok utan --annotate")
            }
            AnnotateError::Zip(why) => format!("filen går inte att läsa eller skriva som paket ({why}): {SAVE_AGAIN}"),
            AnnotateError::Write(error) => error.swedish(),
        }
    }
}

/// An annotated workbook.
#[derive(Debug)]
pub struct Annotated {
    pub bytes: Vec<u8>,
    /// How many cells are coloured.
    pub flagged: usize,
    /// Cells without our note: others talk on them already.
    pub without_note: Vec<String>,
    /// Signatures were left out: they would say that nothing has been changed.
    pub signatures_left_out: bool,
}

/// The workbook of the book that can be annotated, as the number of its input.
pub fn source(book: &Book) -> Result<usize, AnnotateError> {
    let is_workbook = |input: &&Input| matches!(input.format, Some(Format::Xlsx | Format::Xlsm));
    if book.inputs.iter().any(|input| input.remarks.contains(&Remark::Cleaned)) {
        return Err(AnnotateError::Cleaned);
    }
    match book.inputs.iter().filter(is_workbook).count() {
        0 => return Err(AnnotateError::NoWorkbook),
        1 => {}
        _ => return Err(AnnotateError::SeveralWorkbooks),
    }
    let input = book.inputs.iter().position(|input| is_workbook(&input)).unwrap_or_default();
    match book.inputs[input].remarks.contains(&Remark::Annotated) {
        true => Err(AnnotateError::Annotated),
        false => Ok(input),
    }
}

/// The ending that the name of a workbook must have for spreadsheet programs to open it, by what it says that it is.
pub fn ending(bytes: &[u8]) -> Result<&'static str, AnnotateError> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let kind = package.content_type(&main)?.unwrap_or_default();
    Ok(match (kind.contains("macroEnabled"), kind.contains("template")) {
        (false, false) => "xlsx",
        (true, false) => "xlsm",
        (false, true) => "xltx",
        (true, true) => "xltm",
    })
}

/// Writes what was found in a book into the workbook that one of its inputs was read from, whose bytes these are.
pub fn annotate(
    book: &Book,
    report: &Report,
    input: usize,
    bytes: &[u8],
    language: Language,
) -> Result<Annotated, AnnotateError> {
    let mut flags: BTreeMap<&str, BTreeMap<(u32, u32), Flag>> = BTreeMap::new();
    for (at, flag) in workbook::flags(report, language) {
        let grid = &book.grids[at.grid as usize];
        if grid.input == input && grid.source == Source::Workbook {
            flags.entry(&grid.sheet).or_default().insert(grid.origin(at.row, at.col), flag);
        }
    }
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let text = package.required(&main)?;
    let listed = listing::sheets(&main, &text)?;
    let strict = is_strict(&main, &text)?;
    let relations = package.relations(&main)?;
    let part_of = |sheet: &str| {
        let relation = &listed.iter().find(|listed| listed.name == sheet)?.relation;
        relations.iter().find(|tie| tie.id == *relation).map(|tie| tie.target.clone())
    };
    let taken: Vec<String> = listed.iter().map(|sheet| sheet.name.clone()).collect();
    let ours = workbook::appendix(book, report, input, &taken, language)?;

    let styles_part = match relations.iter().find(|relation| relation.kind == "styles") {
        Some(relation) => relation.target.clone(),
        None => {
            // Some readers look for styles under their usual name only.
            let usual = "xl/styles.xml".to_string();
            let name = if package.holds(&usual) { package.free("xl/avstam-styles", "xml") } else { usual };
            package.add(&name, styles::CONTENT_TYPE, styles::none(strict));
            package.relate(&main, "styles", &name, strict)?;
            name
        }
    };
    let own_styles = package.required(&styles_part)?;
    let mut styles = Styles::of(&own_styles)?;
    let mut without_note = Vec::new();
    for (sheet, flags) in &flags {
        let Some(part) = part_of(sheet) else { continue };
        let marked: Marked = flags.iter().map(|(at, flag)| (*at, flag.severity)).collect();
        let text = package.required(&part)?;
        let text = sheet::mark(&part, &text, &marked, &mut |style, severity| styles.marked(style, severity))?;
        package.put(&part, text);
        let notes: Notes = flags.iter().map(|(at, flag)| (*at, flag.note.clone())).collect();
        let left = notes::write(&mut package, &part, &notes, strict)?;
        without_note.extend(left.into_iter().map(|(row, col)| format!("{sheet}!{}", a1(row, col))));
    }
    let added = transplant::transplant(&mut package, &main, &ours, &mut styles, strict)?;
    package.put(&styles_part, styles.finish());
    let namespace = package::relation_namespace(strict);
    package.put(&main, listing::extended(&main, &text, &added.sheets, &added.names, namespace)?);
    let signatures_left_out = package.drop_folder("_xmlsignatures/");
    if signatures_left_out {
        package.unrelate("", |kind| kind == "origin")?;
    }
    let flagged = flags.values().map(BTreeMap::len).sum();
    Ok(Annotated { bytes: package.finish()?, flagged, without_note, signatures_left_out })
}

/// The workbook's own part, as the package names it or where it always lies.
fn main_part(package: &mut Package<'_>) -> Result<String, AnnotateError> {
    let named = package.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(named.filter(|relation| package.holds(&relation.target)).map_or("xl/workbook.xml".into(), |tie| tie.target))
}

const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Whether a workbook is written in the strict vocabulary.
fn is_strict(part: &str, text: &str) -> Result<bool, AnnotateError> {
    Ok(package::root(part, text)?.open.raw.contains(STRICT))
}

/// The vocabulary of sheets, styles and comments.
fn main_namespace(strict: bool) -> &'static str {
    if strict { STRICT } else { TRANSITIONAL }
}
