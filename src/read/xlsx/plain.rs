//! Cells in the form in which programs write nearly all of them, read straight from the bytes of a sheet.
//!
//! `<c r="B9" s="3" t="s"><v>17</v></c>` is five events to a general reader of XML, each with its costs; on large
//! sheets they were half of the time. What is written in any other way (entities, namespaces, attributes of
//! the value, comments) is left to the general reader, cell by cell.

use super::cell::{Head, Kind, whole};
use crate::money::Amount;
use crate::read::number;

/// A cell as it stands, nothing of it interpreted but its tag.
pub(super) struct Plain<'b> {
    pub head: Head,
    /// The text of a formula of its own; shared ones have attributes.
    pub formula: Option<&'b str>,
    pub value: Option<Said<'b>>,
    /// How many bytes it takes.
    pub length: usize,
}

/// What stands as the value of a plain cell.
#[derive(Clone, Copy)]
pub(super) enum Said<'b> {
    /// A number, short enough to be exact, as it is written.
    Number(Amount, &'b [u8]),
    Text(&'b str),
}

impl<'b> Said<'b> {
    pub fn text(self) -> &'b str {
        match self {
            // Of digits, all of them.
            Said::Number(_, text) => std::str::from_utf8(text).unwrap_or_default(),
            Said::Text(text) => text,
        }
    }
}

/// The plain cell that the bytes begin with, if they do and all of it is there. A cell that does not say where it
/// stands is at the row and column given.
pub(super) fn cell(bytes: &[u8], row: u32, col: u32) -> Option<Plain<'_>> {
    let mut rest = Rest { bytes };
    let mut head = Head::at(row, col);
    rest.eat(b"<c")?;
    while rest.eat(b" ").is_some() {
        let name = rest.attribute()?;
        head.say(name, rest.word()?);
    }
    let (mut formula, mut value) = (None, None);
    if rest.eat(b"/>").is_none() {
        rest.eat(b">")?;
        if rest.eat(b"<f>").is_some() {
            formula = Some(rest.text()?);
            rest.eat(b"/f>")?;
        }
        if rest.eat(b"<v>").is_some() {
            let number = if head.kind == Kind::Number { number::plain(rest.bytes) } else { None };
            value = Some(match number.filter(|(_, length)| rest.bytes.get(*length) == Some(&b'<')) {
                Some((amount, length)) => Said::Number(amount, rest.take(length)?),
                None => Said::Text(rest.text()?),
            });
            rest.eat(b"/v>")?;
        }
        rest.eat(b"</c>")?;
    }
    Some(Plain { head, formula, value, length: bytes.len() - rest.bytes.len() })
}

/// The step from one row to the next that the bytes begin with: the number of the next row, if it has one, and how many
/// bytes the two tags take. A row that is hidden is left to the general reader.
pub(super) fn next_row(bytes: &[u8]) -> Option<(Option<u32>, usize)> {
    let mut rest = Rest { bytes };
    let mut number = None;
    rest.eat(b"</row><row")?;
    while rest.eat(b" ").is_some() {
        let name = rest.name()?;
        rest.eat(b"\"")?;
        let value = rest.until(b'"').filter(|value| value.is_ascii())?;
        match name {
            b"r" if number.is_none() => number = Some(whole(value)?),
            b"r" => return None,
            _ if name.ends_with(b"hidden") || name.ends_with(b":r") => return None,
            _ => {}
        }
    }
    rest.eat(b">")?;
    Some((number, bytes.len() - rest.bytes.len()))
}

struct Rest<'b> {
    bytes: &'b [u8],
}

impl<'b> Rest<'b> {
    fn eat<const N: usize>(&mut self, what: &[u8; N]) -> Option<()> {
        let (first, rest) = self.bytes.split_first_chunk()?;
        self.bytes = if first == what { rest } else { return None };
        Some(())
    }

    /// The name of an attribute, if it is one that is known, up to the first quote of its value.
    fn attribute(&mut self) -> Option<u8> {
        let (&[name, b'=', b'"'], rest) = self.bytes.split_first_chunk()? else { return None };
        self.bytes = rest;
        matches!(name, b'r' | b's' | b't').then_some(name)
    }

