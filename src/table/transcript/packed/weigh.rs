//! How many columns a table has whose cells run together, and what stands in each: by the totals that then hold.

use super::head::Head;
use super::lines::{Packed, close};
use super::ways::{Form, Reading, spread, ways};
use super::{LEAST_PROOF, LEAST_ROWS};
use crate::table::transcript::block::Effort;
use crate::table::transcript::body::Row;
use crate::table::transcript::choices::{Choice, Content};
use crate::table::transcript::equations::{self, Equation};
use crate::table::transcript::figures::{self, Group};
use crate::table::transcript::settle::{self, Known, Settled};
use crate::table::transcript::solve;

/// So many ways of parting a heading are weighed.
const MOST_HEADS: usize = 4;

/// In smaller totals a difference of one is no rounding.
const LEAST_ROUNDED: i64 = 100;

/// A table as it is read in so many columns.
pub struct Weighed {
    columns: usize,
    settled: Settled,
    /// How many groups of each row belong to its label, or are the number of a note.
    pub skipped: Vec<usize>,
    /// Its rows refer to notes.
    pub noted: bool,
    proof: Proof,
}

/// What is the same for all tables of a document.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The numbers of the notes that have titles.
    pub titled: &'a [u32],
    pub effort: &'a Effort,
    /// Rows that look full may have blanks, where the totals do not come out otherwise.
    pub short: bool,
}

/// A heading and its rows, and how they are read.
pub struct Read<'a> {
    pub head: Head,
    pub rows: Vec<Packed<'a>>,
    pub weighed: Weighed,
}

/// How many figures of totals are the sum that they should be, and how many there are.
#[derive(Clone, Copy, Debug, Default)]
struct Proof {
    held: usize,
    stated: usize,
}

impl Proof {
    fn balance(self) -> i64 {
        2 * self.held as i64 - self.stated as i64
    }

    /// Whether it is no chance.
    fn is_sure(self) -> bool {
        self.held >= LEAST_PROOF && 4 * self.held >= 3 * self.stated
    }
}

impl Weighed {
    /// What is known of a row with figures; one with too many readings has none that is known.
    pub fn known(&self, row: usize) -> Vec<Known> {
        let own = &self.settled.known[row];
        if own.is_empty() { vec![Known::Unknown; self.columns] } else { own.clone() }
    }

    /// Whether its totals prove that it is read rightly.
    pub fn is_proved(&self) -> bool {
        self.proof.is_sure()
    }

    fn unknown(&self) -> usize {
        self.settled.known.iter().flatten().filter(|known| **known == Known::Unknown).count()
    }
}

/// The reading of rows under a heading that can be parted in several ways; none where no way makes a table of them.
pub fn headed<'a>(rows: &[Packed<'a>], heads: Vec<(usize, Head)>, of: Document<'_>) -> Option<Read<'a>> {
    let count = rows.iter().filter(|row| !row.items.is_empty()).count();
    let glued = rows.iter().filter(|row| row.is_glued()).count();
    if count < LEAST_ROWS || 4 * glued > count {
        return None;
    }
    let declared = rows.iter().any(|row| row.says_note);
    let may = may_be_noted(rows);
    let ways = heads.into_iter().flat_map(|(columns, head)| {
        let noted = head.note || declared;
        let both = if noted || !may { vec![noted] } else { vec![false, true] };
        both.into_iter().map(move |noted| (columns, noted, head.clone()))
    });
    let parted = ways.map(|(columns, noted, head)| {
        let form = form(rows, columns, noted, of.titled);
        let full = rows.iter().filter(|row| row.could_be(columns, form.notes, form.signs_apart)).count();
        (full, form, head)
    });
    let parted: Vec<(usize, Form, Head)> = parted.collect();
    let most = parted.iter().map(|(full, ..)| *full).max().unwrap_or(0);
    // Digits can be parted into more figures than there are; the words of the heading tell, and the totals.
    let mut near: Vec<_> = parted.into_iter().filter(|(full, ..)| 10 * full >= 9 * most).collect();
    near.sort_by_key(|(.., head)| std::cmp::Reverse(head.score));
    near.truncate(MOST_HEADS);
    let read = near.into_iter().map(|(full, form, head)| {
        let rows = unwrapped(rows, form);
        let weighed = weighed(&rows, form, of);
        (full, Read { head, rows, weighed })
    });
    let best = read.reduce(|best, other| if rank(&other.1) > rank(&best.1) { other } else { best });
    let enough = |full: usize| full >= LEAST_ROWS && 2 * full >= count;
    best.filter(|(full, read)| enough(*full) || read.weighed.proof.is_sure())
        .map(|(_, read)| noted_instead(read, rows, of))
}

