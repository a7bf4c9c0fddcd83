//! Mentions → ties: which cell each amount of the running text repeats, and whether it does.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::candidates::{self, Around, Candidate, Strength, rank};
use super::clause::{self, Mention};
use super::linked;
use super::passages::{Passage, each_passage, sentences};
use super::peers;
use super::precision::last_step;
use super::rows::Rows;
use super::slips::digit_slip;
use super::when::When;
use crate::book::{Book, Spot};
use crate::finding::Slip;
use crate::grid::At;
use crate::money::{Closeness, Interval, Money, Unit};
use crate::words::running::Spoken;
use crate::words::{Concept, Naming};

/// An amount of a text and the cells that it speaks of.
#[derive(Clone, Debug)]
pub struct Tie {
    pub at: At,
    /// The figure as it stands in the text.
    pub quote: String,
    /// In its own unit.
    pub stated: Money,
    pub unit: Unit,
    /// In kronor, as exactly as the words mean it.
    pub interval: Interval,
    /// The cells; the text's figure is ±1 times what they come to.
    pub spots: Vec<Spot>,
    /// The cell that is taken from those, where the text tells how far apart two are.
    pub less: Option<Spot>,
    pub coefficient: i32,
    pub verdict: Verdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Agrees,
    /// The one figure is the other one, rounder.
    Rounded,
    /// The text calls a deficit what is a surplus, or the reverse.
    Sign,
    /// Off by a slip of one digit.
    Digit(Slip),
    /// Right with this unit.
    Unit(Unit),
    Differs,
    /// No förbund has so much money; there is no cell to compare with.
    Impossible,
}

/// The ties of a book, and what is tied to nothing.
#[derive(Clone, Debug, Default)]
pub struct Tied {
    pub ties: Vec<Tie>,
    /// Amounts that are tied to nothing: where, and as they stand in the text.
    pub untied: Vec<(At, String)>,
}

/// So many headings are kept in mind.
const MOST_KNOWN: usize = 1_000;

/// Ties the amounts of a book's texts to the cells that they speak of.
pub fn ties(book: &Book) -> Tied {
    // Most books have no text that tells an amount.
    let rows = LazyCell::new(|| Rows::of(book));
    let values = LazyCell::new(|| Values::of(book));
    let mut tied = Tied::default();
    // A heading stands over many texts: what it names, and whether that is an insats.
    let mut known: FxHashMap<&str, (Rc<Naming>, bool)> = FxHashMap::default();
    let mut of = 0;
    let mut open: Vec<(At, Mention, String)> = Vec::new();
    each_passage(book, |passage| {
        let mentions = mentions(&passage);
        if mentions.is_empty() {
            return;
        }
        let input = passage.input(book);
        if known.len() > MOST_KNOWN || of != input {
            (known, of) = (FxHashMap::default(), input);
        }
        let (mut headings, mut insats) = (Vec::new(), false);
        for heading in passage.headings.iter().filter(|heading| !heading.is_term()) {
            let text = heading.text;
            let (naming, is_insats) = known.entry(text).or_insert_with(|| {
                let naming = Naming::of(text);
                let is_insats = rows.is_insats(book, input, &naming);
                (Rc::new(naming), is_insats)
            });
            headings.push(naming.clone());
            insats |= *is_insats;
        }
        let year = rows.year(input);
        let body = rows.is_of_body(input);
        let around = Around { input, headings: &headings, year, insats, body };
        let each = || mentions.iter().map(|(_, mention)| mention);
        let single = |mention| tie(book, &rows, &values, mention, &around);
        let mut told: Vec<(&Mention, Option<Found>)> = each().map(|mention| (mention, single(mention))).collect();
        if !insats {
            linked::complete(book, &rows, &mut told, &around);
            peers::complete(book, &rows, input, &mut told);
        }
        let found: Vec<Option<Found>> = told.into_iter().map(|(_, found)| found).collect();
        for ((offset, mention), found) in mentions.into_iter().zip(found) {
            let at = passage.at(offset);
            let quote = quote(&passage, offset, &mention);
            match found {
                Some(found) => tied.ties.push(make(at, quote, &mention, found)),
                // A number without a unit may be no amount at all.
                None if mention.figure.unit.is_some() => open.push((at, mention, quote)),
                None => {}
            }
        }
    });
    tied.untied = by_elimination(book, open, &mut tied.ties);
    tied
}

