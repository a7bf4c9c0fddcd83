//! The zip packages that xlsx, xlsb and ods files are, opened with care: nothing is inflated past the limits.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use zip::ZipArchive;
use zip::result::ZipError;

use super::beside::{Pieces, beside};
use super::encoding;
use super::error::ReadError;
use super::limits::Limits;

pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Part names in lower case, for writers that are careless about it.
    names: HashMap<String, usize>,
    bytes: u64,
    limits: Limits,
    inflated: AtomicU64,
    pub duplicates: bool,
}

/// One part, inflated as it is read.
pub(super) enum Part<'p, 'a> {
    Stream(BufReader<Inflating<'p, zip::read::ZipFile<'p, Cursor<&'a [u8]>>>>),
    /// Inflated in another thread.
    Pieces(Pieces),
    /// Decoded from UTF-16.
    Decoded(Cursor<Vec<u8>>),
}

impl Part<'_, '_> {
    /// Reads the part through `read`; a large one is inflated beside it.
    pub fn through<T>(self, read: impl FnOnce(Part<'_, '_>) -> T) -> T {
        match self {
            Part::Stream(stream) if stream.get_ref().inner.size() >= LARGE => {
                beside(stream, |pieces| read(Part::Pieces(pieces)))
            }
            part => read(part),
        }
    }
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::Truncated(error.to_string()))?;
        if zip.len() > limits.entries {
            return Err(super::limits::Limit::Entries { limit: limits.entries, found: zip.len() }.into());
        }
        let mut names = HashMap::with_capacity(zip.len());
        for i in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(i) {
                names.insert(tidy(&name), i);
            }
        }
        let duplicates = zip.has_duplicate_names() || names.len() < zip.len();
        Ok(Package {
            zip,
            names,
            bytes: bytes.len() as u64,
            limits: limits.clone(),
            inflated: AtomicU64::new(0),
            duplicates,
        })
    }

    pub fn holds(&self, name: &str) -> bool {
        self.names.contains_key(&tidy(name))
    }

    /// A part by its name; `None` where there is none.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'a>>, ReadError> {
        let Some(&i) = self.names.get(&tidy(name)) else { return Ok(None) };
        let Package { zip, bytes, limits, inflated, .. } = self;
        let part = zip.by_index(i).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            error => ReadError::Damaged(format!("{name}: {error}")),
        })?;
        // Most parts are small, and a buffer is filled with zeros first.
        let capacity = part.size().clamp(SMALLEST_BUFFER, LARGEST_BUFFER) as usize;
        let mut part = BufReader::with_capacity(capacity, Inflating { inner: part, bytes: *bytes, limits, inflated });
        let start = part.fill_buf().map_err(|error| from_io(&error, name))?;
        match encoding::wide_xml(start) {
            None => Ok(Some(Part::Stream(part))),
            // Allowed by the format and hardly ever met: not worth a stream of its own.
            Some(wide) => {
                let mut bytes = Vec::new();
                part.take(WIDE_PART).read_to_end(&mut bytes).map_err(|error| from_io(&error, name))?;
                Ok(Some(Part::Decoded(Cursor::new(wide.decode(&bytes).0.into_owned().into_bytes()))))
            }
        }
    }

    /// A small part as text; empty where there is none.
    pub fn text(&mut self, name: &str) -> Result<String, ReadError> {
        let mut bytes = Vec::new();
        if let Some(part) = self.part(name)? {
            part.take(SMALL_PART).read_to_end(&mut bytes).map_err(|error| from_io(&error, name))?;
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Inflates every part once and keeps nothing, for a reader that knows no limits itself.
    pub fn measure(&mut self) -> Result<(), ReadError> {
        let names: Vec<String> = self.names.keys().cloned().collect();
        for name in names {
            if let Some(mut part) = self.part(&name)? {
                std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| from_io(&error, &name))?;
            }
        }
        Ok(())
    }
}

/// Inflating so much takes many times longer than to start a thread.
pub(super) const LARGE: u64 = 4 << 20;
const SMALLEST_BUFFER: u64 = 512;
const LARGEST_BUFFER: u64 = 32 << 10;
const SMALL_PART: u64 = 1 << 20;
const WIDE_PART: u64 = 32 << 20;

fn tidy(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// Our own limits come back as errors of the stream that met them.
pub(super) fn from_io(error: &std::io::Error, part: &str) -> ReadError {
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(limit) => ReadError::TooLarge(*limit),
        None => ReadError::Damaged(format!("{part}: {error}")),
    }
}

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Part::Stream(part) => part.read(buffer),
            Part::Pieces(part) => part.read(buffer),
            Part::Decoded(part) => part.read(buffer),
        }
    }
}

impl BufRead for Part<'_, '_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        match self {
            Part::Stream(part) => part.fill_buf(),
            Part::Pieces(part) => part.fill_buf(),
            Part::Decoded(part) => part.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Part::Stream(part) => part.consume(amount),
            Part::Pieces(part) => part.consume(amount),
            Part::Decoded(part) => part.consume(amount),
        }
    }
}

/// Counts what comes out of a part, over the whole package.
pub(super) struct Inflating<'p, R> {
    inner: R,
    bytes: u64,
    limits: &'p Limits,
    inflated: &'p AtomicU64,
}

impl<R: Read> Read for Inflating<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        // Parts are read one after the other: the counter only crosses over to the thread that inflates.
        let inflated = self.inflated.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        self.limits.allow_inflated(inflated, self.bytes)?;
        Ok(read)
    }
}
