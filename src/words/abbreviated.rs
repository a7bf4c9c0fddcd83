//! Abbreviated wordings: `Kortfr. fordringar`, `Summa oms.tillgångar`, `Lev.skulder`.

use super::misspelt;

/// Fewer letters begin too many words.
const LEAST: usize = super::vocabulary::BEGINNING;

/// Whether a text's words, some of them cut short, are those of a wording. A word is cut short to its first letters;
/// of a compound the last part may follow as a word of its own (`oms.tillgångar`). Only words that no wording has are
/// taken for abbreviations.
pub fn is_abbreviated(text: &[&str], wording: &[&str]) -> bool {
    let Some((word, rest)) = wording.split_first() else { return text.is_empty() };
    let Some((first, others)) = text.split_first() else { return false };
    if first == word {
        return is_abbreviated(others, rest);
    }
    if !word.starts_with(first) || !may_be_cut(first) {
        return false;
    }
    let whole = |last: &&&str| last.chars().count() >= LEAST && word.len() > first.len() + last.len() / 2;
    let compound = others.first().filter(whole).is_some_and(|last| word.ends_with(*last));
    is_abbreviated(others, rest) || (compound && is_abbreviated(&others[1..], rest))
}

/// Whether a word of a text may be the beginning of another.
pub fn may_be_cut(word: &str) -> bool {
    word.chars().count() >= LEAST && !misspelt::is_known(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, wording: &str) -> bool {
        let text: Vec<&str> = text.split(' ').collect();
        let wording: Vec<&str> = wording.split(' ').collect();
        is_abbreviated(&text, &wording)
    }

    #[test]
    fn cut_words_stand_for_whole_ones() {
        assert!(is("verks kostnader", "verksamhetens kostnader"));
        assert!(is("oms tillgångar", "omsättningstillgångar"));
        assert!(is("summa oms tillgångar", "summa omsättningstillgångar"));
        assert!(is("uppl kostn förutbet intäkter", "upplupna kostnader förutbetalda intäkter"));
        assert!(is("lev skulder", "leverantörsskulder"));
    }

    #[test]
    fn a_word_of_its_own_is_no_abbreviation() {
        assert!(!is("kostnader", "kostnader förutbetalda"));
        assert!(!is("fordringar", "kortfristiga fordringar"));
        assert!(!is("upplupna intäkter", "upplupna kostnader förutbetalda intäkter"));
    }
}
