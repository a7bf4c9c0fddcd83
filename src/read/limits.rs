//! How much is read of one file: bounds that no real account meets, against files that would fill the memory.

use super::error::ReadError;

/// What one file may hold. The defaults are far above any real budget or annual account.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of a ledger's file: it is read in pieces, so its size costs time and no memory.
    pub ledger_bytes: u64,
    /// Bytes of all parts of a package that are read, counted while they are inflated: headers can lie.
    pub inflated_bytes: u64,
    /// Inflated bytes for each byte of the file, tried once [`RATIO_FREE`] bytes have been inflated.
    pub ratio: u64,
    /// Parts of a package.
    pub entries: usize,
    pub sheets: usize,
    /// Cells that hold something, over all sheets.
    pub cells: usize,
    /// Bytes of text in cells, over all sheets (one shared string can stand in a million cells).
    pub text_bytes: usize,
    /// Bytes of one piece of text or one tag: a cell holds 32 767 characters at most.
    pub token_bytes: usize,
}

/// Small files may be as dense as they like: a form of ten thousand equal rows is no attack.
const RATIO_FREE: u64 = 64 << 20;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 128 << 20,
            ledger_bytes: 4 << 30,
            inflated_bytes: 768 << 20,
            ratio: 200,
            entries: 10_000,
            sheets: 2_000,
            cells: 4_000_000,
            text_bytes: 128 << 20,
            token_bytes: 8 << 20,
        }
    }
}

impl Limits {
    /// Whether so many bytes may come out of a package of that size.
    pub(super) fn allow_inflated(&self, inflated: u64, file: u64) -> Result<(), Limit> {
        if inflated > self.inflated_bytes {
            return Err(Limit::Inflated { limit: self.inflated_bytes });
        }
        if inflated > RATIO_FREE && inflated / file.max(1) > self.ratio {
            return Err(Limit::Ratio { limit: self.ratio });
        }
        Ok(())
    }
}

/// Which bound a file went over. What was found is told where it is known; counting stops at the bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.english())]
pub enum Limit {
    File { limit: u64, found: u64 },
    Inflated { limit: u64 },
    Ratio { limit: u64 },
    Entries { limit: usize, found: usize },
    Sheets { limit: usize, found: usize },
    Cells { limit: usize },
    Text { limit: usize },
    Token { limit: usize },
}

impl Limit {
    pub(super) fn english(self) -> String {
        match self {
            Limit::File { limit, found } => {
                format!("{} MB, where {} MB is the limit: split it", mb(found), mb(limit))
            }
            Limit::Inflated { limit } => format!("it unpacks to more than {} MB: split it", mb(limit)),
            Limit::Ratio { limit } => {
                format!(
                    "it unpacks to more than {limit} times its size, as no account does: look at where it came from"
                )
            }
            Limit::Entries { limit, found } => format!("{found} parts, where {limit} is the limit: save it again"),
            Limit::Sheets { limit, found } => format!("{found} sheets, where {limit} is the limit: split it"),
            Limit::Cells { limit } => {
                format!("more than {limit} cells: split it, or clear the cells that are not used")
            }
            Limit::Text { limit } => format!("more than {} MB of text: split it", mb(limit as u64)),
            Limit::Token { limit } => {
                format!("more than {} MB in one cell: look at where it came from", mb(limit as u64))
            }
        }
    }

    pub(super) fn swedish(self) -> String {
        match self {
            Limit::File { limit, found } => format!("{} MB, där gränsen är {} MB: dela den", mb(found), mb(limit)),
            Limit::Inflated { limit } => format!("den packas upp till mer än {} MB: dela den", mb(limit)),
            Limit::Ratio { limit } => {
                format!(
                    "den packas upp till mer än {limit} gånger sin storlek, vilket inget bokslut gör: se efter var den kommer ifrån"
                )
            }
            Limit::Entries { limit, found } => format!("{found} delar, där gränsen är {limit}: spara om den"),
            Limit::Sheets { limit, found } => format!("{found} blad, där gränsen är {limit}: dela den"),
            Limit::Cells { limit } => format!("mer än {limit} celler: dela den, eller rensa celler som inte används"),
            Limit::Text { limit } => format!("mer än {} MB text: dela den", mb(limit as u64)),
            Limit::Token { limit } => {
                format!("mer än {} MB i en cell: se efter var den kommer ifrån", mb(limit as u64))
            }
        }
    }
}

fn mb(bytes: u64) -> u64 {
    bytes >> 20
}

impl From<Limit> for ReadError {
    fn from(limit: Limit) -> ReadError {
        ReadError::TooLarge(limit)
    }
}

impl From<Limit> for std::io::Error {
    fn from(limit: Limit) -> std::io::Error {
        std::io::Error::other(limit)
    }
}

/// What is left of the cells and of the text that one file may hold.
pub(super) struct Allowance {
    limits: Limits,
    cells: usize,
    text: usize,
}

impl Allowance {
    pub fn new(limits: &Limits) -> Allowance {
        Allowance { limits: limits.clone(), cells: limits.cells, text: limits.text_bytes }
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Takes one cell with so many bytes of text.
    pub fn take(&mut self, text: usize) -> Result<(), Limit> {
        self.cells = self.cells.checked_sub(1).ok_or(Limit::Cells { limit: self.limits.cells })?;
        self.text = self.text.checked_sub(text).ok_or(Limit::Text { limit: self.limits.text_bytes })?;
        Ok(())
    }
}
