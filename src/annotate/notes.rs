//! Notes on cells: the text in a part of comments, and its box in a drawing of the old kind. A cell has one note: where
//! the user has written one already, ours is added below it.

use std::collections::{BTreeMap, BTreeSet};

use super::AnnotateError;
use super::package::{Package, read, relation_namespace, root};
use super::sheet;
use super::tags::{Edits, Element, Tag, elements, escaped};
use crate::grid::a1;

const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// Rows and columns from 0.
pub type Notes = BTreeMap<(u32, u32), String>;

/// Puts notes on the cells of a sheet. Gives those that hold a conversation already, to which no note can be added.
pub fn write(
    package: &mut Package<'_>,
    part: &str,
    notes: &Notes,
    strict: bool,
) -> Result<Vec<(u32, u32)>, AnnotateError> {
    let relations = package.relations(part)?;
    let related = |kind: &str| relations.iter().find(|relation| relation.kind == kind && !relation.external);
    let mut talked = BTreeSet::new();
    for relation in relations.iter().filter(|relation| relation.kind == "threadedComment") {
        let text = package.required(&relation.target)?;
        let tags = read(&relation.target, &text)?;
        let refs = tags.iter().filter(|tag| tag.begins("threadedComment"));
        talked.extend(refs.filter_map(|tag| tag.attribute("ref")).map(|at| at.into_owned()));
    }
    let (left, notes): (Vec<_>, Vec<_>) = notes.iter().partition(|(at, _)| talked.contains(&a1(at.0, at.1)));
    let left = left.into_iter().map(|(at, _)| *at).collect();
    if notes.is_empty() {
        return Ok(left);
    }
    let comments = match related("comments") {
        Some(relation) => relation.target.clone(),
        None => {
            let name = package.free("xl/avstam-comments", "xml");
            package.add(&name, COMMENTS, no_comments(strict));
            package.relate(part, "comments", &name, strict)?;
            name
        }
    };
    let text = package.required(&comments)?;
    let (text, fresh) = extended(&comments, &text, &notes)?;
    package.put(&comments, text);
    if fresh.is_empty() {
        return Ok(left);
    }
    let sheet = package.required(part)?;
    let drawn = read(part, &sheet)?.iter().find(|tag| tag.depth == 1 && tag.begins("legacyDrawing")).cloned();
    let drawn = drawn.and_then(|tag| tag.attribute("id").map(|id| id.into_owned()));
    let drawing = relations.iter().find(|relation| drawn.as_ref() == Some(&relation.id));
    match drawing {
        Some(drawing) => {
            let text = package.required(&drawing.target)?;
            let text = drawn_on(&text, &fresh).ok_or_else(|| AnnotateError::Malformed(drawing.target.clone()))?;
            package.put(&drawing.target, text);
        }
        None => {
            let name = package.free("xl/drawings/avstam-vmlDrawing", "vml");
            let text = drawn_on(NO_DRAWING, &fresh).unwrap_or_default();
            package.add(&name, DRAWING, text);
            let id = package.relate(part, "vmlDrawing", &name, strict)?;
            package.put(part, sheet::with_notes(part, &sheet, &id, relation_namespace(strict))?);
        }
    }
    Ok(left)
}

fn no_comments(strict: bool) -> String {
    let namespace = super::main_namespace(strict);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

/// The comments with the notes added, and the cells that had none before.
fn extended(
    part: &str,
    text: &str,
    notes: &[(&(u32, u32), &String)],
) -> Result<(String, Vec<(u32, u32)>), AnnotateError> {
    let tags = read(part, text)?;
    let root = root(part, text)?;
    let prefix = root.open.prefix();
    let of_root = elements(&tags, 1);
    let named = |name: &str| of_root.iter().find(|element| element.open.local() == name);
    let mut edits = Edits::of(text);
    let author = format!("<{prefix}author>avstam</{prefix}author>");
    let authors = tags.iter().filter(|tag| tag.depth == 2 && tag.begins("author")).count();
    match (named("authors"), of_root.first()) {
        (Some(authors), _) => edits.extend(authors, &author, None),
        (None, Some(first)) => {
            edits.insert(first.open.start, format!("<{prefix}authors>{author}</{prefix}authors>"));
        }
        (None, None) => {}
    }
    let comments = elements(&tags, 2);
    let mut own: BTreeMap<String, &Element<'_>> = BTreeMap::new();
    for comment in comments.iter().filter(|comment| comment.open.local() == "comment") {
        own.extend(comment.open.attribute("ref").map(|at| (at.into_owned(), comment)));
    }
    let mut added = String::new();
    let mut fresh = Vec::new();
    for (at, note) in notes {
        let reference = a1(at.0, at.1);
        match own.get(&reference) {
            Some(comment) => add_below(&mut edits, &tags, comment, note, prefix),
            None => {
                fresh.push(**at);
                let run = run(note, prefix);
                added.push_str(&format!(
                    "<{prefix}comment ref=\"{reference}\" authorId=\"{authors}\"><{prefix}text>{run}</{prefix}text></{prefix}comment>"
                ));
            }
        }
    }
    match named("commentList") {
        Some(list) => edits.extend(list, &added, None),
        None => {
            let authors =
                if of_root.is_empty() { format!("<{prefix}authors>{author}</{prefix}authors>") } else { String::new() };
            let list = format!("{authors}<{prefix}commentList>{added}</{prefix}commentList>");
            edits.extend(&root, &list, None);
        }
    }
    Ok((edits.finish(), fresh))
}

fn run(text: &str, prefix: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"9\"/><{prefix}rFont val=\"Tahoma\"/></{prefix}rPr><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escaped(text)
    )
}

