//! Text → what it says of how many: persons, visits and percentages, each with the words and the insats that it is
//! told of.

use std::ops::Range;

use super::figures::{self, Mark, What};
use super::passages::{Passage, each_passage, sentences};
use super::rows::Rows;
use crate::book::Book;
use crate::grid::At;
use crate::money::Money;
use crate::period::Date;
use crate::words::counting::{self, Clause, Counted};
use crate::words::{Naming, fold};

/// A count or a share that a text tells.
#[derive(Clone, Debug)]
pub struct Claim {
    pub at: At,
    pub value: Money,
    pub counted: Counted,
    /// The figure and what it counts, as written.
    pub quote: String,
    pub clause: Clause,
    /// It is a goal or a limit.
    pub goal: bool,
    pub subject: Subject,
    /// The name of the insats.
    pub about: Option<String>,
    /// The year that it is of, where that is known.
    pub year: Option<i32>,
    pub date: Option<Date>,
    /// Its place among all, and its sentence's, its paragraph's, and that of what stands under the same headings.
    pub number: usize,
    pub sentence: usize,
    pub passage: usize,
    pub section: usize,
    /// The heading right above.
    pub heading: Option<String>,
    pub input: usize,
}

/// Whom a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// No insats is named.
    All,
    /// The insats of this number.
    Insats(usize),
    /// Several are named, and it may be any of them; or only a part of one.
    Several,
}

/// What all texts of a book say of how many.
pub fn claims(book: &Book) -> Vec<Claim> {
    let mut passages = Vec::new();
    each_passage(book, |passage| passages.push(passage));
    let rows = Rows::of(book);
    let insatser = insatser(book, &rows, &passages);
    let mut claims = Vec::new();
    let (mut sentence_no, mut section) = (0, 0);
    for (p, passage) in passages.iter().enumerate() {
        section += usize::from(p == 0 || !passages[p - 1].stands_with(passage));
        let input = passage.input(book);
        let (scope, year) = scope(passage, &insatser);
        let heading = passage.headings.first().map(|heading| heading.text);
        let headed = heading.is_some_and(|heading| fold(heading).split(' ').any(counting::says_goal));
        for range in sentences(&passage.text) {
            sentence_no += 1;
            let sentence = &passage.text[range.clone()];
            let marks = figures::read(sentence);
            let Some(said) = year_of(&marks) else { continue };
            let subject = subject(sentence, &passage.text[..range.start], scope, heading, &insatser);
            let insats = if let Subject::Insats(i) = subject { Some(&insatser[i]) } else { None };
            for told in told(sentence, &marks) {
                claims.push(Claim {
                    at: passage.at(range.start + told.start),
                    value: told.value,
                    counted: told.counted,
                    quote: told.quote,
                    clause: match insats {
                        Some(insats) => told.clause.without(&insats.naming),
                        None => told.clause,
                    },
                    goal: told.goal || headed,
                    subject,
                    about: insats.map(|insats| insats.name.to_string()),
                    year: said.or(year).or_else(|| rows.year(input)),
                    date: told.date,
                    number: claims.len(),
                    sentence: sentence_no,
                    passage: p,
                    section,
                    heading: heading.map(str::to_string),
                    input,
                });
            }
        }
    }
    claims
}

/// An insats by the heading that is its name.
struct Insats<'a> {
    name: &'a str,
    naming: Naming,
}

/// The insatser of the tables that have headings of their own in the text.
fn insatser<'a>(book: &Book, rows: &Rows, passages: &[Passage<'a>]) -> Vec<Insats<'a>> {
    let named = |passage: &Passage<'a>| {
        let input = passage.input(book);
        passage.headings.iter().map(move |heading| (heading.text, input)).collect::<Vec<_>>()
    };
    let mut headings: Vec<(&str, usize)> = passages.iter().flat_map(named).collect();
    headings.sort_unstable();
    headings.dedup();
    let mut insatser: Vec<Insats> = Vec::new();
    for (name, input) in headings {
        let naming = Naming::of(name);
        let same = |known: &Insats| counting::names(&known.naming, &naming) && counting::names(&naming, &known.naming);
        if rows.is_insats(book, input, &naming) && !insatser.iter().any(same) {
            let numbered = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ');
            insatser.push(Insats { name: name.trim_start_matches(numbered), naming });
        }
    }
    insatser
}

