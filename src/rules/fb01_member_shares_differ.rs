use super::lookup::claim;
use super::members::{self, Members, members};
use super::rule;
use crate::book::Book;
use crate::money::{Closeness, Interval, Money};
use crate::period::Measure;
use crate::relation::{Confidence, Kind as RelationKind, Relation};
use crate::statement::{Statement, kinds};
use crate::table::{Column, heading};
use crate::words;

rule! {
    /// The members' contributions do not have the shares of the law.
    ///
    /// Försäkringskassan gives half (also for Arbetsförmedlingen), the region a quarter, the municipalities a quarter together (FinsamL 5 §).
    /// Medfinansiering and project money are left out. Where no column of the table has these shares, or where the contributions are
    /// rounded, it is only mentioned: the parties may have agreed otherwise for a time. Months and variances have no such shares.
    ///
    /// What to do: check the amounts with the decision on contributions.
    "FB01" "member-shares-differ" Warning, Relations(relate),
    "Medlemmarnas bidrag har inte lagens andelar.

Försäkringskassan bidrar med hälften (även för Arbetsförmedlingen), regionen med en fjärdedel och kommunerna tillsammans med en fjärdedel (5 § FinsamL). Medfinansiering och projektmedel räknas inte med. Om ingen kolumn i tabellen har dessa andelar, eller om skillnaden ryms i bidragens avrundning, nämns det bara: parterna kan ha kommit överens om annat för en tid. Månader och avvikelser har inga sådana andelar.

Gör så här: kontrollera beloppen mot beslutet om bidrag."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in members::statements(book) {
        // Parts of the förbund may be financed otherwise than all of it: they are compared with each other.
        let (mut own, mut of_parts): (Vec<Relation>, Vec<Vec<Relation>>) = Default::default();
        // The shares are those of a year: beside its column, those without one are parts of it, or changes.
        let dated = statement.columns().iter().any(|column| column.period.is_some());
        // So are, by a total of the row, the columns that it adds: the quarters in which it is paid.
        let says_all = |column: &Column| words::says_total(&column.header) || heading::read(&column.header).whole;
        let is_total = |(i, column): (usize, &Column)| says_all(column) || adds_others(statement, i);
        let parted = statement.table.amount_columns().any(is_total);
        let of_year = |&(i, column): &(usize, &Column)| match column.period {
            Some(period) => period.is_year() && column.measure.is_none_or(Measure::is_own),
            None => !dated && (!parted || is_total((i, column))),
        };
        for (column, about) in statement.table.amount_columns().filter(of_year) {
            let Some(members) = members(statement, column).or_else(|| without_one(statement, column)) else { continue };
            let part = about.entity.is_some() && !is_total((column, about));
            let of_column = shares(&members).into_iter().map(|(line, parts)| {
                let all = members.all().map(|line| statement.operand(line, column, 1)).collect();
                let share = (statement.operand(line, column, parts), all);
                let mut relation = claim(&RULE, (i, statement), column, RelationKind::Sum, share);
                if is_rounded(statement, &members, column, (line, parts)) {
                    relation.doubt(Confidence::DOUBTFUL);
                }
                relation
            });
            match part {
                true => of_parts.push(of_column.collect()),
                false => own.extend(of_column),
            }
        }
        let holds = |relation: &Relation| relation.test().held();
        if !own.iter().any(holds) {
            own.iter_mut().for_each(|relation| relation.doubt(Confidence::DOUBTFUL));
        }
        relations.extend(own);
        if of_parts.iter().any(|of_column| of_column.iter().all(holds)) {
            relations.extend(of_parts.into_iter().flatten());
        }
    }
    relations
}

/// Whether what the members give in a column is the sum of what they give in the columns right before it or right after,
/// for all of them or, where one figure of three columns or more is wrong, for all but one of three or more.
fn adds_others(statement: &Statement, column: usize) -> bool {
    let gives = |line: &usize| {
        let found = statement.lines()[*line].concept;
        found.is_some_and(|found| kinds::is_contribution(found.concept)) && statement.amount(*line, column).is_some()
    };
    let figure = |line: usize, column: usize| statement.interval(line, column);
    let nothing = |line: usize, column: usize| figure(line, column).is_none_or(|figure| figure.middle.is_zero());
    let lines: Vec<usize> = (0..statement.lines().len()).filter(gives).collect();
    let others = statement.table.amount_columns().map(|(i, _)| i).filter(|&i| i != column);
    let others: Vec<usize> = others.filter(|&i| lines.iter().any(|&line| !nothing(line, i))).collect();
    let (before, after) = others.split_at(others.partition_point(|&other| other < column));
    let adds = |parts: &[usize], line: usize| {
        let figures = parts.iter().filter_map(|&part| figure(line, part));
        let sum = figures.fold(Interval::exact(Money::ZERO), |sum, figure| sum.plus(1, figure));
        figure(line, column).is_some_and(|stated| stated.closeness(sum) != Closeness::Off)
    };
    let all = |parts: &[usize]| {
        let slip = usize::from(lines.len() > 2 && parts.len() > 2);
        lines.iter().filter(|&&line| adds(parts, line)).count() + slip >= lines.len()
    };
    let runs = (0..before.len().saturating_sub(1)).map(|first| &before[first..]);
    let runs = runs.chain((2..=after.len()).map(|count| &after[..count]));
    lines.len() > 1 && runs.into_iter().any(all)
}

