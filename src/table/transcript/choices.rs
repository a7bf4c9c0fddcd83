//! In which columns the figures of a row may stand.

use super::body::Row;
use super::figures::{self, Figure};

/// What one way of reading a row puts in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Blank,
    Figure(Figure),
    /// One of the row's texts.
    Text(usize),
}

impl Content {
    /// What it adds to a sum.
    pub fn value(self) -> i64 {
        match self {
            Content::Figure(figure) => figure.value,
            _ => 0,
        }
    }
}

/// One way of reading a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub contents: Vec<Content>,
    /// How much speaks against it: blanks between figures, and blanks where every column could have a figure.
    pub loss: u32,
}

impl Choice {
    pub fn values(&self) -> impl Iterator<Item = i64> + '_ {
        self.contents.iter().map(|content| content.value())
    }
}

/// So many ways are weighed for a row; a row with more is not understood.
const MOST: usize = 4_000;

/// Every way of reading a row in so many columns. A row with a figure for each column has only that one. A row with
/// more figures than columns is read without its first or its last ones. None where there are too many ways.
pub fn choices(row: &Row, columns: usize, decimals: usize, bound: i64) -> Vec<Choice> {
    let room = columns.saturating_sub(row.texts.len());
    let Some(readings) = figures::readings(&row.groups, room, decimals, bound) else { return Vec::new() };
    if readings.is_empty() {
        return shortened(row, columns, decimals, bound);
    }
    let full: Vec<&Vec<Figure>> = readings.iter().filter(|reading| reading.len() == columns).collect();
    if let [full] = full[..] {
        return vec![placed(full, &[], (0..columns).collect::<Vec<_>>().as_slice(), columns, 0)];
    }
    let could_be_full = !full.is_empty();
    let mut choices = Vec::new();
    for reading in &readings {
        let texts: Vec<usize> = (0..row.texts.len()).collect();
        let count = reading.len() + texts.len();
        let short = u32::from(could_be_full && count < columns);
        for places in subsets(columns, count) {
            choices.push(placed(reading, &texts, &places, columns, short));
            if choices.len() > MOST {
                return Vec::new();
            }
        }
    }
    choices
}

/// The ways in which figures that are fewer than the columns may stand in them, and what speaks against all of them.
pub fn with_blanks(figures: &[Figure], columns: usize, loss: u32) -> Vec<Choice> {
    let places = subsets(columns, figures.len());
    places.iter().map(|places| placed(figures, &[], places, columns, loss)).collect()
}

fn placed(reading: &[Figure], texts: &[usize], places: &[usize], columns: usize, loss: u32) -> Choice {
    let mut contents = vec![Content::Blank; columns];
    let all =
        reading.iter().map(|figure| Content::Figure(*figure)).chain(texts.iter().map(|text| Content::Text(*text)));
    for (content, &place) in all.zip(places) {
        contents[place] = content;
    }
    let spread = match places {
        [first, .., last] => last - first + 1 - places.len(),
        _ => 0,
    };
    Choice { contents, loss: loss + spread as u32 }
}

/// A row with too many figures, without as few as can be at its beginning or at its end.
fn shortened(row: &Row, columns: usize, decimals: usize, bound: i64) -> Vec<Choice> {
    let count = row.groups.len();
    let read = |from: usize, to: usize| -> Vec<Choice> {
        let readings = figures::readings(&row.groups[from..to], columns, decimals, bound).unwrap_or_default();
        let full = readings.iter().filter(|reading| reading.len() == columns);
        let moved = full.map(|reading| {
            let figure = |figure: &Figure| Figure { from: figure.from + from, to: figure.to + from, ..*figure };
            reading.iter().map(figure).collect::<Vec<Figure>>()
        });
        let all: Vec<usize> = (0..columns).collect();
        moved.map(|reading| placed(&reading, &[], &all, columns, 0)).collect()
    };
    let without_last = (1..=3.min(count)).map(|less| read(0, count - less)).find(|found| !found.is_empty());
    let without_first = (1..=3.min(count)).map(|less| read(less, count)).find(|found| !found.is_empty());
    [without_last, without_first].into_iter().flatten().flatten().collect()
}

/// Every set of `count` places out of `of`, in order.
fn subsets(of: usize, count: usize) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        let more = |set: &Vec<usize>| {
            let from = set.last().map_or(0, |last| last + 1);
            let set = set.clone();
            (from..of).map(move |place| [&set[..], &[place]].concat())
        };
        sets = sets.iter().flat_map(more).collect();
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::super::figures::Group;
    use super::*;

    fn shown(digits: &str, texts: usize, columns: usize) -> Vec<String> {
        let row = Row {
            groups: digits.split(' ').filter_map(Group::read).collect(),
            texts: vec!["*".into(); texts],
            ..Row::default()
        };
        let content = |content: &Content| match content {
            Content::Blank => "_".to_string(),
            Content::Figure(figure) => figure.value.to_string(),
            Content::Text(_) => "*".to_string(),
        };
        let show = |choice: &Choice| {
            format!("{}:{}", choice.contents.iter().map(content).collect::<Vec<_>>().join(" "), choice.loss)
        };
        let mut shown: Vec<String> = choices(&row, columns, 0, 99_999).iter().map(show).collect();
        shown.sort();
        shown
    }

    #[test]
    fn a_full_row_has_one_reading() {
        assert_eq!(shown("3 052 3 066", 0, 2), ["3052 3066:0"]);
        assert_eq!(shown("100 200", 0, 2), ["100 200:0"], "though 100200 and a blank were another");
    }

    #[test]
    fn blanks_may_stand_anywhere() {
        assert_eq!(shown("28 0", 0, 3), ["28 0 _:0", "28 _ 0:1", "_ 28 0:0"]);
        assert_eq!(shown("7", 1, 3), ["7 * _:0", "7 _ *:1", "_ 7 *:0"]);
    }

    #[test]
    fn too_many_figures_lose_the_first_or_the_last() {
        assert_eq!(shown("12 13 3", 0, 2), ["12 13:0", "13 3:0"]);
    }
}