/// The amounts of a passage, each with the byte at which it stands.
pub(super) fn mentions(passage: &Passage) -> Vec<(usize, Mention)> {
    let mut mentions: Vec<(usize, Mention)> = Vec::new();
    // Many passages tell no amount, and each heading stands over many.
    let headed = LazyCell::new(|| passage.headings.iter().find_map(|heading| heading.group()));
    let year = LazyCell::new(|| passage.headings.iter().find_map(|heading| heading.year()));
    for range in sentences(&passage.text) {
        let own = clause::mentions(&passage.text[range.clone()]);
        if own.is_empty() {
            continue;
        }
        let last = mentions.last().map(|(_, mention)| mention);
        let (when, group) = last.map_or_else(|| (When::Unsaid, *headed), |last| (last.when, last.group));
        for mut mention in own {
            mention.recall(when, group);
            year.into_iter().for_each(|year| mention.head(year));
            mentions.push((range.start + mention.range.start, mention));
        }
    }
    mentions
}

pub(super) fn quote(passage: &Passage, offset: usize, mention: &Mention) -> String {
    passage.text[offset..offset + mention.range.len()].to_string()
}

fn make(at: At, quote: String, mention: &Mention, found: Found) -> Tie {
    let Found { spots, less, coefficient, verdict } = found;
    let unit = mention.figure.unit.unwrap_or_default();
    let interval = mention.precision.interval(&mention.figure, unit);
    let (stated, interval) = match (verdict, mention.sign) {
        (Verdict::Sign, Some(positive)) => {
            let sign = Money::from(if positive { 1 } else { -1 });
            (sign * mention.figure.amount.value.abs(), Interval { middle: sign * interval.middle.abs(), ..interval })
        }
        _ => (mention.figure.amount.value, interval),
    };
    Tie { at, quote, stated, unit, interval, spots, less, coefficient, verdict }
}

/// The cells that an amount speaks of, and whether it says what they do.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub spots: Vec<Spot>,
    pub less: Option<Spot>,
    pub coefficient: i32,
    pub verdict: Verdict,
}

impl Found {
    fn new(spots: Vec<Spot>, coefficient: i32, verdict: Verdict) -> Found {
        Found { spots, less: None, coefficient, verdict }
    }
}

fn tie(book: &Book, rows: &Rows, values: &Values, mention: &Mention, around: &Around<'_>) -> Option<Found> {
    if !mention.is_level() || mention.figure.amount.value.is_zero() {
        return None;
    }
    let unit = mention.figure.unit.unwrap_or_default();
    let said = mention.precision.interval(&mention.figure, unit);
    let found = candidates::candidates(book, rows, mention, around);
    let valued: Vec<(&Candidate, Interval)> =
        found.iter().filter_map(|candidate| Some((candidate, candidate.value(book)?))).collect();
    let agrees = |value: Interval| compare(said, value).1 != Closeness::Off;
    if let Some((candidate, value)) = valued.iter().find(|(_, value)| agrees(*value) && !value.middle.is_zero()) {
        if turned(mention, candidate, said, *value) {
            return Some(Found::new(candidate.spots.clone(), 1, Verdict::Sign));
        }
        return Some(Found::new(candidate.spots.clone(), compare(said, *value).0, Verdict::Agrees));
    }
    if said.middle.significant() >= LONG
        && let Some(spot) = values.find(book, said.middle)
    {
        let value = book.interval(spot)?;
        return Some(Found::new(vec![spot], compare(said, value).0, Verdict::Agrees));
    }
    // An amount whose unit is not told says too little to be wrong.
    mention.figure.unit?;
    if let Some(found) = wrong_unit(mention, said, &valued) {
        return Some(found);
    }
    let firm =
        valued.iter().filter(|(candidate, value)| candidate.strength == Strength::Firm && !value.middle.is_zero());
    if let Some((candidate, value)) = firm.min_by_key(|(_, value)| compare(said, *value).2) {
        let (coefficient, _, apart) = compare(said, *value);
        let near =
            candidate.reach.is_none_or(|reach| apart * Money::from(1_000) <= value.middle.abs() * Money::from(reach));
        let verdict = verdict(mention, said, *value);
        let slip = matches!(verdict, Verdict::Digit(_)) && said.middle.significant() + 1 >= LONG;
        let now = mention.when.years(around.year) == When::Now.years(around.year);
        let sure = !mention.recalled || now || verdict == Verdict::Rounded;
        return ((near || slip) && sure).then(|| Found::new(candidate.spots.clone(), coefficient, verdict));
    }
    if let Some(found) = slipped(mention, said, &valued) {
        return Some(found);
    }
    impossible(mention, said).then(|| Found::new(Vec::new(), 1, Verdict::Impossible))
}