/// Whether a share is off by no more than rounding leaves: the contributions are all of whole tens in the table's unit,
/// or hundreds, as they are agreed on. In whole units a share may be off by two, for what the municipalities give is
/// rounded for each of them.
fn is_rounded(statement: &Statement, members: &Members, column: usize, (line, parts): (usize, i32)) -> bool {
    const LEAST: i64 = 200;
    const WHOLE: i64 = 2;
    let figure = |line: usize| statement.interval(line, column).map(|figure| figure.middle);
    let Some(own) = figure(line) else { return false };
    let figures: Vec<Money> = members.all().filter_map(figure).collect();
    let parts = Money::from(i64::from(parts));
    let off = (own * parts - figures.iter().copied().sum()).abs();
    let unit = statement.unit.factor();
    let agreed = |step: &Money| figures.iter().all(|figure| figure.divide(*step).is_some_and(Money::is_integer));
    let bound = match [1_000, 100, 10].map(|step| Money::from(step) * unit).into_iter().find(agreed) {
        Some(step) => step * (parts + Money::from(figures.len() as i64)),
        None if agreed(&unit) => Money::from(2 * WHOLE) * unit * parts,
        None => return false,
    };
    // Small against the whole, too: a hundred thousand that moved is no rounding.
    off * Money::from(2) <= bound && off * Money::from(LEAST) <= own.abs() * parts
}

/// The members of another column that has the shares of the law, where one of them has nothing in this one though the
/// contributions come to their total: what it gives stands on another line.
fn without_one(statement: &Statement, column: usize) -> Option<Members> {
    let figure = |line: usize, column: usize| statement.interval(line, column);
    let nothing = |line: usize| figure(line, column).is_none_or(|figure| figure.middle.is_zero());
    let follows = |members: &Members, column: usize| {
        let whole: Money = members.all().filter_map(|line| figure(line, column)).map(|figure| figure.middle).sum();
        let share = |(line, parts): (usize, i32)| {
            figure(line, column).is_some_and(|own| own.middle * Money::from(i64::from(parts)) == whole)
        };
        shares(members).into_iter().all(share)
    };
    let others = statement.table.amount_columns().map(|(other, _)| other).filter(|&other| other != column);
    let lawful = others.filter_map(|other| Some((members(statement, other)?, other)));
    let known = lawful.filter(|(members, other)| follows(members, *other)).map(|(members, _)| members).next()?;
    let adds_up = statement.sums.iter().any(|sum| {
        let has_all = known.all().all(|line| sum.terms.iter().any(|&(term, _)| term == line));
        let parts = sum.terms.iter().filter_map(|&(line, sign)| Some((sign, figure(line, column)?)));
        let parts = parts.fold(Interval::exact(Money::ZERO), |sum, (sign, figure)| sum.plus(sign, figure));
        let stated = figure(sum.result, column).filter(|stated| !stated.middle.is_zero());
        has_all && stated.is_some_and(|stated| stated.closeness(parts) != Closeness::Off)
    });
    (adds_up && known.all().filter(|&line| nothing(line)).count() == 1).then_some(known)
}

/// Lines whose share the law fixes by itself, and into how many such parts the whole goes.
fn shares(members: &Members) -> Vec<(usize, i32)> {
    let mut shares = Vec::new();
    match members.state.as_slice() {
        [state] => shares.push((*state, 2)),
        [agency, service] => shares.extend([(*agency, 4), (*service, 4)]),
        _ => {}
    }
    if let [region] = members.regions.as_slice() {
        shares.push((*region, 4));
    }
    if let [municipality] = members.municipalities.as_slice() {
        shares.push((*municipality, 4));
    }
    shares
}
