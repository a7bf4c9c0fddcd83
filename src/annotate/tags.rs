//! The tags of a part, each with where it stands, and edits that leave every byte between them as it is.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape;
use quick_xml::events::Event;

/// A tag that cannot be read, told by where it stands.
#[derive(Clone, Debug)]
pub struct Malformed(pub String);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Open,
    Empty,
    Close,
}

#[derive(Clone, Debug)]
pub struct Tag<'a> {
    pub kind: Kind,
    /// As it stands, from `<` to `>`.
    pub raw: &'a str,
    pub start: usize,
    pub end: usize,
    /// How many elements are around it.
    pub depth: usize,
}

impl<'a> Tag<'a> {
    /// With its prefix: `x:row`.
    pub fn name(&self) -> &'a str {
        let bare = self.raw.trim_start_matches(['<', '/']);
        &bare[..bare.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(bare.len())]
    }

    pub fn local(&self) -> &'a str {
        let name = self.name();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// What stands before the names of its kin: `x:`, or nothing.
    pub fn prefix(&self) -> &'a str {
        let name = self.name();
        &name[..name.len() - self.local().len()]
    }

    pub fn begins(&self, local: &str) -> bool {
        self.kind != Kind::Close && self.local() == local
    }

    pub fn ends(&self, local: &str) -> bool {
        self.kind == Kind::Close && self.local() == local
    }

    /// An attribute by its local name, its entities resolved.
    pub fn attribute(&self, local: &str) -> Option<Cow<'a, str>> {
        let bare = |key: &str| key.rsplit_once(':').map_or(key.len(), |(_, bare)| bare.len());
        let (_, value) = attributes(self.raw).find(|(key, _)| &key[key.len() - bare(key)..] == local)?;
        let value = &self.raw[value];
        Some(escape::unescape(value).unwrap_or(Cow::Borrowed(value)))
    }

    pub fn number<T: std::str::FromStr>(&self, local: &str) -> Option<T> {
        self.attribute(local)?.trim().parse().ok()
    }

    pub fn flag(&self, local: &str) -> bool {
        self.attribute(local).is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
    }
}

/// The attributes of a tag: their names with prefixes, and where their values stand in it.
fn attributes(raw: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = raw.find(char::is_whitespace).unwrap_or(raw.len());
    std::iter::from_fn(move || {
        let start = at + raw[at..].find(|c: char| !c.is_whitespace())?;
        let equals = start + raw[start..].find('=')?;
        let open = equals + raw[equals..].find(['"', '\''])?;
        let quote = &raw[open..=open];
        let close = open + 1 + raw[open + 1..].find(quote)?;
        at = close + 1;
        Some((raw[start..equals].trim_end(), open + 1..close))
    })
}

/// A tag with an attribute set.
pub fn set(raw: &str, name: &str, value: &str) -> String {
    match attributes(raw).find(|(key, _)| *key == name) {
        Some((_, range)) => format!("{}{value}{}", &raw[..range.start], &raw[range.end..]),
        None => {
            let bare = raw.trim_end_matches('>').trim_end_matches('/').trim_end();
            format!("{bare} {name}=\"{value}\"{}", if raw.ends_with("/>") { "/>" } else { ">" })
        }
    }
}

/// A tag without an attribute.
pub fn without(raw: &str, name: &str) -> String {
    match attributes(raw).find(|(key, _)| *key == name) {
        None => raw.to_string(),
        Some((_, range)) => {
            let key = raw[..range.start].rfind(name).unwrap_or(range.start);
            format!("{}{}", raw[..key].trim_end(), &raw[range.end + 1..])
        }
    }
}

/// Where the first tag of an element that stands alone is.
pub fn first(element: &str) -> Range<usize> {
    let mut quote = None;
    let ends = |&(_, c): &(usize, char)| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        quote.is_none() && c == '>'
    };
    let end = element.char_indices().find(ends).map_or(element.len(), |(at, _)| at + 1);
    0..end
}

pub fn escaped(text: &str) -> String {
    escape::escape(text).into_owned()
}

/// All tags of a part, in order.
pub fn tags(text: &str) -> Result<Vec<Tag<'_>>, Malformed> {
    let mut tags = Vec::new();
    each(text, |tag| tags.push(tag))?;
    Ok(tags)
}

