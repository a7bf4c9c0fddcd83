//! Tables whose lines are lines still, but whose cells run together: what copying out of a page leaves of them.
//!
//! `Verksamhetens intäkter 1 7 666 358 7 332 000` under `Belopp i kr Not 2019 2018`. A heading that says so many periods
//! or measures tells how many columns there are; which digits are one figure is told by the row where it can be read in
//! one way only, and else by the totals, as on a line that holds a whole table. What nothing tells is read so that the
//! figures of the row are of about one size, and otherwise left as not known.
//!
//! The cells stay in the document: row for row where they were, each in a column of its own.

mod head;
pub(super) mod items;

use std::cell::OnceCell;
use std::collections::HashSet;

use super::body::Row;
use super::choices::{self, Choice, Content};
use super::figures::{self, Figure, Group};
use super::lay::Remark;
use super::settle::{Known, Settled};
use super::{LABEL_WORDS, MOST_BLANK, MOST_NOTES, equations, settle, solve};
use crate::grid::{Cell, Grid, Source, Value};
use crate::words::{self, Class, titles};
use head::Head;
use items::{Item, items};

/// More columns than these have too many ways to weigh, and fewer rows are no table.
const MOST_COLUMNS: usize = 8;
const LEAST_ROWS: usize = 2;
const MOST_ROWS: usize = 300;
const MOST_LINES: usize = 2 * MOST_ROWS;

/// A line of the document.
#[derive(Clone, Copy)]
struct Line<'a> {
    row: u32,
    text: &'a str,
}

/// A row of a table: its line, where the label ends, and the groups of digits after it.
struct Packed<'a> {
    line: Line<'a>,
    label: &'a str,
    items: Vec<Item>,
    /// The word before the figures says that a note's number follows.
    says_note: bool,
}

/// A line and what it is to a table above it, found out once: any line may head a table, which would ask all below it.
struct About<'a> {
    line: Line<'a>,
    said: OnceCell<Said<'a>>,
}

struct Said<'a> {
    ends_table: bool,
    heads_another: bool,
    packed: Option<Packed<'a>>,
}

impl<'a> About<'a> {
    fn said(&self) -> &Said<'a> {
        self.said.get_or_init(|| Said {
            ends_table: ends_table(self.line.text),
            heads_another: heads_another(self.line.text),
            packed: packed(self.line),
        })
    }
}

/// A table in the making.
struct Block<'l, 'a> {
    /// Its heading lines, in parts.
    heads: Vec<(u32, Head)>,
    rows: Vec<&'l Packed<'a>>,
}

/// Parts the cells that run together; says what could not be told of them.
pub fn part(grid: &mut Grid) -> Vec<Remark> {
    if grid.source != Source::Text {
        return Vec::new();
    }
    let alone = grid.rows().filter_map(|(row, cells)| match cells {
        // What begins so is a record of bookkeeping, or a heading of its own.
        [only] if only.col == 0 => Some(Line { row, text: only.text().filter(|text| !text.starts_with('#'))? }),
        _ => None,
    });
    let lines: Vec<About> = alone.map(|line| About { line, said: OnceCell::new() }).collect();
    let notes = note_numbers(&lines);
    let (mut parted, mut remarks) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        match block(&lines, at, &notes) {
            Some((block, next)) => {
                lay(grid, &block, &notes, &mut parted, &mut remarks);
                at = next;
            }
            None => at += 1,
        }
    }
    if !parted.is_empty() {
        let rows: HashSet<u32> = parted.iter().map(|cell: &Cell| cell.row).collect();
        parted.retain(|cell| cell.text() != Some(""));
        parted.extend(grid.cells().iter().filter(|cell| !rows.contains(&cell.row)).cloned());
        let (styled, moved) = (grid.styled, std::mem::take(&mut grid.moved));
        *grid = Grid::new(grid.input, grid.sheet.clone(), grid.source, parted);
        (grid.styled, grid.moved) = (styled, moved);
    }
    remarks
}

