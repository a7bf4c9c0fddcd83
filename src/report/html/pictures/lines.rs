//! The years of a multi-year overview as lines.

use super::{Axis, Drawing, Picture, letters, outcomes, path, whole};
use crate::finding::Language;
use crate::money::Money;
use crate::period::{Measure, Period};
use crate::report::html::Paper;
use crate::statement::Kind;
use crate::words::Concept;

const WIDTH: i64 = 720;
const LEFT: i64 = 110;
const LONG: i64 = 400;
const TOP: i64 = 16;
const TALL: i64 = 200;

/// The lines that people follow over the years, each with a dash of its own.
const SERIES: &[(Concept, &str)] = &[
    (Concept::OperatingIncome, "first"),
    (Concept::OperatingCosts, "second"),
    (Concept::Result, "third"),
    (Concept::Equity, "fourth"),
];

struct Series {
    name: String,
    class: &'static str,
    values: Vec<Option<Money>>,
}

/// Income, costs, result and equity of three years or more.
pub fn years(paper: &Paper<'_>) -> Option<Picture> {
    let (statement, _) = outcomes(paper, Kind::MultiYear).into_iter().next()?;
    let mut columns: Vec<(Period, usize)> = statement
        .columns()
        .iter()
        .enumerate()
        .filter(|(_, column)| column.measure == Some(Measure::Actual))
        .filter_map(|(i, column)| Some((column.period?, i)))
        .collect();
    columns.sort_unstable();
    columns.dedup_by_key(|(period, _)| *period);
    let series: Vec<Series> = SERIES
        .iter()
        .filter_map(|&(concept, class)| {
            let line = statement.line(concept)?;
            let value = |&(_, column): &(Period, usize)| statement.interval(line, column).map(|i| i.middle);
            let values: Vec<Option<Money>> = columns.iter().map(value).collect();
            let name = statement.lines()[line].label.clone();
            (values.iter().flatten().count() > 2).then_some(Series { name, class, values })
        })
        .collect();
    if columns.len() < 3 || series.is_empty() {
        return None;
    }
    let periods: Vec<Period> = columns.iter().map(|(period, _)| *period).collect();
    let (first, last) = (periods[0], periods[periods.len() - 1]);
    let heads = std::iter::once(paper.say("Rad", "Line").to_string()).chain(periods.iter().map(Period::to_string));
    let rows = series.iter().map(|series| {
        let values = series.values.iter().map(|value| value.map_or("–".to_string(), whole));
        std::iter::once(series.name.clone()).chain(values).collect()
    });
    let names: Vec<&str> = series.iter().map(|series| &*series.name).collect();
    let description = match paper.language {
        Language::Swedish => format!("{} i kronor, {first}–{last}.", names.join(", ")),
        Language::English => format!("{} in kronor, {first}–{last}.", names.join(", ")),
    };
    Some(Picture {
        title: format!("{} {first}–{last}", paper.say("Utvecklingen", "The years")),
        description,
        heads: heads.collect(),
        rows: rows.collect(),
        drawing: drawn(&periods, &series),
    })
}

fn drawn(periods: &[Period], series: &[Series]) -> Drawing {
    let axis = Axis::holding(series.iter().flat_map(|series| series.values.iter().flatten().copied()), TALL);
    let y = |amount: Money| TOP + TALL - axis.at(amount);
    let x = |i: usize| LEFT + 20 + (LONG - 40) * i as i64 / (periods.len() as i64 - 1);
    let zero = y(Money::ZERO);
    let mut shapes = vec![path(format!("M{LEFT} {zero}h{LONG}"), "axis")];
    for amount in [axis.most, Money::ZERO, axis.least] {
        if amount.is_zero() || y(amount).abs_diff(zero) > 14 {
            shapes.push(letters(LEFT - 10, y(amount) + 4, "end", "faint", whole(amount)));
        }
    }
    for (i, period) in periods.iter().enumerate() {
        shapes.push(letters(x(i), TOP + TALL + 24, "middle", "", period.to_string()));
    }
    for series in series {
        let mut d = String::new();
        for (i, value) in series.values.iter().enumerate() {
            match value {
                Some(value) => {
                    let to = if d.is_empty() || series.values[i - 1].is_none() { 'M' } else { 'L' };
                    d.push_str(&format!("{to}{} {}", x(i), y(*value)));
                    shapes.push(dot(x(i), y(*value), series.class));
                }
                None => continue,
            }
        }
        shapes.push(path(d, &format!("series {}", series.class)));
    }
    names(&mut shapes, series, y);
    Drawing { width: WIDTH, height: TOP + TALL + 36, markup: shapes }
}

fn dot(x: i64, y: i64, class: &str) -> super::Shape {
    let attributes =
        vec![("cx", x.to_string()), ("cy", y.to_string()), ("r", "3".to_string()), ("class", class.to_string())];
    ("circle", attributes, String::new())
}

/// The name of each line at its end, moved apart where ends lie close.
fn names(shapes: &mut Vec<super::Shape>, series: &[Series], y: impl Fn(Money) -> i64) {
    let end = |series: &Series| series.values.last().copied().flatten().map(&y);
    let mut ends: Vec<(i64, &Series)> = series.iter().filter_map(|series| Some((end(series)?, series))).collect();
    ends.sort_by_key(|(y, _)| *y);
    let mut free = i64::MIN;
    for (y, series) in ends {
        let at = y.max(free);
        free = at + 17;
        let name = super::cut(&series.name, 26);
        shapes.push(letters(LEFT + LONG + 4, at + 4, "start", series.class, name));
    }
}
