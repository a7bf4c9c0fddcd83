//! The lines below a heading as rows of a table: a label, and the groups of digits that follow it, on its own line or on
//! the lines below it.

use std::cell::OnceCell;

use super::head;
use super::items::{Item, items, read};
use crate::table::heading;
use crate::table::transcript::figures::{self, Group};
use crate::table::transcript::{LABEL_WORDS, MOST_BLANK, MOST_NOTES, equations};
use crate::words::{self, Class, titles};

/// More rows than these are too many to weigh.
pub const MOST_ROWS: usize = 300;
/// A label and its figures take no more lines than this, on the average.
const MOST_LINES: usize = 8 * MOST_ROWS;
/// Where every line of a page has a blank one after it, a blank cell leaves a few more.
const BLANK_CELL: u32 = 8;
const BLANK_ROWS: u32 = 40;
const MOST_BLANK_ABOVE: u32 = 10;

/// A line of the document.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub row: u32,
    pub text: &'a str,
}

/// A group of digits, and the line where it stands.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    pub line: Line<'a>,
    pub item: Item,
}

impl Placed<'_> {
    pub fn text(&self) -> &str {
        &self.line.text[self.item.start..self.item.end]
    }
}

/// A row of a table in the making; without figures it heads those below it.
#[derive(Clone, Debug)]
pub struct Packed<'a> {
    /// The lines that it takes; it is laid out where the first of them stands.
    pub lines: Vec<u32>,
    pub label: String,
    pub items: Vec<Placed<'a>>,
    /// Where a line of its own refers to a note (`Not 3`).
    pub reference: Option<Line<'a>>,
    /// The numbers of notes before the last one (`2,` before `3`).
    pub notes: Option<String>,
    /// What is remarked after the figures.
    pub remark: Option<Line<'a>>,
    /// The word before the figures says that a note's number follows.
    pub says_note: bool,
}

/// A line and what it is to a table above it, found out once: any line may head a table, which would ask all below it.
pub struct About<'a> {
    pub line: Line<'a>,
    said: OnceCell<Said>,
}

pub struct Said {
    pub ends_table: bool,
    pub heads_another: bool,
    form: Form,
}

/// What a line is to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Label,
    /// It refers to a note and says nothing else.
    Reference,
    Figures,
    /// A label and figures.
    Row,
    Other,
}

impl<'a> About<'a> {
    pub fn new(line: Line<'a>) -> About<'a> {
        About { line, said: OnceCell::new() }
    }

    pub fn said(&self) -> &Said {
        self.said.get_or_init(|| Said {
            ends_table: ends_table(self.line.text),
            heads_another: heads_another(self.line.text),
            form: form(self.line.text),
        })
    }
}

/// The rows from a line on, to the last that has figures, and the line after it.
pub fn rows<'a>(lines: &[About<'a>], from: usize, is_end: impl Fn(usize) -> bool) -> (Vec<Packed<'a>>, usize) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut label: Vec<Line> = Vec::new();
    let blank = blank(&lines[from.saturating_sub(1)..]);
    let most_blank = if blank == 0 { MOST_BLANK } else { BLANK_ROWS };
    let most_apart = most_apart(&lines[from.saturating_sub(1)..]);
    let years = from.checked_sub(1).map_or_else(Vec::new, |above| heading::read(lines[above].line.text).years);
    let mut at = from;
    // Whether the figures of the last row may go on.
    let mut open = false;
    let mut next = from;
    while let Some(about) = lines.get(at).filter(|_| at - from <= MOST_LINES && drafts.len() < MOST_ROWS) {
        let (line, said) = (about.line, about.said());
        let gap = at.checked_sub(1).map_or(0, |above| line.row - lines[above].line.row - 1);
        let heads_another = said.heads_another && !is_beyond(&years, line.text);
        let ends = is_end(at) || (heads_another && !drafts.is_empty());
        // The first rows may stand further down.
        let most_blank = if next == from { most_blank.max(MOST_BLANK_ABOVE) } else { most_blank };
        if gap > most_blank || ends {
            break;
        }
        match said.form {
            Form::Label => {
                let goes_on = gap <= blank && line.text.starts_with(char::is_lowercase);
                if !goes_on {
                    drafts.extend(Draft::heading(std::mem::take(&mut label)));
                }
                label.push(line);
                open = false;
            }
            Form::Reference | Form::Figures if !label.is_empty() => {
                drafts.push(Draft { label: std::mem::take(&mut label), ..Draft::default() });
                drafts.last_mut().into_iter().for_each(|draft| draft.add(line, said.form));
                open = true;
            }
            Form::Reference | Form::Figures if open && gap <= most_apart => {
                drafts.last_mut().into_iter().for_each(|draft| draft.add(line, said.form));
            }
            Form::Figures if items(line.text).len() > 1 => {
                drafts.push(Draft { own: Some(line), ..Draft::default() });
                open = false;
            }
            Form::Row => {
                let own = own_label(line.text);
                let joins = gap <= blank && (own.starts_with(char::is_lowercase) || is_note_word(own));
                let mut above = std::mem::take(&mut label);
                if !joins {
                    drafts.extend(Draft::heading(std::mem::take(&mut above)));
                }
                drafts.push(Draft { label: above, own: Some(line), ..Draft::default() });
                open = false;
            }
            // A reference that no label has is the title of a note.
            Form::Reference => break,
            Form::Figures | Form::Other => open = false,
        }
        at += 1;
        if matches!(said.form, Form::Row | Form::Figures) {
            next = at;
        }
    }
    let last = drafts.iter().rposition(|draft| !draft.is_heading());
    drafts.truncate(last.map_or(0, |last| last + 1));
    let stacked = drafts.iter().filter(|draft| draft.stack.len() > 1).count();
    let single = drafts.iter().filter(|draft| draft.stack.len() == 1).count();
    (drafts.into_iter().filter_map(|draft| draft.packed(stacked > single)).collect(), next)
}

