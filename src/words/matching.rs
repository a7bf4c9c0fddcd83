//! Label → concept: exact wording first, then the same words in another order, then misspellings.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::concept::Concept;
use super::misspelt::{self, Meant};
use super::table::{self, Class};
use super::vocabulary::{self, EMPTY, Wording, meaningful};
use super::{abbreviated, fold, folded};
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

/// Whether a label is a wording that the table knows, for whatever kind of table.
pub fn is_wording(label: &str) -> bool {
    let forms = Forms::of(label);
    !forms.sure.get_or_init(|| Sure::of(label, &forms)).exact.is_empty()
}

fn meaning(label: &str, kind: &str, guess: bool) -> Option<Match> {
    let forms = Forms::of(label);
    let kinds = vocabulary::kinds(kind);
    let Sure { texts, exact, same_words } = forms.sure.get_or_init(|| Sure::of(label, &forms));
    let exact = || exact.iter().find_map(|wordings| bound_first(wordings, kinds));
    let same_words = || same_words.iter().find_map(|wordings| one(wordings.iter().copied(), kinds));
    let sure = exact().or_else(same_words).map(|concept| Match { concept, sure: true });
    let unsure = || {
        let Unsure { near, member } = forms.unsure.get_or_init(|| Unsure::of(texts, &forms.folded));
        let member = member.filter(|_| matches!(kind, "note" | "budget" | "income-statement" | "other"));
        near.iter().find_map(|wordings| only(wordings, kinds)).or(member)
    };
    sure.or_else(|| guess.then(unsure).flatten().map(|concept| Match { concept, sure: false }))
}

/// A label as it may be compared with wordings, whatever the kind of its table.
struct Forms {
    folded: Rc<str>,
    /// Whether it says that its row adds others.
    total: bool,
    sure: OnceCell<Sure>,
    /// Looked up where a table of some kind has no wording for it.
    unsure: OnceCell<Unsure>,
}

/// The wordings that a label is.
struct Sure {
    texts: Vec<String>,
    /// For each of the texts that is a wording, those that it is.
    exact: Vec<Vec<&'static Wording>>,
    /// The same, the words in any order.
    same_words: Vec<Vec<&'static Wording>>,
}

/// What a label may be that no wording is.
struct Unsure {
    /// For each of its texts the wordings that differ by slips of the pen only, then those that it cuts short.
    near: Vec<Vec<&'static Wording>>,
    member: Option<Concept>,
}

thread_local! {
    /// A label is asked about for one kind of table after the other, and stands in one book as in the next.
    static FORMS: RefCell<FxHashMap<String, Rc<Forms>>> = RefCell::default();
}

/// A folder of large sheets has no end of labels.
const MOST_REMEMBERED: usize = 10_000;

impl Forms {
    fn of(label: &str) -> Rc<Forms> {
        FORMS.with_borrow_mut(|known| match known.get(label) {
            Some(forms) => forms.clone(),
            None => {
                let folded = folded(label);
                let total = is_total(&folded);
                let forms = Rc::new(Forms { folded, total, sure: OnceCell::new(), unsure: OnceCell::new() });
                if known.len() < MOST_REMEMBERED {
                    known.insert(label.to_string(), forms.clone());
                }
                forms
            }
        })
    }
}

