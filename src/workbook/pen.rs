//! Pen: writes one sheet. What a spreadsheet cannot hold stops here: no text becomes a formula, texts are cut at
//! the length of a cell, figures of more than fifteen digits stay texts.

use std::collections::BTreeMap;
use std::rc::Rc;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Url, Worksheet, XlsxError};
use rustc_hash::FxHashMap;

use super::styles::{Ink, Look};
use crate::money::Money;
use crate::period::Date;

/// The rows of a sheet end at 1 048 576; lists stop a little before, and say so.
pub const MOST_ROWS: usize = 1_000_000;
/// More links than anybody follows on a sheet (Excel takes 65 530): each takes the memory of three rows.
const MOST_LINKS: u32 = 20_000;
pub const LONGEST_TEXT: usize = 32_000;

/// A cell of the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target<'a> {
    pub sheet: &'a str,
    pub row: u32,
    pub col: u16,
}

impl Target<'_> {
    /// `C5`
    pub fn a1(self) -> String {
        crate::grid::a1(self.row, u32::from(self.col))
    }

    /// `'Balansräkning'!C5`: as a formula on another sheet names it.
    pub fn qualified(self) -> String {
        format!("'{}'!{}", self.sheet.replace('\'', "''"), self.a1())
    }

    /// `Balansräkning!C5`: as people read it.
    pub fn shown(self) -> String {
        format!("{}!{}", self.sheet, self.a1())
    }
}

pub struct Pen {
    pub sheet: Worksheet,
    /// The longest text of each column, in characters.
    longest: Vec<usize>,
    /// The width that each column was given.
    widths: Vec<u16>,
    /// Texts that may need more than one line.
    wrapped: Vec<Wrapped>,
    links: u32,
    /// The looks of the sheet so far: to make one takes longer than to write a cell.
    formats: FxHashMap<Look, Rc<Format>>,
    /// For each column the cells last written whose look has not been given to them yet.
    runs: Vec<Option<Run>>,
}

/// A text that is broken into lines where its column ends.
struct Wrapped {
    row: u32,
    col: u16,
    indent: usize,
    /// How many letters its words have, its own lines parted by `None`.
    words: Vec<Option<usize>>,
}

impl Wrapped {
    fn of(row: u32, col: u16, text: &str, indent: u8) -> Wrapped {
        let words = |line: &str| line.split(' ').map(|word| Some(word.chars().count())).collect::<Vec<_>>();
        let words = text.lines().map(words).collect::<Vec<_>>().join(&None);
        Wrapped { row, col, indent: usize::from(indent), words }
    }

    /// How many lines it takes in a column so many letters wide: no word is parted that fits on a line.
    fn lines(&self, width: usize) -> usize {
        let width = width.saturating_sub(2 * self.indent).max(1);
        let (mut lines, mut used) = (1, 0);
        for word in &self.words {
            match word {
                None => (lines, used) = (lines + 1, 0),
                Some(length) if used > 0 && used + 1 + length <= width => used += 1 + length,
                Some(length) => {
                    lines += usize::from(used > 0) + length.saturating_sub(1) / width;
                    used = length - (length.saturating_sub(1) / width) * width;
                }
            }
        }
        lines
    }
}

/// Cells below each other that look the same.
struct Run {
    first: u32,
    last: u32,
    look: Look,
}

/// The height of a line of text, in points, and of a title.
const LINE_HEIGHT: u32 = 15;
const TITLE_HEIGHT: u32 = 20;

