//! `schemas/records.schema.json` and `schemas/records.md` are the columns: `UPDATE=1 cargo test --test records`
//! writes them.

use std::fs;
use std::path::Path;

use avstam::records::{self, COLUMNS, Column, Form};
use serde_json::{Map, Value, json};

use super::{of_file, root, workbooks};

const FORMS: [&str; 7] = ["type", "enum", "items", "properties", "required", "additionalProperties", "const"];
const TEXTS: [&str; 6] = ["$schema", "$id", "title", "description", "pattern", "uniqueItems"];

fn schema() -> Value {
    let properties: Map<String, Value> =
        COLUMNS.iter().map(|column| (column.name.to_owned(), property(column))).collect();
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "avstam/records/1",
        "description": "The common format of avstam: a record a figure. Decimals are strings.",
        "type": "object",
        "required": ["schema", "tool", "records"],
        "additionalProperties": false,
        "properties": {
            "schema": {"const": "avstam/records/1"},
            "tool": {"type": "string"},
            "records": {"type": "array", "items": {
                "type": "object",
                "required": names,
                "additionalProperties": false,
                "properties": properties,
            }},
        },
    })
}

fn property(column: &Column) -> Value {
    let kind = match column.form {
        Form::Whole => "integer",
        Form::Codes => "array",
        Form::Text | Form::Code(_) | Form::Decimal => "string",
    };
    let kind = if column.required { json!(kind) } else { json!([kind, "null"]) };
    let mut property = json!({"type": kind, "description": column.meaning});
    match column.form {
        Form::Code(codes) => {
            let codes = codes().into_iter().map(Value::from);
            property["enum"] = codes.chain((!column.required).then_some(Value::Null)).collect();
        }
        Form::Decimal => property["pattern"] = json!("^-?[0-9]+(\\.[0-9]+)?$"),
        Form::Codes => property["items"] = json!({"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}$"}),
        Form::Text | Form::Whole => {}
    }
    property
}

/// Which figures of a ledger are records.
const LEDGERS: &str = "Of a ledger, a SIE file or a list that a bookkeeping program exported, an account is one row a year: what it closes the year\n\
with, or its result; and one more for what it began with, as a balance of the year before, where the ledger does not tell how\n\
that year closed. What moves on an account (period, change, debit, credit, months, vouchers) is no row: it is tested, but it\n\
is no balance of any year, and added to the balances it would count twice.";

fn table() -> String {
    let mut text = String::from(
        "# The common format\n\nWhat `avstam convert` writes: a row a figure, in every form of output. A new column goes \
         last; another meaning of one is another schema number.\n\n",
    );
    text += LEDGERS;
    text += "\n\n| column | holds | meaning |\n|:--|:--|:--|\n";
    for column in COLUMNS {
        let holds = match column.form {
            Form::Text => "text".to_owned(),
            Form::Whole => "whole number".to_owned(),
            Form::Decimal => "decimal".to_owned(),
            Form::Codes => "codes of rules".to_owned(),
            Form::Code(codes) if codes().len() > 10 => "code".to_owned(),
            Form::Code(codes) => codes().iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", "),
        };
        let empty = if column.required { "" } else { ", or nothing" };
        text += &format!("| `{}` | {holds}{empty} | {} |\n", column.name, column.meaning);
    }
    text
}

fn held(path: &Path, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        let draft = path.with_extension("draft");
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(&draft, text).expect("a draft");
        fs::rename(&draft, path).expect("the file");
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(there == text, "{} is stale: run `UPDATE=1 cargo test --test records`", path.display());
}

#[test]
fn the_schema_and_its_table_are_the_columns() {
    let pretty = serde_json::to_string_pretty(&schema()).expect("JSON");
    held(&root().join("schemas/records.schema.json"), &format!("{pretty}\n"));
    held(&root().join("schemas/records.md"), &table());
}

#[test]
fn the_records_of_every_fixture_are_as_the_schema_says() {
    let schema = schema();
    for path in workbooks() {
        let mut bytes = Vec::new();
        records::json(&mut bytes, &of_file(&path)).expect("JSON");
        let document: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(fault(&document, &schema, "$"), None, "{}", path.display());
    }
}

#[test]
fn the_check_against_the_schema_finds_faults() {
    let mut bytes = Vec::new();
    records::json(&mut bytes, &of_file(&workbooks()[0])).expect("JSON");
    let sound: Value = serde_json::from_slice(&bytes).expect("JSON");
    let spoilt = [("amount", json!(12)), ("statement", json!("ledger")), ("value", json!("1,5")), ("extra", json!(1))];
    for (name, value) in spoilt {
        let mut document = sound.clone();
        document["records"][0][name] = value;
        assert!(fault(&document, &schema(), "$").is_some(), "{name}");
    }
}

/// The first fault of a document, by as much of JSON Schema as our schema uses; a keyword that this does not know is
/// a fault of the schema.
fn fault(value: &Value, schema: &Value, at: &str) -> Option<String> {
    let schema = schema.as_object()?;
    if let Some(unknown) = schema.keys().find(|key| !FORMS.contains(&key.as_str()) && !TEXTS.contains(&key.as_str())) {
        return Some(format!("{at}: the schema says {unknown}"));
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(kind) => kind.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.contains(&kind(value)) {
        return Some(format!("{at}: {value} is no {kinds:?}"));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return Some(format!("{at}: {value}"));
    }
    if schema.get("enum").and_then(Value::as_array).is_some_and(|codes| !codes.contains(value)) {
        return Some(format!("{at}: {value} is none of the codes"));
    }
    if let (Some(pattern), Some(text)) = (schema.get("pattern"), value.as_str())
        && !fits(text, pattern.as_str().unwrap_or_default())
    {
        return Some(format!("{at}: {text} does not fit {pattern}"));
    }
    if let Some(items) = value.as_array() {
        let inner = schema.get("items")?;
        return items.iter().enumerate().find_map(|(i, item)| fault(item, inner, &format!("{at}[{i}]")));
    }
    let object = value.as_object()?;
    let properties = schema.get("properties")?.as_object()?;
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    if let Some(missing) = required.filter_map(Value::as_str).find(|name| !object.contains_key(*name)) {
        return Some(format!("{at}: {missing} is missing"));
    }
    object.iter().find_map(|(name, value)| match properties.get(name) {
        Some(inner) => fault(value, inner, &format!("{at}.{name}")),
        None => Some(format!("{at}: {name} is not foreseen")),
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The two patterns that the schema has.
fn fits(text: &str, pattern: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match pattern {
        "^[A-Z]{2}[0-9]{2}$" => {
            text.len() == 4 && text[..2].bytes().all(|b| b.is_ascii_uppercase()) && digits(&text[2..])
        }
        _ => {
            let bare = text.strip_prefix('-').unwrap_or(text);
            bare.split_once('.').map_or(digits(bare), |(whole, fraction)| digits(whole) && digits(fraction))
        }
    }
}
