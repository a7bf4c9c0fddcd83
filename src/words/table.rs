//! `words.tsv` and `running.tsv` (the words of running text) as entries, read when the program is compiled.

use super::constant::{Index, Span, hash, same};

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
    /// Says within a title that its table goes on from the page before.
    Continued,
    /// Names the working capital within a label.
    Capital,
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

const CLASSES: [(&str, Class); 33] = [
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
    ("continued", Class::Continued),
    ("capital", Class::Capital),
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

/// A class is its place among them.
const _: () = {
    let mut class = 0;
    while class < CLASSES.len() {
        assert!(CLASSES[class].1 as usize == class, "the classes stand in another order");
        class += 1;
    }
};

/// The lines of the tables. What no line can be, is said when the program is compiled.
pub(super) const TEXT: &str = concat!(include_str!("words.tsv"), include_str!("running.tsv"));

#[derive(Clone, Copy)]
pub(super) struct Entry {
    name: Span,
    wording: Span,
    kinds: Span,
}

impl Entry {
    pub const fn name(&self) -> &'static str {
        self.name.of(TEXT)
    }

    /// As `fold` would leave it, so that nothing need be folded when the program starts.
    pub const fn wording(&self) -> &'static str {
        self.wording.of(TEXT)
    }

    /// The kinds of table, parted by commas, in which the wording means that; empty for all.
    pub const fn kinds(&self) -> &'static str {
        self.kinds.of(TEXT)
    }

    /// Where its words stand, one space between them.
    pub const fn words(&self) -> Span {
        self.wording
    }

    pub const fn kinds_span(&self) -> Span {
        self.kinds
    }

    /// The wording's first word.
    const fn first_word(&self) -> &'static str {
        self.wording.until(b' ', TEXT).0.of(TEXT)
    }
}

/// Walks the lines that are entries and counts them; those of each class are put where it begins, in the order of the
/// table.
const fn read<const N: usize>(mut begins: [usize; CLASSES.len()]) -> ([Entry; N], [usize; CLASSES.len()]) {
    let mut entries = [Entry { name: Span::EMPTY, wording: Span::EMPTY, kinds: Span::EMPTY }; N];
    let mut counts = [0; CLASSES.len()];
    let mut rest = Some(Span::new(0, TEXT.len()));
    while let Some(left) = rest {
        let (line, after) = left.until(b'\n', TEXT);
        rest = after;
        if line.is_empty() || TEXT.as_bytes()[line.start()] == b'#' {
            continue;
        }
        let (code, name) = line.until(b'\t', TEXT);
        let (name, wording) = name.expect("a name").until(b'\t', TEXT);
        let (wording, kinds) = wording.expect("a wording").until(b'\t', TEXT);
        let class = class_of(code.of(TEXT));
        counts[class] += 1;
        if N > 0 {
            let kinds = if let Some(kinds) = kinds { kinds } else { Span::EMPTY };
            entries[begins[class]] = Entry { name, wording, kinds };
            begins[class] += 1;
        }
    }
    (entries, counts)
}

const fn class_of(code: &str) -> usize {
    let mut class = 0;
    while !same(CLASSES[class].0, code) {
        class += 1;
        assert!(class < CLASSES.len(), "a line begins with no class");
    }
    class
}

/// How many entries each class has.
#[allow(long_running_const_eval)]
const COUNTS: [usize; CLASSES.len()] = read::<0>([0; CLASSES.len()]).1;

/// Where the entries of each class begin, and where those of the last end.
const BEGINS: [usize; CLASSES.len() + 1] = {
    let mut begins = [0; CLASSES.len() + 1];
    let mut class = 0;
    while class < CLASSES.len() {
        begins[class + 1] = begins[class] + COUNTS[class];
        class += 1;
    }
    begins
};

const ALL: usize = BEGINS[CLASSES.len()];

#[allow(long_running_const_eval)]
static ENTRIES: [Entry; ALL] = read(*BEGINS.first_chunk().unwrap()).0;

/// How many entries a class has.
pub(super) const fn count(class: Class) -> usize {
    COUNTS[class as usize]
}

/// The entries of a class, in the order of the table.
pub(super) const fn of(class: Class) -> &'static [Entry] {
    ENTRIES.split_at(BEGINS[class as usize + 1]).0.split_at(BEGINS[class as usize]).1
}

/// The wordings of a class, each with its name, in the order of the table.
pub fn names(class: Class) -> impl Iterator<Item = (&'static str, &'static str)> {
    of(class).iter().map(|entry| (entry.name(), entry.wording()))
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
    let first = memchr::memchr(b' ', folded.as_bytes()).map_or(folded, |end| &folded[..end]);
    ends.take(if begins(class, first) { MOST_WORDS } else { 0 }).map(|end| &folded[..end])
}

const MOST_WORDS: usize = 10;

