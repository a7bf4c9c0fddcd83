//! The statement sheets: each statement with its lines in order, totals as formulas, and to the right what the
//! source states about them and the difference.

use rust_xlsxwriter::XlsxError;

use super::Material;
use super::layout::{Block, LABEL_COL, NOTE_COL, Sheet};
use super::pen::{Pen, Target};
use super::styles::{Ink, Look, Number};
use super::totals::{self, Content, Stated, Total};
use super::wording::{self, say};
use crate::grid::a1;
use crate::period::Measure;
use crate::report::bodies;
use crate::statement::{Kind, Statement};
use crate::table::{Line, Role};
use crate::words;

pub fn write(material: &Material<'_>, index: usize) -> Result<Pen, XlsxError> {
    let sheet = &material.layout.sheets[index];
    let mut pen = Pen::new(sheet.name)?;
    for block in &sheet.blocks {
        Writer { material, sheet, block, statement: &material.book.statements[block.statement] }.write(&mut pen)?;
    }
    set_up(&mut pen, material, sheet)?;
    Ok(pen)
}

/// Widths, frozen panes, and what is repeated in print.
fn set_up(pen: &mut Pen, material: &Material<'_>, sheet: &Sheet) -> Result<(), XlsxError> {
    let label = pen.fitted(LABEL_COL, 28, 60);
    pen.column_width(LABEL_COL, label)?;
    pen.column_width(NOTE_COL, 5)?;
    let columns = |block: &Block| material.book.statements[block.statement].columns().len();
    let widest = sheet.blocks.iter().map(columns).max().unwrap_or(0);
    let gap = Block::figure_col(widest);
    let last =
        sheet.blocks.iter().flat_map(|block| block.stated_col.iter().flatten()).max().map(|col| col.saturating_add(1));
    for col in Block::figure_col(0)..=last.unwrap_or(gap) {
        let width = if col == gap { 3 } else { pen.fitted(col, 13, 24) };
        pen.column_width(col, width)?;
    }
    match sheet.blocks.as_slice() {
        [only] => {
            pen.sheet.set_freeze_panes(only.head + 1, NOTE_COL)?;
            pen.sheet.set_repeat_rows(only.top, only.head)?;
        }
        _ => {
            pen.sheet.set_freeze_panes(0, NOTE_COL)?;
        }
    }
    Ok(())
}

struct Writer<'a> {
    material: &'a Material<'a>,
    sheet: &'a Sheet,
    block: &'a Block,
    statement: &'a Statement,
}

