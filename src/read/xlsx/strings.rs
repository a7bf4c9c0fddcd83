//! The texts that a workbook's cells share.

use std::borrow::Cow;

use quick_xml::events::Event;

use crate::read::error::ReadError;
use crate::read::limits::{Allowance, Limit};
use crate::read::package::Package;
use crate::read::xml::{Xml, flag, push_text, raw};

/// A text and whether all of it is bold or italic by its own runs, whatever the cell's style says.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Rich {
    pub text: Box<str>,
    pub bold: bool,
    pub italic: bool,
}

pub(super) fn read(package: &mut Package<'_>, part: &str, allowance: &Allowance) -> Result<Vec<Rich>, ReadError> {
    let limits = allowance.limits();
    let Some(stream) = package.part(part)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(stream, part, limits);
    let mut strings = Vec::new();
    let mut text_bytes = 0;
    let mut scratch = String::new();
    loop {
        match xml.next()? {
            Event::Start(e) if e.local_name().as_ref() == "si" => {
                let rich = rich(&mut xml, "si", &mut scratch)?;
                text_bytes += rich.text.len();
                strings.push(rich);
                if strings.len() > limits.cells {
                    return Err(Limit::Cells { limit: limits.cells }.into());
                }
                if text_bytes > limits.text_bytes {
                    return Err(Limit::Text { limit: limits.text_bytes }.into());
                }
            }
            Event::Empty(e) if e.local_name().as_ref() == "si" => strings.push(Rich::default()),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The runs of a string item up to its end, as one text. Phonetic guides are not part of it.
pub(super) fn rich<R: std::io::BufRead>(xml: &mut Xml<R>, end: &str, text: &mut String) -> Result<Rich, ReadError> {
    text.clear();
    let mut runs = Runs::default();
    let mut in_text = false;
    let mut limit = false;
    let mut preserved = false;
    loop {
        match xml.next()? {
            Event::Start(e) | Event::Empty(e) if matches!(e.local_name().as_ref(), "b" | "i" | "r" | "rPr") => {
                match e.local_name().as_ref() {
                    "r" => runs.begin(),
                    "b" => runs.bold = !off(&e),
                    "i" => runs.italic = !off(&e),
                    _ => {}
                }
            }
            Event::Start(e) => match e.local_name().as_ref() {
                "t" => {
                    in_text = true;
                    preserved |= raw(&e, "space").is_some_and(|space| space == "preserve");
                }
                "rPh" => xml.skip("rPh")?,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "t" => in_text = false,
                "r" => runs.end(text),
                name if name == end => {
                    let (bold, italic) = runs.whole(text);
                    // White space around counts only where the file says so, as in the program that it is for.
                    let kept = if preserved { text.as_str() } else { text.trim_matches([' ', '\t', '\n', '\r']) };
                    return Ok(Rich { text: unescaped(kept).into(), bold, italic });
                }
                _ => {}
            },
            Event::Eof => return Err(xml.ends_early()),
            event if in_text && !limit => {
                push_text(&event, text);
                // A cell holds 32 767 characters; what is far beyond was not written by a spreadsheet.
                limit = text.len() > 1 << 20;
            }
            _ => {}
        }
    }
}

fn off(element: &quick_xml::events::BytesStart<'_>) -> bool {
    raw(element, "val").is_some() && !flag(element, "val")
}

/// Whether every run with something in it is bold, or italic.
#[derive(Default)]
struct Runs {
    start: usize,
    bold: bool,
    italic: bool,
    plain_bold: bool,
    plain_italic: bool,
    emphasised: bool,
}

impl Runs {
    fn begin(&mut self) {
        (self.bold, self.italic) = (false, false);
    }

    fn end(&mut self, text: &str) {
        let run = &text[self.start..];
        self.start = text.len();
        if !run.trim().is_empty() {
            self.plain_bold |= !self.bold;
            self.plain_italic |= !self.italic;
            self.emphasised |= self.bold || self.italic;
        }
    }

    fn whole(&self, text: &str) -> (bool, bool) {
        let rest_is_plain = !text[self.start..].trim().is_empty();
        let whole = self.emphasised && !rest_is_plain;
        (whole && !self.plain_bold, whole && !self.plain_italic)
    }
}

/// `_x000D_` stands for a character that XML cannot hold.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 7).filter(|code| code.ends_with('_'));
        let code = code.filter(|code| code.bytes().take(4).all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|code| char::from_u32(u32::from_str_radix(&code[..4], 16).ok()?)) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::limits::Limits;

    fn item(inner: &str) -> Rich {
        let source = format!("{inner}</si>");
        rich(&mut Xml::new(source.as_bytes(), "test", &Limits::default()), "si", &mut String::new()).unwrap()
    }

    #[test]
    fn runs_are_joined_and_phonetics_left_out() {
        let joined = item("<r><t>Årets </t></r><r><rPr><b/></rPr><t>resultat</t></r><rPh><t>x</t></rPh>");
        assert_eq!((joined.text.as_ref(), joined.bold), ("Årets resultat", false));
        let bold = item("<r><rPr><b/></rPr><t>Summa</t></r><r><rPr><b val=\"1\"/><i/></rPr><t> intäkter</t></r>");
        assert_eq!((bold.text.as_ref(), bold.bold, bold.italic), ("Summa intäkter", true, false));
        let not_bold = item("<r><rPr><b val=\"0\"/></rPr><t>Summa</t></r>");
        assert!(!not_bold.bold);
        assert_eq!(item("<t xml:space=\"preserve\"> a </t>").text.as_ref(), " a ");
        assert_eq!(item("<t> a </t>").text.as_ref(), "a");
        assert_eq!(item("<t>a &amp; b&#10;c</t>").text.as_ref(), "a & b\nc");
    }

    #[test]
    fn escapes_of_the_format() {
        assert_eq!(unescaped("a_x000D_b_x_y_x005F_x0041_ü_xå"), "a\rb_x_y__x0041_ü_xå".replace("__x0041_", "_x0041_"));
    }
}
