//! Pictures where people would rather look than read, each with its figures as a table, and each only where the book
//! has what it shows.

mod bars;
mod lines;
mod ties;
mod waterfall;

use std::cmp::Reverse;

use super::markup::Markup;
use super::{Paper, table};
use crate::book::Spot;
use crate::money::{Money, Swedish};
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement};
use crate::words::Concept;

/// A picture and what it shows.
pub struct Picture {
    title: String,
    /// What can be seen in it, for those who cannot see it.
    description: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    drawing: Drawing,
}

/// The drawing within its box.
struct Drawing {
    width: i64,
    height: i64,
    markup: Vec<Shape>,
}

/// What drawings are made of: an element, its attributes and its text.
type Shape = (&'static str, Vec<(&'static str, String)>, String);

/// The pictures that the book has figures for.
pub fn of(paper: &Paper<'_>) -> Vec<Picture> {
    let mut pictures = Vec::new();
    pictures.extend(waterfall::equity(paper));
    pictures.extend(waterfall::cash(paper));
    pictures.extend(lines::years(paper));
    pictures.extend(bars::activities(paper));
    pictures.extend(ties::map(paper));
    pictures
}

pub fn write(page: &mut Markup, paper: &Paper<'_>) {
    paper.pictures.iter().enumerate().for_each(|(i, picture)| picture.write(page, paper, i));
}

impl Picture {
    fn write(&self, page: &mut Markup, paper: &Paper<'_>, number: usize) {
        let (title, description) = (format!("b{number}-namn"), format!("b{number}-text"));
        page.element("figure", &[], |page| {
            page.leaf("h3", &[], &self.title);
            let Drawing { width, height, markup } = &self.drawing;
            let (view, named) = (format!("0 0 {width} {height}"), format!("{title} {description}"));
            let attributes = [("viewBox", view.as_str()), ("role", "img"), ("aria-labelledby", named.as_str())];
            page.element("svg", &attributes, |page| {
                page.leaf("title", &[("id", &title)], &self.title);
                page.leaf("desc", &[("id", &description)], &self.description);
                for (tag, attributes, text) in markup {
                    let attributes: Vec<(&str, &str)> =
                        attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    page.leaf(tag, &attributes, text);
                }
            });
            page.leaf("figcaption", &[], &self.description);
            page.element("details", &[], |page| {
                page.leaf("summary", &[], paper.say("Visa som tabell", "Show as a table"));
                let heads: Vec<(&str, &str)> =
                    self.heads.iter().enumerate().map(|(i, head)| (if i > 0 { "n" } else { "" }, &**head)).collect();
                table(page, "data", &self.title, &heads, |page| {
                    for row in &self.rows {
                        page.element("tr", &[], |page| {
                            for (i, text) in row.iter().enumerate() {
                                match i {
                                    0 => page.leaf("th", &[("scope", "row")], text),
                                    _ => page.leaf("td", &[("class", "n")], text),
                                }
                            }
                        });
                    }
                });
            });
        });
    }
}

/// A line of letters at a place: `anchor` is `start`, `middle` or `end`.
fn letters(x: i64, y: i64, anchor: &'static str, class: &str, text: impl Into<String>) -> Shape {
    let attributes =
        vec![("x", x.to_string()), ("y", y.to_string()), ("text-anchor", anchor.to_string()), ("class", class.into())];
    ("text", attributes, text.into())
}

fn rectangle(x: i64, y: i64, width: i64, height: i64, class: &str) -> Shape {
    let attributes = vec![
        ("x", x.to_string()),
        ("y", y.to_string()),
        ("width", width.max(1).to_string()),
        ("height", height.to_string()),
        ("class", class.to_string()),
    ];
    ("rect", attributes, String::new())
}

fn path(d: String, class: &str) -> Shape {
    ("path", vec![("d", d), ("class", class.to_string())], String::new())
}

/// Where an amount lies on an axis: from `least` at 0 to `most` at `long`.
#[derive(Clone, Copy)]
struct Axis {
    least: Money,
    most: Money,
    long: i64,
}

impl Axis {
    /// An axis that holds all the amounts and nothing at all.
    fn holding(amounts: impl Iterator<Item = Money>, long: i64) -> Axis {
        let (mut least, mut most) = (Money::ZERO, Money::ZERO);
        for amount in amounts {
            least = least.min(amount);
            most = most.max(amount);
        }
        Axis { least, most, long }
    }

    fn at(self, amount: Money) -> i64 {
        let part = (amount - self.least) * Money::from(self.long);
        part.divide(self.most - self.least).and_then(|at| at.round(0).to_i64()).unwrap_or(0)
    }
}

/// The figure of a spot in kronor.
fn kronor(paper: &Paper<'_>, spot: Option<Spot>) -> Option<Money> {
    paper.book.interval(spot?).map(|interval| interval.middle)
}

/// The outcome of a concept, in the file of a statement or else in another one.
fn outcome(paper: &Paper<'_>, near: &Statement, kind: Kind, concept: Concept, period: Period) -> Option<Money> {
    kronor(paper, paper.book.find(near, kind, concept, period, Measure::Actual))
}

/// The statements of a kind, each with every period that it has an outcome of; the last period first, and files that
/// are not reconciled with the others left out.
fn outcomes<'a>(paper: &Paper<'a>, kind: Kind) -> Vec<(&'a Statement, Period)> {
    let own = |statement: &Statement| paper.book.is_together(paper.book.input(statement));
    let statements = paper.book.of_kind(kind).map(|(_, statement)| statement).filter(|&statement| own(statement));
    let periods = |statement: &'a Statement| {
        let outcome = statement.columns().iter().filter(|column| column.measure == Some(Measure::Actual));
        outcome.filter_map(move |column| Some((statement, column.period?)))
    };
    let mut found: Vec<(&Statement, Period)> = statements.flat_map(periods).collect();
    found.sort_by_key(|(_, period)| Reverse(*period));
    found
}

/// `1 234 567`, kronor in whole.
fn whole(amount: Money) -> String {
    Swedish(amount.round(0).normalize()).to_string()
}

/// At most so many letters, `…` for the rest.
fn cut(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        true => format!("{}…", text.chars().take(most - 1).collect::<String>().trim_end()),
        false => text.to_string(),
    }
}