impl Pen {
    /// A sheet of A4 across, as wide as the page, with its name and the page's number below.
    pub fn new(name: &str) -> Result<Pen, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_footer("&L&F&C&A&RSida &P (&N)");
        Ok(Pen {
            sheet,
            longest: Vec::new(),
            widths: Vec::new(),
            wrapped: Vec::new(),
            links: 0,
            formats: FxHashMap::default(),
            runs: Vec::new(),
        })
    }

    pub fn format(&mut self, look: Look) -> Rc<Format> {
        self.formats.entry(look).or_insert_with(|| Rc::new(look.format())).clone()
    }

    /// Gives a written cell its look, together with those below that look the same: to know a format again takes the
    /// writer longer than to write a cell.
    fn dress(&mut self, row: u32, col: u16, look: Look) -> Result<(), XlsxError> {
        let at = usize::from(col);
        if self.runs.len() <= at {
            self.runs.resize_with(at + 1, || None);
        }
        match &mut self.runs[at] {
            Some(run) if run.look == look && run.last + 1 == row => {
                run.last = row;
                Ok(())
            }
            other => {
                let done = other.replace(Run { first: row, last: row, look });
                done.map_or(Ok(()), |run| self.apply(col, &run))
            }
        }
    }

    fn apply(&mut self, col: u16, run: &Run) -> Result<(), XlsxError> {
        let format = self.format(run.look);
        self.sheet.set_range_format(run.first, col, run.last, col, &format)?;
        Ok(())
    }

    pub fn text(&mut self, row: u32, col: u16, text: &str, look: Look) -> Result<(), XlsxError> {
        if text.is_empty() {
            if look.shows_blank() {
                let format = self.format(look);
                self.sheet.write_blank(row, col, &format)?;
            }
            return Ok(());
        }
        let text = shortened(text, LONGEST_TEXT);
        match look.ink {
            Ink::Title => {
                self.sheet.set_row_height(row, TITLE_HEIGHT)?;
            }
            Ink::Small => {}
            _ if look.wrap || look.ink == Ink::Head => self.wrap(row, col, &text, look.indent),
            _ => self.widen(col, text.chars().count() + usize::from(look.indent)),
        }
        self.sheet.write_string(row, col, text)?;
        self.dress(row, col, look)
    }

    pub fn number(&mut self, row: u32, col: u16, number: Money, look: Look) -> Result<(), XlsxError> {
        let written = number.to_string();
        if digits(&written) > 15 {
            return self.text(row, col, &written, Look { right: true, ..look });
        }
        self.widen(col, number_width(&written));
        self.sheet.write(row, col, number.decimal())?;
        self.dress(row, col, look)
    }

    /// A number with the binary noise that the source has.
    #[expect(clippy::disallowed_types, reason = "what a spreadsheet stores is a binary float")]
    pub fn stored(&mut self, row: u32, col: u16, stored: &str, number: Money, look: Look) -> Result<(), XlsxError> {
        let Ok(noisy) = stored.parse::<f64>() else { return self.number(row, col, number, look) };
        self.widen(col, number_width(&number.to_string()));
        self.sheet.write_number(row, col, noisy)?;
        self.dress(row, col, look)
    }

    /// A day; one that spreadsheets have no number for stays a text.
    pub fn day(&mut self, row: u32, col: u16, day: Date, look: Look) -> Result<(), XlsxError> {
        let moment = ExcelDateTime::from_ymd(u16::try_from(day.year).unwrap_or_default(), day.month, day.day);
        let Ok(moment) = moment else {
            return self.text(row, col, &day.to_string(), Look { number: None, ..look });
        };
        self.widen(col, "2019-12-31".len());
        let format = self.format(look);
        self.sheet.write_datetime_with_format(row, col, &moment, &format)?;
        Ok(())
    }

    /// A formula with the result that a spreadsheet program will calculate.
    pub fn formula(&mut self, row: u32, col: u16, formula: &str, result: Money, look: Look) -> Result<(), XlsxError> {
        let result = result.to_string();
        self.widen(col, number_width(&result));
        self.sheet.write_formula(row, col, Formula::new(formula).set_result(result))?;
        self.dress(row, col, look)
    }

    /// A formula whose result is a text.
    pub fn text_formula(
        &mut self,
        row: u32,
        col: u16,
        formula: &str,
        result: &str,
        look: Look,
    ) -> Result<(), XlsxError> {
        self.widen(col, result.chars().count());
        self.sheet.write_formula(row, col, Formula::new(formula).set_result(result))?;
        self.dress(row, col, look)
    }

    /// A text that leads to a cell.
    pub fn link(&mut self, row: u32, col: u16, to: Target<'_>, text: &str, look: Look) -> Result<(), XlsxError> {
        self.link_to(row, col, &to.qualified(), text, look)
    }

    /// A text that leads to a place as a formula names it.
    pub fn link_to(&mut self, row: u32, col: u16, to: &str, text: &str, look: Look) -> Result<(), XlsxError> {
        if self.links >= MOST_LINKS || text.is_empty() {
            return self.text(row, col, text, look);
        }
        self.links += 1;
        match look.wrap {
            true => self.wrap(row, col, text, look.indent),
            false => self.widen(col, text.chars().count() + usize::from(look.indent)),
        }
        let url = Url::new(format!("internal:{to}")).set_text(shortened(text, LONGEST_TEXT));
        let format = self.format(Look { ink: Ink::Link, ..look });
        self.sheet.write_url_with_format(row, col, url, &format)?;
        Ok(())
    }

    /// A note beside a cell, as large as its text.
    pub fn note(&mut self, row: u32, col: u16, text: &str) -> Result<(), XlsxError> {
        let text = shortened(text, LONGEST_TEXT);
        let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 46).sum();
        let note = Note::new(text)
            .set_author("avstam")
            .add_author_prefix(false)
            .set_width(320)
            .set_height(16 * lines.clamp(2, 40) as u32 + 12);
        self.sheet.insert_note(row, col, &note)?;
        Ok(())
    }

    /// A heading row of a list, which is frozen, repeated on every page and can be filtered by.
    pub fn list_heading(&mut self, row: u32, heads: &[(&str, u16)]) -> Result<(), XlsxError> {
        for (col, (head, width)) in heads.iter().enumerate() {
            self.text(row, col as u16, head, Look::of(Ink::Head))?;
            self.column_width(col as u16, *width)?;
        }
        self.sheet.set_freeze_panes(row + 1, 0)?;
        self.sheet.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// A text that may take several lines; one that fits on a line of its column's width needs no second look.
    fn wrap(&mut self, row: u32, col: u16, text: &str, indent: u8) {
        let width = self.widths.get(usize::from(col)).map_or(0, |&width| usize::from(width));
        if text.len() + 2 * usize::from(indent) > width || text.contains('\n') {
            self.wrapped.push(Wrapped::of(row, col, text, indent));
        }
    }

    pub fn widen(&mut self, col: u16, width: usize) {
        let col = usize::from(col);
        if self.longest.len() <= col {
            self.longest.resize(col + 1, 0);
        }
        self.longest[col] = self.longest[col].max(width);
    }

    pub fn column_width(&mut self, col: u16, width: u16) -> Result<(), XlsxError> {
        if self.widths.len() <= usize::from(col) {
            self.widths.resize(usize::from(col) + 1, 8);
        }
        self.widths[usize::from(col)] = width;
        self.sheet.set_column_width(col, width)?;
        Ok(())
    }

    /// The width that a column's texts need, within bounds.
    pub fn fitted(&self, col: u16, least: usize, most: usize) -> u16 {
        (self.longest.get(usize::from(col)).copied().unwrap_or(0) + 2).clamp(least, most) as u16
    }

    /// The sheet, its rows as high as their texts need: programs differ in whether they see to that themselves.
    pub fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let mut heights: BTreeMap<u32, usize> = BTreeMap::new();
        for text in &self.wrapped {
            let width = usize::from(self.widths.get(usize::from(text.col)).copied().unwrap_or(8));
            let height = text.lines(width.max(4) * 11 / 10);
            heights.entry(text.row).and_modify(|most| *most = height.max(*most)).or_insert(height);
        }
        for (row, lines) in heights.into_iter().filter(|(_, lines)| *lines > 1) {
            self.sheet.set_row_height(row, LINE_HEIGHT * lines.min(25) as u32)?;
        }
        for (col, run) in std::mem::take(&mut self.runs).into_iter().enumerate() {
            run.map_or(Ok(()), |run| self.apply(col as u16, &run))?;
        }
        Ok(self.sheet)
    }
}

