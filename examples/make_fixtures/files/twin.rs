//! The twin: a document's tables as Markdown, figures as printed. What every other form is made from.

use std::collections::HashMap;

use super::Result;

/// A document's tables in the order in which they are printed.
pub struct Twin {
    /// Body and document, the line at the top of every sheet.
    pub title: String,
    pub tables: Vec<Table>,
}

/// One printed table.
pub struct Table {
    /// `rr`, `kf`, `note2` …; the second table of a kind is `kf#2`.
    pub key: String,
    /// Empty where none is printed.
    pub title: String,
    /// The key of each column: `label`, `note`, a year, `budget`, `variance` …
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Lines printed right under the table.
    pub footnotes: Vec<String>,
}

/// One printed row; `cells` has one text a column, empty where nothing is printed.
pub struct Row {
    /// The label, `(head)` for heading rows, `(blank)` for figures without a label; `#2` when it comes again.
    pub name: String,
    pub cells: Vec<String>,
    pub kind: RowKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Head,
    Line,
    /// Set in bold in the document.
    Total,
}

impl Twin {
    /// Reads `# title`, then for each table `## title`, `<!-- key: columns -->`, the table, footnotes.
    pub fn parse(text: &str) -> Result<Twin> {
        let mut twin = Twin { title: String::new(), tables: Vec::new() };
        let mut head = 1;
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(title) = line.strip_prefix("# ") {
                twin.title = title.to_owned();
            } else if let Some(title) = line.strip_prefix("## ") {
                twin.tables.push(Table::titled(title));
            } else {
                let table = twin.tables.last_mut().ok_or("text before the first table")?;
                match line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
                    Some(directive) => head = table.direct(directive)?,
                    None if line.starts_with('|') => table.add_row(line, head)?,
                    None => table.footnotes.push(plain(line)),
                }
            }
        }
        number(twin.tables.iter_mut().map(|table| &mut table.key));
        for table in &mut twin.tables {
            number(table.rows.iter_mut().map(|row| &mut row.name).filter(|name| !name.is_empty()));
        }
        Ok(twin)
    }

    pub fn table(&self, key: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.key == key)
    }

    /// The text printed at a place.
    pub fn text(&self, table: &str, row: &str, column: &str) -> Option<&str> {
        let table = self.table(table)?;
        let column = table.columns.iter().position(|key| key == column)?;
        let row = table.rows.iter().find(|candidate| candidate.name == row)?;
        row.cells.get(column).map(String::as_str)
    }
}

impl Table {
    /// A title in brackets is the twin's own: the document prints none.
    fn titled(title: &str) -> Table {
        let title = if title.starts_with('(') { "" } else { title };
        Table { key: String::new(), title: plain(title), columns: Vec::new(), rows: Vec::new(), footnotes: Vec::new() }
    }

    /// Takes `key: column column … | head 2`; returns the number of heading rows.
    fn direct(&mut self, directive: &str) -> Result<usize> {
        let (names, head) = directive.split_once(" | head ").unwrap_or((directive, "1"));
        let (key, columns) = names.split_once(": ").ok_or("a directive without columns")?;
        self.key = key.to_owned();
        self.columns = columns.split(' ').map(str::to_owned).collect();
        Ok(head.parse()?)
    }

    fn add_row(&mut self, line: &str, head: usize) -> Result<()> {
        if line.starts_with("|:--") {
            return Ok(());
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells.len() != self.columns.len() {
            return Err(format!("{}: {} cells in: {line}", self.key, cells.len()).into());
        }
        let kind = match cells[0].starts_with("**") || cells.iter().skip(1).any(|cell| cell.starts_with("**")) {
            _ if self.rows.len() < head => RowKind::Head,
            true => RowKind::Total,
            false => RowKind::Line,
        };
        let cells: Vec<String> = cells.into_iter().map(plain).collect();
        let name = match cells[0].as_str() {
            _ if kind == RowKind::Head => "(head)",
            "" if cells.iter().all(String::is_empty) => "",
            "" => "(blank)",
            label => label,
        };
        self.rows.push(Row { name: name.to_owned(), cells: cells.clone(), kind });
        Ok(())
    }
}

/// A figure that stands in running text. Its value is for those who hold the expectations against it.
pub struct Prose {
    pub name: String,
    pub column: String,
    /// The line of the seed, from 1, where the quote stands.
    pub line: usize,
    /// Words of the line that hold the figure.
    pub quote: String,
}

/// Reads a `.prose.tsv`: row, column, value, line, quote.
pub fn prose(text: &str) -> Result<Vec<Prose>> {
    text.lines()
        .skip(1)
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [name, column, _value, line, quote] => {
                let [name, column, quote] = [name, column, quote].map(str::to_owned);
                Ok(Prose { name, column, line: line.parse()?, quote })
            }
            _ => Err(format!("not five fields: {line}").into()),
        })
        .collect()
}

/// Text without Markdown's bold marks and escapes.
fn plain(text: &str) -> String {
    text.replace("**", "").replace("\\*", "*")
}

/// Adds `#2`, `#3` … to names that come again.
fn number<'a>(names: impl Iterator<Item = &'a mut String>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for name in names {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name.push_str(&format!("#{count}"));
        }
    }
}
