//! What a file is, by its content. Its ending is only a hint among kinds of text.

use std::ffi::OsStr;
use std::path::Path;

use super::delimiter;
use super::encoding;
use super::error::{Lookalike, ReadError, Remark};
use super::package::Package;
use super::{Format, Options, text};

pub(super) enum Kind {
    /// A zip package with a workbook in it.
    Package(Format),
    /// An xls file.
    Old,
    /// OpenDocument as one XML file.
    FlatOds,
    Text(FoundText),
}

/// A text, decoded, and what it is.
pub(super) struct FoundText {
    pub text: String,
    pub format: Format,
    pub delimiter: u8,
    pub remarks: Vec<Remark>,
}

impl Kind {
    pub fn format(&self) -> Format {
        match self {
            Kind::Package(format) => *format,
            Kind::Old => Format::Xls,
            Kind::FlatOds => Format::Ods,
            Kind::Text(found) => found.format,
        }
    }
}

pub(super) fn find(bytes: &[u8], path: &Path, options: &Options) -> Result<Kind, ReadError> {
    match bytes {
        [b'P', b'K', 3 | 5 | 7, ..] => return package(bytes, options).map(Kind::Package),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => return compound(bytes),
        _ => {}
    }
    if let Some(other) = by_magic(bytes) {
        return Err(ReadError::NotASpreadsheet(other));
    }
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    let (encoding, guessed) = options.encoding.map_or_else(|| encoding::find(bytes), |known| (known, false));
    let (text, whole) = encoding.decode(bytes);
    if is_binary(&text) {
        return Err(match ending.as_str() {
            // What ends as a workbook and is none was one before it was damaged.
            "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => ReadError::Truncated("it does not begin as one".into()),
            _ => ReadError::NotASpreadsheet(Lookalike::Binary),
        });
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(kind) = tagged(&text) {
        return kind;
    }
    let mut remarks = Vec::new();
    if guessed {
        remarks.push(Remark::EncodingGuessed(encoding));
    }
    if !whole {
        remarks.push(Remark::UndecodableBytes);
    }
    Ok(Kind::Text(text_kind(text.into_owned(), &ending, options, remarks)))
}

/// Which kind of workbook a package holds, by the types of its parts.
fn package(bytes: &[u8], options: &Options) -> Result<Format, ReadError> {
    let mut package = Package::open(bytes, &options.limits)?;
    let mimetype = package.text("mimetype")?;
    if mimetype.starts_with("application/vnd.oasis.opendocument.") {
        if package.text("META-INF/manifest.xml")?.contains("encryption-data") {
            return Err(ReadError::Encrypted);
        }
        return match mimetype.contains(".spreadsheet") {
            true => Ok(Format::Ods),
            false => Err(ReadError::NotASpreadsheet(Lookalike::OpenDocument)),
        };
    }
    let types = package.text("[Content_Types].xml")?;
    let says = |what: &str| types.contains(what);
    match () {
        _ if says("sheet.binary.") => Ok(Format::Xlsb),
        _ if says("ms-excel.sheet.macroEnabled") || says("ms-excel.template.macroEnabled") => Ok(Format::Xlsm),
        _ if says("spreadsheetml.sheet.main") || says("spreadsheetml.template.main") => Ok(Format::Xlsx),
        _ if package.holds("xl/workbook.bin") => Ok(Format::Xlsb),
        _ if package.holds("xl/workbook.xml") => Ok(Format::Xlsx),
        _ if says("wordprocessingml.") => Err(ReadError::NotASpreadsheet(Lookalike::Word)),
        _ if says("presentationml.") => Err(ReadError::NotASpreadsheet(Lookalike::Presentation)),
        _ if package.holds("content.xml") => Ok(Format::Ods),
        _ if package.holds("Index/Document.iwa") => Err(ReadError::NotASpreadsheet(Lookalike::Numbers)),
        _ => Err(ReadError::NotASpreadsheet(Lookalike::Archive)),
    }
}

/// An OLE compound file: an xls, an encrypted workbook, or another kind of old document.
///
/// Its directory entries are 128 bytes each at multiples of 128, so they are found without following chains
/// that a damaged file would lead astray.
fn compound(bytes: &[u8]) -> Result<Kind, ReadError> {
    let mut names = bytes.chunks_exact(128).filter_map(|entry| {
        let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
        let is_entry = matches!(entry[66], 1 | 2 | 5) && (4..=64).contains(&length) && length % 2 == 0;
        let units =
            entry.get(..length.checked_sub(2)?)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        is_entry.then(|| String::from_utf16(&units.collect::<Vec<_>>()).ok())?
    });
    let mut any = false;
    let mut workbook = false;
    for name in names.by_ref() {
        any = true;
        match name.as_str() {
            "EncryptedPackage" | "EncryptionInfo" => return Err(ReadError::Encrypted),
            "WordDocument" | "PowerPoint Document" => return Err(ReadError::NotASpreadsheet(Lookalike::OldOffice)),
            _ => workbook |= name.eq_ignore_ascii_case("Workbook") || name.eq_ignore_ascii_case("Book"),
        }
    }
    match (workbook, any) {
        (true, _) => Ok(Kind::Old),
        (false, true) => Err(ReadError::NotASpreadsheet(Lookalike::OldOffice)),
        (false, false) => Err(ReadError::Truncated("its directory is missing".into())),
    }
}

fn by_magic(bytes: &[u8]) -> Option<Lookalike> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    Some(match () {
        _ if starts(b"%PDF") => Lookalike::Pdf,
        _ if starts(b"{\\rtf") => Lookalike::Rtf,
        _ if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") => Lookalike::Image,
        _ if starts(b"II*\0") || starts(b"MM\0*") || (starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")) => {
            Lookalike::Image
        }
        _ if starts(b"\x1f\x8b") || starts(b"BZh") || starts(b"7z\xbc\xaf") || starts(b"Rar!") => Lookalike::Archive,
        _ if starts(b"\x7fELF") || (starts(b"MZ") && bytes.contains(&0)) => Lookalike::Program,
        // The first record of a worksheet of Excel 2 to 5 that lies bare.
        _ if matches!(bytes, [9, 0 | 2 | 4 | 8, 4..=16, 0, ..]) => Lookalike::AncientExcel,
        _ => return None,
    })
}

