//! Where tables begin and end on a sheet.
//!
//! A table begins at a title, at a heading row, or at the first row of figures; it goes on over blank rows and
//! page breaks as long as rows with figures in its columns follow without a new title or heading row.

use super::rows::{self, Kind, Row};
use super::{Column, Role, Table, Title, columns, entries, heading, lines, strips, wrapped};
use crate::grid::{At, Cell, Grid, Source};
use crate::money::Unit;
use crate::words::titles::Heading;
use crate::words::{self, body};
use crate::written::DecimalSign;

/// A run of text that belongs to no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    pub at: At,
    pub text: String,
}

/// The tables of a grid from top to bottom, strip by strip, and the texts between them.
pub fn find(index: u32, grid: &Grid) -> (Vec<Table>, Vec<Prose>) {
    let sign = DecimalSign::of(grid.others().filter_map(Cell::text));
    let mut finder = Finder { index, grid, sign, tables: Vec::new(), prose: Vec::new(), unit: None };
    for strip in strips::of(grid, sign) {
        let rows = rows::classify(grid, strip, sign);
        finder.walk(&rows);
    }
    (finder.tables, finder.prose)
}

struct Finder<'a> {
    index: u32,
    grid: &'a Grid,
    sign: DecimalSign,
    tables: Vec<Table>,
    prose: Vec<Prose>,
    /// The unit declared over the sheet's first table: it is the sheet's.
    unit: Option<(Unit, At)>,
}

/// A table in the making.
#[derive(Default)]
struct Region<'r> {
    titles: Vec<Title>,
    header: Vec<&'r Row<'r>>,
    body: Vec<&'r Row<'r>>,
}

