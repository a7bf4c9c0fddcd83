//! A strict reading of TOML: every key must be asked for, every fault knows its line.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use super::nearest::nearest;
use crate::finding::Text;

/// A value of the file, in forms that need no binary floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    Text(&'a str),
    /// Digits as written.
    Number(&'a str),
    Flag(bool),
    /// A list, a table or a date.
    Other,
}

/// What a value should have been.
pub type Wrong = Text;

/// What is seen on the way through a file.
#[derive(Default)]
pub struct Seen {
    pub faults: Vec<Fault>,
    /// Every key that can be asked for, with its tables: `forbund.members.share`.
    pub keys: BTreeSet<String>,
}

/// A table of the file while it is read; without one where the file does not have it, for then too its keys are asked
/// for and thereby known.
pub struct Section<'a> {
    source: &'a str,
    table: Option<&'a DeTable<'a>>,
    /// The tables around it, each followed by a dot.
    path: String,
    line: usize,
    asked: Vec<&'static str>,
    seen: &'a mut Seen,
}

impl<'a> Section<'a> {
    /// Reads a whole file.
    pub fn read<T>(
        source: &'a str,
        table: &'a DeTable<'a>,
        seen: &mut Seen,
        read: impl FnOnce(&mut Section) -> T,
    ) -> T {
        let path = String::new();
        let mut section = Section { source, table: Some(table), path, line: 1, asked: Vec::new(), seen };
        let result = read(&mut section);
        section.end();
        result
    }

    /// The value of a key; `None` where it is not there, or wrong.
    pub fn one<T>(&mut self, key: &'static str, read: impl Fn(Value) -> Result<T, Wrong>) -> Option<T> {
        let (line, value) = self.ask(key)?;
        self.taken(key, line, read(shown(value)))
    }

    /// The values of a list; a single value stands for a list of one.
    pub fn many<T>(&mut self, key: &'static str, read: impl Fn(Value) -> Result<T, Wrong>) -> Vec<T> {
        let Some((line, value)) = self.ask(key) else { return Vec::new() };
        match value {
            DeValue::Array(list) => {
                let list: Vec<_> = list
                    .iter()
                    .map(|item| (line_of(self.source, item.span().start), read(shown(item.get_ref()))))
                    .collect();
                list.into_iter().filter_map(|(line, item)| self.taken(key, line, item)).collect()
            }
            value => self.taken(key, line, read(shown(value))).into_iter().collect(),
        }
    }

