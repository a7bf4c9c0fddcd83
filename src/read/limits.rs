//! How much is read of one file: bounds that no real account meets, against files that would fill the memory.

use super::error::ReadError;

/// What one file may hold. The defaults are far above any real budget or annual account; each can be set by its name
/// ([`Limits::set`]), which an error that it caused tells.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Elements of XML within each other.
    pub nesting: usize,
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
            nesting: 256,
        }
    }
}

impl Limits {
    /// Every limit by its name, in bytes or as a number.
    pub fn named(&self) -> [(&'static str, u64); 10] {
        [
            ("file", self.file_bytes),
            ("ledger", self.ledger_bytes),
            ("unpacked", self.inflated_bytes),
            ("ratio", self.ratio),
            ("parts", self.entries as u64),
            ("sheets", self.sheets as u64),
            ("cells", self.cells as u64),
            ("text", self.text_bytes as u64),
            ("piece", self.token_bytes as u64),
            ("nesting", self.nesting as u64),
        ]
    }

    /// Sets the limit of a name; `false` where there is none of that name.
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        let count = usize::try_from(value).unwrap_or(usize::MAX);
        match name {
            "file" => self.file_bytes = value,
            "ledger" => self.ledger_bytes = value,
            "unpacked" => self.inflated_bytes = value,
            "ratio" => self.ratio = value,
            "parts" => self.entries = count,
            "sheets" => self.sheets = count,
            "cells" => self.cells = count,
            "text" => self.text_bytes = count,
            "piece" => self.token_bytes = count,
            "nesting" => self.nesting = count,
            _ => return false,
        }
        true
    }

    /// The value of a limit as people write it: `4000000`, `4 000 000`, `512M`, `2 GB`. Never zero, which would refuse
    /// everything.
    pub fn parse(text: &str) -> Option<u64> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '_').collect::<String>().to_uppercase();
        let digits = plain.trim_end_matches(|c: char| !c.is_ascii_digit());
        let shift = match &plain[digits.len()..] {
            "" | "B" => 0,
            "K" | "KB" => 10,
            "M" | "MB" => 20,
            "G" | "GB" => 30,
            _ => return None,
        };
        digits.parse::<u64>().ok()?.checked_mul(1 << shift).filter(|value| *value > 0)
    }

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
    Ledger { limit: u64 },
    Inflated { limit: u64 },
    Ratio { limit: u64 },
    Entries { limit: usize, found: usize },
    Sheets { limit: usize, found: usize },
    Cells { limit: usize },
    Text { limit: usize },
    Token { limit: usize },
    Nesting { limit: usize },
}

impl Limit {
    /// What would let twice as much through: `--limit cells=8000000`.
    fn option(self) -> String {
        let (name, limit, in_bytes) = match self {
            Limit::File { limit, .. } => ("file", limit, true),
            Limit::Ledger { limit } => ("ledger", limit, true),
            Limit::Inflated { limit } => ("unpacked", limit, true),
            Limit::Ratio { limit } => ("ratio", limit, false),
            Limit::Entries { limit, .. } => ("parts", limit as u64, false),
            Limit::Sheets { limit, .. } => ("sheets", limit as u64, false),
            Limit::Cells { limit } => ("cells", limit as u64, false),
            Limit::Text { limit } => ("text", limit as u64, true),
            Limit::Token { limit } => ("piece", limit as u64, true),
            Limit::Nesting { limit } => ("nesting", limit as u64, false),
        };
        let double = limit.saturating_mul(2);
        let value = if in_bytes { size(double).replace(' ', "") } else { double.to_string() };
        format!("--limit {name}={value}")
    }