    /// The name of an attribute up to its sign, which is taken too.
    fn name(&mut self) -> Option<&'b [u8]> {
        let length = self.bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b':')?;
        (self.bytes[length] == b'=').then(|| self.take(length)).flatten()
    }

    /// Letters and digits up to a quote, which is taken too. All that the known attributes say is of them.
    fn word(&mut self) -> Option<&'b [u8]> {
        let length = self.bytes.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
        (self.bytes[length] == b'"').then(|| self.take(length)).flatten()
    }

    /// What comes before the byte, which is taken too.
    fn until(&mut self, end: u8) -> Option<&'b [u8]> {
        let length = self.bytes.iter().position(|&byte| byte == end)?;
        self.take(length)
    }

    /// So many bytes, and leaves the one that ends them out.
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (before, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest.get(1..)?;
        Some(before)
    }

    /// Text up to a tag, without anything that stands for something else.
    fn text(&mut self) -> Option<&'b str> {
        let text = self.until(b'<')?;
        let literal = !text.iter().any(|byte| matches!(byte, b'&' | b'\r'));
        std::str::from_utf8(text).ok().filter(|_| literal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read<'x> = ((u32, u32), [Option<&'x str>; 2], &'x str);

    /// The place, the texts of formula and value, and what is left.
    fn read(xml: &str) -> Option<Read<'_>> {
        let plain = cell(xml.as_bytes(), 7, 3)?;
        let value = plain.value.map(Said::text);
        Some(((plain.head.row, plain.head.col), [plain.formula, value], &xml[plain.length..]))
    }

    #[test]
    fn cells_are_read_up_to_their_end() {
        let figure = "<c r=\"B9\" s=\"3\" t=\"s\"><v>17</v></c><c r=\"C9\"";
        assert_eq!(read(figure), Some(((8, 1), [None, Some("17")], "<c r=\"C9\"")));
        let sum = "<c r=\"AA1\"><f>SUM(Å!B1:B2)</f><v>1.5</v></c></row>";
        assert_eq!(read(sum), Some(((0, 26), [Some("SUM(Å!B1:B2)"), Some("1.5")], "</row>")));
        assert_eq!(read("<c/>"), Some(((7, 3), [None, None], "")));
        assert_eq!(read("<c s=\"1\"></c> "), Some(((7, 3), [None, None], " ")));
    }

    #[test]
    fn rows_follow_each_other() {
        let step = |xml: &'static str| next_row(xml.as_bytes()).map(|(number, length)| (number, &xml[length..]));
        let dressed = "</row><row r=\"7\" spans=\"1:20\" x14ac:dyDescent=\"0.25\"><c r=\"A7\"/>";
        assert_eq!(step(dressed), Some((Some(7), "<c r=\"A7\"/>")));
        assert_eq!(step("</row><row>"), Some((None, "")));
        for other in [
            "</row></sheetData>",
            "</row> <row r=\"7\">",
            "</row><row r=\"7\" hidden=\"1\">",
            "</row><row r=\"7\"/>",
            "</row><row r='7'>",
            "</row><row r=\"x\">",
            "</row><row r=\"7\"",
            // The next attribute that such a reader could find is that of a cell, which would be lost.
            "</row><row r=\"7\" ><c r=\"A7\"><v>1</v></c>",
            "</row><row ><c r=\"A7\"><v>1</v></c>",
            "</row><row r=\"7\" /><row r=\"8\"><c r=\"A8\"><v>1</v></c>",
            "</row><row r=\"7\" r=\"8\">",
            "</row><row r=\"7\" spans=\"å\">",
        ] {
            assert_eq!(step(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_left() {
        for other in [
            "<c r=\"A1\"><v>1&#50;</v></c>",
            "<c r=\"A1\"><v>a\r\nb</v></c>",
            "<c r='A1'><v>1</v></c>",
            "<c r=\"A1\" cm=\"1\"><v>1</v></c>",
            "<c\tr=\"A1\"><v>1</v></c>",
            "<x:c r=\"A1\"><x:v>1</x:v></x:c>",
            "<c r=\"A1\"><f t=\"shared\" si=\"0\"/><v>1</v></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>",
            "<c r=\"A1\"><v>1</v><!-- --></c>",
            "<c r=\"A1\"> <v>1</v></c>",
            "<c r=\"&#65;1\"><v>1</v></c>",
            "<c r=\"B9 \"><v>1</v></c>",
            "<cols>",
            "<row r=\"1\">",
            "",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
        let whole = "<c r=\"B9\" s=\"3\"><f>A1</f><v>17</v></c>";
        assert!((0..whole.len()).all(|end| read(&whole[..end]).is_none()), "cut off by the end of what is there");
        assert!(cell(b"<c><v>\xff</v></c>", 0, 0).is_none());
        assert!(cell(b"<c r=\"B\xc9\"><v>1</v></c>", 0, 0).is_none());
    }
}
