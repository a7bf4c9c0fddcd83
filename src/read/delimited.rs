//! Delimited text (csv, tsv) → one grid of texts. A record is a row, and so is a blank line: rows are those that
//! a spreadsheet shows.

use std::borrow::Cow;

use super::error::ReadError;
use super::limits::Allowance;
use crate::grid::{Cell, Grid, Source, Value};

pub(super) fn read(text: &str, delimiter: u8, input: usize, allowance: &mut Allowance) -> Result<Grid, ReadError> {
    let mut cells = Vec::new();
    let mut fields = Vec::new();
    let mut records = Records::new(body(text), delimiter);
    let mut row = 0;
    while records.next_into(&mut fields) {
        for (col, field) in fields.drain(..).enumerate() {
            if !field.is_empty() {
                allowance.take(field.len())?;
                cells.push(Cell::new(row, col as u32, Value::Text(field.into())));
            }
        }
        row += 1;
    }
    Ok(Grid::new(input, "", Source::Delimited, cells))
}

/// The text after a byte order mark and a `sep=;` line, which a spreadsheet does not show.
pub(super) fn body(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match named_delimiter(text) {
        Some(_) => text.find('\n').map_or("", |end| &text[end + 1..]),
        None => text,
    }
}

/// The delimiter that a first line `sep=;` names.
pub(super) fn named_delimiter(text: &str) -> Option<u8> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let named = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(text.as_bytes().get(4))?;
    (named.is_ascii() && matches!(text.as_bytes().get(5), None | Some(b'\r' | b'\n'))).then_some(*named)
}

/// The longest text that a quoted field may be: what goes on beyond is a quotation mark that never closes.
const LONGEST_QUOTED: usize = 64 << 10;
/// So many of those, and quotation marks mean nothing in this file.
const STRAY_QUOTES: usize = 50;

/// Records by RFC 4180, lenient: a quotation mark that opens nothing that closes is a character like others.
pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    delimiter: u8,
    strays: usize,
}

impl<'t> Records<'t> {
    pub fn new(text: &'t str, delimiter: u8) -> Records<'t> {
        Records { text, at: 0, delimiter, strays: 0 }
    }

    /// Puts the fields of the next record into `fields`; false at the end. A blank line is a record of one
    /// empty field.
    pub fn next_into(&mut self, fields: &mut Vec<Cow<'t, str>>) -> bool {
        fields.clear();
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            let field = self.quoted().unwrap_or_else(|| Cow::Borrowed(self.bare()));
            fields.push(field);
            match self.text.as_bytes().get(self.at) {
                Some(&b) if b == self.delimiter => self.at += 1,
                Some(b'\r') => {
                    self.at += 1 + usize::from(self.text.as_bytes().get(self.at + 1) == Some(&b'\n'));
                    return true;
                }
                Some(_) => {
                    self.at += 1;
                    return true;
                }
                None => return true,
            }
        }
    }

    fn bare(&mut self) -> &'t str {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|&b| self.ends(b)).unwrap_or(rest.len());
        let field = &self.text[self.at..self.at + length];
        self.at += length;
        field
    }

    fn ends(&self, b: u8) -> bool {
        b == self.delimiter || matches!(b, b'\n' | b'\r')
    }

    /// A field in quotation marks; `None`, and nothing consumed, where the next field is not one.
    fn quoted(&mut self) -> Option<Cow<'t, str>> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) != Some(&b'"') || self.strays > STRAY_QUOTES {
            return None;
        }
        let start = self.at + 1;
        let mut from = start;
        let mut doubled = false;
        loop {
            let quote = bytes[from..].iter().take(LONGEST_QUOTED).position(|&b| b == b'"').map(|at| from + at);
            let Some(quote) = quote.filter(|quote| quote - start < LONGEST_QUOTED) else {
                self.strays += 1;
                return None;
            };
            match bytes.get(quote + 1) {
                Some(b'"') => {
                    doubled = true;
                    from = quote + 2;
                }
                Some(&b) if !self.ends(b) => from = quote + 1,
                _ => {
                    self.at = quote + 1;
                    let field = &self.text[start..quote];
                    return Some(if doubled { field.replace("\"\"", "\"").into() } else { field.into() });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut records = Records::new(text, delimiter);
        let mut fields = Vec::new();
        let mut all = Vec::new();
        while records.next_into(&mut fields) {
            all.push(fields.iter().map(ToString::to_string).collect());
        }
        all
    }

    #[test]
    fn fields_quoted_and_bare() {
        assert_eq!(
            records("a;\"b;\"\"c\"\"\nd\";e\r\n\r\n1 234,50;;\n", b';'),
            [vec!["a", "b;\"c\"\nd", "e"], vec![""], vec!["1 234,50", "", ""]]
        );
    }

    #[test]
    fn a_stray_quotation_mark_is_a_character() {
        assert_eq!(records("\"Vi kan;1\nx;2", b';'), [vec!["\"Vi kan", "1"], vec!["x", "2"]]);
        assert_eq!(records("\"19\" skärm\";1\nx;2", b';'), [vec!["19\" skärm", "1"], vec!["x", "2"]]);
    }

    #[test]
    fn old_line_ends() {
        assert_eq!(records("a;b\rc;d\r", b';'), [vec!["a", "b"], vec!["c", "d"]]);
    }

    #[test]
    fn a_line_that_names_the_delimiter_is_no_row() {
        assert_eq!((named_delimiter("\u{feff}sep=;\r\na;b"), body("sep=;\r\na;b")), (Some(b';'), "a;b"));
        assert_eq!(named_delimiter("sep=ab"), None);
    }
}
