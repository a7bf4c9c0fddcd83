//! Sentences that count persons, visits or shares: what they count, and whether two of them say the same but for the
//! figure.

use super::matching::strip;
use super::naming::{Naming, same_word};
use super::running::{self, Person, Word};
use super::table::{self, Class};
use super::{fold, folded};

/// What a figure of a text is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Persons,
    /// Visits, meetings, calls: one person may have many.
    Occasions,
    /// Per cent of something.
    Share,
}

/// What a folded word says that a figure by it is a number of.
pub fn counted(folded: &str) -> Option<Counted> {
    match (running::person(folded), table::name(Class::Counting, folded)) {
        (Some(Person::All | Person::Women | Person::Men), _) | (_, Some("person")) => Some(Counted::Persons),
        (_, Some("occasion")) => Some(Counted::Occasions),
        _ => None,
    }
}

/// Whether a label says that its row counts persons or occasions, and no money: `Deltagare totalt`, `Totalt antal besök`.
pub fn says_count(label: &str) -> bool {
    let stripped = strip(&folded(label));
    let mut counts = false;
    stripped.split(' ').filter(|word| *word != "antal").all(|word| {
        let counted = counted(word).is_some();
        counts |= counted;
        counted || is_general(word)
    }) && counts
}

/// Whether a folded word says that a figure is a goal or a limit and not what came of it (`mål`, `aktivitetsmål`).
pub fn says_goal(folded: &str) -> bool {
    matches!(running::word(folded), Some(Word::Doubt | Word::Bound)) || folded.ends_with("mål")
}

/// Whether a heading is one that may stand over what is told of any insats, and says of none which part of it is
/// counted (`Resultat`, `Mål och uppföljning 2023`).
pub fn is_section(heading: &str) -> bool {
    fold(heading).split(' ').all(is_general)
}

/// The same of a heading that names an insats too (`Resultat Arena Ungdom`, `1.2 Lots`).
pub fn is_section_of(heading: &str, name: &Naming) -> bool {
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let own = |word: &str| name.words().iter().any(|part| belongs(part, word));
    fold(heading).split(' ').all(|word| is_general(word) || own(word) || number(word))
}

fn is_general(word: &str) -> bool {
    let says = table::name(Class::Counting, word);
    says_goal(word)
        || matches!(says, Some("section" | "filler"))
        || running::word(word).is_some_and(joins)
        || (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a word of running text only joins others.
fn joins(word: Word) -> bool {
    let little = matches!(word, Word::Link | Word::Article | Word::By | Word::That | Word::Together);
    little || matches!(word, Word::And | Word::To | Word::From)
}

/// Whether a heading says which of those of an insats are counted: a sex, a season, a number, a place.
pub fn tells_apart(heading: &str) -> bool {
    let number = |word: &str| word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit());
    let (mut clause, folded) = (Clause::default(), fold(heading));
    folded.split(' ').for_each(|word| clause.push(word, number(word)));
    let one_word = !folded.contains(' ') && !is_section(heading);
    one_word || clause.words.iter().any(|own| own.apart)
}

/// Whether another clause, or another figure's part of it, begins with a folded word: `true` where it goes on with
/// what was said before it.
pub fn parts_clauses(folded: &str) -> Option<bool> {
    match running::word(folded) {
        Some(Word::And) => Some(true),
        Some(Word::Boundary | Word::Against | Word::Part | Word::Which) => Some(false),
        _ => None,
    }
}

/// The words of a clause that say what its figure is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    words: Vec<Heavy>,
}

/// A word that carries weight.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Heavy {
    word: String,
    /// Says which are counted: a name, or a word like *nya*.
    apart: bool,
}

/// How well two clauses agree in their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Words that both have.
    pub shared: usize,
    /// Words that only one has.
    pub extra: usize,
    /// One of those says which are counted.
    pub apart: bool,
}

impl Clause {
    /// Takes in a folded word; `named` is one that is written as a name.
    pub fn push(&mut self, folded: &str, named: bool) {
        let (says, person) = (table::name(Class::Counting, folded), running::person(folded));
        let weight = match running::word(folded) {
            _ if matches!(says, Some("filler" | "person")) || person == Some(Person::All) => None,
            _ if named || says == Some("apart") || is_month(folded) => Some(true),
            _ if matches!(person, Some(Person::Women | Person::Men)) => Some(true),
            None | Some(Word::Bound | Word::Idle | Word::Aside | Word::Body | Word::Group) => Some(false),
            Some(Word::Pays | Word::Divides | Word::After | Word::Exceeds) => Some(false),
            Some(Word::People) => Some(says != Some("occasion")),
            Some(Word::Prior | Word::Change | Word::Comparative | Word::Opening | Word::Nation) => Some(true),
            Some(_) => None,
        };
        if let Some(apart) = weight
            && !self.words.iter().any(|own| own.word == folded)
        {
            self.words.push(Heavy { word: folded.to_string(), apart });
        }
    }

    /// The same without the words of a name.
    pub fn without(mut self, name: &Naming) -> Clause {
        self.words.retain(|own| !name.words().iter().any(|word| belongs(word, &own.word)));
        self
    }

