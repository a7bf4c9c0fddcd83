//! Which readings of the rows make the most totals come out.
//!
//! Every row is a term of at most one equation, so the equations are trees, and each tree is solved from its leaves:
//! for every reading of a total, what is the best that its terms can do? All readings that are part of a best
//! solution are kept, so that what they agree on is certain and the rest is not.

use std::collections::{HashMap, HashSet};

use super::block::{Block, Effort};
use super::body::Row;
use super::choices::Choice;
use super::equations::{Equation, is_result};
use crate::words::{self, Balance};

/// How good a reading is: the more columns in which totals hold the better, then the fewer blanks inside rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub held: usize,
    pub loss: u32,
}

impl Score {
    pub fn plus(self, other: Score) -> Score {
        Score { held: self.held + other.held, loss: self.loss + other.loss }
    }

    pub fn beats(self, other: Score) -> bool {
        (self.held, other.loss) > (other.held, self.loss)
    }
}

/// What is left of the readings of every row when the totals have had their say.
pub struct Solved {
    pub choices: Vec<Vec<Choice>>,
    /// Rows about which totals were asked and gave an answer.
    pub asked: HashSet<usize>,
}

/// The readings that the totals leave, as far as the document's effort reaches.
pub fn solve(choices: &[Vec<Choice>], equations: &[Equation], of_document: &Effort) -> Solved {
    let of_row = |choices: &Vec<Choice>| choices.iter().map(|choice| Score { held: 0, loss: choice.loss }).collect();
    let mut scores: Vec<Vec<Score>> = choices.iter().map(of_row).collect();
    let effort = of_document.of_table();
    let given = effort.get();
    let mut blocks = Vec::new();
    for equation in equations {
        let block = Block::new(choices, &scores, equation, &effort);
        let own = &mut scores[equation.result];
        for (score, choice) in own.iter_mut().zip(&choices[equation.result]) {
            *score = score.plus(block.best(choice).map_or(Score::default(), |best| best.score));
        }
        blocks.push(block);
    }
    let mut kept: Vec<Vec<bool>> = choices.iter().map(|choices| vec![true; choices.len()]).collect();
    let mut asked = HashSet::new();
    for (equation, block) in equations.iter().zip(&blocks).rev() {
        let result = equation.result;
        // What a total above has chosen stands.
        if !asked.contains(&result) && !keep_best(&mut kept[result], &scores[result]) {
            continue;
        }
        let own = choices[result].iter().zip(&kept[result]).filter(|(_, kept)| **kept);
        let Some(bests) = own.map(|(choice, _)| block.best(choice)).collect::<Option<Vec<_>>>() else { continue };
        let mut used: HashMap<usize, HashSet<usize>> = HashMap::new();
        for (row, ways) in bests.into_iter().flat_map(|best| best.used) {
            used.entry(row).or_default().extend(ways);
        }
        asked.insert(result);
        for (row, used) in used {
            asked.insert(row);
            kept[row].iter_mut().enumerate().for_each(|(i, kept)| *kept &= used.contains(&i));
        }
    }
    of_document.take(given, &effort);
    let left = |(choices, kept): (&Vec<Choice>, &Vec<bool>)| {
        choices.iter().zip(kept).filter(|(_, kept)| **kept).map(|(choice, _)| choice.clone()).collect()
    };
    Solved { choices: choices.iter().zip(&kept).map(left).collect(), asked }
}

/// Tells the readings of a closing balance by the opening one and the result of the year, where these are known.
pub fn roll_forward(rows: &[Row], solved: &mut Solved) {
    let balance = |row: &Row| words::balance(&row.label);
    for i in (0..rows.len()).filter(|&i| balance(&rows[i]) == Some(Balance::Closing)) {
        let above = |is: &dyn Fn(&Row) -> bool| (0..i).rfind(|&row| is(&rows[row]));
        let opening = above(&|row| balance(row) == Some(Balance::Opening));
        let known = |row: usize| match &solved.choices[row][..] {
            [only] => Some(only.clone()),
            _ => None,
        };
        let Some((opening, result)) = opening.and_then(known).zip(above(&|row| is_result(&row.label)).and_then(known))
        else {
            continue;
        };
        let follows = |choice: &Choice| {
            let begun = opening.values().zip(result.values()).map(|(opening, result)| opening + result);
            choice.values().eq(begun)
        };
        if solved.choices[i].iter().any(follows) {
            solved.choices[i].retain(follows);
            solved.asked.insert(i);
        }
    }
}

/// Keeps the best readings of a row, if a total speaks for any.
fn keep_best(kept: &mut [bool], scores: &[Score]) -> bool {
    let best = scores.iter().copied().reduce(|best, score| if score.beats(best) { score } else { best });
    let Some(best) = best.filter(|best| best.held > 0) else { return false };
    kept.iter_mut().zip(scores).for_each(|(kept, score)| *kept &= *score == best);
    true
}
