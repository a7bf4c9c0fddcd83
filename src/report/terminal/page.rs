//! A page of text: lines, wrapped to the width, painted.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::finding::Severity;

pub const BOLD: Style = Style::new().bold();
pub const ITALIC: Style = Style::new().italic();
pub const DIM: Style = Style::new().dimmed();
pub const TITLE: Style = Style::new().bold().underline();
pub const GUTTER: Style = AnsiColor::Blue.on_default().bold();
pub const GOOD: Style = AnsiColor::Green.on_default();
pub const BAD: Style = AnsiColor::Red.on_default().bold();
pub const PART: Style = AnsiColor::Cyan.on_default();
pub const PLAIN: Style = Style::new();

pub fn of(severity: Severity) -> Style {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Info => AnsiColor::Blue.on_default().bold(),
    }
}

pub fn paint(style: Style, text: &str) -> String {
    match style.is_plain() || text.is_empty() {
        true => text.to_string(),
        false => format!("{style}{text}{style:#}"),
    }
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

pub fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// The text, filled up to the width on the right.
pub fn left(text: &str, to: usize) -> String {
    format!("{text}{}", spaces(to.saturating_sub(width(text))))
}

/// The text, filled up to the width on the left.
pub fn right(text: &str, to: usize) -> String {
    format!("{}{text}", spaces(to.saturating_sub(width(text))))
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
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= to => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
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
    pub fn hang(&mut self, lead: &str, lead_style: Style, text: &str, style: Style) {
        let lines = wrap(text, self.width.saturating_sub(width(lead)).max(24));
        let mut before = paint(lead_style, lead);
        for line in lines {
            self.line(format!("{before}{}", paint(style, &line)));
            before = spaces(width(lead));
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
    }
}
