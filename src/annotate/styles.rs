//! The styles of the user's workbook and of ours in one part: ours come after theirs, so that no number that stands
//! in their sheets means another style than before. A marked cell has its own style with our fill.

use std::collections::{BTreeMap, HashMap};

use super::AnnotateError;
use super::package::read;
use super::tags::{Edits, Element, Kind, Tag, elements, escaped, first, set, without};
use crate::finding::Severity;

/// The collections of a style sheet, in their order.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

pub const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// What a workbook that lacks the whole part is taken to have.
pub fn none(strict: bool) -> String {
    let namespace = super::main_namespace(strict);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <styleSheet xmlns=\"{namespace}\"><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

/// What stands first in a collection, where the workbook has none of it.
const FIRST: [(&str, &[&str]); 4] = [
    ("fonts", &["<font><sz val=\"11\"/><name val=\"Calibri\"/></font>"]),
    (
        "fills",
        &["<fill><patternFill patternType=\"none\"/></fill>", "<fill><patternFill patternType=\"gray125\"/></fill>"],
    ),
    ("borders", &["<border><left/><right/><top/><bottom/><diagonal/></border>"]),
    ("cellXfs", &["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"]),
];

/// Formats below this number are the same in every workbook.
const FIRST_OWN_FORMAT: u32 = 164;

/// A style sheet as read: its collections and what is in each.
struct Sheet<'a> {
    root: Element<'a>,
    collections: BTreeMap<&'static str, (Element<'a>, Vec<&'a str>)>,
    others: Vec<Tag<'a>>,
}

impl<'a> Sheet<'a> {
    fn read(text: &'a str) -> Result<Sheet<'a>, AnnotateError> {
        let tags = read("styles.xml", text)?;
        let root = super::package::root("styles.xml", text)?;
        let items = elements(&tags, 2);
        let mut collections = BTreeMap::new();
        let mut others = Vec::new();
        for element in elements(&tags, 1) {
            match ORDER.iter().find(|name| **name == element.open.local()) {
                Some(&name) => {
                    let within = |item: &&Element<'_>| {
                        item.open.start >= element.open.end && item.end() <= element.end() && element.close.is_some()
                    };
                    let items = items.iter().filter(within).map(|item| &text[item.open.start..item.end()]).collect();
                    collections.insert(name, (element, items));
                }
                None => others.push(element.open),
            }
        }
        Ok(Sheet { root, collections, others })
    }

    fn items(&self, name: &str) -> &[&'a str] {
        self.collections.get(name).map_or(&[], |(_, items)| items.as_slice())
    }

    /// The numbers of the formats that it defines.
    fn formats(&self) -> impl Iterator<Item = (u32, String)> + '_ {
        self.items("numFmts").iter().filter_map(|raw| {
            let tag = first_tag(raw);
            Some((tag.number("numFmtId")?, tag.attribute("formatCode")?.into_owned()))
        })
    }
}

/// The first tag of an element that stands alone.
fn first_tag(raw: &str) -> Tag<'_> {
    let end = first(raw).end;
    Tag { kind: Kind::Open, raw: &raw[..end], start: 0, end, depth: 0 }
}

/// Our own styles, as numbers of the merged sheet.
pub struct Ours {
    first_xf: usize,
    first_dxf: usize,
}

impl Ours {
    pub fn xf(&self, own: usize) -> usize {
        self.first_xf + own
    }

    pub fn dxf(&self, own: usize) -> usize {
        self.first_dxf + own
    }
}

/// The user's styles, and what comes to be after them.
pub struct Styles<'a> {
    text: &'a str,
    sheet: Sheet<'a>,
    prefix: &'a str,
    added: BTreeMap<&'static str, Vec<String>>,
    marked: HashMap<(usize, Severity), usize>,
}

