//! Label → concept: exact wording first, then the same words in another order, then misspellings.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use super::concept::Concept;
use super::table::{Class, ENTRIES};
use super::{abbreviated, fold, lookup, misspelt};
use crate::money::Money;

/// A concept that a label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub concept: Concept,
    /// Whether the wording is one that the table knows, and not only near to one.
    pub sure: bool,
}

/// What a label means in a table of a kind (`income-statement`, …), where the wordings say so.
pub fn concept(label: &str, kind: &str) -> Option<Match> {
    meaning(label, kind, true)
}

/// What a label means for sure: by a wording that the table knows.
pub fn sure_concept(label: &str, kind: &str) -> Option<Concept> {
    meaning(label, kind, false).map(|found| found.concept)
}

fn meaning(label: &str, kind: &str, guess: bool) -> Option<Match> {
    let forms = Forms::of(label);
    let exact = || forms.exact.iter().find_map(|wordings| bound_first(wordings, kind));
    let same_words = || forms.same_words.iter().find_map(|wordings| one(wordings.iter().copied(), kind));
    let sure = exact().or_else(same_words).map(|concept| Match { concept, sure: true });
    let unsure = || {
        let texts = || forms.texts.iter().map(String::as_str);
        let near = texts().find_map(|text| misspelt(text, kind));
        near.or_else(|| texts().find_map(|text| abbreviated(text, kind))).or_else(|| member(&forms.folded, kind))
    };
    sure.or_else(|| guess.then(unsure).flatten().map(|concept| Match { concept, sure: false }))
}

/// A label as it may be compared with wordings, whatever the kind of its table.
struct Forms {
    folded: String,
    texts: Vec<String>,
    /// For each of the texts that is a wording, those that it is.
    exact: Vec<&'static [&'static Wording]>,
    /// The same, the words in any order.
    same_words: Vec<&'static [&'static Wording]>,
}

thread_local! {
    /// A label is asked about for one kind of table after the other, and stands in one book as in the next.
    static FORMS: RefCell<HashMap<String, Rc<Forms>>> = RefCell::default();
}

/// A folder of large sheets has no end of labels.
const MOST_REMEMBERED: usize = 10_000;

impl Forms {
    fn of(label: &str) -> Rc<Forms> {
        FORMS.with_borrow_mut(|known| match known.get(label) {
            Some(forms) => forms.clone(),
            None => {
                let forms = Rc::new(Forms::new(label));
                if known.len() < MOST_REMEMBERED {
                    known.insert(label.to_string(), forms.clone());
                }
                forms
            }
        })
    }

    fn new(label: &str) -> Forms {
        let folded = fold(label);
        let bare = strip(&folded);
        let outside = outside_parentheses(label).map(|text| strip(&fold(&text)));
        // Whatever the word for a total, and wherever it stands: `Tot. tillgångar`, `Tillgångar totalt`.
        let total = says_total(label).then(|| format!("summa {bare}"));
        let texts = [Some(folded.clone()), total, Some(bare), outside];
        let texts: Vec<String> = texts.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        let exact = texts.iter().filter_map(|text| EXACT.get(text.as_str())).map(Vec::as_slice).collect();
        let bags = texts.iter().map(|text| bag(text)).filter(|words| words.len() >= 2);
        let same_words = bags.filter_map(|words| BY_WORDS.get(words.as_slice())).map(Vec::as_slice).collect();
        Forms { folded, texts, exact, same_words }
    }
}

/// A label without what it has in parentheses: `Årets resultat (förändring av eget kapital)`.
fn outside_parentheses(label: &str) -> Option<String> {
    let (start, end) = (label.find('(')?, label.rfind(')')?);
    (start < end).then(|| format!("{}{}", &label[..start], &label[end + 1..]))
}

/// Who pays, where a line of a note or a budget names a member (`Driftbidrag från Luleå kommun`).
fn member(folded: &str, kind: &str) -> Option<Concept> {
    if !matches!(kind, "note" | "budget" | "income-statement" | "other") {
        return None;
    }
    let padded = format!(" {folded} ");
    // `Västra Götalandsregionen` ends with the word.
    let compound = |wording: &str| wording.len() > 6 && padded.contains(&format!("{wording} "));
    let slip = |wording: &str| {
        wording.chars().count() >= 6 && folded.split(' ').any(|word| misspelt::Meant::of(word).may_be(wording))
    };
    let named = |wording: &str| padded.contains(&format!(" {wording} ")) || compound(wording) || slip(wording);
    let mut entries = ENTRIES.iter().filter(|entry| entry.class == Class::Member);
    entries.find(|entry| named(entry.wording)).and_then(|entry| Concept::of_code(entry.name))
}

