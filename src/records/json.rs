//! Records as JSON, schema `avstam/records/1` (`schemas/records.schema.json`). Decimals are strings, so that no
//! reader makes binary floats of them.

use std::io::{self, Write};

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::{COLUMNS, Record, Value};

struct Document<'a>(&'a [Record]);
struct Rows<'a>(&'a [Record]);
struct Row<'a>(&'a Record);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(3))?;
        map.serialize_entry("schema", "avstam/records/1")?;
        map.serialize_entry("tool", concat!("avstam ", env!("CARGO_PKG_VERSION")))?;
        map.serialize_entry("records", &Rows(self.0))?;
        map.end()
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut rows = to.serialize_seq(Some(self.0.len()))?;
        self.0.iter().try_for_each(|record| rows.serialize_element(&Row(record)))?;
        rows.end()
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(COLUMNS.len()))?;
        for column in COLUMNS {
            map.serialize_entry(column.name, &(column.of)(self.0))?;
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Nothing => to.serialize_none(),
            Value::Text(text) => to.serialize_str(text),
            Value::Made(text) => to.serialize_str(text),
            Value::Whole(whole) => to.serialize_i64(*whole),
            Value::Decimal(amount) => to.collect_str(amount),
            Value::Codes(codes) => codes.serialize(to),
        }
    }
}

/// Writes the records as one JSON document, a record a line.
pub fn json(to: &mut dyn Write, records: &[Record]) -> io::Result<()> {
    serde_json::to_writer(&mut *to, &Document(records))?;
    to.write_all(b"\n")
}
