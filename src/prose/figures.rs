//! Text → the figures in it: amounts, percentages, years and dates, each with where it stands.
//!
//! Numbers of laws, paragraphs, telephones and organisations, ages and other ranges, codes and page numbers are
//! found too, but only to be left alone.

use std::ops::Range;

use crate::money::{Amount, Money, Unit};
use crate::period::Date;
use crate::words::running;
use crate::written::{self, DecimalSign, Written};

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text, the unit included.
    pub range: Range<usize>,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Amount(Figure),
    Percent(Amount),
    Year(i32),
    /// From one year to another.
    Years(i32, i32),
    Date(Date),
    /// A number of something that is not told, or of no amount at all.
    Other,
}

/// An amount as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// In its own unit, with its sign.
    pub amount: Amount,
    /// `None` where the text names none: it may be any.
    pub unit: Option<Unit>,
}

/// The numbers of a text, from left to right.
pub fn read(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let mark = mark(text, start);
        at = mark.range.end;
        marks.push(mark);
    }
    marks
}

fn mark(text: &str, start: usize) -> Mark {
    let before = text[..start].chars().next_back();
    let glued = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '§' | '/' | '_' | '.' | ','));
    let number = number(&text[start..]);
    let end = start + number.len;
    let other = |end: usize| Mark { range: start..end, what: What::Other };
    if glued || number.shape == Shape::Odd {
        return other(end);
    }
    let rest = &text[end..];
    if let Some((what, len)) = joined(&text[start..], number.len) {
        return Mark { range: start..start + len, what };
    }
    if let Some(len) = percent(rest) {
        let what = amount(&text[start..end]).map_or(What::Other, What::Percent);
        return Mark { range: start..end + len, what };
    }
    let unit = unit(rest);
    let second = rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '+' | '§') || (matches!(c, ':' | '/') && second);
    if unit.is_none() && rest.starts_with(goes_on) {
        return other(end);
    }
    if unit.is_none() && rest.trim_start_matches([' ', '\u{a0}']).starts_with('§') {
        return other(end);
    }
    if let (Shape::Plain(4), None) = (number.shape, unit)
        && let Some(year) = year(&text[start..end])
    {
        return Mark { range: start..end, what: What::Year(year) };
    }
    let Some(amount) = amount(&text[start..end]) else { return other(end) };
    let minus = minus(&text[..start]);
    let negative = minus > 0;
    let amount = if negative { Amount::new(-amount.value, amount.decimals) } else { amount };
    let figure = Figure { amount, unit: unit.map(|(unit, _)| unit) };
    // A small number without a unit counts something.
    let tells = unit.is_some() || amount.value.abs() >= Money::from(1_000);
    let end = end + unit.map_or(0, |(_, len)| len);
    Mark { range: start - minus..end, what: if tells { What::Amount(figure) } else { What::Other } }
}

/// How a number's digits stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// So many digits, nothing between them.
    Plain(usize),
    /// Thousands parted, or decimals.
    Parted,
    /// No number: a version, a heading's number, a date without dashes.
    Odd,
}

struct Number {
    len: usize,
    shape: Shape,
}

/// The number that a text begins with.
fn number(text: &str) -> Number {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let mut len = first;
    let mut shape = Shape::Plain(first);
    if text[len..].starts_with('.') && digits(&text[len + 1..]) > 0 {
        let mut groups = 0;
        let mut even = first <= 3;
        while text[len..].starts_with('.') && digits(&text[len + 1..]) > 0 {
            let group = digits(&text[len + 1..]);
            even &= group == 3;
            groups += 1;
            len += 1 + group;
        }
        // 1.234.567 is a number; 1.4.1 is a heading's; 2.5 is one only if a unit follows.
        let decimal = groups == 1 && unit(&text[len..]).is_some();
        shape = if even || decimal { Shape::Parted } else { Shape::Odd };
        return Number { len, shape };
    }
    let yearly = first == 4 && year(&text[..4]).is_some();
    let code = first > 1 && text.starts_with('0');
    if !yearly && !code {
        while let Some(space) =
            text[len..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'))
        {
            let group = &text[len + space.len_utf8()..];
            if digits(group) != 3 || (first > 4 && shape == Shape::Plain(first)) {
                break;
            }
            len += space.len_utf8() + 3;
            shape = Shape::Parted;
        }
    }
    if text[len..].starts_with(',') && (1..=6).contains(&digits(&text[len + 1..])) {
        len += 1 + digits(&text[len + 1..]);
        shape = Shape::Parted;
    }
    if first > 1 && text.starts_with('0') && shape == Shape::Plain(first) {
        shape = Shape::Odd;
    }
    Number { len, shape }
}

/// A date, two years, an age, a telephone or an organisation's number: digits joined by dashes or a colon.
fn joined(text: &str, first: usize) -> Option<(What, usize)> {
    if let Some(day) = date(text) {
        return Some((What::Date(day.0), day.1));
    }
    if first == 4 && text[first..].starts_with(':') && text[first + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        // A law's number; its last digits may have been torn off (2003:1 210).
        return Some((What::Other, first + 1 + number(&text[first + 1..]).len));
    }
    let dash = text[first..].chars().next().filter(|c| is_dash(*c))?;
    let second = &text[first + dash.len_utf8()..];
    if !second.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let other = number(second);
    let len = first + dash.len_utf8() + other.len;
    let years = match (year(&text[..first]), year(&second[..other.len])) {
        (Some(from), Some(to)) if from < to => Some((What::Years(from, to), len)),
        _ => None,
    };
    years.or_else(|| Some((What::Other, len + unit(&text[len..]).map_or(0, |(_, unit)| unit))))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// `2019-12-01` and how long it is.
fn date(text: &str) -> Option<(Date, usize)> {
    let day = text.get(..10)?;
    let bytes = day.as_bytes();
    let dashes = bytes[4] == b'-' && bytes[7] == b'-';
    let part = |range: Range<usize>| {
        let digits = day.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i32>().ok()).flatten()
    };
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let ends = !text[10..].starts_with(|c: char| c.is_ascii_digit());
    let found = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    (dashes && ends).then_some((found, 10))
}

fn year(digits: &str) -> Option<i32> {
    let plain = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && (1990..2060).contains(year))
}