impl<'a> Finder<'a> {
    fn walk(&mut self, rows: &[Row<'a>]) {
        let mut region = Region::default();
        // Texts after the body's last row: headings inside the table if figures follow, titles of the next otherwise.
        let mut texts: Vec<&Row> = Vec::new();
        let mut previous: Option<u32> = None;
        // Whether a number alone, as that of a page, stands after the last row of the body.
        let mut stray = false;
        for (i, row) in rows.iter().enumerate() {
            let gap = previous.map_or(0, |previous| row.row - previous - 1);
            previous = Some(row.row);
            match &row.kind {
                // Words over a heading row, each over a column that it heads: `Kommunen`, `Koncernen` over years.
                Kind::Texts if heads_headings(row, rows.get(i + 1)) => {
                    if !region.body.is_empty() || !texts.is_empty() {
                        self.close(&mut region, &mut texts);
                        region.titles = self.titles(&mut texts);
                    }
                    region.header.push(row);
                }
                // One heading over one column of figures, the labels of which have none.
                Kind::Text | Kind::Title(Heading::Statement { weak: true, .. }) | Kind::Stray
                    if rows::heads_alone(row)
                        && !self.is_beside(&region, row, &rows[i + 1..])
                        && (stands_over(row, &rows[i + 1..])
                            || (heads_next(row, &rows[i + 1..])
                                && (region.body.is_empty() || gap > 0 || !texts.is_empty()))) =>
                {
                    if !region.body.is_empty() || !texts.is_empty() {
                        self.close(&mut region, &mut texts);
                        region.titles = self.titles(&mut texts);
                    }
                    region.header.push(row);
                }
                // The years over all notes stand above the first of them; those below inherit them from it.
                Kind::Title(Heading::Note { .. }) if region.body.is_empty() && !region.header.is_empty() => {
                    region.titles.insert(0, self.title(row));
                }
                Kind::Title(title) if opens_table(title, &rows[i + 1..]) || region.body.is_empty() => {
                    self.close(&mut region, &mut texts);
                    texts.push(row);
                }
                // The heading of a table that goes on over a page break stands there again.
                Kind::Header if page_breaks(&region, &texts, stray, row) => texts.clear(),
                // What is remarked beside a table heads nothing.
                Kind::Header if self.is_beside(&region, row, &rows[i + 1..]) => {
                    region.body.append(&mut texts);
                    region.body.push(row);
                }
                Kind::Header => {
                    // A heading row right above another is a level more; after figures it opens a new table.
                    if !region.body.is_empty() || !texts.is_empty() {
                        self.close(&mut region, &mut texts);
                        region.titles = self.titles(&mut texts);
                    }
                    region.header.push(row);
                }
                Kind::Texts
                    if heads_next(row, &rows[i + 1..]) && (region.body.is_empty() || gap > 0 || !texts.is_empty()) =>
                {
                    if !region.body.is_empty() || !texts.is_empty() {
                        self.close(&mut region, &mut texts);
                        region.titles = self.titles(&mut texts);
                    }
                    region.header.push(row);
                }
                Kind::Data | Kind::Texts => {
                    let far = gap > if self.grid.source == Source::Text { 2 } else { 6 };
                    if far && !region.body.is_empty() && texts.is_empty() {
                        self.close(&mut region, &mut texts);
                    }
                    if region.body.is_empty() && region.header.is_empty() {
                        let mut above = above_body(&mut texts);
                        region.titles = self.titles(&mut above);
                    }
                    region.body.append(&mut texts);
                    region.body.push(row);
                }
                Kind::Text | Kind::Title(_) => {
                    if is_prose(row, self.grid.source) {
                        self.close(&mut region, &mut texts);
                        self.drop_texts(&mut texts);
                        self.keep_prose(row);
                    } else {
                        texts.push(row);
                    }
                }
                Kind::Stray if gap <= 1 && texts.len() <= 1 && self.continues(&region, row) => {
                    if texts.iter().all(|text| ends_last_label(&region, text)) {
                        region.body.append(&mut texts);
                        region.body.push(row);
                    }
                }
                Kind::Stray => {}
            }
            stray = match row.kind {
                Kind::Stray => true,
                Kind::Text => stray,
                _ => false,
            };
        }
        self.close(&mut region, &mut texts);
        self.drop_texts(&mut texts);
    }

    /// Whether a number alone on its row is a figure of the table above, that of a sum without a name: it stands in a
    /// column of figures, and is no year. Between the lines of a text it is the number of a page.
    fn continues(&self, region: &Region<'_>, row: &Row<'_>) -> bool {
        let Some((cell, above)) = row.cells.first().zip(region.body.last()) else { return false };
        let figure = entries::read(self.grid, cell, self.sign);
        let is_year = figure.figure().is_some_and(|figure| figure.amount.is_year());
        let in_column = above.cells.len() > 1 && above.cells.iter().any(|other| other.col == cell.col);
        self.grid.source != Source::Text && in_column && figure.figure().is_some() && !is_year
    }

    /// Whether all that could head columns in a row stands right of the figures above it and of those below.
    fn is_beside(&self, region: &Region<'_>, row: &Row<'_>, rest: &[Row<'_>]) -> bool {
        let is_figure = |cell: &&Cell| entries::read(self.grid, cell, self.sign).figure().is_some();
        let last = |row: &Row<'_>| row.cells.iter().rfind(is_figure).map(|cell| cell.col);
        let above = region.body.iter().rev().find_map(|row| last(row));
        let below = rest.iter().find(|row| row.kind == Kind::Data).and_then(last);
        let Some((above, below)) = above.zip(below) else { return false };
        let label = region.body.iter().filter_map(|row| row.cells.first()).map(|cell| cell.col).min();
        row.cells.iter().filter(|cell| Some(cell.col) != label).all(|cell| cell.col > above.max(below))
    }

    /// Makes a table of the region, if it has figures; what stood after its last row stays for the next.
    fn close<'r>(&mut self, region: &mut Region<'r>, texts: &mut Vec<&'r Row<'r>>) {
        let mut region = std::mem::take(region);
        if texts.first().is_some_and(|text| ends_last_label(&region, text)) {
            region.body.push(texts.remove(0));
        }
        if region.body.iter().any(|row| row.kind == Kind::Data) {
            self.make(region);
        } else {
            // Headings over nothing: their words may still head what follows.
            for row in region.header.iter().chain(&region.body) {
                self.keep_prose(row);
            }
        }
        // Titles far above are context, not titles; they stay in `texts` in order.
        if texts.len() > 8 {
            texts.drain(..texts.len() - 8);
        }
    }

    fn drop_texts(&mut self, texts: &mut Vec<&Row<'_>>) {
        for row in texts.drain(..) {
            self.keep_prose(row);
        }
    }

    fn keep_prose(&mut self, row: &Row<'_>) {
        let at = At { grid: self.index, row: row.row, col: row.cells[0].col };
        self.prose.push(Prose { at, text: row.text() });
    }

    fn title(&self, row: &Row<'_>) -> Title {
        Title { text: row.text(), at: At { grid: self.index, row: row.row, col: row.cells[0].col } }
    }

    /// The texts above a table as titles, the nearest first.
    fn titles(&mut self, texts: &mut Vec<&Row<'_>>) -> Vec<Title> {
        let mut titles: Vec<Title> = texts.iter().rev().map(|row| self.title(row)).collect();
        // A line that only declares a unit, or says when it was decided, is about the table, but is not its name.
        titles.sort_by_key(|title| heading::says_unit_only(&title.text) || body::says_decided_only(&title.text));
        if self.tables.is_empty() && self.grid.source != Source::Text {
            self.unit = titles.iter().find_map(|title| Some((heading::declared_unit(&title.text)?, title.at)));
        }
        texts.clear();
        titles
    }

    fn make(&mut self, region: Region<'_>) {
        let Some(layout) = columns::find(self.index, self.grid, &region.header, &region.body, self.sign) else {
            return;
        };
        let mut titles = region.titles;
        if let Some(corner) = layout.corner {
            titles.insert(0, corner);
        }
        let declared = layout
            .unit
            .or_else(|| titles.iter().find_map(|title| Some((heading::declared_unit(&title.text)?, title.at))));
        let mut columns = layout.columns;
        if columns.iter().all(|column| column.header.is_empty())
            && let Some(above) = self.tables.last()
        {
            columns::inherit(&mut columns, &above.columns);
        }
        let mut lines =
            lines::read(self.index, self.grid, &region.body, &columns, layout.labels, layout.note, self.sign);
        if self.grid.source != Source::Text {
            entries::even_steps(&mut lines);
        }
        let below = || lines.first().filter(|line| line.role == Role::Heading && heading::says_unit_only(&line.label));
        let below = below().and_then(|line| Some((heading::declared_unit(&line.label)?, line.at)));
        let declared = declared.or(below).or_else(|| lines::unit(&mut lines)).or(self.unit);
        let rows: Vec<u32> = region.header.iter().chain(&region.body).map(|row| row.row).collect();
        let Some(area) = columns::area(&rows, layout.labels, layout.note, &columns) else { return };
        if let Some(above) = self.tables.last_mut().filter(|above| goes_on(above, &titles, &columns)) {
            above.lines.extend(lines);
            above.area.last_row = area.last_row;
            self.prose.extend(titles.into_iter().map(|title| Prose { at: title.at, text: title.text }));
            return;
        }
        let mut titles = titles.into_iter();
        self.tables.push(Table {
            grid: self.index,
            area,
            title: titles.next(),
            context: titles.collect(),
            unit: declared.map(|(unit, _)| unit),
            unit_at: declared.map(|(_, at)| at),
            columns,
            lines,
        });
    }
}

/// Whether a table is the rest of the one above, on the next page: its title is the same and says so, and its columns are.
fn goes_on(above: &Table, titles: &[Title], columns: &[Column]) -> bool {
    let named = |title: &Title| match words::title(&title.text, false)? {
        Heading::Note { number, .. } => Some((Some(number), "note")),
        Heading::Statement { kind, .. } => Some((None, kind)),
    };
    let same = |column: &Column| (column.col, column.period, column.measure);
    let continued = titles.first().filter(|title| words::says_continued(&title.text)).and_then(named);
    continued.is_some()
        && continued == above.title.as_ref().and_then(named)
        && columns.iter().map(same).eq(above.columns.iter().map(same))
}

/// Whether a text goes on with the label of the last row of figures, right above it.
fn ends_last_label(region: &Region<'_>, text: &Row<'_>) -> bool {
    let label = |row: &Row<'_>| row.cells.first().and_then(|cell| Some((cell.col, cell.text()?.to_string())));
    let Some(last) = region.body.last().filter(|last| last.kind == Kind::Data && last.row + 1 == text.row) else {
        return false;
    };
    let ends =
        |((col, label), (at, text)): ((u32, String), (u32, String))| col == at && wrapped::may_end(&label, &text);
    label(last).zip(label(text)).is_some_and(ends)
}

/// Whether nothing but a page's number and its running head stands between a table and the same heading again.
fn page_breaks(region: &Region<'_>, texts: &[&Row<'_>], stray: bool, row: &Row<'_>) -> bool {
    const MOST_HEADS: usize = 2;
    let places = |row: &Row| row.cells.iter().map(|cell| cell.col).collect::<Vec<_>>();
    let same = |head: &&Row<'_>| head.text() == row.text() && places(head) == places(row);
    let heads = texts.iter().all(|text| text.kind == Kind::Text);
    let broken = stray && texts.len() <= MOST_HEADS && heads;
    !region.body.is_empty() && broken && region.header.last().is_some_and(same)
}

