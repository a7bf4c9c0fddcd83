//! From the readings that are left to what stands in each column of each row, and to what is not known.

use super::body::Row;
use super::choices::{Choice, Content};
use super::equations::{Equation, is_result};
use super::figures::Figure;
use super::solve::Solved;

/// What is known of a row in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Content(Content),
    /// Nothing or a zero: it adds nothing either way.
    Nothing,
    /// A figure or none, or one of several.
    Unknown,
}

/// A figure that stands in no total, whichever column it is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub row: usize,
    pub figure: Figure,
}

/// What the totals and the rows together tell.
pub struct Settled {
    pub known: Vec<Vec<Known>>,
    pub left_out: Vec<LeftOut>,
    /// Rows that could be read in several ways, of which arithmetic has chosen.
    pub placed: Vec<usize>,
}

/// What all the readings that are left of a row agree on is known. `before` are the readings that there were.
pub fn settle(
    rows: &[Row],
    years: &[String],
    mut solved: Solved,
    equations: &[Equation],
    before: &[Vec<Choice>],
) -> Settled {
    for row in 0..rows.len() {
        carry(rows, years, &mut solved, row);
    }
    let known: Vec<Vec<Known>> = solved.choices.iter().map(|left| agreed(left)).collect();
    // A row of zeros adds nothing wherever they stand.
    let adds = |row: &usize| known[*row].iter().any(|known| known.value() != Some(0));
    let chosen = |row: &usize| solved.choices[*row].len() < before[*row].len();
    let placed = (0..rows.len()).filter(chosen).filter(adds).collect();
    let mut settled = Settled { known, left_out: Vec::new(), placed };
    for equation in equations.iter().filter(|equation| solved.asked.contains(&equation.result)) {
        for column in 0..years.len() {
            settled.doubt(equation, column, before);
        }
    }
    settled
}

/// A row below a result that carries the year before forward (`Resultat inkl. överfört från föregående år`): read so
/// that two or more of its figures are the one of the year before plus the result of their own column.
fn carry(rows: &[Row], years: &[String], solved: &mut Solved, row: usize) {
    let result = (row.saturating_sub(3)..row).rev().find(|&above| is_result(&rows[above].label));
    let Some([result]) = result.map(|result| &solved.choices[result][..]) else { return };
    if solved.choices[row].len() < 2 || solved.asked.contains(&row) {
        return;
    }
    let year = |column: usize| years[column].parse::<i32>().unwrap_or(0);
    let figure = |content: &Content| match content {
        Content::Figure(figure) => Some(figure.value),
        _ => None,
    };
    let carried = |choice: &Choice| {
        let figures = choice.contents.iter().enumerate().filter_map(|(i, content)| Some((i, figure(content)?)));
        let figures: Vec<(usize, i64)> = figures.collect();
        let follows = |pair: &&[(usize, i64)]| {
            let [(before, carried), (now, stated)] = pair[..] else { return false };
            year(now) == year(before) + 1
                && figure(&result.contents[now]).is_some_and(|result| carried + result == stated)
        };
        figures.windows(2).filter(follows).count()
    };
    let counts: Vec<usize> = solved.choices[row].iter().map(carried).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    if most >= 2 {
        let mut counts = counts.into_iter();
        solved.choices[row].retain(|_| counts.next() == Some(most));
    }
}

fn agreed(choices: &[Choice]) -> Vec<Known> {
    let Some(first) = choices.first() else { return Vec::new() };
    let column = |column: usize| {
        let mut contents = choices.iter().map(|choice| choice.contents[column]);
        match () {
            _ if contents.clone().all(|content| same(content, first.contents[column])) => {
                Known::Content(first.contents[column])
            }
            _ if contents.all(|content| content.value() == 0) => Known::Nothing,
            _ => Known::Unknown,
        }
    };
    (0..first.contents.len()).map(column).collect()
}

/// Whether two readings say the same, be it of other digits.
fn same(a: Content, b: Content) -> bool {
    match (a, b) {
        (Content::Figure(a), Content::Figure(b)) => a.value == b.value,
        _ => a == b,
    }
}

impl Known {
    fn value(self) -> Option<i64> {
        match self {
            Known::Content(content) => Some(content.value()),
            Known::Nothing => Some(0),
            Known::Unknown => None,
        }
    }

    fn figure(self) -> Option<Figure> {
        match self {
            Known::Content(Content::Figure(figure)) => Some(figure),
            _ => None,
        }
    }
}

impl Settled {
    /// Where a total does not hold, no arithmetic says that the figures of its column stand where they do. The total
    /// itself, and a term that is just what the total misses, are unknown in every column where they could stand.
    fn doubt(&mut self, equation: &Equation, column: usize, before: &[Vec<Choice>]) {
        // A row with too many readings has none that is known.
        let own = |row: usize| self.known[row].get(column).copied().unwrap_or(Known::Unknown);
        let Some(stated) = own(equation.result).figure() else { return };
        let terms = equation.terms.iter().map(|&(row, sign)| Some(sign * own(row).value()?));
        let Some(sum) = terms.sum::<Option<i64>>().filter(|sum| *sum != stated.value) else { return };
        let over = |&(row, sign): &(usize, i64)| {
            let figure = own(row).figure()?;
            (sign * figure.value == sum - stated.value).then_some((row, figure))
        };
        let over: Vec<(usize, Figure)> = equation.terms.iter().filter_map(over).collect();
        if before[equation.result].len() > 1 {
            self.withdraw(equation.result, column);
        }
        if let [(row, figure)] = over[..]
            && before[row].len() > 1
            && self.withdraw(row, column)
        {
            self.left_out.push(LeftOut { row, figure });
        }
    }

    /// Makes a figure unknown, with the blanks beside it; not where it can stand nowhere else.
    fn withdraw(&mut self, row: usize, column: usize) -> bool {
        let row = &mut self.known[row];
        let free = |known: &&Known| matches!(known, Known::Content(Content::Blank) | Known::Nothing);
        let before = row[..column].iter().rev().take_while(free).count();
        let after = row[column + 1..].iter().take_while(free).count();
        if before + after > 0 {
            row[column - before..=column + after].fill(Known::Unknown);
        }
        before + after > 0
    }
}