impl<'a> Styles<'a> {
    pub fn of(text: &'a str) -> Result<Styles<'a>, AnnotateError> {
        let sheet = Sheet::read(text)?;
        let prefix = sheet.root.open.prefix();
        let mut styles = Styles { text, sheet, prefix, added: BTreeMap::new(), marked: HashMap::new() };
        for (name, items) in FIRST {
            if styles.count(name) == 0 {
                let items = items.iter().map(|item| prefixed(item, prefix)).collect();
                styles.added.insert(name, items);
            }
        }
        Ok(styles)
    }

    fn count(&self, name: &str) -> usize {
        self.sheet.items(name).len() + self.added.get(name).map_or(0, Vec::len)
    }

    /// Puts an item at the end of a collection, and gives its number.
    fn add(&mut self, name: &'static str, item: String) -> usize {
        let number = self.count(name);
        self.added.entry(name).or_default().push(item);
        number
    }

    fn add_ours(&mut self, name: &'static str, item: &str) -> usize {
        let item = prefixed(item, self.prefix);
        self.add(name, item)
    }

    /// The style of a cell with the fill of a mark, and nothing else of it changed.
    pub fn marked(&mut self, style: usize, severity: Severity) -> usize {
        if let Some(number) = self.marked.get(&(style, severity)) {
            return *number;
        }
        let own = self.sheet.items("cellXfs");
        let base = own.get(style).or(own.first()).map_or_else(
            || prefixed("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>", self.prefix),
            |raw| raw.to_string(),
        );
        let fill = self.fill(severity);
        let tag = first_tag(&base);
        let raw = set(&set(tag.raw, "fillId", &fill.to_string()), "applyFill", "1");
        let number = self.add("cellXfs", format!("{raw}{}", &base[tag.end..]));
        self.marked.insert((style, severity), number);
        number
    }

    fn fill(&mut self, severity: Severity) -> usize {
        let colour = crate::workbook::mark_colour(severity);
        let fill = format!(
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{colour:06X}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
        );
        let fill = prefixed(&fill, self.prefix);
        let of_user = self.sheet.items("fills").len();
        let there = self.added.get("fills").and_then(|fills| fills.iter().position(|other| *other == fill));
        there.map_or_else(|| self.add("fills", fill), |at| of_user + at)
    }

    /// Takes in the styles of a workbook of ours.
    pub fn take(&mut self, ours: &str) -> Result<Ours, AnnotateError> {
        let ours = Sheet::read(ours)?;
        let numbers = self.sheet.formats().map(|(number, _)| number);
        let free = numbers.max().unwrap_or(0).max(FIRST_OWN_FORMAT - 1) + 1..;
        let mut formats = HashMap::new();
        for (next, (number, code)) in free.zip(ours.formats()) {
            formats.insert(number, next);
            self.add_ours("numFmts", &format!("<numFmt numFmtId=\"{next}\" formatCode=\"{}\"/>", escaped(&code)));
        }
        let mut first = HashMap::new();
        for name in ["fonts", "fills", "borders"] {
            first.insert(name, self.count(name));
            ours.items(name).iter().for_each(|item| _ = self.add_ours(name, item));
        }
        let first_xf = self.count("cellXfs");
        let has_named = !self.sheet.items("cellStyleXfs").is_empty();
        for item in ours.items("cellXfs") {
            let tag = first_tag(item);
            let mut raw = tag.raw.to_string();
            for (attribute, name) in [("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")] {
                let number: usize = tag.number(attribute).unwrap_or(0);
                raw = set(&raw, attribute, &(first[name] + number).to_string());
            }
            let format: u32 = tag.number("numFmtId").unwrap_or(0);
            raw = set(&raw, "numFmtId", &formats.get(&format).unwrap_or(&format).to_string());
            raw = if has_named { set(&raw, "xfId", "0") } else { without(&raw, "xfId") };
            self.add_ours("cellXfs", &format!("{raw}{}", &item[tag.end..]));
        }
        let first_dxf = self.count("dxfs");
        ours.items("dxfs").iter().for_each(|item| _ = self.add_ours("dxfs", item));
        Ok(Ours { first_xf, first_dxf })
    }

    pub fn finish(self) -> String {
        let mut edits = Edits::of(self.text);
        let mut missing = String::new();
        let mut missing_at: BTreeMap<usize, String> = BTreeMap::new();
        for name in ORDER {
            let Some(items) = self.added.get(name).filter(|items| !items.is_empty()) else { continue };
            match self.sheet.collections.get(name) {
                Some((element, own)) => edits.extend(element, &items.concat(), Some(own.len() + items.len())),
                None => {
                    let (prefix, count) = (self.prefix, items.len());
                    let whole = format!("<{prefix}{name} count=\"{count}\">{}</{prefix}{name}>", items.concat());
                    match self.after(name) {
                        Some(at) => missing_at.entry(at).or_default().push_str(&whole),
                        None => missing.push_str(&whole),
                    }
                }
            }
        }
        missing_at.into_iter().for_each(|(at, text)| edits.insert(at, text));
        if !missing.is_empty() {
            edits.extend(&self.sheet.root, &missing, None);
        }
        edits.finish()
    }

    /// Where what comes after a collection begins.
    fn after(&self, name: &str) -> Option<usize> {
        let rank = |name: &str| ORDER.iter().position(|other| *other == name);
        let later = self.sheet.collections.iter().filter(|(other, _)| rank(other) > rank(name));
        let others = self.sheet.others.iter().map(|tag| tag.start);
        later.map(|(_, (element, _))| element.open.start).chain(others).min()
    }
}

/// An element of ours, its tags named as those of the workbook are.
fn prefixed(item: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return item.to_string();
    }
    let tags = super::tags::tags(item).unwrap_or_default();
    let mut edits = Edits::of(item);
    for tag in tags {
        edits.insert(tag.start + if tag.kind == Kind::Close { 2 } else { 1 }, prefix);
    }
    edits.finish()
}