/// The name of a folded wording within a class.
pub fn name(class: Class, folded: &str) -> Option<&'static str> {
    found(class, folded).map(|entry| entry.name())
}

/// The entry of a folded wording within a class; the last, if there are several.
pub(super) fn found(class: Class, folded: &str) -> Option<&'static Entry> {
    let at = WORDINGS.of(hash(folded, class as usize)).filter(|at| is_in(class, *at));
    at.map(|at| &ENTRIES[at]).filter(|entry| entry.wording() == folded).last()
}

/// Whether a wording of the class begins with the word.
fn begins(class: Class, word: &str) -> bool {
    let mut at = FIRST_WORDS.of(hash(word, class as usize)).filter(|at| is_in(class, *at));
    at.any(|at| ENTRIES[at].first_word() == word)
}

const fn is_in(class: Class, at: usize) -> bool {
    BEGINS[class as usize] <= at && at < BEGINS[class as usize + 1]
}

/// How many bytes the longest wording of a class has.
pub(super) const fn longest_wording(class: Class) -> usize {
    LONGEST[class as usize]
}

static LONGEST: [usize; CLASSES.len()] = {
    let mut longest = [0; CLASSES.len()];
    let mut class = 0;
    while class < CLASSES.len() {
        let mut at = BEGINS[class];
        while at < BEGINS[class + 1] {
            let length = ENTRIES[at].wording().len();
            longest[class] = if length > longest[class] { length } else { longest[class] };
            at += 1;
        }
        class += 1;
    }
    longest
};

/// The entries by class and wording.
#[allow(long_running_const_eval)]
static WORDINGS: Index<4096, ALL> = {
    let mut index = Index::empty();
    let mut class = CLASSES.len();
    while class > 0 {
        class -= 1;
        let mut at = BEGINS[class + 1];
        while at > BEGINS[class] {
            at -= 1;
            index.put(at, hash(ENTRIES[at].wording(), class));
        }
    }
    index
};

/// An entry of each class for every word that wordings of the class begin with.
#[allow(long_running_const_eval)]
static FIRST_WORDS: Index<2048, ALL> = {
    let mut index = Index::<2048, ALL>::empty();
    let mut class = 0;
    while class < CLASSES.len() {
        let mut at = BEGINS[class];
        while at < BEGINS[class + 1] {
            let word = ENTRIES[at].first_word();
            let hash = hash(word, class);
            let mut known = index.first(hash);
            while let Some(other) = known
                && !(other >= BEGINS[class] && same(ENTRIES[other].first_word(), word))
            {
                known = index.next(other);
            }
            if known.is_none() {
                index.put(at, hash);
            }
            at += 1;
        }
        class += 1;
    }
    index
};

/// Whether a wording has the word.
pub(super) fn has(word: &str) -> bool {
    WORDS.1.of(hash(word, 0)).any(|at| KNOWN[at].of(TEXT) == word)
}

/// Every word of the wordings, each once.
pub(super) static KNOWN: [Span; WORDS.2] = *WORDS.0.first_chunk().unwrap();

const MOST: usize = 2_000;

/// The words, where they stand among them, and how many there are.
#[allow(long_running_const_eval)]
static WORDS: ([Span; MOST], Index<2048, MOST>, usize) = {
    let mut words = [Span::EMPTY; MOST];
    let mut index = Index::<2048, MOST>::empty();
    let mut count = 0;
    let mut at = 0;
    while at < ALL {
        let mut rest = Some(ENTRIES[at].wording);
        while let Some(left) = rest {
            let (word, after) = left.until(b' ', TEXT);
            rest = after;
            let hash = hash(word.of(TEXT), 0);
            let mut known = index.first(hash);
            while let Some(other) = known
                && !same(words[other].of(TEXT), word.of(TEXT))
            {
                known = index.next(other);
            }
            if known.is_none() {
                words[count] = word;
                index.put(count, hash);
                count += 1;
            }
        }
        at += 1;
    }
    (words, index, count)
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn wordings_are_written_as_they_are_compared() {
        for entry in &ENTRIES {
            let wording = entry.wording();
            assert_eq!(fold(wording), wording);
            assert!(wording.split(' ').count() <= MOST_WORDS, "too many words: {wording}");
        }
        assert!(CLASSES.iter().enumerate().all(|(i, (_, class))| *class as usize == i));
    }

    #[test]
    fn every_wording_is_found_in_its_class() {
        for (_, class) in CLASSES {
            for entry in of(class) {
                let found = found(class, entry.wording()).map(Entry::wording);
                assert_eq!(found, Some(entry.wording()));
                assert!(begins(class, entry.first_word()) && entry.wording().split(' ').all(has));
            }
        }
        assert_eq!(name(Class::Unit, "kassa"), None);
        assert!(!begins(Class::Unit, "kassa") && has("kassa") && !has("kasssa"));
    }
}
