//! `words.tsv` and `running.tsv` (the words of running text) as entries, checked when the tests run.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

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
    /// Begins the title of a note that the law asks for, whatever the lines of the statements.
    Disclosure,
    /// Begins the label of a row that repeats a figure to compare it.
    Control,
    /// Begins a word for a body and its companies together.
    Group,
    /// Says that a row is a part of the one above and is not added.
    OfWhich,
    /// Needs another word after it: a label that ends with it goes on in the next row.
    Unfinished,
    /// Says within a label that its line holds a balance, and at which end of the year.
    Balance,
    /// Says within a heading that its figures are for each of something.
    Rate,
    /// Says within a label that its line is what something grows or shrinks by from year to year.
    Growth,
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
    /// What a word of a sentence that counts persons, visits or shares is worth when two such are compared.
    Counting,
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
    /// Heads a column of words beside figures, not of figures.
    Remark,
    /// Heads a column, or begins a row, of an exported ledger.
    LedgerColumn,
    /// A report of a bookkeeping program.
    LedgerReport,
}

const CLASSES: [(&str, Class); 31] = [
    ("absent", Class::Absent),
    ("unit", Class::Unit),
    ("measure", Class::Measure),
    ("month", Class::Month),
    ("filler", Class::Filler),
    ("total", Class::Total),
    ("disclosure", Class::Disclosure),
    ("control", Class::Control),
    ("group", Class::Group),
    ("of-which", Class::OfWhich),
    ("unfinished", Class::Unfinished),
    ("balance", Class::Balance),
    ("rate", Class::Rate),
    ("growth", Class::Growth),
    ("note", Class::Note),
    ("title", Class::Title),
    ("concept", Class::Concept),
    ("member", Class::Member),
    ("spoken", Class::Spoken),
    ("prose", Class::Prose),
    ("abbreviation", Class::Abbreviation),
    ("person", Class::Person),
    ("counting", Class::Counting),
    ("refers", Class::Refers),
    ("association", Class::Association),
    ("document", Class::Document),
    ("restated", Class::Restated),
    ("wages", Class::Wages),
    ("remark", Class::Remark),
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
    for file in FILES {
        lines(file, |fields| {
            // Lines of a class stand together.
            if let Some((class, entry)) = entry(fields, last) {
                last = class;
                entries[class.1 as usize].push(entry);
            }
        });
    }
    entries
});

const FILES: [&str; 2] = [include_str!("words.tsv"), include_str!("running.tsv")];

/// The fields of every line, in one walk: this is done whenever the program starts.
fn lines(file: &'static str, mut each: impl FnMut(&[&'static str])) {
    let mut fields = [""; 4];
    let (mut field, mut start) = (0, 0);
    // Fields are so short that to look at each byte is faster than to search for the next end.
    for (end, byte) in file.bytes().enumerate() {
        if byte != b'\t' && byte != b'\n' {
            continue;
        }
        if field < fields.len() {
            fields[field] = &file[start..end];
            field += 1;
        }
        start = end + 1;
        if byte == b'\n' {
            let last = &mut fields[field - 1];
            *last = last.strip_suffix('\r').unwrap_or(last);
            each(&fields[..field]);
            field = 0;
        }
    }
}

fn entry(fields: &[&'static str], last: (&'static str, Class)) -> Option<((&'static str, Class), Entry)> {
    let [code, name, wording, kinds @ ..] = fields else { return None };
    let class = if *code == last.0 { last } else { *CLASSES.iter().find(|(known, _)| known == code)? };
    Some((class, Entry { name, wording, kinds: kinds.first().copied().unwrap_or_default() }))
}

/// The wordings of a class, each with its name, in the order of the table.
pub fn names(class: Class) -> impl Iterator<Item = (&'static str, &'static str)> {
    of(class).iter().map(|entry| (entry.name, entry.wording))
}

/// The entry of a class with the longest wording that a folded text begins with, word for word.
pub(super) fn longest(class: Class, folded: &str) -> Option<&'static Entry> {
    beginnings(class, folded).filter_map(|beginning| found(class, beginning)).last()
}

/// The entries of a class that stand somewhere in a folded text, word for word, each with where it begins.
pub(super) fn standing_in(class: Class, folded: &str) -> impl Iterator<Item = (usize, &'static Entry)> {
    let starts = [0].into_iter().chain(memchr::memchr_iter(b' ', folded.as_bytes()).map(|space| space + 1));
    let begun =
        move |start| beginnings(class, &folded[start..]).filter_map(move |text| Some((start, found(class, text)?)));
    starts.flat_map(begun)
}

/// A text's first word, its first two words, …: as many as a wording may have, and none where no wording of the class
/// begins with the first.
fn beginnings(class: Class, folded: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b' ', folded.as_bytes()).chain([folded.len()]);
    let begins = index(class).firsts.contains(first_word(folded));
    ends.take(if begins { MOST_WORDS } else { 0 }).map(|end| &folded[..end])
}

fn first_word(folded: &str) -> &str {
    memchr::memchr(b' ', folded.as_bytes()).map_or(folded, |end| &folded[..end])
}

const MOST_WORDS: usize = 10;

/// The name of a folded wording within a class.
pub fn name(class: Class, folded: &str) -> Option<&'static str> {
    found(class, folded).map(|entry| entry.name)
}

/// The entry of a folded wording within a class; the last, if there are several.
pub(super) fn found(class: Class, folded: &str) -> Option<&'static Entry> {
    index(class).entries.get(folded).copied()
}

/// How many bytes the longest wording of a class has.
pub(super) fn longest_wording(class: Class) -> usize {
    index(class).longest
}

/// The entries of a class by their wordings.
struct Index {
    entries: FxHashMap<&'static str, &'static Entry>,
    /// The words that they begin with.
    firsts: FxHashSet<&'static str>,
    longest: usize,
}

fn index(class: Class) -> &'static Index {
    INDEXES[class as usize].get_or_init(|| Index {
        entries: of(class).iter().map(|entry| (entry.wording, entry)).collect(),
        firsts: of(class).iter().map(|entry| first_word(entry.wording)).collect(),
        longest: of(class).iter().map(|entry| entry.wording.len()).max().unwrap_or(0),
    })
}

/// One for each class that was asked about.
static INDEXES: [OnceLock<Index>; CLASSES.len()] = [const { OnceLock::new() }; CLASSES.len()];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn every_line_of_the_table_is_an_entry() {
        let check = |fields: &[&'static str]| {
            let entry = entry(fields, CLASSES[0]).map(|(_, entry)| entry);
            assert!(entry.is_some() || fields[0].is_empty() || fields[0].starts_with('#'), "{fields:?}");
            let Some(entry) = entry else { return };
            assert_eq!(fold(entry.wording), entry.wording, "write it as it is compared");
            assert!(entry.wording.split(' ').count() <= MOST_WORDS, "too many words: {fields:?}");
        };
        FILES.iter().for_each(|file| lines(file, check));
        assert!(FILES.iter().all(|file| file.ends_with('\n')));
        assert!(CLASSES.iter().enumerate().all(|(i, (_, class))| *class as usize == i));
    }
}
