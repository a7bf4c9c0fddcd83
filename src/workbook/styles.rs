//! How cells look. Everything that colour says is also said by weight or border, for print in grey.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::finding::Severity;

/// How a figure is shown. Excel shows `#,##0` with the thousands parted as the reader's language parts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    Amount {
        decimals: u32,
    },
    /// Thousands not parted: years, numbers of accounts.
    Plain {
        decimals: u32,
    },
    Percent {
        decimals: u32,
    },
    Date,
    /// With its sign; nothing is a dash.
    Difference {
        decimals: u32,
    },
}

impl Number {
    fn code(self) -> String {
        let decimals = |count: u32| match count.min(10) {
            0 => String::new(),
            count => format!(".{}", "0".repeat(count as usize)),
        };
        match self {
            Number::Amount { decimals: count } => format!("#,##0{}", decimals(count)),
            Number::Plain { decimals: count } => format!("0{}", decimals(count)),
            Number::Date => "yyyy-mm-dd".into(),
            Number::Percent { decimals: count } => format!("0{}%", decimals(count)),
            Number::Difference { decimals: count } => {
                let zeros = decimals(count);
                format!("+#,##0{zeros};-#,##0{zeros};\"–\"")
            }
        }
    }
}

/// What a text is on its sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ink {
    #[default]
    Plain,
    Title,
    /// A heading row of a table.
    Head,
    /// Said in passing.
    Small,
    Link,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Look {
    pub ink: Ink,
    pub number: Option<Number>,
    pub bold: bool,
    pub italic: bool,
    pub indent: u8,
    /// A line above, as over a total.
    pub ruled: bool,
    pub ruled_below: bool,
    pub right: bool,
    pub wrap: bool,
    /// Named by a finding of this severity.
    pub mark: Option<Severity>,
}

impl Look {
    /// Plain.
    pub const NONE: Look = Look {
        ink: Ink::Plain,
        number: None,
        bold: false,
        italic: false,
        indent: 0,
        ruled: false,
        ruled_below: false,
        right: false,
        wrap: false,
        mark: None,
    };

    pub const fn of(ink: Ink) -> Look {
        Look { ink, ..Look::NONE }
    }

    /// Set off from the figures of the column before.
    pub const fn after_figures() -> Look {
        Look { indent: 1, ..Look::NONE }
    }

    pub fn number(number: Number) -> Look {
        Look { number: Some(number), ..Look::NONE }
    }

    pub fn wrapped() -> Look {
        Look { wrap: true, ..Look::NONE }
    }

    pub fn marked(self, mark: Option<Severity>) -> Look {
        Look { mark, ..self }
    }

    /// Whether a cell without anything in it is seen.
    pub fn shows_blank(&self) -> bool {
        self.ink == Ink::Head || self.ruled || self.ruled_below || self.mark.is_some()
    }

    pub fn format(&self) -> Format {
        let mut format = Format::new().set_align(FormatAlign::Top);
        format = match self.ink {
            Ink::Plain => format,
            Ink::Title => format.set_bold().set_font_size(14),
            Ink::Head => format
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0xE7E6E6))
                .set_border_bottom(FormatBorder::Thin),
            Ink::Small => format.set_font_size(9).set_font_color(Color::RGB(0x595959)),
            Ink::Link => format.set_font_color(Color::RGB(0x0563C1)).set_underline(FormatUnderline::Single),
        };
        if let Some(number) = self.number {
            format = format.set_num_format(number.code());
        }
        if self.bold {
            format = format.set_bold();
        }
        if self.italic {
            format = format.set_italic();
        }
        if self.indent > 0 {
            format = format.set_align(FormatAlign::Left).set_indent(self.indent.min(15));
        }
        if self.ruled {
            format = format.set_border_top(FormatBorder::Thin);
        }
        if self.ruled_below {
            format = format.set_border_bottom(FormatBorder::Thin);
        }
        if self.right {
            format = format.set_align(FormatAlign::Right);
        }
        if self.wrap {
            format = format.set_text_wrap();
        }
        match self.mark {
            None => format,
            Some(severity) => mark(format, severity),
        }
    }
}

/// What a cell named by a finding of a severity is filled with, as red, green and blue.
pub fn mark_colour(severity: Severity) -> u32 {
    match severity {
        Severity::Error => 0xFFC7CE,
        Severity::Warning => 0xFFEB9C,
        Severity::Info => 0xDDEBF7,
    }
}

/// Red and a thick frame, amber and a thin one, light blue and a dotted one.
fn mark(format: Format, severity: Severity) -> Format {
    let border = match severity {
        Severity::Error => FormatBorder::Medium,
        Severity::Warning => FormatBorder::Thin,
        Severity::Info => FormatBorder::Dotted,
    };
    let format = format.set_background_color(Color::RGB(mark_colour(severity))).set_border(border);
    if severity == Severity::Error { format.set_bold() } else { format }
}