impl Sure {
    fn of(label: &str, forms: &Forms) -> Sure {
        let bare = strip(&forms.folded);
        let outside = outside_parentheses(label).map(|text| strip(&fold(&text)));
        // Whatever the word for a total, and wherever it stands: `Tot. tillgångar`, `Tillgångar totalt`.
        let total = forms.total.then(|| format!("summa {bare}"));
        let mut texts: Vec<String> = Vec::with_capacity(4);
        for text in [Some(forms.folded.to_string()), total, Some(bare), outside].into_iter().flatten() {
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        let some = |wordings: Vec<&'static Wording>| Some(wordings).filter(|wordings| !wordings.is_empty());
        let exact = texts.iter().filter_map(|text| some(vocabulary::exact(text).collect())).collect();
        let same_words = texts.iter().filter_map(|text| some(vocabulary::same_words(text))).collect();
        Sure { texts, exact, same_words }
    }
}

impl Unsure {
    fn of(texts: &[String], folded: &str) -> Unsure {
        // `Kassaflöde fråån investeringsverksamheten`: a slip in a word that carries nothing says nothing.
        let carries = |word: &&str| !misspelt::is_meant(word, &EMPTY);
        let unknown = |text: &&String| text.split(' ').any(|word| !misspelt::is_known(word));
        let words = texts.iter().filter(unknown).map(|text| (text, meaningful(text).filter(carries).collect()));
        let words: Vec<(&String, Vec<&str>)> = words.collect();
        let slips = words.iter().filter(|(text, _)| text.chars().count() >= 6).map(|(_, words)| misspelt(words));
        let cut = words.iter().filter(|(_, words)| words.len() >= 2).map(|(_, words)| abbreviated(words));
        Unsure { near: slips.chain(cut).filter(|near| !near.is_empty()).collect(), member: member(folded) }
    }
}

/// A label without what it has in parentheses: `Årets resultat (förändring av eget kapital)`.
fn outside_parentheses(label: &str) -> Option<String> {
    let (start, end) = (label.find('(')?, label.rfind(')')?);
    (start < end).then(|| format!("{}{}", &label[..start], &label[end + 1..]))
}

/// Who pays, where a label names a member (`Driftbidrag från Luleå kommun`).
fn member(folded: &str) -> Option<Concept> {
    // A known word is meant for itself alone.
    let meant: Vec<Meant> = folded.split(' ').filter(|word| !misspelt::is_known(word)).map(Meant::of).collect();
    let ends = memchr::memchr_iter(b' ', folded.as_bytes()).chain([folded.len()]);
    let begun: Vec<&str> = ends.map(|end| &folded[..end]).collect();
    let named = |wording: &str| {
        begun.iter().any(|begun| {
            let before = begun.strip_suffix(wording);
            // `Västra Götalandsregionen` ends with the word.
            before.is_some_and(|before| wording.len() > 6 || before.is_empty() || before.ends_with(' '))
        })
    };
    let slip = |wording: &str| wording.chars().count() >= 6 && meant.iter().any(|meant| meant.may_be(wording));
    let mut members = table::of(Class::Member).iter();
    members
        .find(|entry| named(entry.wording()) || slip(entry.wording()))
        .and_then(|entry| Concept::of_code(entry.name()))
}

/// A wording bound to this kind of table says more than a general one.
fn bound_first(wordings: &[&Wording], kinds: u32) -> Option<Concept> {
    let bound = wordings.iter().find(|wording| !wording.is_general() && wording.is_for(kinds));
    bound.or_else(|| wordings.iter().find(|wording| wording.is_general())).map(|wording| wording.concept)
}

/// The wordings that differ from a text by slips of the pen only.
fn misspelt(words: &[&str]) -> Vec<&'static Wording> {
    let meant: Vec<Meant> = words.iter().map(|word| Meant::of(word)).collect();
    let Some(first) = meant.first() else { return Vec::new() };
    let begun = first.all().flat_map(vocabulary::begun_with);
    begun.filter(|wording| misspelt::is_misspelt(&meant, wording.words())).collect()
}

/// The wordings that a text has with words cut short.
fn abbreviated(words: &[&str]) -> Vec<&'static Wording> {
    let fits = |wording: &&Wording| abbreviated::is_abbreviated(words, &wording.words().collect::<Vec<_>>());
    match words.first() {
        Some(first) if abbreviated::may_be_cut(first) => vocabulary::begun_like(first).filter(fits).collect(),
        Some(first) => vocabulary::begun_with(first).filter(fits).collect(),
        None => Vec::new(),
    }
}

/// The concept that all fitting wordings have; those that are bound to the kind of table come first.
fn only(fitting: &[&Wording], kinds: u32) -> Option<Concept> {
    let bound = fitting.iter().copied().filter(|wording| !wording.is_general());
    one(bound, kinds).or_else(|| one(fitting.iter().copied(), kinds))
}

/// The only concept there is among several wordings of a kind of table.
fn one<'w>(wordings: impl Iterator<Item = &'w Wording>, kinds: u32) -> Option<Concept> {
    let mut concepts = wordings.filter(|wording| wording.is_for(kinds)).map(|wording| wording.concept);
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
    let mut words: Vec<String> =
        meaningful(wording).filter(|word| !LITTLE.contains(word)).map(str::to_string).collect();
    words.sort_unstable();
    words.iter().any(|word| word.len() > 3).then_some(words)
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
    while words.len() > 1 && words.last().is_some_and(|word| carried(word) || table::name(Class::Unit, word).is_some())
    {
        words.pop();
        if words.len() > 1 && words.last() == Some(&"i") {
            words.pop();
        }
    }
    words.join(" ")
}

pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && is_number(word) && matches!(&word[..2], "19" | "20")
}

