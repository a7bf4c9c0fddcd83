//! Slips of the pen in wordings: a word that no wording has, and that is a letter or two from one that has it.

use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashMap;

use super::constant::Span;
use super::matching::is_number;
use super::table::{self, KNOWN, TEXT};

/// Whether a wording has the word, which is then never a misspelling of another; nor is a number.
pub fn is_known(word: &str) -> bool {
    table::has(word) || is_number(word)
}

/// Whether any word of a text is not of the vocabulary, so that it may be misspelt.
pub fn has_unknown(words: &[&str]) -> bool {
    words.iter().any(|word| !is_known(word))
}

/// The known words that an unknown one may be meant for.
pub struct Meant<'a> {
    word: &'a str,
    near: Vec<&'static str>,
}

impl<'a> Meant<'a> {
    /// Looks a word up among all that are known; a known word is meant for itself alone.
    pub fn of(word: &'a str) -> Meant<'a> {
        let near = if is_known(word) { Vec::new() } else { near(word) };
        Meant { word, near }
    }

    pub fn may_be(&self, other: &str) -> bool {
        self.word == other || self.near.contains(&other)
    }

    /// All that it may be: itself first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.word).chain(self.near.iter().copied())
    }
}

/// Whether an unknown word is near to some of these, and to no other known word.
pub fn is_meant(word: &str, others: &[&str]) -> bool {
    if is_known(word) {
        return false;
    }
    let bounds = Bounds::of(word);
    // Most words are near to none: no need to look among all that are known.
    let near = others.iter().any(|other| are_near((word, bounds), (other, Bounds::of(other))));
    near && self::near(word).iter().all(|near| others.contains(near))
}

/// Whether a text's words are those of a wording, in order, but for slips of the pen.
pub fn is_misspelt<'w>(text: &[Meant<'_>], wording: impl ExactSizeIterator<Item = &'w str>) -> bool {
    text.len() == wording.len() && text.iter().zip(wording).all(|(meant, word)| meant.may_be(word))
}

/// What was found near each unknown word: labels repeat from table to table.
static NEAR: LazyLock<RwLock<FxHashMap<String, Vec<&'static str>>>> = LazyLock::new(RwLock::default);

fn near(word: &str) -> Vec<&'static str> {
    if let Some(found) = NEAR.read().ok().and_then(|known| known.get(word).cloned()) {
        return found;
    }
    let bounds = Bounds::of(word);
    let (least, most) = (length(word).saturating_sub(MOST_SLIPS), (length(word) + MOST_SLIPS).min(MOST_LETTERS));
    let known = BY_LENGTH[BEGINS[least]..BEGINS[most + 1]].iter().map(|(known, bounds)| (known.of(TEXT), *bounds));
    let near = |known: &(&str, Bounds)| are_near((word, bounds), *known);
    let found: Vec<&'static str> = known.filter(near).map(|(known, _)| known).collect();
    if let Ok(mut known) = NEAR.write()
        && known.len() < MOST_REMEMBERED
    {
        known.insert(word.to_string(), found.clone());
    }
    found
}

/// A folder of large sheets has no end of words.
const MOST_REMEMBERED: usize = 10_000;

/// Where the known words of each length begin; the last of these lengths stands for all that are longer.
const BEGINS: [usize; MOST_LETTERS + 2] = {
    let mut begins = [0; MOST_LETTERS + 2];
    let mut at = 0;
    while at < KNOWN.len() {
        begins[length(KNOWN[at].of(TEXT)) + 1] += 1;
        at += 1;
    }
    let mut length = 0;
    while length <= MOST_LETTERS {
        begins[length + 1] += begins[length];
        length += 1;
    }
    begins
};

const MOST_LETTERS: usize = 30;

const fn length(word: &str) -> usize {
    let length = Bounds::of(word).length as usize;
    if length < MOST_LETTERS { length } else { MOST_LETTERS }
}

/// The known words by length: only those of about the same are worth a look.
static BY_LENGTH: [(Span, Bounds); KNOWN.len()] = {
    let mut words = [(Span::EMPTY, Bounds { length: 0, letters: 0 }); KNOWN.len()];
    let mut begins = BEGINS;
    let mut at = 0;
    while at < KNOWN.len() {
        let word = KNOWN[at].of(TEXT);
        words[begins[length(word)]] = (KNOWN[at], Bounds::of(word));
        begins[length(word)] += 1;
        at += 1;
    }
    words
};

/// In a word of nine letters or more; one in a shorter word, none in the shortest.
const MOST_SLIPS: usize = 2;

/// What is looked at of a word before its letters are compared one by one.
#[derive(Clone, Copy)]
struct Bounds {
    /// How many letters it has.
    length: u8,
    /// Which letters it has, as bits.
    letters: u32,
}

impl Bounds {
    /// A letter is told by its last byte: others share its bit, which only makes the bounds a little weaker.
    const fn of(word: &str) -> Bounds {
        let (mut length, mut letters) = (0u8, 0);
        let mut end = 0;
        while end < word.len() {
            end += 1;
            if word.is_char_boundary(end) {
                length = length.saturating_add(1);
                letters |= 1 << (word.as_bytes()[end - 1] % u32::BITS as u8);
            }
        }
        Bounds { length, letters }
    }

    /// How many slips may part two words, if so few may do at all: a slip changes at most two letters of a word's bag of
    /// letters.
    fn allowed(self, other: Bounds) -> Option<usize> {
        let allowed = match self.length.min(other.length) {
            0..3 => 0,
            3..9 => 1,
            _ => MOST_SLIPS,
        };
        let may = usize::from(self.length.abs_diff(other.length)) <= allowed
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * allowed;
        may.then_some(allowed)
    }
}

/// Whether so few slips may part two words, and do.
fn are_near(a: (&str, Bounds), b: (&str, Bounds)) -> bool {
    let near = |allowed: usize| differing_letters(a.0, b.0) <= 2 * allowed && slips(a.0, b.0) <= allowed;
    a.1.allowed(b.1).is_some_and(near)
}

/// How many letters only one of two words has, each as often as it has it more than the other.
fn differing_letters(a: &str, b: &str) -> usize {
    let mut counts = [0i32; 32];
    a.chars().for_each(|c| counts[c as usize % 32] += 1);
    b.chars().for_each(|c| counts[c as usize % 32] -= 1);
    counts.iter().map(|count| count.unsigned_abs() as usize).sum()
}

/// How many slips of the pen part two words: letters to put in, leave out, replace, or change about with their
/// neighbour (Damerau 1964).
pub fn slips(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|word| word.chars().collect::<Vec<char>>());
    // The last rows of the table of distances: the one before the last, the last, and the one that is made.
    let [mut before, mut last, mut row]: [Vec<usize>; 3] = [Vec::new(), (0..=b.len()).collect(), vec![0; b.len() + 1]];
    before.resize(b.len() + 1, 0);
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row[j] = least;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_near_and_another_word_is_not() {
        let near = |a, b| a == b || (!is_known(a) && are_near((a, Bounds::of(a)), (b, Bounds::of(b))));
        assert!(near("finasiella", "finansiella") && near("korftristiga", "kortfristiga") && near("åretss", "årets"));
        assert!(near("fordningar", "fordringar") && near("totaala", "totala"));
        assert!(!near("utgående", "ingående") && !near("immateriella", "materiella") && !near("kort", "lång"));
        assert_eq!((slips("abc", "bac"), slips("", "ab"), slips("abcd", "dcba")), (1, 2, 3));
    }
}
