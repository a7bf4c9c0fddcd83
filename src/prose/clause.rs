//! A sentence → what it says of each of its amounts: of what, when, how exactly, and whether every word is understood.

use std::ops::Range;

use super::figures::{self, Figure, Mark, What};
use super::items::{Item, items};
use super::precision::Precision;
use super::told::{self, Base, Told};
use super::when::{self, When};
use crate::money::Amount;
use crate::period::{Date, Measure};
use crate::words::running::{self, Spoken, Word};
use crate::words::{Concept, Naming};

/// An amount and what its sentence says of it.
#[derive(Clone, Debug)]
pub struct Mention {
    pub figure: Figure,
    /// Where it stands in the sentence.
    pub range: Range<usize>,
    pub precision: Precision,
    pub told: Told,
    /// Everything that the sentence names by words of the statements.
    pub spoken: Vec<Spoken>,
    /// The same after the amount, as far as the clause goes.
    pub spoken_after: Vec<Spoken>,
    /// Who pays, where that is said (`från staten`).
    pub payer: Option<Concept>,
    /// The words before the amount that are no words of statements: perhaps a row's name.
    pub named: Naming,
    /// The same with the words of statements: perhaps a row's label.
    pub called: Naming,
    /// Some of `named` are not only the name of the body whose statements they are.
    pub limited: bool,
    /// The same after the amount, as far as the clause goes.
    pub named_after: Naming,
    /// All words of the sentence.
    pub sentence: Naming,
    /// Its own clause says of what it is.
    pub own: bool,
    /// It is what several that were told come to.
    pub together: bool,
    /// No amount stands before it in its sentence.
    pub first: bool,
    /// It stands in parentheses right after another amount.
    pub beside: bool,
    pub measure: Option<Measure>,
    pub when: When,
    /// It is of a body together with its companies, or of the body alone.
    pub group: Option<bool>,
    /// The text says that it is less than nothing, or more.
    pub sign: Option<bool>,
    /// No word casts doubt on that it is told as a fact.
    pub sure: bool,
    /// The same, and no word is unknown but those of `named`.
    pub plain: bool,
    /// The words of statements may as well be about something else.
    pub loose: bool,
    /// It is what something became (`till`), or what it was before (`från`).
    pub reach: Option<bool>,
    /// It is how much there was when the time began.
    pub opening: bool,
    /// The text speaks of the whole country.
    pub nation: bool,
    /// When it was, only a sentence before says.
    pub recalled: bool,
}

impl Mention {
    /// What an enumeration says once is said of all its amounts.
    fn inherit(&mut self, earlier: &Mention) {
        if self.when == When::Unsaid && !self.beside {
            let left = earlier.reach == Some(false) && self.reach == Some(true);
            self.when = if left { When::Now } else { earlier.when };
        }
        self.group = self.group.or(earlier.group);
        if self.spoken.is_empty() {
            self.spoken = earlier.spoken.iter().chain(&earlier.spoken_after).copied().collect();
            // 5 759 kr (-431 372 kr): of the same, but perhaps of another year.
            self.plain &= self.payer.is_some() || !self.named.is_empty();
        }
        self.nation |= earlier.nation;
    }

    /// A sentence that does not say when or of whom is most likely about the same as the sentence before it.
    pub fn recall(&mut self, when: When, group: Option<bool>) {
        self.group = self.group.or(group);
        if self.when == When::Unsaid && when != When::Unsaid && !self.beside {
            self.when = when;
            self.recalled = true;
        }
    }

    /// Under a heading with a year, the year is that one.
    pub fn head(&mut self, year: i32) {
        if matches!(self.when, When::Unsaid | When::Now) && !self.beside {
            self.when = When::Year(year);
            self.recalled = true;
        }
    }

    /// Whether it tells how much something is.
    pub fn is_level(&self) -> bool {
        self.told == Told::Level
    }

    /// What it is compared with, where it tells how far something is from that.
    pub fn base(&self) -> Option<Base> {
        if let Told::Change(base) = self.told { base } else { None }
    }
}

/// How many numbers without a unit a sentence may have.
const MOST_BARE: usize = 8;

