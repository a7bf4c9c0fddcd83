//! Formulas as text: moved to another cell, freed of file-format prefixes. Nothing here computes.

use crate::grid::column_name;

/// The last row and column of a sheet, from 0.
const LAST_ROW: i64 = 1_048_575;
const LAST_COL: i64 = 16_383;

/// A formula as it stands in a cell that lies `rows` and `cols` from where it was written: relative
/// references move along, absolute ones stay. Shared formulas are stored once and moved so.
pub(super) fn moved(formula: &str, rows: i64, cols: i64) -> String {
    let mut out = String::with_capacity(formula.len() + 8);
    let mut rest = formula;
    while let Some(piece) = next_piece(rest) {
        rest = &rest[piece.text.len()..];
        match piece.kind {
            Kind::Name if !rest.starts_with(['(', '!']) => push_moved(piece.text, rest, &mut out, rows, cols),
            _ => out.push_str(piece.text),
        }
    }
    out
}

/// A formula as a spreadsheet shows it: without the prefixes that mark functions newer than the format.
pub(super) fn without_prefixes(formula: &str) -> Option<String> {
    if !formula.contains("_xl") {
        return None;
    }
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(piece) = next_piece(rest) {
        rest = &rest[piece.text.len()..];
        let mut text = piece.text;
        if piece.kind == Kind::Name {
            for prefix in ["_xlfn.", "_xlws.", "_xlpm.", "_xludf."] {
                text = text.strip_prefix(prefix).unwrap_or(text);
            }
        }
        out.push_str(text);
    }
    Some(out)
}

/// Writes every piece of a formula that is neither quoted nor in brackets through `change`.
pub(super) fn outside_quotes(formula: &str, mut change: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut plain = String::new();
    let mut rest = formula;
    while let Some(piece) = next_piece(rest) {
        rest = &rest[piece.text.len()..];
        if piece.kind == Kind::Kept {
            out.push_str(&change(&plain));
            plain.clear();
            out.push_str(piece.text);
        } else {
            plain.push_str(piece.text);
        }
    }
    out.push_str(&change(&plain));
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A string, a quoted sheet name, something in brackets: never looked into.
    Kept,
    /// A name, a number or a reference.
    Name,
    Sign,
}

struct Piece<'f> {
    text: &'f str,
    kind: Kind,
}

fn next_piece(formula: &str) -> Option<Piece<'_>> {
    let first = formula.chars().next()?;
    let (end, kind) = match first {
        '"' | '\'' => (quoted_end(formula, first), Kind::Kept),
        '[' => (bracket_end(formula), Kind::Kept),
        _ if is_name(first) => (formula.find(|c| !is_name(c)).unwrap_or(formula.len()), Kind::Name),
        _ => (first.len_utf8(), Kind::Sign),
    };
    Some(Piece { text: &formula[..end], kind })
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.' | '\\' | '?')
}

fn quoted_end(text: &str, quote: char) -> usize {
    let mut at = 1;
    while let Some(found) = text[at..].find(quote) {
        at += found + 1;
        if !text[at..].starts_with(quote) {
            return at;
        }
        at += 1;
    }
    text.len()
}

fn bracket_end(text: &str) -> usize {
    let mut depth = 0;
    for (i, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    text.len()
}

/// Writes a name or reference, moved where it is a reference. `A:A` and `1:1` are references too.
fn push_moved(text: &str, rest: &str, out: &mut String, rows: i64, cols: i64) {
    let part = Reference::parse(text);
    let in_range = || rest.starts_with(':') || out.ends_with(':');
    match part {
        Some(part) if (part.col.is_some() && part.row.is_some()) || in_range() => part.push_moved(out, rows, cols),
        _ => out.push_str(text),
    }
}

struct Reference {
    col: Option<(bool, i64)>,
    row: Option<(bool, i64)>,
}

impl Reference {
    fn parse(text: &str) -> Option<Reference> {
        let (col_fixed, rest) = strip_dollar(text);
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = rest.split_at(letters);
        if letters > 3 {
            return None;
        }
        let col = name.bytes().fold(0, |col, b| col * 26 + i64::from(b.to_ascii_uppercase() - b'A') + 1) - 1;
        // `$1` is a row: the dollar is then the row's.
        let (row_fixed, rest) = if letters == 0 { (col_fixed, rest) } else { strip_dollar(rest) };
        let row = match rest {
            "" if row_fixed => return None,
            "" => None,
            digits => Some(digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i64>().ok())?? - 1),
        };
        let within = col <= LAST_COL && row.is_none_or(|row| (0..=LAST_ROW).contains(&row));
        (within && !(letters == 0 && row.is_none())).then_some(Reference {
            col: (letters > 0).then_some((col_fixed, col)),
            row: row.map(|row| (row_fixed, row)),
        })
    }

    fn push_moved(&self, out: &mut String, rows: i64, cols: i64) {
        let shift = |(fixed, at): (bool, i64), by| if fixed { at } else { at + by };
        let col = self.col.map(|col| shift(col, cols));
        let row = self.row.map(|row| shift(row, rows));
        if col.is_some_and(|col| !(0..=LAST_COL).contains(&col))
            || row.is_some_and(|row| !(0..=LAST_ROW).contains(&row))
        {
            return out.push_str("#REF!");
        }
        if let (Some((fixed, _)), Some(col)) = (self.col, col) {
            out.push_str(if fixed { "$" } else { "" });
            out.push_str(&column_name(col as u32));
        }
        if let (Some((fixed, _)), Some(row)) = (self.row, row) {
            out.push_str(if fixed { "$" } else { "" });
            out.push_str(&(row + 1).to_string());
        }
    }
}

fn strip_dollar(text: &str) -> (bool, &str) {
    match text.strip_prefix('$') {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_references_move_and_nothing_else_does() {
        for (formula, expected) in [
            ("B3+B4", "C5+C6"),
            ("$B3+B$4+$B$5", "$B5+C$4+$B$5"),
            ("SUM(B3:B8)", "SUM(C5:C10)"),
            ("SUM(A:A)+SUM($1:3)", "SUM(B:B)+SUM($1:5)"),
            // Sheet names that look like cells, quoted or not.
            ("RR2019!B4+'KF A1'!B4", "RR2019!C6+'KF A1'!C6"),
            ("'It''s A1'!A1", "'It''s A1'!B3"),
            ("IF(A1=\"A1\",\"\",LOG10(B2))", "IF(B3=\"A1\",\"\",LOG10(C4))"),
            ("Tabell1[A1]+moms25+Å1", "Tabell1[A1]+moms25+Å1"),
            ("1.5*A1", "1.5*B3"),
            ("12", "12"),
            ("XFD1", "#REF!"),
            ("[1]Blad1!A1", "[1]Blad1!B3"),
        ] {
            assert_eq!(moved(formula, 2, 1), expected, "{formula}");
        }
        assert_eq!(moved("A1", -1, 0), "#REF!");
    }

    #[test]
    fn prefixes_of_the_format_are_not_shown() {
        assert_eq!(
            without_prefixes("_xlfn._xlws.FILTER(A1:A9,\"_xlfn.\"=B1)").as_deref(),
            Some("FILTER(A1:A9,\"_xlfn.\"=B1)")
        );
        assert_eq!(without_prefixes("SUM(A1)"), None);
    }
}