/// Takes the titles off the texts before the first row of figures: what stands below a title, or below the unit, heads
/// the table's first lines.
fn above_body<'r, 'a>(texts: &mut Vec<&'r Row<'a>>) -> Vec<&'r Row<'a>> {
    let names = |row: &&Row| matches!(row.kind, Kind::Title(_)) || heading::says_unit_only(&row.text());
    let end = texts.iter().rposition(names).map_or(texts.len(), |last| last + 1);
    let lines = texts.split_off(end);
    std::mem::replace(texts, lines)
}

/// A title opens a table wherever it stands, if it is no word of ordinary lines; else only over a heading row or such a
/// title.
fn opens_table(title: &Heading, rest: &[Row<'_>]) -> bool {
    match title {
        Heading::Note { .. } | Heading::Statement { weak: false, .. } => true,
        Heading::Statement { weak: true, .. } => rest.split_first().is_some_and(|(row, rest)| match &row.kind {
            Kind::Header => true,
            Kind::Title(next) => opens_table(next, rest),
            _ => false,
        }),
    }
}

/// Whether a row of texts heads the columns of the figures right below it.
fn heads_next(row: &Row<'_>, rest: &[Row<'_>]) -> bool {
    let Some(next) = rest.iter().find(|next| !matches!(next.kind, Kind::Text)) else { return false };
    if next.kind == Kind::Header {
        return spans(row, next);
    }
    // The rule of a Markdown table is a line of its own; one heading stands alone only by where it stands.
    let near = if row.cells.len() == 1 { 4 } else { 2 };
    if !matches!(next.kind, Kind::Data | Kind::Texts) || next.row > row.row + near {
        return false;
    }
    if next.kind == Kind::Texts {
        return heads_next(next, &rest[1..]);
    }
    let figure_cols: Vec<u32> = next.cells.iter().skip(1).map(|cell| cell.col).collect();
    let heading_cols = row.cells.iter().filter(|cell| cell.text().is_none_or(|text| text.chars().count() <= 60));
    heading_cols.filter(|cell| figure_cols.contains(&cell.col)).count() * 2 >= figure_cols.len().max(1)
}

