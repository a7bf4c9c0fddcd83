//! A stream of XML events whose single pieces are bounded, and the few things that readers ask of them.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::error::ReadError;
use super::limits::{Limit, Limits};
use super::package::from_io;

pub(super) struct Xml<R> {
    reader: Reader<Metered<R>>,
    buffer: Vec<u8>,
    part: String,
    /// Elements open, and how many may be.
    depth: usize,
    nesting: usize,
}

impl<R: BufRead> Xml<R> {
    /// `part` names the source in errors.
    pub fn new(source: R, part: &str, limits: &Limits) -> Xml<R> {
        let mut reader = Reader::from_reader(Metered { inner: source, since: 0, limit: limits.token_bytes });
        let config = reader.config_mut();
        // Readers look at what they know and skip the rest: faults elsewhere need not stop them.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let buffer = Vec::with_capacity(1024);
        Xml { reader, buffer, part: part.to_string(), depth: 0, nesting: limits.nesting }
    }

    #[inline]
    pub fn next(&mut self) -> Result<Event<'_>, ReadError> {
        self.buffer.clear();
        self.reader.get_mut().since = 0;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| match &error {
            quick_xml::Error::Io(io) => from_io(io, &self.part),
            error => ReadError::Damaged(format!("{}: {error}", self.part)),
        })?;
        match &event {
            // The names of all open elements are held.
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > self.nesting {
                    return Err(Limit::Nesting { limit: self.nesting }.into());
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }

    /// Shows what is in memory of the source after the last event, which was a tag. The next event is read after as many
    /// bytes as `take` says that it took.
    pub fn ahead(&mut self, take: impl FnOnce(&[u8]) -> Result<usize, ReadError>) -> Result<(), ReadError> {
        let source = self.reader.get_mut();
        source.since = 0;
        let taken = take(source.fill_buf().map_err(|error| from_io(&error, &self.part))?)?;
        source.consume(taken);
        Ok(())
    }

    /// Appends the text up to the end of the element just started, of whatever elements are in it.
    pub fn text_until(&mut self, end: &str, into: &mut String) -> Result<(), ReadError> {
        loop {
            match self.next()? {
                Event::End(e) if e.local_name().as_ref() == end => return Ok(()),
                Event::Eof => return Err(self.ends_early()),
                event => push_text(&event, into),
            }
        }
    }

    /// Skips to the end of the element just started, past elements of the same name within it.
    pub fn skip(&mut self, name: &str) -> Result<(), ReadError> {
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Event::Start(e) if e.local_name().as_ref() == name => depth += 1,
                Event::End(e) if e.local_name().as_ref() == name => depth -= 1,
                Event::Eof => return Err(self.ends_early()),
                _ => {}
            }
        }
        Ok(())
    }

    pub fn ends_early(&self) -> ReadError {
        ReadError::Damaged(format!("{} ends early", self.part))
    }
}

/// Appends what an event says as text; nothing for tags.
pub(super) fn push_text(event: &Event<'_>, into: &mut String) {
    match event {
        // The usual text of one line needs no line ends made alike.
        Event::Text(text) if !text.contains('\r') => into.push_str(text),
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => into.push_str(&resolved(reference)),
        _ => {}
    }
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    match quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()) {
        Some(text) => text.to_string(),
        None => format!("&{};", reference.xml10_content()),
    }
}

/// An attribute by its local name, as it stands in the file.
pub(super) fn raw<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name).map(|attribute| attribute.value)
}

/// An attribute by its local name, its entities resolved.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(match found.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => found.value.into_owned(),
    })
}

pub(super) fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    raw(element, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub(super) fn flag(element: &BytesStart<'_>, name: &str) -> bool {
    raw(element, name).is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
}

/// Stops a reader that would put one endless piece of text or one endless tag into memory.
struct Metered<R> {
    inner: R,
    since: usize,
    limit: usize,
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    #[inline]
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.since > self.limit {
            return Err(Limit::Token { limit: self.limit }.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.since += amount;
        self.inner.consume(amount);
    }
}
