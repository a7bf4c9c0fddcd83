//! How rules find the lines that they relate.

use super::Rule;
use super::between_files::says_restated;
use super::variance::{Convention, convention, cost_lines};
use crate::book::{Book, Spot};
use crate::money::{Closeness, Interval, Money};
use crate::period::{Measure, Period};
use crate::relation::{Confidence, Kind as RelationKind, Operand, Relation};
use crate::statement::{Kind, LineSum, Statement};
use crate::table::{Column, Entry, Role};
use crate::words::{self, Concept};

/// The sums of the statements of a kind whose result line is wanted, in every column, as relations of a rule.
pub fn sums(book: &Book, rule: &Rule, kind: Kind, wanted: impl Fn(&Statement, &LineSum) -> bool) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == kind) {
        let claimed = Claimed::of(rule, i, statement);
        for sum in statement.sums.iter().filter(|sum| wanted(statement, sum)) {
            let columns = statement.table.amount_columns().map(|(column, _)| column);
            let told = columns.filter(|&column| !is_untold(statement, sum, column));
            let relations_of = told.map(|column| (column, claimed.relation(sum, column)));
            let meant = relations_of.filter(|(column, of)| of.test().held() || !claimed.is_rounding(sum, *column));
            relations.extend(meant.map(|(_, relation)| relation));
        }
    }
    relations
}

/// Whether a column shows what a line comes to and nothing but zeros where its parts stand, though it comes to them in
/// other columns and does not say that it adds: of a group the note may tell no parts.
fn is_untold(statement: &Statement, sum: &LineSum, column: usize) -> bool {
    let figures = || sum.terms.iter().filter_map(|&(line, _)| statement.interval(line, column));
    let is_zero = |figure: Interval| figure.middle.is_zero();
    let stated = statement.interval(sum.result, column).is_some_and(|stated| !is_zero(stated));
    let told = words::says_total(&statement.lines()[sum.result].label);
    stated && sum.held > 0 && !told && figures().next().is_some() && figures().all(is_zero)
}

/// The concept of a sum's result line.
pub fn result_concept(statement: &Statement, sum: &LineSum) -> Option<Concept> {
    statement.lines()[sum.result].concept.map(|found| found.concept)
}

/// Whether a line of a balance sheet stands on the side of the assets.
pub fn is_on_asset_side(statement: &Statement, line: usize) -> bool {
    let side = |concept| statement.line(concept);
    match (side(Concept::TotalAssets), side(Concept::TotalEquityAndLiabilities)) {
        (Some(assets), Some(other)) if assets > other => line > other,
        (Some(assets), _) => line <= assets,
        (None, _) => false,
    }
}

/// What is to be known of a statement before its sums are claimed, told once for all of them.
struct Claimed<'s> {
    rule: &'s Rule,
    table: usize,
    statement: &'s Statement,
    /// Columns of variances in which plus is good.
    turned: Vec<usize>,
    /// Columns of variances of which it shows what they compare.
    told: Vec<(usize, Convention)>,
    /// Costs that are written as positive figures, where a column is turned.
    costs: Vec<bool>,
    /// Columns of variances follow from an outcome and a budget.
    compares: bool,
    understood: bool,
    money: bool,
}

