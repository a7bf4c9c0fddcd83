//! `Kontroller`: every check one row, as live formulas where all its cells are in the workbook.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format, XlsxError};

use super::Material;
use super::checks::Control;
use super::pen::{MOST_ROWS, Pen, Target};
use super::rules_sheet;
use super::statements;
use super::styles::{Look, Number};
use super::wording::{self, CHECKS, say};
use crate::finding::Language;
use crate::grid::{At, Grid, a1};
use crate::money::{Closeness, Money};
use crate::relation::{Check, Kind, Operand, Outcome, Untestable};

const HEADS: [(&str, &str, u16); 12] = [
    ("Regel", "Rule", 8),
    ("Räkning", "Statement", 30),
    ("Rad", "Line", 30),
    ("Period", "Period", 9),
    ("Cell", "Cell", 24),
    ("Ska vara lika med", "Should equal", 60),
    ("Enhet", "Unit", 7),
    ("Enligt källan", "As stated", 14),
    ("Beräknat", "Calculated", 14),
    ("Differens", "Difference", 13),
    ("Avrundning", "Rounding", 12),
    ("Utfall", "Outcome", 30),
];
const STATED: u16 = 7;
const EXPECTED: u16 = 8;
const DIFFERENCE: u16 = 9;
const SLACK: u16 = 10;
const OUTCOME: u16 = 11;

/// Whether a sheet that was read is one of these.
pub fn is_own(grid: &Grid) -> bool {
    wording::has_heads(grid, &HEADS)
}

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(&material.own.checks)?;
    let heads = HEADS.map(|(swedish, english, width)| (say(material.language, swedish, english), width));
    pen.list_heading(0, &heads)?;
    let checks = &material.report.checks[..material.report.checks.len().min(MOST_ROWS)];
    for (i, check) in checks.iter().enumerate() {
        Row { material, check, row: i as u32 + 1 }.write(&mut pen)?;
    }
    if checks.is_empty() {
        let nothing = say(material.language, "Inget samband kunde prövas.", "No check could be made.");
        pen.text(1, 0, nothing, Look { italic: true, ..Look::NONE })?;
    }
    let last = checks.len().max(1) as u32;
    pen.sheet.autofilter(0, 0, last, heads.len() as u16 - 1)?;
    colour(&mut pen, material.language, (1, last), OUTCOME)?;
    Ok(pen)
}

/// Colours that follow the outcome when a figure is corrected.
pub fn colour(pen: &mut Pen, language: Language, (first, last): (u32, u32), col: u16) -> Result<(), XlsxError> {
    let rules: [(&str, Format); 3] = [
        (holds(language), Format::new().set_font_color("#375623")),
        (rounded(language), Format::new().set_font_color("#375623").set_italic()),
        (breaks(language), Format::new().set_background_color("#FFC7CE").set_bold()),
    ];
    for (text, format) in rules {
        let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(text.to_string()));
        pen.sheet.add_conditional_format(first, col, last, col, &rule.set_format(format))?;
    }
    Ok(())
}

fn holds(language: Language) -> &'static str {
    say(language, "Stämmer", "Holds")
}

fn rounded(language: Language) -> &'static str {
    say(language, "Stämmer inom avrundning", "Holds within rounding")
}

fn breaks(language: Language) -> &'static str {
    say(language, "Stämmer inte", "Does not hold")
}

/// Where the outcome of a check of the report stands.
pub fn outcome_of(check: usize) -> Target<'static> {
    Target { sheet: CHECKS, row: check as u32 + 1, col: OUTCOME }
}

/// The outcome that a control's formulas show.
pub fn outcome(control: &Control, language: Language) -> &'static str {
    match (control.closeness(), control.tells_rounding) {
        (Closeness::Off, _) => breaks(language),
        (Closeness::Rounded, true) => rounded(language),
        _ => holds(language),
    }
}

struct Row<'a> {
    material: &'a Material<'a>,
    check: &'a Check,
    row: u32,
}