/// What the headings above a text are about, and the year that they name: as far up as the next numbered one. What
/// the heading of an insats, or one below it, says beside the name of any section parts the insats.
fn scope(passage: &Passage, insatser: &[Insats]) -> (Subject, Option<i32>) {
    let numbered = |heading: &str| heading.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let headings: Vec<&str> = passage.headings.iter().map(|heading| heading.text).collect();
    let last = headings.iter().position(|heading| numbered(heading));
    let near = &headings[..last.map_or(headings.len(), |last| last + 1)];
    let year = near.iter().find_map(|heading| year_of(&figures::read(heading))?);
    let named = near.iter().map(|heading| named_in(heading, insatser));
    let whole = |i: usize, insats: usize| {
        near[..i].iter().all(|heading| counting::is_section(heading))
            && counting::is_section_of(near[i], &insatser[insats].naming)
    };
    let subject = match named.enumerate().find(|(_, subject)| *subject != Subject::All) {
        Some((i, Subject::Insats(insats))) if whole(i, insats) => Subject::Insats(insats),
        Some(_) => Subject::Several,
        None => Subject::All,
    };
    (subject, year)
}

/// Whom a sentence is about: the insats that it names, or the text before it, or the headings.
fn subject(sentence: &str, before: &str, scope: Subject, heading: Option<&str>, insatser: &[Insats]) -> Subject {
    let said = [sentence, before].into_iter().map(|text| named_in(text, insatser));
    match said.into_iter().find(|subject| *subject != Subject::All) {
        Some(Subject::Insats(_)) if heading.is_some_and(counting::tells_apart) => Subject::Several,
        Some(subject) => subject,
        None => scope,
    }
}

fn named_in(text: &str, insatser: &[Insats]) -> Subject {
    let text = Naming::of(text);
    let mut named = (0..insatser.len()).filter(|&i| counting::names(&insatser[i].naming, &text));
    match (named.next(), named.next()) {
        (None, _) => Subject::All,
        (Some(i), None) => Subject::Insats(i),
        (Some(_), Some(_)) => Subject::Several,
    }
}

/// The only year that a text names; `None` where it names several.
fn year_of(marks: &[Mark]) -> Option<Option<i32>> {
    let mut years = marks.iter().filter_map(|mark| match mark.what {
        What::Year(year) => Some(year),
        What::Date(date) => Some(date.year),
        _ => None,
    });
    let first = years.next();
    let several = marks.iter().any(|mark| matches!(mark.what, What::Years(..)));
    (!several && years.all(|year| Some(year) == first)).then_some(first)
}

/// A figure and its own part of a sentence.
struct Told {
    start: usize,
    value: Money,
    counted: Counted,
    quote: String,
    clause: Clause,
    goal: bool,
    date: Option<Date>,
}

/// A word or a figure of a sentence.
enum Item<'a> {
    /// As written, and folded.
    Word(&'a str, String),
    /// A percentage or a number that may count something.
    Figure(Money, bool, Range<usize>),
    Date(Date),
    /// A comma, or a word with which a new clause begins.
    Stop,
    /// A word that goes on with what was said.
    And,
}

impl Item<'_> {
    /// What a word says that a figure by it counts.
    fn counted(&self) -> Option<Counted> {
        if let Item::Word(_, folded) = self { counting::counted(folded) } else { None }
    }
}

/// What a sentence tells of how many.
fn told(sentence: &str, marks: &[Mark]) -> Vec<Told> {
    let items = items(sentence, marks);
    let is_figure = |item: &Item| matches!(item, Item::Figure(..));
    let ends = |item: &Item| matches!(item, Item::Stop | Item::And);
    let mut found: Vec<Told> = Vec::new();
    let mut start = 0;
    for part in items.split_inclusive(ends) {
        let end = start + part.len();
        if let Some((figure, counted)) = counts(part) {
            // What goes on without a figure of its own belongs to it.
            let rest = items[end..].split(ends).next().unwrap_or_default();
            let goes_on = matches!(part.last(), Some(Item::And)) && !rest.iter().any(is_figure);
            let own = &items[start..if goes_on { end + rest.len() } else { end }];
            found.extend(figure_told(sentence, &items[..start], own, figure, counted));
        }
        start = end;
    }
    found
}

