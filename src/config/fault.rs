//! What is wrong in a settings file: where, which key, what, and what was most likely meant.

use std::collections::BTreeSet;

use super::nearest::nearest;
use crate::finding::Text;

/// One fault of a settings file. A file has as many as it has; all are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// The key with its tables, `forbund.members.share`; empty where the line holds no key.
    pub key: String,
    pub text: Text,
}

/// What a line that is no TOML should have been, by what the parser says of it.
pub fn syntax(said: &str, line: &str, keys: &[&str]) -> Text {
    let (swedish, english) = match said {
        _ if said.contains("unquoted key") => return no_key(line, keys),
        _ if said.contains("must be quoted") => {
            ("texter ska stå inom citattecken", "texts stand between quotation marks")
        }
        _ if said.starts_with("duplicate key") => {
            ("nyckeln står redan längre upp", "the key stands further up already")
        }
        _ if said.contains("extra") || said.contains("key with no value") => {
            ("raden ska vara nyckel = värde eller [avsnitt]", "the line should be key = value or [section]")
        }
        _ => {
            return Text::new(
                format!("raden går inte att läsa som TOML ({said})"),
                format!("the line cannot be read as TOML ({said})"),
            );
        }
    };
    Text::new(swedish, english)
}

/// A key with letters that keys do not have is most often the Swedish word for one.
fn no_key(line: &str, keys: &[&str]) -> Text {
    let written = line.split('=').next().unwrap_or(line).trim_matches(|c: char| c.is_whitespace() || "[]".contains(c));
    let last = written.rsplit('.').next().unwrap_or(written).trim();
    match nearest(last, keys) {
        Some(near) => Text::new(
            format!("{written}: nyckeln finns inte: menar du {near}?"),
            format!("{written}: there is no such key: do you mean {near}?"),
        ),
        None => Text::new(
            format!("{written}: nyckeln finns inte: nycklar skrivs utan å, ä, ö och mellanslag"),
            format!("{written}: there is no such key: keys are written without å, ä, ö and spaces"),
        ),
    }
}

/// What a key that is not there was meant for: one of those beside it, or one of another table.
pub fn unknown(key: &str, beside: &[&str], all: &BTreeSet<String>) -> Text {
    let elsewhere = || all.iter().find(|path| path.ends_with(&format!(".{key}"))).map(String::as_str);
    let (swedish, english) = match nearest(key, beside).or_else(elsewhere) {
        Some(near) => (format!("menar du {near}?"), format!("do you mean {near}?")),
        None => {
            let beside = beside.join(", ");
            (format!("här finns {beside}"), format!("there are {beside}"))
        }
    };
    Text::new(format!("nyckeln finns inte: {swedish}"), format!("there is no such key: {english}"))
}