/// The lines, from one on without what is remarked after their figures, and these remarks.
pub fn without_remarks<'a>(lines: &[About<'a>], from: usize) -> (Vec<About<'a>>, Vec<Line<'a>>) {
    let mut remarks = Vec::new();
    let bare = lines.iter().take(from + MOST_LINES).enumerate().map(|(at, about)| {
        let line = about.line;
        let Some(end) = figures_end(line.text).filter(|_| at >= from) else { return About::new(line) };
        let (figures, remark) = line.text.split_at(end);
        remarks.push(Line { text: remark.trim(), ..line });
        About::new(Line { text: figures, ..line })
    });
    (bare.collect(), remarks)
}

/// A remark counts to no more digits than these.
const MOST_COUNTED: usize = 2;

/// Where the longest run of groups of digits in a line ends, if words follow it and a label stands before it.
fn figures_end(text: &str) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let (mut run, mut start) = (0, 0);
    for word in text.split(' ') {
        let end = start + word.len();
        // `2 nya deltagare`: a number before a word that begins small is of the remark.
        let counts = || word.len() <= MOST_COUNTED && text[end..].trim_start().starts_with(char::is_lowercase);
        run = if read(word).is_some() && !counts() { run + 1 } else { 0 };
        if run > best.map_or(0, |(most, _)| most) && start > 0 {
            best = Some((run, end));
        }
        start = end + 1;
    }
    let (_, end) = best.filter(|(run, _)| *run > 1)?;
    text[end..].contains(char::is_alphanumeric).then_some(end)
}

/// Whether what looks like years in a line is far from all those of the heading above: `Regionen 2044 2040` under
/// `Tkr 2017 2016` are amounts.
fn is_beyond(years: &[i32], text: &str) -> bool {
    let far = |year: &i32| years.iter().all(|of| (year - of).abs() > FAR);
    let own = heading::read(text).years;
    !years.is_empty() && !own.is_empty() && own.iter().all(far)
}

/// So many years are not between the columns of a document.
const FAR: i32 = 12;