    /// A table below this one.
    pub fn section<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Section) -> T) -> T {
        let (line, table) = match self.ask(key) {
            Some((line, DeValue::Table(table))) => (line, Some(table)),
            Some((line, _)) => {
                self.taken::<()>(
                    key,
                    line,
                    Err(Text::new(
                        format!("skriv [{key}] på en egen rad, och nycklarna under den"),
                        format!("write [{key}] on a line of its own, and the keys below it"),
                    )),
                );
                (line, None)
            }
            None => (self.line, None),
        };
        self.inner(key, line, table, read)
    }

    /// Each of the tables of a list, with its line; the reading runs once without a table where there is none.
    pub fn each<T>(&mut self, key: &'static str, read: impl Fn(&mut Section) -> T) -> Vec<T> {
        let tables: Vec<(usize, &'a DeTable<'a>)> = match self.ask(key) {
            Some((_, DeValue::Array(list))) if list.iter().all(|item| item.get_ref().is_table()) => list
                .iter()
                .filter_map(|item| Some((line_of(self.source, item.span().start), item.get_ref().as_table()?)))
                .collect(),
            Some((line, _)) => {
                self.taken::<()>(
                    key,
                    line,
                    Err(Text::new(
                        format!("skriv [[{0}{key}]] på en egen rad för var och en", self.path),
                        format!("write [[{0}{key}]] on a line of its own for each", self.path),
                    )),
                );
                Vec::new()
            }
            None => Vec::new(),
        };
        if tables.is_empty() {
            self.inner(key, self.line, None, &read);
        }
        tables.into_iter().map(|(line, table)| self.inner(key, line, Some(table), &read)).collect()
    }

    /// All keys and values of a table whose keys are the user's own.
    pub fn free<T>(&mut self, read: impl Fn(&str, Value) -> Result<T, Wrong>) -> Vec<T> {
        self.seen.keys.insert(format!("{}*", self.path));
        let Some(table) = self.table.take() else { return Vec::new() };
        let entries: Vec<_> = table
            .iter()
            .map(|(key, value)| {
                let line = line_of(self.source, key.span().start);
                (line, key.get_ref(), read(key.get_ref(), shown(value.get_ref())))
            })
            .collect();
        entries.into_iter().filter_map(|(line, key, value)| self.taken(key, line, value)).collect()
    }

    /// Whether no fault was found so far in this table and those below it.
    pub fn is_right(&self) -> bool {
        !self.seen.faults.iter().any(|fault| fault.key.starts_with(&self.path))
    }

    /// Tells of a fault that only the whole table shows.
    pub fn fault(&mut self, key: &str, text: Text) {
        let found = self.table.and_then(|table| table.iter().find(|(name, _)| name.get_ref() == key));
        let line = found.map_or(self.line, |(name, _)| line_of(self.source, name.span().start));
        let path = format!("{}{key}", self.path);
        self.seen.faults.push(Fault { line, key: path.trim_end_matches('.').into(), text });
    }

    /// Whether the file has this table, but without the key.
    pub fn lacks(&self, key: &str) -> bool {
        self.table.is_some_and(|table| !table.keys().any(|name| name.get_ref() == key))
    }

    fn ask(&mut self, key: &'static str) -> Option<(usize, &'a DeValue<'a>)> {
        self.asked.push(key);
        self.seen.keys.insert(format!("{}{key}", self.path));
        let (name, value) = self.table?.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((line_of(self.source, name.span().start), value.get_ref()))
    }

    fn taken<T>(&mut self, key: &str, line: usize, read: Result<T, Wrong>) -> Option<T> {
        read.map_err(|text| self.seen.faults.push(Fault { line, key: format!("{}{key}", self.path), text })).ok()
    }

    fn inner<T>(
        &mut self,
        key: &str,
        line: usize,
        table: Option<&'a DeTable<'a>>,
        read: impl FnOnce(&mut Section) -> T,
    ) -> T {
        let path = format!("{}{key}.", self.path);
        let mut section = Section { source: self.source, table, path, line, asked: Vec::new(), seen: self.seen };
        let result = read(&mut section);
        section.end();
        result
    }

    /// What is there and was not asked for is a mistake.
    fn end(self) {
        for (key, _) in self.table.into_iter().flatten() {
            if self.asked.iter().any(|asked| asked == key.get_ref()) {
                continue;
            }
            let key_text = key.get_ref().as_ref();
            let elsewhere = || super::keys().into_iter().find(|path| path.ends_with(&format!(".{key_text}")));
            let (swedish, english) = match (nearest(key_text, &self.asked), elsewhere()) {
                (Some(near), _) => (format!("menar du {near}?"), format!("do you mean {near}?")),
                (None, Some(path)) => (format!("menar du {path}?"), format!("do you mean {path}?")),
                (None, None) => {
                    let all = self.asked.join(", ");
                    (format!("här finns {all}"), format!("there are {all}"))
                }
            };
            self.seen.faults.push(Fault {
                line: line_of(self.source, key.span().start),
                key: format!("{}{}", self.path, key.get_ref()),
                text: Text::new(format!("nyckeln finns inte: {swedish}"), format!("there is no such key: {english}")),
            });
        }
    }
}

fn shown<'a>(value: &'a DeValue<'a>) -> Value<'a> {
    match value {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(digits) if digits.radix() == 10 => Value::Number(digits.as_str()),
        DeValue::Float(digits) => Value::Number(digits.as_str()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        _ => Value::Other,
    }
}

/// The line, from 1, in which a byte stands.
pub fn line_of(source: &str, byte: usize) -> usize {
    1 + source.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}
