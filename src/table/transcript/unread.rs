//! What a text document has that looks like a table, and that no table took: amounts which nobody has read are to be
//! told, not passed over.
//!
//! A page that is copied leaves tables in forms that cannot be laid out with certainty: every cell on a line of its own,
//! a whole table on one line, rows under no heading. Such a stretch is named where it has many figures and labels that
//! statements have. Sentences with amounts in them are no tables.

use std::collections::HashSet;

use super::packed::items::{self, items};
use super::{LABEL_WORDS, MOST_BLANK, equations, figures, figures::Group};
use crate::grid::{Cell, Grid, Source, Value};
use crate::table::{Prose, Table};
use crate::words::{self, Class, titles};

/// A stretch of lines that looks like a table and was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its first and its last line.
    pub first: u32,
    pub last: u32,
    /// The lines with figures, in order.
    pub rows: Vec<u32>,
    /// At least so many: which digits are one figure may be what could not be told.
    pub amounts: usize,
    pub why: Why,
}

/// Why lines could not be read as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Every cell stands on a line of its own.
    Cells,
    /// The whole table stands on one line.
    Line,
    /// So it does, and has note references, which look like thousands.
    NotedLine,
    /// Rows whose columns nothing tells.
    Rows,
}

/// Fewer amounts than these are no table.
const LEAST_ON_LINE: usize = 6;
const LEAST_CELLS: usize = 4;
const LEAST_ROWS: usize = 3;
/// So many labels may follow each other without a figure.
const MOST_LABELS: usize = 8;
/// So far above the first figure a line still names the table.
const HEAD_LINES: usize = 6;

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Figures alone.
    Figures {
        amounts: usize,
        large: bool,
    },
    /// A label, then figures.
    Row {
        amounts: usize,
        large: bool,
    },
    Label,
    Other,
}

struct Line<'a> {
    row: u32,
    text: &'a str,
    form: Form,
}

/// What was not read of a document, given the tables that were found in it, the lines that tables were laid out from,
/// and the text beside them.
pub fn unread(grid: &Grid, tables: &[Table], laid_out: &[u32], prose: &[Prose]) -> Vec<Unread> {
    if grid.source != Source::Text {
        return Vec::new();
    }
    let taken: HashSet<u32> = tables.iter().flat_map(|table| &table.lines).map(|line| line.row).collect();
    let laid_out: HashSet<u32> = laid_out.iter().copied().collect();
    let mut found: Vec<Unread> = prose.iter().filter_map(|prose| run_on(prose.at.row, &prose.text)).collect();
    let long: HashSet<u32> = found.iter().map(|unread| unread.first).collect();
    let free = grid.rows().filter(|(row, _)| !taken.contains(row));
    let lines: Vec<Line> = free
        .filter_map(|(row, cells)| {
            let text = cells.first()?.text().unwrap_or_default().trim();
            let form = if long.contains(&row) || laid_out.contains(&row) { Form::Other } else { form(text, cells) };
            Some(Line { row, text, form })
        })
        .collect();
    found.extend(stretches(&lines).filter_map(stretch));
    found.sort_by_key(|unread| unread.first);
    found
}

fn form(text: &str, cells: &[Cell]) -> Form {
    let is_figure = |cell: &&Cell| match &cell.value {
        Value::Text(text) => items(text).first().is_some_and(|item| item.start == 0),
        Value::Number(_) => true,
        _ => false,
    };
    if cells.len() > 1 {
        let amounts = cells[1..].iter().filter(is_figure).count();
        return if amounts > 0 { Form::Row { amounts, large: true } } else { Form::Label };
    }
    let words = text.split_whitespace().count();
    if text.is_empty() || words::is_sentence(text) || words > 2 * LABEL_WORDS {
        return Form::Other;
    }
    let items = items(text);
    let groups: Vec<Group> = items.iter().map(|item| item.group.clone()).collect();
    let Some(first) = items.first() else {
        return if words <= LABEL_WORDS { Form::Label } else { Form::Other };
    };
    let (amounts, large) = (figures::fewest(&groups), groups.iter().any(is_large));
    let label = text[..first.start].trim();
    match label.split_whitespace().count() {
        _ if groups.iter().all(Group::is_year) => Form::Label,
        0 => Form::Figures { amounts, large },
        words if words > LABEL_WORDS => Form::Other,
        // A number after words may be of a page, of a note, of a paragraph.
        _ if !large && amounts < 2 => Form::Label,
        _ => Form::Row { amounts, large },
    }
}

