//! What a text tells by an amount: how much something is, how far that is from something else, or a price.

use super::items::Item;
use super::when::When;
use crate::period::Measure;
use crate::words::running::Word;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Level,
    /// How much more or less than something else; `None` where the text does not say than what.
    Change(Option<Base>),
    /// For one of something.
    Price,
}

/// What an amount is compared with: the same thing at another time, or as it was budgeted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    pub when: When,
    pub measure: Option<Measure>,
}

/// What is told by the amount between the words of its clause and those that follow it as far as the next one.
pub fn told(before: &[Item], clause: &[Item], tail: &[Item]) -> Told {
    let has = |items: &[Item], wanted: Word| items.iter().any(|item| item.does(wanted));
    if tail.first().is_some_and(|item| item.does(Word::Per)) {
        return Told::Price;
    }
    let last = clause.iter().rev().find(|item| !item.is_precision());
    let follows = |wanted: Word| last.is_some_and(|item| item.does(wanted));
    let after = tail.first().is_some_and(|item| item.does(Word::Comparative));
    // `Ökade från 100 kr till 120 kr` tells two levels.
    let goes_on = |at: usize| clause[at..].iter().any(|item| item.does(Word::And));
    // `Har minskat och är nu` tells what it is.
    let changes = clause.iter().rposition(|item| item.does(Word::Change)).is_some_and(|at| !goes_on(at));
    let within = changes && !follows(Word::To) && !follows(Word::From);
    let by =
        follows(Word::By) && [Word::Change, Word::Comparative, Word::Exceeds].iter().any(|&word| has(before, word));
    if !(after || within || by) {
        return Told::Level;
    }
    let compared = |items: &[Item]| {
        let at = items.iter().rposition(|item| item.does(Word::Against) || item.does(Word::From))?;
        base(&items[at + 1..])
    };
    // What is exceeded, if nothing is named, is the budget.
    let exceeded = || {
        let at = clause.iter().position(|item| item.does(Word::Exceeds))?;
        base(&clause[at + 1..]).or(Some(Base { when: When::Unsaid, measure: Some(Measure::Budget) }))
    };
    Told::Change(compared(tail).or_else(exceeded).or_else(|| compared(before)))
}

/// Whether an amount is what something became (`ökade till`), or what it was before (`ökade från`).
pub fn reach(before: &[Item]) -> Option<bool> {
    let last = before.iter().rev().find(|item| !item.is_precision())?;
    let of = |wanted: Word, reached: bool| last.does(wanted).then_some(reached);
    of(Word::To, true).or_else(|| of(Word::From, false))
}

/// The first time or budget that words name, and the year of the budget.
fn base(items: &[Item]) -> Option<Base> {
    const NEAR: usize = 4;
    let near = &items[..items.len().min(NEAR)];
    // `Än delårsbokslutet 2022` compares with what stands in no table.
    let known = near.iter().position(|item| matches!(item, Item::Word(_, None))).unwrap_or(near.len());
    let near = &near[..known];
    let when = near.iter().find_map(|item| match item {
        Item::Year(year) => Some(When::Year(*year)),
        item if item.does(Word::Prior) => Some(When::Prior),
        _ => None,
    });
    let measure = near.iter().any(|item| item.does(Word::Budget)).then_some(Measure::Budget);
    (when.is_some() || measure.is_some()).then_some(Base { when: when.unwrap_or(When::Unsaid), measure })
}

/// Whether an amount stands in parentheses right after another one: the same thing, at another time.
pub fn beside(before: &[Item]) -> bool {
    let open = before.iter().rposition(|item| matches!(item, Item::Open));
    let joins = |item: &Item| match item {
        Item::Year(_) => true,
        Item::Word(
            _,
            Some(Word::Link | Word::Article | Word::Prior | Word::Budget | Word::Actual | Word::From | Word::By),
        ) => true,
        item => item.is_precision(),
    };
    open == Some(0) && before[1..].iter().all(joins)
}
