//! A map of which statements are tied to which, and whether the ties hold.

use std::collections::BTreeMap;

use super::{Drawing, Picture, cut, letters, path};
use crate::finding::Language;
use crate::report::html::Paper;
use crate::report::matrix::Score;
use crate::report::wording::{name, sheet};

const WIDTH: i64 = 720;
const ROW: i64 = 26;
const LEFT: i64 = 330;

/// So many statements can be told apart in one picture.
const MOST: usize = 40;

pub fn map(paper: &Paper<'_>) -> Option<Picture> {
    let mut ties: BTreeMap<(usize, usize), Score> = BTreeMap::new();
    let is_copy = |i: usize| paper.book.statements[i].copy_of.is_some();
    for check in &paper.evidence.tested {
        let own = check.relation.table;
        let mut others: Vec<usize> = check
            .relation
            .cells()
            .filter_map(|at| paper.evidence.spot(at))
            .map(|spot| spot.statement)
            .filter(|&other| other != own && !is_copy(other) && !is_copy(own))
            .collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            let score = ties.entry((own.min(other), own.max(other))).or_default();
            score.held += usize::from(check.held());
            score.broke += usize::from(check.broke());
        }
    }
    let mut tied: Vec<usize> = ties.keys().flat_map(|&(a, b)| [a, b]).collect();
    tied.sort_unstable();
    tied.dedup();
    if !(2..=MOST).contains(&tied.len()) {
        return None;
    }
    let named = |i: usize| name(&paper.book.statements[i], paper.language);
    // Two tables of one name are told apart by their places.
    let label = |i: usize| match tied.iter().filter(|&&other| named(other) == named(i)).count() {
        1 => named(i),
        _ => {
            let grid = paper.book.statements[i].table.grid;
            format!("{} ({})", cut(&named(i), 18), sheet(paper.book, grid, paper.language))
        }
    };
    let broken = ties.values().filter(|score| score.broke > 0).count();
    let description = match paper.language {
        Language::Swedish => format!(
            "{} tabeller hålls ihop av {} kopplingar; {broken} av dem har samband som inte stämmer (streckade).",
            tied.len(),
            ties.len()
        ),
        Language::English => format!(
            "{} tables are held together by {} ties; {broken} of them have relations that do not hold (dashed).",
            tied.len(),
            ties.len()
        ),
    };
    let rows = ties.iter().map(|(&(a, b), score)| {
        vec![format!("{} – {}", label(a), label(b)), score.held.to_string(), score.broke.to_string()]
    });
    Some(Picture {
        title: paper.say("Så hänger tabellerna ihop", "How the tables are tied").to_string(),
        description,
        heads: vec![
            paper.say("Koppling", "Tie").to_string(),
            paper.say("Stämmer", "Holds").to_string(),
            paper.say("Stämmer inte", "Does not").to_string(),
        ],
        rows: rows.collect(),
        drawing: drawn(&tied.iter().map(|&i| label(i)).collect::<Vec<_>>(), &ties, &tied),
    })
}

/// Names in a column, and an arc to the right for each tie.
fn drawn(names: &[String], ties: &BTreeMap<(usize, usize), Score>, tied: &[usize]) -> Drawing {
    let y = |i: usize| ROW * i as i64 + 20;
    let row = |statement: usize| tied.iter().position(|&other| other == statement).unwrap_or(0);
    let widest = WIDTH - LEFT - 70;
    let mut shapes = Vec::new();
    for (&(a, b), score) in ties {
        let (a, b) = (row(a), row(b));
        let apart = (b - a) as i64;
        let out = LEFT + 24 + (widest * apart / (tied.len() as i64 - 1).max(1)).max(18);
        let (from, to) = (y(a) - 4, y(b) - 4);
        let class = if score.broke > 0 { "tie broken" } else { "tie" };
        shapes.push(path(format!("M{LEFT} {from}C{out} {from} {out} {to} {LEFT} {to}"), class));
        let (x, middle) = (LEFT + (out - LEFT) * 3 / 4, (from + to) / 2);
        if score.broke > 0 {
            shapes.push(letters(x + 4, middle + 4, "start", "small bad", score.shown()));
        }
    }
    for (i, name) in names.iter().enumerate() {
        shapes.push(letters(LEFT - 10, y(i), "end", "", cut(name, 40)));
    }
    Drawing { width: WIDTH, height: ROW * names.len() as i64 + 16, markup: shapes }
}
