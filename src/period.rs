//! Time and measure of a column: which period its figures are of, and whether they are outcome, budget or plan.

use std::fmt;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// A day that exists, of the years that an account can be of (1900–2199).
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1900..2200).contains(&year) && (1..=days).contains(&day)).then_some(Date { year, month, day })
    }

    /// The day that lies so many days after 1970-01-01 (the era arithmetic of the Gregorian calendar).
    pub fn of_days(days: i64) -> Option<Date> {
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

    /// `2019-12-31`.
    pub fn iso(text: &str) -> Option<Date> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next()?.parse::<u16>().ok();
        let (year, month, day) = (part()?, part()?, part()?);
        Date::new(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Whether it is the last day of its month.
    pub fn ends_month(self) -> bool {
        Date::new(self.year, self.month, self.day + 1).is_none()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The time that a figure is of: a span (income, costs, cash flow) or its closing day (balances).
///
/// A column headed by a year or by the last day of a span means the same period as the span itself, so a
/// balance of 2019-12-31 and costs of 2019 have equal periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub year: i32,
    /// First and last month, 1–12.
    pub from: u8,
    pub to: u8,
}

impl Period {
    /// The calendar year, which is a förbund's financial year (LKBR 1 kap. 5 §).
    pub fn year(year: i32) -> Period {
        Period { year, from: 1, to: 12 }
    }

    pub fn months(year: i32, from: u8, to: u8) -> Period {
        Period { year, from: from.min(to), to: from.max(to) }
    }

    /// The period that closes on a day; a day inside a month closes nothing.
    pub fn closing(day: Date) -> Option<Period> {
        day.ends_month().then_some(Period { year: day.year, from: 1, to: day.month })
    }

    /// From the first day to the last one; both in one year.
    pub fn span(first: Date, last: Date) -> Option<Period> {
        (first.year == last.year && first <= last).then_some(Period {
            year: last.year,
            from: first.month,
            to: last.month,
        })
    }

    pub fn is_year(self) -> bool {
        (self.from, self.to) == (1, 12)
    }

    /// Whether its months are all of another period too.
    pub fn is_within(self, other: Period) -> bool {
        self.year == other.year && other.from <= self.from && self.to <= other.to
    }

    /// The year whose closing balances it begins with: half a year begins with those of the year before, not with those of
    /// its first half.
    pub fn before(self) -> Period {
        Period::year(self.year - 1)
    }

    /// The same months of another year.
    pub fn shifted(self, years: i32) -> Period {
        Period { year: self.year + years, ..self }
    }
}

/// `2019`, `2019-06` for a month, or `2019-01..2019-06` for a part of a year.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_year() {
            true => write!(f, "{}", self.year),
            false if self.from == self.to => write!(f, "{}-{:02}", self.year, self.from),
            false => write!(f, "{0}-{1:02}..{0}-{2:02}", self.year, self.from, self.to),
        }
    }
}

/// What the figures of a column are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Outcome (utfall, bokslut, redovisning).
    #[default]
    Actual,
    Budget,
    /// A later year of a budget.
    Plan,
    /// A forecast of the outcome (prognos).
    Forecast,
    /// Outcome against budget (avvikelse), in either direction.
    Variance,
    /// A share, in per cent or as a part of one, or another quotient of the columns beside it (`Kostnad per deltagare`):
    /// figures that do not add.
    Share,
}

impl Measure {
    /// Whether its figures are amounts of their own: a share is a part of others, and a variance compares them.
    pub fn is_own(self) -> bool {
        !matches!(self, Measure::Share | Measure::Variance)
    }

    pub fn code(self) -> &'static str {
        match self {
            Measure::Actual => "actual",
            Measure::Budget => "budget",
            Measure::Plan => "plan",
            Measure::Forecast => "forecast",
            Measure::Variance => "variance",
            Measure::Share => "share",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_its_span_and_its_last_day_are_one_period() {
        let day = |m, d| Date::new(2019, m, d).unwrap();
        assert_eq!(Period::closing(day(12, 31)), Some(Period::year(2019)));
        assert_eq!(Period::span(day(1, 1), day(12, 31)), Some(Period::year(2019)));
        assert_eq!(Period::closing(day(6, 30)).unwrap().to_string(), "2019-01..2019-06");
        assert_eq!(Period::closing(day(6, 29)), None);
        assert!(Date::new(2019, 2, 29).is_none() && Date::new(2020, 2, 29).is_some());
    }
}
