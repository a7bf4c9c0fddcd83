//! Finds the arithmetic that nobody declared: which cells of a sheet are sums of which others.

mod choose;
mod figures;
mod guess;
mod hash;
mod weigh;

use crate::grid::Grid;

use choose::{Pattern, choose, weigh};
use figures::{State, Strip};
use guess::{GAPS, Guesses, View, pairs, runs, steps};
use weigh::standing;

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
    pub why: String,
}

/// The relations of a sheet.
pub fn find(grid: &Grid) -> Vec<Found> {
    let Some(sheet) = figures::read(grid) else { return Vec::new() };
    let mut found = Vec::new();
    for (strip, turned) in [(&sheet.along_rows, false), (&sheet.along_columns, true)] {
        for pattern in sums(strip, sheet.fuzz) {
            report(strip, &pattern, sheet.fuzz, turned, &mut found);
        }
    }
    found
}

/// The sums that run in one direction: first those beside their parts, then totals of these, then what lies apart.
fn sums(strip: &Strip, fuzz: i64) -> Vec<Pattern> {
    let mut guesses = Guesses::default();
    runs(strip, View::All, &[], 0..=0, fuzz, &mut guesses);
    let mut patterns = weigh(strip, guesses.into_list(), fuzz);
    let mut chosen = choose(strip, patterns.clone());
    for _ in 0..3 {
        let before = patterns.len();
        let mut guesses = Guesses::default();
        runs(strip, View::WithoutParts, &parts(strip, &chosen), 0..=0, fuzz, &mut guesses);
        patterns.extend(weigh(strip, guesses.into_list(), fuzz));
        if patterns.len() == before {
            break;
        }
        chosen = choose(strip, patterns.clone());
    }
    let mut guesses = Guesses::default();
    pairs(strip, fuzz, &mut guesses);
    steps(strip, fuzz, &mut guesses);
    runs(strip, View::All, &[], 1..=GAPS, fuzz, &mut guesses);
    runs(strip, View::WithoutParts, &parts(strip, &chosen), 1..=GAPS, fuzz, &mut guesses);
    patterns.extend(weigh(strip, guesses.into_list(), fuzz));
    choose(strip, patterns)
}

/// The cells that are parts of a sum.
fn parts(strip: &Strip, patterns: &[Pattern]) -> Vec<bool> {
    let mut parts = vec![false; strip.lines * strip.siblings];
    for Pattern { guess, stretch, .. } in patterns {
        for sibling in stretch.first..=stretch.last {
            for &term in &guess.terms {
                parts[sibling * strip.lines + term] = true;
            }
        }
    }
    parts
}

fn report(strip: &Strip, pattern: &Pattern, fuzz: i64, turned: bool, found: &mut Vec<Found>) {
    let guess = &pattern.guess;
    let stretch = &pattern.stretch;
    for sibling in stretch.first..=stretch.last {
        let figures = strip.sibling(sibling);
        let standing = standing(figures, guess.result, &guess.terms, fuzz);
        // A sum of nothing but blanks is shown where it says so: as zero.
        let empty = guess.terms.iter().all(|&line| figures[line].state == State::Blank);
        let total = figures[guess.result];
        if !total.is_number() || (empty && total.value != 0) {
            continue;
        }
        let place = |line: usize| match turned {
            false => (strip.sibling_at[sibling], strip.line_at[line]),
            true => (strip.line_at[line], strip.sibling_at[sibling]),
        };
        let terms = guess.terms.iter().filter(|&&line| empty || figures[line].state != State::Blank);
        found.push(Found {
            kind: Kind::Sum,
            result: place(guess.result),
            terms: terms.map(|&line| (place(line), 1)).collect(),
            holds: empty || standing.holds(),
            confidence: (pattern.score / weigh::BIT).clamp(0, 100) as u8,
            why: format!(
                "{:?} ev {} cost {} h {} t {} o {}",
                guess.shape,
                stretch.evidence / 8,
                guess.cost() / 8,
                stretch.held,
                stretch.trivial,
                stretch.off
            ),
        });
    }
}