/// Whether the text tells of a surplus where the table has a deficit, or the reverse: only of the year's result, which
/// every table writes with the same sign.
fn turned(mention: &Mention, candidate: &Candidate, said: Interval, value: Interval) -> bool {
    let result = mention.spoken == [Spoken::Concept(Concept::Result)] && candidate.strength == Strength::Firm;
    let negative = match mention.sign {
        Some(positive) => !positive,
        None => said.middle.is_negative(),
    };
    let told = mention.sign.is_some() || said.middle.is_negative();
    result && !mention.recalled && told && negative != value.middle.is_negative()
}

/// So many digits do not agree by chance.
const LONG: usize = 5;

/// The sign that brings the value nearest to what is said, how near that is, and how far they are apart. Texts write
/// costs and deficits with and without a minus.
pub(super) fn compare(said: Interval, value: Interval) -> (i32, Closeness, Money) {
    let opposite = said.middle.is_negative() != value.middle.is_negative();
    let coefficient = if opposite { -1 } else { 1 };
    let turned = Interval::exact(Money::ZERO).plus(coefficient, value);
    (coefficient, said.closeness(turned), (said.middle - turned.middle).abs())
}

fn verdict(mention: &Mention, said: Interval, value: Interval) -> Verdict {
    let apart = compare(said, value).2;
    let unit = mention.figure.unit.unwrap_or_default();
    let step = mention.figure.amount.half_step() * Money::from(2) * unit.factor();
    let small = apart * Money::from(200) <= value.middle.abs();
    // Of two figures that are nearly the same, one with more zeros at its end is the other one rounded.
    let rounder = last_step(said.middle) != last_step(value.middle);
    let cut = unit != Unit::Kronor && apart < step;
    if (small && rounder) || cut {
        return Verdict::Rounded;
    }
    match digit_slip(said.middle, value.middle) {
        Some(slip) if value.middle.significant() >= 3 => Verdict::Digit(slip),
        _ => Verdict::Differs,
    }
}

/// How an amount differs from the value that it should be: in its unit, by a digit, or otherwise.
pub(super) fn judge(mention: &Mention, value: Interval) -> Verdict {
    let told = mention.figure.unit.unwrap_or_default();
    let right = |unit: &Unit| {
        compare(mention.precision.interval(&mention.figure, *unit), value).1 != Closeness::Off && *unit != told
    };
    let said = mention.precision.interval(&mention.figure, told);
    let unit = [Unit::Kronor, Unit::Thousands, Unit::Millions].into_iter().find(right);
    unit.map_or_else(|| verdict(mention, said, value), Verdict::Unit)
}

/// Right in another unit than the text says: `6 132 miljoner` for 6 132 tkr.
fn wrong_unit(mention: &Mention, said: Interval, valued: &[(&Candidate, Interval)]) -> Option<Found> {
    let told = mention.figure.unit?;
    let others = [Unit::Kronor, Unit::Thousands, Unit::Millions].into_iter().filter(|unit| *unit != told);
    for (candidate, value) in valued {
        // In a wrong unit the digits are nearly all that ties the two.
        let enough = if candidate.strength == Strength::Firm { 1 } else { 4 };
        if said.middle.significant() < enough || !mention.plain || mention.loose {
            continue;
        }
        for unit in others.clone() {
            let other = mention.precision.interval(&mention.figure, unit);
            let (coefficient, closeness, _) = compare(other, *value);
            if closeness != Closeness::Off {
                return Some(Found::new(candidate.spots.clone(), coefficient, Verdict::Unit(unit)));
            }
        }
    }
    None
}

