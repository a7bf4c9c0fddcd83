//! A strict reading of TOML: every key must be asked for, every fault knows its line.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::fault::{self, Fault};
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
    /// Keys that nobody asked for: the line, the tables before the key, the key, and those that were asked for.
    unknown: Vec<(usize, String, String, Vec<&'static str>)>,
}

impl Seen {
    /// Understands a text of TOML. What `read` gives is worth something only where there are no faults.
    pub fn of<T>(text: &str, read: impl FnOnce(&mut Section) -> T) -> (T, Seen) {
        let lines = Lines::of(text);
        let mut seen = Seen::default();
        let (table, errors) = DeTable::parse_recoverable(text);
        let empty = DeTable::new();
        // What could not be read as TOML would only be told of twice.
        let table = if errors.is_empty() { table.get_ref() } else { &empty };
        let path = String::new();
        let mut section =
            Section { lines: &lines, table: Some(table), path, line: 1, asked: Vec::new(), seen: &mut seen };
        let result = read(&mut section);
        section.end();
        let keys: Vec<&str> = seen.keys.iter().filter_map(|key| key.rsplit('.').next()).collect();
        let syntax = errors.iter().map(|error| {
            let line = lines.at(error.span().map_or(0, |span| span.start));
            let whole = text.lines().nth(line - 1).unwrap_or_default();
            Fault { line, key: String::new(), text: fault::syntax(error.message(), whole, &keys) }
        });
        let unknown = seen.unknown.iter().map(|(line, tables, key, asked)| Fault {
            line: *line,
            key: format!("{tables}{key}"),
            text: fault::unknown(key, asked, &seen.keys),
        });
        let found: Vec<Fault> = syntax.chain(unknown).collect();
        seen.faults.extend(found);
        seen.faults.sort_by_key(|fault| fault.line);
        if !errors.is_empty() {
            seen.faults.dedup_by_key(|fault| fault.line);
        }
        (result, seen)
    }
}

/// Where each line of a text begins.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect())
    }

    /// The line, from 1, in which a byte stands.
    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte)
    }
}

/// A table of the file while it is read; without one where the file does not have it, for then too its keys are asked
/// for and thereby known.
pub struct Section<'a> {
    lines: &'a Lines,
    table: Option<&'a DeTable<'a>>,
    /// The tables around it, each followed by a dot.
    path: String,
    line: usize,
    asked: Vec<&'static str>,
    seen: &'a mut Seen,
}

impl<'a> Section<'a> {
    /// The value of a key; `None` where it is not there, or wrong.
    pub fn one<T>(&mut self, key: &'static str, read: impl Fn(Value) -> Result<T, Wrong>) -> Option<T> {
        let (line, value) = self.ask(key)?;
        self.taken(key, line, read(shown(value)))
    }

    /// The value of a key that must be there.
    pub fn needs<T>(&mut self, key: &'static str, read: impl Fn(Value) -> Result<T, Wrong>) -> Option<T> {
        if self.table.is_some_and(|table| !table.keys().any(|name| name.get_ref() == key)) {
            self.fault("", Text::new(format!("{key} saknas"), format!("{key} is missing")));
        }
        self.one(key, read)
    }

    /// The values of a list; a single value stands for a list of one.
    pub fn many<T>(&mut self, key: &'static str, read: impl Fn(Value) -> Result<T, Wrong>) -> Vec<T> {
        let Some((line, value)) = self.ask(key) else { return Vec::new() };
        match value {
            DeValue::Array(list) => {
                let list: Vec<_> =
                    list.iter().map(|item| (self.lines.at(item.span().start), read(shown(item.get_ref())))).collect();
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
                .filter_map(|item| Some((self.lines.at(item.span().start), item.get_ref().as_table()?)))
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
                let line = self.lines.at(key.span().start);
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
        let line = found.map_or(self.line, |(name, _)| self.lines.at(name.span().start));
        let path = format!("{}{key}", self.path);
        self.seen.faults.push(Fault { line, key: path.trim_end_matches('.').into(), text });
    }

    fn ask(&mut self, key: &'static str) -> Option<(usize, &'a DeValue<'a>)> {
        self.asked.push(key);
        self.seen.keys.insert(format!("{}{key}", self.path));
        let (name, value) = self.table?.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((self.lines.at(name.span().start), value.get_ref()))
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
        let mut section = Section { lines: self.lines, table, path, line, asked: Vec::new(), seen: self.seen };
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
            let line = self.lines.at(key.span().start);
            self.seen.unknown.push((line, self.path.clone(), key.get_ref().to_string(), self.asked.clone()));
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
