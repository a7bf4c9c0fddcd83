//! Which rows of a run-on table add which, before all of its figures are known.

use super::body::Row;
use super::choices::{Choice, Content};
use crate::words::{self, Concept};

/// A row and the rows that it adds, each with its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    pub result: usize,
    pub terms: Vec<(usize, i64)>,
}

/// The equations of a table, from top to bottom. Every row is a term of at most one: a total takes what it adds off
/// a stack and stands there in its place.
pub fn equations(rows: &[Row], choices: &[Vec<Choice>]) -> Vec<Equation> {
    let bounds = choices.iter().map(|choices| bounds(choices)).collect();
    let mut walk = Walk { rows, choices, bounds, stack: Vec::new(), headings: Vec::new() };
    let mut equations = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        if row.groups.is_empty() {
            walk.headings.push((words::strip(&words::fold(&row.label)), walk.stack.len()));
            continue;
        }
        // A part of the row above adds nothing to it.
        if words::says_of_which(&row.label) {
            continue;
        }
        let found = walk.equation(i);
        if let Some(equation) = &found {
            walk.stack.retain(|(row, _)| !equation.terms.iter().any(|(term, _)| term == row));
        }
        walk.stack.push((i, found.is_some()));
        equations.extend(found);
    }
    equations
}

struct Walk<'a> {
    rows: &'a [Row],
    choices: &'a [Vec<Choice>],
    /// The least and the most that a row can be in each column.
    bounds: Vec<Vec<(i64, i64)>>,
    /// Rows that no total has taken, and whether they are totals themselves.
    stack: Vec<(usize, bool)>,
    headings: Vec<(String, usize)>,
}

impl Walk<'_> {
    fn equation(&self, i: usize) -> Option<Equation> {
        let label = &self.rows[i].label;
        let result = is_result(label);
        let says = is_total(label) || (label.is_empty() && self.stack.len() > 1);
        if !says && !result || self.choices[i].is_empty() {
            return None;
        }
        let expected = (says && !result).then(|| self.expected(label)).flatten();
        let mut best = expected.map(|terms| Equation { result: i, terms });
        let mut most = best.as_ref().map_or(0, |equation| self.score(equation));
        let columns = self.choices[i][0].contents.len();
        if most == columns {
            return best;
        }
        for count in 1..=self.stack.len().min(64) {
            let rows = || self.stack[self.stack.len() - count..].iter().map(|(row, _)| *row);
            // What a result is of: income, then costs, which words may tell.
            let by_words = |_: usize, row: usize| if is_cost(&self.rows[row].label) { -1 } else { 1 };
            let added = |_: usize, _: usize| 1;
            let deducted = |at: usize, _: usize| if at == 0 { 1 } else { -1 };
            let ways: [&dyn Fn(usize, usize) -> i64; 3] = [&by_words, &added, &deducted];
            let ways = if result && count > 1 { &ways[..] } else { &ways[1..2] };
            for sign in ways {
                let terms = rows().enumerate().map(|(at, row)| (row, sign(at, row)));
                let equation = Equation { result: i, terms: terms.collect() };
                let score = self.score(&equation);
                if score > most {
                    (best, most) = (Some(equation), score);
                }
            }
        }
        best.filter(|_| most > 0)
    }

    /// The rows since the heading that a total repeats, or else since the last total.
    fn expected(&self, label: &str) -> Option<Vec<(usize, i64)>> {
        let wording = words::strip(&words::fold(label));
        let heading = self.headings.iter().rfind(|(heading, _)| !wording.is_empty() && *heading == wording);
        let since = |height: usize| -> Vec<(usize, i64)> {
            self.stack.get(height..).unwrap_or_default().iter().map(|(row, _)| (*row, 1)).collect()
        };
        let block = || since(self.stack.iter().rposition(|(_, total)| *total).map_or(0, |at| at + 1));
        let terms = heading.map(|(_, height)| since(*height)).filter(|terms| !terms.is_empty()).unwrap_or_else(block);
        (!terms.is_empty()).then_some(terms)
    }

    /// In how many columns the equation can hold, by what is known of its rows: the result as it can best be read,
    /// the terms between the least and the most that they can be.
    fn score(&self, equation: &Equation) -> usize {
        let results = &self.choices[equation.result];
        let columns = results.first().map_or(0, |choice| choice.contents.len());
        let sum = |column: usize| {
            equation.terms.iter().fold((0, 0), |(least, most), &(row, sign)| {
                let (low, high) = self.bounds[row].get(column).copied().unwrap_or_default();
                let (low, high) = (low * sign, high * sign);
                (least + low.min(high), most + low.max(high))
            })
        };
        let bounds: Vec<(i64, i64)> = (0..columns).map(sum).collect();
        let holds = |choice: &Choice| {
            let fits = |(content, &(least, most)): (&Content, &(i64, i64))| {
                let figure = matches!(content, Content::Figure(_));
                figure && (least, most) != (0, 0) && (least..=most).contains(&content.value())
            };
            choice.contents.iter().zip(&bounds).filter(|pair| fits(*pair)).count()
        };
        results.iter().map(holds).max().unwrap_or(0)
    }
}

fn bounds(choices: &[Choice]) -> Vec<(i64, i64)> {
    let columns = choices.first().map_or(0, |choice| choice.contents.len());
    let bound = |column: usize| {
        let values = || choices.iter().map(|choice| choice.contents[column].value());
        (values().min().unwrap_or(0), values().max().unwrap_or(0))
    };
    (0..columns).map(bound).collect()
}

/// Whether a row says that it is a total, or is one in every cash flow.
pub fn is_total(label: &str) -> bool {
    const TOTALS: [Concept; 5] = [
        Concept::BeforeWorkingCapital,
        Concept::OperatingCashFlow,
        Concept::InvestingCashFlow,
        Concept::FinancingCashFlow,
        Concept::NetCashFlow,
    ];
    words::says_total(label)
        || words::sure_concept(label, "cash-flow").is_some_and(|concept| TOTALS.contains(&concept))
        || is_closing(label)
}

/// Whether a row is the cash at the end of a year: what there was, and what the year brought.
fn is_closing(label: &str) -> bool {
    words::sure_concept(label, "cash-flow") == Some(Concept::ClosingCash)
}

/// Whether a row is a cost by its words.
fn is_cost(label: &str) -> bool {
    use Concept::*;
    let costs = [OperatingCosts, Depreciation, FinancialCosts, ExtraordinaryCosts, PersonnelCosts, OtherCosts];
    words::concept(label, "budget").is_some_and(|found| costs.contains(&found.concept))
}

/// Whether a row is a difference of income and costs.
pub fn is_result(label: &str) -> bool {
    let results = [Concept::NetCosts, Concept::OperatingResult, Concept::ResultAfterFinancial, Concept::Result];
    words::concept(label, "budget").is_some_and(|found| results.contains(&found.concept))
}
