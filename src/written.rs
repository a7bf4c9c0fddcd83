//! Figures as people write them in text: `-431 372kr`, `1.234,50`, `(2 617)`, `66,0%`, `Inga`.

use crate::money::{Amount, Money, Unit};
use crate::words::{self, Class};

/// What a text says where a figure could stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Figure(Figure),
    /// A dash: there is no figure, and in accounts that is nothing.
    Dash,
    /// A mark or a word that says that there is no figure: `Inga`, `Ej budgeterat`, or nothing at all.
    Absent,
    /// `?`: there may be a figure, but it is not known.
    Unknown,
    /// Words, a date, a code: no figure.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub amount: Amount,
    pub suffix: Suffix,
    /// The value is understood, but the figure is not well written: `1689 729`, `1, 8`, `155.974.54`.
    pub malformed: bool,
    /// A footnote mark stood after it: `21*`.
    pub marked: bool,
}

/// What stands after the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suffix {
    Nothing,
    Unit(Unit),
    Percent,
}

/// Which of comma and point parts the decimals. The other one, where it occurs, parts thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalSign {
    #[default]
    Comma,
    Point,
}

impl DecimalSign {
    /// The sign that the figures of one sheet use, from those that show it; comma where none does.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> DecimalSign {
        let (mut comma, mut point) = (0u32, 0u32);
        for text in texts {
            match shown_sign(text) {
                Some((DecimalSign::Comma, weight)) => comma += weight,
                Some((DecimalSign::Point, weight)) => point += weight,
                None => {}
            }
        }
        if point > comma { DecimalSign::Point } else { DecimalSign::Comma }
    }

    fn char(self) -> char {
        match self {
            DecimalSign::Comma => ',',
            DecimalSign::Point => '.',
        }
    }

    fn other(self) -> DecimalSign {
        match self {
            DecimalSign::Comma => DecimalSign::Point,
            DecimalSign::Point => DecimalSign::Comma,
        }
    }
}

/// What one text tells about its decimal sign, and how surely.
fn shown_sign(text: &str) -> Option<(DecimalSign, u32)> {
    let text = text.trim();
    let numeric =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '-' | '+' | '%' | '\u{2212}');
    if text.len() > 24 || !text.chars().all(numeric) {
        return None;
    }
    let last = text.rfind([',', '.'])?;
    let sign = if text[last..].starts_with(',') { DecimalSign::Comma } else { DecimalSign::Point };
    let digits_after = text[last + 1..].chars().take_while(char::is_ascii_digit).count();
    let before = &text[..last];
    if before.contains(sign.other().char()) {
        return Some((sign, 8)); // 1.234,50
    }
    if before.contains(sign.char()) {
        return Some((sign.other(), 8)); // 1,234,567
    }
    let whole = before.trim_start_matches(['-', '\u{2212}', '+', ' ']);
    match digits_after {
        3 if whole == "0" || whole.is_empty() => Some((sign, 4)),
        // 1,234: in Swedish hardly ever three decimals, in English a thousand.
        3 if whole.len() <= 3 => Some((sign.other(), 2)),
        0 => None,
        _ => Some((sign, 4)),
    }
}

/// Reads what a cell's text says.
pub fn read_written(text: &str, sign: DecimalSign) -> Written {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
    let is_dash = |c| matches!(c, '-' | '\u{2012}'..='\u{2015}' | '\u{2212}');
    if text.chars().all(|c| is_dash(c) || c == '.') {
        return if text.chars().any(is_dash) { Written::Dash } else { Written::Absent };
    }
    if text == "?" {
        return Written::Unknown;
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return if words::lookup(Class::Absent, text).is_some() { Written::Absent } else { Written::Other };
    }
    figure(text, sign).map_or(Written::Other, Written::Figure)
}

