//! A table as the semicolon file that older Swedish systems and Excel write.

use avstam::money::{Money, Swedish};
use encoding_rs::WINDOWS_1252;

use super::Result;
use super::figure::Figure;
use super::layout::Layout;
use super::twin::{RowKind, Twin};

/// The rows of the only sheet, in Windows-1252 with CRLF.
pub fn file(twin: &Twin, layout: &Layout) -> Result<Vec<u8>> {
    let mut lines = vec![vec![twin.title.clone()]];
    for placed in layout.sheets.iter().flat_map(|(_, tables)| tables) {
        let table = placed.table;
        if let Some(title) = placed.title {
            lines.resize(title as usize, Vec::new());
            lines.push(vec![table.title.clone()]);
        }
        lines.resize(placed.first as usize, Vec::new());
        for row in &table.rows {
            let fields = table.columns.iter().zip(&row.cells);
            lines.push(
                fields.map(|(key, text)| if key == "label" { text.clone() } else { field(text, row.kind) }).collect(),
            );
        }
        lines.resize(placed.footnotes as usize, Vec::new());
        lines.extend(table.footnotes.iter().map(|footnote| vec![footnote.clone()]));
    }
    let text: String = lines.iter().map(|fields| fields.join(";") + "\r\n").collect();
    match WINDOWS_1252.encode(&text) {
        (bytes, _, false) => Ok(bytes.into_owned()),
        _ => Err("a sign that Windows-1252 does not have".into()),
    }
}

/// A figure with its thousands parted by a space; any other text, and the years of a heading, as it is.
fn field(text: &str, kind: RowKind) -> String {
    let figure = Figure::parse(text).filter(|figure| kind != RowKind::Head && !figure.percent);
    match figure.and_then(|figure| Money::parse(&figure.value.to_string())) {
        Some(amount) => Swedish(amount).to_string().replace('\u{a0}', " "),
        None => text.to_owned(),
    }
}
