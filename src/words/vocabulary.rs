//! The wordings of concepts, found by what a label has of them: the whole, its words in any order, its first word.

use super::concept::Concept;
use super::constant::{Index, Span, hash, same};
use super::table::{self, Class, TEXT};

#[derive(Clone, Copy)]
pub(super) struct Wording {
    pub concept: Concept,
    /// Its place among the wordings of concepts.
    at: u16,
    /// Where its words stand among all.
    words: (u16, u16),
    /// The kinds of table in which it means that, a bit each; none for all.
    kinds: u32,
}

impl Wording {
    /// Whether it means the same in tables of every kind.
    pub fn is_general(&self) -> bool {
        self.kinds == 0
    }

    pub fn is_for(&self, kinds: u32) -> bool {
        self.is_general() || self.kinds & kinds != 0
    }

    fn whole(&self) -> &'static str {
        table::of(Class::Concept)[usize::from(self.at)].wording()
    }

    /// Its words, without those that carry nothing.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &'static str> {
        let (start, end) = self.words;
        VOCABULARY.words[usize::from(start)..usize::from(end)].iter().map(|word| word.of(TEXT))
    }
}

const WORDINGS: usize = table::count(Class::Concept);
const MOST_WORDS: usize = 5_000;
const MOST_KINDS: usize = u32::BITS as usize;

struct Vocabulary {
    wordings: [Wording; WORDINGS],
    /// The words of all wordings, one wording after the other, without those that carry nothing.
    words: [Span; MOST_WORDS],
    kinds: [Span; MOST_KINDS],
    whole: Index<2048, WORDINGS>,
    bags: Index<2048, WORDINGS>,
    begun: Index<2048, WORDINGS>,
    beginnings: Index<2048, WORDINGS>,
}

#[allow(long_running_const_eval)]
static VOCABULARY: Vocabulary = Vocabulary::new();

impl Vocabulary {
    const fn new() -> Vocabulary {
        let none = Wording { concept: Concept::Result, at: 0, words: (0, 0), kinds: 0 };
        let mut made = Vocabulary {
            wordings: [none; WORDINGS],
            words: [Span::EMPTY; MOST_WORDS],
            kinds: [Span::EMPTY; MOST_KINDS],
            whole: Index::empty(),
            bags: Index::empty(),
            begun: Index::empty(),
            beginnings: Index::empty(),
        };
        let entries = table::of(Class::Concept);
        let (mut at, mut end) = (0, 0);
        while at < WORDINGS {
            let start = end;
            let mut rest = Some(entries[at].words());
            while let Some(left) = rest {
                let (word, after) = left.until(b' ', TEXT);
                rest = after;
                if carries(word.of(TEXT)) {
                    made.words[end] = word;
                    end += 1;
                }
            }
            let concept = match at > 0 && same(entries[at].name(), entries[at - 1].name()) {
                // Wordings of a concept stand together.
                true => made.wordings[at - 1].concept,
                false => Concept::of_code(entries[at].name()).expect("a concept"),
            };
            let kinds = made.bits(entries[at].kinds_span());
            made.wordings[at] = Wording { concept, at: at as u16, words: (start as u16, end as u16), kinds };
            at += 1;
        }
        while at > 0 {
            at -= 1;
            made.put(at, entries[at].wording());
        }
        made
    }

    /// The bits of kinds of table, parted by commas; a kind that is new takes the next.
    const fn bits(&mut self, kinds: Span) -> u32 {
        let mut bits = 0;
        let mut rest = if kinds.is_empty() { None } else { Some(kinds) };
        while let Some(left) = rest {
            let (kind, after) = left.until(b',', TEXT);
            rest = after;
            let mut bit = 0;
            while !self.kinds[bit].is_empty() && !same(self.kinds[bit].of(TEXT), kind.of(TEXT)) {
                bit += 1;
            }
            self.kinds[bit] = kind;
            bits |= 1 << bit;
        }
        bits
    }

