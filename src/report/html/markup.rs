//! HTML and SVG in the making. Whatever comes in as text or as the value of an attribute goes out escaped: there is
//! no way to write it otherwise.

use std::fmt::{Display, Write};

/// Names and values of attributes.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    pub fn document() -> Markup {
        Markup("<!DOCTYPE html>\n".to_string())
    }

    /// An element with what `inner` writes between its tags.
    pub fn element(&mut self, tag: &'static str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Markup)) {
        self.open(tag, attributes);
        inner(self);
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        if !INLINE.contains(&tag) {
            self.0.push('\n');
        }
    }

    /// An element that holds nothing but text.
    pub fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: impl Display) {
        self.element(tag, attributes, |inner| inner.text(text));
    }

    /// An element that can hold nothing (`meta`, `col`).
    pub fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.open(tag, attributes);
        self.0.push('\n');
    }

    pub fn text(&mut self, text: impl Display) {
        _ = write!(Escaped(&mut self.0), "{text}");
    }

    /// The style sheet of the program, which is written as it is.
    pub fn style(&mut self, sheet: &'static str) {
        self.0.push_str("<style>\n");
        self.0.push_str(sheet);
        self.0.push_str("</style>\n");
    }

    fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            _ = Escaped(&mut self.0).write_str(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// Elements within a line, where a line break would be a space.
const INLINE: &[&str] = &["a", "b", "code", "em", "span", "strong", "abbr", "text", "title", "sup"];

struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Control characters have no place in HTML.
                c if c.is_control() && !matches!(c, '\n' | '\t') => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_out_unescaped() {
        let mut page = Markup::default();
        page.leaf("td", &[("title", "\"><script>alert(1)</script>")], "<script>\"&' \u{1}");
        let expected = "<td title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">&lt;script&gt;&quot;&amp;&#39; \u{fffd}</td>\n";
        assert_eq!(page.finish(), expected);
    }
}
