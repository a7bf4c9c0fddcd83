//! Days and times as spreadsheets count them.
#![expect(clippy::disallowed_types, reason = "a moment is stored as a binary float of days")]

use crate::period::Date;

/// Which day the workbook counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    #[default]
    Year1900,
    Year1904,
}

/// The day of a serial number; `None` outside the years that an account can be of.
pub(super) fn day(serial: f64, epoch: Epoch) -> Option<Date> {
    if !(0.0..200_000.0).contains(&serial) {
        return None;
    }
    let days = serial as i64;
    let since_1900 = match epoch {
        Epoch::Year1904 => days + 1462,
        // The day after 28 February 1900 is 29 February there, which never was.
        Epoch::Year1900 if days < 60 => days + 1,
        Epoch::Year1900 => days,
    };
    civil(since_1900 - 25_569)
}

/// The day that lies so many days after 1970-01-01 (the era arithmetic of the Gregorian calendar).
fn civil(days: i64) -> Option<Date> {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(year as i32, month as u8, day as u8)
}

/// `8:30`, `36:15:20`: a time of day or a duration as text. Days are hours of it only where they are to be shown so.
pub(super) fn clock(serial: f64, elapsed: bool) -> String {
    let seconds = (serial * 86_400.0).round() as i64;
    let shown = if elapsed { seconds.abs() } else { seconds.rem_euclid(86_400) };
    let sign = if elapsed && seconds < 0 { "-" } else { "" };
    let (hours, minutes, rest) = (shown / 3600, shown / 60 % 60, shown % 60);
    match rest {
        0 => format!("{sign}{hours}:{minutes:02}"),
        _ => format!("{sign}{hours}:{minutes:02}:{rest:02}"),
    }
}

/// `2019-12-31`, with or without a time after it.
pub(super) fn iso(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next()?;
    let mut parts = day.splitn(3, '-');
    let mut part = || parts.next()?.parse::<u16>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    Date::new(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_epochs_give_the_days_that_spreadsheets_show() {
        let shown = |serial, epoch| day(serial, epoch).map(|date| date.to_string());
        assert_eq!(shown(43830.0, Epoch::Year1900).as_deref(), Some("2019-12-31"));
        assert_eq!(shown(43830.75, Epoch::Year1900).as_deref(), Some("2019-12-31"));
        assert_eq!(shown(1.0, Epoch::Year1900).as_deref(), Some("1900-01-01"));
        assert_eq!(shown(59.0, Epoch::Year1900).as_deref(), Some("1900-02-28"));
        assert_eq!(shown(61.0, Epoch::Year1900).as_deref(), Some("1900-03-01"));
        assert_eq!(shown(42368.0, Epoch::Year1904).as_deref(), Some("2019-12-31"));
        assert_eq!(shown(0.0, Epoch::Year1904).as_deref(), Some("1904-01-01"));
        assert_eq!((shown(-1.0, Epoch::Year1900), shown(f64::NAN, Epoch::Year1900)), (None, None));
    }

    #[test]
    fn times_are_text() {
        assert_eq!((clock(0.5, false).as_str(), clock(1.5, true).as_str()), ("12:00", "36:00"));
        assert_eq!(clock(0.354_178_240_740_740_8, false), "8:30:01");
    }

    #[test]
    fn iso_days() {
        assert_eq!(iso("2019-12-31T00:00:00").map(|d| d.to_string()).as_deref(), Some("2019-12-31"));
        assert_eq!((iso("2019-12"), iso("PT8H"), iso("2019-13-01")), (None, None, None));
    }
}
