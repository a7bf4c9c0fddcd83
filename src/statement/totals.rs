//! Which lines each total adds.
//!
//! The lines are walked in order with a stack of those that no total has taken. A total takes a suffix of the
//! stack and stands in its place, so subtotals, grand totals and running results are one mechanism. Which suffix:
//! the form of the statement says it where it has one; else the heading that the total repeats; else the lines
//! since the last total. Where the figures of more columns speak for another suffix, that one is taken.

pub mod bare;
mod closed;
mod heads;
mod held;
mod levels;
mod orphans;
mod proof;
mod reach;
mod rolled;
mod said;
mod signs;
mod terms;
mod undeclared;
mod unnamed;
mod wholes;
mod within;

use self::said::Said;
use super::kinds::{self, Reach};
use super::{Kind, LineSum, Statement};
use crate::period::Measure;
use crate::table::Role;
use crate::words::{self, Concept};

/// In how many lines totals are looked for that nothing but their figures shows.
const MOST_SET_OVER: usize = 500;

/// Finds the sums of a statement, its sign of costs unless that is given, and the roles of its lines.
pub fn find(statement: &mut Statement, given: Option<i32>) {
    let majority = majority_sign(statement);
    let written = majority.unwrap_or(-1);
    let mut said = Said::of(statement);
    let signs = match given {
        Some(given) => vec![given],
        None if has_costs(statement) => vec![written, -written],
        None => vec![written],
    };
    // One sum that holds only where costs are not signed as they are written speaks of a slip in its signs.
    let margin = usize::from(majority.is_some());
    let Some((mut sign, mut sums)) = signs::walked(statement, &said, &signs, margin) else { return };
    if statement.lines().iter().any(|line| line.role == Role::OfWhich) && sums.iter().any(|sum| sum.held < sum.tested) {
        said.set_in = false;
        match signs::walked(statement, &said, &signs, margin) {
            Some(other) if counts(&other.1).0 > counts(&sums).0 && counts(&other.1).1 < counts(&sums).1 => {
                (sign, sums) = other;
            }
            _ => said.set_in = true,
        }
    }
    let held = counts(&sums).0;
    statement.cost_sign = sign;
    statement.sums = sums;
    // Some tables print totals above their parts: tried where that explains the figures better.
    if !statement.kind.has_form() {
        let upward = Walk::new(statement, &said, true).sums();
        let tested: usize = upward.iter().map(|sum| sum.tested).sum();
        let upward_held: usize = upward.iter().map(|sum| sum.held).sum();
        if tested == upward_held && upward_held > held && upward.len() >= statement.sums.len() {
            statement.sums = upward;
        }
    }
    let heads = Walk::new(statement, &said, false).heads();
    if !heads.is_empty() {
        consider(statement, Walk { heads: heads.clone(), ..Walk::new(statement, &said, false) }.sums());
    }
    let beyond = Walk::new(statement, &said, false).beyond_accounts();
    if beyond.iter().any(|&line| !said.total[line]) {
        let before = said.total.clone();
        beyond.iter().for_each(|&line| said.total[line] = true);
        if !consider(statement, Walk::new(statement, &said, false).sums()) {
            said.total = before;
        }
    }
    let walked = statement.sums.clone();
    try_wholes(statement, &said, &signs, (&walked, &heads), consider);
    // Where a total comes out in no column, totals above it that nothing sets off may be what it adds.
    let several = statement.table.amount_columns().count() > 1;
    let fails = |sum: &LineSum| sum.tested > usize::from(several) && sum.held == 0;
    if statement.sums.iter().any(fails) {
        let resolves = |statement: &mut Statement, sums: Vec<LineSum>| {
            let ((held, broken), (before, broken_before)) = (counts(&sums), counts(&statement.sums));
            let better = held > before && broken < broken_before && !sums.iter().any(fails);
            if better {
                statement.sums = sums;
            }
            better
        };
        let heads = Walk::new(statement, &said, false).plain_heads();
        resolves(statement, Walk { heads: heads.clone(), ..Walk::new(statement, &said, false) }.sums());
        let blocks = Walk::new(statement, &said, false).undeclared_blocks();
        if !blocks.is_empty() {
            resolves(statement, Walk { heads: blocks, ..Walk::new(statement, &said, false) }.sums());
        }
        try_wholes(statement, &said, &signs, (&walked, &heads), resolves);
    }
    // A table of more rows is an export and sets nothing over its parts.
    if !statement.kind.has_form() && statement.lines().len() <= MOST_SET_OVER {
        let heads = Walk::new(statement, &said, false).proved_heads();
        if !heads.is_empty() {
            consider(statement, Walk { heads, ..Walk::new(statement, &said, false) }.sums());
        }
    }
    let orphans = Walk::new(statement, &said, false).of_orphans(&statement.sums);
    statement.sums.extend(orphans);
    let sums = std::mem::take(&mut statement.sums);
    statement.sums = Walk::new(statement, &said, false).with_subtotals(sums);
    name_roles(statement);
    unnamed::name_result(statement);
}

