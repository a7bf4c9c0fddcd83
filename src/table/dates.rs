//! Dates as headings write them: `2019-12-31`, `2019-01-01--12-31`, `31/12 2019`, `1/1-31/12 2019`, `20191231`, `191231`.

use crate::period::Date;

/// Cuts the dates out of a text.
pub fn take(text: &mut String) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    // A day and month whose year comes with the next date.
    let mut waiting: Vec<(u8, u8)> = Vec::new();
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        kept.push_str(before);
        let joined = before.chars().all(|c| matches!(c, '-' | '–' | '—' | '\u{2212}' | ' ' | '\u{a0}'))
            && before.contains(['-', '–', '—']);
        let found = date_at(from).or_else(|| dates.last().filter(|_| joined).and_then(|last| day_of(last.year, from)));
        if let Some((date, length)) = found {
            let earlier = waiting.drain(..).filter_map(|(month, day)| Date::new(date.year, month, day));
            dates.extend(earlier);
            dates.push(date);
            kept.push(' ');
            rest = &from[length..];
        } else if let Some((month, day, length)) = day_and_month(from) {
            waiting.push((month, day));
            kept.push_str(&from[..length]);
            rest = &from[length..];
        } else {
            let digits = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
            kept.push_str(&from[..digits]);
            rest = &from[digits..];
        }
    }
    kept.push_str(rest);
    // What waited and got its year is no word of the heading.
    if !dates.is_empty() {
        kept = kept.split_whitespace().filter(|word| !word.contains('/')).collect::<Vec<_>>().join(" ");
    }
    *text = kept;
    dates
}

/// The digits at the beginning of a text, as a number, and how many they are.
fn number(text: &str) -> Option<(i32, usize)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=8).contains(&length).then(|| Some((text[..length].parse().ok()?, length))).flatten()
}

/// Numbers parted by one of some marks, and the length of them all.
fn parts<const N: usize>(text: &str, marks: &[char]) -> Option<([(i32, usize); N], usize)> {
    let mut found = [(0, 0); N];
    let mut at = 0;
    for (i, part) in found.iter_mut().enumerate() {
        if i > 0 {
            let mark = text[at..].chars().next().filter(|mark| marks.contains(mark))?;
            at += mark.len_utf8();
            at += text[at..].len() - text[at..].trim_start_matches(' ').len();
        }
        *part = number(&text[at..])?;
        at += part.1;
    }
    Some((found, at))
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// A date at the beginning of a text, and its length.
fn date_at(text: &str) -> Option<(Date, usize)> {
    if let Some(([(y, 4), (m, 1..=2), (d, 1..=2)], length)) = parts::<3>(text, &['-', '/', '.']) {
        return Some((date(y, m, d)?, length));
    }
    // 31/12 2019, 31/12-2019, 31.12.2019, 31/12-19
    if let Some(([(d, 1..=2), (m, 1..=2), (y, width)], length)) = parts::<3>(text, &['/', '.', '-', ' '])
        && matches!(width, 2 | 4)
        && text.contains(['/', '.'])
        // The 31 of 1/1-31/12 is a day.
        && !text[length..].starts_with('/')
    {
        let year = if width == 2 { 2000 + y } else { y };
        // 12/31/2019, as a spreadsheet in English shows it: no month is the 31st.
        return Some((date(year, m, d).or_else(|| date(year, d, m))?, length));
    }
    // 19-12-31
    if let Some(([(y, 2), (m, 2), (d, 2)], length)) = parts::<3>(text, &['-']) {
        return Some((date(2000 + y, m, d)?, length));
    }
    let (digits, length) = number(text)?;
    match length {
        8 => Some((date(digits / 10_000, digits / 100 % 100, digits % 100)?, length)),
        6 => Some((date(2000 + digits / 10_000, digits / 100 % 100, digits % 100)?, length)),
        _ => None,
    }
}

/// The `12-31` of `2019-01-01--12-31`.
fn day_of(year: i32, text: &str) -> Option<(Date, usize)> {
    let ([(m, 2), (d, 2)], length) = parts::<2>(text, &['-', '/', '.'])? else { return None };
    Some((date(year, m, d)?, length))
}

/// The `1/1` of `1/1-31/12 2019`: month, day, length.
fn day_and_month(text: &str) -> Option<(u8, u8, usize)> {
    let ([(d, 1..=2), (m, 1..=2)], length) = parts::<2>(text, &['/'])? else { return None };
    let date = date(2000, m, d)?;
    Some((date.month, date.day, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_real_headings() {
        let cases = [
            ("2019-01-01 -2019-12-31", "2019-01-01 2019-12-31"),
            ("2019-01-01--12-31", "2019-01-01 2019-12-31"),
            ("2019-01-01 – 12-31", "2019-01-01 2019-12-31"),
            ("1/1-31/12 2019", "2019-01-01 2019-12-31"),
            ("31/12 2019", "2019-12-31"),
            ("31.12.2019", "2019-12-31"),
            ("12/31/2019", "2019-12-31"),
            ("19-12-31", "2019-12-31"),
            ("191231", "2019-12-31"),
            ("20190101-20191231", "2019-01-01 2019-12-31"),
            ("31/12  2019", "2019-12-31"),
            ("31/12-19", "2019-12-31"),
            ("31/12 - 2019", ""),
            ("1/1 2019 - 31/12 2019", "2019-01-01 2019-12-31"),
            ("2019-12-31 och 12-31", "2019-12-31"),
            ("20191331", ""),
            ("190001", ""),
            ("12345678901", ""),
            ("Budget 2020-2022", ""),
            ("2019", ""),
            ("1.1 Översikt", ""),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = take(&mut text.to_string()).iter().map(Date::to_string).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn the_other_words_of_a_heading_are_kept() {
        let cases = [
            ("Utfall 2019-12-31 tkr", "Utfall tkr"),
            ("Kronor/månad 2019", "Kronor/månad 2019"),
            ("Delår 1/1", "Delår 1/1"),
        ];
        for (text, kept) in cases {
            let mut rest = text.to_string();
            take(&mut rest);
            assert_eq!(rest, kept, "{text}");
        }
    }
}