/// The numbers of the notes that have titles.
fn note_numbers(lines: &[About<'_>]) -> Vec<u32> {
    let number = |about: &About| match titles::title(about.line.text.trim(), false)? {
        titles::Heading::Note { number, .. } => Some(number),
        titles::Heading::Statement { .. } => None,
    };
    lines.iter().filter_map(number).collect()
}

/// The table that begins with the heading at a line, and where it ends.
fn block<'l, 'a>(lines: &'l [About<'a>], at: usize, notes: &[u32]) -> Option<(Block<'l, 'a>, usize)> {
    let heading = lines[at].line;
    let speaks = head::may_head(heading.text);
    if !speaks && heading.text.split_whitespace().count() > MOST_COLUMNS + 1 {
        return None;
    }
    let head = |columns| if speaks { head::part(heading.text, columns) } else { head::by_words(heading.text, columns) };
    let heads: Vec<(usize, Head)> =
        (1..=MOST_COLUMNS).filter_map(|columns| head(columns).map(|head| (columns, head))).collect();
    if heads.is_empty() {
        return None;
    }
    let mut end = at + 1;
    let mut rows: Vec<&Packed> = Vec::new();
    while let Some(about) = lines.get(end).filter(|_| end - at <= MOST_LINES) {
        let (line, said) = (about.line, about.said());
        let gap = line.row - lines[end - 1].line.row - 1;
        if gap > MOST_BLANK || rows.len() == MOST_ROWS || said.ends_table || repeats(line.text, heading.text) {
            break;
        }
        if !rows.is_empty() && said.heads_another {
            break;
        }
        rows.extend(&said.packed);
        end += 1;
    }
    let fits = |columns: usize| rows.iter().filter(|row| row.could_be(columns, notes)).count();
    let parted: Vec<(usize, Head)> = heads.into_iter().map(|(columns, head)| (fits(columns), head)).collect();
    let most = parted.iter().map(|(full, _)| *full).max()?;
    // Digits can be parted into more figures than there are; the words of the heading tell.
    let near = parted.into_iter().filter(|(full, _)| 10 * full >= 9 * most);
    let (full, head) = near.reduce(|best, other| if other.1.score > best.1.score { other } else { best })?;
    let enough = if speaks { full >= LEAST_ROWS && 3 * full >= 2 * rows.len() } else { full == rows.len() && full > 2 };
    if !enough {
        return None;
    }
    let above = at.checked_sub(1).map(|above| lines[above].line).filter(|above| above.row + 1 == heading.row);
    let above = above.filter(|above| head::may_head(above.text) && titles::title(above.text, false).is_none());
    let above = above.and_then(|above| Some((above.row, head::part(above.text, head.columns.len())?)));
    let heads = above.into_iter().chain([(heading.row, head)]).collect();
    Some((Block { heads, rows }, end))
}

/// Whether a line heads the columns of another table.
fn heads_another(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (items(text).iter().all(|item| item.group.is_year()) && head::may_head(text))
        || (words > 2 && head::by_words(text, words - 1).is_some())
}

/// The heading again, on the next page.
fn repeats(line: &str, heading: &str) -> bool {
    line.trim() == heading.trim()
}

/// Whether a line ends the table above it: running text, or a title.
fn ends_table(text: &str) -> bool {
    words::is_sentence(text)
        || !has_figures(text) && titles::title(text.trim(), false).is_some_and(|title| title.is_strong())
}

/// Whether a line ends with figures that are no years and no page.
fn has_figures(text: &str) -> bool {
    const PAGE_DIGITS: usize = 3;
    let items = items(text);
    let is_page = items.len() == 1 && items[0].group.shown().len() <= PAGE_DIGITS;
    !is_page && items.iter().any(|item| !item.group.is_year())
}

/// A line as a row, where it has a label and figures.
fn packed(line: Line<'_>) -> Option<Packed<'_>> {
    let items = items(line.text);
    let label = line.text[..items.first()?.start].trim_end();
    let last = label.split_whitespace().next_back();
    let says_note = last.is_some_and(|word| words::lookup(Class::Note, word).is_some());
    let labelled = !label.is_empty() || items.len() > 1;
    let heads = items.len() == 1 && items[0].group.is_year();
    let words = label.split_whitespace().count();
    (labelled && !heads && words <= LABEL_WORDS).then_some(Packed { line, label, items, says_note })
}

impl Packed<'_> {
    fn groups(&self, from: usize) -> Vec<Group> {
        self.items[from..].iter().map(|item| item.group.clone()).collect()
    }

    /// Whether the row can have a figure in each of so many columns, with a note's number before them or not.
    fn could_be(&self, columns: usize, notes: &[u32]) -> bool {
        self.starts(Some(notes)).any(|from| figures::could_be(&self.groups(from), columns))
    }

    /// Where the figures may begin: after what belongs to the label (`Momsfordran 2019`) or is a note's number. Totals
    /// refer to no notes, and where the notes have titles (`Not 3`), no line refers to another.
    fn starts(&self, notes: Option<&[u32]>) -> impl Iterator<Item = usize> + '_ {
        let first = &self.items[0].group;
        let titled = |number: u32| notes.is_some_and(|notes| notes.is_empty() || notes.contains(&number));
        let is_number = |number: &u32| (1..=MOST_NOTES).contains(number);
        let number = first.shown().parse::<u32>().ok().filter(is_number);
        let is_note = number.is_some();
        let notes = number.is_some_and(titled) && !equations::is_total(self.label);
        let is_year = first.is_year();
        let own = (!(self.says_note && is_note)).then_some(0);
        let after = (self.items.len() > 1 && (is_note && (notes || self.says_note) || is_year)).then_some(1);
        own.into_iter().chain(after)
    }
}

