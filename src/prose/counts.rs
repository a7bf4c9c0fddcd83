//! Counts of persons in running text, and how they should add up.

use std::ops::Range;

use super::figures::{self, What};
use super::passages::{each_passage, sentences};
use crate::book::Book;
use crate::grid::At;
use crate::words::fold;
use crate::words::running::{self, Person};

/// A count that a text gives in whole and in two parts.
#[derive(Clone, Debug)]
pub struct Count {
    pub at: At,
    pub stated: i64,
    pub parts: (i64, i64),
    pub sentence: String,
}

impl Count {
    pub fn sum(&self) -> i64 {
        self.parts.0 + self.parts.1
    }
}

/// A number of persons and the words around it.
struct Number {
    value: i64,
    start: usize,
    /// Words between the number before and this one, and between this one and the next.
    before: Vec<Person>,
    after: Vec<Person>,
}

/// The counts of a book's texts: women and men, those who ended and those who go on.
pub fn counts(book: &Book) -> Vec<Count> {
    let mut counts = Vec::new();
    each_passage(book, |passage| {
        let mut all: Vec<Number> = Vec::new();
        for range in sentences(&passage.text) {
            let numbers = numbers(&passage.text, range.clone());
            let count = |(stated, parts): (i64, (i64, i64))| Count {
                at: passage.at(range.start),
                stated,
                parts,
                sentence: passage.text[range.clone()].trim().to_string(),
            };
            counts.extend(by_sex(&numbers).map(count));
            all.extend(numbers);
        }
        counts.extend(by_end(&all).map(|(i, stated, parts)| Count {
            at: passage.at(all[i].start),
            stated,
            parts,
            sentence: passage.text.trim().to_string(),
        }));
    });
    counts
}

/// `29 kvinnor och 35 män, totalt 74 deltagare`, or the whole first.
fn by_sex(numbers: &[Number]) -> Option<(i64, (i64, i64))> {
    let is = |number: &Number, sex: Person| number.after.first() == Some(&sex);
    let i = numbers.windows(2).position(|pair| is(&pair[0], Person::Women) && is(&pair[1], Person::Men))?;
    let told = numbers.get(i + 2).filter(|next| next.before.last() == Some(&Person::Sum));
    let first = i.checked_sub(1).map(|before| &numbers[before]);
    let whole = told.or(first)?;
    Some((whole.value, (numbers[i].value, numbers[i + 1].value)))
}

/// Those who ended and those who go on are all that there were, within one paragraph.
fn by_end(numbers: &[Number]) -> Option<(usize, i64, (i64, i64))> {
    let is = |number: &Number, what: Person| number.after.contains(&what);
    let closed = numbers.iter().position(|number| is(number, Person::Closed) && is(number, Person::All))?;
    let open = numbers[closed + 1..].iter().position(|number| is(number, Person::Open) && is(number, Person::All))?;
    let open = closed + 1 + open;
    let whole = numbers[..closed].iter().map(|number| number.value).max()?;
    let (closed, open) = (numbers[closed].value, numbers[open].value);
    (whole > closed && whole > open).then_some((numbers.len() - 1, whole, (closed, open)))
}

/// The numbers of a sentence that can be of persons, percentages and years left out.
fn numbers(text: &str, range: Range<usize>) -> Vec<Number> {
    let sentence = &text[range.clone()];
    let marks = figures::read(sentence);
    let people = |words: &str| -> Vec<Person> { fold(words).split(' ').filter_map(running::person).collect() };
    let mut numbers: Vec<Number> = Vec::new();
    let mut end = 0;
    for (i, mark) in marks.iter().enumerate() {
        let next = marks.get(i + 1).map_or(sentence.len(), |next| next.range.start);
        let value: Option<i64> = sentence[mark.range.clone()].replace([' ', '\u{a0}'], "").parse().ok();
        if let (What::Other | What::Amount(_), Some(value)) = (mark.what, value) {
            numbers.push(Number {
                value,
                start: range.start + mark.range.start,
                before: people(&sentence[end..mark.range.start]),
                after: people(&sentence[mark.range.end..next]),
            });
        }
        end = mark.range.end;
    }
    numbers
}