fn figure(text: &str, sign: DecimalSign) -> Option<Figure> {
    let (text, marked) = without_mark(text);
    let (text, in_parentheses) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (text, false),
    };
    let start = text.find(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'))?;
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    if start >= end {
        return None;
    }
    let (before, digits, after) = (text[..start].trim(), &text[start..end], text[end..].trim());
    let minus_before = leading(before)?;
    let (minus_after, suffix) = trailing(after)?;
    let negatives = [in_parentheses, minus_before, minus_after].into_iter().filter(|&minus| minus).count();
    if negatives > 1 {
        return None;
    }
    let (value, decimals, malformed) = digits_of(digits, sign)?;
    let value = if negatives == 1 { -value } else { value };
    Some(Figure { amount: Amount::new(value, decimals), suffix, malformed, marked })
}

/// Cuts a footnote mark: `21*`, `5 000 1)`.
fn without_mark(text: &str) -> (&str, bool) {
    let starless = text.trim_end_matches(['*', '†', '¹', '²', '³']).trim_end();
    if let Some(rest) = starless.strip_suffix(')') {
        let number = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let parted = number.ends_with(char::is_whitespace) && !number.contains('(');
        if parted && rest.len() - number.len() == 1 {
            return (number.trim_end(), true);
        }
    }
    (starless, starless.len() != text.len())
}

/// Whether what stands before the digits is a minus; `None` where it is something else than a sign or `kr`.
fn leading(text: &str) -> Option<bool> {
    let sign = text.trim_start_matches(|c: char| c.is_alphabetic()).trim();
    let currency = text[..text.len() - text.trim_start_matches(|c: char| c.is_alphabetic()).len()].trim();
    if !currency.is_empty() && words::lookup(Class::Unit, currency) != Some(Unit::Kronor.code()) {
        return None;
    }
    match sign {
        "" | "+" => Some(false),
        "-" | "\u{2212}" | "\u{2013}" | "\u{2012}" | "\u{2014}" => Some(true),
        _ => None,
    }
}

/// A minus and a unit after the digits.
fn trailing(text: &str) -> Option<(bool, Suffix)> {
    let rest = text.trim_start_matches(['\u{a0}', ' ']);
    if let Some(rest) = rest.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        return suffix(rest.trim()).map(|suffix| (true, suffix));
    }
    suffix(rest).map(|suffix| (false, suffix))
}

fn suffix(text: &str) -> Option<Suffix> {
    match text {
        "" => Some(Suffix::Nothing),
        "%" => Some(Suffix::Percent),
        ":-" | ":–" | ",-" | ":" => Some(Suffix::Unit(Unit::Kronor)),
        _ => Unit::written(text).map(Suffix::Unit),
    }
}

impl Unit {
    /// The unit that a word names: `tkr`, `KSEK`, `miljoner kronor`.
    pub fn written(text: &str) -> Option<Unit> {
        words::lookup(Class::Unit, text).and_then(Unit::of_code)
    }

    /// The unit that a label ends with: `Årets resultat, tkr`.
    pub fn of_label(label: &str) -> Option<Unit> {
        words::unit_at_end(label).and_then(Unit::of_code)
    }

    fn of_code(code: &str) -> Option<Unit> {
        [Unit::Kronor, Unit::Thousands, Unit::Millions].into_iter().find(|unit| unit.code() == code)
    }
}

/// The value, how many decimals it was written with, and whether it was badly written.
fn digits_of(text: &str, sign: DecimalSign) -> Option<(Money, u32, bool)> {
    let (whole, fraction, badly) = split(text, sign)?;
    let mut groups = whole.split([' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’', sign.other().char()]);
    let first = groups.next()?;
    let (mut number, mut grouped) = (first.to_string(), false);
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        number.push_str(group);
        grouped = true;
    }
    let digits_only = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits_only(&number) || !digits_only(fraction) || number.len() + fraction.len() > 24 {
        return None;
    }
    // 007 is a code, not an amount.
    if number.len() > 1 && number.starts_with('0') && fraction.is_empty() && (!grouped || first.len() > 1) {
        return None;
    }
    let badly = badly || (grouped && first.len() > 3) || (grouped && first.is_empty());
    let whole = if number.is_empty() { "0" } else { &number };
    let value = match fraction {
        "" => Money::parse(whole)?,
        _ => Money::parse(&format!("{whole}.{fraction}"))?,
    };
    Some((value, fraction.len() as u32, badly))
}