/// One way of reading a row.
struct Reading {
    choice: Choice,
    /// How many of its groups belong to the label.
    skipped: usize,
}

/// Every way of reading a row in so many columns: full where that can be, else with blanks.
fn readings(row: &Packed, columns: usize, notes: Option<&[u32]>, decimals: usize, bound: i64) -> Vec<Reading> {
    let mut full = Vec::new();
    for skipped in row.starts(notes) {
        let groups = row.groups(skipped);
        let found = figures::readings(&groups, columns, decimals, bound).unwrap_or_default();
        full.extend(found.into_iter().filter(|reading| reading.len() == columns).map(|reading| {
            let moved = |figure: Figure| Figure { from: figure.from + skipped, to: figure.to + skipped, ..figure };
            let contents = reading.into_iter().map(|figure| Content::Figure(moved(figure))).collect();
            Reading { choice: Choice { contents, loss: 0 }, skipped }
        }));
    }
    if !full.is_empty() {
        let least = full.iter().map(|reading| spread(&reading.choice)).min().unwrap_or_default();
        full.retain(|reading| spread(&reading.choice) <= least + 1);
        return full;
    }
    let skipped = row.starts(notes).last().unwrap_or(0);
    let rest = Row { label: row.label.to_string(), groups: row.groups(skipped), texts: Vec::new() };
    let placed = choices::choices(&rest, columns, decimals, bound).into_iter().map(|mut choice| {
        for content in &mut choice.contents {
            if let Content::Figure(figure) = content {
                (figure.from, figure.to) = (figure.from + skipped, figure.to + skipped);
            }
        }
        Reading { choice, skipped }
    });
    placed.collect()
}

/// How much the figures of a row differ in their number of groups; zeros stand beside figures of any size.
fn spread(choice: &Choice) -> usize {
    let lengths = choice.contents.iter().filter_map(|content| match content {
        Content::Figure(figure) if figure.value != 0 => Some(figure.to - figure.from),
        _ => None,
    });
    lengths.clone().max().unwrap_or(0) - lengths.min().unwrap_or(0)
}

/// Finds out what stands where in a table, and makes its cells.
fn lay(grid: &Grid, block: &Block<'_, '_>, titled: &[u32], cells: &mut Vec<Cell>, remarks: &mut Vec<Remark>) {
    let Some((_, head)) = block.heads.last() else { return };
    let columns = head.columns.len();
    let notes = head.note || block.rows.iter().any(|row| row.says_note);
    let groups = block.rows.iter().flat_map(|row| &row.items).map(|item| &item.group);
    let decimals = groups.map(Group::decimals).max().unwrap_or(0);
    let ways: Vec<Vec<Reading>> = block
        .rows
        .iter()
        .map(|row| readings(row, columns, notes.then_some(titled), decimals, i64::MAX / 4_096))
        .collect();
    let before: Vec<Vec<Choice>> =
        ways.iter().map(|ways| ways.iter().map(|way| way.choice.clone()).collect()).collect();
    let rows: Vec<Row> = block
        .rows
        .iter()
        .map(|row| Row { label: row.label.to_string(), groups: row.groups(0), texts: Vec::new() })
        .collect();
    let equations = equations::equations(&rows, &before);
    let mut solved = solve::solve(&before, &equations);
    for choices in &mut solved.choices {
        let least = choices.iter().map(spread).min().unwrap_or_default();
        choices.retain(|choice| spread(choice) == least);
    }
    let left: Vec<Option<Choice>> = solved.choices.iter().map(|choices| choices.first().cloned()).collect();
    let years = vec![String::new(); columns];
    let settled = settle::settle(&rows, &years, solved, &equations, &before);
    let base = 1 + u32::from(notes);
    let mut put = |row: u32, col: u32, text: &str| {
        let style = grid.get(row, 0).map(|cell| cell.style).unwrap_or_default();
        cells.push(Cell::new(row, col, Value::Text(text.into())).styled(style));
    };
    for (row, head) in &block.heads {
        put(*row, 0, &head.corner);
        if head.note {
            put(*row, 1, words::names(Class::Note).next().map_or("", |(_, wording)| wording));
        }
        (base..).zip(&head.columns).for_each(|(col, text)| put(*row, col, text));
    }
    let mut undecided = Vec::new();
    for (i, row) in block.rows.iter().enumerate() {
        let skipped = left[i].as_ref().and_then(|choice| ways[i].iter().find(|way| way.choice == *choice));
        let skipped = skipped.map_or(0, |way| way.skipped);
        let after = row.items.get(skipped).map_or(row.line.text.len(), |item| item.start);
        let number = row.items[..skipped].last().filter(|item| item.group.shown().len() <= 2);
        let label_end = number.map_or(after, |item| item.start);
        let label = row.line.text[..label_end].trim_end();
        let said = number.filter(|_| row.says_note).and(label.rsplit_once(' '));
        put(row.line.row, 0, said.map_or(label, |(label, _)| label.trim_end()));
        if let Some(item) = number {
            put(row.line.row, 1, &row.line.text[item.start..item.end]);
        }
        let known = known(&settled, i, columns);
        (base..).zip(&known).for_each(|(col, known)| put(row.line.row, col, &shown(row, known)));
        undecided.extend(known.contains(&Known::Unknown).then_some(row.line.row));
    }
    remarks.extend((!undecided.is_empty()).then_some(Remark::Undecided { rows: undecided }));
}

