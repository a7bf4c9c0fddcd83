//! Names of rows (insatser, projects, members) as running text writes them: inflected, abbreviated, or a part of them.

use std::borrow::Cow;

use super::{fold, folded};

/// How well a text names a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Some word of weight in common.
    Shared,
    /// All words of weight of the one are in the other.
    Within,
    /// The same words of weight, inflections and abbreviations apart.
    Same,
}

/// The words of a name that carry weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    words: Vec<String>,
    /// The first letters of all words, for which an acronym may stand.
    initials: String,
    /// Words of capitals alone.
    acronyms: Vec<String>,
}

/// Whether a word tells nothing of which insats it is.
fn is_little(word: &str) -> bool {
    matches!(
        word,
        "och"
            | "i"
            | "av"
            | "för"
            | "till"
            | "den"
            | "det"
            | "de"
            | "en"
            | "ett"
            | "på"
            | "med"
            | "vid"
            | "om"
            | "inom"
            | "från"
            | "projekt"
            | "projektet"
            | "insats"
            | "insatsen"
            | "övriga"
            | "övrigt"
            | "diverse"
            | "inkl"
            | "inklusive"
            | "samt"
            | "summa"
            | "s"
            | "a"
            | "totalt"
            | "andel"
            | "andelen"
            | "vecka"
            | "v"
    )
}

impl Naming {
    /// Reads a label or a heading: without what stands in parentheses, codes, percentages and years.
    pub fn of(text: &str) -> Naming {
        let bare = bare(text);
        let folded = folded(&bare);
        let all = || folded.split(' ').filter(|word| !word.is_empty());
        let initials = all().filter_map(|word| word.chars().next()).collect();
        let weighty = |word: &&str| !is_little(word) && !word.starts_with(|c: char| c.is_ascii_digit());
        let mut words: Vec<String> = all().filter(weighty).map(str::to_string).collect();
        if words.is_empty() {
            words = all().map(str::to_string).collect();
        }
        let capitals = |word: &&str| {
            (3..=24).contains(&word.len())
                && word.chars().all(char::is_uppercase)
                && (3..=6).contains(&word.chars().count())
        };
        let acronyms = bare.split_whitespace().filter(capitals).map(fold).collect();
        Naming { words, initials, acronyms }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// How well this name of a row is named by a text.
    pub fn likeness(&self, text: &Naming) -> Option<Likeness> {
        if self.words.is_empty() || text.words.is_empty() {
            return None;
        }
        let (mine, by_mine) = found(&self.words, |word| text.has(word, self));
        let (theirs, by_theirs) = found(&text.words, |word| self.has(word, text) || self.spells(word, text));
        match (mine, theirs) {
            _ if !(by_mine || by_theirs) => None,
            (true, true) => Some(Likeness::Same),
            (true, false) | (false, true) => Some(Likeness::Within),
            (false, false) => Some(Likeness::Shared),
        }
    }

    /// Words by which a name with a word in common is found: nothing else can be named by the text.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| key(word))
    }

    pub fn has_acronym(&self) -> bool {
        !self.acronyms.is_empty()
    }

    /// Whether one of the two has an acronym, for which the keys say nothing.
    pub fn abbreviates(&self, text: &Naming) -> bool {
        let stands = |acronyms: &[String], initials: &str| acronyms.iter().any(|acronym| initials.contains(acronym));
        stands(&self.acronyms, &text.initials) || stands(&text.acronyms, &self.initials)
    }

    fn has(&self, word: &str, of: &Naming) -> bool {
        self.words.iter().any(|own| same_word(own, word)) || self.abbreviated_by(word, of)
    }

    /// `VINR` for *Våld i nära relationer*.
    fn abbreviated_by(&self, word: &str, of: &Naming) -> bool {
        of.acronyms.iter().any(|acronym| acronym == word) && self.initials.contains(word)
    }

    /// Whether a word of the other text is one of those that an acronym here stands for.
    fn spells(&self, word: &str, text: &Naming) -> bool {
        let Some(initial) = word.chars().next() else { return false };
        self.words.iter().any(|own| text.abbreviated_by(own, self) && own.contains(initial))
    }
}

/// Whether all words are found, and whether one of weight is: one of three letters, or the only one.
fn found(words: &[String], is_found: impl Fn(&str) -> bool) -> (bool, bool) {
    words.iter().fold((true, false), |(all, weighty), word| match is_found(word) {
        true => (all, weighty || words.len() == 1 || word.chars().nth(2).is_some()),
        false => (false, weighty),
    })
}

/// The beginning that a word shares with its inflections.
fn key(word: &str) -> &str {
    let end = word.char_indices().nth(3).map_or(word.len(), |(i, _)| i);
    &word[..end]
}

/// A word and an inflection or a longer form of it.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    // Nothing that begins otherwise is the same.
    if a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    match short {
        0..=3 => false,
        // A short word may only take an ending: `lots`, `lotsen`.
        4..=5 => common == short && long - short <= 2,
        _ => common + 1 >= short && long - common <= 5,
    }
}

fn bare(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', ')', '%']) {
        return Cow::Borrowed(text);
    }
    let mut bare = String::with_capacity(text.len());
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = (depth - 1i32).max(0),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let kept = bare.split_whitespace().filter(|word| !word.contains('%'));
    Cow::Owned(kept.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(label: &str, text: &str) -> Option<Likeness> {
        Naming::of(label).likeness(&Naming::of(text))
    }

    #[test]
    fn headings_name_rows() {
        use Likeness::*;
        let cases = [
            ("Plattform U", "Plattform U", Some(Same)),
            ("Vidare Vy", "Vidare Vy (Försäkringskassan, Kommunen)", Some(Same)),
            ("Samtalsbyrå för unga", "Samtalsbyrån för unga (Kommunen, Regionen)", Some(Same)),
            ("Processtöd VINR 50 %", "Processtöd Våld i nära relationer", Some(Same)),
            ("Processtöd Vägen till arbete 25 %", "Processtöd Våld i nära relationer", Some(Shared)),
            (
                "Processtöd/Utvecklingsstrateg Psykisk hälsa 100 %",
                "Processtödjare/Utvecklingsstrateg psykisk hälsa (Kommun)",
                Some(Same),
            ),
            ("Psykeveckan V.45", "Psykeveckan Vecka 45", Some(Same)),
            ("Nya ej beslutade aktiviteter", "Nya aktiviteter", Some(Within)),
            ("Övriga strukturella insatser", "Strukturella insatser", Some(Same)),
            ("LOTS", "Lots", Some(Same)),
            ("Rehabteam 30+", "Rehabteam 30+", Some(Same)),
            ("3002 Älvsbyn, Steget fram", "Steget fram", Some(Within)),
            ("Projekt SÖKA (20% from 2024)", "Projekt SÖKA", Some(Same)),
            ("Kurs- och konferensavgifter", "Representation vid regionala Finsamträffar", None),
            ("Arena Ungdom", "Arenan", Some(Within)),
        ];
        for (label, text, expected) in cases {
            assert_eq!(like(label, text), expected, "{label} / {text}");
        }
    }
}
