//! What differs between the source and the cleaned workbook, cell by cell, and why.

use super::Material;
use super::layout::{Block, LABEL_COL, Layout, Sheet};
use super::order;
use super::pen::Target;
use super::statements;
use super::totals::{Content, Stated, Total, shown};
use super::wording::{self, say};
use crate::book::Book;
use crate::finding::Language;
use crate::grid::{At, Source, Value, a1};
use crate::money::{Money, Swedish};
use crate::statement::{Kind, Statement};
use crate::table::Entry;

/// One cell that is not as it was.
#[derive(Debug)]
pub struct Change<'a> {
    pub at: At,
    /// The cells from `at` to here, where it is about several.
    pub to: Option<At>,
    pub was: Side,
    pub is: Side,
    /// Where it stands now.
    pub target: Option<Target<'a>>,
    /// The rule whose suggestion it is; what is only the form's has none.
    pub rule: &'static str,
    pub why: String,
}

/// One side of a change: an amount stays an amount.
#[derive(Debug)]
pub enum Side {
    Amount(Money),
    Text(String),
}

/// Every change, statement by statement in the order of the workbook, what was left out last.
pub fn all<'a>(material: &Material<'a>) -> Vec<Change<'a>> {
    let Material { book, layout, language, .. } = material;
    let mut changes = Changes { book, language: *language, list: Vec::new() };
    changes.applied(material);
    for (sheet, block) in layout.blocks() {
        changes.block(sheet, block);
    }
    for (i, statement) in book.statements.iter().enumerate() {
        if let Some(original) = statement.copy_of {
            changes.left_out(layout, i, &book.statements[original]);
        }
    }
    changes.list
}

struct Changes<'a> {
    book: &'a Book,
    language: Language,
    list: Vec<Change<'a>>,
}

impl<'a> Changes<'a> {
    fn say(&self, swedish: &str, english: &str) -> String {
        say(self.language, swedish, english).to_string()
    }

    fn push(&mut self, at: At, target: Target<'a>, was: Side, is: Side, why: String) {
        self.list.push(Change { at, to: None, was, is, target: Some(target), rule: "", why });
    }

    /// Suggestions come first: they alone change what the accounts say.
    fn applied(&mut self, material: &Material<'a>) {
        for applied in material.with.applied {
            let (at, why) = (applied.edit.at, applied.why.get(self.language));
            let label = self.say("Inlagt förslag", "Applied suggestion");
            let was = match (&applied.was.value, applied.edit.from) {
                (Value::Number(amount), _) => Side::Amount(amount.value),
                (_, Some(from)) => Side::Amount(from),
                _ => Side::Text(shown(&applied.was)),
            };
            let is = match self.book.cell(at).map(|cell| &cell.value) {
                Some(Value::Number(amount)) => Side::Amount(amount.value),
                _ => Side::Amount(applied.edit.to),
            };
            let target = material.layout.place(at).map(|place| place.stated);
            let why = format!("{label} {}. {why}", applied.name);
            self.list.push(Change { at, to: None, was, is, target, rule: applied.rule, why });
        }
    }

    fn block(&mut self, sheet: &Sheet, block: &Block) {
        let statement = &self.book.statements[block.statement];
        self.read_as_text(sheet, block, statement);
        self.unit(sheet, block, statement);
        self.headings(sheet, block, statement);
        let moved = order::moved(&block.lines);
        for &i in &block.lines {
            let target = Target { sheet: sheet.name, row: block.row_of[i], col: LABEL_COL };
            self.label(statement, i, target);
            if moved.contains(&i) {
                let line = &statement.lines()[i];
                let row = |row: u32| format!("{} {}", say(self.language, "rad", "row"), row + 1);
                let form = match statement.kind {
                    Kind::CashFlow => "RKR R13",
                    _ => "LKBR",
                };
                let order = say(
                    self.language,
                    "Raden flyttad till sin plats i uppställningen enligt",
                    "Line moved to its place in the form of",
                );
                let (was, is) = (Side::Text(row(line.row)), Side::Text(row(block.row_of[i])));
                self.push(line.at, target, was, is, format!("{order} {form}"));
            }
            for column in 0..statement.columns().len() {
                let target = Target { col: Block::figure_col(column), ..target };
                self.figure(statement, block, i, column, target);
            }
        }
    }

