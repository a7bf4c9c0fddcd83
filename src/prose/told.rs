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

/// Whether an amount stands in parentheses right after another one, by what is between them: the same thing, at another
/// time.
pub fn beside(between: &[Item]) -> bool {
    let joins = |item: &Item| match item {
        Item::Open | Item::Year(_) => true,
        Item::Word(_, Some(word)) => matches!(
            word,
            Word::Link | Word::Idle | Word::Article | Word::Prior | Word::Budget | Word::Actual | Word::From | Word::By
        ),
        _ => false,
    };
    let opens = between.iter().any(|item| matches!(item, Item::Open));
    opens && between.iter().all(|item| joins(item) || item.is_precision())
}

#[cfg(test)]
mod tests {
    use super::super::clause::mentions;
    use super::*;

    fn told_by(sentence: &str) -> Vec<Told> {
        mentions(sentence).into_iter().map(|mention| mention.told).collect()
    }

    fn change(when: When, measure: Option<Measure>) -> Told {
        Told::Change(Some(Base { when, measure }))
    }

    #[test]
    fn changes_are_told_against_a_time_or_the_budget() {
        let budget = change(When::Unsaid, Some(Measure::Budget));
        let cases = [
            ("Det är en tydlig förbättring med 50 kr jämfört med föregående år.", change(When::Prior, None)),
            ("Det är 50 kr sämre än året innan.", change(When::Prior, None)),
            ("Resultatet var jämfört med 2017 ett lägre resultat med 50 kr.", change(When::Year(2017), None)),
            ("Resultatet överstiger budget med 50 kr.", budget),
            ("Det är ett överskridande med 50 kr.", budget),
            ("Det är en ökning med 50 kr mot budget 2023.", change(When::Year(2023), Some(Measure::Budget))),
            ("Det är 50 kr bättre än delårsbokslutet 2022.", Told::Change(None)),
            ("Kostnaderna ökade med 50 kr.", Told::Change(None)),
            ("Kostnaderna har ökat och är 50 kr.", Told::Level),
            ("Insatsen kostar 50 kr per vecka.", Told::Price),
        ];
        for (sentence, expected) in cases {
            assert_eq!(told_by(sentence), [expected], "{sentence}");
        }
        assert_eq!(told_by("Intäkterna ökade från 50 kr till 60 kr."), [Told::Level; 2]);
    }

    #[test]
    fn an_amount_in_parentheses_is_beside_the_one_before_them() {
        let besides = |sentence| mentions(sentence).iter().map(|mention| mention.beside).collect::<Vec<bool>>();
        assert_eq!(besides("Resultatet blev 50 kr (40 kr)."), [false, true]);
        assert_eq!(besides("Resultatet blev 50 kr (föregående år 40 kr)."), [false, true]);
        assert_eq!(besides("Resultatet blev 50 kr efter utdelning (40 kr)."), [false, false]);
        assert_eq!(besides("Resultatet blev 50 kr (varav bidrag 40 kr)."), [false, false]);
    }
}
