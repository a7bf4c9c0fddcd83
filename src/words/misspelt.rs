//! Slips of the pen in wordings: a word that no wording has, and that is a letter or two from one that has it.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold;
use super::table::ENTRIES;

/// Every word that the table of wordings has: such a word is never a misspelling of another.
static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let folded = ENTRIES.iter().map(|entry| fold(entry.wording));
    folded.flat_map(|wording| wording.split(' ').map(str::to_string).collect::<Vec<_>>()).collect()
});

/// Whether any word of a text is not of the vocabulary, so that it may be misspelt.
pub fn has_unknown(words: &[&str]) -> bool {
    words.iter().any(|word| !KNOWN.contains(*word))
}

/// Whether a text's words are those of a wording, in order, but for slips of the pen.
pub fn is_misspelt(text: &[&str], wording: &[String]) -> bool {
    text.len() == wording.len()
        && text.iter().zip(wording).all(|(a, b)| *a == b.as_str() || (!KNOWN.contains(*a) && is_near(a, b)))
}

/// One slip in a short word, two in one of nine.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let allowed = match a.len().min(b.len()) {
        0..3 => 0,
        3..9 => 1,
        _ => 2,
    };
    a.len().abs_diff(b.len()) <= allowed && distance(&a, &b) <= allowed
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
        let near = |a: &str, b: &str| is_misspelt(&[a], &[b.to_string()]);
        assert!(near("finasiella", "finansiella") && near("korftristiga", "kortfristiga") && near("åretss", "årets"));
        assert!(near("fordningar", "fordringar") && near("totaala", "totala"));
        assert!(!near("utgående", "ingående") && !near("immateriella", "materiella") && !near("kort", "lång"));
        assert_eq!(distance(&['a', 'b', 'c'], &['b', 'a', 'c']), 1);
    }
}