    /// Texts and csv files hold no numbers: said once for each table.
    fn read_as_text(&mut self, sheet: &Sheet, block: &Block, statement: &Statement) {
        let (grid, area) = (statement.table.grid, statement.table.area);
        if self.book.grids[grid as usize].source == Source::Workbook {
            return;
        }
        let at = |row, col| At { grid, row, col };
        self.list.push(Change {
            at: at(area.first_row, area.first_col),
            to: Some(at(area.last_row, area.last_col)),
            was: Side::Text(self.say("text", "text")),
            is: Side::Text(self.say("tal", "numbers")),
            target: Some(Target { sheet: sheet.name, row: block.top, col: LABEL_COL }),
            rule: "",
            why: self.say(
                "Källan är text: tabellens belopp är tolkade som tal",
                "The source is text: the table's amounts were read as numbers",
            ),
        });
    }

    fn unit(&mut self, sheet: &Sheet, block: &Block, statement: &Statement) {
        let Some(declared) = statement.declared_unit.filter(|declared| *declared != statement.unit) else { return };
        let Some(at) = statement.table.unit_at.or(statement.table.title.as_ref().map(|title| title.at)) else { return };
        let target = Target { sheet: sheet.name, row: block.top + 1, col: LABEL_COL };
        let was = self.book.cell(at).map_or_else(|| declared.code().to_string(), shown);
        let is = wording::amounts_in(self.language, statement.unit);
        let why = self.say(
            "Enheten i rubriken är fel: samma belopp står i en annan enhet i dokumentets övriga räkningar",
            "The unit of the heading is wrong: the same amounts stand in another unit elsewhere in the document",
        );
        self.push(at, target, Side::Text(was), Side::Text(is), why);
    }

    fn headings(&mut self, sheet: &Sheet, block: &Block, statement: &Statement) {
        for (column, about) in statement.columns().iter().enumerate() {
            let heading = statements::heading(statement, column);
            let was = about.header.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(at) = about.at.filter(|_| was != heading) {
                let target = Target { sheet: sheet.name, row: block.head, col: Block::figure_col(column) };
                let why = self.say(
                    "Kolumnrubriken skriven som i de andra räkningarna",
                    "Column heading written as in the other statements",
                );
                self.push(at, target, Side::Text(was), Side::Text(heading), why);
            }
        }
    }

    fn label(&mut self, statement: &Statement, i: usize, target: Target<'a>) {
        let line = &statement.lines()[i];
        let label = statements::label(statement, i);
        if label != line.label {
            let why = self.say(
                "En annan rad i räkningen har samma benämning; radens plats säger vad den är",
                "Another line of the statement has the same label; the place of this one says what it is",
            );
            self.push(line.at, target, Side::Text(line.label.clone()), Side::Text(label.into()), why);
        } else if let Some(was) = self.book.cell(line.at).and_then(|cell| cell.text())
            && was.trim() != label
        {
            let why = match line.note {
                Some(note) if note.at == line.at => self.say(
                    "Notreferensen flyttad till en egen kolumn",
                    "The note reference moved to a column of its own",
                ),
                _ => self.say("Benämningen samlad i en cell", "The label gathered in one cell"),
            };
            self.push(line.at, target, Side::Text(was.into()), Side::Text(label.into()), why);
        }
    }

    fn figure(&mut self, statement: &Statement, block: &Block, i: usize, column: usize, target: Target<'a>) {
        let at = statement.table.at(i, column);
        let entry = &statement.lines()[i].entries[column];
        match &block.contents[i][column] {
            Content::Total(total) => self.total(at, target, entry, total),
            Content::Figure { value, percent, .. } => self.number(at, target, entry, *value, *percent),
            Content::Words(words) if matches!(entry, Entry::Uncalculated) => {
                let why = self.say(
                    "Formeln har aldrig räknats: det finns inget belopp",
                    "The formula was never calculated: there is no figure",
                );
                self.push(at, target, Side::Text(words.clone()), Side::Text(words.clone()), why);
            }
            Content::Words(_) | Content::Blank => {}
        }
    }

