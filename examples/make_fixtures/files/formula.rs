//! The formulas of a workbook, written over places so that they hold in every layout.
//!
//! `fixtures/twins/*.formulas.tsv` has table, row, columns (parted by spaces) and a formula where
//! `{row}` is the cell of that row in the same table and column, `{/column}` of the same row in that
//! column, `{table/row}` and `{table/row/column}` of another table.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::Result;
use super::place::Places;
use super::twin::Twin;

#[derive(Default)]
pub struct Formulas {
    by_place: HashMap<(String, String, String), String>,
    /// Column keys of each table: they tell `{table/row/column}` from a label with a slash.
    columns: HashMap<String, Vec<String>>,
}

impl Formulas {
    /// The formulas of a file; none where there is no file.
    pub fn read(path: &Path, twin: &Twin) -> Result<Formulas> {
        let mut formulas = Formulas::default();
        if !path.exists() {
            return Ok(formulas);
        }
        formulas.columns = twin.tables.iter().map(|table| (table.key.clone(), table.columns.clone())).collect();
        for line in fs::read_to_string(path)?.lines().skip(1) {
            let [table, row, columns, formula] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(format!("not four fields: {line}").into());
            };
            for column in columns.split(' ') {
                if twin.text(table, row, column).is_none_or(str::is_empty) {
                    return Err(format!("no figure at {table}/{row}/{column}").into());
                }
                let place = (table.to_owned(), row.to_owned(), column.to_owned());
                formulas.by_place.insert(place, formula.to_owned());
            }
        }
        Ok(formulas)
    }

    /// The formula of a place with cells in place of places.
    pub fn at(&self, places: &Places, table: &str, row: &str, column: &str) -> Result<Option<String>> {
        let key = (table.to_owned(), row.to_owned(), column.to_owned());
        let Some(template) = self.by_place.get(&key) else { return Ok(None) };
        let mut formula = String::from("=");
        for (i, piece) in template.split(['{', '}']).enumerate() {
            match i % 2 {
                0 => formula.push_str(piece),
                _ => formula.push_str(&self.cell(places, [table, row, column], piece)?),
            }
        }
        Ok(Some(formula))
    }

    fn cell(&self, places: &Places, here: [&str; 3], named: &str) -> Result<String> {
        let [table, row, column] = self.place(here, named);
        let missing = || format!("formula at {here:?} names {named}, which has no cell");
        let entry = places.find(table, row, column).ok_or_else(missing)?;
        let own = places.find(here[0], here[1], here[2]).ok_or_else(missing)?;
        Ok(match entry.sheet == own.sheet {
            true => entry.cell.clone(),
            false => format!("'{}'!{}", entry.sheet, entry.cell),
        })
    }

    fn has_column(&self, table: &str, column: &str) -> bool {
        self.columns.get(table).is_some_and(|columns| columns.iter().any(|key| key == column))
    }

    fn place<'a>(&self, [table, row, column]: [&'a str; 3], named: &'a str) -> [&'a str; 3] {
        match named.split_once('/') {
            Some(("", other)) if self.has_column(table, other) => [table, row, other],
            Some((other, rest)) if self.columns.contains_key(other) => match rest.rsplit_once('/') {
                Some((row, column)) if self.has_column(other, column) => [other, row, column],
                _ => [other, rest, column],
            },
            _ => [table, named, column],
        }
    }
}
