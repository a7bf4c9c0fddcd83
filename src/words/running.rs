//! Running text: what its words call the lines of the statements, and what they do to an amount.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::concept::Concept;
use super::table::{self, Class};

/// What a text speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    Concept(Concept),
    /// What the members pay together (`medelstilldelning`).
    Allocation,
}

/// What a word does to the amount that it stands by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Nothing: it joins what is spoken of and the amount.
    Link,
    Positive,
    Negative,
    /// The amount is outcome against budget.
    Variance,
    Budget,
    Actual,
    /// Of the year before.
    Prior,
    /// Of the document's own year.
    Now,
    /// The amount is a change, or a change is told of.
    Change,
    /// `mindre`, `högre`: after an amount it makes it a change.
    Comparative,
    About,
    Above,
    Below,
    /// A limit, no statement (`minst`).
    Bound,
    /// A goal, a forecast, an application: no statement of what is.
    Doubt,
    /// The amount is a part of another (`varav`).
    Part,
    Opening,
    /// Heads the time of a project.
    Term,
    /// Begins another clause.
    Boundary,
    /// Begins what something is compared with (`jämfört`, `mot`).
    Against,
    /// The amount says how far from what is named next something is (`överstiger`).
    Exceeds,
    /// What follows is how much (`med`).
    By,
    /// Something is left out, so that the amount is of no line (`exklusive`).
    Aside,
    /// What follows is a part of what was told (`varav`).
    Which,
    /// The amount is of all that was told (`sammanlagt`).
    Together,
    /// What an amount is of stands after it (`avsåg 100 kr lokaler`).
    Divides,
    /// What follows is counted in and is not what the text speaks of (`efter årets resultat`).
    After,
    /// Goes on to tell of what was named (`som`).
    That,
    /// Begins a noun with what it is like (`en väsentlig förbättring`).
    Article,
    /// Nothing either, though elsewhere it may tell of what something is (`styrelsen`).
    Idle,
    /// What a member does (`bidrar`).
    Pays,
    /// A body and its companies together.
    Group,
    /// A body alone.
    Body,
    /// People or visits are counted.
    People,
    /// The text speaks of more than the förbund.
    Nation,
    /// What follows is what was reached, not how far it was there.
    To,
    /// What follows is where something comes from.
    From,
    /// A price of one of something.
    Per,
    And,
}

const WORDS: [(&str, Word); 39] = [
    ("link", Word::Link),
    ("positive", Word::Positive),
    ("negative", Word::Negative),
    ("variance", Word::Variance),
    ("budget", Word::Budget),
    ("actual", Word::Actual),
    ("prior", Word::Prior),
    ("now", Word::Now),
    ("change", Word::Change),
    ("comparative", Word::Comparative),
    ("about", Word::About),
    ("above", Word::Above),
    ("below", Word::Below),
    ("bound", Word::Bound),
    ("doubt", Word::Doubt),
    ("part", Word::Part),
    ("opening", Word::Opening),
    ("term", Word::Term),
    ("boundary", Word::Boundary),
    ("against", Word::Against),
    ("exceeds", Word::Exceeds),
    ("by", Word::By),
    ("aside", Word::Aside),
    ("which", Word::Which),
    ("together", Word::Together),
    ("divides", Word::Divides),
    ("after", Word::After),
    ("that", Word::That),
    ("article", Word::Article),
    ("idle", Word::Idle),
    ("pays", Word::Pays),
    ("group", Word::Group),
    ("body", Word::Body),
    ("people", Word::People),
    ("nation", Word::Nation),
    ("to", Word::To),
    ("from", Word::From),
    ("per", Word::Per),
    ("and", Word::And),
];

/// What a folded word does.
pub fn word(folded: &str) -> Option<Word> {
    MARKS.get(folded).copied()
}

/// What two folded words do together (`året före`), where that is known.
pub fn pair(first: &str, second: &str) -> Option<Word> {
    let known = PAIRS.get(first)?;
    known.iter().find(|(other, _)| *other == second).map(|(_, word)| *word)
}

static PAIRS: LazyLock<FxHashMap<&'static str, Vec<(&'static str, Word)>>> = LazyLock::new(|| {
    let mut pairs: FxHashMap<&str, Vec<(&str, Word)>> = FxHashMap::default();
    for (wording, word) in MARKS.iter() {
        if let Some((first, second)) = wording.split_once(' ') {
            pairs.entry(first).or_default().push((second, *word));
        }
    }
    pairs
});

static MARKS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    let of = |name: &str| WORDS.iter().find(|(known, _)| *known == name).map(|(_, word)| *word);
    table::of(Class::Prose).iter().filter_map(|entry| Some((entry.wording(), of(entry.name())?))).collect()
});

/// A wording of running text: what it means, how many words it has, and whether it can mean nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    pub spoken: Spoken,
    pub words: usize,
    pub sure: bool,
}

/// The longest wording with which the folded words begin.
pub fn spoken(words: &[&str]) -> Option<Wording> {
    let known = PHRASES.get(*words.first()?)?;
    let fits =
        |phrase: &&Phrase| words.len() >= phrase.words.len() && phrase.words.iter().eq(&words[..phrase.words.len()]);
    let phrase = known.iter().filter(fits).max_by_key(|phrase| phrase.words.len())?;
    Some(Wording { spoken: phrase.what, words: phrase.words.len(), sure: phrase.sure })
}

struct Phrase {
    words: Vec<&'static str>,
    what: Spoken,
    sure: bool,
}

static PHRASES: LazyLock<FxHashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: FxHashMap<&str, Vec<Phrase>> = FxHashMap::default();
    for entry in table::of(Class::Spoken) {
        let what = match Concept::of_code(entry.name()) {
            Some(concept) => Spoken::Concept(concept),
            None => Spoken::Allocation,
        };
        let words: Vec<&str> = entry.wording().split(' ').collect();
        phrases.entry(words[0]).or_default().push(Phrase { words, what, sure: entry.kinds() != "loose" });
    }
    phrases
});

/// Whether a word says per cent.
pub fn is_percent(word: &str) -> bool {
    table::name(Class::Measure, word) == Some("share") && word.chars().all(char::is_alphabetic)
}

/// Whether a folded word with a full stop after it ends no sentence.
pub fn is_abbreviation(folded: &str) -> bool {
    table::name(Class::Abbreviation, folded).is_some()
}

/// Who pays, where a folded word alone names one (`staten`).
pub fn member(folded: &str) -> Option<Concept> {
    table::name(Class::Member, folded).and_then(Concept::of_code)
}

/// What a count of persons is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    Women,
    Men,
    All,
    /// Who have ended.
    Closed,
    /// Who go on.
    Open,
    /// The count is of them together.
    Sum,
}

/// What a folded word says of a count of persons.
pub fn person(folded: &str) -> Option<Person> {
    match table::name(Class::Person, folded)? {
        "women" => Some(Person::Women),
        "men" => Some(Person::Men),
        "closed" => Some(Person::Closed),
        "open" => Some(Person::Open),
        "sum" => Some(Person::Sum),
        _ => Some(Person::All),
    }
}
