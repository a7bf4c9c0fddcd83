//! In which ways a row whose cells run together can be read.

use super::lines::Packed;
use crate::table::transcript::MOST_NOTES;
use crate::table::transcript::body::Row;
use crate::table::transcript::choices::{self, Choice, Content};
use crate::table::transcript::equations;
use crate::table::transcript::figures::{self, Figure, Group};

/// So many blanks may be in a row that could have a figure in each column, placed in so many ways.
const MOST_SHORT: usize = 2;
const MOST_PLACED: usize = 120;

/// One way of reading a row.
#[derive(Clone, Debug)]
pub struct Reading {
    pub choice: Choice,
    /// How many of its groups belong to the label.
    pub skipped: usize,
}

/// What is known of a table when its rows are read.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    pub columns: usize,
    /// The numbers of the notes that have titles, in a table that refers to notes.
    pub notes: Option<&'a [u32]>,
    /// The signs of figures stand apart from them.
    pub signs_apart: bool,
    pub decimals: usize,
    pub bound: i64,
    /// Rows that could have a figure in each column may have fewer, where these are not of one size.
    pub short: bool,
}

impl Packed<'_> {
    /// The groups of digits from one on.
    pub fn groups(&self, from: usize, signs_apart: bool) -> Vec<Group> {
        let group = |group: Group| if signs_apart { group } else { group.settled() };
        self.items[from..].iter().map(|placed| group(placed.item.group.clone())).collect()
    }

    /// Whether a dash stands before a figure, of which it may be the minus.
    pub fn has_sign_apart(&self) -> bool {
        self.items.windows(2).any(|pair| pair[0].item.group.is_dash() && !pair[1].item.group.is_dash())
    }

    /// Whether the row can have a figure in each of so many columns, with a note's number before them or not.
    pub fn could_be(&self, columns: usize, notes: Option<&[u32]>, signs_apart: bool) -> bool {
        self.starts(notes).any(|from| figures::could_be(&self.groups(from, signs_apart), columns))
    }

    fn is_total(&self) -> bool {
        equations::is_total(&self.label)
    }

    /// Whether it may head rows, and refer to a note for all of them (`Rörelsens intäkter 2`).
    pub fn is_heading_with_note(&self, form: Form<'_>) -> bool {
        let number = || self.items[0].item.group.note_number().is_some_and(|number| number > 0);
        form.notes.is_some() && form.columns > 1 && self.items.len() == 1 && self.reference.is_none() && number()
    }

    /// Whether it has no more figures than columns.
    pub fn fits(&self, columns: usize, notes: Option<&[u32]>, signs_apart: bool) -> bool {
        self.starts(notes).any(|from| figures::fewest(&self.groups(from, signs_apart)) <= columns)
    }

    /// Where the figures may begin: after what belongs to the label (`Momsfordran 2019`, `Åby kommun 10 %`) or is a note's
    /// number. Where the notes have titles (`Not 3`), no line refers to another.
    fn starts(&self, notes: Option<&[u32]>) -> impl Iterator<Item = usize> + '_ {
        let none = Group::nothing();
        let first = self.items.first().map_or(&none, |placed| &placed.item.group);
        let titled = |number: u32| notes.is_some_and(|notes| notes.is_empty() || notes.contains(&number));
        let is_number = |number: &u32| (1..=MOST_NOTES).contains(number);
        let number = first.note_number().filter(is_number);
        let is_note = number.is_some() && !first.is_percent();
        let notes = number.is_some_and(titled) && self.reference.is_none();
        let is_year = first.is_year();
        let others = || self.items[1..].iter().map(|placed| &placed.item.group);
        // One whole number among decimals.
        let decimal = || others().any(|group| group.decimals() > 0) && others().all(Group::may_have_decimals);
        let is_apart = notes && is_note && self.items.len() > 1 && decimal() && !self.is_total();
        let is_share = first.is_percent() && !others().any(Group::is_percent);
        let own = (!(is_apart || self.says_note && is_note)).then_some(0);
        let after = self.items.len() > 1 && (is_note && (notes || self.says_note) || is_year || is_share);
        own.into_iter().chain(after.then_some(1))
    }
}

