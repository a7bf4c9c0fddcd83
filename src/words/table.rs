//! `words.tsv` and `running.tsv` (the words of running text) as entries, checked when the tests run.

use std::sync::LazyLock;

/// What kind of wording an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Stands where a figure could stand and says that there is none.
    Absent,
    /// A unit of amounts.
    Unit,
    /// What the figures of a column are.
    Measure,
    /// A month.
    Month,
    /// A word of a heading that names neither a period nor a measure nor an entity.
    Filler,
    /// Says that a row adds others.
    Total,
    /// Says that a row is a part of the one above and is not added.
    OfWhich,
    /// Says within a label that its line holds a balance, and at which end of the year.
    Balance,
    /// Says within a heading that its figures are for each of something.
    Rate,
    /// Heads a column of note references, or stands before a note's number.
    Note,
    /// A statement's title.
    Title,
    /// A line of a statement.
    Concept,
    /// A payer of a förbund, named somewhere in a label.
    Member,
    /// What running text calls a line of a statement.
    Spoken,
    /// What a word of running text does to the amount that it stands by.
    Prose,
    /// Ends in a full stop that ends no sentence.
    Abbreviation,
    /// What a count of persons is of.
    Person,
    /// Says within a label that another table tells more of the line.
    Refers,
    /// Stands before the name of a förbund.
    Association,
    /// What a document is called.
    Document,
    /// Says that figures of an earlier year were changed.
    Restated,
    /// How the name of an account of wages begins.
    Wages,
    /// Heads a column, or begins a row, of an exported ledger.
    LedgerColumn,
    /// A report of a bookkeeping program.
    LedgerReport,
}

const CLASSES: [(&str, Class); 24] = [
    ("absent", Class::Absent),
    ("unit", Class::Unit),
    ("measure", Class::Measure),
    ("month", Class::Month),
    ("filler", Class::Filler),
    ("total", Class::Total),
    ("of-which", Class::OfWhich),
    ("balance", Class::Balance),
    ("rate", Class::Rate),
    ("note", Class::Note),
    ("title", Class::Title),
    ("concept", Class::Concept),
    ("member", Class::Member),
    ("spoken", Class::Spoken),
    ("prose", Class::Prose),
    ("abbreviation", Class::Abbreviation),
    ("person", Class::Person),
    ("refers", Class::Refers),
    ("association", Class::Association),
    ("document", Class::Document),
    ("restated", Class::Restated),
    ("wages", Class::Wages),
    ("ledger-column", Class::LedgerColumn),
    ("ledger-report", Class::LedgerReport),
];

pub(super) struct Entry {
    pub class: Class,
    pub name: &'static str,
    pub wording: &'static str,
    /// The kinds of table, parted by commas, in which the wording means that; empty for all.
    pub kinds: &'static str,
}

pub(super) static ENTRIES: LazyLock<Vec<Entry>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| file.lines()).filter_map(entry).collect());

const FILES: [&str; 2] = [include_str!("words.tsv"), include_str!("running.tsv")];

fn entry(line: &'static str) -> Option<Entry> {
    let mut fields = line.split('\t');
    let class = fields.next()?;
    let class = CLASSES.iter().find(|(name, _)| *name == class)?.1;
    Some(Entry { class, name: fields.next()?, wording: fields.next()?, kinds: fields.next().unwrap_or_default() })
}

/// The wordings of a class, each with its name, in the order of the table.
pub fn names(class: Class) -> impl Iterator<Item = (&'static str, &'static str)> {
    ENTRIES.iter().filter(move |entry| entry.class == class).map(|entry| (entry.name, entry.wording))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_an_entry() {
        for (i, line) in FILES.iter().flat_map(|file| file.lines().enumerate()) {
            let blank = line.is_empty() || line.starts_with('#');
            assert!(blank || entry(line).is_some(), "line {}: {line:?}", i + 1);
        }
    }
}
