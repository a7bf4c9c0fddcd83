//! Whether an annotated workbook has all that the workbook had: every part is there, and either the same byte for byte
//! or the same when what was put into it is taken out again. Knows nothing of how it was put in.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

pub type Parts = BTreeMap<String, Vec<u8>>;

pub fn parts(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = Parts::new();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("its content");
        parts.insert(name, content);
    }
    parts
}

/// What a cell without any style looks like.
const NO_STYLES: &str = "<styleSheet><cellXfs><xf numFmtId='0' fontId='0' borderId='0'></xf></cellXfs></styleSheet>";

/// What an annotated workbook has lost or changed, and how many parts are as they were, byte for byte.
pub fn lost(before: &[u8], after: &[u8]) -> (Vec<String>, usize) {
    let (before, after) = (parts(before), parts(after));
    let styles = |parts: &Parts| {
        let sheets = parts.iter().filter(|(name, _)| name.to_lowercase().contains("style"));
        let sheet = sheets.map(|(_, bytes)| text(bytes)).find(|text| text.contains("styleSheet"));
        let styles = sheet.map_or(Vec::new(), |sheet| cell_styles(&sheet));
        if styles.is_empty() { cell_styles(NO_STYLES) } else { styles }
    };
    let styles = (styles(&before), styles(&after));
    let mut faults = Vec::new();
    let mut same = 0;
    for (name, bytes) in &before {
        match after.get(name) {
            // A signature is of the workbook as it was.
            None if name.starts_with("_xmlsignatures/") => {}
            None => faults.push(format!("{name} is gone")),
            Some(now) if now == bytes => same += 1,
            Some(now) if name.ends_with(".vml") => {
                let (was, is) = (text(bytes), text(now));
                let end = was.rfind("</").expect("an end");
                if !is.starts_with(&was[..end]) || !is.ends_with(&was[end..]) {
                    faults.push(format!("{name} is not what it was with shapes added"));
                }
            }
            Some(now) => faults.extend(
                compare(&unsigned(&text(bytes)), &text(now), &styles).into_iter().map(|why| format!("{name}: {why}")),
            ),
        }
    }
    (faults, same)
}

/// A list of parts, or of ties between them, without those of a signature.
fn unsigned(text: &str) -> String {
    text.split_inclusive('>').filter(|tag| !tag.contains("_xmlsignatures/")).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Start { name: String, attributes: Vec<(String, String)> },
    End,
    Other(String),
}

impl Piece {
    fn local(&self) -> &str {
        match self {
            Piece::Start { name, .. } => name.rsplit(':').next().unwrap_or(name),
            _ => "",
        }
    }

    fn attribute(&self, wanted: &str) -> Option<&str> {
        let Piece::Start { attributes, .. } = self else { return None };
        attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str())
    }

    fn without(&self, left_out: &[&str]) -> Piece {
        match self {
            Piece::Start { name, attributes } => Piece::Start {
                name: name.clone(),
                attributes: attributes.iter().filter(|(key, _)| !left_out.contains(&key.as_str())).cloned().collect(),
            },
            other => other.clone(),
        }
    }
}

fn start(tag: &BytesStart<'_>) -> Piece {
    let mut attributes = tag.attributes();
    let attributes =
        attributes.with_checks(false).flatten().map(|a| (a.key.as_ref().to_string(), a.value.to_string())).collect();
    Piece::Start { name: tag.name().as_ref().to_string(), attributes }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut pieces = Vec::new();
    loop {
        pieces.push(match reader.read_event().expect("well-formed") {
            Event::Start(tag) => start(&tag),
            Event::End(_) => Piece::End,
            Event::Eof => return pieces,
            other => Piece::Other(format!("{other:?}")),
        });
    }
}

/// The styles of cells, each without its fill.
fn cell_styles(text: &str) -> Vec<Vec<Piece>> {
    let pieces = pieces(text);
    let mut styles: Vec<Vec<Piece>> = Vec::new();
    let (mut depth, mut within) = (0, false);
    for piece in &pieces {
        match piece {
            Piece::Start { .. } => depth += 1,
            Piece::End => depth -= 1,
            Piece::Other(_) => {}
        }
        if depth == 2 && piece.local() == "cellXfs" {
            within = true;
        } else if depth < 2 {
            within = false;
        } else if within && depth == 3 && piece.local() == "xf" {
            styles.push(vec![piece.without(&["fillId", "applyFill"])]);
        } else if within && depth >= 3 {
            styles.last_mut().expect("a style").push(piece.clone());
        }
    }
    styles
}

type Styles = (Vec<Vec<Piece>>, Vec<Vec<Piece>>);

/// All that a part had must be there in the same order; what is between was put in.
fn compare(before: &str, after: &str, styles: &Styles) -> Option<String> {
    let (before, after) = (pieces(before), pieces(after));
    let mut at = 0;
    // Whether a text of the user's has one of ours below it, which may be in several pieces.
    let mut below = false;
    for piece in &before {
        loop {
            let Some(now) = after.get(at) else { return Some(format!("{piece:?} is gone")) };
            if same(piece, now, styles) {
                below = matches!(now, Piece::Other(_)) && piece != now;
                at += 1;
                break;
            }
            if below && matches!(now, Piece::Other(_)) {
                at += 1;
                continue;
            }
            if !matches!(now, Piece::Start { .. }) {
                return Some(format!("{piece:?} became {now:?}"));
            }
            // A cell that was put in has a style and nothing else.
            if now.local() == "c" && after.get(at + 1) != Some(&Piece::End) {
                return Some(format!("{now:?} was put in with a value"));
            }
            at = end_of(&after, at);
        }
    }
    (at < after.len()).then(|| format!("{:?} comes after the end", after[at]))
}

fn end_of(pieces: &[Piece], start: usize) -> usize {
    let mut depth = 0;
    for (i, piece) in pieces.iter().enumerate().skip(start) {
        match piece {
            Piece::Start { .. } => depth += 1,
            Piece::End => depth -= 1,
            Piece::Other(_) => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    pieces.len()
}

fn same(was: &Piece, is: &Piece, (before, after): &Styles) -> bool {
    if was == is {
        return true;
    }
    match (was, is) {
        (Piece::Start { .. }, Piece::Start { .. }) if was.local() == "c" => {
            let style = |piece: &Piece| piece.attribute("s").map_or(0, |s| s.trim().parse::<usize>().unwrap_or(0));
            let looks = before.get(style(was)).or(before.first()) == after.get(style(is));
            was.without(&["s"]) == is.without(&["s"]) && looks
        }
        (Piece::Start { .. }, Piece::Start { .. }) => was.without(&["count"]) == is.without(&["count"]),
        // A note of one text without runs has ours below it.
        (Piece::Other(was), Piece::Other(is)) => {
            let bare = was.trim_end_matches(['"', ')', '}', ' ']);
            was.starts_with("Text") && is.starts_with(bare) && is[bare.len()..].contains("\\n\\n")
        }
        _ => false,
    }
}
