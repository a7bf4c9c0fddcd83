//! The looks that an OpenDocument file names: cell styles with their parents, number formats, hidden sheets.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use crate::grid::{NumberFormat, Style};
use crate::read::xml::{attribute, number, raw};

#[derive(Default)]
pub(super) struct Styles {
    cells: HashMap<String, CellStyle>,
    formats: HashMap<String, NumberFormat>,
    hidden_tables: Vec<String>,
    /// The style or number format whose elements are being read.
    current: Current,
}

#[derive(Default)]
enum Current {
    #[default]
    None,
    Cell(String),
    Table(String),
    Format(String),
}

/// What a style says itself; the rest is its parent's.
#[derive(Clone, Default)]
struct CellStyle {
    parent: Option<String>,
    format: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    border_top: Option<bool>,
    border_bottom: Option<bool>,
    indent: Option<u8>,
}

/// A style's ancestors are few; more is a loop.
const GENERATIONS: usize = 16;

impl Styles {
    /// Takes note of an element that begins; those of other kinds change nothing.
    pub fn note(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "style" | "default-style" => self.begin(e),
            "text-properties" => self.note_text(e),
            "table-cell-properties" => self.note_borders(e),
            "paragraph-properties" => {
                if let (Current::Cell(name), Some(margin)) = (&self.current, raw(e, "margin-left")) {
                    self.cells.entry(name.clone()).or_default().indent = steps(&margin);
                }
            }
            "table-properties" => {
                if let (Current::Table(name), Some("false")) = (&self.current, raw(e, "display").as_deref()) {
                    self.hidden_tables.push(name.clone());
                }
            }
            kind @ ("number-style" | "currency-style" | "percentage-style" | "date-style" | "time-style"
            | "text-style" | "boolean-style") => {
                let name = attribute(e, "name").unwrap_or_default();
                let format = match kind {
                    "number-style" | "currency-style" => NumberFormat::General,
                    "percentage-style" => NumberFormat::Percent { decimals: 0 },
                    _ => NumberFormat::Other,
                };
                self.formats.insert(name.clone(), format);
                self.current = Current::Format(name);
            }
            "number" | "scientific-number" | "fraction" => self.note_number(e),
            _ => {}
        }
    }

    fn begin(&mut self, e: &BytesStart<'_>) {
        // The default style has no name and is the last parent of all.
        let name = attribute(e, "name").unwrap_or_default();
        self.current = match raw(e, "family").as_deref() {
            Some("table-cell") => {
                let parent = attribute(e, "parent-style-name").or_else(|| (!name.is_empty()).then(String::new));
                let style = CellStyle { parent, format: attribute(e, "data-style-name"), ..CellStyle::default() };
                self.cells.insert(name.clone(), style);
                Current::Cell(name)
            }
            Some("table") => Current::Table(name),
            _ => Current::None,
        };
    }

    fn note_text(&mut self, e: &BytesStart<'_>) {
        let Current::Cell(name) = &self.current else { return };
        let style = self.cells.entry(name.clone()).or_default();
        if let Some(weight) = raw(e, "font-weight") {
            style.bold = Some(weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
        }
        if let Some(slant) = raw(e, "font-style") {
            style.italic = Some(slant != "normal");
        }
    }

    fn note_borders(&mut self, e: &BytesStart<'_>) {
        let Current::Cell(name) = &self.current else { return };
        let style = self.cells.entry(name.clone()).or_default();
        let line = |name| raw(e, name).map(|line| !line.is_empty() && line != "none" && !line.starts_with("0pt"));
        let all = line("border");
        style.border_top = line("border-top").or(all).or(style.border_top);
        style.border_bottom = line("border-bottom").or(all).or(style.border_bottom);
    }

    fn note_number(&mut self, e: &BytesStart<'_>) {
        let Current::Format(name) = &self.current else { return };
        let Some(format) = self.formats.get_mut(name) else { return };
        let decimals = number::<u8>(e, "decimal-places");
        let plain = e.local_name().as_ref() == "number" && raw(e, "display-factor").is_none_or(|factor| factor == "1");
        *format = match (*format, plain) {
            (NumberFormat::Percent { .. }, true) => NumberFormat::Percent { decimals: decimals.unwrap_or(0) },
            (NumberFormat::General, true) => match (decimals, raw(e, "grouping").as_deref()) {
                (Some(decimals), _) => NumberFormat::Fixed { decimals },
                (None, Some("true")) => NumberFormat::Fixed { decimals: 0 },
                (None, _) => NumberFormat::General,
            },
            _ => NumberFormat::Other,
        };
    }

    pub fn hides(&self, table_style: &str) -> bool {
        self.hidden_tables.iter().any(|hidden| hidden == table_style)
    }

    /// How cells of a style look: what it says, else what its nearest ancestor says.
    pub fn look(&self, name: &str) -> Style {
        let mut looks = CellStyle::default();
        let mut next = Some(name);
        for _ in 0..GENERATIONS {
            let Some(style) = next.and_then(|name| self.cells.get(name)) else { break };
            looks.format = looks.format.or_else(|| style.format.clone());
            looks.bold = looks.bold.or(style.bold);
            looks.italic = looks.italic.or(style.italic);
            looks.border_top = looks.border_top.or(style.border_top);
            looks.border_bottom = looks.border_bottom.or(style.border_bottom);
            looks.indent = looks.indent.or(style.indent);
            next = style.parent.as_deref();
        }
        Style {
            bold: looks.bold.unwrap_or(false),
            italic: looks.italic.unwrap_or(false),
            indent: looks.indent.unwrap_or(0),
            border_top: looks.border_top.unwrap_or(false),
            border_bottom: looks.border_bottom.unwrap_or(false),
            format: looks.format.and_then(|format| self.formats.get(&format).copied()).unwrap_or_default(),
        }
    }
}

/// How many steps in a margin is (`0.353cm` is the step of the program that writes most of these files).
fn steps(margin: &str) -> Option<u8> {
    let number = margin.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let thousandths: u32 = format!("{whole}{fraction:0<3.3}").parse().ok()?;
    let step = match &margin[number.len()..] {
        "cm" => 353,
        "mm" => 3_530,
        "in" => 139,
        "pt" => 10_000,
        _ => return None,
    };
    u8::try_from((thousandths + step / 2) / step).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_are_steps() {
        assert_eq!(
            [steps("0cm"), steps("0.353cm"), steps("0.706cm"), steps("10pt")],
            [Some(0), Some(1), Some(2), Some(1)]
        );
        assert_eq!(steps("1em"), None);
    }
}
