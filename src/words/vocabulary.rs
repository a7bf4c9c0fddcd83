//! The wordings of concepts, found by what a label has of them: the whole, its words in any order, its first word.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};
use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::concept::Concept;
use super::table::{self, Class};

pub(super) struct Wording {
    pub concept: Concept,
    whole: &'static str,
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

    fn among<'w>(&self, words: &'w [&'static str]) -> &'w [&'static str] {
        &words[usize::from(self.words.0)..usize::from(self.words.1)]
    }
}

pub(super) struct Vocabulary {
    wordings: Vec<Wording>,
    /// The words of all wordings, one wording after the other, without those that carry nothing.
    words: Vec<&'static str>,
    kinds: Vec<&'static str>,
    whole: Index<&'static str>,
    bags: Index<u64>,
    begun: Index<&'static str>,
    /// The words that wordings begin with, in order; few labels ask for it.
    first_words: OnceLock<Vec<&'static str>>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

impl Vocabulary {
    fn new() -> Vocabulary {
        let entries = table::of(Class::Concept);
        let mut kinds = Vec::new();
        let mut bit = |kind: &'static str| {
            let at = kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
                kinds.push(kind);
                kinds.len() - 1
            });
            1 << at
        };
        let mut wordings: Vec<Wording> = Vec::with_capacity(entries.len());
        let mut words: Vec<&str> = Vec::with_capacity(4 * entries.len());
        let mut last = ("", None);
        for entry in entries {
            // Wordings of a concept stand together.
            if last.0 != entry.name {
                last = (entry.name, Concept::of_code(entry.name));
            }
            let kinds =
                entry.kinds.split(',').filter(|kind| !kind.is_empty()).map(&mut bit).fold(0, |all, bit| all | bit);
            let Some(concept) = last.1 else { continue };
            let start = words.len() as u16;
            words.extend(meaningful(entry.wording));
            wordings.push(Wording { concept, whole: entry.wording, words: (start, words.len() as u16), kinds });
        }
        let whole = Index::of(wordings.iter().map(|wording| Some(wording.whole)));
        let bags = Index::of(wordings.iter().map(|wording| bag(wording.among(&words))));
        let begun = Index::of(wordings.iter().map(|wording| wording.among(&words).first().copied()));
        Vocabulary { wordings, words, kinds, whole, bags, begun, first_words: OnceLock::new() }
    }

    /// A kind of table as wordings know it; none where no wording is bound to it.
    pub fn kinds(&self, kind: &str) -> u32 {
        self.kinds.iter().position(|known| *known == kind).map_or(0, |at| 1 << at)
    }

    /// The words of a wording, without those that carry nothing.
    pub fn words(&self, wording: &Wording) -> &[&'static str] {
        wording.among(&self.words)
    }

    /// The wordings that a folded text is.
    pub fn exact(&self, folded: &str) -> impl Iterator<Item = &Wording> {
        self.whole.get(folded).map(|i| &self.wordings[i])
    }

    /// The wordings of the same words, two at least, whatever their order.
    pub fn same_words(&self, folded: &str) -> Vec<&Wording> {
        let mut words: Vec<&str> = meaningful(folded).collect();
        let Some(bag) = bag(&words) else { return Vec::new() };
        words.sort_unstable();
        let same = |wording: &&Wording| {
            let mut others = self.words(wording).to_vec();
            others.sort_unstable();
            others == words
        };
        self.bags.get(&bag).map(|i| &self.wordings[i]).filter(same).collect()
    }

    /// The wordings that begin with the word.
    pub fn begun_with(&self, word: &str) -> impl Iterator<Item = &Wording> {
        self.begun.get(word).map(|i| &self.wordings[i])
    }

    /// The wordings whose first word begins with these letters.
    pub fn begun_like(&self, letters: &str) -> impl Iterator<Item = &Wording> {
        let words = self.first_words.get_or_init(|| {
            let mut words: Vec<&str> = self.begun.first.keys().copied().collect();
            words.sort_unstable();
            words
        });
        let like = &words[words.partition_point(|word| *word < letters)..];
        let like = &like[..like.partition_point(|word| word.starts_with(letters))];
        like.iter().flat_map(|word| self.begun_with(word))
    }
}

/// Words that carry nothing.
pub(super) const EMPTY: [&str; 15] =
    ["och", "o", "av", "för", "från", "den", "det", "i", "m", "mm", "till", "samt", "+", "de", "en"];
const LONGEST_EMPTY: usize = "från".len();

/// The words of a folded text, without those that carry nothing.
pub(super) fn meaningful(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| word.len() > LONGEST_EMPTY || !EMPTY.contains(word))
}

/// A key that words have in any order; none for a single word.
fn bag(words: &[&str]) -> Option<u64> {
    let hashes = words.iter().map(|word| FxBuildHasher.hash_one(word));
    (words.len() >= 2).then(|| hashes.fold(0, u64::wrapping_add))
}

/// Places in a list by a key that several may have: a map to the first, and from each to the next.
struct Index<K> {
    first: FxHashMap<K, u16>,
    next: Vec<u16>,
}

const END: u16 = u16::MAX;

impl<K: Hash + Eq> Index<K> {
    fn of(keys: impl DoubleEndedIterator<Item = Option<K>> + ExactSizeIterator) -> Index<K> {
        let mut first = FxHashMap::with_capacity_and_hasher(keys.len(), FxBuildHasher);
        let mut next = vec![END; keys.len()];
        for (i, key) in keys.enumerate().rev() {
            if let Some(key) = key {
                next[i] = first.insert(key, i as u16).unwrap_or(END);
            }
        }
        Index { first, next }
    }

    fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> impl Iterator<Item = usize>
    where
        K: Borrow<Q>,
    {
        let first = self.first.get(key).copied();
        std::iter::successors(first, |i| Some(self.next[*i as usize]).filter(|i| *i != END)).map(usize::from)
    }
}
