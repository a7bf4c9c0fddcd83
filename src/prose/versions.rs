//! Two places of the texts that say the same, almost word for word, but not the same figure.
//!
//! Places are compared where it is sure that they speak of the same: both of one insats, or in two sections that are
//! versions of one text, most of whose figures agree. A word that only one of them has and that says which are
//! counted (*nya*, *vid årets slut*, a name) makes them two things.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{Claim, Subject, claims};
use crate::book::Book;
use crate::money::Money;
use crate::words::counting::{self, Counted};

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
    let known: Vec<BTreeSet<usize>> = found.iter().map(|version| numbers(version).collect()).collect();
    let new = |version: &Version| !known.iter().any(|known| numbers(version).all(|number| known.contains(&number)));
    found.extend(of_sections(&claims).into_iter().filter(new));
    // The figures of one sentence that differ do so for one reason.
    let mut told = BTreeSet::new();
    let sentences = |version: &Version| version.places.iter().map(|claim| claim.sentence).collect::<Vec<usize>>();
    found.retain(|version| version.differ == Differ::Not || told.insert(sentences(version)));
    found
}

fn numbers(version: &Version) -> impl Iterator<Item = usize> {
    version.places.iter().map(|claim| claim.number)
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

/// Sections that tell the same figures in the same words are versions of one text: what differs in them is told in two
/// ways, whoever it is about.
fn of_sections(claims: &[Claim]) -> Vec<Version> {
    let mut equal: BTreeMap<(usize, usize), BTreeSet<Money>> = BTreeMap::new();
    let mut known: BTreeMap<(usize, Vec<&str>, Money), Vec<&Claim>> = BTreeMap::new();
    let telling = |claim: &&Claim| claim.value >= Money::from(NO_CHANCE) && !claim.clause.key().is_empty();
    // A heading of one word may be the name of an insats that no table has.
    let apart = |claim: &&Claim| claim.heading.as_deref().is_some_and(counting::tells_apart);
    for claim in claims.iter().filter(telling).filter(|claim| !apart(claim)) {
        let places = known.entry((claim.input, claim.clause.key(), claim.value)).or_default();
        for earlier in places.iter().filter(|earlier| earlier.section != claim.section) {
            equal.entry((earlier.section, claim.section)).or_default().insert(claim.value);
        }
        places.push(claim);
    }
    let versions = equal.into_iter().filter(|(_, equal)| equal.len() >= EVIDENCE).flat_map(|((one, other), _)| {
        let pairs = pairs(claims, one, other);
        let differ = pairs.iter().filter(|[one, other]| one.value != other.value).count();
        let kept = if 2 * differ < pairs.len() { pairs } else { Vec::new() };
        kept.into_iter().filter_map(|pair| version(pair.to_vec()))
    });
    versions.collect()
}

/// What two sections say in the same words: clauses that share several, and those beside them that share one.
fn pairs(claims: &[Claim], one: usize, other: usize) -> Vec<[&Claim; 2]> {
    let of = |section: usize| claims.iter().filter(move |claim| claim.section == section);
    let mut pairs: Vec<[&Claim; 2]> = Vec::new();
    let mut least = 2;
    loop {
        let before = pairs.len();
        for claim in of(one) {
            let free = |side: usize, claim: &Claim| !pairs.iter().any(|pair| pair[side].number == claim.number);
            let beside = |other: &Claim| least > 1 || pairs.iter().any(|pair| is_beside(pair, [claim, other]));
            let like = |other: &&Claim| {
                let agreement = claim.clause.agreement(&other.clause);
                (claim.subject, claim.counted) == (other.subject, other.counted)
                    && same_thing(claim, other)
                    && agreement.shared >= least
                    && 2 * agreement.extra <= agreement.shared
                    && !agreement.apart
                    && free(1, other)
                    && beside(other)
            };
            let nearest = of(other).filter(like).min_by_key(|other| other.value != claim.value);
            let nearest = nearest.filter(|_| free(0, claim));
            pairs.extend(nearest.map(|other| [claim, other]));
        }
        match pairs.len() > before {
            true => {}
            false if least > 1 => least -= 1,
            false => return pairs,
        }
    }
}

/// Whether two clauses stand in, or next to, the sentences of a pair, on both sides the same way.
fn is_beside(pair: &[&Claim; 2], new: [&Claim; 2]) -> bool {
    let [left, right] = [0, 1].map(|side| new[side].sentence as i64 - pair[side].sentence as i64);
    left == right && left.abs() <= 1
}

/// So many different figures told in the same words make two sections versions of one text.
const EVIDENCE: usize = 3;

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
