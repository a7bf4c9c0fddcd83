//! One total and its terms: which readings of the terms make it hold in the most columns.
//!
//! A search over the sums that are left: row by row, what remains of the total in each column, with bounds on what
//! the rows to come can still add. The figures of a row stand side by side, save for a few; else anything would add
//! up to anything.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::choices::{Choice, Content};
use super::equations::Equation;
use super::solve::Score;

/// More blanks inside the rows of one sum than this are not believed.
const MOST_LOSS: u32 = 2;
/// More remainders on the way than this are not weighed, in one search, in all of a table and in all of a document.
const MOST_STATES: usize = 100_000;
const OF_TABLE: usize = 2_000_000;
const OF_DOCUMENT: usize = 30_000_000;

/// How much may still be weighed in a document.
pub struct Effort(Cell<usize>);

impl Default for Effort {
    fn default() -> Effort {
        Effort(Cell::new(OF_DOCUMENT))
    }
}

impl Effort {
    /// What one table may take of it.
    pub fn of_table(&self) -> Cell<usize> {
        Cell::new(self.0.get().min(OF_TABLE))
    }

    /// Takes what a table has used of its share.
    pub fn take(&self, given: usize, left: &Cell<usize>) {
        self.0.set(self.0.get().saturating_sub(given - left.get()));
    }
}

/// A reading of a term, or several that add the same.
#[derive(Debug)]
struct Way {
    adds: Vec<i64>,
    score: Score,
    choices: Vec<usize>,
}

/// The terms of one total.
pub struct Block<'a> {
    /// How much may still be weighed in this table.
    effort: &'a Cell<usize>,
    /// What the rows add that can add but one thing.
    fixed: Vec<i64>,
    base: Score,
    /// Those rows, with their readings.
    settled: Vec<(usize, Vec<usize>)>,
    /// The other rows, and what each may add.
    free: Vec<(usize, Vec<Way>)>,
    /// A row that has too many readings leaves the sum unknown.
    unknown: bool,
}

/// The best that the terms of a total can do, and the readings that do it.
pub struct Best {
    pub score: Score,
    pub used: Vec<(usize, Vec<usize>)>,
}

impl Block<'_> {
    pub fn new<'a>(
        choices: &[Vec<Choice>],
        scores: &[Vec<Score>],
        equation: &Equation,
        effort: &'a Cell<usize>,
    ) -> Block<'a> {
        let columns = choices[equation.result].first().map_or(0, |choice| choice.contents.len());
        let (fixed, base) = (vec![0; columns], Score::default());
        let mut block = Block { effort, fixed, base, settled: Vec::new(), free: Vec::new(), unknown: false };
        for &(row, sign) in &equation.terms {
            let mut ways = ways(&choices[row], &scores[row], sign);
            match ways.len() {
                0 => block.unknown = true,
                1 => {
                    let only = ways.remove(0);
                    block.fixed.iter_mut().zip(&only.adds).for_each(|(sum, value)| *sum += value);
                    block.base = block.base.plus(only.score);
                    block.settled.push((row, only.choices));
                }
                _ => block.free.push((row, ways)),
            }
        }
        // Large figures first: what they leave over is soon too little or too much.
        let largest = |ways: &[Way]| ways.iter().flat_map(|way| &way.adds).map(|value| value.abs()).max();
        block.free.sort_by_key(|(_, ways)| Reverse(largest(ways)));
        block
    }

    /// The best for one reading of the total; `None` where most columns cannot hold, or there is too much to weigh.
    pub fn best(&self, result: &Choice) -> Option<Best> {
        let stated = |column: &usize| matches!(result.contents[*column], Content::Figure(_));
        let columns: Vec<usize> = (0..result.contents.len()).filter(stated).collect();
        if self.unknown || columns.is_empty() {
            return None;
        }
        let left: Vec<i64> = result.values().zip(&self.fixed).map(|(stated, sum)| stated - sum).collect();
        if self.free.is_empty() {
            let held = columns.iter().filter(|column| left[**column] == 0).count();
            return Some(Best { score: self.base.plus(Score { held, loss: 0 }), used: self.settled.clone() });
        }
        let most_held: usize =
            self.free.iter().map(|(_, ways)| ways.iter().map(|w| w.score.held).max().unwrap_or(0)).sum();
        let mut best: Option<(Score, Vec<Search>)> = None;
        for count in (columns.len() / 2 + 1..=columns.len()).rev() {
            if best.as_ref().is_some_and(|(score, _)| score.held > self.base.held + most_held + count) {
                break;
            }
            // Few blanks first: with many, there is too much to weigh, and anything adds up to anything.
            for most_loss in 0..=MOST_LOSS {
                let mut found = false;
                for held in subsets(&columns, count) {
                    let search = Search::run(self, &left, held, most_loss)?;
                    let Some(score) = search.score(count) else { continue };
                    found = true;
                    match &mut best {
                        Some((most, _)) if most.beats(score) => {}
                        Some((most, searches)) if *most == score => searches.push(search),
                        best => *best = Some((score, vec![search])),
                    }
                }
                if found {
                    break;
                }
            }
        }
        let (score, searches) = best?;
        let mut used = self.settled.clone();
        for (i, (row, ways)) in self.free.iter().enumerate() {
            let part = |way: &usize| searches.iter().any(|search| search.used[i][*way]);
            used.push((*row, (0..ways.len()).filter(part).flat_map(|way| ways[way].choices.clone()).collect()));
        }
        Some(Best { score: self.base.plus(score), used })
    }
}