impl Row<'_> {
    fn write(&self, pen: &mut Pen) -> Result<(), XlsxError> {
        let (material, row, plain) = (self.material, self.row, Look::NONE);
        let relation = &self.check.relation;
        let result = relation.result.at;
        rules_sheet::code(material, pen, row, 0, relation.rule)?;
        if let Some(statement) = material.book.statements.get(relation.table) {
            pen.text(row, 1, &statements::title(statement, ""), Look::wrapped())?;
        }
        pen.text(row, 2, &self.label(result), Look::wrapped())?;
        let period = relation.period.map_or(String::new(), |period| period.to_string());
        pen.text(row, 3, &period, Look { right: true, ..plain })?;
        match material.layout.place(result) {
            Some(place) => pen.link(row, 4, place.stated, &place.stated.shown(), Look::after_figures())?,
            None => pen.text(row, 4, &self.source(result), plain)?,
        }
        pen.text(row, 5, &self.terms(), Look::wrapped())?;
        pen.text(row, 6, relation.unit.code(), plain)?;
        match Control::of(self.check, &material.layout) {
            Some(control) => self.live(pen, &control),
            None => self.constant(pen),
        }
    }

    /// The check as formulas.
    fn live(&self, pen: &mut Pen, control: &Control) -> Result<(), XlsxError> {
        let row = self.row;
        let Some(place) = self.material.layout.place(self.check.relation.result.at) else { return Ok(()) };
        let cell = |col: u16| a1(row, u32::from(col));
        let shown = |value: Money| Look::number(Number::Amount { decimals: value.decimals().min(4) });
        let stated = format!("={}", place.stated.qualified());
        pen.formula(row, STATED, &stated, control.stated_value, shown(control.stated_value.normalize()))?;
        pen.formula(row, EXPECTED, &control.expected, control.expected_value, shown(control.expected_value))?;
        let less = format!("{}-{}", cell(STATED), cell(EXPECTED));
        let less = match control.decimals {
            // What the user's own formulas calculate may be off by what binary floats are.
            0 if !self.material.appended => format!("={less}"),
            decimals => format!("=ROUND({less},{decimals})"),
        };
        let look = Look::number(Number::Difference { decimals: control.difference.decimals().min(4) });
        pen.formula(row, DIFFERENCE, &less, control.difference, look)?;
        pen.number(row, SLACK, control.slack, shown(control.slack))?;
        let language = self.material.language;
        let (holds, rounded, breaks) = (holds(language), rounded(language), breaks(language));
        let within = format!("ABS({})<={}", cell(DIFFERENCE), cell(SLACK));
        let formula = match control.tells_rounding {
            true => format!(r#"=IF({}=0,"{holds}",IF({within},"{rounded}","{breaks}"))"#, cell(DIFFERENCE)),
            false => format!(r#"=IF({within},"{holds}","{breaks}")"#),
        };
        pen.text_formula(row, OUTCOME, &formula, outcome(control, language), Look::after_figures())
    }

    /// The check as it was tested, where the workbook does not have all its cells.
    fn constant(&self, pen: &mut Pen) -> Result<(), XlsxError> {
        let (row, relation, language) = (self.row, &self.check.relation, self.material.language);
        let in_unit = |kronor: Money| kronor.divide(relation.unit.factor()).unwrap_or(kronor).round(4).normalize();
        let shown = |value: Money| Look::number(Number::Amount { decimals: value.decimals() });
        let stated = relation.result.figure.map(|figure| in_unit(figure.middle));
        if let Some(stated) = stated {
            pen.number(row, STATED, stated, shown(stated))?;
        }
        let (expected, outcome) = match self.check.outcome {
            Outcome::Holds => (stated, holds(language).to_string()),
            Outcome::Rounded { expected } => (Some(in_unit(expected)), rounded(language).to_string()),
            Outcome::Broke { expected } => (Some(in_unit(expected)), breaks(language).to_string()),
            Outcome::Untestable(why) => (None, untestable(language, why)),
        };
        if let (Some(stated), Some(expected)) = (stated, expected) {
            let difference = (stated - expected).normalize();
            pen.number(row, EXPECTED, expected, shown(expected))?;
            let number = Number::Difference { decimals: difference.decimals() };
            pen.number(row, DIFFERENCE, difference, Look::number(number))?;
        }
        let italic = matches!(self.check.outcome, Outcome::Untestable(_));
        pen.text(row, OUTCOME, &outcome, Look { italic, wrap: italic, ..Look::after_figures() })
    }

    /// `Verksamhetens intäkter − Verksamhetens kostnader`, with the statement's name where it is another.
    fn terms(&self) -> String {
        if let Some(accounts) = self.accounts() {
            return accounts;
        }
        let mut text = String::new();
        let mut terms: Vec<&Operand> = self.check.relation.terms.iter().collect();
        if self.check.relation.kind != Kind::Ratio {
            terms.sort_by_key(|term| term.coefficient < 0);
        }
        for (i, term) in terms.into_iter().enumerate() {
            let sign = match (i, term.coefficient < 0) {
                (0, false) => "",
                (0, true) => "− ",
                (_, false) => " + ",
                (_, true) => " − ",
            };
            let divided = self.check.relation.kind == Kind::Ratio && i > 0;
            text.push_str(if divided { " / " } else { sign });
            if term.coefficient.abs() != 1 {
                text.push_str(&format!("{} · ", term.coefficient.abs()));
            }
            text.push_str(&self.term(term));
        }
        if self.check.relation.result.coefficient != 1 {
            text = format!("({text}) / {}", self.check.relation.result.coefficient);
        }
        text
    }

    /// `− konto 4010–7510 (11), bokforing.se`: where the terms are accounts of a ledger.
    fn accounts(&self) -> Option<String> {
        let relation = &self.check.relation;
        let first = relation.terms.first()?;
        let listing = self.material.layout.listings.iter().find(|listing| {
            listing.ledger.grid == first.at.grid && listing.ties.iter().any(|&i| i + 1 == self.row as usize)
        })?;
        let (sign, accounts) = (if first.coefficient < 0 { "− " } else { "" }, listing.span(relation));
        let file = self.material.place(first.at.grid);
        Some(format!("{sign}{} {accounts}, {file}", say(self.material.language, "konto", "account")))
    }

    fn term(&self, term: &Operand) -> String {
        let layout = &self.material.layout;
        let label = self.label(term.at);
        let Some(spot) = layout.spot(term.at) else { return label };
        let statement = &self.material.book.statements[spot.statement];
        let about = &statement.columns()[spot.column];
        let own = layout.spot(self.check.relation.result.at);
        let mut text = match own.is_some_and(|own| own.statement == spot.statement) {
            true => label,
            false => format!("{}: {label}", statements::title(statement, "")),
        };
        // A term of another column of the same line, or of another period, says which.
        let same_line = own.is_some_and(|own| own.statement == spot.statement && own.line == spot.line);
        if same_line || about.period != self.check.relation.period {
            text.push_str(&format!(" ({})", statements::heading(statement, spot.column)));
        }
        text
    }

    fn label(&self, at: At) -> String {
        let spot = self.material.layout.spot(at);
        let label = spot.map(|spot| statements::label(&self.material.book.statements[spot.statement], spot.line));
        match label {
            Some(label) if !label.is_empty() => label.to_string(),
            _ => self.source(at),
        }
    }

    fn source(&self, at: At) -> String {
        format!(
            "{} {}",
            self.material.place(at.grid),
            self.material.book.grids[at.grid as usize].address(at.row, at.col)
        )
    }
}

fn untestable(language: Language, why: Untestable) -> String {
    let why = match why {
        Untestable::NoResult => say(language, "raden har inget belopp", "the line has no figure"),
        Untestable::NoTerms => {
            say(language, "det finns inget belopp att jämföra med", "there is no figure to compare with")
        }
        Untestable::Unknown => say(language, "ett belopp är inte känt", "a figure is not known"),
        Untestable::ZeroDivisor => say(language, "nämnaren är noll", "the divisor is zero"),
    };
    format!("{}: {why}", say(language, "Kunde inte prövas", "Could not be tested"))
}