/// A row whose figures go on in the next line is one row: a line without a label, where both have too few.
fn unwrapped<'a>(rows: &[Packed<'a>], form: Form<'_>) -> Vec<Packed<'a>> {
    let fewest = |row: &Packed| figures::fewest(&row.groups(0, form.signs_apart));
    let is_short = |row: &Packed| !row.items.is_empty() && !row.could_be(form.columns, form.notes, form.signs_apart);
    let goes_on = |above: &Packed, row: &Packed| {
        let next = above.lines.last().map(|line| line + 1) == row.lines.first().copied();
        let labelled = !above.label.is_empty() && row.label.is_empty();
        next && labelled && is_short(above) && is_short(row) && fewest(above) + fewest(row) <= form.columns
    };
    let mut unwrapped: Vec<Packed> = Vec::with_capacity(rows.len());
    for row in rows {
        match unwrapped.last_mut().filter(|above| goes_on(above, row)) {
            Some(above) => {
                close(&mut above.items);
                above.lines.extend(&row.lines);
                above.items.extend(row.items.iter().cloned());
            }
            None => unwrapped.push(row.clone()),
        }
    }
    unwrapped
}

/// Whether the first numbers of the rows may be those of notes, where nothing says so: a third of the rows begin with
/// one, and they rise.
fn may_be_noted(rows: &[Packed<'_>]) -> bool {
    let with_figures = rows.iter().filter(|row| !row.items.is_empty());
    let numbers: Vec<u32> = rows.iter().filter_map(first_number).collect();
    let rising = numbers.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    numbers.len() > 2 && 3 * numbers.len() >= with_figures.count() && 4 * rising >= 3 * (numbers.len() - 1)
}

/// What the figures of a row begin with, if it may be the number of a note.
fn first_number(row: &Packed<'_>) -> Option<u32> {
    row.items.get(..2)?[0].item.group.note_number().filter(|number| *number > 0)
}

/// The reading in which some rows begin with the numbers of notes, those that have titles where any has, though nothing
/// says so, where totals come out by it that did not.
fn noted_instead<'a>(read: Read<'a>, rows: &[Packed<'a>], of: Document<'_>) -> Read<'a> {
    let has_title = |number: u32| of.titled.is_empty() || of.titled.contains(&number);
    let may_refer = |row: &Packed| first_number(row).is_some_and(has_title);
    let Weighed { columns, noted, proof, .. } = read.weighed;
    if noted || proof.held == proof.stated || !rows.iter().any(may_refer) {
        return read;
    }
    let form = form(rows, columns, true, of.titled);
    let rows = unwrapped(rows, form);
    let weighed = weighed(&rows, form, of);
    let other = Read { head: read.head.clone(), rows, weighed };
    if other.weighed.unknown() <= read.weighed.unknown() && rank(&other) > rank(&read) { other } else { read }
}

/// The reading of rows under words that may be names of columns: every row has a figure for each.
pub fn named<'a>(rows: &[Packed<'a>], heads: Vec<(usize, Head)>, of: Document<'_>) -> Option<Read<'a>> {
    let with_figures = || rows.iter().filter(|row| !row.items.is_empty());
    let full = |columns: usize| with_figures().filter(|row| row.could_be(columns, None, false)).count();
    // Words of a sentence are in front of rows, too; nearly all rows have a figure under each name.
    let enough = |columns: usize| 20 * full(columns) >= 19 * with_figures().count();
    if with_figures().count() <= LEAST_ROWS {
        return None;
    }
    // The first name is over the labels, or over figures: the totals tell, and else the larger figures are parted.
    let read = heads.into_iter().filter(|(columns, _)| enough(*columns)).map(|(columns, head)| {
        let weighed = weigh(rows, form(rows, columns, false, of.titled), of.effort);
        Read { head, rows: rows.to_vec(), weighed }
    });
    read.reduce(|best, other| if rank(&other) >= rank(&best) { other } else { best })
}

