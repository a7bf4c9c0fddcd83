//! How one book writes things: drawn once, so that a book is of one hand.

use avstam::money::Unit;

use crate::forbund::Forbund;
use crate::random::Random;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearForm {
    Plain,
    Date,
    Span,
    ShortSpan,
    Bokslut,
    Utfall,
    Slash,
    RealDate,
    Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteForm {
    None,
    /// A column of their own after the labels.
    After,
    /// … or after the figures.
    Last,
    InLabel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitForm {
    None,
    InTitle,
    /// In the corner of the heading row.
    Corner,
    /// A line of its own above.
    Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleForm {
    Above,
    Corner,
    /// Only the sheet is named, each table on a sheet of its own.
    SheetOnly,
}

#[derive(Clone, Debug)]
pub struct Style {
    pub unit: Unit,
    pub decimals: u32,
    pub unit_form: UnitForm,
    pub title_form: TitleForm,
    pub years: YearForm,
    pub balance_years: YearForm,
    pub newest_first: bool,
    pub note_form: NoteForm,
    pub costs_negative: bool,
    pub total_word: &'static str,
    pub bold_totals: bool,
    pub upper_totals: bool,
    pub indent: bool,
    pub blank_rows: bool,
    pub headings: bool,
    pub text_figures: Option<usize>,
    pub zero_blank: bool,
    pub one_sheet: bool,
    pub text_document: bool,
    pub side_by_side: bool,
    pub label_col: u32,
    pub gap_cols: bool,
    pub footnotes: bool,
    pub colons: bool,
    pub misspelt: bool,
    pub prose: bool,
    pub statement_form: u8,
    pub years_shown: usize,
    pub budget_in_rr: bool,
    pub variance: u8,
    /// The years stand over budget, outcome and variance.
    pub two_levels: bool,
    /// Some lines of notes say what a part of them is.
    pub parts: bool,
}

pub const FIGURE_FORMS: usize = 8;

pub fn new(random: &mut Random, forbund: &Forbund) -> Style {
    let unit = match random.below(100) {
        0..=64 => Unit::Kronor,
        65..=91 => Unit::Thousands,
        _ => Unit::Millions,
    };
    let decimals = match unit {
        Unit::Kronor => 2 * u32::from(random.chance(6)),
        Unit::Thousands => u32::from(random.chance(8)),
        Unit::Millions => 1 + u32::from(random.chance(60)),
    };
    let year_form = |random: &mut Random| {
        use YearForm::{Bokslut, Date, Number, Plain, RealDate, ShortSpan, Slash, Span, Utfall};
        random.pick(&[Plain, Plain, Date, Span, ShortSpan, Bokslut, Utfall, Slash, RealDate, Number, Number])
    };
    let years = year_form(random);
    let one_sheet = random.chance(45);
    let text_document = one_sheet && random.chance(25);
    let title_form = match random.below(10) {
        0..=5 => TitleForm::Above,
        6..=7 => TitleForm::Corner,
        _ if one_sheet => TitleForm::Above,
        _ => TitleForm::SheetOnly,
    };
    let unit_form = match random.below(10) {
        0..=2 => UnitForm::InTitle,
        3..=5 => UnitForm::Corner,
        6..=7 => UnitForm::Line,
        _ if unit == Unit::Kronor => UnitForm::None,
        _ => UnitForm::InTitle,
    };
    let unit_form = match (unit_form, title_form) {
        (UnitForm::InTitle, TitleForm::SheetOnly) => UnitForm::Corner,
        (UnitForm::Corner, TitleForm::Corner) => UnitForm::InTitle,
        (form, _) => form,
    };
    let mut later = random.clone();
    let balance_years = if random.chance(60) { years } else { year_form(random) };
    Style {
        unit,
        decimals,
        unit_form,
        title_form,
        years,
        balance_years: match balance_years {
            YearForm::Span | YearForm::ShortSpan => YearForm::Date,
            form => form,
        },
        newest_first: random.chance(75),
        note_form: random.pick(&[NoteForm::After, NoteForm::After, NoteForm::Last, NoteForm::InLabel, NoteForm::None]),
        costs_negative: random.chance(55),
        total_word: random.pick(&["Summa", "Summa", "Summa", "S:a", "SUMMA", "Totalt", "Tot.", "Summa:"]),
        bold_totals: random.chance(50),
        upper_totals: random.chance(12),
        indent: random.chance(30),
        blank_rows: random.chance(40),
        headings: random.chance(70),
        text_figures: (text_document || random.chance(20)).then(|| random.below(FIGURE_FORMS)),
        zero_blank: random.chance(25),
        one_sheet,
        text_document,
        side_by_side: one_sheet && !text_document && random.chance(25),
        label_col: if text_document { 0 } else { random.pick(&[0, 0, 0, 1, 2]) },
        gap_cols: !text_document && random.chance(12),
        footnotes: random.chance(12),
        colons: random.chance(8),
        misspelt: random.chance(15),
        prose: random.chance(35),
        statement_form: random.below(5) as u8,
        years_shown: 2 + random.below(2).min(forbund.years.len() - 3),
        budget_in_rr: random.chance(22),
        variance: random.below(3) as u8,
        two_levels: !text_document && later.chance(20),
        parts: later.chance(20),
    }
}
