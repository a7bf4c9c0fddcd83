//! One line of a SIE file as its fields. Bytes, not characters: all that parts fields is ASCII in every encoding.

use std::borrow::Cow;

use crate::ledger::Odd;

/// A field: a text without its quotation marks, or what stands between the braces of an object list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field<'l> {
    Text(&'l [u8]),
    Objects(&'l [u8]),
}

/// The fields of a line, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Fields<'l> {
    rest: &'l [u8],
    /// What was wrong with how they were written.
    pub odd: Option<Odd>,
}

impl<'l> Fields<'l> {
    pub fn new(line: &'l [u8]) -> Fields<'l> {
        Fields { rest: line, odd: None }
    }

    /// The next field as text; empty where there is none. An object list in its place is left for the next question.
    pub fn text(&mut self) -> &'l [u8] {
        self.skip_blanks();
        if self.rest.first() == Some(&b'{') {
            return &[];
        }
        match self.next() {
            Some(Field::Text(text)) => text,
            _ => &[],
        }
    }

    /// The object list, where one comes next.
    pub fn objects(&mut self) -> Option<&'l [u8]> {
        self.skip_blanks();
        if self.rest.first() != Some(&b'{') {
            return None;
        }
        match self.next() {
            Some(Field::Objects(inside)) => Some(inside),
            _ => None,
        }
    }

    fn skip_blanks(&mut self) {
        let blanks = self.rest.iter().take_while(|b| is_blank(**b)).count();
        self.rest = &self.rest[blanks..];
    }

    fn quoted(&mut self) -> &'l [u8] {
        let inside = &self.rest[1..];
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'"', &inside[at..]) {
            let end = at + found;
            at = end + 1;
            let after = &inside[at..];
            // `\"` is a quotation mark of the text; but a path that ends in a backslash ends the line.
            if end > 0 && inside[end - 1] == b'\\' && !after.iter().all(|b| is_blank(*b)) {
                continue;
            }
            // A mark within a word was not escaped, or was a letter once.
            if after.first().is_some_and(|b| !is_blank(*b) && *b != b'{') {
                self.odd = self.odd.or(Some(Odd::TextAfterQuote));
                continue;
            }
            self.rest = after;
            return &inside[..end];
        }
        self.odd = Some(Odd::QuoteOpen);
        self.rest = &[];
        inside.trim_ascii_end()
    }

    fn braced(&mut self) -> &'l [u8] {
        let inside = &self.rest[1..];
        let mut in_quotes = false;
        for (i, b) in inside.iter().enumerate() {
            match b {
                b'"' if i == 0 || inside[i - 1] != b'\\' => in_quotes = !in_quotes,
                b'}' if !in_quotes => {
                    self.rest = &inside[i + 1..];
                    return &inside[..i];
                }
                _ => {}
            }
        }
        self.odd = Some(Odd::QuoteOpen);
        self.rest = &[];
        inside
    }
}

impl<'l> Iterator for Fields<'l> {
    type Item = Field<'l>;

    fn next(&mut self) -> Option<Field<'l>> {
        self.skip_blanks();
        Some(match self.rest.first()? {
            b'"' => Field::Text(self.quoted()),
            b'{' => Field::Objects(self.braced()),
            _ => {
                let end = self.rest.iter().position(|b| is_blank(*b)).unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                Field::Text(text)
            }
        })
    }
}

pub(super) fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t')
}

/// A field's text with `\"` as the mark it stands for.
pub(super) fn unescaped(field: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(field, b"\\\"").is_none() {
        return Cow::Borrowed(field);
    }
    let mut plain = Vec::with_capacity(field.len());
    for (i, b) in field.iter().enumerate() {
        if !(*b == b'\\' && field.get(i + 1) == Some(&b'"')) {
            plain.push(*b);
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> (Vec<String>, Option<Odd>) {
        let mut fields = Fields::new(line.as_bytes());
        let text = |bytes: &[u8]| String::from_utf8(unescaped(bytes).into_owned()).unwrap();
        let all = fields.by_ref().map(|field| match field {
            Field::Text(bytes) => text(bytes),
            Field::Objects(bytes) => format!("{{{}}}", text(bytes)),
        });
        (all.collect(), fields.odd)
    }

    #[test]
    fn fields_are_parted_by_blanks_and_held_by_quotes() {
        let all = |parts: &[&str]| parts.iter().map(|part| (*part).to_string()).collect::<Vec<_>>();
        assert_eq!(
            shown("#VER A\t1  20200101 \"\" \"a \\\"b\\\"\""),
            (all(&["#VER", "A", "1", "20200101", "", "a \"b\""]), None)
        );
        assert_eq!(shown("1510 {1 \"1 0\" 6 \"}\"} -12.50"), (all(&["1510", "{1 \"1 0\" 6 \"}\"}", "-12.50"]), None));
        assert_eq!(shown(r#""1110\1002" "c:\""#), (all(&["1110\\1002", "c:\\"]), None));
        assert_eq!(shown("\"open  "), (all(&["open"]), Some(Odd::QuoteOpen)));
        assert_eq!(shown("\"Ink\"p\" c"), (all(&["Ink\"p", "c"]), Some(Odd::TextAfterQuote)));
    }
}
