//! A page of text: lines, wrapped to the width, painted.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::finding::Severity;

/// How a text is painted: what a terminal is told before it (ECMA-48, select graphic rendition). What goes elsewhere is
/// written without.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ink(&'static str);

pub const BOLD: Ink = Ink("\x1b[1m");
pub const ITALIC: Ink = Ink("\x1b[3m");
pub const DIM: Ink = Ink("\x1b[2m");
pub const TITLE: Ink = Ink("\x1b[1;4m");
pub const GUTTER: Ink = Ink("\x1b[1;34m");
pub const GOOD: Ink = Ink("\x1b[32m");
pub const ALL_GOOD: Ink = Ink("\x1b[1;32m");
pub const BAD: Ink = Ink("\x1b[1;31m");
pub const PART: Ink = Ink("\x1b[36m");
pub const PLAIN: Ink = Ink("");
const WARNING: Ink = Ink("\x1b[1;33m");
const RESET: &str = "\x1b[0m";

pub fn of(severity: Severity) -> Ink {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => WARNING,
        Severity::Info => GUTTER,
    }
}

pub fn paint(ink: Ink, text: &str) -> String {
    match ink == PLAIN || text.is_empty() {
        true => text.to_string(),
        false => [ink.0, text, RESET].concat(),
    }
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    let mut count = 0;
    for c in text.chars() {
        // What reports are nearly all made of takes a column each; anything else is looked up.
        if !matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '–' | '−' | '→' | '│') {
            return text.width();
        }
        count += 1;
    }
    count
}

pub fn spaces(count: usize) -> Cow<'static, str> {
    const BLANK: &str = "                                                                ";
    BLANK.get(..count).map_or_else(|| Cow::Owned(" ".repeat(count)), Cow::Borrowed)
}

/// The text, filled up to the width on the right.
pub fn left(text: &str, to: usize) -> String {
    [text, &spaces(to.saturating_sub(width(text)))].concat()
}

/// The text, filled up to the width on the left.
pub fn right(text: &str, to: usize) -> String {
    [&spaces(to.saturating_sub(width(text))), text].concat()
}

/// Cut to the width, with `…` where something was cut.
pub fn cut(text: &str, to: usize) -> String {
    if width(text) <= to {
        return text.to_string();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept) + width(c.encode_utf8(&mut [0; 4])) + 1 > to {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Broken at ordinary spaces into lines no wider than told; a no-break space holds an amount together.
pub fn wrap(text: &str, to: usize) -> Vec<String> {
    let single = !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") && !text.contains(['\n', '\t']);
    if single && !text.is_empty() && width(text) <= to {
        return vec![text.to_string()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in words(text) {
        let width = width(word);
        match lines.last_mut() {
            Some(line) if width < room => {
                line.push(' ');
                line.push_str(word);
                room -= width + 1;
            }
            _ => {
                lines.push(word.to_string());
                room = to.saturating_sub(width);
            }
        }
    }
    lines
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n', '\t']).filter(|word| !word.is_empty())
}

/// The least width that a text can be wrapped to on so many lines, none of them wider.
pub fn narrowest(text: &str, most_lines: usize) -> usize {
    let widths: Vec<usize> = words(text).map(width).collect();
    let lines = |to: usize| {
        let add = |(lines, room): (usize, usize), width: &usize| match *width < room {
            true => (lines, room - width - 1),
            false => (lines + 1, to - width),
        };
        widths.iter().fold((0, 0), add).0
    };
    let widest = widths.iter().copied().max().unwrap_or(0).max(1);
    (widest..).find(|to| lines(*to) <= most_lines).unwrap_or(widest)
}

/// Text in the making.
#[derive(Debug)]
pub struct Page {
    pub width: usize,
    text: String,
}

impl Page {
    pub fn new(width: usize) -> Page {
        Page { width, text: String::new() }
    }

    pub fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref().trim_end());
        self.text.push('\n');
    }

    /// One empty line, never two, none at the top.
    pub fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// `lead` and the text after it, its further lines under its first. The lead is as wide as it looks.
    pub fn hang(&mut self, lead: &str, lead_ink: Ink, text: &str, ink: Ink) {
        let lead_width = width(lead);
        let lines = wrap(text, self.width.saturating_sub(lead_width).max(24));
        let mut before = paint(lead_ink, lead);
        for line in lines {
            self.line(before + &paint(ink, &line));
            before = spaces(lead_width).into_owned();
        }
    }

    pub fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_never_broken() {
        assert_eq!(wrap("står 1\u{a0}000\u{a0}000 kr", 12), ["står", "1\u{a0}000\u{a0}000 kr"]);
        assert_eq!(cut("Kassaflöde", 6), "Kassa…");
        assert_eq!(right("å", 3), "  å");
        assert_eq!(["e\u{301}", "漢", "−1\u{a0}000"].map(width), [1, 2, 6]);
    }

    #[test]
    fn a_heading_asks_for_no_more_than_its_lines_need() {
        let narrowest = |text| super::narrowest(text, 3);
        assert_eq!((narrowest("Budget"), narrowest("Not"), narrowest("")), (6, 3, 1));
        assert_eq!(narrowest("av de som har 2019"), 7);
    }
}
