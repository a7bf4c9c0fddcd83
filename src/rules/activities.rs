//! Which row of the cost notes an insats is.

use super::lookup::own_columns;
use crate::book::{Book, Spot};
use crate::period::Measure;
use crate::statement::{Kind, Statement};
use crate::table::Role;
use crate::words::{fold, same_activity};

/// Outcome of an insats and the row of a note with the same name, and the sign that makes them comparable.
pub fn pairs(book: &Book) -> Vec<(Spot, Spot, i32)> {
    let mut pairs = Vec::new();
    for (i, activities) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == Kind::Activities) {
        for (n, note) in book.of_kind(Kind::Note) {
            for (line, row) in matches(activities, note) {
                for (column, period, measure) in own_columns(activities).filter(|(_, _, m)| *m == Measure::Actual) {
                    let Some(there) = note.column(period, measure) else { continue };
                    let (own, other) =
                        (Spot { statement: i, line, column }, Spot { statement: n, line: row, column: there });
                    let (Some(a), Some(b)) = (book.interval(own), book.interval(other)) else { continue };
                    let sign = if a.middle.is_negative() != b.middle.is_negative() { -1 } else { 1 };
                    pairs.push((own, other, sign));
                }
            }
        }
    }
    pairs
}

/// Lines of one name, one to one: equal names first, then those that differ by a word that says little.
fn matches(activities: &Statement, note: &Statement) -> Vec<(usize, usize)> {
    let lines = |s: &Statement| -> Vec<usize> {
        (0..s.lines().len()).filter(|&i| s.lines()[i].role == Role::Line && !s.lines()[i].label.is_empty()).collect()
    };
    let (mut own, mut theirs) = (lines(activities), lines(note));
    let mut matched = Vec::new();
    let equal = |a: &str, b: &str| fold(a) == fold(b);
    for same in [&equal as &dyn Fn(&str, &str) -> bool, &same_activity] {
        own.retain(|&a| {
            let label = &activities.lines()[a].label;
            let fitting: Vec<usize> = theirs.iter().copied().filter(|&b| same(label, &note.lines()[b].label)).collect();
            match fitting.as_slice() {
                [b] => {
                    matched.push((a, *b));
                    theirs.retain(|other| other != b);
                    false
                }
                _ => true,
            }
        });
    }
    matched
}
