//! What the workbook's own part lists: its sheets and its names.

use std::ops::Range;

use super::AnnotateError;
use super::package::{read, root};
use super::tags::{Edits, Element, Tag, elements, escaped};

/// A sheet as the workbook lists it.
pub struct Sheet {
    pub name: String,
    pub relation: String,
}

/// A name that belongs to one sheet, as its element stands.
pub struct SheetName {
    pub sheet: usize,
    pub element: String,
}

pub fn sheets(part: &str, text: &str) -> Result<Vec<Sheet>, AnnotateError> {
    let tags = read(part, text)?;
    let listed = of_sheets(&tags).map(|tag| Sheet {
        name: tag.attribute("name").unwrap_or_default().into_owned(),
        relation: tag.attribute("id").unwrap_or_default().into_owned(),
    });
    Ok(listed.collect())
}

fn of_sheets<'t, 'a>(tags: &'t [Tag<'a>]) -> impl Iterator<Item = &'t Tag<'a>> {
    tags.iter().filter(|tag| tag.depth == 2 && tag.begins("sheet"))
}

/// The names of a workbook of ours, which are all of some sheet: what its filters and repeated rows are.
pub fn names(part: &str, text: &str) -> Result<Vec<SheetName>, AnnotateError> {
    let tags = read(part, text)?;
    let named = elements(&tags, 2).into_iter().filter(|element| element.open.local() == "definedName");
    let name = |element: Element<'_>| {
        let sheet = element.open.number("localSheetId")?;
        Some(SheetName { sheet, element: text[element.open.start..element.end()].to_string() })
    };
    Ok(named.filter_map(name).collect())
}

/// The part with further sheets at the end of the workbook, each with its relation, and their names.
pub fn extended(
    part: &str,
    text: &str,
    added: &[Sheet],
    names: &[SheetName],
    namespace: &str,
) -> Result<String, AnnotateError> {
    let tags = read(part, text)?;
    let root = root(part, text)?;
    let prefix = root.open.prefix();
    let of_root = elements(&tags, 1);
    let list = of_root.iter().find(|element| element.open.local() == "sheets");
    let list = list.ok_or_else(|| AnnotateError::Malformed(format!("{part}: sheets ?")))?;
    let before = of_sheets(&tags).count();
    let mut next = of_sheets(&tags).filter_map(|tag| tag.number::<u32>("sheetId")).max().unwrap_or(0);
    let mut edits = Edits::of(text);
    let mut told = String::new();
    for sheet in added {
        next = next.saturating_add(1);
        let (name, relation) = (escaped(&sheet.name), &sheet.relation);
        told.push_str(&format!(
            "<{prefix}sheet xmlns:r=\"{namespace}\" name=\"{name}\" sheetId=\"{next}\" r:id=\"{relation}\"/>"
        ));
    }
    edits.extend(list, &told, None);
    let names: String = names.iter().map(|name| renumbered(name, before, prefix)).collect();
    if !names.is_empty() {
        match of_root.iter().find(|element| element.open.local() == "definedNames") {
            Some(own) => edits.extend(own, &names, None),
            None => {
                let after = of_root.iter().filter(|element| {
                    matches!(element.open.local(), "sheets" | "functionGroups" | "externalReferences")
                });
                let at = after.map(Element::end).max().unwrap_or(list.end());
                edits.insert(at, format!("<{prefix}definedNames>{names}</{prefix}definedNames>"));
            }
        }
    }
    Ok(edits.finish())
}

/// A name of ours in the workbook, its sheet counted after those that there are.
fn renumbered(name: &SheetName, before: usize, prefix: &str) -> String {
    let Range { start, end } = super::tags::first(&name.element);
    let raw = super::tags::set(&name.element[start..end], "localSheetId", &(before + name.sheet).to_string());
    let (raw, rest) = (raw.replacen('<', &format!("<{prefix}"), 1), &name.element[end..]);
    format!("{raw}{}", rest.replacen("</", &format!("</{prefix}"), 1))
}
