//! Which statement of the new version each of the old one is.

use std::collections::HashMap;

use crate::book::Book;
use crate::statement::Statement;
use crate::words;

/// A statement in both versions, or in one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub old: Option<usize>,
    pub new: Option<usize>,
}

/// Pairs the statements, copies left out, those most alike first; the new version's in its order, then what is gone.
pub fn pair(old: &Book, new: &Book) -> Vec<Pair> {
    let own = |book: &Book| -> Vec<usize> {
        (0..book.statements.len()).filter(|&i| book.statements[i].copy_of.is_none()).collect()
    };
    let (before, after) = (own(old), own(new));
    let mut likenesses: Vec<(usize, usize, usize)> = Vec::new();
    for &a in &before {
        for &b in &after {
            let like = likeness(&old.statements[a], &new.statements[b]);
            likenesses.extend((like > 0).then_some((like, a, b)));
        }
    }
    // Among those equally alike, the order of the books.
    likenesses.sort_by_key(|&(like, a, b)| (std::cmp::Reverse(like), a.abs_diff(b), a));
    let (mut of_new, mut of_old): (HashMap<usize, usize>, HashMap<usize, usize>) = Default::default();
    for (_, a, b) in likenesses {
        if !of_old.contains_key(&a) && !of_new.contains_key(&b) {
            of_old.insert(a, b);
            of_new.insert(b, a);
        }
    }
    let there = after.iter().map(|&b| Pair { old: of_new.get(&b).copied(), new: Some(b) });
    let gone = before.iter().filter(|a| !of_old.contains_key(a)).map(|&a| Pair { old: Some(a), new: None });
    there.chain(gone).collect()
}

/// How alike two statements are, in per cent of their labels, with what their kind, title, number and columns add;
/// nothing where they are two.
fn likeness(a: &Statement, b: &Statement) -> usize {
    const LEAST: usize = 30;
    const LEAST_OF_OTHER_KIND: usize = 60;
    let labels = shared(a, b);
    let same_title = !title(a).is_empty() && title(a) == title(b);
    let same_kind = a.kind == b.kind;
    let enough = match same_kind {
        true => labels >= LEAST || same_title,
        false => labels >= LEAST_OF_OTHER_KIND,
    };
    let number = |s: &Statement| s.note.as_ref().map(|note| note.0);
    let columns =
        a.columns().iter().filter(|x| b.columns().iter().any(|y| (x.period, x.measure) == (y.period, y.measure)));
    let bonus = 40 * usize::from(same_title)
        + 40 * usize::from(same_kind)
        + 10 * usize::from(number(a) == number(b))
        + 30 * columns.count() / a.columns().len().max(b.columns().len()).max(1);
    if enough { labels + bonus } else { 0 }
}

/// The wording of a title without the number of a note.
fn title(statement: &Statement) -> String {
    match &statement.note {
        Some((_, title)) => words::fold(title),
        None => words::strip(&words::fold(&statement.name())),
    }
}

/// How many of their labels two statements share, in per cent.
fn shared(a: &Statement, b: &Statement) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let labels = |s: &'_ Statement| s.lines().len();
    a.lines().iter().for_each(|line| *counts.entry(&line.wording).or_default() += 1);
    let mut common = 0usize;
    for line in b.lines() {
        if let Some(count) = counts.get_mut(line.wording.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    (200 * common).checked_div(labels(a) + labels(b)).unwrap_or(0)
}