/// Where some total does not come out, tries the sums that lines for all of a section would be beside those that were
/// found and those over their parts; `take` says whether they are better.
fn try_wholes(
    statement: &mut Statement,
    said: &Said,
    signs: &[i32],
    (walked, heads): (&[LineSum], &[LineSum]),
    take: impl Fn(&mut Statement, Vec<LineSum>) -> bool,
) {
    if statement.lines().len() > MOST_SET_OVER || statement.sums.iter().all(|sum| sum.held == sum.tested) {
        return;
    }
    let told = walked.iter().filter(|sum| sum.held > 0 && sum.held == sum.tested).chain(heads);
    let wholes = Walk::new(statement, said, false).wholes(told);
    let heads: Vec<LineSum> = wholes.into_iter().chain(heads.iter().cloned()).collect();
    // Costs that stood among their own parts said nothing sure of their sign.
    for &sign in signs {
        let before = std::mem::replace(&mut statement.cost_sign, sign);
        let walk = Walk::new(statement, said, false);
        if !take(statement, Walk { heads: heads.clone(), ..walk }.sums()) {
            statement.cost_sign = before;
        }
    }
}

/// Takes sums that come out in more columns instead of those found before, and tells whether it did: what breaks among
/// much that holds is a slip and no other layout.
fn consider(statement: &mut Statement, sums: Vec<LineSum>) -> bool {
    let ((held, broken), (before, broken_before)) = (counts(&sums), counts(&statement.sums));
    let better = held > before && 2 * broken.saturating_sub(broken_before) <= held.saturating_sub(before);
    if better {
        statement.sums = sums;
    }
    better
}

/// In how many columns sums hold, and in how many they break.
fn counts(sums: &[LineSum]) -> (usize, usize) {
    (sums.iter().map(|sum| sum.held).sum(), sums.iter().map(|sum| sum.tested - sum.held).sum())
}

/// −1 where most cost figures are positive (then they are subtracted), +1 where most are negative.
pub(super) fn majority_sign(statement: &Statement) -> Option<i32> {
    let mut balance = 0i32;
    for (i, line) in statement.lines().iter().enumerate() {
        if !line.concept.is_some_and(|found| kinds::is_cost(found.concept)) {
            continue;
        }
        for (c, column) in statement.table.amount_columns() {
            if column.measure == Some(Measure::Variance) {
                continue;
            }
            if let Some(amount) = statement.amount(i, c).filter(|amount| !amount.value.is_zero()) {
                balance += if amount.value.is_negative() { 1 } else { -1 };
            }
        }
    }
    (balance != 0).then(|| balance.signum())
}

/// Whether any cost is shown.
pub(super) fn has_costs(statement: &Statement) -> bool {
    let shown = |line: usize| {
        statement
            .table
            .amount_columns()
            .any(|(c, _)| statement.amount(line, c).is_some_and(|amount| !amount.value.is_zero()))
    };
    let is_cost = |line: usize| statement.lines()[line].concept.is_some_and(|found| kinds::is_cost(found.concept));
    (0..statement.lines().len()).any(|line| is_cost(line) && shown(line))
}

fn name_roles(statement: &mut Statement) {
    for sum in &statement.sums {
        let taken = statement.sums.iter().any(|other| other.terms.iter().any(|(line, _)| *line == sum.result));
        statement.table.lines[sum.result].role = if taken { Role::Subtotal } else { Role::Total };
    }
}

/// What stands on the stack: a line, and whether it is cost in the sense of the table's sections.
#[derive(Clone, Copy, Debug)]
struct Item {
    line: usize,
    total: bool,
    cost: bool,
}

struct Walk<'a> {
    statement: &'a Statement,
    said: &'a Said,
    order: Vec<usize>,
    columns: Vec<usize>,
    stack: Vec<Item>,
    /// Headings seen: folded wording, and the height of the stack under it.
    headings: Vec<(String, usize)>,
    /// Whether the sections that lines stand in are costs.
    in_costs: bool,
    /// The line with which the last section of costs began.
    costs_from: usize,
    /// Sums that stand over their parts.
    heads: Vec<LineSum>,
    /// The cash flow of the year, once the last line of the form has gone by.
    closed: Option<usize>,
}