/// Every way of reading a row; a total seldom refers to a note, and does so only where the sums say it.
pub fn ways(row: &Packed<'_>, form: Form<'_>) -> Vec<Reading> {
    let mut ways = readings(row, form);
    if row.is_total() && !row.says_note {
        ways.iter_mut().filter(|way| way.skipped > 0).for_each(|way| way.choice.loss += 1);
    }
    ways
}

/// Every way of reading a row: with a figure in each column where that can be, else with blanks.
fn readings(row: &Packed<'_>, form: Form<'_>) -> Vec<Reading> {
    let mut full = Vec::new();
    let mut blanks = Vec::new();
    let mut short = Vec::new();
    for skipped in row.starts(form.notes) {
        let groups = row.groups(skipped, form.signs_apart);
        let found = figures::readings(&groups, form.columns, form.decimals, form.bound).unwrap_or_default();
        let moved = |reading: &[Figure]| -> Vec<Figure> {
            let moved = |figure: &Figure| Figure { from: figure.from + skipped, to: figure.to + skipped, ..*figure };
            reading.iter().map(moved).collect()
        };
        for reading in &found {
            let own = moved(reading);
            match own.len() == form.columns {
                true => {
                    let contents = own.into_iter().map(Content::Figure).collect();
                    full.push(Reading { choice: Choice { contents, loss: 0 }, skipped });
                }
                // A sign that stands apart looks as a dash that means nothing, and the number of a note as a figure.
                false if form.signs_apart && groups.iter().any(Group::is_dash) => blanks.push((own, skipped, true)),
                false if skipped > 0 && own.len() + 1 == form.columns => blanks.push((own, skipped, false)),
                false if own.len() + MOST_SHORT >= form.columns => short.push((own, skipped)),
                false => {}
            }
        }
    }
    // Where a note's number could be one and all columns be filled beside it, it is.
    let noted = full.iter().any(|reading: &Reading| reading.skipped > 0);
    if !full.is_empty() {
        let least = full.iter().map(|reading| spread(&reading.choice, form.decimals)).min().unwrap_or_default();
        full.retain(|reading| spread(&reading.choice, form.decimals) <= least + 1);
        for (figures, skipped, signs) in blanks.into_iter().filter(|(.., signs)| *signs || !noted) {
            let signed = figures.iter().all(|figure| figure.value != 0);
            let placed =
                signed.then(|| choices::with_blanks(&figures, form.columns, u32::from(signs))).into_iter().flatten();
            full.extend(placed.map(|choice| Reading { choice, skipped }));
        }
        // Figures of about one size are a full row; others may be fewer and larger, if the totals say so.
        if form.short && least > 0 {
            let placed = |(figures, skipped): (Vec<Figure>, usize)| {
                let choices = choices::with_blanks(&figures, form.columns, 1).into_iter();
                choices.map(move |choice| Reading { choice, skipped })
            };
            full.extend(short.into_iter().flat_map(placed).take(MOST_PLACED));
        }
        return full;
    }
    // What could be the number of a note mostly is.
    let last = if row.is_total() { 0 } else { row.starts(form.notes).last().unwrap_or(0) };
    let starts = row.starts(form.notes).flat_map(|skipped| {
        let groups = row.groups(skipped, form.signs_apart);
        let rest = Row { label: row.label.clone(), groups, texts: Vec::new() };
        let placed = choices::choices(&rest, form.columns, form.decimals, form.bound).into_iter();
        placed.map(move |mut choice| {
            for content in &mut choice.contents {
                if let Content::Figure(figure) = content {
                    (figure.from, figure.to) = (figure.from + skipped, figure.to + skipped);
                }
            }
            choice.loss += u32::from(skipped < last);
            Reading { choice, skipped }
        })
    });
    let heading = row
        .is_heading_with_note(form)
        .then(|| Reading { choice: Choice { contents: vec![Content::Blank; form.columns], loss: 0 }, skipped: 1 });
    starts.chain(heading).collect()
}

/// How much the figures of a row differ in their number of thousands; zeros stand beside figures of any size.
pub fn spread(choice: &Choice, decimals: usize) -> usize {
    let lengths = choice.contents.iter().filter_map(|content| match content {
        Content::Figure(figure) if figure.value != 0 => {
            Some((figure.value.unsigned_abs().ilog10() as usize).saturating_sub(decimals) / 3)
        }
        _ => None,
    });
    lengths.clone().max().unwrap_or(0) - lengths.min().unwrap_or(0)
}