/// How many blank lines may be between two lines of a heading, or between the figures of a row.
pub fn most_apart(lines: &[About<'_>]) -> u32 {
    if blank(lines) == 0 { 0 } else { BLANK_CELL }
}

/// How many blank lines most lines have after them, of those that come first.
fn blank(lines: &[About<'_>]) -> u32 {
    const LINES: usize = 16;
    let mut gaps: Vec<u32> = lines.windows(2).take(LINES).map(|pair| pair[1].line.row - pair[0].line.row - 1).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}

/// A row as its lines come.
#[derive(Default)]
struct Draft<'a> {
    /// The lines of the label before those that have figures.
    label: Vec<Line<'a>>,
    /// The line that has both.
    own: Option<Line<'a>>,
    /// Lines with figures alone.
    stack: Vec<Line<'a>>,
    reference: Option<Line<'a>>,
}

impl<'a> Draft<'a> {
    fn heading(label: Vec<Line<'a>>) -> Option<Draft<'a>> {
        (!label.is_empty()).then(|| Draft { label, ..Draft::default() })
    }

    fn is_heading(&self) -> bool {
        self.own.is_none() && self.stack.is_empty()
    }

    fn add(&mut self, line: Line<'a>, form: Form) {
        match form {
            Form::Reference => self.reference = Some(line),
            _ => self.stack.push(line),
        }
    }

    /// The row, if it can be one. Where the cells of a table stand one a line, each such line is one figure.
    fn packed(self, stacked: bool) -> Option<Packed<'a>> {
        let placed = |line: Line<'a>, item: Item| Placed { line, item };
        let mut items: Vec<Placed> = Vec::new();
        for &line in &self.stack {
            let found = self::items(line.text);
            let groups: Vec<Group> = found.iter().map(|item| item.group.clone()).collect();
            match (found.first(), found.last()) {
                (Some(first), Some(last)) if stacked && figures::could_be(&groups, 1) => {
                    let group = Group::whole(&groups)?;
                    items.push(placed(line, Item { start: first.start, end: last.end, group }));
                }
                _ => items.extend(found.into_iter().map(|item| placed(line, item))),
            }
            close(&mut items);
        }
        let mut label: Vec<&str> = self.label.iter().map(|line| line.text.trim()).collect();
        if let Some(own) = self.own {
            let found = self::items(own.text);
            label.extend(Some(own_label(own.text)).filter(|label| !label.is_empty()));
            items.extend(found.into_iter().map(|item| placed(own, item)));
        }
        let lines: Vec<Line> = self
            .label
            .iter()
            .copied()
            .chain(self.own)
            .chain(self.reference)
            .chain(self.stack.iter().copied())
            .collect();
        let lines = lines.iter().map(|line| line.row).collect();
        let packed = Packed { reference: self.reference, ..Packed::new(lines, label.join(" "), items) };
        let heads = packed.items.len() == 1 && packed.items[0].item.group.is_year();
        (!heads && packed.label.split_whitespace().count() <= LABEL_WORDS).then_some(packed)
    }
}

impl<'a> Packed<'a> {
    pub fn new(lines: Vec<u32>, label: String, items: Vec<Placed<'a>>) -> Packed<'a> {
        let (label, notes) = without_notes(label);
        let says_note = notes.is_some() || label.split_whitespace().next_back().is_some_and(is_note_word);
        Packed { lines, label, items, reference: None, notes, remark: None, says_note }
    }
}

impl Packed<'_> {
    /// Whether its figures are glued to its label, and to each other: `Årets resultat321187 242`.
    pub fn is_glued(&self) -> bool {
        let last = self.label.split(' ').next_back().unwrap_or_default();
        last.starts_with(char::is_alphabetic) && last.ends_with(|c: char| c.is_ascii_digit()) && !self.items.is_empty()
    }
}

/// No figure goes on in another line.
pub fn close(items: &mut [Placed<'_>]) {
    if let Some(last) = items.last_mut() {
        last.item.group = last.item.group.clone().closed().settled();
    }
}

/// A label and the numbers of notes at its end, all but the last: `Verksamhetens kostnader 2,` before `3`.
fn without_notes(label: String) -> (String, Option<String>) {
    let is_listed = |word: &str| {
        let number = word.strip_suffix(',').map(str::parse::<u32>);
        number.is_some_and(|number| number.is_ok_and(|number| (1..=MOST_NOTES).contains(&number)))
    };
    let listed = label.split(' ').rev().take_while(|word| is_listed(word)).map(|word| word.len() + 1).sum::<usize>();
    if listed == 0 || listed > label.len() {
        return (label, None);
    }
    let (own, notes) = label.split_at(label.len() + 1 - listed);
    (own.trim_end().to_string(), Some(notes.to_string()))
}

fn form(text: &str) -> Form {
    if is_reference(text) {
        return Form::Reference;
    }
    let items = items(text);
    match items.first() {
        None if text.split_whitespace().count() <= LABEL_WORDS && is_label(text) => Form::Label,
        None => Form::Other,
        Some(first) if text[..first.start].trim().is_empty() => Form::Figures,
        Some(_) => Form::Row,
    }
}

/// What stands before the figures of a line.
fn own_label(text: &str) -> &str {
    items(text).first().map_or(text, |first| &text[..first.start]).trim()
}

fn is_label(text: &str) -> bool {
    // `1 Medel från verksamheten`.
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix([' ', '.', ')']);
    let text = numbered.map_or(text, str::trim_start);
    text.starts_with(|c: char| c.is_alphabetic() || "–-(+".contains(c)) && !words::is_sentence(text)
}

fn is_note_word(word: &str) -> bool {
    words::lookup(Class::Note, word).is_some()
}

/// Whether a line refers to notes: `Not 3`, `not 21 » not 36 »`, `2, 3`.
fn is_reference(text: &str) -> bool {
    let mut words = 0;
    let mut numbers = 0;
    for word in text.split([' ', ',', '»']).filter(|word| !word.is_empty()) {
        match word.parse::<u32>() {
            Ok(number) if (1..=MOST_NOTES).contains(&number) => numbers += 1,
            Ok(_) => return false,
            Err(_) if is_note_word(word) => words += 1,
            Err(_) => return false,
        }
    }
    numbers > 0 && (words > 0 || text.contains(", "))
}

/// Whether a line heads the columns of another table.
fn heads_another(text: &str) -> bool {
    let words = text.split_whitespace().count();
    // `Resultat` heads columns, too.
    let is_label = equations::is_total(text) || equations::is_result(text);
    (!is_label && items(text).iter().all(|item| item.group.is_year()) && head::must_head(text))
        || (words > 2 && head::by_words(text, words - 1).is_some())
}

/// Whether a line ends the table above it: running text, or a title.
fn ends_table(text: &str) -> bool {
    words::is_sentence(text)
        || !has_figures(text)
            && !is_reference(text)
            && titles::title(text.trim(), false).is_some_and(|title| title.is_strong())
}

/// Whether a line ends with figures that are no years and no page.
fn has_figures(text: &str) -> bool {
    const PAGE_DIGITS: usize = 3;
    let items = items(text);
    let is_page = items.len() == 1 && items[0].group.shown().len() <= PAGE_DIGITS;
    !is_page && items.iter().any(|item| !item.group.is_year())
}