/// The first byte of what is near the end of the first plane, where two that are no characters stand.
const FIRST_OF_THE_LAST: u8 = 0xEF;

/// Without what XML cannot hold, and not longer than so many UTF-16 units (as spreadsheets count).
pub fn shortened(text: &str, most: usize) -> String {
    let plain = |byte: u8| matches!(byte, b' '..|b'\t'| b'\n') && byte != FIRST_OF_THE_LAST;
    if text.len() <= most && text.bytes().all(plain) {
        return text.to_string();
    }
    let fits = |c: &char| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let mut kept = String::with_capacity(text.len().min(most * 2));
    let mut units = 0;
    for c in text.chars().filter(fits) {
        units += c.len_utf16();
        if units > most {
            kept.push_str(" […]");
            break;
        }
        kept.push(c);
    }
    kept
}

/// How many digits a written number has that are not zeros at its ends.
pub fn digits(written: &str) -> usize {
    let bare = match written.contains('.') {
        true => written,
        false => written.trim_end_matches('0'),
    };
    bare.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count()
}

/// With its sign, its thousands parted.
fn number_width(written: &str) -> usize {
    written.len() + written.len() / 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_as_spreadsheets_count() {
        assert_eq!(shortened("a\u{0}b\u{b}c\nd", 10), "abc\nd");
        assert_eq!(shortened("😀😀😀", 4), "😀😀 […]");
    }

    #[test]
    fn a_text_takes_the_lines_that_its_words_need() {
        let lines = |text: &str, width| Wrapped::of(0, 0, text, 0).lines(width);
        assert_eq!(lines("Summa tillgångar", 16), 1);
        assert_eq!(lines("Summa tillgångar", 15), 2);
        assert_eq!(lines("tio tecken tio tecken", 12), 2);
        assert_eq!(lines("en\ntvå", 40), 2);
        assert_eq!(lines("Verksamhetsutvecklingskostnader", 10), 4);
    }

    #[test]
    fn digits_are_those_that_a_cell_must_hold() {
        assert_eq!(digits("12000000000000000000"), 2);
        assert_eq!(digits("-0.00125"), 3);
        assert_eq!(digits("1234567890123456"), 16);
    }
}
