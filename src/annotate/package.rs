//! The zip package that a workbook is: parts that are not changed go over as they lie in it, byte for byte.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::AnnotateError;
use super::tags::{Edits, Element, Kind, Malformed, Tag, elements, escaped, tags};
use crate::read::resolve;

/// What one part may inflate to.
const LARGEST_PART: u64 = 1 << 30;
const CONTENT_TYPES: &str = "[Content_Types].xml";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The entries by their part names in lower case, for writers that are careless about it.
    names: HashMap<String, usize>,
    changed: BTreeMap<usize, String>,
    added: Vec<(String, String)>,
    dropped: BTreeSet<usize>,
    types: BTreeMap<String, String>,
}

/// A relation of a part to another.
#[derive(Clone, Debug)]
pub struct Relation {
    pub id: String,
    /// The last step of its type, the same in transitional and strict files.
    pub kind: String,
    /// From the package's root; outside of the package it is as it stands.
    pub target: String,
    pub external: bool,
}

fn tidy(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, AnnotateError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|why| AnnotateError::Zip(why.to_string()))?;
        let mut names = HashMap::with_capacity(zip.len());
        for i in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(i)
                && names.insert(tidy(&name), i).is_some()
            {
                return Err(AnnotateError::SameName(name.into_owned()));
            }
        }
        if zip.has_duplicate_names() {
            return Err(AnnotateError::SameName(String::new()));
        }
        let (changed, added, dropped, types) = Default::default();
        Ok(Package { zip, names, changed, added, dropped, types })
    }

    pub fn holds(&self, part: &str) -> bool {
        self.names.contains_key(&tidy(part)) || self.added.iter().any(|(name, _)| tidy(name) == tidy(part))
    }

    /// A part as it is by now; `None` where there is none.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, AnnotateError> {
        if let Some((_, text)) = self.added.iter().find(|(name, _)| tidy(name) == tidy(part)) {
            return Ok(Some(text.clone()));
        }
        let Some(&i) = self.names.get(&tidy(part)) else { return Ok(None) };
        if let Some(text) = self.changed.get(&i) {
            return Ok(Some(text.clone()));
        }
        let entry = self.zip.by_index(i).map_err(|why| AnnotateError::Zip(format!("{part}: {why}")))?;
        let mut bytes = Vec::new();
        entry
            .take(LARGEST_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|why| AnnotateError::Zip(format!("{part}: {why}")))?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(AnnotateError::TooLarge(part.to_string()));
        }
        String::from_utf8(bytes).map(Some).map_err(|_| AnnotateError::Encoding(part.to_string()))
    }

    /// A part that must be there.
    pub fn required(&mut self, part: &str) -> Result<String, AnnotateError> {
        self.text(part)?.ok_or_else(|| AnnotateError::Malformed(format!("{part} ?")))
    }

    /// Gives a part a new text, or the package a new part.
    pub fn put(&mut self, part: &str, text: String) {
        match self.names.get(&tidy(part)) {
            Some(&i) => _ = self.changed.insert(i, text),
            None => match self.added.iter_mut().find(|(name, _)| tidy(name) == tidy(part)) {
                Some((_, old)) => *old = text,
                None => self.added.push((part.to_string(), text)),
            },
        }
    }

    /// A new part and what it is.
    pub fn add(&mut self, part: &str, content_type: &str, text: String) {
        self.put(part, text);
        self.types.insert(part.to_string(), content_type.to_string());
    }

    /// The first of `stem1.xml`, `stem2.xml` … that there is not.
    pub fn free(&self, stem: &str, ending: &str) -> String {
        let mut name = format!("{stem}1.{ending}");
        let mut count = 1u32;
        while self.holds(&name) {
            count += 1;
            name = format!("{stem}{count}.{ending}");
        }
        name
    }

    /// Leaves out the parts of a folder; whether there were any.
    pub fn drop_folder(&mut self, folder: &str) -> bool {
        let of_folder = self.names.iter().filter(|(name, _)| name.starts_with(&tidy(folder)));
        let before = self.dropped.len();
        self.dropped.extend(of_folder.map(|(_, i)| *i));
        self.dropped.len() > before
    }

    /// What a part is, as the package tells.
    pub fn content_type(&mut self, part: &str) -> Result<Option<String>, AnnotateError> {
        let text = self.required(CONTENT_TYPES)?;
        let tags = read(CONTENT_TYPES, &text)?;
        let of_part = |tag: &&Tag<'_>| {
            tag.begins("Override") && tag.attribute("PartName").is_some_and(|name| tidy(&name) == tidy(part))
        };
        let of_ending = |tag: &&Tag<'_>| {
            let ending = part.rsplit('.').next().unwrap_or_default();
            tag.begins("Default") && tag.attribute("Extension").is_some_and(|of| of.eq_ignore_ascii_case(ending))
        };
        let found = tags.iter().find(of_part).or_else(|| tags.iter().find(of_ending));
        Ok(found.and_then(|tag| tag.attribute("ContentType")).map(|kind| kind.into_owned()))
    }

    pub fn relations(&mut self, of: &str) -> Result<Vec<Relation>, AnnotateError> {
        let (name, folder) = relations_part(of);
        let Some(text) = self.text(&name)? else { return Ok(Vec::new()) };
        let tags = read(&name, &text)?;
        let relation = |tag: &Tag<'_>| {
            let kind = tag.attribute("Type")?;
            let external = tag.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            let target = tag.attribute("Target")?;
            Some(Relation {
                id: tag.attribute("Id")?.into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_string(),
                target: if external { target.into_owned() } else { resolve(folder, &target) },
                external,
            })
        };
        Ok(tags.iter().filter(|tag| tag.begins("Relationship")).filter_map(relation).collect())
    }

    /// Ties a part to another, and gives the name of the tie.
    pub fn relate(&mut self, of: &str, kind: &str, target: &str, strict: bool) -> Result<String, AnnotateError> {
        let (name, _) = relations_part(of);
        let text = self.text(&name)?.unwrap_or_else(|| {
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"
                .to_string()
        });
        let taken: BTreeSet<String> = self.relations(of)?.into_iter().map(|relation| relation.id).collect();
        let id = (1..).map(|count: u32| format!("rId{count}")).find(|id| !taken.contains(id)).unwrap_or_default();
        let root = root(&name, &text)?;
        let (prefix, base) = (root.open.prefix(), relation_namespace(strict));
        let relation =
            format!("<{prefix}Relationship Id=\"{id}\" Type=\"{base}/{kind}\" Target=\"/{}\"/>", escaped(target));
        let mut edits = Edits::of(&text);
        edits.extend(&root, &relation, None);
        let edited = edits.finish();
        self.put(&name, edited);
        Ok(id)
    }

    /// Takes away a part's relations of some kinds.
    pub fn unrelate(&mut self, of: &str, is_kind: impl Fn(&str) -> bool) -> Result<(), AnnotateError> {
        let (name, _) = relations_part(of);
        let Some(text) = self.text(&name)? else { return Ok(()) };
        let tags = read(&name, &text)?;
        let mut edits = Edits::of(&text);
        for element in elements(&tags, 1) {
            let kind = element.open.attribute("Type").unwrap_or_default().into_owned();
            if is_kind(kind.rsplit('/').next().unwrap_or_default()) {
                edits.replace(element.open.start..element.end(), "");
            }
        }
        let edited = edits.finish();
        self.put(&name, edited);
        Ok(())
    }

    /// The package as a file.
    pub fn finish(mut self) -> Result<Vec<u8>, AnnotateError> {
        self.tell_types()?;
        let failed = |why: String| AnnotateError::Zip(why);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        let put = |writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str| {
            let options = options.large_file(text.len() as u64 >= u64::from(u32::MAX));
            writer.start_file(name, options).map_err(|why| failed(why.to_string()))?;
            writer.write_all(text.as_bytes()).map_err(|why| failed(why.to_string()))
        };
        for i in 0..self.zip.len() {
            if self.dropped.contains(&i) {
                continue;
            }
            let entry = self.zip.by_index_raw(i).map_err(|why| failed(why.to_string()))?;
            match self.changed.get(&i) {
                Some(text) => {
                    let name = entry.name().map_err(|why| failed(why.to_string()))?.into_owned();
                    put(&mut writer, &name, text)?;
                }
                None => writer.raw_copy_file(entry).map_err(|why| failed(why.to_string()))?,
            }
        }
        for (name, text) in &self.added {
            put(&mut writer, name, text)?;
        }
        Ok(writer.finish().map_err(|why| failed(why.to_string()))?.into_inner())
    }

    /// Tells of the new parts in the list of what parts are, and no longer of those that were left out.
    fn tell_types(&mut self) -> Result<(), AnnotateError> {
        let text = self.required(CONTENT_TYPES)?;
        let tags = read(CONTENT_TYPES, &text)?;
        let root = root(CONTENT_TYPES, &text)?;
        let prefix = root.open.prefix();
        let mut edits = Edits::of(&text);
        let dropped = |part: &str| self.names.get(&tidy(part)).is_some_and(|i| self.dropped.contains(i));
        for element in elements(&tags, 1) {
            if element.open.attribute("PartName").is_some_and(|part| dropped(&part)) {
                edits.replace(element.open.start..element.end(), "");
            }
        }
        let mut told = String::new();
        let defaults = tags.iter().filter(|tag| tag.begins("Default")).filter_map(|tag| tag.attribute("Extension"));
        if !defaults.into_iter().any(|ending| ending.eq_ignore_ascii_case("rels")) {
            let kind = "application/vnd.openxmlformats-package.relationships+xml";
            told.push_str(&format!("<{prefix}Default Extension=\"rels\" ContentType=\"{kind}\"/>"));
        }
        for (part, kind) in &self.types {
            let part = escaped(part);
            told.push_str(&format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>"));
        }
        edits.extend(&root, &told, None);
        let edited = edits.finish();
        self.put(CONTENT_TYPES, edited);
        Ok(())
    }
}

/// Where the types of relations between parts are named.
pub fn relation_namespace(strict: bool) -> &'static str {
    if strict { STRICT } else { TRANSITIONAL }
}

/// The tags of a part, or which part is malformed.
pub fn read<'t>(part: &str, text: &'t str) -> Result<Vec<Tag<'t>>, AnnotateError> {
    tags(text).map_err(|Malformed(why)| AnnotateError::Malformed(format!("{part}: {why}")))
}

pub fn root<'t>(part: &str, text: &'t str) -> Result<Element<'t>, AnnotateError> {
    let tags = read(part, text)?;
    let root = elements(&tags, 0).into_iter().next();
    let whole = |element: &Element<'_>| element.close.is_some() || element.open.kind == Kind::Empty;
    root.filter(whole).ok_or_else(|| AnnotateError::Malformed(part.to_string()))
}

/// The part that holds a part's relations, and the folder that their targets are relative to.
fn relations_part(of: &str) -> (String, &str) {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    (format!("{folder}{slash}_rels/{name}.rels"), folder)
}