    /// Makes a wording known by the whole, by its words, by its first word and by how that begins.
    const fn put(&mut self, at: usize, whole: &str) {
        self.whole.put(at, hash(whole, 0));
        let (start, end) = (self.wordings[at].words.0 as usize, self.wordings[at].words.1 as usize);
        if start < end {
            let first = self.words[start].of(TEXT);
            self.begun.put(at, hash(first, 0));
            self.beginnings.put(at, hash(beginning(first), 0));
        }
        if end - start >= 2 {
            let mut sum: u64 = 0;
            let mut word = start;
            while word < end {
                sum = bag(sum, self.words[word].of(TEXT));
                word += 1;
            }
            self.bags.put(at, sum);
        }
    }
}

/// A kind of table as wordings know it; none where no wording is bound to it.
pub(super) fn kinds(kind: &str) -> u32 {
    let known = VOCABULARY.kinds.iter().take_while(|known| !known.is_empty());
    known.zip(0..).find(|(known, _)| known.of(TEXT) == kind).map_or(0, |(_, bit)| 1 << bit)
}

/// The wordings that a folded text is.
pub(super) fn exact(folded: &str) -> impl Iterator<Item = &'static Wording> {
    at(VOCABULARY.whole.of(hash(folded, 0))).filter(move |wording| wording.whole() == folded)
}

/// The wordings of the same words, two at least, whatever their order.
pub(super) fn same_words(folded: &str) -> Vec<&'static Wording> {
    let mut words: Vec<&str> = meaningful(folded).collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let sum = words.iter().fold(0, |sum, word| bag(sum, word));
    words.sort_unstable();
    let same = |wording: &&Wording| {
        let mut others: Vec<&str> = wording.words().collect();
        others.sort_unstable();
        others == words
    };
    at(VOCABULARY.bags.of(sum)).filter(same).collect()
}

/// The wordings that begin with the word.
pub(super) fn begun_with(word: &str) -> impl Iterator<Item = &'static Wording> {
    at(VOCABULARY.begun.of(hash(word, 0))).filter(move |wording| wording.words().next() == Some(word))
}

/// The wordings whose first word begins with these letters, [`BEGINNING`] or more.
pub(super) fn begun_like(letters: &str) -> impl Iterator<Item = &'static Wording> {
    let like = at(VOCABULARY.beginnings.of(hash(beginning(letters), 0)));
    like.filter(move |wording| wording.words().next().is_some_and(|word| word.starts_with(letters)))
}

fn at(places: impl Iterator<Item = usize>) -> impl Iterator<Item = &'static Wording> {
    places.map(|at| &VOCABULARY.wordings[at])
}

/// Words that carry nothing.
pub(super) const EMPTY: [&str; 15] =
    ["och", "o", "av", "för", "från", "den", "det", "i", "m", "mm", "till", "samt", "+", "de", "en"];
const LONGEST_EMPTY: usize = "från".len();

/// How many letters of a first word are looked up.
pub(super) const BEGINNING: usize = 3;

/// A word's first letters.
const fn beginning(word: &str) -> &str {
    let mut end = 0;
    let mut letters = 0;
    while end < word.len() && letters < BEGINNING {
        end += 1;
        while !word.is_char_boundary(end) {
            end += 1;
        }
        letters += 1;
    }
    word.split_at(end).0
}

/// Whether a word carries something.
const fn carries(word: &str) -> bool {
    if word.len() > LONGEST_EMPTY {
        return true;
    }
    let mut at = 0;
    while at < EMPTY.len() {
        if same(EMPTY[at], word) {
            return false;
        }
        at += 1;
    }
    true
}

/// The words of a folded text, without those that carry nothing.
pub(super) fn meaningful(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| carries(word))
}

/// What words make together in any order, with one more.
const fn bag(others: u64, word: &str) -> u64 {
    others.wrapping_add(hash(word, 0))
}
