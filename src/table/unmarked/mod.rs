//! Finds the arithmetic that nobody declared: which cells of a sheet are sums of which others.
//!
//! A sheet's figures become whole numbers ([`figures`]) and are looked at along its rows and along its columns. Each
//! row or column by itself guesses which of its lines might add up ([`guess`], [`quotient`]); every guess is then
//! held against all the siblings of that row or column ([`standing`], [`weigh`]), for a sum that somebody meant is
//! meant in all of them. What that says is counted in bits: how unlikely it is that figures of this size agree by
//! chance, less what it costs to name the relation among all that were tried. A stretch of siblings with more bits
//! than its cost is a relation; of those that contradict each other the most natural is kept ([`choose`]): beside
//! its parts, over subtotals, not a copy of another total. Formulas, where there are any, overrule all this
//! ([`declared`]).
//!
//! The kinds of relation, and the order of looking (beside first, then totals of totals, then apart), follow
//! AggreCol (Jiang, Vitagliano, Naumann: Aggregation Detection in CSV Files, EDBT 2022). Unlike there, a relation
//! that holds in most siblings is reported in the others too, as one that does not hold.

mod apart;
mod choose;
mod declared;
mod difference;
mod figures;
mod guess;
mod hash;
mod quotient;
mod standing;
mod weigh;

use std::collections::HashSet;

use crate::grid::Grid;

use apart::{pairs, steps};
use choose::{Pattern, choose, weigh};
use difference::ByLine;
use figures::{State, Strip};
use guess::{GAPS, Guesses, Shape, View, levels, runs};
use quotient::{averages, ratios};
use standing::{BIT, Standing, What, standing};

/// Row and column of a cell.
pub type Place = (u32, u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The result is the sum of the terms.
    Sum,
    /// The result is the first term less the others.
    Difference,
    Average,
    /// The result is the first term divided by the second, as a share or in percent.
    Ratio,
    /// The result is the relative change from the first term to the second.
    Change,
}

/// What speaks for a relation besides its own figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The cell's formula says so.
    Formula,
    /// The line of the result is called a total, and for a difference, a balance or a change.
    Wording,
    /// The same lines are related alike in so many other rows or columns.
    Siblings(u32),
    /// It adds sums that were found themselves.
    Nested,
}

impl Evidence {
    /// The code of machine output.
    pub fn code(self) -> &'static str {
        match self {
            Evidence::Formula => "formula",
            Evidence::Wording => "wording",
            Evidence::Siblings(_) => "siblings",
            Evidence::Nested => "nested",
        }
    }
}

impl Kind {
    /// The code of machine output.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Sum => "sum",
            Kind::Difference => "difference",
            Kind::Average => "average",
            Kind::Ratio => "ratio",
            Kind::Change => "change",
        }
    }
}

/// An arithmetic relation between cells of one sheet that nobody declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub kind: Kind,
    pub result: Place,
    /// The cells that make it, each with its coefficient.
    pub terms: Vec<(Place, i8)>,
    /// Exactly, or within what the rounding of the written figures explains.
    pub holds: bool,
    /// 0 to 100.
    pub confidence: u8,
    /// What speaks for it besides the figures themselves.
    pub evidence: Vec<Evidence>,
}

