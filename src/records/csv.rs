//! Records as csv, as a spreadsheet program in Sweden opens it: parted by `;`, decimal comma, a byte order mark so
//! that å, ä and ö are read right. With `,` and `.` Excel there puts a row in one cell and takes `1.5` for a date;
//! other programs take the delimiter and the decimal sign as options.

use std::io::{self, Write};

use ::csv::WriterBuilder;

use super::{COLUMNS, Record, Value};

/// Writes the records as csv.
pub fn csv(to: &mut dyn Write, records: &[Record]) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut writer = WriterBuilder::new().delimiter(b';').from_writer(to);
    writer.write_record(COLUMNS.iter().map(|column| column.name))?;
    for record in records {
        for column in COLUMNS {
            writer.write_field(field((column.of)(record)))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn field(value: Value<'_>) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) => guarded(text),
        Value::Made(text) => guarded(&text),
        Value::Whole(whole) => whole.to_string(),
        Value::Decimal(amount) => amount.to_string().replace('.', ","),
        Value::Codes(codes) => codes.join(" "),
    }
}

/// A text that a spreadsheet program would take for a formula gets an apostrophe first, by which such programs know
/// a text.
fn guarded(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula() {
        assert_eq!(guarded("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guarded("- varav årets resultat"), "'- varav årets resultat");
        assert_eq!(guarded("Årets resultat"), "Årets resultat");
        assert_eq!(field(Value::Decimal(crate::money::Money::new(-15, 1))), "-1,5");
    }
}
