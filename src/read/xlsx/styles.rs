//! The looks that cells point to: number format, bold and italic, indent, lines above and below.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use crate::grid::Style;
use crate::read::error::ReadError;
use crate::read::limits::{Allowance, Limit};
use crate::read::package::Package;
use crate::read::shown::{self, Shown};
use crate::read::xml::{Xml, attribute, flag, number, raw};

/// How a cell looks, and what its number format makes of its number.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Look {
    pub style: Style,
    pub shown: Shown,
}

impl Default for Look {
    fn default() -> Look {
        Look { style: Style::default(), shown: Shown::GENERAL }
    }
}

/// The looks in the order that cells name them by.
pub(super) fn read(package: &mut Package<'_>, part: &str, allowance: &Allowance) -> Result<Vec<Look>, ReadError> {
    let Some(stream) = package.part(part)? else { return Ok(Vec::new()) };
    let limits = allowance.limits();
    let mut xml = Xml::new(stream, part, limits);
    let mut sheet = Stylesheet::default();
    let mut within = Section::Other;
    loop {
        match xml.next()? {
            Event::Start(e) => {
                within = Section::of(&e).unwrap_or(within);
                sheet.note(&e, within);
            }
            Event::Empty(e) => sheet.note(&e, within),
            Event::End(e) if matches!(e.local_name().as_ref(), "fonts" | "borders" | "cellXfs" | "numFmts") => {
                within = Section::Other;
            }
            Event::Eof => return Ok(sheet.looks),
            _ => {}
        }
        // More looks than cells are no looks of cells.
        if sheet.looks.len().max(sheet.fonts.len()).max(sheet.formats.len()) > limits.cells {
            return Err(Limit::Cells { limit: limits.cells }.into());
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Formats,
    Fonts,
    Borders,
    Looks,
    Other,
}

impl Section {
    fn of(element: &BytesStart<'_>) -> Option<Section> {
        Some(match element.local_name().as_ref() {
            "numFmts" => Section::Formats,
            "fonts" => Section::Fonts,
            "borders" => Section::Borders,
            "cellXfs" => Section::Looks,
            // An `extLst` may stand within a look: it ends nothing.
            "cellStyleXfs" | "dxfs" | "cellStyles" => Section::Other,
            _ => return None,
        })
    }
}

#[derive(Default)]
struct Stylesheet {
    formats: HashMap<u32, Shown>,
    /// Bold, italic.
    fonts: Vec<(bool, bool)>,
    /// Line above, line below.
    borders: Vec<(bool, bool)>,
    looks: Vec<Look>,
}

impl Stylesheet {
    fn note(&mut self, e: &BytesStart<'_>, within: Section) {
        let on = |e| raw(e, "val").is_none() || flag(e, "val");
        match (within, e.local_name().as_ref()) {
            (Section::Formats, "numFmt") => {
                if let (Some(id), Some(code)) = (number(e, "numFmtId"), attribute(e, "formatCode")) {
                    self.formats.insert(id, shown::code(&code));
                }
            }
            (Section::Fonts, "font") => self.fonts.push((false, false)),
            (Section::Fonts, "b") => self.fonts.last_mut().into_iter().for_each(|font| font.0 = on(e)),
            (Section::Fonts, "i") => self.fonts.last_mut().into_iter().for_each(|font| font.1 = on(e)),
            (Section::Borders, "border") => self.borders.push((false, false)),
            (Section::Borders, "top" | "bottom") if raw(e, "style").is_some_and(|style| style != "none") => {
                if let Some(border) = self.borders.last_mut() {
                    *(if e.local_name().as_ref() == "top" { &mut border.0 } else { &mut border.1 }) = true;
                }
            }
            (Section::Looks, "xf") => self.looks.push(self.look(e)),
            (Section::Looks, "alignment") => {
                if let Some(look) = self.looks.last_mut() {
                    look.style.indent = number(e, "indent").unwrap_or(0);
                }
            }
            _ => {}
        }
    }

    fn look(&self, xf: &BytesStart<'_>) -> Look {
        let format = number(xf, "numFmtId").unwrap_or(0u32);
        // A custom code under a built-in number is what counts: some writers localise those.
        let shown = self.formats.get(&format).copied().unwrap_or_else(|| shown::builtin(format));
        let at = |name| number::<usize>(xf, name).unwrap_or(0);
        let (bold, italic) = self.fonts.get(at("fontId")).copied().unwrap_or_default();
        let (border_top, border_bottom) = self.borders.get(at("borderId")).copied().unwrap_or_default();
        let style = Style { bold, italic, indent: 0, border_top, border_bottom, format: shown.format() };
        Look { style, shown }
    }
}
