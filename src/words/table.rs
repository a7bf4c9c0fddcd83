//! `words.tsv` and `running.tsv` (the words of running text) as entries, checked when the tests run.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;

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

const CLASSES: [(&str, Class); 23] = [
    ("absent", Class::Absent),
    ("unit", Class::Unit),
    ("measure", Class::Measure),
    ("month", Class::Month),
    ("filler", Class::Filler),
    ("total", Class::Total),
    ("of-which", Class::OfWhich),
    ("balance", Class::Balance),
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
    pub name: &'static str,
    /// As `fold` would leave it, so that nothing need be folded when the program starts.
    pub wording: &'static str,
    /// The kinds of table, parted by commas, in which the wording means that; empty for all.
    pub kinds: &'static str,
}

/// The entries of a class, in the order of the table.
pub(super) fn of(class: Class) -> &'static [Entry] {
    &ENTRIES[class as usize]
}

/// Those of all classes.
pub(super) fn all() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().flatten()
}

static ENTRIES: LazyLock<[Vec<Entry>; CLASSES.len()]> = LazyLock::new(|| {
    let mut entries = [const { Vec::new() }; CLASSES.len()];
    let mut last = CLASSES[0];
    for line in FILES.iter().flat_map(|file| lines(file)) {
        // Lines of a class stand together.
        let Some((class, entry)) = entry(line, last) else { continue };
        last = class;
        entries[class.1 as usize].push(entry);
    }
    entries
});

const FILES: [&str; 2] = [include_str!("words.tsv"), include_str!("running.tsv")];

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = file;
    std::iter::from_fn(move || {
        let end = rest.bytes().position(|byte| byte == b'\n')?;
        let line = &rest[..end];
        rest = &rest[end + 1..];
        Some(line.strip_suffix('\r').unwrap_or(line))
    })
}

fn entry(line: &'static str, last: (&'static str, Class)) -> Option<((&'static str, Class), Entry)> {
    let cut = |text: &'static str| {
        let tab = text.bytes().position(|byte| byte == b'\t')?;
        Some((&text[..tab], &text[tab + 1..]))
    };
    let (code, rest) = cut(line)?;
    let class = if code == last.0 { last } else { *CLASSES.iter().find(|(name, _)| *name == code)? };
    let (name, rest) = cut(rest)?;
    let (wording, kinds) = cut(rest).unwrap_or((rest, ""));
    Some((class, Entry { name, wording, kinds }))
}

/// The wordings of a class, each with its name, in the order of the table.
pub fn names(class: Class) -> impl Iterator<Item = (&'static str, &'static str)> {
    of(class).iter().map(|entry| (entry.name, entry.wording))
}

/// The entry of a class with the longest wording that a folded text begins with, word for word.
pub(super) fn longest(class: Class, folded: &str) -> Option<&'static Entry> {
    beginnings(folded).filter_map(|beginning| found(class, beginning)).last()
}

/// The entries of a class that stand somewhere in a folded text, word for word, each with where it begins.
pub(super) fn standing_in(class: Class, folded: &str) -> impl Iterator<Item = (usize, &'static Entry)> {
    let starts = [0].into_iter().chain(memchr::memchr_iter(b' ', folded.as_bytes()).map(|space| space + 1));
    let begun = move |start| beginnings(&folded[start..]).filter_map(move |text| Some((start, found(class, text)?)));
    starts.flat_map(begun)
}

/// A text's first word, its first two words, …: as many as a wording may have.
fn beginnings(folded: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b' ', folded.as_bytes()).chain([folded.len()]).take(MOST_WORDS);
    ends.map(|end| &folded[..end])
}

const MOST_WORDS: usize = 10;

/// The name of a folded wording within a class.
pub fn name(class: Class, folded: &str) -> Option<&'static str> {
    found(class, folded).map(|entry| entry.name)
}

/// The entry of a folded wording within a class; the last, if there are several.
pub(super) fn found(class: Class, folded: &str) -> Option<&'static Entry> {
    let index = || of(class).iter().map(|entry| (entry.wording, entry)).collect();
    FOUND[class as usize].get_or_init(index).get(folded).copied()
}

/// Wording → entry, for each class that was asked about.
static FOUND: [OnceLock<FxHashMap<&str, &Entry>>; CLASSES.len()] = [const { OnceLock::new() }; CLASSES.len()];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn every_line_of_the_table_is_an_entry() {
        for (i, line) in FILES.iter().flat_map(|file| file.lines().enumerate()) {
            let blank = line.is_empty() || line.starts_with('#');
            let entry = entry(line, CLASSES[0]);
            assert!(blank || entry.is_some(), "line {}: {line:?}", i + 1);
            let folded = |(_, entry): (_, Entry)| fold(entry.wording) == entry.wording;
            let long = |(_, entry): &(_, Entry)| entry.wording.split(' ').count() > MOST_WORDS;
            assert!(!entry.as_ref().is_some_and(long), "line {}: too many words: {line:?}", i + 1);
            assert!(entry.is_none_or(folded), "line {}: write it as it is compared: {line:?}", i + 1);
        }
        assert!(FILES.iter().all(|file| file.ends_with('\n')));
        assert!(CLASSES.iter().enumerate().all(|(i, (_, class))| *class as usize == i));
    }
}