/// What a sentence says of its amounts.
pub fn mentions(sentence: &str) -> Vec<Mention> {
    let mut marks = figures::read(sentence);
    let bare = |mark: &Mark| matches!(mark.what, What::Other | What::Amount(Figure { unit: None, .. }));
    if marks.iter().filter(|mark| bare(mark)).count() > MOST_BARE {
        // So many numbers without a unit are a table whose cells were torn apart.
        marks.iter_mut().filter(|mark| bare(mark)).for_each(|mark| mark.what = What::Other);
    }
    if !marks.iter().any(|mark| matches!(mark.what, What::Amount(_))) {
        return Vec::new();
    }
    let items = items(sentence, &marks);
    let whole = Naming::of(&plain_words(&items));
    let pays = items.iter().any(|item| item.does(Word::Pays) || matches!(item, Item::Spoken(Spoken::Allocation, ..)));
    let divides = items.iter().any(|item| item.does(Word::Divides));
    let context = Context { whole, pays, divides };
    let (mut start, mut last) = (0, None);
    let mut mentions = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let Item::Amount(figure, range) = item else { continue };
        let after = after(&items[i + 1..]);
        let mut mention = mention(*figure, range.clone(), &items[start..i], &items[i + 1..], &context);
        mention.first = mentions.is_empty();
        mention.beside = last.is_some_and(|last| told::beside(&items[last + 1..i]));
        mention.own &= !mention.beside;
        last = Some(i);
        if let Some(earlier) = mentions.last() {
            mention.inherit(earlier);
        }
        // An amount without a unit may be a number of anything; what follows it is still about the same.
        if figure.unit.is_some() {
            let leads_on = matches!(items.get(i + 1 + after.len()), Some(Item::Amount(..)));
            start = i + 1 + if leads_on { 0 } else { after.len() };
        }
        mentions.push(mention);
    }
    mentions
}

/// The first and the last day that a sentence names side by side (`2020-01-01 t.o.m. 2021-12-31`).
pub fn dates(sentence: &str) -> Option<(Date, Date)> {
    let marks = figures::read(sentence);
    let day = |mark: &Mark| if let What::Date(day) = mark.what { Some(day) } else { None };
    marks.windows(2).find_map(|pair| {
        let (from, to) = (day(&pair[0])?, day(&pair[1])?);
        let between = &sentence[pair[0].range.end..pair[1].range.start];
        (from < to && between.chars().count() <= 10).then_some((from, to))
    })
}

/// A percentage, and everything that its sentence names by words of the statements.
#[derive(Clone, Debug)]
pub struct Share {
    pub percent: Amount,
    pub spoken: Vec<Spoken>,
    pub when: When,
}

/// The percentage that a sentence ends in, where it has one: what it is `från` is what it was.
pub fn share(sentence: &str) -> Option<Share> {
    let marks = figures::read(sentence);
    if !marks.iter().any(|mark| matches!(mark.what, What::Percent(_))) {
        return None;
    }
    let items = items(sentence, &marks);
    let mut percents =
        items.iter().filter_map(|item| if let Item::Percent(amount) = item { Some(*amount) } else { None });
    let spoken = items.iter().filter_map(|item| if let Item::Spoken(spoken, ..) = item { Some(*spoken) } else { None });
    Some(Share { percent: percents.next_back()?, spoken: spoken.collect(), when: when::when(&items, &[]) })
}

/// What a whole sentence says.
struct Context {
    /// Its words that are none of the statements.
    whole: Naming,
    /// Of what somebody contributes.
    pays: bool,
    /// How something is divided: what an amount is of may stand after it.
    divides: bool,
}

