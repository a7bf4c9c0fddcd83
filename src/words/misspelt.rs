//! Slips of the pen in wordings: a word that no wording has, and that is a letter or two from one that has it.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, RwLock};

use super::fold;
use super::table::ENTRIES;

/// Every word that the table of wordings has: such a word is never a misspelling of another.
static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let folded = ENTRIES.iter().map(|entry| fold(entry.wording));
    folded.flat_map(|wording| wording.split(' ').map(str::to_string).collect::<Vec<_>>()).collect()
});

/// Whether a wording has the word.
pub fn is_known(word: &str) -> bool {
    KNOWN.contains(word)
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
        let near = if KNOWN.contains(word) { Vec::new() } else { near(word) };
        Meant { word, near }
    }

    pub fn may_be(&self, other: &str) -> bool {
        self.word == other || self.near.contains(&other)
    }
}

/// Whether an unknown word is near to some of these, and to no other known word.
pub fn is_meant(word: &str, others: &[&str]) -> bool {
    let spelling = Spelling::of(word);
    // Most words are near to none: no need to look among all that are known.
    let near = others.iter().any(|other| spelling.is_near(&Spelling::of(other)));
    near && !is_known(word) && self::near(word).iter().all(|near| others.contains(near))
}

/// Whether a text's words are those of a wording, in order, but for slips of the pen.
pub fn is_misspelt(text: &[Meant<'_>], wording: &[String]) -> bool {
    text.len() == wording.len() && text.iter().zip(wording).all(|(meant, word)| meant.may_be(word))
}

/// What was found near each unknown word: labels repeat from table to table.
static NEAR: LazyLock<RwLock<HashMap<String, Vec<&'static str>>>> = LazyLock::new(RwLock::default);

fn near(word: &str) -> Vec<&'static str> {
    let remembered = |known: &HashMap<String, Vec<&'static str>>| known.get(word).cloned();
    if let Some(found) = NEAR.read().ok().and_then(|known| remembered(&known)) {
        return found;
    }
    let spelling = Spelling::of(word);
    let lengths = spelling.letters.len().saturating_sub(MOST_SLIPS)..=spelling.letters.len() + MOST_SLIPS;
    let known = lengths.filter_map(|length| BY_LENGTH.get(length)).flatten();
    let found: Vec<&'static str> = known.filter(|(_, known)| spelling.is_near(known)).map(|(word, _)| *word).collect();
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
static BY_LENGTH: LazyLock<Vec<Vec<(&'static str, Spelling)>>> = LazyLock::new(|| {
    let mut by_length: Vec<Vec<(&str, Spelling)>> = Vec::new();
    for word in KNOWN.iter() {
        let spelling = Spelling::of(word);
        let length = spelling.letters.len();
        by_length.resize_with(by_length.len().max(length + 1), Vec::new);
        by_length[length].push((word, spelling));
    }
    by_length
});

/// In a word of nine letters or more; one in a shorter word, none in the shortest.
const MOST_SLIPS: usize = 2;

/// A word's letters, and how often it has each.
struct Spelling {
    letters: Vec<char>,
    counts: [i8; 32],
}

impl Spelling {
    fn of(word: &str) -> Spelling {
        let letters: Vec<char> = word.chars().collect();
        let mut counts = [0i8; 32];
        letters.iter().for_each(|&c| counts[c as usize % 32] = counts[c as usize % 32].wrapping_add(1));
        Spelling { letters, counts }
    }

    fn is_near(&self, other: &Spelling) -> bool {
        let (a, b) = (self.letters.len(), other.letters.len());
        let allowed = match a.min(b) {
            0..3 => 0,
            3..9 => 1,
            _ => MOST_SLIPS,
        };
        a.abs_diff(b) <= allowed
            && self.shares_letters(other, allowed)
            && distance(&self.letters, &other.letters) <= allowed
    }

    /// A slip changes at most two letters of the bag of letters: a cheap bound before the distance proper.
    fn shares_letters(&self, other: &Spelling, slips: usize) -> bool {
        let differences = self.counts.iter().zip(&other.counts).map(|(a, b)| u32::from(a.abs_diff(*b)));
        differences.sum::<u32>() as usize <= 2 * slips
    }
}

/// How many slips of the pen part two words.
pub fn slips(a: &str, b: &str) -> usize {
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    distance(&letters(a), &letters(b))
}

/// Letters to put in, leave out, replace, or change about with their neighbour (Damerau 1964).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_near_and_another_word_is_not() {
        let near = |a: &str, b: &str| a == b || (!KNOWN.contains(a) && Spelling::of(a).is_near(&Spelling::of(b)));
        assert!(near("finasiella", "finansiella") && near("korftristiga", "kortfristiga") && near("åretss", "årets"));
        assert!(near("fordningar", "fordringar") && near("totaala", "totala"));
        assert!(!near("utgående", "ingående") && !near("immateriella", "materiella") && !near("kort", "lång"));
        assert_eq!(distance(&['a', 'b', 'c'], &['b', 'a', 'c']), 1);
    }
}