/// How well a reading does: first whether its totals hold, then how well its columns are headed, for figures that are cut
/// alike in every row add up in more columns than there are.
fn rank(read: &Read<'_>) -> (i32, i32, i64, std::cmp::Reverse<usize>) {
    let (score, proof) = (read.head.score, read.weighed.proof);
    let holds = match proof.stated {
        0 => 1,
        stated if 4 * proof.held >= 3 * stated => 2,
        _ => 0,
    };
    let score = if holds > 0 { score } else { 0 };
    (holds, score, proof.balance(), std::cmp::Reverse(read.weighed.unknown()))
}

fn form<'a>(rows: &[Packed<'_>], columns: usize, noted: bool, titled: &'a [u32]) -> Form<'a> {
    let notes = noted.then_some(titled);
    let fit = |signs_apart: bool| rows.iter().filter(|row| row.fits(columns, notes, signs_apart)).count();
    let groups = rows.iter().flat_map(|row| &row.items).map(|placed| &placed.item.group);
    let decimals = groups.map(Group::decimals).max().unwrap_or(0);
    let form = Form { columns, notes, signs_apart: false, decimals, bound: i64::MAX / 4_096, short: false };
    Form { signs_apart: fit(true) > fit(false) || needs_signs_apart(rows, form), ..form }
}