/// The whole part, the decimals, and whether the decimal sign was oddly used.
fn split(text: &str, sign: DecimalSign) -> Option<(&str, &str, bool)> {
    let (own, other) = (sign.char(), sign.other().char());
    if let Some(at) = text.rfind(own) {
        let (whole, rest) = (&text[..at], &text[at + 1..]);
        let fraction = rest.trim_start_matches([' ', '\u{a0}']);
        if whole.contains(own) {
            // 1,234,567 where comma is the decimal sign elsewhere: thousands, oddly marked.
            return None;
        }
        return Some((whole, fraction, fraction.len() != rest.len()));
    }
    let Some(at) = text.rfind(other) else { return Some((text, "", false)) };
    let after = &text[at + 1..];
    match after.len() {
        3 => Some((text, "", false)),
        // 155.974.54: the last point parts the decimals. 1258.5: typed by a machine.
        _ if after.bytes().all(|b| b.is_ascii_digit()) => Some((&text[..at], after, text[..at].contains(other))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> String {
        match read_written(text, DecimalSign::Comma) {
            Written::Figure(figure) => {
                let sign = match figure.suffix {
                    Suffix::Nothing => "",
                    Suffix::Unit(unit) => unit.code(),
                    Suffix::Percent => "%",
                };
                let odd = if figure.malformed { "?" } else { "" };
                format!("{}{sign}{odd}", figure.amount.value)
            }
            Written::Dash => "dash".into(),
            Written::Absent => "absent".into(),
            Written::Unknown => "unknown".into(),
            Written::Other => "other".into(),
        }
    }

    #[test]
    fn every_written_form_of_an_amount() {
        let forms = [
            ("1 234", "1234"),
            ("1\u{a0}234\u{2009}567", "1234567"),
            ("1\u{202f}234", "1234"),
            ("1'234", "1234"),
            ("1.234", "1234"),
            ("1.234,50", "1234.5"),
            ("155.974.54", "155974.54?"),
            ("-1 234", "-1234"),
            ("\u{2212}1", "-1"),
            ("– 1 072", "-1072"),
            ("1 234-", "-1234"),
            ("(2 617)", "-2617"),
            ("+5", "5"),
            ("1258,5", "1258.5"),
            ("1258.5", "1258.5"),
            ("1, 8", "1.8?"),
            ("1689 729", "1689729?"),
            ("5000", "5000"),
            ("0,60", "0.6"),
            ("-431 372kr", "-431372kr"),
            ("5 759 kr.", "5759kr"),
            ("454 449 kronor", "454449kr"),
            ("100:-", "100kr"),
            ("5 034 tkr", "5034tkr"),
            ("6,1 mkr", "6.1mkr"),
            ("66,0%", "66%"),
            ("12 %", "12%"),
            ("21*", "21"),
            ("5 000 1)", "5000"),
        ];
        for (text, expected) in forms {
            assert_eq!(value(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_amount_is_not_made_one() {
        for text in ["", " ", "Inga", "Ej budgeterat", "..."] {
            assert_eq!(value(text), "absent", "{text:?}");
        }
        for text in ["-", "–", "—", " \u{2212} "] {
            assert_eq!(value(text), "dash", "{text:?}");
        }
        assert_eq!(value("?"), "unknown");
        for text in
            ["2019-12-31", "2015 2016", "Not 3", "1 747-1 380", "007", "Summa", "1a", "V.45", "802001-1234", "12 34"]
        {
            assert_eq!(value(text), "other", "{text:?}");
        }
    }

    #[test]
    fn the_decimal_sign_is_the_sheets() {
        assert_eq!(DecimalSign::of(["1,234", "5,678.90"]), DecimalSign::Point);
        assert_eq!(DecimalSign::of(["1 234,5", "12"]), DecimalSign::Comma);
        assert_eq!(DecimalSign::of(["1.234.567", "12"]), DecimalSign::Comma);
        assert_eq!(DecimalSign::of(["1,234", "12,500"]), DecimalSign::Point);
        assert_eq!(DecimalSign::of(["0,123"]), DecimalSign::Comma);
        let english = read_written("1,234.50", DecimalSign::Point);
        assert!(matches!(english, Written::Figure(f) if f.amount.value == Money::new(123_450, 2)));
    }
}