fn amount(digits: &str) -> Option<Amount> {
    match written::read_written(digits, DecimalSign::Comma) {
        Written::Figure(figure) => Some(figure.amount),
        _ => None,
    }
}

/// How long the minus right before is; none where it is a dash between words or numbers.
fn minus(before: &str) -> usize {
    let Some(sign) = before.chars().next_back().filter(|c| is_dash(*c)) else { return 0 };
    let further = &before[..before.len() - sign.len_utf8()];
    let parted = further.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | ':'));
    if further.is_empty() || parted { sign.len_utf8() } else { 0 }
}

/// The length of a sign or word for per cent; percentage points are no share of anything.
fn percent(rest: &str) -> Option<usize> {
    let word = rest.trim_start_matches([' ', '\u{a0}']);
    let gap = rest.len() - word.len();
    if gap <= 2 && word.starts_with('%') {
        return Some(gap + 1);
    }
    let name = word.split(|c: char| !c.is_alphabetic()).next()?;
    running::is_percent(name).then_some(gap + name.len())
}

/// The unit that a text begins with, and how long it is, the gap before it included.
fn unit(rest: &str) -> Option<(Unit, usize)> {
    let word = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    let gap = rest.len() - word.len();
    if gap > 3 {
        return None;
    }
    // The dash of `2022:-5` is a minus.
    let kronor = [":-", ":–"].into_iter().find_map(|sign| word.strip_prefix(sign));
    if kronor.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_digit())) {
        return Some((Unit::Kronor, gap + word.chars().take(2).map(char::len_utf8).sum::<usize>()));
    }
    let letters = |text: &str| text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let first = letters(word);
    if first == 0 {
        return None;
    }
    let two = word[first..].strip_prefix([' ', '\u{a0}']).map(|second| first + 1 + letters(second));
    let two = two.filter(|&len| len > first + 1 && word.is_char_boundary(len));
    two.into_iter().chain([first]).find_map(|len| Some((Unit::written(&word[..len])?, gap + len)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let tell = |mark: Mark| match mark.what {
            What::Amount(figure) => {
                let unit = figure.unit.map_or("", Unit::code);
                Some(format!("{}{unit}", figure.amount.value))
            }
            What::Percent(amount) => Some(format!("{}%", amount.value)),
            What::Year(year) => Some(format!("y{year}")),
            What::Years(from, to) => Some(format!("y{from}-{to}")),
            What::Date(day) => Some(format!("d{day}")),
            What::Other => None,
        };
        read(text).into_iter().filter_map(tell).collect()
    }

    #[test]
    fn amounts_of_running_text() {
        let cases: [(&str, &[&str]); 19] = [
            ("Beviljat 2020: 454 449 kronor", &["y2020", "454449kr"]),
            ("uppgår till 6 132 miljoner kronor varav", &["6132mkr"]),
            ("Årets resultat 2019 blev 5 759 kr vilket", &["y2019", "5759kr"]),
            ("uppgick till -431 372kr.", &["-431372kr"]),
            ("totalt drygt 5,4 miljoner kronor.", &["5.4mkr"]),
            ("minst 66 % av, från 20,5 till 34 %", &["66%", "34%"]),
            ("cirka 400\u{a0}tkr och 50 procent", &["400tkr", "50%"]),
            ("är 1689 729", &["1689729"]),
            ("har ökat med 400 000 och uppgår till 2 000 000 kronor", &["400000", "2000000kr"]),
            ("för perioden 2024-2026 med 2 100 000 kr", &["y2024-2026", "2100000kr"]),
            ("2017 450 000 kr", &["y2017", "450000kr"]),
            ("perioden 2024-01-02-2025-11-30", &["d2024-01-02", "d2025-11-30"]),
            ("1.234.567 kr och 2.5 mkr, 100:-", &["1234567kr", "2.5mkr", "100kr"]),
            ("(17%) blir 318 750 kr", &["17%", "318750kr"]),
            ("Resultatet (-287 550) kr 2022", &["-287550", "y2022"]),
            ("Resultatet 2022:-287 550 kr", &["y2022", "-287550kr"]),
            ("blev 100 :- och 5 000   kr", &["100kr", "5000kr"]),
            ("blev 5 000    kr", &["5000"]),
            ("till 50012 345 kr", &["50012", "345kr"]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "10–15 platser och 16-30 år, mellan 600 och 700 personer",
            "lagen (2003:1210), (2003:1 210), (2017:725)",
            "Örnsköldsvik (222000-2063), tel 0911-880 00",
            "enligt 21 § och §7, kapitel 1.4.1, version 2.0",
            "Rehabteam 30+, 0-klassade, 2a, V.45, 5001 12",
            "117 deltagare, 74 avslutade",
            "10–15 tkr",
            "kod A1234 kr och punkt 1.4.1 kr",
        ] {
            let told: Vec<String> = told(text).into_iter().filter(|t| t != "5001").collect();
            assert!(told.is_empty(), "{text}: {told:?}");
        }
    }
}