struct Wording {
    folded: String,
    words: Vec<String>,
    in_order: Vec<String>,
    concept: Concept,
    kinds: &'static str,
}

static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    ENTRIES
        .iter()
        .filter(|entry| entry.class == Class::Concept)
        .filter_map(|entry| {
            let folded = fold(entry.wording);
            let concept = Concept::of_code(entry.name)?;
            let in_order = meaningful(&folded).into_iter().map(str::to_string).collect();
            Some(Wording { words: bag(&folded), in_order, folded, concept, kinds: entry.kinds })
        })
        .collect()
});

static EXACT: LazyLock<HashMap<&'static str, Vec<&'static Wording>>> = LazyLock::new(|| {
    let mut index: HashMap<&str, Vec<&Wording>> = HashMap::new();
    for wording in WORDINGS.iter() {
        index.entry(&wording.folded).or_default().push(wording);
    }
    index
});

static BY_WORDS: LazyLock<HashMap<&'static [String], Vec<&'static Wording>>> = LazyLock::new(|| {
    let mut index: HashMap<&[String], Vec<&Wording>> = HashMap::new();
    for wording in WORDINGS.iter() {
        index.entry(&wording.words).or_default().push(wording);
    }
    index
});

impl Wording {
    fn is_for(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.split(',').any(|k| k == kind)
    }
}

/// A wording bound to this kind of table says more than a general one.
fn bound_first(wordings: &[&Wording], kind: &str) -> Option<Concept> {
    let bound = wordings.iter().find(|wording| !wording.kinds.is_empty() && wording.is_for(kind));
    bound.or_else(|| wordings.iter().find(|wording| wording.kinds.is_empty())).map(|wording| wording.concept)
}

/// A wording that differs by slips of the pen only.
fn misspelt(text: &str, kind: &str) -> Option<Concept> {
    let words = meaningful(text);
    if text.chars().count() < 6 || !misspelt::has_unknown(&words) {
        return None;
    }
    let meant: Vec<misspelt::Meant> = words.iter().map(|word| misspelt::Meant::of(word)).collect();
    only(kind, |wording| misspelt::is_misspelt(&meant, &wording.in_order))
}

/// A wording that has words cut short.
fn abbreviated(text: &str, kind: &str) -> Option<Concept> {
    let words = meaningful(text);
    if words.len() < 2 || !misspelt::has_unknown(&words) {
        return None;
    }
    only(kind, |wording| abbreviated::is_abbreviated(&words, &wording.in_order))
}

/// The concept that all fitting wordings have; those that are bound to the kind of table come first.
fn only(kind: &str, fits: impl Fn(&Wording) -> bool) -> Option<Concept> {
    // Few fit, many are for the kind.
    let fitting: Vec<&Wording> = WORDINGS.iter().filter(|wording| fits(wording)).collect();
    let bound = |wording: &&Wording| !wording.kinds.is_empty();
    one(fitting.iter().copied().filter(bound), kind).or_else(|| one(fitting.iter().copied(), kind))
}

/// The only concept there is among several wordings of a kind of table.
fn one<'w>(wordings: impl Iterator<Item = &'w Wording>, kind: &str) -> Option<Concept> {
    let mut concepts = wordings.filter(|wording| wording.is_for(kind)).map(|wording| wording.concept);
    let first = concepts.next()?;
    concepts.all(|concept| concept == first).then_some(first)
}

/// Whether two names are of one insats: the same but for a word that says little (`Övriga strukturella insatser`).
pub fn same_activity(a: &str, b: &str) -> bool {
    let (a, b) = (activity(&fold(a)), activity(&fold(b)));
    a.is_some() && a == b
}

/// What names an insats in a folded label: its words but those that say little.
pub fn activity(wording: &str) -> Option<Vec<String>> {
    const LITTLE: [&str; 7] = ["övriga", "övrigt", "projekt", "projektet", "insats", "insatsen", "diverse"];
    let mut words = bag(wording);
    words.retain(|word| !LITTLE.contains(&word.as_str()));
    words.iter().any(|word| word.len() > 3).then_some(words)
}