    /// The same words in another order are equal here.
    pub fn key(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().map(|own| own.word.as_str()).collect();
        words.sort_unstable();
        words
    }

    /// Compares word by word, inflections apart, and a compound with its parts written as two words.
    pub fn agreement(&self, other: &Clause) -> Agreement {
        let (mine, theirs) = (self.found_in(other), other.found_in(self));
        let missing = |clause: &Clause, found: &[bool]| {
            let missing = clause.words.iter().zip(found).filter(|(_, found)| !**found);
            missing.fold((0, false), |(n, apart), (own, _)| (n + 1, apart || own.apart))
        };
        let ((left, first), (right, second)) = (missing(self, &mine), missing(other, &theirs));
        let shared = mine.iter().filter(|found| **found).count().min(theirs.iter().filter(|found| **found).count());
        Agreement { shared, extra: left + right, apart: first || second }
    }

    fn found_in(&self, other: &Clause) -> Vec<bool> {
        let mut found: Vec<bool> =
            self.words.iter().map(|own| other.words.iter().any(|their| same_word(&own.word, &their.word))).collect();
        for i in 0..self.words.len() {
            let one = &self.words[i].word;
            found[i] |= other.words.windows(2).any(|two| compounded(one, &two[0].word, &two[1].word));
            if let Some(next) = self.words.get(i + 1)
                && other.words.iter().any(|whole| compounded(&whole.word, one, &next.word))
            {
                (found[i], found[i + 1]) = (true, true);
            }
        }
        found
    }
}

fn is_month(folded: &str) -> bool {
    table::name(Class::Month, folded).is_some()
}

/// `könsfördelningen` of `kön` and `fördelningen`.
fn compounded(whole: &str, first: &str, second: &str) -> bool {
    let rest = whole.strip_prefix(first);
    rest.is_some_and(|rest| same_word(rest, second) || rest.strip_prefix('s').is_some_and(|r| same_word(r, second)))
}

/// Whether a text has all the words of a name, also as the beginning of a compound (`Lotsverksamheten`).
pub fn names(name: &Naming, text: &Naming) -> bool {
    let has = |word: &String| text.words().iter().any(|own| belongs(word, own));
    !name.is_empty() && name.words().iter().all(has)
}

fn belongs(word: &str, text: &str) -> bool {
    let body = |rest: &str| table::name(Class::Counting, rest) == Some("body");
    same_word(word, text) || text.strip_prefix(word).is_some_and(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(text: &str) -> Clause {
        let mut clause = Clause::default();
        fold(text).split(' ').for_each(|word| clause.push(word, false));
        clause
    }

    fn agreement(one: &str, other: &str) -> (usize, usize, bool) {
        let Agreement { shared, extra, apart } = clause(one).agreement(&clause(other));
        (shared, extra, apart)
    }

    #[test]
    fn versions_of_a_clause_agree() {
        let skewed = "Könsfördelningen är något ojämn kvinnor";
        assert_eq!(agreement(skewed, "Kön fördelningen är ojämn kvinnor"), (3, 0, false));
        assert_eq!(
            agreement("Maximalt deltagare är inskrivna samtidigt", "maximalt deltagare ska vara inskrivna samtidigt"),
            (3, 0, false)
        );
        assert_eq!(
            agreement("deltagare har besökt olika gruppaktiviteter", "besök totalt har skett i gruppaktivitet"),
            (2, 0, false)
        );
    }

    #[test]
    fn what_tells_counts_apart_is_seen() {
        assert_eq!(agreement("deltagare registrerades i SUS", "nya deltagare registrerades i SUS"), (2, 1, true));
        assert_eq!(agreement("var inskrivna under året", "var inskrivna vid årets slut"), (1, 1, true));
        assert_eq!(agreement("kvinnor gick till arbete", "män gick till arbete").1, 2);
    }

    #[test]
    fn headings_of_sections_tell_nothing_apart() {
        for heading in ["Resultat", "Aktivitetsmål", "Mål och uppföljning", "Resultat 2023"] {
            assert!(is_section(heading) && !tells_apart(heading), "{heading}");
        }
        let name = Naming::of("Jobbtorget");
        let of = |heading: &str| is_section_of(heading, &name);
        assert!(of("1.2 Jobbtorget") && of("Resultat Jobbtorget 2023") && of("Uppföljning av Jobbtorget"));
        assert!(!of("Jobbtorget första halvåret") && !of("Jobbtorget i Piteå"));
        for heading in ["Kurs 1", "Kvinnor", "Hösten", "Piteå"] {
            assert!(!is_section(heading) && tells_apart(heading), "{heading}");
        }
    }

    #[test]
    fn names_are_found_in_compounds() {
        let within = |name: &str, text: &str| names(&Naming::of(name), &Naming::of(text));
        assert!(within("LOTS", "Uppföljning resultat Lotsverksamheten"));
        assert!(within("Arena Ungdom", "Resultat Arena ungdom 2019"));
        assert!(!within("Arena Ungdom", "Den nya Arenan"));
    }
}
