//! Two places of the texts that say the same, almost word for word, but not the same figure.
//!
//! Places are compared where it is sure that they speak of the same: both of one insats, or in two paragraphs that
//! are versions of one text, most of whose figures agree. A word that only one of them has and that says which are
//! counted (*nya*, *vid årets slut*, a name) makes them two things.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{Claim, Subject, claims};
use crate::book::Book;
use crate::money::Money;
use crate::words::counting::Counted;

/// What several places of the texts say of one count.
#[derive(Clone, Debug)]
pub struct Version {
    /// From the first place to the last.
    pub places: Vec<Claim>,
    pub differ: Differ,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differ {
    Not,
    /// Two figures are told.
    Figure,
    /// One figure is told, of persons and of visits.
    Counted,
}

/// Every count that the texts of a document tell in more than one place.
pub fn versions(book: &Book) -> Vec<Version> {
    let claims = claims(book);
    let mut found = of_one_insats(&claims);
    found.extend(of_paragraphs(&claims));
    let mut told = BTreeSet::new();
    let place = |claim: &Claim| (claim.input, claim.passage, claim.sentence);
    // The figures of one sentence that differ do so for one reason.
    found.retain(|version| {
        version.differ == Differ::Not || told.insert(version.places.iter().map(place).collect::<Vec<_>>())
    });
    found
}

/// Clauses about one insats that have the same words.
fn of_one_insats(claims: &[Claim]) -> Vec<Version> {
    let mut groups: Vec<Vec<&Claim>> = Vec::new();
    for claim in claims.iter().filter(|claim| matches!(claim.subject, Subject::Insats(_))) {
        let fits = |group: &&mut Vec<&Claim>| {
            let first = group[0];
            first.subject == claim.subject && same_thing(first, claim) && same_words(first, claim)
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(claim),
            None => groups.push(vec![claim]),
        }
    }
    // What stands under one heading with two figures is a list of several things.
    let listed = |group: &[&Claim], claim: &Claim| {
        group.iter().any(|other| other.heading == claim.heading && other.value != claim.value)
    };
    groups.retain(|group| {
        let apart = group.iter().any(|claim| claim.heading != group[0].heading);
        apart && !group.iter().any(|claim| listed(group, claim))
    });
    groups.into_iter().filter_map(version).collect()
}

/// Paragraphs that tell the same figures in the same words are versions of one text: what differs in them is told in
/// two ways, whoever it is about.
fn of_paragraphs(claims: &[Claim]) -> Vec<Version> {
    let mut equal: BTreeMap<(usize, usize), BTreeSet<Money>> = BTreeMap::new();
    let mut known: BTreeMap<(usize, Vec<&str>, Money), Vec<&Claim>> = BTreeMap::new();
    let telling = |claim: &&Claim| claim.value >= Money::from(NO_CHANCE) && !claim.clause.key().is_empty();
    for claim in claims.iter().filter(telling) {
        let places = known.entry((claim.input, claim.clause.key(), claim.value)).or_default();
        for earlier in places.iter().filter(|earlier| earlier.passage != claim.passage) {
            equal.entry((earlier.passage, claim.passage)).or_default().insert(claim.value);
        }
        places.push(claim);
    }
    let versions = equal.into_iter().filter(|(_, equal)| equal.len() >= EVIDENCE).flat_map(|((one, other), _)| {
        let pairs = pairs(claims, one, other);
        let differ = pairs.iter().filter(|[one, other]| one.value != other.value).count();
        let kept = if differ * MOST_PARTED <= pairs.len() { pairs } else { Vec::new() };
        kept.into_iter().filter_map(|pair| version(pair.to_vec()))
    });
    versions.collect()
}

/// What two paragraphs say in the same words, of no insats by name.
fn pairs(claims: &[Claim], one: usize, other: usize) -> Vec<[&Claim; 2]> {
    let of = |passage: usize| {
        claims.iter().filter(move |claim| claim.passage == passage && !matches!(claim.subject, Subject::Insats(_)))
    };
    let mut pairs: Vec<[&Claim; 2]> = Vec::new();
    for claim in of(one) {
        let free = |other: &&Claim| !pairs.iter().any(|[_, taken]| std::ptr::eq(*taken, *other));
        let like = |other: &&Claim| {
            (claim.subject, claim.counted) == (other.subject, other.counted)
                && same_thing(claim, other)
                && same_words(claim, other)
        };
        let likes = of(other).filter(free).filter(like);
        let nearest = likes.min_by_key(|other| other.value != claim.value);
        pairs.extend(nearest.map(|other| [claim, other]));
    }
    pairs
}

/// So many different figures told in the same words make two paragraphs versions of one text.
const EVIDENCE: usize = 3;

/// Of so many figures of theirs one may differ.
const MOST_PARTED: usize = 3;

/// Two counts of different things are seldom equal by chance when they are so large.
const NO_CHANCE: i64 = 10;

/// Whether two clauses have the same words. Where they share many and their figures are near, one may have a word more.
fn same_words(one: &Claim, other: &Claim) -> bool {
    const LEAST: usize = 2;
    const MANY: usize = 3;
    let agreement = one.clause.agreement(&other.clause);
    let extra = usize::from(agreement.shared >= MANY && within(one.value, other.value, 10));
    agreement.shared >= LEAST && agreement.extra <= extra && !agreement.apart
}

/// Whether two figures differ by no more than one part in so many of the larger, or by one.
fn within(one: Money, other: Money, parts: i64) -> bool {
    let apart = (one - other).abs();
    apart <= Money::ONE || apart * Money::from(parts) <= one.max(other)
}

/// Whether two claims may be of the same at the same time.
fn same_thing(one: &Claim, other: &Claim) -> bool {
    let kinds = (one.counted == Counted::Share) == (other.counted == Counted::Share);
    let dates = match (one.date, other.date) {
        (Some(one), Some(other)) => one == other,
        // What was so at the end of a year, a text tells of the year.
        (Some(date), None) | (None, Some(date)) => date.month == 12,
        (None, None) => true,
    };
    one.input == other.input && one.year == other.year && one.goal == other.goal && kinds && dates
}

/// What the places come to: one figure, or two that are near one another. More are a series of several things.
fn version(places: Vec<&Claim>) -> Option<Version> {
    let passages: BTreeSet<usize> = places.iter().map(|claim| claim.passage).collect();
    if passages.len() < 2 {
        return None;
    }
    let values: BTreeSet<Money> = places.iter().map(|claim| claim.value).collect();
    let values: Vec<Money> = values.into_iter().collect();
    let kinds = |kind: Counted| places.iter().any(|claim| claim.counted == kind);
    let mixed = kinds(Counted::Persons) && kinds(Counted::Occasions);
    let differ = match values.as_slice() {
        [value] if mixed && *value >= Money::from(NO_CHANCE) => Differ::Counted,
        [_] if !mixed => Differ::Not,
        [low, high] if !mixed && within(*low, *high, 2) => Differ::Figure,
        _ => return None,
    };
    Some(Version { places: places.into_iter().cloned().collect(), differ })
}