/// What is known of a row; a row with too many readings has none that is known.
fn known(settled: &Settled, row: usize, columns: usize) -> Vec<Known> {
    let own = &settled.known[row];
    if own.is_empty() { vec![Known::Unknown; columns] } else { own.clone() }
}

fn shown(row: &Packed, known: &Known) -> String {
    match known {
        Known::Content(Content::Figure(figure)) => {
            row.line.text[row.items[figure.from].start..row.items[figure.to - 1].end].to_string()
        }
        Known::Content(_) => String::new(),
        Known::Nothing => "-".to_string(),
        Known::Unknown => "?".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a text as they are parted, and the rows about which nothing is known.
    fn shown(text: &str) -> (Vec<String>, Vec<Remark>) {
        let cell = |(row, line): (u32, &str)| Cell::new(row, 0, Value::Text(line.into()));
        let mut grid = Grid::new(0, "", Source::Text, (0..).zip(text.lines()).map(cell).collect());
        let remarks = part(&mut grid);
        let row = |(_, cells): (u32, &[Cell])| {
            let texts = cells.iter().map(|cell| format!("{}:{}", cell.col, cell.text().unwrap_or_default()));
            texts.collect::<Vec<_>>().join("|")
        };
        (grid.rows().map(row).collect(), remarks)
    }

    #[test]
    fn cells_that_run_together_are_parted() {
        let (rows, remarks) = shown(
            "Resultaträkning\nBelopp i kr Not 2019 2018\nVerksamhetens intäkter 1 7 666 358 332 000\n\
             Verksamhetens kostnader 2 -7 146 542 -17 293\nAvskrivningar - -14 000\nVerksamhetens resultat 519 816 300 707\n\
             Not 1 Verksamhetens intäkter\nNot 2 Verksamhetens kostnader",
        );
        let expected = [
            "0:Resultaträkning",
            "0:Belopp i kr|1:not|2:2019|3:2018",
            "0:Verksamhetens intäkter|1:1|2:7 666 358|3:332 000",
            "0:Verksamhetens kostnader|1:2|2:-7 146 542|3:-17 293",
            "0:Avskrivningar|2:-|3:-14 000",
            "0:Verksamhetens resultat|2:519 816|3:300 707",
            "0:Not 1 Verksamhetens intäkter",
            "0:Not 2 Verksamhetens kostnader",
        ];
        assert_eq!((rows, remarks), (expected.map(String::from).to_vec(), Vec::new()));
    }

    #[test]
    fn totals_tell_a_note_from_a_million() {
        let table = |total: &str| {
            format!(
                "Tkr Not 2019 2018\nFordringar 3 112 100\nKassa och bank 2 312 456 358 376\nSumma tillgångar {total}"
            )
        };
        let bank = |total: &str| shown(&table(total)).0[2].clone();
        assert_eq!(bank("312 568 358 476"), "0:Kassa och bank|1:2|2:312 456|3:358 376");
        assert_eq!(bank("2 312 568 358 476"), "0:Kassa och bank|2:2 312 456|3:358 376");
    }

    #[test]
    fn prose_and_records_are_left_alone() {
        let text = "Under 2019 och 2018 deltog 12\nAntalet blev 12 personer\n#UB 0 1930 100\n#UB 0 2010 200\nRedovisning av budget 2019\nSida 3";
        assert_eq!(shown(text).0, text.lines().map(|line| format!("0:{line}")).collect::<Vec<_>>());
    }
}