/// The words of a folded text, without those that carry nothing.
fn meaningful(folded: &str) -> Vec<&str> {
    const EMPTY: [&str; 16] =
        ["och", "o", "av", "för", "från", "den", "det", "i", "m", "mm", "till", "samt", "+", "de", "en", "m.m"];
    folded.split(' ').filter(|word| !EMPTY.contains(word)).collect()
}

/// The same words in an order of their own.
fn bag(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = meaningful(folded).into_iter().map(str::to_string).collect();
    words.sort_unstable();
    words
}

/// The percentage that a label carries (`Luleå kommun 62%`).
pub fn percentage(label: &str) -> Option<Money> {
    let before = label[..label.find('%')?].trim_end();
    let digits = before.rfind(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).map_or(0, |at| at + 1);
    let digits = before.get(digits..).or_else(|| before.get(digits + 1..))?;
    Money::parse(&digits.replace(',', "."))
}

/// Without what a label often carries beside its wording: a leading number or total word, a trailing note
/// reference, a unit, percentages and years.
pub fn strip(folded: &str) -> String {
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && (is_number(words[0]) || is_total_word(words[0])) {
        words.remove(0);
    }
    if words.len() > 2 && words[0] == "s" && words[1] == "a" {
        words.drain(..2);
    }
    if let Some(at) = words.iter().rposition(|word| *word == "not" || *word == "noter")
        && at > 0
        && words[at + 1..].iter().all(|word| is_number(word))
    {
        words.truncate(at);
    }
    words.retain(|word| !word.ends_with('%') && !is_year(word));
    let carried = |word: &&str| is_number(word) || is_total_word(word) || *word == "+";
    while words.len() > 1 && words.last().is_some_and(|word| carried(word) || lookup(Class::Unit, word).is_some()) {
        words.pop();
        if words.len() > 1 && words.last() == Some(&"i") {
            words.pop();
        }
    }
    words.join(" ")
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && is_number(word) && matches!(&word[..2], "19" | "20")
}

/// A word for a total, misspelt or not, whatever says of how much it is one (`Delsumma`, `Subsubtotalt`).
fn is_total_word(word: &str) -> bool {
    const LEVELS: [&str; 6] = ["sub", "del", "mellan", "slut", "total", "huvud"];
    let known = |word: &str| matches!(lookup(Class::Total, word), Some("total" | "subtotal"));
    if known(word) {
        return true;
    }
    if let Some(rest) = LEVELS.iter().find_map(|level| word.strip_prefix(level)).filter(|rest| !rest.is_empty()) {
        return is_total_word(rest);
    }
    // Shorter words are a slip away from too many others.
    word.chars().count() >= 4 && misspelt::is_meant(word, &["summa", "sum", "total", "totalt", "totala"])
}

/// Whether a label says that its row adds others.
pub fn says_total(label: &str) -> bool {
    let folded = fold(label);
    // Some number their rows: `12 Summa kostnader`.
    let mut words = folded.split(' ').skip_while(|word| is_number(word));
    match (words.next(), words.next()) {
        (Some("s"), Some("a")) => true,
        (Some(first), _) if is_total_word(first) => true,
        _ => folded.split(' ').next_back().is_some_and(is_total_word),
    }
}

/// Whether a label says that its row is a share of something: `Andel insatser av kostnaderna`.
pub fn says_share(label: &str) -> bool {
    fold(label).split(' ').next().is_some_and(|word| lookup(Class::Measure, word) == Some("share"))
}

/// How many of a total's words another label has too, whatever they say of adding.
pub fn words_of_total_in(label: &str, total: &str) -> usize {
    let (label, total) = (fold(label), strip(&fold(total)));
    total.split(' ').filter(|word| label.split(' ').any(|other| other == *word)).count()
}

/// The unit that a label ends with: `Årets resultat, tkr`, `Eget kapital (mkr)`.
pub fn unit_at_end(label: &str) -> Option<&'static str> {
    let folded = fold(label);
    let (rest, last) = folded.rsplit_once(' ')?;
    // `Över 100 kr` tells an amount.
    let counted = rest.rsplit(' ').next().is_some_and(is_number);
    lookup(Class::Unit, last).filter(|_| !counted)
}