fn mention(figure: Figure, range: Range<usize>, before: &[Item], following: &[Item], context: &Context) -> Mention {
    let after = after(following);
    // The last clause before the amount says what it is; the ones before may still say when.
    let boundary = |item: &Item| [Word::Boundary, Word::Against, Word::Which].iter().any(|&word| item.does(word));
    let opens = before.iter().rposition(boundary);
    let clause = opens.map_or(before, |i| &before[i + 1..]);
    // `Av kostnaderna avsåg 100 kr lokaler och 50 kr revision`.
    let names = |item: &Item| matches!(item, Item::Spoken(..)) || is_plain(item);
    let divided = context.divides && clause.iter().all(|item| !is_plain(item)) && after.iter().any(names);
    let subject = if divided { after } else { clause };
    let has = |items: &[Item], wanted: Word| items.iter().any(|item| item.does(wanted));
    let precision = before.iter().rev().take(2).find_map(|item| match item {
        Item::Word(_, Some(word)) => Precision::of(*word),
        _ => None,
    });
    let told = told::told(before, clause, tail(following));
    let payer = match after {
        [Item::Word(_, Some(Word::From)), Item::Word(payer, _), ..] => running::member(payer),
        _ => None,
    };
    // `Staten bidrog med 100 kr, regionen med 50 kr och kommunerna med 50 kr`.
    let paying = clause.iter().rposition(|item| member(item).is_some()).filter(|_| context.pays);
    let payer = payer.or_else(|| member(&clause[paying?]));
    let more = |i: usize| {
        is_plain(&subject[i]) && !is_of_change(subject, i) && !is_of_body(subject, i) && (divided || paying != Some(i))
    };
    let named_after = Naming::of(&plain_words(after));
    let named = Naming::of(&plain_words(subject));
    let followed = !named_after.is_empty() && payer.is_none() && !divided;
    let starts_anew = opens.is_some() && spoken(subject).is_empty() && named.is_empty();
    let of_which = opens.is_some_and(|i| before[i].does(Word::Which)) && named.is_empty() && payer.is_none();
    let whole_of_it = !of_which && !has(before, Word::Aside) && precision != Some(Precision::Bound);
    let sure = whole_of_it && !casts_doubt(clause) && !casts_doubt(after);
    let opening = has(clause, Word::Opening) || has(after, Word::Opening);
    let compares = has(clause, Word::Comparative) || has(after, Word::Comparative);
    let loose = subject.iter().any(|item| matches!(item, Item::Spoken(_, false, _)));
    let several = when::several(before);
    let reach = told::reach(before);
    let mut said = spoken(subject);
    if said.is_empty() {
        said = spoken(before);
    }
    Mention {
        figure,
        range,
        precision: precision.unwrap_or(Precision::Exact),
        told,
        spoken: said,
        spoken_after: spoken(after),
        payer,
        limited: (0..subject.len()).any(more),
        own: !named.is_empty() || !spoken(subject).is_empty() || payer.is_some(),
        named,
        called: Naming::of(&label(subject)),
        sentence: context.whole.clone(),
        together: has(before, Word::Together),
        first: false,
        beside: false,
        measure: measure(clause).or_else(|| measure(after)),
        when: if several {
            When::Unsaid
        } else {
            when::when(own_time(before), after).or_if_from(reach.filter(|_| has(before, Word::Change)))
        },
        group: group(before).or_else(|| group(after)).filter(|_| payer.is_none()),
        sign: clause.iter().rev().find_map(|item| match item {
            Item::Word(_, Some(Word::Negative)) => Some(false),
            Item::Word(_, Some(Word::Positive)) => Some(true),
            _ => None,
        }),
        sure,
        plain: sure && !opening && !compares && !followed && !starts_anew && !several,
        loose,
        reach,
        opening,
        named_after,
        nation: has(before, Word::Nation) || has(after, Word::Nation),
        recalled: false,
    }
}

/// The words that may say when it was: not those of what something before was compared with (`mot 2021 och är nu`).
fn own_time(before: &[Item]) -> &[Item] {
    let against = before.iter().rposition(|item| item.does(Word::Against)).unwrap_or(before.len());
    let goes_on = before[against..].iter().position(|item| item.does(Word::And));
    goes_on.map_or(before, |and| &before[against + and..])
}

/// Who pays, where a word names one.
fn member(item: &Item) -> Option<Concept> {
    if let Item::Word(word, None | Some(Word::Body | Word::People)) = item { running::member(word) } else { None }
}

fn spoken(items: &[Item]) -> Vec<Spoken> {
    let counted_in = |i: usize| i > 0 && items[i - 1].does(Word::After);
    let said = items.iter().enumerate().filter_map(|(i, item)| match item {
        Item::Spoken(spoken, ..) if !counted_in(i) => Some(*spoken),
        _ => None,
    });
    let mut spoken: Vec<Spoken> = said.collect();
    // `Årets resultat visar ett underskott på` says it twice.
    spoken.dedup();
    spoken
}

fn measure(items: &[Item]) -> Option<Measure> {
    items.iter().rev().find_map(|item| match item {
        Item::Word(_, Some(Word::Variance)) => Some(Measure::Variance),
        Item::Word(_, Some(Word::Budget)) => Some(Measure::Budget),
        Item::Word(_, Some(Word::Actual)) => Some(Measure::Actual),
        _ => None,
    })
}

/// Whether words are of a body together with its companies, or of it alone; `None` where they name both.
pub fn group(items: &[Item]) -> Option<bool> {
    let groups = |i: usize| items[i].does(Word::Group);
    // `Koncernen Göteborgs Stad` is one name.
    let bodies = |i: usize| items[i].does(Word::Body) && !(i.saturating_sub(2)..i).any(groups);
    let says = [(0..items.len()).any(groups), (0..items.len()).any(bodies)];
    (says[0] != says[1]).then_some(says[0])
}

/// Whether words make of an amount something else than a fact about the whole of what is named.
fn casts_doubt(items: &[Item]) -> bool {
    let casts =
        |word: Word| matches!(word, Word::Doubt | Word::Part | Word::Nation | Word::Bound | Word::People | Word::Aside);
    items.iter().any(|item| matches!(item, Item::Word(_, Some(word)) if casts(*word)))
}