impl<'a> Walk<'a> {
    fn new(statement: &'a Statement, said: &'a Said, upward: bool) -> Walk<'a> {
        let mut order: Vec<usize> = (0..statement.lines().len()).collect();
        if upward {
            order.reverse();
        }
        let compared = |measure| statement.columns().iter().any(|column| column.measure == Some(measure));
        let variances_follow = compared(Measure::Actual) && compared(Measure::Budget);
        let columns = statement
            .table
            .amount_columns()
            .filter(|(_, column)| !(variances_follow && column.measure == Some(Measure::Variance)))
            .map(|(i, _)| i)
            .collect();
        Walk {
            statement,
            said,
            order,
            columns,
            stack: Vec::new(),
            headings: Vec::new(),
            in_costs: false,
            costs_from: 0,
            heads: Vec::new(),
            closed: None,
        }
    }

    fn sums(mut self) -> Vec<LineSum> {
        let mut sums = Vec::new();
        // Parts are set in further than what they are parts of.
        let (mut parts_indent, mut whole_indent) = (None, 0);
        for i in self.order.clone() {
            let line = &self.statement.lines()[i];
            let concept = line.concept.map(|found| found.concept);
            match line.role {
                Role::Heading => {
                    (parts_indent, whole_indent) = (None, line.indent);
                    self.headings.push((words::strip(&line.wording), self.stack.len()));
                    self.enter(i, concept);
                    continue;
                }
                // A part of the line above, and the parts below it that are set in as far.
                Role::OfWhich => {
                    parts_indent = Some(line.indent).filter(|&indent| indent > whole_indent && self.said.set_in);
                    continue;
                }
                _ if parts_indent.is_some_and(|indent| line.indent >= indent) => continue,
                _ => (parts_indent, whole_indent) = (None, line.indent),
            }
            // What stands above its total is walked as anything else, and taken off when the total is reached.
            if self.heads.iter().any(|sum| sum.result < i && sum.terms.iter().any(|(part, _)| *part == i)) {
                sums.extend(self.heads.iter().find(|sum| sum.result == i).cloned());
                continue;
            }
            if let Some(sum) = self.heads.iter().find(|sum| sum.result == i).cloned() {
                // Equity at the end of the year is what stood above it, and below it what it consists of.
                match self.closing(i) {
                    Some(closing) => {
                        self.stack.retain(|item| closing.terms.iter().all(|(line, _)| *line != item.line));
                        sums.push(closing);
                    }
                    None => {
                        self.stack.retain(|item| sum.terms.iter().all(|(part, _)| *part != item.line));
                        sums.push(sum);
                    }
                }
                self.stack.push(Item { line: i, total: true, cost: self.is_cost_item(i) });
                continue;
            }
            let apart = concept.is_some_and(|concept| kinds::stands_apart(self.statement.kind, concept))
                && !self.by_formula(concept)
                && !(self.closed.is_some() && concept == Some(Concept::CashControl));
            if apart || self.said.per_cent[i] {
                continue;
            }
            // What is repeated for comparison adds to nothing.
            if self.said.control[i] {
                continue;
            }
            if let Some(sum) = self.sum(i) {
                // What a faulty subtotal leaves out is still to be added by the next one.
                let in_sum = |line: &usize| !sum.left_out.contains(line);
                let taken: Vec<usize> = sum.terms.iter().map(|(line, _)| *line).filter(in_sum).collect();
                let several = taken.len() > 1 || taken.iter().all(|&line| self.said.cost_account[line]);
                let all_costs = several && taken.iter().all(|&line| self.is_cost_item(line));
                let cost = self.is_cost_item(i) || all_costs || self.ends_costs(i, &taken);
                if !self.by_formula(concept) {
                    self.stack.retain(|item| !taken.contains(&item.line));
                }
                if !concept.is_some_and(|concept| kinds::stands_apart(self.statement.kind, concept)) {
                    self.stack.push(Item { line: i, total: true, cost });
                }
                sums.push(sum);
                // What stands below the closing cash is another reckoning, as that of the net debt.
                let is_flow = |item: &&Item| self.means(item.line, Concept::NetCashFlow);
                if concept == Some(Concept::ClosingCash)
                    && let Some(flow) = self.stack.iter().rfind(is_flow).map(|item| item.line)
                {
                    self.stack.clear();
                    self.closed = Some(flow);
                }
            } else {
                let cost = self.is_cost_item(i);
                self.stack.push(Item { line: i, total: false, cost });
            }
        }
        sums
    }

    /// A heading of income or of costs says what the lines under it are.
    fn enter(&mut self, line: usize, concept: Option<Concept>) {
        match concept {
            Some(concept) if kinds::is_income(concept) => self.in_costs = false,
            Some(concept) if kinds::is_cost(concept) && !self.in_costs => {
                (self.in_costs, self.costs_from) = (true, line);
            }
            _ => {}
        }
    }

    /// The stack keeps the order of the walk, down or up.
    fn on_stack(&self, line: usize) -> Option<&Item> {
        let upward = self.order.first() > self.order.last();
        let order = |item: &Item| if upward { line.cmp(&item.line) } else { item.line.cmp(&line) };
        self.stack.binary_search_by(order).ok().map(|at| &self.stack[at])
    }

    fn is_cost_item(&self, line: usize) -> bool {
        if let Some(item) = self.on_stack(line) {
            return item.cost;
        }
        match self.statement.lines()[line].concept.map(|found| found.concept) {
            Some(concept) if kinds::is_cost(concept) => true,
            Some(Concept::OperatingIncome | Concept::FinancialIncome | Concept::ExtraordinaryIncome) => false,
            // A result is what income and costs come to, wherever it stands.
            Some(concept) if kinds::is_result(concept) => false,
            _ => self.said.cost_account[line] || (self.statement.kind == Kind::Budget && self.in_costs),
        }
    }

    fn by_formula(&self, concept: Option<Concept>) -> bool {
        let total = concept.and_then(|concept| kinds::total_of(self.statement.kind, concept));
        total.is_some_and(|total| matches!(total.reach, Reach::Formula(_) | Reach::Opened))
    }

    /// The sum that a line is the result of, if it is one.
    fn sum(&self, i: usize) -> Option<LineSum> {
        if let Some(sum) = self.rolled(i) {
            return Some(sum);
        }
        let line = &self.statement.lines()[i];
        let form = line.concept.and_then(|found| kinds::total_of(self.statement.kind, found.concept));
        if let Some(flow) = self.closed {
            return self.after_closing(i, flow);
        }
        if let Some(sum) = form.and_then(|form| self.repeated(i, form)) {
            return Some(sum);
        }
        if self.goes_on(i) {
            return None;
        }
        // The net of financial items is income less costs, whatever the sign of costs.
        let nets = |form: &kinds::Total| form.reach == Reach::Running || form.concept == Concept::FinancialNet;
        let runs = form.is_some_and(nets);
        let says = self.said.total[i] || (line.label.is_empty() && self.stack.len() > 1);
        let repeats = self.repeats_heading(i);
        let declared = says || form.is_some() || repeats || self.names_its_section(i) || self.is_come_to_again(i);
        // The shares of a förbund's members add up among themselves by law, so figures alone are not enough: an
        // undeclared total must also stand or look like one.
        let unnamed = || self.unnamed_result(i).or_else(|| self.unnamed_subtotal(i)).or_else(|| self.result_of_all(i));
        if !declared && let Some(sum) = unnamed() {
            return Some(sum);
        }
        let named = !declared && self.is_named_as_note(i);
        let looks_so = || self.looks_like_total(i) && !matches!(self.statement.kind, Kind::Activities | Kind::Other);
        if !declared && !named && !looks_so() {
            return None;
        }
        let expected = form
            .and_then(|form| self.by_form(form.reach, i))
            .or_else(|| (says || repeats).then(|| self.by_heading(&line.label)).flatten());
        let level = if expected.is_none() && says { self.by_level(i) } else { None };
        // Nothing of another total of its own level is within its reach.
        let most = level.as_ref().map_or_else(|| self.reachable(i, form), Vec::len);
        let expected = expected.or(level).unwrap_or_else(|| if declared { self.block(i) } else { Vec::new() });
        let mut chosen = self.candidate(i, &expected, runs);
        if form.is_some_and(|form| matches!(form.reach, Reach::Formula(_) | Reach::Opened)) {
            let adds = |sum: &LineSum| sum.terms.len() > 1 && !self.is_selection(sum);
            return chosen.filter(adds).map(|sum| LineSum { declared: true, ..sum });
        }
        // A sum of one line proves nothing: next year's result repeats last year's subtotal everywhere.
        let proved = |sum: &LineSum| sum.terms.len() > 1 || sum.held == sum.tested;
        let weight = chosen.as_ref().map_or(0, |sum| if proved(sum) { sum.held } else { 0 });
        if let Some((k, running)) = self.best_suffix(i, most, runs, weight, chosen.is_none()) {
            let suffix: Vec<usize> = self.stack[self.stack.len() - k..].iter().map(|item| item.line).collect();
            chosen = self.candidate(i, &suffix, running);
        }
        // What comes out in every column tells more than what a line's words seem to mean.
        if declared && chosen.as_ref().is_none_or(|sum| sum.held == 0) {
            let again = || if form.is_none() { self.last_total(i) } else { None };
            chosen = self.beyond(i, most, runs).or_else(again).or(chosen);
        }
        let mut sum = chosen?;
        if runs {
            sum = self.turned(sum);
        }
        sum.declared = declared || (named && self.is_what_note_comes_to(&sum));
        if self.is_plain_line(form, says, &sum, &expected) {
            return None;
        }
        if let Some(form) = form.filter(|form| form.strict) {
            sum = self.hold_to_form(i, sum, &expected, runs && form.strict);
        }
        self.convincing(&sum).then_some(sum)
    }
}
