//! Tables before they have a place: rows of named lines, columns of years and measures.

use avstam::period::Measure;

use crate::forbund::{Forbund, Ore, Year};
use crate::random::Random;
use crate::style::Style;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Income,
    Balance,
    CashFlow,
    MultiYear,
    Summary,
    Activities,
    Budget,
    Note(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Heading,
    Line,
    /// *Varav*: a part of the line above, in no sum.
    Part,
    Total,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    Blank,
    Amount(Ore),
    /// In millionths of one.
    Ratio(i64),
    Count(i64),
}

#[derive(Clone, Debug)]
pub struct Row {
    /// What it is, for the measures: `rr.result`, `note.row.3`.
    pub key: String,
    pub label: String,
    pub look: Look,
    pub note: Option<u32>,
    pub figures: Vec<Figure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub year: i32,
    pub measure: Measure,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub part: Part,
    pub title: String,
    pub sheet: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// What makers of tables need.
pub struct Maker<'a> {
    pub forbund: &'a Forbund,
    pub style: &'a Style,
    pub random: Random,
}

pub const WORDINGS: &str = include_str!("wordings.tsv");

impl Maker<'_> {
    /// A wording of a key, with the book's word for totals and its years.
    pub fn word(&mut self, key: &str) -> String {
        let ours = |line: &&'static str| line.split_once('\t').is_some_and(|(k, _)| k == key);
        let wordings: Vec<&str> =
            WORDINGS.lines().filter(ours).filter_map(|line| Some(line.split_once('\t')?.1)).collect();
        let wording = if wordings.is_empty() { key } else { self.random.pick(&wordings) };
        let year = self.last().year;
        let unit = self.style.unit.code();
        let mut total = self.style.total_word.trim_end_matches(':').to_string();
        if wording.trim() == "{S}" {
            total = self.style.total_word.to_string();
        }
        let filled = wording.replace("{S}", &total).replace("{Y}", &year.to_string()).replace("{U}", unit);
        let filled = filled.replace("{N1}", &(year + 2).to_string()).replace("{N2}", &(year + 3).to_string());
        filled.replace("{N}", &(year + 1).to_string()).replace(" (tkr)", &format!(" ({unit})"))
    }

    pub fn last(&self) -> &Year {
        &self.forbund.years[self.forbund.years.len() - 1]
    }

    /// The years shown, the oldest first.
    pub fn years(&self, count: usize) -> &[Year] {
        let years = &self.forbund.years;
        &years[years.len() - count.min(years.len() - 1)..]
    }

    pub fn actual(&self, count: usize) -> Vec<Column> {
        let mut columns: Vec<Column> =
            self.years(count).iter().map(|year| Column { year: year.year, measure: Measure::Actual }).collect();
        if self.style.newest_first {
            columns.reverse();
        }
        columns
    }

    pub fn year(&self, year: i32) -> &Year {
        self.forbund.years.iter().find(|found| found.year == year).unwrap_or(&self.forbund.years[0])
    }

    pub fn cost(&self) -> i64 {
        if self.style.costs_negative { -1 } else { 1 }
    }

    /// A row of a wording with a figure for each column.
    pub fn row(&mut self, key: &str, look: Look, columns: &[Column], amount: impl Fn(&Year, &Year) -> Ore) -> Row {
        let figures = columns.iter().map(|column| {
            let now = self.year(column.year);
            Figure::Amount(amount(now, self.year(column.year - 1)))
        });
        let figures = figures.collect();
        Row { key: key.to_string(), label: self.word(key), look, note: None, figures }
    }

    pub fn heading(&mut self, key: &str, columns: &[Column]) -> Row {
        let figures = vec![Figure::Blank; columns.len()];
        Row { key: key.to_string(), label: self.word(key), look: Look::Heading, note: None, figures }
    }

    pub fn named(&mut self, key: String, label: &str, columns: &[Column], amount: impl Fn(&Year) -> Ore) -> Row {
        let figures = columns.iter().map(|column| Figure::Amount(amount(self.year(column.year)))).collect();
        Row { key, label: label.to_string(), look: Look::Line, note: None, figures }
    }

    pub fn table(&mut self, part: Part, key: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        let (title, sheet) = (self.word(&format!("title.{key}")), self.word(&format!("sheet.{key}")));
        Table { part, title, sheet, columns, rows }
    }
}