impl Writer<'_> {
    fn write(&self, pen: &mut Pen) -> Result<(), XlsxError> {
        self.head(pen)?;
        for &i in &self.block.lines {
            self.line(pen, i)?;
        }
        Ok(())
    }

    fn target(&self, row: u32, col: u16) -> Target<'static> {
        Target { sheet: self.sheet.name, row, col }
    }

    /// The look of a cell with what findings say about it, and their note.
    fn marked(&self, pen: &mut Pen, row: u32, col: u16, look: Look) -> Result<Look, XlsxError> {
        let cell = self.target(row, col);
        if let Some(note) = self.material.marks.note(cell) {
            pen.note(row, col, &note)?;
        }
        Ok(look.marked(self.material.marks.severity(cell)))
    }

    fn text(&self, pen: &mut Pen, row: u32, col: u16, text: &str, look: Look) -> Result<(), XlsxError> {
        let look = self.marked(pen, row, col, look)?;
        match text.is_empty() && look.mark.is_none() && !look.ruled && look.ink != Ink::Head {
            true => Ok(()),
            false => pen.text(row, col, text, look),
        }
    }

    fn head(&self, pen: &mut Pen) -> Result<(), XlsxError> {
        let (block, language) = (self.block, self.material.language);
        let body = bodies::of_statement(self.material.book, block.statement, language);
        let title = bodies::before(body, &title(self.statement, self.sheet.name));
        self.text(pen, block.top, LABEL_COL, &title, Look::of(Ink::Title))?;
        self.text(pen, block.top + 1, LABEL_COL, &self.unit(), Look::of(Ink::Small))?;
        pen.text(block.top + 1, Block::figure_col(0), &self.source(), Look::of(Ink::Small))?;
        let look = Look::of(Ink::Head);
        pen.text(block.head, LABEL_COL, "", look)?;
        pen.text(block.head, NOTE_COL, say(language, "Not", "Note"), look)?;
        let look = Look { right: true, ..look };
        for column in 0..self.statement.columns().len() {
            let heading = heading(self.statement, column);
            self.text(pen, block.head, Block::figure_col(column), &heading, look)?;
            if let Some(col) = block.stated_col[column] {
                let stated = format!("{heading} {}", say(language, "enligt källan", "as stated"));
                pen.text(block.head, col, &stated, look)?;
                pen.text(block.head, col.saturating_add(1), say(language, "differens", "difference"), look)?;
            }
        }
        Ok(())
    }

    /// The unit that the figures have, and the source's where it says another.
    fn unit(&self) -> String {
        let language = self.material.language;
        // Other tables may count persons or months.
        if !self.statement.is_money() {
            return String::new();
        }
        let unit = wording::amounts_in(language, self.statement.unit);
        match self.statement.declared_unit.filter(|declared| *declared != self.statement.unit) {
            Some(declared) => {
                format!("{unit} ({} {})", say(language, "källan anger", "the source says"), declared.code())
            }
            None => unit,
        }
    }

    fn source(&self) -> String {
        let table = &self.statement.table;
        let label = say(self.material.language, "Källa", "Source");
        format!(
            "{label}: {} {}",
            self.material.place(table.grid),
            self.material.book.grids[table.grid as usize].range(table.area)
        )
    }

    fn line(&self, pen: &mut Pen, i: usize) -> Result<(), XlsxError> {
        let (line, row) = (&self.statement.lines()[i], self.block.row_of[i]);
        let look = look(line);
        self.text(pen, row, LABEL_COL, label(self.statement, i), Look { indent: line.indent, ..look })?;
        if line.note.is_none() && look.ruled {
            pen.text(row, NOTE_COL, "", look)?;
        }
        if let Some(note) = line.note {
            let look = self.marked(pen, row, NOTE_COL, look)?;
            let input = self.material.book.grids[self.statement.table.grid as usize].input;
            let number = note.number.to_string();
            match self.material.layout.note(input, note.number) {
                Some(to) => pen.link(row, NOTE_COL, to, &number, look)?,
                None => pen.text(row, NOTE_COL, &number, look)?,
            }
        }
        for column in 0..self.statement.columns().len() {
            self.figure(pen, i, column, look)?;
        }
        Ok(())
    }

    fn figure(&self, pen: &mut Pen, i: usize, column: usize, look: Look) -> Result<(), XlsxError> {
        let (row, col) = (self.block.row_of[i], Block::figure_col(column));
        match &self.block.contents[i][column] {
            Content::Blank => self.text(pen, row, col, "", look),
            Content::Words(words) => self.text(pen, row, col, words, Look { right: true, ..look }),
            Content::Figure { value, decimals, percent } => {
                let number = match percent {
                    true => Number::Percent { decimals: *decimals },
                    false => Number::Amount { decimals: *decimals },
                };
                let look = self.marked(pen, row, col, Look { number: Some(number), ..look })?;
                pen.number(row, col, *value, look)
            }
            Content::Total(total) => self.total(pen, row, column, total, look),
        }
    }

    /// A total: its formula, and to the right what the source states and the difference.
    fn total(&self, pen: &mut Pen, row: u32, column: usize, total: &Total, look: Look) -> Result<(), XlsxError> {
        let col = Block::figure_col(column);
        let amount = Number::Amount { decimals: total.decimals };
        let formula = totals::formula(self.statement, self.block, total, column);
        let marked = self.marked(pen, row, col, Look { number: Some(amount), ..look })?;
        pen.formula(row, col, &formula, total.value, marked)?;
        let Some(stated_col) = self.block.stated_col[column] else { return Ok(()) };
        let beside = Look { ruled: look.ruled, ..Look::NONE };
        match &total.stated {
            Stated::Nothing => {
                let missing = say(self.material.language, "saknas", "missing");
                self.text(pen, row, stated_col, missing, Look { right: true, italic: true, ..beside })
            }
            Stated::Words(words) => self.text(pen, row, stated_col, words, Look { right: true, ..beside }),
            Stated::Figure { value, decimals } => {
                let number = Number::Amount { decimals: *decimals };
                let marked = self.marked(pen, row, stated_col, Look { number: Some(number), ..beside })?;
                pen.number(row, stated_col, *value, marked)?;
                let difference = total.difference().unwrap_or_default();
                let less = format!("{}-{}", a1(row, u32::from(stated_col)), a1(row, u32::from(col)));
                let formula = match total.decimals {
                    0 => format!("={less}"),
                    decimals => format!("=ROUND({less},{decimals})"),
                };
                let number = Number::Difference { decimals: total.decimals };
                let look = Look { number: Some(number), bold: !difference.is_zero(), ..beside };
                pen.formula(row, stated_col.saturating_add(1), &formula, difference, look)
            }
        }
    }
}

fn look(line: &Line) -> Look {
    Look {
        bold: matches!(line.role, Role::Heading | Role::Subtotal | Role::Total) && !line.label.is_empty(),
        italic: line.role == Role::OfWhich,
        ruled: line.role.adds(),
        ..Look::NONE
    }
}

/// The title of a statement; the sheet's name where it has none.
pub fn title(statement: &Statement, sheet: &str) -> String {
    match statement.name() {
        name if name.is_empty() => sheet.to_string(),
        name => name,
    }
}

/// The label of a line. Where two lines of a statement are labelled alike, and the place of one says that it is
/// something else, that one gets the term of what it is.
pub fn label(statement: &Statement, i: usize) -> &str {
    let line = &statement.lines()[i];
    let formal = statement.kind.is_main();
    let Some(found) = line.concept.filter(|found| formal && !found.sure && line.role != Role::Heading) else {
        return &line.label;
    };
    let wording = words::fold(&line.label);
    let alike = |other: &Line| {
        words::fold(&other.label) == wording
            && other.concept.is_some_and(|other| other.sure && other.concept != found.concept)
    };
    match statement.lines().iter().any(alike) {
        true => found.concept.swedish(),
        false => &line.label,
    }
}

/// The heading of a column: the year alone (of a balance sheet, its last day) where all columns are outcomes of
/// years; else the source's own words, which also say whose plan or which way a variance goes.
pub fn heading(statement: &Statement, column: usize) -> String {
    let about = &statement.columns()[column];
    let year = |about: &crate::table::Column| {
        about.period.filter(|period| {
            period.is_year() && about.entity.is_none() && about.measure.unwrap_or_default() == Measure::Actual
        })
    };
    let all_years = statement.columns().iter().all(|column| year(column).is_some());
    let words = about.header.split_whitespace().collect::<Vec<_>>().join(" ");
    match (year(about), statement.kind) {
        (Some(period), Kind::BalanceSheet) if all_years => format!("{}-12-31", period.year),
        (Some(period), _) if all_years => period.to_string(),
        (Some(period), _) if words.is_empty() => period.to_string(),
        _ => words,
    }
}