impl<'s> Claimed<'s> {
    fn of(rule: &'s Rule, table: usize, statement: &'s Statement) -> Claimed<'s> {
        let compared = |measure| statement.columns().iter().any(|column| column.measure == Some(measure));
        let variances = (0..statement.columns().len()).filter(|&i| is_variance(statement, i));
        let told: Vec<(usize, Convention)> =
            variances.filter_map(|column| Some((column, convention(statement, column)?))).collect();
        let turned: Vec<usize> = told.iter().filter(|(_, told)| told.favourable).map(|(column, _)| *column).collect();
        Claimed {
            rule,
            table,
            statement,
            costs: if turned.is_empty() { Vec::new() } else { cost_lines(statement) },
            turned,
            told,
            compares: compared(Measure::Actual) && compared(Measure::Budget),
            understood: is_understood(statement),
            money: statement.is_money(),
        }
    }

    fn convention(&self, column: usize) -> Option<Convention> {
        self.told.iter().find(|(of, _)| *of == column).map(|(_, convention)| *convention)
    }

    /// Whether variances cannot but fail to add up: each is the difference of the two written figures in its row, and
    /// both columns of these add up within their rounding.
    fn is_rounding(&self, sum: &LineSum, column: usize) -> bool {
        let Some(Convention { from, less, favourable }) = self.convention(column) else { return false };
        let figure = |line: usize, column: usize| self.statement.interval(line, column).map(|figure| figure.middle);
        let follows = |line: usize| match (figure(line, column), figure(line, from), figure(line, less)) {
            (Some(stated), Some(from), Some(less)) if favourable && self.costs[line] => stated == less - from,
            (Some(stated), Some(from), Some(less)) => stated == from - less,
            (stated, ..) => stated.is_none(),
        };
        let lines = || sum.terms.iter().map(|(line, _)| *line).chain([sum.result]);
        lines().all(follows) && [from, less].iter().all(|&of| self.relation(sum, of).test().held())
    }

    fn relation(&self, sum: &LineSum, column: usize) -> Relation {
        let statement = self.statement;
        // Where plus is good, a lower cost is added to the better result.
        let turns = self.turned.contains(&column);
        let sign = |line: usize, sign: i32| if turns && self.costs[line] { sign.abs() } else { sign };
        let shown = sum.terms.iter().any(|&(line, _)| statement.interval(line, column).is_some());
        let term = |&(line, coefficient): &(usize, i32)| match shown {
            true => statement.part(line, column, sign(line, coefficient)),
            false => statement.in_sum(line, column, sign(line, coefficient)),
        };
        let terms: Vec<Operand> = sum.terms.iter().map(term).collect();
        let row = (statement.in_sum(sum.result, column, 1), terms);
        Relation {
            confidence: self.confidence(sum, column),
            derived: self.compares && self.convention(column).is_some(),
            ..claim(self.rule, (self.table, statement), column, kind_of(&row.1), row)
        }
    }

    /// How sure a total is. One that holds in no column may be no such total; people and visits are counted, not
    /// accounted for.
    fn confidence(&self, sum: &LineSum, column: usize) -> Confidence {
        let statement = self.statement;
        let is_form = statement.kind.is_main();
        let is_dash = statement.lines()[sum.result].entries[column] == Entry::Dash;
        match () {
            _ if !self.money => Confidence::DOUBTFUL,
            _ if !statement.kind.has_form() && !self.understood => Confidence::DOUBTFUL,
            _ if sum.held == 0 && sum.tested > 1 && is_doubled(statement, sum) => Confidence::DOUBTFUL,
            // Where an overview's result follows in no year, a line of another name among the others may be a part of it.
            _ if matches!(statement.kind, Kind::Summary | Kind::MultiYear)
                && sum.held == 0
                && sum.tested > 1
                && has_unknown_part(statement, sum) =>
            {
                Confidence::DOUBTFUL
            }
            // Without a unit the figures of another year must show that it is a total.
            _ if statement.kind == Kind::Other && statement.declared_unit.is_none() && sum.held == 0 => {
                Confidence::DOUBTFUL
            }
            // A dash may also say that nobody has added.
            _ if is_dash && is_form => Confidence::LIKELY,
            _ if is_dash => Confidence::DOUBTFUL,
            _ if is_form || sum.held > 0 || sum.tested <= 1 => Confidence::SURE,
            // A total of no known form that comes out in none of several columns is rather not understood than wrong.
            _ if !statement.kind.has_form() => Confidence::DOUBTFUL,
            _ => Confidence::LIKELY,
        }
    }
}

/// What a rule is sure of: that the result, in a column of a statement, follows from the terms.
pub fn claim(
    rule: &Rule,
    (table, statement): (usize, &Statement),
    column: usize,
    kind: RelationKind,
    (result, terms): (Operand, Vec<Operand>),
) -> Relation {
    Relation {
        rule: rule.code,
        kind,
        result,
        terms,
        period: statement.columns()[column].period,
        unit: statement.unit,
        table,
        gravest: rule.severity,
        confidence: Confidence::SURE,
        derived: false,
    }
}

fn is_variance(statement: &Statement, column: usize) -> bool {
    statement.columns()[column].measure == Some(Measure::Variance)
}

/// Whether the lines of a sum come to twice its figure in every column, as where subtotals stand among them that
/// rounding hides.
fn is_doubled(statement: &Statement, sum: &LineSum) -> bool {
    let figure = |line: usize, column: usize| statement.interval(line, column);
    let doubled = |column: usize| {
        let stated = figure(sum.result, column)?;
        let parts = sum.terms.iter().filter_map(|&(line, sign)| Some((sign, figure(line, column)?)));
        let parts = parts.fold(Interval::exact(Money::ZERO), |sum, (sign, figure)| sum.plus(sign, figure));
        Some(stated.plus(1, stated).closeness(parts) != Closeness::Off)
    };
    let own = statement.table.amount_columns().filter(|(_, column)| column.measure != Some(Measure::Variance));
    own.filter_map(|(column, _)| doubled(column)).all(|doubled| doubled)
}

/// Whether a line of no known name stands among those that a sum adds.
fn has_unknown_part(statement: &Statement, sum: &LineSum) -> bool {
    let first = sum.terms.iter().map(|(line, _)| *line).min().unwrap_or(sum.result);
    let among = statement.lines().get(first..sum.result).unwrap_or_default();
    among.iter().any(|line| line.concept.is_none() && line.role == Role::Line)
}

/// Whether most totals of a table come out. Where they do not, it is built otherwise than it was taken for, and its
/// breaks accuse nobody.
fn is_understood(statement: &Statement) -> bool {
    let tested = statement.sums.iter().filter(|sum| sum.tested > 0).count();
    let held = statement.sums.iter().filter(|sum| sum.tested > 0 && sum.held == sum.tested).count();
    tested < 4 || 2 * held >= tested
}