/// Whether it is as large as only amounts are, and no year.
fn is_large(group: &Group) -> bool {
    let text = group.shown();
    !group.is_year() && (text.trim_start_matches('-').len() >= 3)
}

/// The stretches of lines that may be one table; a title begins another.
fn stretches<'a, 'b>(lines: &'b [Line<'a>]) -> impl Iterator<Item = &'b [Line<'a>]> {
    let mut labels = 0;
    lines.chunk_by(move |above, below| {
        labels = if below.form == Form::Label { labels + 1 } else { 0 };
        let near = below.row - above.row <= MOST_BLANK + 1;
        near && above.form != Form::Other && below.form != Form::Other && labels <= MOST_LABELS && !is_title(below)
    })
}

fn is_title(line: &Line<'_>) -> bool {
    line.form == Form::Label && names_table(line.text)
}

/// Whether a text is the title of a statement or of a note.
fn names_table(text: &str) -> bool {
    use titles::Heading::{Note, Statement};
    match titles::title(text, false) {
        // `Not 4` by itself refers to a note.
        Some(Note { .. }) => text.split_whitespace().count() > 2,
        Some(Statement { weak, .. }) => !weak,
        None => false,
    }
}

/// A stretch as a table that was not read, if it looks like one.
fn stretch(lines: &[Line<'_>]) -> Option<Unread> {
    let has_figures = |line: &Line| matches!(line.form, Form::Figures { .. } | Form::Row { .. });
    let first = lines.iter().position(has_figures)?;
    let last = lines.iter().rposition(has_figures)?;
    let head = &lines[first.saturating_sub(HEAD_LINES)..=last];
    let lines = &lines[first.saturating_sub(1)..=last];
    let noted = head.iter().any(|line| words::lookup(Class::Note, line.text).is_some());
    let (mut cells, mut rows, mut large) = (0, 0, 0);
    let (mut amounts, mut at) = (0, Vec::new());
    for line in lines {
        match line.form {
            Form::Figures { large: is_large, .. } | Form::Row { large: is_large, .. } if noted && !is_large => continue,
            Form::Figures { amounts: own, large: is_large } => {
                (cells, amounts, large) = (cells + 1, amounts + own, large + usize::from(is_large));
            }
            Form::Row { amounts: own, large: is_large } => {
                (rows, amounts, large) = (rows + 1, amounts + own, large + usize::from(is_large));
            }
            Form::Label | Form::Other => continue,
        }
        at.push(line.row);
    }
    let named = head.iter().any(|line| names(label(line.text)));
    let why = if cells >= rows { Why::Cells } else { Why::Rows };
    let least = if why == Why::Cells { LEAST_CELLS } else { LEAST_ROWS };
    let labels = lines.iter().any(|line| matches!(line.form, Form::Label | Form::Row { .. }));
    let enough = cells.max(rows) >= least && large >= LEAST_ROWS && 4 * at.len() >= lines.len();
    (named && labels && enough).then(|| Unread {
        first: lines[0].row,
        last: lines[lines.len() - 1].row,
        rows: at,
        amounts,
        why,
    })
}

fn label(text: &str) -> &str {
    items(text).first().map_or(text, |item| text[..item.start].trim())
}

/// Whether a label is one that statements have, or the title of one.
fn names(label: &str) -> bool {
    const KINDS: [&str; 4] = ["income-statement", "balance-sheet", "cash-flow", "budget"];
    !label.is_empty()
        && (equations::is_total(label)
            || names_table(label)
            || KINDS.iter().any(|kind| words::sure_concept(label, kind).is_some()))
}

/// A line that holds a table, and was not read as one.
fn run_on(row: u32, text: &str) -> Option<Unread> {
    let mut runs: Vec<(Vec<&str>, Vec<Group>)> = Vec::new();
    let mut words = 0;
    for token in text.split([' ', '\t']).filter(|token| !token.is_empty()) {
        words += 1;
        let group = items::read(token).filter(|_| token.contains(|c: char| c.is_ascii_digit()));
        match (group, runs.last_mut()) {
            (Some(group), Some((_, groups))) => groups.push(group),
            (Some(group), None) => runs.push((Vec::new(), vec![group])),
            (None, Some((label, groups))) if groups.is_empty() => label.push(token),
            (None, _) => runs.push((vec![token], Vec::new())),
        }
    }
    let is_note = |word: &&str| words::lookup(Class::Note, word).is_some();
    let noted = runs.iter().any(|(label, _)| label.iter().any(is_note));
    let tells = |(label, groups): &&(Vec<&str>, Vec<Group>)| {
        let number = groups.len() == 1 && label.last().is_some_and(is_note);
        !number && !groups.iter().all(Group::is_year)
    };
    let figures: Vec<_> = runs.iter().filter(|run| !run.1.is_empty()).filter(tells).collect();
    let amounts: usize = figures.iter().map(|(_, groups)| figures::fewest(groups)).sum();
    let digits: usize = figures.iter().map(|(_, groups)| groups.len()).sum();
    let goes_on = runs.iter().skip(1).filter(|(label, _)| label.first().is_some_and(|word| goes_on(word))).count();
    let sentences =
        runs.iter().filter(|(label, _)| label.iter().any(|word| word.len() > 3 && word.ends_with('.'))).count();
    // Titles and headings may be glued to a label, before it.
    let named = |label: &[&str]| (0..label.len().min(LABEL_WORDS)).any(|from| names(&label[from..].join(" ")));
    let known = || figures.iter().filter(|(label, _)| named(label)).count();
    let looks = amounts >= LEAST_ON_LINE
        && figures.len() >= LEAST_ROWS
        && 4 * digits >= words
        && 3 * goes_on <= runs.len()
        && 4 * sentences <= runs.len()
        && known() >= 2;
    let why = if noted { Why::NotedLine } else { Why::Line };
    looks.then(|| Unread { first: row, last: row, rows: vec![row], amounts, why })
}

/// Whether a word goes on with the sentence that an amount stands in (`kr,`, `och`).
fn goes_on(word: &str) -> bool {
    word.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | '.' | ')' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First and last line (from 1), amounts, and why.
    fn shown(text: &str) -> Vec<(u32, u32, usize, Why)> {
        let cell = |(row, line): (u32, &str)| Cell::new(row, 0, Value::Text(line.into()));
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty());
        let grid = Grid::new(0, "", Source::Text, lines.map(cell).collect());
        let (tables, prose) = crate::table::find(0, &grid);
        unread(&grid, &tables, &[], &prose).into_iter().map(|u| (u.first, u.last, u.amounts, u.why)).collect()
    }

    #[test]
    fn cells_on_lines_of_their_own_are_told_table_by_table() {
        let text = "Resultaträkning\n2019\nIntäkter\n9 796 000\nKostnader\n-9 300 000\nPersonal\n-120 000\n\
                    Årets resultat\n376 000\nBalansräkning\nBank\n1 000\nFordringar\n200\nSumma tillgångar\n1 200\n\
                    Eget kapital\n1 200";
        assert_eq!(shown(text), [(3, 10, 4, Why::Cells), (12, 19, 4, Why::Cells)]);
    }

    #[test]
    fn a_whole_table_on_a_line_is_told() {
        let text = "Not 1 Intäkter Utfall 2018 Utfall 2017 Försäkringskassan 4 898 4 864 Regionen 2 449 2 432 \
                    Kommunen 2 449 2 432 Summa 9 796 9 728 Summa intäkter 9 796 (9 728)";
        assert_eq!(shown(text), [(1, 1, 10, Why::NotedLine)]);
    }

    #[test]
    fn sentences_contents_and_dates_are_no_tables() {
        let texts = [
            "Av 3 750 000 kr från staten, 1 875 000 kr från regionen, 318 750 kr från Boden, 975 000 kr från Luleå och \
             487 500 kr från Piteå är 93 750 kr till summa kostnader och 12 000 kr till årets resultat.",
            "Innehåll\nResultaträkning\n3\nBalansräkning\n14\nNoter\n15\nKassaflödesanalys\n16\nÅrets resultat\n17",
            "Summa\n2015\n2016\n2017\n2018\n2019",
            "Besök\nStorgatan 12\nTelefon\n0920-45 30 00\nBankgiro\n5050-1055\nPlusgiro\n123456-7\nResultat\n1",
        ];
        for text in texts {
            assert_eq!(shown(text), [], "{text}");
        }
    }
}