    pub(super) fn english(self) -> String {
        let why = match self {
            Limit::File { limit, found } => format!("{}, where {} is the limit: split it", size(found), size(limit)),
            Limit::Ledger { limit } => format!("more than {} of ledger: split it", size(limit)),
            Limit::Inflated { limit } => format!("it unpacks to more than {}: split it", size(limit)),
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
            Limit::Text { limit } => format!("more than {} of text: split it", size(limit as u64)),
            Limit::Token { limit } => {
                format!("more than {} in one cell: look at where it came from", size(limit as u64))
            }
            Limit::Nesting { limit } => {
                format!("elements nested more than {limit} deep, as in no workbook: look at where it came from")
            }
        };
        format!("{why}; {} allows more", self.option())
    }

    pub(super) fn swedish(self) -> String {
        let why = match self {
            Limit::File { limit, found } => format!("{}, där gränsen är {}: dela den", size(found), size(limit)),
            Limit::Ledger { limit } => format!("mer än {} bokföring: dela den", size(limit)),
            Limit::Inflated { limit } => format!("den packas upp till mer än {}: dela den", size(limit)),
            Limit::Ratio { limit } => {
                format!(
                    "den packas upp till mer än {limit} gånger sin storlek, vilket inget bokslut gör: se efter var den kommer ifrån"
                )
            }
            Limit::Entries { limit, found } => format!("{found} delar, där gränsen är {limit}: spara om den"),
            Limit::Sheets { limit, found } => format!("{found} blad, där gränsen är {limit}: dela den"),
            Limit::Cells { limit } => format!("mer än {limit} celler: dela den, eller rensa celler som inte används"),
            Limit::Text { limit } => format!("mer än {} text: dela den", size(limit as u64)),
            Limit::Token { limit } => {
                format!("mer än {} i en cell: se efter var den kommer ifrån", size(limit as u64))
            }
            Limit::Nesting { limit } => {
                format!(
                    "element nästlade djupare än {limit}, vilket ingen arbetsbok har: se efter var den kommer ifrån"
                )
            }
        };
        format!("{why}; {} tillåter mer", self.option())
    }
}

/// A size in the largest unit that tells it whole: `128 MB`, `100 KB`, `10 B`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        ..10_485_760 if bytes % (1 << 20) != 0 => format!("{} KB", bytes >> 10),
        _ => format!("{} MB", bytes >> 20),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_set_by_its_name_and_named_where_it_is_met() {
        let mut limits = Limits::default();
        for (i, (name, default)) in Limits::default().named().into_iter().enumerate() {
            assert!(default > 0 && limits.set(name, 7 + i as u64));
            assert_eq!(limits.named()[i], (name, 7 + i as u64));
        }
        assert!(!limits.set("size", 1));
        let errors = [
            Limit::File { limit: 1, found: 2 },
            Limit::Ledger { limit: 4 << 30 },
            Limit::Inflated { limit: 768 << 20 },
            Limit::Ratio { limit: 200 },
            Limit::Entries { limit: 10, found: 11 },
            Limit::Sheets { limit: 10, found: 11 },
            Limit::Cells { limit: 10 },
            Limit::Text { limit: 100 << 10 },
            Limit::Token { limit: 10 },
            Limit::Nesting { limit: 10 },
        ];
        for (error, (name, _)) in errors.into_iter().zip(limits.named()) {
            let option = format!("--limit {name}=");
            assert!(error.english().contains(&option) && error.swedish().contains(&option), "{error}");
            // What is advised is understood.
            let advised = error.english();
            let value = advised.split(&option).nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
            assert!(Limits::parse(value).is_some(), "{advised}");
        }
    }

    #[test]
    fn limits_are_written_as_people_write_sizes() {
        let read = ["4000000", "4 000 000", "512M", "2 gb", "10kb", "0", "-1", "1,5 MB", "MB", "", "99999999999G"];
        let expected =
            [Some(4_000_000), Some(4_000_000), Some(512 << 20), Some(2 << 30), Some(10 << 10), None, None, None];
        for (text, value) in read.into_iter().zip(expected.into_iter().chain(std::iter::repeat(None))) {
            assert_eq!(Limits::parse(text), value, "{text}");
        }
    }
}