/// What follows an amount in its own clause.
fn after(items: &[Item]) -> &[Item] {
    let ends = |item: &Item| {
        matches!(
            item,
            Item::Stop
                | Item::Open
                | Item::Amount(..)
                | Item::Word(
                    _,
                    Some(Word::Boundary | Word::Against | Word::Which | Word::That | Word::Part | Word::And)
                )
        )
    };
    &items[..items.iter().position(ends).unwrap_or(items.len())]
}

/// The same with what it is compared with.
fn tail(items: &[Item]) -> &[Item] {
    let ends = |item: &Item| {
        matches!(item, Item::Stop | Item::Amount(..) | Item::Word(_, Some(Word::Which | Word::Part | Word::And)))
    };
    &items[..items.iter().position(ends).unwrap_or(items.len())]
}

/// The words that are neither of the statements nor such as only join.
fn plain_words(items: &[Item]) -> String {
    let words = items.iter().enumerate().filter(|(i, item)| is_plain(item) && !is_of_change(items, *i));
    let words = words.filter_map(|(_, item)| if let Item::Word(word, _) = item { Some(word.as_str()) } else { None });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a word only says what a change is like (`en väsentlig förbättring`).
fn is_of_change(items: &[Item], i: usize) -> bool {
    let change = items.get(i + 1).is_some_and(|next| next.does(Word::Change) || next.does(Word::Comparative));
    change && i > 0 && items[i - 1].does(Word::Article)
}

/// All words of a clause, those of the statements too: perhaps a row's label.
fn label(items: &[Item]) -> String {
    let words = items.iter().filter_map(|item| match item {
        Item::Spoken(.., words) => Some(words.as_str()),
        Item::Word(word, _) if is_plain(item) => Some(word.as_str()),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn is_plain(item: &Item) -> bool {
    let names = |word: Word| matches!(word, Word::People | Word::Part | Word::Body | Word::Group);
    matches!(item, Item::Word(_, word) if word.is_none_or(names))
}

/// Whether a word only says whose the statements are: `Luleå kommuns`.
fn is_of_body(items: &[Item], i: usize) -> bool {
    let body = |item: &Item| item.does(Word::Body) || item.does(Word::Group);
    body(&items[i]) || items.get(i + 1).is_some_and(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(sentence: &str) -> Mention {
        let found = mentions(sentence);
        assert_eq!(found.len(), 1, "{sentence}: {found:?}");
        found[0].clone()
    }

    #[test]
    fn plain_statements_are_understood_to_the_last_word() {
        let result = Spoken::Concept(Concept::Result);
        let costs = Spoken::Concept(Concept::OperatingCosts);
        let equity = Spoken::Concept(Concept::Equity);
        for (sentence, spoken, when) in [
            ("Årets resultat 2019 blev 5 759 kr vilket är en förbättring.", result, When::Year(2019)),
            ("De totala rörelsekostnaderna uppgår till 2 494 227 kr för 2019.", costs, When::Year(2019)),
            ("Det ackumulerade egna kapitalet uppgår till ca 100 000 kr.", equity, When::Unsaid),
            (
                "Vid 2019 års utgång hade förbundet ett ackumulerat överskott om 1 030 361 kr vilket är bra.",
                equity,
                When::Year(2019),
            ),
            (
                "Den totala medelstilldelningen för 2017 uppgår till 6 132 miljoner kronor varav",
                Spoken::Allocation,
                When::Year(2017),
            ),
        ] {
            let mention = only(sentence);
            assert!(mention.plain && !mention.limited && mention.is_level(), "{sentence}: {mention:?}");
            assert_eq!((mention.spoken.as_slice(), mention.when), ([spoken].as_slice(), when), "{sentence}");
        }
    }

    #[test]
    fn changes_goals_and_prices_are_no_levels() {
        for sentence in [
            "Kostnaderna har ökat med 400 000 kr.",
            "Förbundet får 30 000 kronor mindre i tilldelning 2020 än 2019.",
            "Insatsen kostar 500 kr per deltagare.",
        ] {
            assert!(!only(sentence).is_level(), "{sentence}");
        }
        for sentence in [
            "Målet är att kostnaderna blir 400 000 kr.",
            "Prognosen för årets resultat är 400 000 kr.",
            "Kostnaderna för lokaler uppgick till 400 000 kr för Arenan.",
        ] {
            let mention = only(sentence);
            assert!(!mention.plain || !mention.named.is_empty(), "{sentence}: {mention:?}");
        }
        let bidrag = &mentions("Bidragen har ökat från 2018 och uppgår till 2 000 000 kr.")[0];
        assert!(bidrag.is_level());
    }
}