/// The relations of a sheet.
pub fn find(grid: &Grid) -> Vec<Found> {
    let Some(sheet) = figures::read(grid) else { return Vec::new() };
    let mut found = Vec::new();
    let both = [(&sheet.along_rows, false), (&sheet.along_columns, true)];
    let chosen = both.map(|(strip, _)| sums(strip));
    let mut left_over: HashSet<Place> = HashSet::new();
    for ((strip, turned), patterns) in both.iter().zip(&chosen) {
        for pattern in patterns {
            if let Some(rest) = difference::rest(strip, pattern) {
                difference::cells(strip, pattern, rest, |s, line| place(strip, *turned, s, line), &mut left_over);
            }
        }
    }
    for ((strip, turned), patterns) in both.into_iter().zip(&chosen) {
        let by_line = ByLine::of(strip, patterns);
        for pattern in patterns {
            report(strip, (pattern, &by_line), turned, &mut found, |_| true);
        }
    }
    // A total of differences says nothing that the difference of the totals does not say.
    found.retain(|relation| {
        let implied = |place: &Place| left_over.contains(place);
        relation.kind != Kind::Sum
            || !implied(&relation.result)
            || !relation.terms.iter().all(|(term, _)| implied(term))
    });
    let mut others: Vec<(Pattern, bool)> = Vec::new();
    for (strip, turned) in both {
        let mut guesses = Guesses::default();
        ratios(strip, &mut guesses);
        averages(strip, &mut guesses);
        others.extend(weigh(strip, &guesses).into_iter().map(|pattern| (pattern, turned)));
    }
    others.sort_by(|(a, _), (b, _)| (b.score, &a.guess.terms).cmp(&(a.score, &b.guess.terms)));
    let mut claimed: HashSet<Place> = HashSet::new();
    for (pattern, turned) in others {
        let strip = if turned { &sheet.along_columns } else { &sheet.along_rows };
        let stretch = &pattern.stretch;
        let places: Vec<Place> =
            (stretch.first..=stretch.last).map(|sibling| place(strip, turned, sibling, pattern.guess.result)).collect();
        let taken = places.iter().filter(|place| claimed.contains(place)).count();
        if 2 * taken <= places.len() {
            report(strip, (&pattern, &ByLine::default()), turned, &mut found, |place| !claimed.contains(&place));
            claimed.extend(places);
        }
    }
    let declared = declared::relations(grid);
    let told: HashSet<Place> = declared.iter().map(|relation| relation.result).collect();
    found.retain(|relation| !told.contains(&relation.result) || !matches!(relation.kind, Kind::Sum | Kind::Difference));
    found.extend(declared);
    found.sort_by(|a, b| (a.kind, a.result, &a.terms).cmp(&(b.kind, b.result, &b.terms)));
    found
}

/// The sums that run in one direction: first those beside their parts, then totals of these, then what lies apart.
fn sums(strip: &Strip) -> Vec<Pattern> {
    let mut guesses = Guesses::default();
    runs(strip, View::All, &[], 0..=0, &mut guesses);
    let mut patterns = weigh(strip, &guesses);
    let mut chosen = choose(strip, patterns.clone());
    for _ in 0..3 {
        let before = patterns.len();
        let mut guesses = Guesses::default();
        runs(strip, View::WithoutParts, &parts(strip, &chosen), 0..=0, &mut guesses);
        patterns.extend(weigh(strip, &guesses));
        if patterns.len() == before {
            break;
        }
        chosen = choose(strip, patterns.clone());
    }
    for _ in 0..2 {
        let parts = parts(strip, &chosen);
        let hidden = |at: usize| !strip.named[at % strip.lines] || parts[at];
        let hidden: Vec<bool> = (0..parts.len()).map(hidden).collect();
        let mut guesses = Guesses::default();
        runs(strip, View::Totals, &hidden, 0..=0, &mut guesses);
        levels(strip, &mut guesses);
        patterns.extend(weigh(strip, &guesses));
        chosen = choose(strip, patterns.clone());
    }
    let mut guesses = Guesses::default();
    steps(strip, &mut guesses);
    patterns.extend(weigh(strip, &guesses));
    let mut guesses = Guesses::default();
    pairs(strip, &mut guesses);
    runs(strip, View::All, &[], 1..=GAPS, &mut guesses);
    runs(strip, View::WithoutParts, &parts(strip, &chosen), 1..=GAPS, &mut guesses);
    patterns.extend(weigh(strip, &guesses));
    choose(strip, patterns)
}

/// The cells that are parts of a sum, or the only figure that a total repeats.
fn parts(strip: &Strip, patterns: &[Pattern]) -> Vec<bool> {
    let mut parts = vec![false; strip.lines * strip.siblings];
    for Pattern { guess, stretch, .. } in patterns {
        for sibling in stretch.first..=stretch.last {
            for &term in &guess.terms {
                parts[sibling * strip.lines + term] = true;
            }
        }
    }
    for line in (0..strip.lines).filter(|&line| strip.named[line]) {
        for sibling in 0..strip.siblings {
            if let Some(only) = strip.repeated(sibling, line) {
                parts[sibling * strip.lines + only] = true;
            }
        }
    }
    parts
}

