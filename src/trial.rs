//! A trial of the book's own checks: slips are put into its figures one at a time, in memory, and counted as caught
//! where a relation that holds today breaks.
//!
//! Mutation testing (DeMillo, Lipton and Sayward 1978) of a reconciliation: it answers what "nothing found" is worth
//! for these accounts. The slips are those of Scholtus (2008, 2009) and the factor thousand of a mistaken unit.
//!
//! What it does not do: the book is understood once, from the figures as they stand. A slip in a table that is
//! understood by its figures (a total that nobody marked) might keep the table from being understood so, and then the
//! relation that catches it here would not be claimed. And only relations are tried, no rules that observe: one that
//! would see a slip in some other way is not counted.

use std::collections::HashMap;

use crate::book::{Book, Spot};
use crate::grid::At;
use crate::money::{Interval, Money};
use crate::relation::{Check, Kind as Equation, Operand, Outcome, Relation};
use crate::statement::Kind;
use crate::table::Role;

/// A slip that is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    SignFlipped,
    DigitsTransposed,
    DigitReplaced,
    DigitAdded,
    DigitOmitted,
    Thousandfold,
    /// With the next figure of the line: another year, the budget.
    SwappedInRow,
    /// With the figure of the next line.
    SwappedInColumn,
}

impl Slip {
    pub const ALL: [Slip; 8] = [
        Slip::SignFlipped,
        Slip::DigitsTransposed,
        Slip::DigitReplaced,
        Slip::DigitAdded,
        Slip::DigitOmitted,
        Slip::Thousandfold,
        Slip::SwappedInRow,
        Slip::SwappedInColumn,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Slip::SignFlipped => "sign-flipped",
            Slip::DigitsTransposed => "digits-transposed",
            Slip::DigitReplaced => "digit-replaced",
            Slip::DigitAdded => "digit-added",
            Slip::DigitOmitted => "digit-omitted",
            Slip::Thousandfold => "scaled",
            Slip::SwappedInRow => "swapped-in-row",
            Slip::SwappedInColumn => "swapped-in-column",
        }
    }
}

/// Why a slip passes unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The figure is in no relation that could be tested.
    Untied,
    /// All its relations are broken as the book stands.
    Broken,
    /// Its relations hold to within their rounding all the same.
    Rounding,
    /// Two figures of one sum were interchanged: it changes nothing.
    Cancels,
}

impl Reason {
    pub const ALL: [Reason; 4] = [Reason::Untied, Reason::Broken, Reason::Rounding, Reason::Cancels];

    pub fn code(self) -> &'static str {
        match self {
            Reason::Untied => "untied",
            Reason::Broken => "broken-already",
            Reason::Rounding => "within-rounding",
            Reason::Cancels => "cancels",
        }
    }
}

/// How many slips were put in and how many some relation caught.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub injected: usize,
    pub caught: usize,
}

/// Slips in one figure that nothing catches, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    pub spot: Spot,
    pub reason: Reason,
    pub slips: Vec<Slip>,
}

/// What a trial of a book came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    pub slips: Vec<(Slip, Count)>,
    /// By statement of the book; those without figures of their own are left out.
    pub statements: Vec<(usize, Count)>,
    /// What each rule would catch, by its code; several may catch one slip.
    pub rules: Vec<(&'static str, usize)>,
    pub unseen: Vec<Unseen>,
}

impl Trial {
    pub fn total(&self) -> Count {
        self.slips.iter().fold(Count::default(), |sum, (_, count)| Count {
            injected: sum.injected + count.injected,
            caught: sum.caught + count.caught,
        })
    }

    /// How many slips pass unseen for a reason.
    pub fn unseen_for(&self, reason: Reason) -> usize {
        self.unseen.iter().filter(|unseen| unseen.reason == reason).map(|unseen| unseen.slips.len()).sum()
    }
}