/// Goes through the tags of a part.
pub fn each<'a>(text: &'a str, mut visit: impl FnMut(Tag<'a>)) -> Result<(), Malformed> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(&text[mark..]);
    reader.config_mut().check_end_names = false;
    let position = |reader: &Reader<&[u8]>| mark + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    let mut depth = 0usize;
    loop {
        let start = position(&reader);
        let kind = match reader.read_event() {
            Ok(Event::Start(_)) => Kind::Open,
            Ok(Event::Empty(_)) => Kind::Empty,
            Ok(Event::End(_)) => Kind::Close,
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => continue,
            Err(error) => return Err(Malformed(format!("{error}, {start}"))),
        };
        let end = position(&reader);
        if kind == Kind::Close {
            depth = depth.saturating_sub(1);
        }
        visit(Tag { kind, raw: &text[start..end], start, end, depth });
        if kind == Kind::Open {
            depth += 1;
        }
    }
}

/// An element: its first tag, and its last where it is not empty.
#[derive(Clone, Debug)]
pub struct Element<'a> {
    pub open: Tag<'a>,
    pub close: Option<Tag<'a>>,
}

impl Element<'_> {
    pub fn end(&self) -> usize {
        self.close.as_ref().map_or(self.open.end, |close| close.end)
    }
}

/// The elements at a depth, in order.
pub fn elements<'a>(tags: &[Tag<'a>], depth: usize) -> Vec<Element<'a>> {
    let mut found: Vec<Element<'a>> = Vec::new();
    for tag in tags.iter().filter(|tag| tag.depth == depth) {
        match (tag.kind, found.last_mut()) {
            (Kind::Close, Some(last)) => last.close = Some(tag.clone()),
            (Kind::Close, None) => {}
            _ => found.push(Element { open: tag.clone(), close: None }),
        }
    }
    found
}

/// Changes to a text, put in all at once. Those at one place come in the order in which they were asked for.
pub struct Edits<'a> {
    text: &'a str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'a> Edits<'a> {
    pub fn of(text: &'a str) -> Edits<'a> {
        Edits { text, edits: Vec::new() }
    }

    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.edits.push((at..at, text.into()));
    }

    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Puts elements at the end of another, and says how many it then has where it tells.
    pub fn extend(&mut self, element: &Element<'_>, content: &str, count: Option<usize>) {
        let open = &element.open;
        let mut raw = open.raw.to_string();
        if let Some(count) = count.filter(|_| open.attribute("count").is_some()) {
            raw = set(&raw, "count", &count.to_string());
        }
        match &element.close {
            Some(close) => {
                if raw != open.raw {
                    self.replace(open.start..open.end, raw);
                }
                self.insert(close.start, content);
            }
            None => {
                let raw = raw.trim_end_matches('>').trim_end_matches('/').trim_end();
                self.replace(open.start..open.end, format!("{raw}>{content}</{}>", open.name()));
            }
        }
    }

    pub fn finish(mut self) -> String {
        // What is put before a tag comes before what the tag is replaced by.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let more: usize = self.edits.iter().map(|(_, text)| text.len()).sum();
        let mut result = String::with_capacity(self.text.len() + more);
        let mut at = 0;
        for (range, text) in self.edits {
            result.push_str(&self.text[at..range.start]);
            result.push_str(&text);
            at = range.end;
        }
        result.push_str(&self.text[at..]);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_set_where_they_stand() {
        assert_eq!(set("<c r='A1' s='3'/>", "s", "7"), "<c r='A1' s='7'/>");
        assert_eq!(set("<x:c r=\"A1\">", "s", "7"), "<x:c r=\"A1\" s=\"7\">");
        assert_eq!(set("<c/>", "s", "7"), "<c s=\"7\"/>");
        assert_eq!(without("<xf fontId=\"1\" xfId=\"0\"/>", "xfId"), "<xf fontId=\"1\"/>");
    }

    #[test]
    fn edits_leave_the_rest() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<a> <b count=\"0\"/><!-- <c/> --><d>å</d></a>";
        let tags = tags(text).expect("tags");
        let elements = elements(&tags, 1);
        let mut edits = Edits::of(text);
        edits.extend(&elements[0], "<e/>", Some(1));
        edits.insert(elements[1].open.start, "<f/>");
        let expected = "\u{feff}<?xml version=\"1.0\"?>\n<a> <b count=\"1\"><e/></b><!-- <c/> --><f/><d>å</d></a>";
        assert_eq!(edits.finish(), expected);
    }
}
