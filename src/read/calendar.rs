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
    Date::of_days(since_1900 - 25_569)
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
    Date::iso(text.split(['T', ' ']).next()?)
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
