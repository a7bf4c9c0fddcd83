//! Slips of the pen in wordings: a word that no wording has, and that is a letter or two from one that has it.

use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashMap;

use super::matching::is_number;
use super::table;

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
    let spelling = Spelling::of(word);
    // Most words are near to none: no need to look among all that are known.
    let near = others.iter().any(|other| spelling.is_near(&Spelling::of(other)));
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
    let spelling = Spelling::of(word);
    let lengths = spelling.length.saturating_sub(MOST_SLIPS)..=spelling.length + MOST_SLIPS;
    let known = lengths.filter_map(|length| BY_LENGTH.get(length)).flatten();
    let found: Vec<&'static str> = known.filter(|known| spelling.is_near(known)).map(|known| known.word).collect();
    if let Ok(mut known) = NEAR.write()
        && known.len() < MOST_REMEMBERED
    {
        known.insert(word.to_string(), found.clone());
    }
    found
}

/// A folder of large sheets has no end of words.
const MOST_REMEMBERED: usize = 10_000;

/// The known words by how many letters they have: only those of about the same length are worth a look.
static BY_LENGTH: LazyLock<Vec<Vec<Spelling<'static>>>> = LazyLock::new(|| {
    let mut by_length: Vec<Vec<Spelling>> = Vec::new();
    for spelling in table::words().map(Spelling::of) {
        let length = spelling.length;
        by_length.resize_with(by_length.len().max(length + 1), Vec::new);
        by_length[length].push(spelling);
    }
    by_length
});

/// In a word of nine letters or more; one in a shorter word, none in the shortest.
const MOST_SLIPS: usize = 2;

/// A word with what is looked at before its letters are compared one by one.
struct Spelling<'a> {
    word: &'a str,
    /// How many letters it has.
    length: usize,
    /// Which letters it has, as bits.
    letters: u32,
}

impl<'a> Spelling<'a> {
    fn of(word: &'a str) -> Spelling<'a> {
        let with = |(length, letters), c| (length + 1, letters | 1 << place(c));
        let (length, letters) = word.chars().fold((0, 0), with);
        Spelling { word, length, letters }
    }

    /// A slip changes at most two letters of a word's bag of letters: cheap bounds before the distance proper.
    fn is_near(&self, other: &Spelling) -> bool {
        let allowed = match self.length.min(other.length) {
            0..3 => 0,
            3..9 => 1,
            _ => MOST_SLIPS,
        };
        self.length.abs_diff(other.length) <= allowed
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * allowed
            && differing_letters(self.word, other.word) <= 2 * allowed
            && slips(self.word, other.word) <= allowed
    }
}

/// The bit that a letter has; some share one, which only makes the bounds a little weaker.
fn place(c: char) -> usize {
    c as usize % 32
}

/// How many letters only one of two words has, each as often as it has it more than the other.
fn differing_letters(a: &str, b: &str) -> usize {
    let mut counts = [0i32; 32];
    a.chars().for_each(|c| counts[place(c)] += 1);
    b.chars().for_each(|c| counts[place(c)] -= 1);
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
        let near = |a: &str, b: &str| a == b || (!is_known(a) && Spelling::of(a).is_near(&Spelling::of(b)));
        assert!(near("finasiella", "finansiella") && near("korftristiga", "kortfristiga") && near("åretss", "årets"));
        assert!(near("fordningar", "fordringar") && near("totaala", "totala"));
        assert!(!near("utgående", "ingående") && !near("immateriella", "materiella") && !near("kort", "lång"));
        assert_eq!((slips("abc", "bac"), slips("", "ab"), slips("abcd", "dcba")), (1, 2, 3));
    }
}
