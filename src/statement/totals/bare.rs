//! `Varav` on a row of its own: which of the rows below it are the parts of the row above.

use crate::money::{Closeness, Interval, Money};
use crate::statement::Statement;
use crate::table::{Entry, Role};
use crate::words;

/// No row has more parts.
const MOST: usize = 12;

/// Gives the parts their role. Where they end the figures tell, if they come to the whole, or if the total below comes out
/// without them; else how they are set in; one row is a part in any case.
pub fn settle(statement: &mut Statement) {
    for heading in 0..statement.lines().len() {
        let line = &statement.lines()[heading];
        if line.role != Role::Heading || !words::says_only_of_which(&line.label) {
            continue;
        }
        let Some(whole) = (0..heading).rev().find(|&above| statement.lines()[above].role != Role::Heading) else {
            continue;
        };
        let below: Vec<usize> = below(statement, heading);
        let count =
            complete(statement, whole, &below).or_else(|| left_out(statement, heading, &below)).unwrap_or_else(|| {
                let set_in = below.iter().take_while(|&&part| depth(statement, part) > depth(statement, whole));
                set_in.count().max(1)
            });
        for &part in below.iter().take(count) {
            statement.table.lines[part].role = Role::OfWhich;
        }
    }
}

/// The rows of figures that may be parts: up to the next such heading, and to the next total.
fn below(statement: &Statement, heading: usize) -> Vec<usize> {
    let lines = statement.lines();
    let ends = |line: usize| match lines[line].role {
        Role::Heading => words::says_only_of_which(&lines[line].label),
        _ => words::says_total(&lines[line].label),
    };
    let below = (heading + 1..lines.len()).take_while(|&line| !ends(line));
    // A row whose figures are not known could be a part or not.
    let is_known = |line: &usize| !lines[*line].entries.contains(&Entry::Unknown);
    below.filter(|&line| lines[line].role == Role::Line).take_while(is_known).take(MOST).collect()
}

/// How many of the rows come to the whole in every column: the most that do so to the last digit, in all columns or in all
/// but one of three or more, or else within their rounding.
fn complete(statement: &Statement, whole: usize, below: &[usize]) -> Option<usize> {
    let comes_out = |parts: &[usize], exactly: bool, slips: usize| {
        let columns = statement.table.amount_columns().filter_map(|(column, _)| {
            let stated = statement.interval(whole, column).filter(|figure| !figure.middle.is_zero())?;
            let figures = parts.iter().filter_map(|&part| statement.interval(part, column));
            let sum = figures.fold(Interval::exact(Money::ZERO), |sum, figure| sum.plus(1, figure));
            Some(if exactly { stated.middle == sum.middle } else { stated.closeness(sum) != Closeness::Off })
        });
        let columns: Vec<bool> = columns.collect();
        let held = columns.iter().filter(|held| **held).count();
        held > slips && held + slips >= columns.len()
    };
    let most = |exactly, slips| (1..=below.len()).rev().find(|&count| comes_out(&below[..count], exactly, slips));
    most(true, 0).or_else(|| most(true, 1)).or_else(|| most(false, 0))
}

/// How many of the rows the total below them leaves out in every column, the fewest.
fn left_out(statement: &Statement, heading: usize, below: &[usize]) -> Option<usize> {
    let lines = statement.lines();
    let says_total = |&line: &usize| lines[line].has_figures() && words::says_total(&lines[line].label);
    let total = (heading..lines.len()).find(says_total)?;
    let first = (0..heading).rev().find(says_total).map_or(0, |above| above + 1);
    let adds = |line: &usize| lines[*line].role == Role::Line;
    let comes_out = |parts: &[usize]| {
        let terms: Vec<usize> = (first..total).filter(adds).filter(|line| !parts.contains(line)).collect();
        let columns = statement.table.amount_columns().filter_map(|(column, _)| {
            let stated = statement.interval(total, column)?;
            let figures = terms.iter().filter_map(|&line| statement.interval(line, column));
            let sum = figures.fold(Interval::exact(Money::ZERO), |sum, figure| sum.plus(1, figure));
            Some(stated.closeness(sum) != Closeness::Off)
        });
        let columns: Vec<bool> = columns.collect();
        columns.iter().any(|held| *held) && columns.iter().filter(|held| !**held).count() * 3 <= columns.len()
    };
    (1..=below.len()).find(|&count| comes_out(&below[..count]))
}

/// How far a row is set in: by steps, and by the mark of a list before its label.
pub(super) fn depth(statement: &Statement, line: usize) -> u8 {
    let line = &statement.lines()[line];
    let listed = line.label.starts_with(['-', '–', '•', '*', '·']);
    2 * line.indent + u8::from(listed)
}