/// Puts every slip into every figure of the statements of known kinds.
pub fn run(book: &Book, checks: &[Check]) -> Trial {
    let mut users: HashMap<At, Vec<usize>> = HashMap::new();
    for (i, check) in checks.iter().enumerate().filter(|(_, check)| check.held() || check.broke()) {
        for at in check.relation.cells() {
            let users = users.entry(at).or_default();
            if users.last() != Some(&i) {
                users.push(i);
            }
        }
    }
    let mut trial = Trial { slips: Slip::ALL.map(|slip| (slip, Count::default())).to_vec(), ..Trial::default() };
    let mut rules: HashMap<&'static str, usize> = HashMap::new();
    for (s, statement) in book.statements.iter().enumerate() {
        if matches!(statement.kind, Kind::Other | Kind::Contents) || statement.copy_of.is_some() {
            continue;
        }
        let mut count = Count::default();
        for spot in figures(book, s) {
            let mut unseen: Vec<Unseen> = Vec::new();
            for (slip, edits) in injections(book, spot) {
                let (caught, reason) = test(checks, &users, &edits);
                let of_slip = trial.slips.iter_mut().find(|(known, _)| *known == slip).map(|(_, count)| count);
                for count in of_slip.into_iter().chain([&mut count]) {
                    count.injected += 1;
                    count.caught += usize::from(!caught.is_empty());
                }
                for rule in &caught {
                    *rules.entry(*rule).or_default() += 1;
                }
                if caught.is_empty() {
                    match unseen.iter_mut().find(|known| known.reason == reason) {
                        Some(known) => known.slips.push(slip),
                        None => unseen.push(Unseen { spot, reason, slips: vec![slip] }),
                    }
                }
            }
            trial.unseen.extend(unseen);
        }
        if count.injected > 0 {
            trial.statements.push((s, count));
        }
    }
    trial.rules = rules.into_iter().collect();
    trial.rules.sort_unstable();
    trial
}

/// The figures of a statement, line by line.
fn figures(book: &Book, s: usize) -> Vec<Spot> {
    let statement = &book.statements[s];
    let lines = (0..statement.lines().len()).filter(|&line| statement.lines()[line].role != Role::Heading);
    let spots = lines
        .flat_map(|line| statement.table.amount_columns().map(move |(column, _)| Spot { statement: s, line, column }));
    spots.filter(|&spot| book.interval(spot).is_some()).collect()
}

/// The slips that can be made in a figure, with the cells that they change and what these then hold.
fn injections(book: &Book, spot: Spot) -> Vec<(Slip, Vec<(At, Money)>)> {
    let statement = &book.statements[spot.statement];
    let (at, Some(figure), Some(amount)) =
        (book.at(spot), book.interval(spot), statement.amount(spot.line, spot.column))
    else {
        return Vec::new();
    };
    let decimals = amount.decimals.max(amount.value.normalize().decimals());
    let Some(steps) = amount.value.scaled(decimals).filter(|&steps| steps != 0) else { return Vec::new() };
    // What one step of the written figure is in kronor.
    let step = (figure.half + figure.half).normalize();
    let step = if decimals == amount.decimals { step } else { Money::new(1, decimals) * statement.unit.factor() };
    let mut found: Vec<(Slip, Vec<(At, Money)>)> = Vec::new();
    for (slip, slipped) in slips(steps, at) {
        found.push((slip, vec![(at, Money::of_scaled(slipped, 0) * step)]));
    }
    let beside = statement.table.amount_columns().map(|(column, _)| column).find(|&column| column > spot.column);
    let below = (spot.line + 1..statement.lines().len()).find(|&line| statement.lines()[line].role != Role::Heading);
    let neighbours = [
        (Slip::SwappedInRow, beside.map(|column| Spot { column, ..spot })),
        (Slip::SwappedInColumn, below.map(|line| Spot { line, ..spot })),
    ];
    for (slip, other) in neighbours {
        let Some((other, theirs)) = other.and_then(|other| Some((other, book.interval(other)?))) else { continue };
        if theirs.middle != figure.middle {
            found.push((slip, vec![(at, theirs.middle), (book.at(other), figure.middle)]));
        }
    }
    found
}

