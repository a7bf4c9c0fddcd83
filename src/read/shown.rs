//! Number formats: how a stored number is to be shown, and whether it is a moment in truth.

use crate::grid::NumberFormat;

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Number(NumberFormat),
    Date,
    /// A time of day.
    Time,
    /// Hours, minutes or seconds that go on counting past the day (`[h]:mm`).
    Elapsed,
}

impl Shown {
    pub const GENERAL: Shown = Shown::Number(NumberFormat::General);

    pub fn format(self) -> NumberFormat {
        match self {
            Shown::Number(format) => format,
            _ => NumberFormat::Other,
        }
    }
}

/// The formats that every program knows by number. The East Asian date numbers are dates in all of them.
pub(super) fn builtin(id: u32) -> Shown {
    let fixed = |decimals| Shown::Number(NumberFormat::Fixed { decimals });
    match id {
        0 => Shown::GENERAL,
        1 | 3 | 5 | 6 | 37 | 38 | 41 | 42 => fixed(0),
        2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 => fixed(2),
        9 => Shown::Number(NumberFormat::Percent { decimals: 0 }),
        10 => Shown::Number(NumberFormat::Percent { decimals: 2 }),
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Shown::Date,
        18..=21 | 32 | 33 | 45 | 47 | 55 | 56 => Shown::Time,
        46 => Shown::Elapsed,
        _ => Shown::Number(NumberFormat::Other),
    }
}

/// What a format code says, by its first section (that of positive numbers).
pub(super) fn code(code: &str) -> Shown {
    let mut seen = Seen::default();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => _ = chars.next(),
            '[' => {
                let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                let unit = inside.to_ascii_lowercase();
                seen.elapsed |= !unit.is_empty() && unit.chars().all(|c| matches!(c, 'h' | 'm' | 's' | 't'));
            }
            _ => seen.note(c.to_ascii_lowercase()),
        }
    }
    seen.shown(code)
}

/// The characters of a format section that mean something.
#[derive(Default)]
struct Seen {
    places: u32,
    decimals: u8,
    point: bool,
    comma_last: bool,
    percent: bool,
    days: bool,
    hours: bool,
    other: bool,
    elapsed: bool,
}

impl Seen {
    fn note(&mut self, c: char) {
        match c {
            '0' | '#' | '?' => {
                self.places += 1;
                self.decimals = self.decimals.saturating_add(u8::from(self.point));
                self.comma_last = false;
            }
            '.' => self.point = true,
            ',' => self.comma_last = self.places > 0,
            '%' => self.percent = true,
            // Swedish and German letters for years and days come too (åååå, jjjj, tt) from careless exports.
            'y' | 'd' | 'å' | 'j' => self.days = true,
            'h' | 's' | 't' => self.hours = true,
            '/' | '@' => self.other = true,
            // `E+` is scientific; the letters of `General` come here too and are told apart below.
            'e' => self.other = true,
            'm' => {}
            _ => {}
        }
    }

    fn shown(&self, code: &str) -> Shown {
        let section = code.split(';').next().unwrap_or_default().trim();
        if section.eq_ignore_ascii_case("general") || section.eq_ignore_ascii_case("standard") || section.is_empty() {
            return Shown::GENERAL;
        }
        let months = self.places == 0 && section.to_ascii_lowercase().contains("mmm");
        match self {
            _ if self.elapsed => Shown::Elapsed,
            _ if self.places == 0 && (self.days || months) => Shown::Date,
            // `0.0` counts the parts of a second in a time (`mm:ss.0`), so places do not speak against one.
            _ if self.hours && (self.places == 0 || section.contains(':')) => Shown::Time,
            _ if self.other || self.comma_last || self.places == 0 => Shown::Number(NumberFormat::Other),
            _ if self.percent => Shown::Number(NumberFormat::Percent { decimals: self.decimals }),
            _ => Shown::Number(NumberFormat::Fixed { decimals: self.decimals }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_the_number_is() {
        let fixed = |decimals| Shown::Number(NumberFormat::Fixed { decimals });
        let other = Shown::Number(NumberFormat::Other);
        for (format, shown) in [
            ("General", Shown::GENERAL),
            ("#,##0", fixed(0)),
            ("#,##0.00\\ \"kr\"", fixed(2)),
            ("#\\ ##0;[Red]-#\\ ##0", fixed(0)),
            ("_-* #,##0.00\\ _k_r_-;\\-* #,##0.00\\ _k_r_-", fixed(2)),
            ("[$-41D]#,##0.0", fixed(1)),
            ("0.0%", Shown::Number(NumberFormat::Percent { decimals: 1 })),
            ("#,##0,", other),
            ("#,##0.0,,", other),
            ("0.00E+00", other),
            ("# ?/?", other),
            ("@", other),
            ("\"Not\" 0", fixed(0)),
            ("yyyy\\-mm\\-dd", Shown::Date),
            ("[$-41D]mmmm\\ yyyy;@", Shown::Date),
            ("d/m", Shown::Date),
            ("mmm", Shown::Date),
            ("yyyy-mm-dd hh:mm", Shown::Date),
            ("hh:mm", Shown::Time),
            ("mm:ss.0", Shown::Time),
            ("[h]:mm:ss", Shown::Elapsed),
        ] {
            assert_eq!(code(format), shown, "{format}");
        }
    }

    #[test]
    fn builtin_formats() {
        assert_eq!(
            (builtin(14), builtin(3), builtin(46)),
            (Shown::Date, Shown::Number(NumberFormat::Fixed { decimals: 0 }), Shown::Elapsed)
        );
    }
}