/// One digit off from the only cell that the words touch on.
fn slipped(mention: &Mention, said: Interval, valued: &[(&Candidate, Interval)]) -> Option<Found> {
    if said.middle.significant() < LONG || !mention.plain || mention.loose {
        return None;
    }
    let mut near = valued.iter().filter_map(|(candidate, value)| {
        let slip = digit_slip(said.middle, value.middle).filter(|_| value.middle.significant() >= LONG)?;
        Some((candidate, *value, slip))
    });
    let (candidate, value, slip) = near.next()?;
    let alone = near.all(|(_, other, _)| other.middle.abs() == value.middle.abs());
    alone.then(|| Found::new(candidate.spots.clone(), compare(said, value).0, Verdict::Digit(slip)))
}

/// More than the whole of Sweden spends on finansiell samordning, and the text speaks of the förbund's own money.
fn impossible(mention: &Mention, said: Interval) -> bool {
    let own = mention.plain
        && !mention.loose
        && !mention.nation
        && mention.spoken == [Spoken::Allocation]
        && !mention.limited;
    own && said.middle.abs() >= Money::from(1_000_000_000)
}

/// The long figures of the book by their size in kronor.
struct Values(HashMap<Money, Vec<Spot>>);

impl Values {
    fn of(book: &Book) -> Values {
        let mut values: HashMap<Money, Vec<Spot>> = HashMap::new();
        for (statement, s) in book.statements.iter().enumerate().filter(|(_, s)| s.copy_of.is_none()) {
            for (column, _) in s.table.amount_columns() {
                for line in 0..s.lines().len() {
                    let Some(value) = s.interval(line, column) else { continue };
                    if value.middle.significant() >= LONG {
                        let spot = Spot { statement, line, column };
                        values.entry(value.middle.abs().normalize()).or_default().push(spot);
                    }
                }
            }
        }
        Values(values)
    }

    fn find(&self, book: &Book, amount: Money) -> Option<Spot> {
        let spots = self.0.get(&amount.abs().normalize())?;
        spots.iter().copied().min_by_key(|spot| rank(book, *spot))
    }
}

/// Amounts told one by one for the rows of a column: what is left over on both sides and agrees belongs together,
/// whatever it is called. Returns the amounts that are still tied to nothing.
fn by_elimination(book: &Book, open: Vec<(At, Mention, String)>, ties: &mut Vec<Tie>) -> Vec<(At, String)> {
    let mut untied = Vec::new();
    for (at, mention, quote) in open {
        let series =
            mention.measure.is_some() && mention.plain && mention.spoken.is_empty() && mention.named.is_empty();
        let spot = if series && mention.is_level() { left_over(book, at, &mention, ties) } else { None };
        match spot {
            Some((spot, coefficient)) => {
                let found = Found::new(vec![spot], coefficient, Verdict::Agrees);
                ties.push(make(at, quote, &mention, found));
            }
            None => untied.push((at, quote)),
        }
    }
    untied
}

/// The only row of the column that the same document's other amounts are tied to, that nothing is tied to yet, and
/// that agrees.
fn left_over(book: &Book, at: At, mention: &Mention, ties: &[Tie]) -> Option<(Spot, i32)> {
    let said = mention.precision.interval(&mention.figure, mention.figure.unit?);
    let mut counts: HashMap<(usize, usize), usize> = HashMap::new();
    for tie in ties.iter().filter(|tie| tie.at.grid == at.grid) {
        if let Some(spot) = tie.spots.first() {
            *counts.entry((spot.statement, spot.column)).or_default() += 1;
        }
    }
    let (&(statement, column), &count) =
        counts.iter().max_by_key(|(place, count)| (**count, std::cmp::Reverse(**place)))?;
    let taken: HashSet<usize> = ties
        .iter()
        .flat_map(|tie| &tie.spots)
        .filter(|spot| (spot.statement, spot.column) == (statement, column))
        .map(|spot| spot.line)
        .collect();
    let s = &book.statements[statement];
    let mut fitting =
        (0..s.lines().len()).filter(|line| !taken.contains(line) && !s.lines()[*line].role.adds()).filter_map(|line| {
            let (coefficient, closeness, _) = compare(said, s.interval(line, column)?);
            (closeness == Closeness::Exact).then_some((Spot { statement, line, column }, coefficient))
        });
    let first = fitting.next()?;
    (count >= SERIES && fitting.next().is_none()).then_some(first)
}

/// So many amounts told of one column make a series.
const SERIES: usize = 4;