/// Whether a dash must be a minus, for what follows it would else be one figure far beyond all others
/// (`- 469 954 313 450`).
fn needs_signs_apart(rows: &[Packed<'_>], form: Form<'_>) -> bool {
    let (dashed, others): (Vec<_>, Vec<_>) =
        rows.iter().filter(|row| !row.items.is_empty()).partition(|row| row.has_sign_apart());
    let size = |row: &Packed| ways(row, form).iter().map(largest).min();
    if dashed.is_empty() {
        return false;
    }
    let Some(most) = others.into_iter().filter_map(size).max() else { return false };
    dashed.into_iter().filter_map(size).any(|size| size > FAR_BEYOND.saturating_mul(most))
}

/// A figure so many times as large as those of the other rows is none.
const FAR_BEYOND: i64 = 10;

fn largest(reading: &Reading) -> i64 {
    reading.choice.values().map(i64::abs).max().unwrap_or(0)
}

/// The reading in which full rows are full; where totals do not come out or leave figures unknown, that in which a minus
/// may stand apart from its figure or may not, or in which uneven rows may have blanks, if that tells more.
fn weighed(rows: &[Packed<'_>], form: Form<'_>, of: Document<'_>) -> Weighed {
    let first = weigh(rows, form, of.effort);
    if !of.short || first.proof.stated == 0 || (first.unknown() == 0 && first.proof.held == first.proof.stated) {
        return first;
    }
    let tells_more = |second: &Weighed, first: &Weighed| {
        second.proof.balance() > first.proof.balance() && second.unknown() <= first.unknown()
    };
    let other = Form { signs_apart: !form.signs_apart, ..form };
    let apart = rows.iter().any(|row| row.has_sign_apart()).then(|| weigh(rows, other, of.effort));
    let first = match apart.filter(|second| tells_more(second, &first)) {
        Some(second) if second.unknown() == 0 && second.proof.held == second.proof.stated => return second,
        Some(second) => second,
        None => first,
    };
    let second = weigh(rows, Form { short: true, ..form }, of.effort);
    if tells_more(&second, &first) && second.unknown() < first.unknown() { second } else { first }
}

fn weigh(packed: &[Packed<'_>], form: Form<'_>, effort: &Effort) -> Weighed {
    let ways: Vec<Vec<Reading>> = believable(packed.iter().map(|row| ways(row, form)).collect());
    let before: Vec<Vec<Choice>> =
        ways.iter().map(|ways| ways.iter().map(|way| way.choice.clone()).collect()).collect();
    let row =
        |row: &Packed| Row { label: row.label.clone(), groups: row.groups(0, form.signs_apart), texts: Vec::new() };
    let rows: Vec<Row> = packed.iter().map(row).collect();
    let equations = equations::equations(&rows, &before);
    let mut solved = solve::solve(&before, &equations, effort);
    solve::roll_forward(&rows, &mut solved);
    let blanks = |choice: &Choice| choice.contents.iter().filter(|content| **content == Content::Blank).count();
    let large = is_large(&before, form);
    for (row, choices) in solved.choices.iter_mut().enumerate() {
        let heads = |choice: &Choice| blanks(choice) == form.columns;
        if large && packed[row].is_heading_with_note(form) && choices.iter().any(heads) {
            choices.retain(heads);
        }
        // What no total tells has a figure in each column, if it can.
        if !solved.asked.contains(&row) {
            let least = choices.iter().map(|choice| (blanks(choice), choice.loss)).min().unwrap_or_default();
            choices.retain(|choice| (blanks(choice), choice.loss) == least);
        }
        let least = choices.iter().map(|choice| spread(choice, form.decimals)).min().unwrap_or_default();
        choices.retain(|choice| spread(choice, form.decimals) == least);
    }
    let left: Vec<Option<Choice>> = solved.choices.iter().map(|choices| choices.first().cloned()).collect();
    let skipped = |(left, ways): (&Option<Choice>, &Vec<Reading>)| {
        let way = left.as_ref().and_then(|left| ways.iter().find(|way| way.choice == *left));
        way.map_or(0, |way| way.skipped)
    };
    let skipped = left.iter().zip(&ways).map(skipped).collect();
    let proof = proof(&equations, &left);
    let years = vec![String::new(); form.columns];
    let settled = settle::settle(&rows, &years, solved, &equations, &before);
    Weighed { columns: form.columns, settled, skipped, noted: form.notes.is_some(), proof }
}

/// Whether most rows have figures of thousands: a small number by itself is none of them.
fn is_large(choices: &[Vec<Choice>], form: Form<'_>) -> bool {
    let least = 1_000 * 10i64.pow(form.decimals.min(6) as u32);
    let is_large =
        |choices: &&Vec<Choice>| choices.iter().all(|choice| choice.values().any(|value| value.abs() >= least));
    let shown = || choices.iter().filter(|choices| !choices.is_empty());
    4 * shown().filter(is_large).count() >= 3 * shown().count()
}

/// The readings without figures that are far beyond any that some row must have.
fn believable(mut ways: Vec<Vec<Reading>>) -> Vec<Vec<Reading>> {
    let least = ways.iter().filter_map(|ways| ways.iter().map(largest).min());
    let bound = least.max().unwrap_or(0).saturating_mul(FAR_BEYOND);
    for ways in ways.iter_mut().filter(|_| bound > 0) {
        ways.retain(|reading| largest(reading) <= bound);
    }
    ways
}

fn proof(equations: &[Equation], left: &[Option<Choice>]) -> Proof {
    let mut proof = Proof::default();
    for equation in equations {
        let Some(result) = &left[equation.result] else { continue };
        for (column, content) in result.contents.iter().enumerate() {
            let Content::Figure(stated) = content else { continue };
            let term = |&(row, sign): &(usize, i64)| Some(sign * left[row].as_ref()?.contents[column].value());
            let sum = equation.terms.iter().map(term).sum::<Option<i64>>();
            proof.stated += 1;
            // Rounded figures add up to within one of the last digit.
            let within = if stated.value.abs() >= LEAST_ROUNDED { 1 } else { 0 };
            proof.held += usize::from(sum.is_some_and(|sum| (sum - stated.value).abs() <= within));
        }
    }
    proof
}
