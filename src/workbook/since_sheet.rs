//! `Ändrat sedan …`: what changed from an earlier version, by statement line and period, one row a change, each with
//! a link to its cell.

use rust_xlsxwriter::XlsxError;

use super::pen::{MOST_ROWS, Pen};
use super::statements;
use super::styles::{Ink, Look, Number};
use super::wording::{self, SINCE, say};
use super::{Material, Since};
use crate::book::{Book, Spot};
use crate::diff::{AmountChange, LineChange, StatementChange, Version};
use crate::money::Money;
use crate::statement::Statement;

const HEADS: [(&str, &str, u16); 11] = [
    ("Räkning", "Statement", 30),
    ("Rad", "Line", 36),
    ("Kolumn", "Column", 16),
    ("Vad", "What", 30),
    ("Var", "Was", 14),
    ("Är", "Is", 14),
    ("Skillnad", "Change", 14),
    ("Enhet", "Unit", 7),
    ("Cell", "Cell", 24),
    ("Stämmer nu", "Now holds", 14),
    ("Stämmer inte längre", "No longer holds", 14),
];

/// What a spreadsheet takes in the name of a sheet.
const LONGEST_NAME: usize = 31;

pub fn write(material: &Material<'_>, since: Since<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(&name(material, since.name))?;
    let heads = HEADS.map(|(swedish, english, width)| (say(material.language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    let mut list = List { material, since, pen, row: 0 };
    for change in &since.diff.statements {
        list.statement(change)?;
    }
    if list.row == 0 {
        let nothing =
            say(material.language, "Inget belopp och ingen rad har ändrats.", "No amount and no line has changed.");
        list.pen.text(1, 0, nothing, Look { italic: true, ..Look::NONE })?;
        list.row = 1;
    }
    let row = list.row;
    list.not_compared()?;
    let List { mut pen, .. } = list;
    pen.sheet.autofilter(0, 0, row, heads.len() as u16 - 1)?;
    Ok(pen)
}

/// `Ändrat sedan utkast`, as long as the name of a sheet may be.
fn name(material: &Material<'_>, version: &str) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let mut room = LONGEST_NAME;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    };
    let whole = format!("{} {version}", say(material.language, SINCE.0, SINCE.1));
    whole.chars().filter(allowed).take_while(fits).collect::<String>().trim_end().to_string()
}

struct List<'a> {
    material: &'a Material<'a>,
    since: Since<'a>,
    pen: Pen,
    row: u32,
}

/// What a row says of where it is and what happened.
#[derive(Clone, Copy)]
struct About<'a> {
    statement: &'a Statement,
    label: &'a str,
    what: &'a str,
}

impl<'a> List<'a> {
    fn say(&self, swedish: &'a str, english: &'a str) -> &'a str {
        say(self.material.language, swedish, english)
    }

    fn statement(&mut self, change: &'a StatementChange) -> Result<(), XlsxError> {
        let (old, new): (&'a Book, &'a Book) = (self.since.old.book, self.material.book);
        let (was, is) = (change.old.map(|i| &old.statements[i]), change.new.map(|i| &new.statements[i]));
        let Some(statement) = is.or(was) else { return Ok(()) };
        let about = |what| About { statement, label: "", what };
        if let Some((was, is)) = change.renumbered {
            self.texts(about(self.say("Noten har nytt nummer", "The note has a new number")), change.new, was, is)?;
        }
        if let Some((was, is)) = change.unit {
            let what = self.say("Skrivs i en annan enhet", "Written in another unit");
            self.texts(about(what), change.new, was.code(), is.code())?;
        }
        let gone = change.columns_removed.iter().filter_map(|&i| Some(statements::heading(was?, i)));
        for heading in gone.collect::<Vec<_>>() {
            self.texts(about(self.say("Kolumnen är borttagen", "The column is gone")), change.new, heading, "")?;
        }
        let come = change.columns_added.iter().filter_map(|&i| Some(statements::heading(is?, i)));
        for heading in come.collect::<Vec<_>>() {
            self.texts(about(self.say("Kolumnen är ny", "The column is new")), change.new, "", heading)?;
        }
        change.lines.iter().try_for_each(|line| self.line(change, statement, line))
    }

    /// The files in which nothing was looked for, below the list.
    fn not_compared(&mut self) -> Result<(), XlsxError> {
        let new = Version { book: self.material.book, report: self.material.report };
        let mut row = self.row + 2;
        for version in [self.since.old, new] {
            for input in version.not_compared() {
                let path = &version.book.inputs[input].path;
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let role = version.book.documents.get(input).map(|document| document.role.name());
                let role = role.as_ref().map_or("", |role| role.get(self.material.language));
                let what = self.say("jämförs inte: filen har inga räkningar", "not compared: it has no statements");
                self.pen.text(row, 0, &format!("{name} ({role}) {what}"), Look::of(Ink::Small))?;
                row += 1;
            }
        }
        Ok(())
    }

    fn line(
        &mut self,
        statement: &'a StatementChange,
        told: &'a Statement,
        change: &'a LineChange,
    ) -> Result<(), XlsxError> {
        let (old, new): (&'a Book, &'a Book) = (self.since.old.book, self.material.book);
        let was = statement.old.zip(change.old).map(|(s, i)| old.statements[s].lines()[i].label.trim());
        let is = statement.new.zip(change.new).map(|(s, i)| new.statements[s].lines()[i].label.trim());
        let about = |what| About { statement: told, label: is.or(was).unwrap_or_default(), what };
        if let (true, Some(was), Some(is)) = (change.renamed, was, is) {
            self.texts(
                about(self.say("Raden heter något annat", "The line has another name")),
                statement.new,
                was,
                is,
            )?;
        }
        if let Some((was, is)) = change.note {
            let number = |note: Option<u32>| note.map_or(String::new(), |number| number.to_string());
            let what = self.say("Hänvisar till en annan not", "Refers to another note");
            self.texts(about(what), statement.new, number(was), number(is))?;
        }
        let what = match (was, is) {
            (None, _) => self.say("Raden är ny", "The line is new"),
            (_, None) => self.say("Raden är borttagen", "The line is gone"),
            _ => self.say("Beloppet är ändrat", "The amount has changed"),
        };
        if change.amounts.is_empty() && (was.is_none() || is.is_none()) {
            return self.texts(about(what), statement.new, "", "");
        }
        change.amounts.iter().try_for_each(|amount| self.amount(about(what), amount))
    }

    /// The next row, with what it is about.
    fn next(&mut self, about: About<'_>) -> Result<bool, XlsxError> {
        if self.row as usize >= MOST_ROWS {
            return Ok(false);
        }
        self.row += 1;
        self.pen.text(self.row, 0, &statements::title(about.statement, ""), Look::wrapped())?;
        self.pen.text(self.row, 1, about.label, Look::wrapped())?;
        self.pen.text(self.row, 3, about.what, Look::wrapped())?;
        Ok(true)
    }

    /// A change of words or numbers that are no amounts.
    fn texts(
        &mut self,
        about: About<'_>,
        statement: Option<usize>,
        was: impl ToString,
        is: impl ToString,
    ) -> Result<(), XlsxError> {
        if !self.next(about)? {
            return Ok(());
        }
        let look = Look { wrap: true, right: true, ..Look::NONE };
        self.pen.text(self.row, 4, &was.to_string(), look)?;
        self.pen.text(self.row, 5, &is.to_string(), look)?;
        match statement.and_then(|i| self.material.layout.start(i)) {
            Some(to) => self.pen.link(self.row, 8, to, &to.shown(), Look::NONE),
            None => Ok(()),
        }
    }

    fn amount(&mut self, about: About<'_>, change: &AmountChange) -> Result<(), XlsxError> {
        if !self.next(about)? {
            return Ok(());
        }
        let row = self.row;
        let (old, new) = (self.since.old.book, self.material.book);
        let column = change.new.map(|spot| self.column(new, spot)).or(change.old.map(|spot| self.column(old, spot)));
        self.pen.text(row, 2, &column.unwrap_or_default(), Look::wrapped())?;
        for (col, amount) in [(4, change.was), (5, change.is)] {
            amount.map_or(Ok(()), |amount| self.number(col, amount, false))?;
        }
        if let (Some(was), Some(is)) = (change.was, change.is) {
            self.number(6, is - was, true)?;
        }
        self.pen.text(row, 7, if change.money { "kr" } else { "" }, Look::after_figures())?;
        let place = change.new.and_then(|spot| self.material.layout.place(new.at(spot)));
        if let Some(place) = place {
            self.pen.link(row, 8, place.stated, &place.stated.shown(), Look::NONE)?;
        }
        self.pen.text(row, 9, &change.mended.join(", "), Look::wrapped())?;
        self.pen.text(row, 10, &change.broken.join(", "), Look { bold: true, ..Look::wrapped() })
    }

    fn number(&mut self, col: u16, amount: Money, change: bool) -> Result<(), XlsxError> {
        let amount = amount.normalize();
        let decimals = amount.decimals();
        let number = if change { Number::Difference { decimals } } else { Number::Amount { decimals } };
        self.pen.number(self.row, col, amount, Look::number(number))
    }

    /// `2019 budget`; the source's words where the period is not known.
    fn column(&self, book: &Book, spot: Spot) -> String {
        let column = &book.statements[spot.statement].columns()[spot.column];
        let mut words: Vec<String> = column.period.map(|period| period.to_string()).into_iter().collect();
        words.extend(column.measure.map(|measure| wording::measure(self.material.language, measure).to_owned()));
        words.extend(column.entity.clone());
        if words.is_empty() {
            words.push(column.header.clone());
        }
        words.join(" ")
    }
}
