//! Whether a line is a sum at all: what its wording, its place and the figures say.

use super::{LineSum, Walk};
use crate::money::{Interval, Money};
use crate::statement::Kind;
use crate::statement::kinds::{self, Reach};
use crate::table::{Line, Role};
use crate::words::{self, Concept};

impl Walk<'_> {
    /// Whether a line that the form has as a total is printed without its parts (`Långfristiga skulder`,
    /// `Kassaflöde från investeringsverksamheten`): it does not say that it adds, and what stands before it adds
    /// up to it in no column; or nothing stands before it that it could add.
    pub(super) fn is_plain_line(
        &self,
        form: Option<&kinds::Total>,
        says: bool,
        sum: &LineSum,
        expected: &[usize],
    ) -> bool {
        let has_parts = form.is_some_and(|form| matches!(form.reach, Reach::Block | Reach::After(_)));
        let is_part = |total: Concept, &line: &usize| {
            self.statement.lines()[line].concept.is_some_and(|found| kinds::is_part(total, found.concept))
        };
        // The parts that the form gives it stand above, or a heading of its own with lines under it: they should add
        // up, though they do in no column.
        if form.is_some_and(|form| expected.len() > 1 && expected.iter().all(|line| is_part(form.concept, line))) {
            return false;
        }
        if form.is_some_and(|form| form.reach == Reach::Block && self.closes_section(form.concept, expected)) {
            return false;
        }
        if self.is_selection(sum) {
            return true;
        }
        // `Summa kostnader` on a line of its own: one figure above it that differs in every column is no part, unless
        // the heading over that figure says so, or the table is nothing but a block and its sum.
        let label = &self.statement.lines()[sum.result].label;
        let one_block = matches!(self.statement.kind, Kind::Note | Kind::Activities);
        let alone = form.is_none() && sum.terms.len() == 1 && !one_block && self.by_heading(label).is_none();
        // The line before it alone is what it comes to where it does so in some column: two figures of several digits
        // are not the same by chance.
        let is_same = sum.held > 0 && self.is_precise(sum);
        if has_parts && !says && sum.terms.len() == 1 && sum.held < sum.tested && !is_same {
            return true;
        }
        // Income alone comes to no result: what else there is does not stand here.
        let only_income = |&(line, _): &(usize, i32)| {
            self.statement.lines()[line].concept.is_some_and(|found| kinds::is_income(found.concept))
        };
        if form.is_some() && sum.held == 0 && sum.terms.iter().all(only_income) && self.is_result(sum.result) {
            return true;
        }
        // A row without a name is a total only where it adds something, or stands as one.
        let unnamed = || label.is_empty() && !self.closes_unnamed(sum.result, sum);
        sum.held == 0 && ((has_parts && (!says || expected.is_empty())) || alone || unnamed())
    }

    /// Whether lines of an overview that come to a total in none of its years are only some of those that it adds.
    pub(super) fn is_selection(&self, sum: &LineSum) -> bool {
        self.statement.kind == Kind::MultiYear && sum.held == 0 && sum.tested > 1
    }

    /// Whether the lines that a total may add all stand under a heading of the same concept, the last one above it.
    fn closes_section(&self, concept: Concept, lines: &[usize]) -> bool {
        let Some(&first) = lines.first() else { return false };
        let headings = self.statement.lines().iter().enumerate().take_while(|(i, _)| *i < first);
        let last = headings.filter(|(_, line)| line.role == Role::Heading).last();
        last.is_some_and(|(_, heading)| heading.concept.is_some_and(|found| found.concept == concept))
    }

    /// Whether a line closes a section of several lines and means all that its heading means, in whichever words:
    /// `Intäkter` … `Parternas insats`.
    pub(super) fn names_its_section(&self, i: usize) -> bool {
        let lines = self.statement.lines();
        let whole = lines[i].concept.map(|found| found.concept).filter(|&concept| kinds::is_whole(concept));
        let Some(concept) = whole else { return false };
        if lines.get(i + 1).is_some_and(|next| next.role != Role::Heading) {
            return false;
        }
        let block = self.block(i);
        block.len() > 1 && self.closes_section(concept, &block)
    }

    /// Whether a line closes a section of several lines and is called what its heading is: `Gemensamt` … `Gemensamt`.
    pub(super) fn repeats_heading(&self, i: usize) -> bool {
        let lines = self.statement.lines();
        let Some((heading, _)) = self.headings.last().filter(|(_, height)| self.stack.len() > height + 1) else {
            return false;
        };
        let ends = |next: &Line| next.role == Role::Heading || self.said.total[i + 1] || self.is_all(i + 1);
        let closes = lines.get(i + 1).is_none_or(ends);
        closes && !heading.is_empty() && *heading == words::strip(&lines[i].wording)
    }

    /// Whether a line of a note ends a block and the table's last line is called the same: what the note begins by
    /// coming to, and what it comes to when more is added (`Verksamhetens externa kostnader`).
    pub(super) fn is_come_to_again(&self, i: usize) -> bool {
        let lines = self.statement.lines();
        let Some(last) = lines.iter().rposition(|line| line.has_figures()) else { return false };
        let named = |line: usize| !lines[line].wording.is_empty() && lines[line].wording == lines[last].wording;
        let several = || (0..=last).filter(|&line| named(line) && lines[line].has_figures()).count() == 2;
        self.statement.kind == Kind::Note && named(i) && several() && self.looks_like_total(i) && self.stack.len() > 2
    }

    /// Whether a line of a note is called what the note is called: what stands above it is what it comes to
    /// (`Inklusive interna poster`, `Avgår interna poster`, `Verksamhetens intäkter`).
    pub(super) fn is_named_as_note(&self, i: usize) -> bool {
        let title = self.statement.note.as_ref().map(|(_, title)| words::strip(&words::fold(title)));
        self.stack.len() > 1 && title.is_some_and(|title| title == words::strip(&self.statement.lines()[i].wording))
    }

    /// Whether a line that is called what its note is called is a total: in most columns, or in one where it is the last.
    pub(super) fn is_what_note_comes_to(&self, sum: &LineSum) -> bool {
        let below = &self.statement.lines()[sum.result + 1..];
        let closes = || sum.terms.len() == self.stack.len() && !below.iter().any(Line::has_figures);
        2 * sum.held > sum.tested || (sum.held > 0 && self.is_precise(sum) && closes())
    }

    /// Whether it is a sum at all: declared as one, or proved by the figures of every column.
    pub(super) fn convincing(&self, sum: &LineSum) -> bool {
        if sum.declared {
            return !sum.terms.is_empty();
        }
        // Of three lines that grow evenly, two seem to have changed places.
        let pair = || sum.held >= 2 && self.held_as_written(sum.result, &sum.terms) >= 2;
        let long = sum.terms.len() >= 3 || (sum.terms.len() == 2 && pair());
        // A slip in one of three columns leaves enough to know it by.
        let near = sum.terms.len() >= 3 && sum.held >= 2 && sum.held + 1 == sum.tested && self.is_lone_block(sum);
        sum.tested >= 1 && (sum.held == sum.tested || near) && long && self.is_precise(sum)
    }

    /// Whether a sum of a note adds all that its stack holds: nothing else could be meant.
    fn is_lone_block(&self, sum: &LineSum) -> bool {
        self.statement.kind == Kind::Note && sum.terms.len() == self.stack.len()
    }

    /// Whether the figures have so many digits that they come out by more than chance: rounding ten times as wide would
    /// still leave the total its size.
    pub(super) fn is_precise(&self, sum: &LineSum) -> bool {
        let width = |column: usize| {
            let lines = sum.terms.iter().map(|(line, _)| *line).chain([sum.result]);
            lines.filter_map(|line| self.statement.interval(line, column)).map(|figure| figure.half).sum::<Money>()
        };
        let clear = |column: usize, stated: Interval| stated.middle.abs() >= Money::from(10) * width(column);
        self.columns.iter().any(|&c| self.statement.interval(sum.result, c).is_some_and(|stated| clear(c, stated)))
    }

    /// Whether a line closes a block, or is set off as totals are.
    pub(super) fn looks_like_total(&self, i: usize) -> bool {
        let lines = self.statement.lines();
        let closes = lines.get(i + 1).is_none_or(|next| next.role == Role::Heading);
        let set_off = lines[i].bold && lines.iter().any(|line| !line.bold && line.has_figures());
        closes || set_off || lines[i].label.is_empty()
    }
}
