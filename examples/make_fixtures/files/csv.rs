//! A table as the semicolon file that older Swedish systems and Excel write.

use encoding_rs::WINDOWS_1252;

use super::Result;
use super::layout::Layout;
use super::twin::Twin;

/// The rows of the only sheet, in Windows-1252 with CRLF.
pub fn file(twin: &Twin, layout: &Layout) -> Result<Vec<u8>> {
    let mut lines: Vec<Vec<&str>> = vec![vec![&twin.title]];
    for (_, tables) in &layout.sheets {
        for placed in tables {
            lines.resize(placed.title.unwrap_or(placed.first) as usize, Vec::new());
            if placed.title.is_some() {
                lines.push(vec![&placed.table.title]);
            }
            for row in &placed.table.rows {
                lines.push(row.cells.iter().map(String::as_str).collect());
            }
            lines.extend(placed.table.footnotes.iter().map(|footnote| vec![footnote.as_str()]));
        }
    }
    let text: String = lines.iter().map(|fields| fields.join(";") + "\r\n").collect();
    match WINDOWS_1252.encode(&text) {
        (bytes, _, false) => Ok(bytes.into_owned()),
        _ => Err("a sign that Windows-1252 does not have".into()),
    }
}