fn ways(choices: &[Choice], scores: &[Score], sign: i64) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    let mut known: HashMap<Vec<i64>, usize> = HashMap::new();
    for (i, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.loss <= MOST_LOSS) {
        let adds: Vec<i64> = choice.values().map(|value| sign * value).collect();
        let score = scores[i];
        match known.get(&adds).map(|&at| &mut ways[at]) {
            Some(way) if score == way.score => way.choices.push(i),
            Some(way) if score.beats(way.score) => (way.score, way.choices) = (score, vec![i]),
            Some(_) => {}
            None => {
                known.insert(adds.clone(), ways.len());
                ways.push(Way { adds, score, choices: vec![i] });
            }
        }
    }
    ways
}

fn subsets(columns: &[usize], count: usize) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for &column in columns {
        let with: Vec<Vec<usize>> =
            sets.iter().filter(|set| set.len() < count).map(|set| [&set[..], &[column]].concat()).collect();
        sets.extend(with);
    }
    sets.retain(|set| set.len() == count);
    sets
}

/// What remains of the total in the columns that are to hold, after some rows.
type Rest = Vec<i64>;

/// A search for readings of the free rows that make the total hold in given columns.
struct Search {
    score: Option<Score>,
    /// For each free row, which of its ways are part of a best solution.
    used: Vec<Vec<bool>>,
}

impl Search {
    fn score(&self, columns: usize) -> Option<Score> {
        self.score.map(|score| score.plus(Score { held: columns, loss: 0 }))
    }

    /// `None` where there is too much to weigh.
    fn run(block: &Block<'_>, left: &[i64], held: Vec<usize>, most_loss: u32) -> Option<Search> {
        let rows: Vec<Vec<(Rest, Score)>> = block
            .free
            .iter()
            .map(|(_, ways)| ways.iter().map(|w| (held.iter().map(|&c| w.adds[c]).collect(), w.score)).collect())
            .collect();
        let least = |ways: &Vec<(Rest, Score)>| ways.iter().map(|(_, score)| score.loss).min().unwrap_or(0);
        let most_loss = most_loss + rows.iter().map(least).sum::<u32>();
        let bounds = bounds(&rows, held.len());
        let start: Rest = held.iter().map(|&column| left[column]).collect();
        let mut layers: Vec<HashMap<Rest, Score>> = vec![HashMap::from([(start, Score::default())])];
        for (i, ways) in rows.iter().enumerate() {
            let mut next: HashMap<Rest, Score> = HashMap::new();
            for (rest, so_far) in &layers[i] {
                for (adds, score) in ways {
                    let score = so_far.plus(*score);
                    let rest: Rest = rest.iter().zip(adds).map(|(rest, value)| rest - value).collect();
                    if score.loss <= most_loss && bounds[i + 1].allow(&rest) {
                        let known = next.entry(rest).or_insert(score);
                        *known = if score.beats(*known) { score } else { *known };
                    }
                }
            }
            let effort = block.effort.get().saturating_sub(layers[i].len() * ways.len());
            block.effort.set(effort);
            if next.len() > MOST_STATES || effort == 0 {
                return None;
            }
            layers.push(next);
        }
        let nothing = vec![0; held.len()];
        let score = layers[rows.len()].get(&nothing).copied();
        let used = score.map(|score| trace(&rows, &layers, score)).unwrap_or_default();
        Some(Search { score, used })
    }
}

/// Which ways of each row are part of a solution with the best score, from the last row back to the first.
fn trace(rows: &[Vec<(Rest, Score)>], layers: &[HashMap<Rest, Score>], best: Score) -> Vec<Vec<bool>> {
    let mut used: Vec<Vec<bool>> = rows.iter().map(|ways| vec![false; ways.len()]).collect();
    let nothing = vec![0; layers[0].keys().next().map_or(0, Vec::len)];
    // What can be reached to the end, and how well.
    let mut after: HashMap<Rest, Score> = HashMap::from([(nothing, Score::default())]);
    for (i, ways) in rows.iter().enumerate().rev() {
        let mut before: HashMap<Rest, Score> = HashMap::new();
        for (rest, to_end) in &after {
            for (way, (adds, score)) in ways.iter().enumerate() {
                let from: Rest = rest.iter().zip(adds).map(|(rest, value)| rest + value).collect();
                let Some(so_far) = layers[i].get(&from) else { continue };
                let to_end = to_end.plus(*score);
                used[i][way] |= so_far.plus(to_end) == best;
                let known = before.entry(from).or_insert(to_end);
                *known = if to_end.beats(*known) { to_end } else { *known };
            }
        }
        after = before;
    }
    used
}

/// What the rows from one on can add at least and at most, in each column and in all of them.
struct Bounds {
    columns: Vec<(i64, i64)>,
    all: (i64, i64),
}

impl Bounds {
    fn allow(&self, rest: &Rest) -> bool {
        let within = |value: i64, (least, most): (i64, i64)| (least..=most).contains(&value);
        rest.iter().zip(&self.columns).all(|(value, bounds)| within(*value, *bounds))
            && within(rest.iter().sum(), self.all)
    }
}

fn bounds(rows: &[Vec<(Rest, Score)>], columns: usize) -> Vec<Bounds> {
    let mut bounds = vec![Bounds { columns: vec![(0, 0); columns], all: (0, 0) }];
    for ways in rows.iter().rev() {
        let after = &bounds[bounds.len() - 1];
        let span = |value: &dyn Fn(&Rest) -> i64, (least, most): (i64, i64)| {
            let values = || ways.iter().map(|(adds, _)| value(adds));
            (least + values().min().unwrap_or(0), most + values().max().unwrap_or(0))
        };
        let own = (0..columns).map(|column| span(&|adds| adds[column], after.columns[column])).collect();
        let all = span(&|adds| adds.iter().sum(), after.all);
        bounds.push(Bounds { columns: own, all });
    }
    bounds.reverse();
    bounds
}