/// Whether the words of a row stand each over a heading of the row below it; the rule of a Markdown table may part them.
fn heads_headings(row: &Row<'_>, next: Option<&Row<'_>>) -> bool {
    let Some(next) = next.filter(|next| next.kind == Kind::Header && next.row <= row.row + 2) else { return false };
    let heads = |cell: &Cell| next.cells.iter().any(|below| below.col == cell.col);
    let short = |cell: &Cell| cell.text().is_some_and(|text| text.chars().count() <= 60);
    let (corner, words): (Vec<&Cell>, Vec<&Cell>) = row.cells.iter().partition(|cell| cell.col == 0);
    // The corner may hold the unit, with nothing below it.
    corner.iter().all(|cell| short(cell)) && !words.is_empty() && words.iter().all(|cell| heads(cell) && short(cell))
}

/// Whether a row names bodies over the years of each, `Kommunen` and `Koncernen` over `2024`, `2023`, `2024`, `2023`.
fn spans(row: &Row<'_>, years: &Row<'_>) -> bool {
    let stands = |cell: &Cell| years.cells.iter().any(|year| year.col == cell.col);
    let parts = row.cells.len() > 1 && years.cells.len() >= 2 * row.cells.len();
    // The rule of a Markdown table is a line of its own.
    years.row <= row.row + 2 && parts && row.cells.iter().all(stands)
}

/// Whether one year stands over headings that name none, `2019` over `Budget`, `Utfall` and `Avvikelse`.
fn stands_over(row: &Row<'_>, rest: &[Row<'_>]) -> bool {
    let (Some(next), Some(year)) = (rest.first(), row.cells.first()) else { return false };
    let first = next.cells.iter().find(|cell| cell.col >= year.col);
    let named = |cell: &Cell| cell.text().is_none_or(|text| heading::read(text).period.is_some());
    next.kind == Kind::Header
        && next.row == row.row + 1
        && first.is_some_and(|cell| cell.col == year.col)
        && !next.cells.iter().any(named)
}

/// Running text: it ends a table in a text document, and is no heading anywhere.
fn is_prose(row: &Row<'_>, source: Source) -> bool {
    let text = row.text();
    let words = text.split_whitespace().count();
    let sentence = text.trim_end().ends_with(['.', '!', '?']) && words > 6;
    words > 25 || (sentence && (source == Source::Text || words > 12))
}