/// Where a cell of a strip stands in the sheet.
fn place(strip: &Strip, turned: bool, sibling: usize, line: usize) -> Place {
    match turned {
        false => (strip.sibling_at[sibling], strip.line_at[line]),
        true => (strip.line_at[line], strip.sibling_at[sibling]),
    }
}

fn report(
    strip: &Strip,
    (pattern, others): (&Pattern, &ByLine),
    turned: bool,
    found: &mut Vec<Found>,
    free: impl Fn(Place) -> bool,
) {
    let guess = &pattern.guess;
    let stretch = &pattern.stretch;
    let rest = difference::rest(strip, pattern)
        .filter(|&rest| !others.made(rest).any(|other| other.makes(rest, stretch)))
        .or_else(|| difference::typed(strip, pattern, others));
    let named = is_named(strip, pattern);
    let evidence = evidence(pattern, named);
    for sibling in stretch.first..=stretch.last {
        let figures = strip.sibling(sibling);
        let standing = standing(guess.what, figures, guess.result, &guess.terms, strip.fuzz);
        // A sum of nothing but blanks is shown where it says so: as zero.
        let empty = guess.terms.iter().all(|&line| figures[line].state == State::Blank);
        let total = figures[guess.result];
        if guess.what != What::Sum && !standing.holds() && standing != Standing::Off {
            continue;
        }
        if !total.is_number() || (empty && (total.value != 0 || guess.what != What::Sum)) {
            continue;
        }
        let place = |line: usize| place(strip, turned, sibling, line);
        if !free(place(guess.result)) {
            continue;
        }
        let terms: Vec<usize> =
            guess.terms.iter().copied().filter(|&line| empty || figures[line].state != State::Blank).collect();
        let (kind, result, terms) = match (guess.what, rest.filter(|rest| terms.len() == 2 && terms.contains(rest))) {
            (What::Sum, Some(rest)) => {
                let taken = if terms[0] == rest { terms[1] } else { terms[0] };
                (Kind::Difference, rest, vec![(guess.result, 1), (taken, -1)])
            }
            (What::Sum, None) => (Kind::Sum, guess.result, terms.into_iter().map(|line| (line, 1)).collect()),
            (What::Average, _) => (Kind::Average, guess.result, terms.into_iter().map(|line| (line, 1)).collect()),
            (What::Ratio { .. }, _) => (Kind::Ratio, guess.result, guess.terms.iter().map(|&line| (line, 1)).collect()),
            (What::Change { .. }, _) => {
                (Kind::Change, guess.result, guess.terms.iter().map(|&line| (line, 1)).collect())
            }
        };
        found.push(Found {
            kind,
            result: place(result),
            terms: terms.into_iter().map(|(line, coefficient)| (place(line), coefficient)).collect(),
            holds: empty || standing.holds(),
            confidence: confidence(pattern, named, empty || standing.holds()),
            evidence: evidence.clone(),
        });
    }
}

/// In per cent: how often such relations are meant. What speaks for them beyond what they cost to tell soon leaves
/// no doubt that the figures agree; whether somebody meant them to, shape and wording tell (`benches/confidence.py`).
fn confidence(pattern: &Pattern, named: bool, holds: bool) -> u8 {
    let most = match (pattern.guess.shape, named) {
        (Shape::Run { gap: 0, .. }, true) => 99,
        (Shape::Run { gap: 0, .. }, false) => 94,
        (_, true) => 82,
        (_, false) => 77,
    };
    let bits = (pattern.score / BIT).max(0);
    let certain = most * bits / (bits + 1);
    (if holds { certain } else { certain * 3 / 4 }) as u8
}

/// Whether the line of what the relation makes is called so.
fn is_named(strip: &Strip, pattern: &Pattern) -> bool {
    let rest = difference::rest(strip, pattern);
    rest.map_or(strip.named[pattern.guess.result], |rest| strip.left_over[rest])
}

fn evidence(pattern: &Pattern, named: bool) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    if named {
        evidence.push(Evidence::Wording);
    }
    if pattern.stretch.held > 1 {
        evidence.push(Evidence::Siblings(pattern.stretch.held - 1));
    }
    if matches!(pattern.guess.shape, Shape::Run { view: View::WithoutParts, .. }) {
        evidence.push(Evidence::Nested);
    }
    evidence
}

#[cfg(test)]
mod tests;
