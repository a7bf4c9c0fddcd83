//! Swedish (and a little English) wording: the only place where wording is compared.
//!
//! What words mean is data, in `words.tsv`: a class, a name within the class, and a wording a line.

mod abbreviated;
pub mod accounts;
mod balance;
pub mod body;
mod concept;
mod constant;
pub mod counting;
pub mod exports;
mod growth;
mod likeness;
mod matching;
mod members;
mod misspelt;
mod naming;
mod parts;
mod reference;
mod remembered;
pub mod running;
mod table;
pub mod titles;
mod unfinished;
mod vocabulary;

pub use balance::{Balance, balance, balance_in};
pub use concept::{CONCEPTS, Concept};
pub use growth::{Growth, growth};
pub use likeness::{guesses, likeness};
pub use matching::{
    Match, activity, concept, is_wording, percentage, same_activity, says_audit, says_continued, says_control,
    says_disclosure, says_group, says_per_cent, says_rate, says_share, says_total, says_working_capital, strip,
    sure_concept, total_level, unit_at_end, words_of_total_in,
};
pub use members::{member, municipality};
pub use misspelt::slips;
pub use naming::{Likeness, Naming};
pub use parts::{says_of_which, says_only_of_which};
pub use reference::{refers, share_word};
pub use remembered::folded;
pub use table::{Class, name, names};
pub use titles::title;
pub use unfinished::{begins_small, goes_on, is_part, is_unfinished};

/// Folds a wording to its comparable form: lower case, one space between words, no punctuation but `%` and
/// `+`, composed letters, and the soft hyphen and other invisible marks gone.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match c {
            // Nearly all that is ever written, before the rest is asked what it is.
            'a'..='z' | '0'..='9' | 'å' | 'ä' | 'ö' | '%' | '+' => part(&mut folded, &mut gap, c),
            'A'..='Z' => part(&mut folded, &mut gap, c.to_ascii_lowercase()),
            ' ' | ',' | '.' | '-' | '(' | ')' | '/' | ':' => gap = true,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\'' | '’' => {}
            _ if is_mark(c) => match compose(folded.chars().last().filter(|_| !gap), c) {
                Some(composed) => {
                    folded.pop();
                    folded.push(composed);
                }
                None => gap = true,
            },
            _ if c.is_alphanumeric() => c.to_lowercase().for_each(|c| part(&mut folded, &mut gap, c)),
            _ => gap = true,
        }
    }
    folded
}

/// Puts a letter to what is folded, after a space where a new word begins.
#[inline]
fn part(folded: &mut String, gap: &mut bool, letter: char) {
    if std::mem::take(gap) && !folded.is_empty() {
        folded.push(' ');
    }
    folded.push(letter);
}

/// Whether a line of a document is, or ends, a sentence: running text, and no label.
pub fn is_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', ':', '!', '?']) && line.split_whitespace().count() > 6
}

/// Whether folding would leave a text as it is; false where that is not known at a glance.
fn is_folded(text: &str) -> bool {
    let mut before = ' ';
    let plain = |c: char| match std::mem::replace(&mut before, c) {
        ' ' if c == ' ' => false,
        _ => matches!(c, 'a'..='z' | '0'..='9' | 'å' | 'ä' | 'ö' | '%' | '+' | ' '),
    };
    text.chars().all(plain) && before != ' '
}

/// Whether a letter may be followed by it as a part of itself.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A letter and its combining mark as one letter (file names and texts from macOS keep them apart).
fn compose(letter: Option<char>, mark: char) -> Option<char> {
    match (letter?, mark) {
        ('a', '\u{30a}') => Some('å'),
        ('a', '\u{308}') => Some('ä'),
        ('o', '\u{308}') => Some('ö'),
        ('e', '\u{301}') => Some('é'),
        _ => None,
    }
}

/// The name that a whole wording has within a class: `lookup(Class::Unit, "Belopp i tkr")`.
pub fn lookup(class: Class, text: &str) -> Option<&'static str> {
    match is_folded(text) {
        true => name(class, text),
        // Folding drops no letter that counts here, so what has too many of them is no wording of the class.
        false if text.bytes().filter(u8::is_ascii_alphanumeric).count() > table::longest_wording(class) => None,
        false => name(class, &folded(text)),
    }
}

/// The name of the wording that a word is, or that it ends with: `ending(Class::Total, "delsumma")`.
pub fn ending(class: Class, word: &str) -> Option<&'static str> {
    const SHORTEST: usize = 5;
    lookup(class, word).or_else(|| {
        names(class).find(|(_, wording)| wording.len() >= SHORTEST && word.ends_with(wording)).map(|(name, _)| name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_what_writers_vary() {
        assert_eq!(fold("  Summa\u{a0}EGET  kapital: "), "summa eget kapital");
        assert_eq!(fold("Ökning/minskning\u{ad} (+)"), "ökning minskning +");
        assert_eq!(fold("A\u{30a}rets resultat"), "årets resultat");
        assert_eq!(lookup(Class::Absent, "Ej budgeterat"), Some("not-budgeted"));
    }
}