/// The only figure of a part of a sentence that counts something, and what it counts.
fn counts(part: &[Item]) -> Option<(usize, Counted)> {
    let percent = |i: usize| matches!(part[i], Item::Figure(_, true, _));
    let figures = || (0..part.len()).filter(|&i| matches!(part[i], Item::Figure(..)));
    let of = |i: usize| if percent(i) { Some(Counted::Share) } else { part[noun(part, i)?].counted() };
    let mut told = figures().filter_map(|i| Some((i, of(i)?)));
    match (told.next(), told.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        // `Antal deltagare uppgår till 77`.
        (None, _) => {
            let only = figures().next().filter(|_| figures().count() == 1)?;
            Some((only, part[..only].iter().rev().find_map(Item::counted)?))
        }
    }
}

/// The word after a figure that says what it counts.
fn noun(part: &[Item], figure: usize) -> Option<usize> {
    const NEAR: usize = 3;
    let words = (figure + 1..part.len()).take(NEAR).take_while(|&i| matches!(part[i], Item::Word(..)));
    words.into_iter().find(|&i| part[i].counted().is_some())
}

fn figure_told(sentence: &str, before: &[Item], own: &[Item], figure: usize, counted: Counted) -> Option<Told> {
    let Item::Figure(value, _, range) = &own[figure] else { return None };
    let end = match noun(own, figure).map(|noun| &own[noun]) {
        Some(Item::Word(written, _)) => written.as_ptr() as usize - sentence.as_ptr() as usize + written.len(),
        _ => range.end,
    };
    // A percentage is of what the sentence has spoken of.
    let context = if counted == Counted::Share { before } else { &[] };
    let mut clause = Clause::default();
    for item in context.iter().chain(own) {
        if let Item::Word(written, folded) = item {
            let first = sentence.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(*written);
            clause.push(folded, !first && written.starts_with(char::is_uppercase));
        }
    }
    let goal = |item: &Item| matches!(item, Item::Word(_, folded) if counting::says_goal(folded));
    let goal = before.iter().chain(own).any(goal);
    let date = own.iter().find_map(|item| if let Item::Date(date) = item { Some(*date) } else { None });
    let quote = sentence[range.start..end].trim_end_matches(['.', ',', ';', ':']).to_string();
    Some(Told { start: range.start, value: *value, counted, quote, clause, goal, date })
}

fn items<'a>(sentence: &'a str, marks: &[Mark]) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut at = 0;
    for mark in marks {
        words(&sentence[at..mark.range.start], &mut items);
        at = mark.range.end;
        items.extend(match mark.what {
            What::Percent(amount) => Some(Item::Figure(amount.value, true, mark.range.clone())),
            What::Date(date) => Some(Item::Date(date)),
            What::Amount(_) | What::Other => {
                let bare = sentence[mark.range.clone()].replace([' ', '\u{a0}'], "");
                let value: Option<i64> = bare.parse().ok();
                value.map(|value| Item::Figure(Money::from(value), false, mark.range.clone()))
            }
            What::Year(_) | What::Years(..) => None,
        });
    }
    words(&sentence[at..], &mut items);
    items
}

fn words<'a>(text: &'a str, items: &mut Vec<Item<'a>>) {
    for piece in text.split_inclusive([' ', '\u{a0}', ',', ';', ':', '(', ')', '/', '\u{2013}', '*', '.']) {
        let written = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = fold(written);
        match counting::parts_clauses(&folded) {
            _ if folded.is_empty() => {}
            Some(true) => items.push(Item::And),
            Some(false) => items.push(Item::Stop),
            None => items.push(Item::Word(written, folded)),
        }
        if piece.ends_with([',', ';', ':', '(', ')', '\u{2013}']) {
            items.push(Item::Stop);
        }
    }
}
