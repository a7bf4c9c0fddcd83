//! Where a line stands in what its statement comes to: which total has it, and whether it adds or takes away. Charts of
//! lines and signs differ from one förbund to the next; these two make their records comparable.

use std::collections::HashMap;

use crate::book::{Book, Spot};
use crate::chart::{self, Plan};
use crate::grid::At;
use crate::ledger::{Account, Ledger};
use crate::relation::Relation;
use crate::statement::{Kind, LineSum, Statement, kinds};
use crate::table::Role;
use crate::words::Concept;

/// What is known of a line beside the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The nearest total of a known meaning that has the line in it, its note's line included.
    pub part_of: Option<Concept>,
    /// What its figures are multiplied by for the signs of LKBR's forms (5–6 kap.): income, assets, equity, liabilities
    /// and inflows above zero, costs and outflows below it.
    pub sign: Option<i32>,
}

/// The places of every line of a book, by statement and line.
pub(super) struct Places(Vec<Vec<Place>>);

impl Places {
    pub fn of<'a>(book: &Book, relations: impl Iterator<Item = &'a Relation>) -> Places {
        let specified = specified(book, relations);
        let mut places = Places(vec![Vec::new(); book.statements.len()]);
        // A note stands where the line does that it specifies.
        let (notes, others): (Vec<usize>, Vec<usize>) =
            (0..book.statements.len()).partition(|&i| book.statements[i].kind == Kind::Note);
        for i in others.into_iter().chain(notes) {
            let above = |line: usize| {
                let &(whole, sign) = specified.get(&(i, line))?;
                let place = places.0[whole.0].get(whole.1)?;
                let concept = book.statements[whole.0].lines()[whole.1].concept.map(|found| found.concept);
                Some(Place { part_of: concept.or(place.part_of), sign: place.sign.map(|own| own * sign) })
            };
            places.0[i] = of_statement(&book.statements[i], above);
        }
        places
    }

    pub fn at(&self, spot: Spot) -> Place {
        self.0[spot.statement][spot.line]
    }
}

/// The line of a statement that a line of a note comes to, and with which sign.
type Specified = HashMap<(usize, usize), ((usize, usize), i32)>;

fn specified<'a>(book: &Book, relations: impl Iterator<Item = &'a Relation>) -> Specified {
    let mut lines: HashMap<At, (usize, usize)> = HashMap::new();
    let mut specified = Specified::new();
    let ties: Vec<&Relation> = relations.filter(|relation| relation.rule == "NO02").collect();
    if ties.is_empty() {
        return specified;
    }
    for (i, statement) in book.statements.iter().enumerate() {
        for line in 0..statement.lines().len() {
            let cells = (0..statement.columns().len()).map(|column| statement.table.at(line, column));
            lines.extend(cells.map(|at| (at, (i, line))));
        }
    }
    for tie in ties {
        let [term] = tie.terms.as_slice() else { continue };
        if let (Some(&note), Some(&line)) = (lines.get(&tie.result.at), lines.get(&term.at)) {
            specified.entry(note).or_insert((line, term.coefficient.signum()));
        }
    }
    specified
}

/// `above` tells of a line that stands for one of another statement.
fn of_statement(statement: &Statement, above: impl Fn(usize) -> Option<Place>) -> Vec<Place> {
    let parents = parents(statement);
    let count = statement.lines().len();
    let mut places: Vec<Option<Place>> = vec![None; count];
    for line in 0..count {
        // From the line up to what is known already or what no total has, and down again.
        let (mut way, mut top) = (vec![line], line);
        let is_known = |line: usize| places[line].is_some() || above(line).is_some();
        while let Some((parent, _)) = parents[top].filter(|(parent, _)| !is_known(top) && !way.contains(parent)) {
            way.push(parent);
            top = parent;
        }
        let below = || (0..count).filter(|&part| parents[part].is_some_and(|(parent, _)| parent == top));
        let own = || Place { part_of: insats(statement, top), sign: own_sign(statement, top, below()) };
        let own = || above(top).unwrap_or_else(own);
        places[top] = places[top].or_else(|| Some(own()));
        for pair in way.windows(2).rev() {
            let (part, whole) = (pair[0], pair[1]);
            let place = places[whole].unwrap_or_default();
            let sign = parents[part].map_or(1, |(_, sign)| sign.signum());
            let concept = meaning(statement, whole);
            places[part] =
                Some(Place { part_of: concept.or(place.part_of), sign: place.sign.map(|above| above * sign) });
        }
    }
    let mut places: Vec<Place> = places.into_iter().map(Option::unwrap_or_default).collect();
    // A part (varav) stands below what it is a part of.
    for line in 1..count {
        let lines = statement.lines();
        if lines[line].role == Role::OfWhich {
            let whole = (0..line).rev().find(|&above| lines[above].has_figures() && lines[above].role != Role::OfWhich);
            if let Some(whole) = whole {
                let concept = lines[whole].concept.map(|found| found.concept);
                places[line] = Place { part_of: concept.or(places[whole].part_of), ..places[whole] };
            }
        }
    }
    places
}

