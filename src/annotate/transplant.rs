//! Sheets of ours into the user's workbook: with their drawings and charts, their styles renumbered, their texts in
//! their cells, for the shared texts stay the user's.

use std::collections::HashMap;

use super::AnnotateError;
use super::listing::{self, Sheet, SheetName};
use super::package::{Package, read, relation_namespace};
use super::styles::{Ours, Styles};
use super::tags::{Edits, Kind, elements, set, without};

/// The address of a vocabulary in transitional files, and in strict ones.
const VOCABULARIES: [(&str, &str); 5] = [
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart"),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    ),
];

/// What the workbook is to list of what came into it.
pub struct Added {
    pub sheets: Vec<Sheet>,
    pub names: Vec<SheetName>,
}

struct Transplant<'t, 'a, 'o> {
    into: &'t mut Package<'a>,
    from: &'t mut Package<'o>,
    strict: bool,
    /// The new names of parts that were taken over.
    taken: HashMap<String, String>,
}

/// Takes over all sheets of a workbook of ours; `workbook` is the part that the user's workbook lists its sheets in.
pub fn transplant(
    into: &mut Package<'_>,
    workbook: &str,
    ours: &[u8],
    styles: &mut Styles<'_>,
    strict: bool,
) -> Result<Added, AnnotateError> {
    const OURS: &str = "xl/workbook.xml";
    let mut from = Package::open(ours)?;
    let numbers = styles.take(&from.required("xl/styles.xml")?)?;
    let shared = from.text("xl/sharedStrings.xml")?.unwrap_or_default();
    let texts = texts(&shared)?;
    let list = from.required(OURS)?;
    let relations = from.relations(OURS)?;
    let mut transplant = Transplant { into, from: &mut from, strict, taken: HashMap::new() };
    let mut sheets = Vec::new();
    for sheet in listing::sheets(OURS, &list)? {
        let Some(relation) = relations.iter().find(|relation| relation.id == sheet.relation) else { continue };
        let text = transplant.from.required(&relation.target)?;
        let text = rewritten(&relation.target, &text, &numbers, &texts)?;
        transplant.from.put(&relation.target, text);
        let part = transplant.take(&relation.target)?;
        let relation = transplant.into.relate(workbook, "worksheet", &part, strict)?;
        sheets.push(Sheet { name: sheet.name, relation });
    }
    Ok(Added { sheets, names: listing::names(OURS, &list)? })
}

impl Transplant<'_, '_, '_> {
    /// Takes over a part and all that it leads to; gives its new name.
    fn take(&mut self, part: &str) -> Result<String, AnnotateError> {
        if let Some(name) = self.taken.get(part) {
            return Ok(name.clone());
        }
        let (folder, _) = part.rsplit_once('/').unwrap_or(("xl", part));
        let kind = folder.rsplit('/').next().unwrap_or_default().trim_end_matches('s');
        let name = self.into.free(&format!("{folder}/avstam-{kind}"), "xml");
        self.taken.insert(part.to_string(), name.clone());
        let content_type = self.from.content_type(part)?.unwrap_or_else(|| "application/xml".into());
        let mut text = self.from.required(part)?;
        if self.strict {
            for (transitional, strict) in VOCABULARIES {
                text = text.replace(transitional, strict);
            }
        }
        self.into.add(&name, &content_type, text);
        // The ties keep their names, for the part names them.
        let relations = self.from.relations(part)?;
        if !relations.is_empty() {
            let mut ties = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                 <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
            );
            for relation in relations {
                let (target, base) = (self.take(&relation.target)?, relation_namespace(self.strict));
                let (id, kind) = (&relation.id, &relation.kind);
                ties.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{base}/{kind}\" Target=\"/{target}\"/>"));
            }
            ties.push_str("</Relationships>");
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
            self.into.put(&format!("{folder}/_rels/{file}.rels"), ties);
        }
        Ok(name)
    }
}

/// The shared texts, each as its element has it.
fn texts(text: &str) -> Result<Vec<&str>, AnnotateError> {
    let tags = read("sharedStrings.xml", text)?;
    let inner = elements(&tags, 1).into_iter().map(|element| match element.close {
        Some(close) => &text[element.open.end..close.start],
        None => "",
    });
    Ok(inner.collect())
}

/// A sheet of ours with the numbers that its styles have in the workbook, and its texts in their cells. It is not the
/// one that the workbook opens with.
fn rewritten(part: &str, text: &str, numbers: &Ours, texts: &[&str]) -> Result<String, AnnotateError> {
    let tags = read(part, text)?;
    let mut edits = Edits::of(text);
    let mut shared = false;
    let mut value = None;
    for tag in &tags {
        if tag.ends("v")
            && let Some(start) = value.take()
        {
            let number: usize = text[start..tag.start].trim_start_matches("<v>").parse().unwrap_or(usize::MAX);
            let inner = texts.get(number).copied().unwrap_or_default();
            edits.replace(start..tag.end, format!("<is>{inner}</is>"));
        }
        if tag.kind == Kind::Close {
            continue;
        }
        let style = match tag.local() {
            "c" | "row" => Some("s"),
            "col" => Some("style"),
            _ => None,
        };
        let mut raw = tag.raw.to_string();
        if let Some((name, own)) = style.and_then(|name| Some((name, tag.number::<usize>(name)?))) {
            raw = set(&raw, name, &numbers.xf(own).to_string());
        }
        match tag.local() {
            "c" => {
                shared = tag.attribute("t").as_deref() == Some("s");
                if shared {
                    raw = set(&raw, "t", "inlineStr");
                }
            }
            "v" if shared => value = Some(tag.start),
            "sheetView" => raw = without(&raw, "tabSelected"),
            "cfRule" => {
                if let Some(own) = tag.number::<usize>("dxfId") {
                    raw = set(&raw, "dxfId", &numbers.dxf(own).to_string());
                }
            }
            _ => {}
        }
        if raw != tag.raw {
            edits.replace(tag.start..tag.end, raw);
        }
    }
    Ok(edits.finish())
}