/// A note of ours below one of the user's: as another run, or in the one text where it has no runs.
fn add_below(edits: &mut Edits<'_>, tags: &[Tag<'_>], comment: &Element<'_>, note: &str, prefix: &str) {
    let within: Vec<Tag<'_>> =
        tags.iter().filter(|tag| tag.start >= comment.open.end && tag.end <= comment.end()).cloned().collect();
    let depth = comment.open.depth;
    let Some(text) = elements(&within, depth + 1).into_iter().find(|element| element.open.local() == "text") else {
        let whole = format!("<{prefix}text>{}</{prefix}text>", run(note, prefix));
        return match &comment.close {
            Some(_) => edits.insert(comment.open.end, whole),
            None => edits.extend(comment, &whole, None),
        };
    };
    let inner = elements(&within, depth + 2);
    let below = format!("\n\n{note}");
    let bare = inner.iter().find(|element| element.open.local() == "t").and_then(|element| element.close.as_ref());
    let is_run = |element: &&Element<'_>| element.open.local() == "r";
    let phonetic = inner.iter().find(|element| matches!(element.open.local(), "rPh" | "phoneticPr"));
    match (bare, inner.iter().find(is_run), phonetic) {
        (Some(end), None, _) => edits.insert(end.start, escaped(&below)),
        (_, _, Some(phonetic)) => edits.insert(phonetic.open.start, run(&below, prefix)),
        _ => edits.extend(&text, &run(&below, prefix), None),
    }
}

const NO_DRAWING: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout></xml>";

const BOX_OF_NOTES: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
    <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

const SPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];

/// A drawing with a box for each note. These drawings are not always well-formed, so only their end is looked for.
fn drawn_on(text: &str, notes: &[(u32, u32)]) -> Option<String> {
    let end = text.rfind("</")?;
    let spaces: String = SPACES
        .iter()
        .map(|(prefix, space)| format!("xmlns:{prefix}=\"{space}\""))
        .filter(|space| !text.contains(space.as_str()))
        .map(|space| format!(" {space}"))
        .collect();
    let ids = text.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse::<u32>().ok()
    });
    let first = ids.max().map_or(1025, |most| most.saturating_add(1));
    let mut added = String::new();
    if !text.contains("id=\"_x0000_t202\"") {
        added.push_str(&BOX_OF_NOTES.replacen("<v:shapetype", &format!("<v:shapetype{spaces}"), 1));
    }
    for (i, (row, col)) in notes.iter().enumerate() {
        let id = first.saturating_add(i as u32);
        let (left, top) = (col + 1, row.saturating_sub(1));
        let anchor = format!("{left}, 15, {top}, 10, {}, 15, {}, 4", left + 5, top + 7);
        added.push_str(&format!(
            "<v:shape{spaces} id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;width:240pt;height:105pt;z-index:{};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
             <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
            i + 1
        ));
    }
    Some(format!("{}{added}{}", &text[..end], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_own_note_comes_first() {
        let text = "<comments><authors><author>Ida</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>Kolla</t></text></comment><comment ref=\"B3\" authorId=\"0\"><text><r><t>Se not 4</t></r></text></comment></commentList></comments>";
        let note = "Fel & <brist>".to_string();
        let (with, fresh) =
            extended("comments", text, &[(&(1, 1), &note), (&(2, 1), &note), (&(3, 1), &note)]).expect("comments");
        assert_eq!(fresh, [(3, 1)]);
        assert!(with.contains("<t>Kolla\n\nFel &amp; &lt;brist&gt;</t>"), "{with}");
        assert!(with.contains("<r><t>Se not 4</t></r><r><rPr>"), "{with}");
        assert!(with.contains("<author>Ida</author><author>avstam</author>"), "{with}");
        assert!(with.contains("<comment ref=\"B4\" authorId=\"1\">"), "{with}");
    }

    #[test]
    fn boxes_come_after_those_that_there_are() {
        let text = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shape id=\"_x0000_s2051\"><br></v:shape></xml>";
        let with = drawn_on(text, &[(8, 1)]).expect("a drawing");
        assert!(with.starts_with(&text[..text.len() - 6]) && with.ends_with("</v:shape></xml>"), "{with}");
        assert!(with.contains("id=\"_x0000_s2052\"") && with.contains("<x:Row>8</x:Row>"), "{with}");
        assert_eq!(with.matches("xmlns:v=").count(), 1);
    }
}