/// What a line means; a total that says no more than `Summa` means what the heading above its parts does.
fn meaning(statement: &Statement, line: usize) -> Option<Concept> {
    let lines = statement.lines();
    let concept = |line: usize| lines[line].concept.map(|found| found.concept);
    let heading = || {
        let first = statement.sum_of(line)?.terms.iter().map(|&(part, _)| part).min()?;
        first.checked_sub(1).filter(|&above| lines[above].role == Role::Heading)
    };
    concept(line).or_else(|| concept(heading()?))
}

/// The total that adds each line, and with which sign: of several the nearest.
fn parents(statement: &Statement) -> Vec<Option<(usize, i32)>> {
    let mut parents: Vec<Option<(usize, i32)>> = vec![None; statement.lines().len()];
    let is_sum = |sum: &&LineSum| sum.declared || sum.held > 0;
    for sum in statement.sums.iter().filter(is_sum) {
        for &(term, sign) in &sum.terms {
            let nearer = |parent: usize| sum.result.abs_diff(term) < parent.abs_diff(term);
            if term != sum.result && parents[term].is_none_or(|(parent, _)| nearer(parent)) {
                parents[term] = Some((sum.result, sign));
            }
        }
    }
    parents
}

/// The sign of a line that no total has, by what it means, or else by what all its known parts mean.
fn own_sign(statement: &Statement, line: usize, parts: impl Iterator<Item = usize>) -> Option<i32> {
    let meant = |line: usize| match statement.kind {
        Kind::BalanceSheet => Some(if statement.is_credit(line) { -1 } else { 1 }),
        Kind::CashFlow => Some(1),
        // A note writes its costs as it likes.
        Kind::Note | Kind::Activities => match statement.lines()[line].concept?.concept {
            concept if kinds::is_cost(concept) => Some(as_cost(statement, line)),
            concept => (kinds::is_income(concept) || kinds::is_balance(concept)).then_some(1),
        },
        _ => match statement.lines()[line].concept?.concept {
            // Net costs are written as costs or as a result.
            Concept::NetCosts => None,
            concept if kinds::is_cost(concept) => Some(statement.cost_sign),
            Concept::OpeningEquityAsIncome | Concept::AvailableFunds | Concept::OpeningEquity => Some(1),
            Concept::LiquidFunds | Concept::OpeningCash | Concept::ClosingCash => Some(1),
            concept => {
                (kinds::is_income(concept) || kinds::is_result(concept) || kinds::is_balance(concept)).then_some(1)
            }
        },
    };
    let of_parts = || {
        let mut signs = parts.filter_map(meant);
        let first = signs.next()?;
        signs.all(|sign| sign == first).then_some(first)
    };
    let usual = || (statement.kind == Kind::Activities).then(|| as_cost(statement, line));
    let turned = if statement.kind == Kind::IncomeStatement && statement.is_credit(line) { -1 } else { 1 };
    meant(line).or_else(of_parts).or_else(usual).map(|sign| sign * turned)
}

/// What the lines of a table of insatser are, where no word of them says otherwise.
fn insats(statement: &Statement, line: usize) -> Option<Concept> {
    let told = statement.lines()[line].concept.is_some();
    (statement.kind == Kind::Activities && !told).then_some(Concept::ActivityCosts)
}

/// What makes a cost of a line's figures: most of them are written above zero, or below it.
fn as_cost(statement: &Statement, line: usize) -> i32 {
    let amounts = (0..statement.columns().len()).filter_map(|column| statement.amount(line, column));
    let signs = amounts.filter(|amount| !amount.value.is_zero()).map(|a| if a.value.is_negative() { -1 } else { 1 });
    if signs.sum::<i32>() < 0 { 1 } else { -1 }
}

/// The place of each account of a ledger: the narrowest line of its chart, and the sign that a debit has there.
pub(super) fn of_accounts<'a>(book: &'a Book, ledger: &Ledger) -> impl Fn(&Account) -> Place + 'a {
    let plan = chart::plan(ledger, &book.chart).map(|(plan, _)| plan);
    move |account| {
        let line = |plan: Plan| chart::line(&account.number, plan, &book.chart).map(|way| way.concept);
        let part_of = match plan {
            Some(plan) => line(plan),
            None => line(Plan::Bas).filter(|concept| line(Plan::KommunBas) == Some(*concept)),
        };
        Place { part_of, sign: Some(if account.is_asset() { 1 } else { -1 }) }
    }
}