    fn total(&mut self, at: At, target: Target<'a>, entry: &Entry, total: &Total) {
        let was = match &total.stated {
            Stated::Figure { value, .. } if *value == total.value => {
                if entry.figure().is_some_and(|figure| figure.as_text) {
                    self.number(at, target, entry, *value, false);
                }
                return;
            }
            Stated::Figure { value, .. } => Side::Amount(*value),
            Stated::Words(words) => Side::Text(words.clone()),
            Stated::Nothing => Side::Text(String::new()),
        };
        let why = match total.stated {
            Stated::Figure { .. } => self.say(
                "Summan räknas av en formel; källans belopp står i kolumnen ”enligt källan”",
                "The total is calculated by a formula; the source's figure is in the column “as stated”",
            ),
            _ => self.say(
                "Källan har ingen summa här; den räknas av en formel",
                "The source has no total here; a formula calculates it",
            ),
        };
        self.push(at, target, was, Side::Amount(total.value), why);
    }

    fn number(&mut self, at: At, target: Target<'a>, entry: &Entry, value: Money, percent: bool) {
        let Some((cell, figure)) = self.book.cell(at).zip(entry.figure()) else { return };
        let is = match percent {
            true => Side::Text(format!("{}\u{a0}%", Swedish(figure.amount.value))),
            false => Side::Amount(value),
        };
        let (was, why) = match (&cell.value, cell.formula(), cell.stored()) {
            (Value::Text(text), ..)
                if figure.as_text || figure.malformed || figure.amount.value != value && !percent =>
            {
                (text.to_string(), self.say("Text i källan, tolkad som tal", "Text in the source, read as a number"))
            }
            (_, Some(formula), _) => (
                format!("={formula}"),
                self.say(
                    "Formeln ersatt med sitt värde; den står på bladet Källformler, och samband mellan tabeller på Kontroller",
                    "The formula replaced by its value; it is on sheet Källformler, and what ties tables together on Kontroller",
                ),
            ),
            (_, None, Some(stored)) => (
                stored.to_string(),
                self.say(
                    "Talet avrundat till de femton siffror som kalkylprogrammet räknar med",
                    "The number rounded to the fifteen digits that spreadsheets count with",
                ),
            ),
            _ => return,
        };
        self.push(at, target, Side::Text(was), is, why);
    }

    /// Every figure of a part that repeats another one, and where it stands instead.
    fn left_out(&mut self, layout: &Layout<'a>, i: usize, original: &Statement) {
        let statement = &self.book.statements[i];
        let grid = &self.book.grids[original.table.grid as usize];
        let sheet = if grid.sheet.is_empty() { String::new() } else { format!("{}!", grid.sheet) };
        let place = format!("{sheet}{}", grid.range(original.table.area));
        let why = format!("{} {place}", say(self.language, "Delen är en dubblett av", "This part is a copy of"));
        for (line, entries) in statement.lines().iter().map(|line| &line.entries).enumerate() {
            for (column, entry) in entries.iter().enumerate() {
                let Some(figure) = entry.figure() else { continue };
                let at = statement.table.at(line, column);
                let target = layout.place(at).map(|place| place.shown);
                let was = match figure.percent {
                    true => Side::Text(format!("{}\u{a0}%", Swedish(figure.amount.value))),
                    false => Side::Amount(figure.amount.value),
                };
                let is = Side::Text(self.say("utelämnad", "left out"));
                self.list.push(Change { at, to: None, was, is, target, rule: "", why: why.clone() });
            }
        }
    }
}

impl Change<'_> {
    /// `B9`, or `A13:C24` of several cells.
    pub fn cells(&self) -> String {
        let first = a1(self.at.row, self.at.col);
        self.to.map_or(first.clone(), |to| format!("{first}:{}", a1(to.row, to.col)))
    }
}