/// A word for a total, misspelt or not, whatever says of how much it is one (`Delsumma`, `Subsubtotalt`).
fn is_total_word(word: &str) -> bool {
    const LEVELS: [&str; 6] = ["sub", "del", "mellan", "slut", "total", "huvud"];
    if matches!(table::name(Class::Total, word), Some("total" | "subtotal")) {
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
    Forms::of(label).total
}

fn is_total(folded: &str) -> bool {
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
    folded(label).split(' ').next().is_some_and(|word| table::name(Class::Measure, word) == Some("share"))
}

/// Whether a label says that its row is given in per cent: `Soliditet, %`, `Aktualiseringsgrad i procent`. A figure before
/// the sign tells a rate, and the row is an amount: `Utgående moms 25 %`.
pub fn says_per_cent(label: &str) -> bool {
    let bare = label.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let word = bare.rsplit(|c: char| c.is_whitespace() || matches!(c, ',' | '(')).next().unwrap_or_default();
    let before = bare[..bare.len() - word.len()].trim_end();
    let named = word == "%" || table::name(Class::Measure, &folded(word)) == Some("share");
    named && !before.is_empty() && !before.ends_with(|c: char| c.is_ascii_digit())
}

/// How many of a total's words another label has too, whatever they say of adding.
pub fn words_of_total_in(label: &str, total: &str) -> usize {
    let (label, total) = (folded(label), strip(&folded(total)));
    total.split(' ').filter(|word| label.split(' ').any(|other| other == *word)).count()
}

/// The unit that a label ends with: `Årets resultat, tkr`, `Eget kapital (mkr)`.
pub fn unit_at_end(label: &str) -> Option<&'static str> {
    let folded = folded(label);
    let (rest, last) = folded.rsplit_once(' ')?;
    // `Över 100 kr` tells an amount.
    let counted = rest.rsplit(' ').next().is_some_and(is_number);
    table::name(Class::Unit, last).filter(|_| !counted)
}

/// How many levels below the total of the whole a total stands by its word: none for `Summa`, one for `Delsumma`, two
/// for `Subsubtotalt`; `None` where the label does not say that its row adds.
pub fn total_level(label: &str) -> Option<u8> {
    let folded = folded(label);
    let totals = folded.split(' ').filter(|word| is_total_word(word));
    says_total(label).then(|| totals.map(levels_below).max().unwrap_or(0))
}

fn levels_below(word: &str) -> u8 {
    const BELOW: [&str; 3] = ["sub", "del", "mellan"];
    BELOW.iter().find_map(|level| word.strip_prefix(level)).map_or(0, |rest| 1 + levels_below(rest))
}

/// Whether a heading says that its figures are so much for each of something: `Kostnad per deltagare`, `Kr/månad`.
pub fn says_rate(heading: &str) -> bool {
    heading.contains('/') || folded(heading).split(' ').any(|word| table::name(Class::Rate, word).is_some())
}

/// Whether a label says that its row repeats a figure to compare it: `Kontroll mot not`.
pub fn says_control(label: &str) -> bool {
    folded(label).split(' ').next().is_some_and(|word| table::name(Class::Control, word).is_some())
}

/// Whether a note's title says that it tells what the law asks for, to no line: `Upplysning om räkenskapsrevision`.
pub fn says_disclosure(title: &str) -> bool {
    folded(title).split(' ').next().is_some_and(|word| table::name(Class::Disclosure, word) == Some("disclosure"))
}

/// Whether a note's title tells of the audit, which costs what some line may cost too: `Kostnader för räkenskapsrevision`.
pub fn says_audit(title: &str) -> bool {
    folded(title).split(' ').any(|word| table::name(Class::Disclosure, word) == Some("audit"))
}

/// Whether a label is of the working capital: `Summa förändring av rörelsekapital`.
pub fn says_working_capital(label: &str) -> bool {
    folded(label).split(' ').any(|word| table::name(Class::Capital, word).is_some())
}

/// Whether a title says that its table goes on from the page before: `Not 2 forts.`
pub fn says_continued(title: &str) -> bool {
    folded(title).split(' ').any(|word| table::name(Class::Continued, word).is_some())
}

/// Whether a text names a body and its companies together: `Kommunkoncernen`, `Sammanställd redovisning`.
pub fn says_group(text: &str) -> bool {
    let groups = || table::of(Class::Group).iter();
    folded(text).split(' ').any(|word| groups().any(|group| word.contains(group.wording())))
}

#[cfg(test)]
mod tests;