fn kind_of(terms: &[Operand]) -> RelationKind {
    match terms {
        [_] => RelationKind::Equal,
        _ if terms.iter().any(|term| term.coefficient < 0) => RelationKind::Difference,
        _ => RelationKind::Sum,
    }
}

/// Ties a line of every statement of a kind to lines of the book's own statements, column by column:
/// `terms` gives what the line should be in a period, or nothing where that cannot be said.
pub fn ties(
    book: &Book,
    rule: &Rule,
    kind: Kind,
    concept: Concept,
    terms: impl Fn(&Statement, Period, Measure) -> Option<Vec<(Spot, i32)>>,
) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (i, statement) in book.statements.iter().enumerate().filter(|(_, s)| s.kind == kind) {
        let Some(line) = statement.line(concept) else { continue };
        for (column, period, measure) in own_columns(statement) {
            let Some(terms) = terms(statement, period, measure).filter(|terms| !terms.is_empty()) else { continue };
            let spot = Spot { statement: i, line, column };
            let mut relation = tie(book, rule, spot, &terms);
            // What another file says of last year may have been changed since.
            let elsewhere =
                |(term, _): &(Spot, i32)| book.input(&book.statements[term.statement]) != book.input(statement);
            if terms.iter().any(elsewhere) && says_restated(book, spot, period.year - 1) {
                relation.doubt(Confidence::DOUBTFUL);
            }
            relations.push(relation);
        }
    }
    relations
}

/// The columns of the newest year that a statement has an outcome or a budget of; plan years are left out.
pub fn newest_columns(statement: &Statement) -> Vec<(usize, &Column)> {
    let tried = |column: &Column| matches!(column.measure, None | Some(Measure::Actual | Measure::Budget));
    let mut columns: Vec<(usize, &Column)> =
        statement.table.amount_columns().filter(|(_, column)| tried(column)).collect();
    let newest = columns.iter().filter_map(|(_, column)| column.period).max();
    columns.retain(|(_, column)| column.period == newest);
    columns
}

/// The columns of figures of the förbund itself: outcome, budget, plan; no variances, no shares, no other body.
pub fn own_columns(statement: &Statement) -> impl Iterator<Item = (usize, Period, Measure)> + '_ {
    statement.columns().iter().enumerate().filter_map(|(i, column)| {
        let (period, measure) = (column.period?, column.measure?);
        let own = statement.is_of_body(column) && measure.is_own();
        own.then_some((i, period, measure))
    })
}

/// One tie of a cell to others.
pub fn tie(book: &Book, rule: &Rule, spot: Spot, terms: &[(Spot, i32)]) -> Relation {
    let statement = &book.statements[spot.statement];
    let is_credit = |spot: Spot| book.statements[spot.statement].is_credit(spot.line);
    let operand = |&(term, coefficient): &(Spot, i32)| {
        let same_side = is_credit(term) == is_credit(spot);
        book.operand(term, if same_side { coefficient } else { -coefficient })
    };
    let terms: Vec<Operand> = terms.iter().map(operand).collect();
    claim(rule, (spot.statement, statement), spot.column, kind_of(&terms), (book.operand(spot, 1), terms))
}

/// A written ratio of two cells: in per cent where it says so and where it is above 1,5, and where its label says so
/// unless the part of one is nearer (`Soliditet %` over 0,78).
pub fn ratio(book: &Book, rule: &Rule, spot: Spot, part: Spot, whole: Spot) -> Option<Relation> {
    let statement = &book.statements[spot.statement];
    let figure = statement.lines()[spot.line].entries[spot.column].figure()?;
    let (value, hundred) = (figure.amount.value, Money::from(100));
    let off = |stated: Money| {
        let quotient = book.interval(part)?.middle.divide(book.interval(whole)?.middle)?;
        Some((stated - quotient).abs())
    };
    let says = || statement.lines()[spot.line].label.contains('%') && value.divide(hundred).and_then(off) < off(value);
    let percent = figure.percent || value.abs() > Money::new(15, 1) || says();
    let scale = if percent { hundred } else { Money::ONE };
    let stated = Interval {
        middle: value.divide(scale).unwrap_or_default(),
        half: figure.amount.half_step().divide(scale).unwrap_or_default(),
    };
    let result = Operand::new(book.at(spot), Some(stated), 1);
    let terms = vec![book.operand(part, 1), book.operand(whole, 1)];
    Some(claim(rule, (spot.statement, statement), spot.column, RelationKind::Ratio, (result, terms)))
}

/// The single lines that a total adds in the end.
pub fn leaves(statement: &Statement, line: usize) -> Vec<usize> {
    match statement.sum_of(line) {
        Some(sum) if statement.lines()[line].role != Role::Line => {
            sum.terms.iter().flat_map(|&(term, _)| leaves(statement, term)).collect()
        }
        _ => vec![line],
    }
}

/// Costs may be written as positive figures in one table and as negative ones in another: the coefficient that makes
/// them comparable.
pub fn cost_coefficient(a: &Statement, b: &Statement, is_cost: bool) -> i32 {
    if is_cost && a.cost_sign != b.cost_sign { -1 } else { 1 }
}