/// Slips in the digits of a figure: in the middle and at the end, the digit chosen by the place of the cell alone.
fn slips(steps: i128, at: At) -> Vec<(Slip, i128)> {
    let sign = steps.signum();
    let digits: Vec<u8> = steps.unsigned_abs().to_string().bytes().map(|digit| digit - b'0').collect();
    let mut found = vec![(Slip::SignFlipped, -steps)];
    found.extend(steps.checked_mul(1_000).map(|slipped| (Slip::Thousandfold, slipped)));
    let seed = at.row * 31 + at.col * 7 + at.grid * 13;
    let last = digits.len() - 1;
    let mut places = vec![digits.len() / 2, last];
    places.dedup();
    for place in places {
        let other = (digits[place] + 1 + ((seed + place as u32) % 9) as u8) % 10;
        let mut add = |slip: Slip, digits: Vec<u8>| {
            let value = digits.iter().fold(0i128, |value, digit| value * 10 + i128::from(*digit));
            if !digits.is_empty() && (digits[0] != 0 || digits.len() == 1) && sign * value != steps {
                found.push((slip, sign * value));
            }
        };
        if place > 0 {
            let mut swapped = digits.clone();
            swapped.swap(place - 1, place);
            add(Slip::DigitsTransposed, swapped);
        }
        let mut replaced = digits.clone();
        replaced[place] = other;
        add(Slip::DigitReplaced, replaced);
        let mut more = digits.clone();
        more.insert(place + 1, other);
        // Thirty digits are no amount.
        if more.len() < 30 {
            add(Slip::DigitAdded, more);
        }
        let mut fewer = digits.clone();
        fewer.remove(place);
        add(Slip::DigitOmitted, fewer);
    }
    found.sort_by_key(|slip| slip.0);
    found.dedup();
    found
}

/// The rules whose relations break by some edits; if none, why.
fn test(checks: &[Check], users: &HashMap<At, Vec<usize>>, edits: &[(At, Money)]) -> (Vec<&'static str>, Reason) {
    let mut touched: Vec<usize> = edits.iter().filter_map(|(at, _)| users.get(at)).flatten().copied().collect();
    touched.sort_unstable();
    touched.dedup();
    if touched.is_empty() {
        return (Vec::new(), Reason::Untied);
    }
    let mut caught = Vec::new();
    let (mut held, mut moved) = (false, false);
    for check in touched.into_iter().map(|i| &checks[i]).filter(|check| check.held()) {
        let slipped = edited(&check.relation, edits);
        held = true;
        moved |= off(&slipped) != off(&check.relation);
        if matches!(slipped.test(), Outcome::Broke { .. }) {
            caught.push(check.relation.rule);
        }
    }
    caught.sort_unstable();
    caught.dedup();
    let reason = match (held, moved) {
        (false, _) => Reason::Broken,
        (true, true) => Reason::Rounding,
        (true, false) => Reason::Cancels,
    };
    (caught, reason)
}

fn edited(relation: &Relation, edits: &[(At, Money)]) -> Relation {
    let mut relation = relation.clone();
    let edit = |operand: &mut Operand| {
        if let Some((_, to)) = edits.iter().find(|(at, _)| *at == operand.at) {
            operand.figure = operand.figure.map(|figure| Interval { middle: *to, ..figure });
        }
    };
    edit(&mut relation.result);
    relation.terms.iter_mut().for_each(edit);
    relation
}

/// What a linear relation is off by; for others the figures themselves.
fn off(relation: &Relation) -> (Money, Option<Money>) {
    let stated = relation.result.figure.map_or(Money::ZERO, |figure| figure.middle);
    match relation.kind {
        Equation::Sum | Equation::Difference | Equation::Equal => {
            let multiple = Money::from(i64::from(relation.result.coefficient));
            (multiple * stated - relation.expected().middle, None)
        }
        _ => (stated, relation.terms.first().and_then(|term| term.figure).map(|figure| figure.middle)),
    }
}