/// Text holds hardly any control characters.
fn is_binary(text: &str) -> bool {
    let sample = text.chars().take(64 << 10);
    let (mut all, mut odd) = (0usize, 0usize);
    for c in sample {
        all += 1;
        odd += usize::from(
            (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}' | '\u{85}')) || c == '\u{fffd}',
        );
    }
    odd * 50 > all
}

/// Documents in tags: OpenDocument as one file is read, other XML and web pages are not.
fn tagged(text: &str) -> Option<Result<Kind, ReadError>> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('<') {
        return None;
    }
    let end = start.char_indices().nth(4096).map_or(start.len(), |(i, _)| i);
    let head = start[..end].to_ascii_lowercase();
    let refused = |what| Some(Err(ReadError::NotASpreadsheet(what)));
    match () {
        _ if head.contains("<office:document") && head.contains("opendocument") => Some(Ok(Kind::FlatOds)),
        _ if ["<!doctype html", "<html", "<table", "<head"].iter().any(|tag| head.contains(tag)) => {
            refused(Lookalike::Html)
        }
        _ if head.starts_with("<?xml") => refused(Lookalike::Xml),
        _ => None,
    }
}

fn text_kind(text: String, ending: &str, options: &Options, remarks: Vec<Remark>) -> FoundText {
    let found = delimiter::find(&text);
    let delimiter = options.delimiter.unwrap_or(found.delimiter);
    let table = if delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    let format = match ending {
        "md" | "markdown" => Format::Markdown,
        _ if text::has_markdown_table(&text) => Format::Markdown,
        "csv" | "tsv" | "tab" => table,
        _ if options.delimiter.is_some() => table,
        // A document with tables in it is a document; a table with a title is a table.
        _ if found.share > 90 => table,
        _ => Format::Text,
    };
    FoundText { text, format, delimiter, remarks }
}
