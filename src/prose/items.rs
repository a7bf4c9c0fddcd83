//! A sentence → its numbers, the words by which texts name lines, and what its other words do.

use std::ops::Range;

use super::figures::{Figure, Mark, What};
use super::precision::Precision;
use crate::money::Amount;
use crate::words::fold;
use crate::words::running::{self, Spoken, Word};

#[derive(Clone, Debug)]
pub enum Item {
    Word(String, Option<Word>),
    /// A phrase of the statements, whether it can mean nothing else, and its words.
    Spoken(Spoken, bool, String),
    Amount(Figure, Range<usize>),
    Percent(Amount),
    Year(i32),
    Years(i32, i32),
    /// A date or a number that is no amount.
    Number,
    /// A parenthesis begins.
    Open,
    /// A mark that parts clauses.
    Stop,
}

impl Item {
    /// Whether it is a word that does this.
    pub fn does(&self, wanted: Word) -> bool {
        matches!(self, Item::Word(_, Some(word)) if *word == wanted)
    }

    /// Whether it only says how exactly an amount is told.
    pub fn is_precision(&self) -> bool {
        matches!(self, Item::Word(_, Some(word)) if Precision::of(*word).is_some())
    }
}

/// Numbers as read, words folded, phrases of the statements found.
pub fn items(sentence: &str, marks: &[Mark]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    for mark in marks {
        text(&sentence[at..mark.range.start], &mut items);
        at = mark.range.end;
        items.push(match mark.what {
            What::Amount(figure) => Item::Amount(figure, mark.range.clone()),
            What::Percent(amount) => Item::Percent(amount),
            What::Year(year) => Item::Year(year),
            What::Years(from, to) => Item::Years(from, to),
            What::Date(_) | What::Other => Item::Number,
        });
    }
    text(&sentence[at..], &mut items);
    items
}

fn text(text: &str, items: &mut Vec<Item>) {
    let mut run: Vec<String> = Vec::new();
    for piece in text.split_inclusive([',', ';', '.', ':', '(', ')', '\u{2013}', '\u{2014}', '!', '?']) {
        let stops = piece.ends_with([',', ';', '.', '!', '?']);
        // The sign of an amount is no word.
        run.extend(fold(piece).split(' ').filter(|word| !matches!(*word, "" | "+")).map(str::to_string));
        if stops || piece.ends_with('(') {
            words(&mut run, items);
            items.push(if stops { Item::Stop } else { Item::Open });
        }
    }
    words(&mut run, items);
}

fn words(run: &mut Vec<String>, items: &mut Vec<Item>) {
    let folded: Vec<&str> = run.iter().map(String::as_str).collect();
    let mut i = 0;
    while i < folded.len() {
        match running::spoken(&folded[i..]) {
            Some(wording) => {
                let words = folded[i..i + wording.words].join(" ");
                items.push(Item::Spoken(wording.spoken, wording.sure, words));
                // `årets resultat` says whose year it is as well, `kommunens resultat` whose result.
                let more = folded[i..i + wording.words].iter().map(|word| (word, running::word(word)));
                let more = more.filter(|(_, does)| does.is_some_and(says_more));
                items.extend(more.map(|(word, does)| Item::Word(word.to_string(), does)));
                i += wording.words;
            }
            None => {
                let pair = folded.get(i + 1).and_then(|next| running::pair(folded[i], next));
                items.push(Item::Word(folded[i].to_string(), pair.or_else(|| running::word(folded[i]))));
                i += if pair.is_some() { 2 } else { 1 };
            }
        }
    }
    run.clear();
}

/// Whether a word within a phrase says more than what it is of.
fn says_more(word: Word) -> bool {
    matches!(word, Word::Now | Word::Prior | Word::Budget | Word::Group | Word::Body | Word::Positive | Word::Negative)
}
