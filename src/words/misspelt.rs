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

    fn may_be(&self, other: &str) -> bool {
        self.word == other || self.near.contains(&other)
    }

    /// Whether every known word that it may be meant for is one of these.
    pub fn is_only(&self, others: &[&str]) -> bool {
        !self.near.is_empty() && self.near.iter().all(|near| others.contains(near))
    }
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
    let found: Vec<&'static str> = KNOWN.iter().map(String::as_str).filter(|known| is_near(word, known)).collect();
    if let Ok(mut known) = NEAR.write()
        && known.len() < MOST_REMEMBERED
    {
        known.insert(word.to_string(), found.clone());
    }
    found
}

/// A folder of large sheets has no end of words.
const MOST_REMEMBERED: usize = 10_000;

/// One slip in a short word, two in one of nine.
fn is_near(a: &str, b: &str) -> bool {
    // A letter takes at most two bytes more than another, so far lengths need no counting.
    if a.len().abs_diff(b.len()) > 4 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let allowed = match a.len().min(b.len()) {
        0..3 => 0,
        3..9 => 1,
        _ => 2,
    };
    a.len().abs_diff(b.len()) <= allowed && share_letters(&a, &b, allowed) && distance(&a, &b) <= allowed
}

/// A slip changes at most two letters of the bag of letters: a cheap bound before the distance proper.
fn share_letters(a: &[char], b: &[char], slips: usize) -> bool {
    let mut letters = [0i8; 32];
    a.iter().for_each(|&c| letters[c as usize % 32] += 1);
    b.iter().for_each(|&c| letters[c as usize % 32] -= 1);
    letters.iter().map(|count| count.unsigned_abs() as usize).sum::<usize>() <= 2 * slips
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
        let near = |a: &str, b: &str| a == b || (!KNOWN.contains(a) && is_near(a, b));
        assert!(near("finasiella", "finansiella") && near("korftristiga", "kortfristiga") && near("åretss", "årets"));
        assert!(near("fordningar", "fordringar") && near("totaala", "totala"));
        assert!(!near("utgående", "ingående") && !near("immateriella", "materiella") && !near("kort", "lång"));
        assert_eq!(distance(&['a', 'b', 'c'], &['b', 'a', 'c']), 1);
    }
}
