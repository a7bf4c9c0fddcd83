//! Which row of the cost notes an insats is.

use super::lookup::own_columns;
use crate::book::{Book, Spot};
use crate::period::Measure;
use crate::statement::{Kind, Statement};
use crate::table::Role;
use crate::words::activity;

/// Outcome of an insats and the row of a note with the same name, and the sign that makes them comparable.
pub fn pairs(book: &Book) -> Vec<(Spot, Spot, i32)> {
    let mut pairs = Vec::new();
    for (i, activities) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == Kind::Activities) {
        for (n, note) in book.of_kind(Kind::Note).filter(|(n, _)| book.reaches(book.input(activities), *n)) {
            let mut own_pairs = Vec::new();
            for (line, row) in matches(activities, note) {
                for (column, period, measure) in own_columns(activities).filter(|(_, _, m)| *m == Measure::Actual) {
                    let Some(there) = note.column(period, measure) else { continue };
                    let (own, other) =
                        (Spot { statement: i, line, column }, Spot { statement: n, line: row, column: there });
                    let (Some(a), Some(b)) = (book.interval(own), book.interval(other)) else { continue };
                    own_pairs.push((own, other, a.middle.is_negative() != b.middle.is_negative()));
                }
            }
            // One table writes all costs with the other sign, never a single one: that would be a slip.
            let turned = own_pairs.iter().filter(|pair| pair.2).count();
            let opposed = || is_negative(activities) != is_negative(note);
            let is_turned = 2 * turned > own_pairs.len() || (2 * turned == own_pairs.len() && opposed());
            let sign = if is_turned { -1 } else { 1 };
            pairs.extend(own_pairs.into_iter().map(|(own, other, _)| (own, other, sign)));
        }
    }
    pairs
}

/// Whether most figures of a table are negative, plans and totals too.
fn is_negative(statement: &Statement) -> bool {
    let figures = own_columns(statement).flat_map(|(column, _, _)| {
        (0..statement.lines().len()).filter_map(move |line| Some(statement.interval(line, column)?.middle))
    });
    figures.map(|figure| if figure.is_negative() { 1 } else { -1 }).sum::<i32>() > 0
}

/// Lines of one name, one to one: equal names first, then those that differ by a word that says little.
fn matches(activities: &Statement, note: &Statement) -> Vec<(usize, usize)> {
    let named = |s: &Statement| -> Vec<(usize, Option<Vec<String>>)> {
        let lines = s.lines().iter().enumerate();
        let lines = lines.filter(|(_, line)| line.role == Role::Line && !line.label.is_empty());
        lines.map(|(i, line)| (i, activity(&line.wording))).collect()
    };
    let (mut own, mut theirs) = (named(activities), named(note));
    let mut matched = Vec::new();
    for exactly in [true, false] {
        own.retain(|(a, name)| {
            let same = |(b, other): &&(usize, Option<Vec<String>>)| match exactly {
                true => activities.lines()[*a].wording == note.lines()[*b].wording,
                false => name.is_some() && name == other,
            };
            let fitting: Vec<usize> = theirs.iter().filter(same).map(|(b, _)| *b).collect();
            let [b] = fitting.as_slice() else { return true };
            matched.push((*a, *b));
            theirs.retain(|(other, _)| other != b);
            false
        });
    }
    matched
}
