//! Budget against outcome for each insats.

use super::{Axis, Drawing, Picture, cut, letters, outcomes, path, rectangle, whole};
use crate::finding::Language;
use crate::money::Money;
use crate::period::{Measure, Period};
use crate::report::html::Paper;
use crate::statement::{Kind, Statement};
use crate::table::Role;

const WIDTH: i64 = 720;
const ROW: i64 = 40;
const BAR: i64 = 12;
const LEFT: i64 = 270;
const LONG: i64 = 350;

/// So many insatser can be looked at in one picture.
const MOST: usize = 30;

pub fn activities<'a>(paper: &Paper<'a>) -> Option<Picture> {
    let compared = |(statement, period): (&'a Statement, Period)| {
        let column = |measure| statement.column(period, measure);
        Some((statement, column(Measure::Budget)?, column(Measure::Actual)?))
    };
    let (statement, budget, outcome) = outcomes(paper, Kind::Activities).into_iter().find_map(compared)?;
    let amount = |line: usize, column: usize| statement.interval(line, column).map(|interval| interval.middle.abs());
    let lines: Vec<(String, Money, Money)> = statement
        .lines()
        .iter()
        .enumerate()
        .filter(|(_, line)| line.role == Role::Line)
        .filter_map(|(i, line)| {
            let (budget, outcome) = (amount(i, budget), amount(i, outcome));
            let (b, o) = (budget.unwrap_or_default(), outcome.unwrap_or_default());
            (!(b.is_zero() && o.is_zero())).then(|| (line.label.clone(), b, o))
        })
        .collect();
    if !(2..=MOST).contains(&lines.len()) {
        return None;
    }
    let over = lines.iter().filter(|(_, budget, outcome)| outcome > budget).count();
    let description = match paper.language {
        Language::Swedish => format!("{over} av {} insatser kostade mer än budget. Beloppen är i kronor.", lines.len()),
        Language::English => {
            format!("{over} of {} activities cost more than budgeted. Amounts in kronor.", lines.len())
        }
    };
    let names = [paper.say("budget", "budget"), paper.say("utfall", "outcome")];
    let rows = lines.iter().map(|(name, budget, outcome)| vec![name.clone(), whole(*budget), whole(*outcome)]);
    Some(Picture {
        title: paper.say("Insatser: budget och utfall", "Activities: budget and outcome").to_string(),
        description,
        heads: vec![
            paper.say("Insats", "Activity").to_string(),
            paper.say("Budget", "Budget").to_string(),
            paper.say("Utfall", "Outcome").to_string(),
        ],
        rows: rows.collect(),
        drawing: drawn(&lines, names),
    })
}

fn drawn(lines: &[(String, Money, Money)], names: [&str; 2]) -> Drawing {
    let axis = Axis::holding(lines.iter().flat_map(|(_, budget, outcome)| [*budget, *outcome]), LONG);
    let height = ROW * lines.len() as i64 + 30;
    let mut shapes = vec![
        rectangle(LEFT, 4, 14, BAR, "budget"),
        letters(LEFT + 20, 14, "start", "", names[0]),
        rectangle(LEFT + 90, 4, 14, BAR, "outcome"),
        letters(LEFT + 110, 14, "start", "", names[1]),
        path(format!("M{LEFT} 26V{}", height - 4), "axis"),
    ];
    for (i, (name, budget, outcome)) in lines.iter().enumerate() {
        let y = ROW * i as i64 + 30;
        shapes.push(letters(LEFT - 12, y + 17, "end", "", cut(name, 32)));
        for (top, amount, class) in [(y, budget, "budget"), (y + BAR + 2, outcome, "outcome")] {
            let long = axis.at(*amount);
            shapes.push(rectangle(LEFT, top, long, BAR, class));
            shapes.push(letters(LEFT + long + 8, top + 10, "start", "small", whole(*amount)));
        }
    }
    Drawing { width: WIDTH, height, markup: shapes }
}
