//! What is said of a table that stood on one line, where not all of it is known.

use crate::book::Book;
use crate::finding::Text;
use crate::grid::At;
use crate::table::Entry;
use crate::table::transcript::Remark;

/// The cells of a row that may hold a figure or not.
pub fn unknown(book: &Book, grid: u32, row: u32) -> impl Iterator<Item = At> + '_ {
    let tables = book.statements.iter().map(|statement| &statement.table).filter(move |table| table.grid == grid);
    let lines = tables.flat_map(|table| (0..table.lines.len()).map(move |line| (table, line)));
    lines.filter(move |(table, line)| table.lines[*line].row == row).flat_map(|(table, line)| {
        let entries = table.lines[line].entries.iter().enumerate();
        entries.filter(|(_, entry)| **entry == Entry::Unknown).map(move |(column, _)| table.at(line, column))
    })
}

/// The rows that a remark is about, and what it says.
pub fn told(remark: &Remark, label: impl Fn(u32) -> String) -> (Vec<u32>, Text) {
    let list = |rows: &[u32]| rows.iter().map(|row| label(*row)).collect::<Vec<_>>().join("; ");
    match remark {
        Remark::Undecided { rows } => (
            rows.clone(),
            Text::new(
                format!("Summorna avgör inte i vilka kolumner beloppen står: {}.", list(rows)),
                format!("The totals do not decide in which columns the figures stand: {}.", list(rows)),
            ),
        ),
        Remark::Placed { rows } => (
            rows.clone(),
            Text::new(
                format!("{} rader har färre belopp än kolumner; summorna avgör var de står.", rows.len()),
                format!("{} rows have fewer figures than columns; the totals decide where they stand.", rows.len()),
            ),
        ),
        Remark::LeftOut { row, figure } => (
            vec![*row],
            Text::new(
                format!("{}: {figure} ingår inte i någon summa, i vilken kolumn det än står.", label(*row)),
                format!("{}: {figure} is in no total, whichever column it stands in.", label(*row)),
            ),
        ),
        Remark::Surplus { row, figures } => (
            vec![*row],
            Text::new(
                format!("{}: raden har fler belopp än kolumner; {figures} är utan kolumn.", label(*row)),
                format!("{}: the row has more figures than columns; {figures} is left without one.", label(*row)),
            ),
        ),
        Remark::Headings { words, columns } => (
            vec![1],
            Text::new(
                format!("{words} rubriker för {columns} kolumner; det går inte att se vilka de hör till."),
                format!("{words} headings for {columns} columns; which belong to which cannot be told."),
            ),
        ),
    }
}