/// How many levels below the total of the whole a total stands by its word: none for `Summa`, one for `Delsumma`, two
/// for `Subsubtotalt`; `None` where the label does not say that its row adds.
pub fn total_level(label: &str) -> Option<u8> {
    let folded = fold(label);
    let totals = folded.split(' ').filter(|word| is_total_word(word));
    says_total(label).then(|| totals.map(levels_below).max().unwrap_or(0))
}

fn levels_below(word: &str) -> u8 {
    const BELOW: [&str; 3] = ["sub", "del", "mellan"];
    BELOW.iter().find_map(|level| word.strip_prefix(level)).map_or(0, |rest| 1 + levels_below(rest))
}

/// Whether a heading says that its figures are so much for each of something: `Kostnad per deltagare`, `Kr/månad`.
pub fn says_rate(heading: &str) -> bool {
    heading.contains('/') || fold(heading).split(' ').any(|word| lookup(Class::Rate, word).is_some())
}

/// Whether a label says that its row is a part of the one above (`varav`, `därav`).
pub fn says_of_which(label: &str) -> bool {
    fold(label).split(' ').next().is_some_and(|first| lookup(Class::OfWhich, first).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(label: &str, kind: &str) -> &'static str {
        concept(label, kind).map_or("-", |found| found.concept.code())
    }

    #[test]
    fn a_total_tells_its_level() {
        let level = |label| total_level(label);
        assert_eq!(level("Subsubtotalt"), Some(2));
        assert_eq!(level("Subtotal"), Some(1));
        assert_eq!(level("Delsumma intäkter"), Some(1));
        assert_eq!(level("Summa delprojekt"), Some(0));
        assert_eq!(level("Subventioner"), None);
    }

    #[test]
    fn a_label_may_end_with_its_unit() {
        let cases = [
            ("Årets resultat, tkr", Some("tkr")),
            ("Eget kapital (mkr)", Some("mkr")),
            ("Intäkter i kr", Some("kr")),
            ("Inköp under 5 000 kr", None),
            ("Kronor", None),
        ];
        for (label, unit) in cases {
            assert_eq!(unit_at_end(label), unit, "{label}");
        }
        assert_eq!(code("Intäkter i tkr", "multi-year"), code("Intäkter", "multi-year"));
        assert_eq!(code("Eget kapital (mkr)", "multi-year"), "equity");
    }

    #[test]
    fn wordings_of_real_statements_are_understood() {
        let cases = [
            ("Verksamhetens Intäkter (not 1)", "income-statement", "operating-income"),
            ("SUMMA ERHÅLLNA BIDRAG", "budget", "operating-income"),
            ("1. MEDEL FRÅN DEN LÖPANDE VERKSAMHETEN", "cash-flow", "operating-cash-flow"),
            ("Ökning(-)/minskning(+) kortfristiga fordringar", "cash-flow", "change-in-receivables"),
            ("+/- Minskning/ökning kortfristiga fordringar", "cash-flow", "change-in-receivables"),
            ("Resultat efter finasiella poster", "income-statement", "result-after-financial"),
            ("Bank och kassa", "balance-sheet", "cash-and-bank"),
            ("Summa oms.tillgångar", "balance-sheet", "current-assets"),
            ("Uppl. kostn. o förutbet. intäkter", "balance-sheet", "accrued-expenses"),
            ("Verks. kostnader", "income-statement", "operating-costs"),
            ("Långfristiga skulder", "balance-sheet", "long-term-liabilities"),
            ("Nettokostnad", "summary", "operating-costs"),
            ("Nettokostnad", "income-statement", "net-costs"),
            ("Summa tillgångar:", "balance-sheet", "total-assets"),
            ("Årets resultat 2019", "note", "result"),
            ("Driftbidrag från Luleå kommun", "note", "contribution-municipality"),
            ("Medfinansiering insats Luleå kommun", "note", "cofinancing"),
            ("Försäkringskassan/Arbetsförmedlingen", "budget", "contribution-state"),
            ("Rehabteam 30+", "activities", "-"),
            ("Momsfordran 2017", "note", "-"),
        ];
        for (label, kind, expected) in cases {
            assert_eq!(code(label, kind), expected, "{label}");
        }
    }

    #[test]
    fn totals_and_parts_say_so() {
        assert!(
            says_total("Summa")
                && says_total("S:a kostnader")
                && says_total("Kostnader totalt")
                && says_total("TOTALT")
        );
        assert!(!says_total("Årets resultat"));
        assert!(says_of_which("- varav årets resultat"));
    }
}
