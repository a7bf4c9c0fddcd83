//! Labels that were too long for their row and stand on two or more: the figures on the first of them or on the last.

use super::{Line, Role};
use crate::words;

/// A heading of so many words may be the beginning of what goes on below it with a small letter.
const FEWEST_WORDS: usize = 3;

/// Puts the labels together that stand on several rows. A table writes all of them in one way, the figures beside the
/// beginning or beside the end: the way that more of them speak for.
pub fn join(lines: &mut Vec<Line>) {
    let down = lines.windows(2).filter(|pair| begins(&pair[0], &pair[1])).count();
    let up = (1..lines.len()).filter(|&i| ends(lines, i)).count();
    if down + up == 0 || has_small_labels(lines) {
        return;
    }
    if down >= up {
        join_down(lines);
    } else {
        join_up(lines);
    }
}

/// Figures beside the end, as a page sets them.
fn join_down(lines: &mut Vec<Line>) {
    for is_joined in [is_middle, begins] {
        for i in (1..lines.len()).rev() {
            if is_joined(&lines[i - 1], &lines[i]) {
                let above = lines.remove(i - 1);
                let line = &mut lines[i - 1];
                line.label = joined(&above, line);
                line.indent = above.indent;
                settle(line, above);
            }
        }
    }
}

/// Figures beside the beginning, as a spreadsheet leaves what was typed on below it.
fn join_up(lines: &mut Vec<Line>) {
    let mut i = 1;
    while i < lines.len() {
        if ends(lines, i) {
            let below = lines.remove(i);
            let line = &mut lines[i - 1];
            line.label = joined(line, &below);
            settle(line, below);
        } else {
            i += 1;
        }
    }
}

/// What the label of two rows is known by.
fn settle(line: &mut Line, other: Line) {
    line.wording = words::fold(&line.label);
    if line.note.is_none() {
        (line.note, line.further_notes) = (other.note, other.further_notes);
    }
    if line.role != Role::Heading {
        line.role = if words::says_of_which(&line.label) { Role::OfWhich } else { Role::Line };
    }
}

/// Whether lines of figures begin with a small letter that stand below no row without figures: then that says nothing.
fn has_small_labels(lines: &[Line]) -> bool {
    let small = |line: &Line| line.role == Role::Line && words::begins_small(&line.label);
    let is_below = |i: usize| i > 0 && lines[i - 1].role == Role::Heading && are_near(&lines[i - 1], &lines[i]);
    (0..lines.len()).any(|i| small(&lines[i]) && !is_below(i))
}

/// Whether a row without figures is the beginning of the label right below it.
fn begins(above: &Line, below: &Line) -> bool {
    if above.role != Role::Heading || below.role == Role::Heading || !are_near(above, below) {
        return false;
    }
    if words::begins_small(&below.label) {
        let long = above.label.split_whitespace().count() >= FEWEST_WORDS;
        return below.role == Role::Line
            && (long
                || words::is_part(&above.label)
                || words::goes_on(&below.label)
                || (words::says_of_which(&above.label) && !words::says_only_of_which(&above.label))
                || words::is_wording(&joined(above, below)));
    }
    let in_capitals = is_in_capitals(&above.label) && words::is_part(&above.label);
    below.role == Role::Line && words::goes_on(&below.label) || in_capitals && words::is_wording(&joined(above, below))
}

/// Whether a row without figures goes on with the next one without them.
fn is_middle(above: &Line, below: &Line) -> bool {
    let headings = above.role == Role::Heading && below.role == Role::Heading;
    headings && are_near(above, below) && words::begins_small(&below.label) && words::is_part(&above.label)
}

/// Whether the row without figures at `i` is the end of the label right above it.
fn ends(lines: &[Line], i: usize) -> bool {
    let (above, below) = (&lines[i - 1], &lines[i]);
    if above.role == Role::Heading || below.role != Role::Heading || !are_near(above, below) {
        return false;
    }
    let begins_next = || lines.get(i + 1).is_some_and(|next| begins(below, next));
    goes_on(above, below) && !begins_next()
}

fn goes_on(above: &Line, below: &Line) -> bool {
    let whole = || words::is_wording(&joined(above, below));
    if words::begins_small(&below.label) {
        let heads = below.label.ends_with(':') || words::says_only_of_which(&below.label);
        return !heads && (words::is_unfinished(&above.label) || !words::is_wording(&below.label) || whole());
    }
    // `Driftbidrag från` is no whole label, whatever follows.
    let needed = words::is_unfinished(&above.label) && !words::is_wording(&below.label);
    if needed || words::goes_on(&below.label) {
        return true;
    }
    // `SUMMA INTÄKTER` stands over the heading `KOSTNADER`.
    let part = || words::is_unfinished(&above.label) || !words::is_wording(&above.label);
    is_in_capitals(&above.label) && words::is_part(&above.label) && part() && whole()
}

/// Whether the text below the last row of a table may be the end of that row's label.
pub fn may_end(label: &str, text: &str) -> bool {
    words::begins_small(text) || words::goes_on(text) || words::is_unfinished(label)
}

fn are_near(above: &Line, below: &Line) -> bool {
    above.row + 1 == below.row && above.bold == below.bold && !above.label.is_empty() && !below.label.is_empty()
}

fn joined(above: &Line, below: &Line) -> String {
    format!("{} {}", above.label, below.label)
}

fn is_in_capitals(label: &str) -> bool {
    label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase)
}
