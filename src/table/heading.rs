//! What the words of a column heading say: period, measure, unit, entity.

use super::dates;
use crate::money::Unit;
use crate::period::{Date, Measure, Period};
use crate::words::{self, Class};

/// What was read from a heading's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    pub period: Option<Period>,
    /// The only month that it names: of it alone, or of the year until then, as the columns beside it tell.
    pub month: Option<u8>,
    /// All the years that it names, in order (`Budget 2020, plan 2021-2022`).
    pub years: Vec<i32>,
    pub measure: Option<Measure>,
    pub unit: Option<Unit>,
    pub prior: bool,
    /// It is of the year that the table is about (`Innevarande år`, `Utgående balans`).
    pub current: bool,
    /// It is of the balances that the year began with (`IB`, `Ingående balans`): those of the year before.
    pub opening: bool,
    /// It is of all the year (`Helår`), as beside columns of its quarters.
    pub whole: bool,
    /// It heads a column of note references.
    pub note: bool,
    /// The words that say nothing of the above.
    pub rest: String,
}

impl Heading {
    /// What a word says of the place of the period among the years.
    fn place(&mut self, name: &str) {
        self.opening |= name == "opening";
        self.prior |= matches!(name, "earlier" | "opening");
        self.current |= name == "present";
        self.whole |= name == "whole";
    }

    /// Whether it says anything that a heading of figures says.
    pub fn speaks(&self) -> bool {
        self.period.is_some() || self.measure.is_some() || self.prior || self.current
    }
}

/// Reads a heading; several levels may be joined with spaces.
pub fn read(text: &str) -> Heading {
    let mut heading = Heading::default();
    let mut text = text.to_string();
    // `200803` by itself is a month: a column is seldom headed by one of the first days of a month.
    let is_month = text.len() == 6 && text.parse().is_ok_and(|digits| year_and_month(digits).is_some());
    let dates = if is_month { Vec::new() } else { dates::take(&mut text) };
    heading.years.extend(dates.iter().map(|date| date.year));
    let folded = words::folded(&text);
    let mut months = Vec::new();
    let mut years = Vec::new();
    let mut rest = Vec::new();
    let tokens: Vec<&str> = folded.split(' ').filter(|token| !token.is_empty()).collect();
    let (mut i, mut start) = (0, 0);
    while i < tokens.len() {
        let pair = tokens.get(i + 1).map(|next| &folded[start..][..tokens[i].len() + 1 + next.len()]);
        if let Some((pair, name)) = pair.and_then(|pair| Some((pair, words::name(Class::Filler, pair)?))) {
            heading.place(name);
            rest.extend((name == "body").then_some(pair));
            (i, start) = (i + 2, start + pair.len() + 1);
            continue;
        }
        if let Some(unit) = pair.and_then(Unit::written) {
            heading.unit = Some(unit);
            (i, start) = (i + 2, start + pair.map_or(0, str::len) + 1);
            continue;
        }
        // The 31 of "31 december".
        let is_day = tokens[i].parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
        if !(is_day && tokens.get(i + 1).is_some_and(|next| words::name(Class::Month, next).is_some())) {
            token(tokens[i], &mut heading, &mut months, &mut years, &mut rest);
        }
        (i, start) = (i + 1, start + tokens[i].len() + 1);
    }
    if (heading.measure.is_some() || months.len() == 1) && years.is_empty() && dates.is_empty() {
        years.extend(take_short_year(&mut rest));
    }
    if let ([year], None) = (&years[..], months.first()) {
        months.extend(take_numbered_month(*year, &mut rest));
    }
    heading.years.extend(&years);
    heading.month = match (&dates[..], &months[..]) {
        // A month that is stored as its first day.
        ([day], []) if day.day == 1 => Some(day.month),
        ([], [month]) => Some(*month),
        _ => None,
    };
    heading.period = match (&dates[..], heading.opening) {
        ([day], true) if (day.month, day.day) == (1, 1) => Some(Period::year(day.year - 1)),
        ([], true) => period(&[], &months, &years).map(|period| period.shifted(-1)),
        _ => period(&dates, &months, &years),
    };
    heading.rest = rest.join(" ");
    heading
}

/// What a title says that its years are: `Budget 2020, plan 2021–2022`.
pub fn measured_years(title: &str) -> Vec<(i32, Measure)> {
    let folded = words::folded(title);
    let mut last = None;
    let mut years = Vec::new();
    for token in folded.split(' ') {
        last = measure(token).or(last);
        years.extend(last.zip(year(token)).map(|(measure, year)| (year, measure)));
    }
    years
}

/// The 19 of "Utfall -19": there are accounts of samordningsförbund since 2004 (law 2003:1210).
fn take_short_year(rest: &mut Vec<&str>) -> Option<i32> {
    let year = |token: &&str| token.parse::<i32>().ok().filter(|year| token.len() == 2 && (4..60).contains(year));
    let at = rest.iter().position(|token| year(token).is_some()).filter(|_| rest.len() == 1)?;
    Some(2000 + year(&rest.remove(at))?)
}

/// The 03 of `2021-03`; the 12 of `2010-12` may be a year.
fn take_numbered_month(year: i32, rest: &mut Vec<&str>) -> Option<u8> {
    let [only] = rest[..] else { return None };
    let is_year = |month: &u8| !only.starts_with('0') && i32::from(*month) > year % 100;
    let month = only.parse().ok().filter(|month| only.len() == 2 && (1..=12).contains(month) && !is_year(month))?;
    rest.clear();
    Some(month)
}

/// The year and month of `202103`.
pub fn year_and_month(digits: i64) -> Option<(i32, u8)> {
    let month = u8::try_from(digits % 100).ok().filter(|month| (1..=12).contains(month))?;
    let year = i32::try_from(digits / 100).ok().filter(|year| (1980..2100).contains(year))?;
    Some((year, month))
}

/// Whether a text declares a unit and nothing else: `Samtliga belopp i tkr`.
pub fn says_unit_only(text: &str) -> bool {
    let read = read(text);
    read.unit.is_some() && read.rest.is_empty() && !read.speaks()
}

/// The unit that a heading or a title declares: `Belopp i tkr`, `Resultaträkning (mkr)`; `kr` alone counts too.
pub fn declared_unit(text: &str) -> Option<Unit> {
    if text.chars().count() > 90 {
        return None;
    }
    let folded = words::folded(text);
    let tokens: Vec<&str> = folded.split(' ').collect();
    // "125 tkr lägre än budget" is an amount; `2020-12-31 (tkr)` is a day.
    let number = |at: usize| tokens[at].bytes().all(|b| b.is_ascii_digit());
    let ends_day = |at: usize| at > 1 && number(at - 1) && year(tokens[at - 2]).is_some();
    let counted = |at: usize| at > 0 && number(at - 1) && year(tokens[at - 1]).is_none() && !ends_day(at - 1);
    let starts: Vec<usize> = [0].into_iter().chain(folded.match_indices(' ').map(|(space, _)| space + 1)).collect();
    let of = |width: usize| {
        let ends = tokens.iter().enumerate().skip(width - 1).map(|(last, word)| starts[last] + word.len());
        let wordings = starts.iter().zip(ends).map(|(start, end)| &folded[*start..end]);
        wordings.enumerate().filter(|(at, _)| !counted(*at)).map(|(_, words)| words)
    };
    of(3).chain(of(2)).chain(of(1)).find_map(Unit::written)
}

fn token<'a>(
    token: &'a str,
    heading: &mut Heading,
    months: &mut Vec<u8>,
    years: &mut Vec<i32>,
    rest: &mut Vec<&'a str>,
) {
    let six = || token.parse().ok().filter(|_| token.len() == 6).and_then(year_and_month);
    if let Some(year) = year(token) {
        years.push(year);
    } else if let Some((year, month)) = six() {
        years.push(year);
        months.push(month);
    } else if let Some(measure) = measure(token) {
        // "Avvikelse utfall – budget" is a variance, whatever it is between, and "Andel av budget" a share.
        let share = words::name(Class::Measure, token) == Some("share");
        if share || !matches!(heading.measure, Some(Measure::Variance | Measure::Share)) {
            heading.measure = Some(measure);
        }
    } else if let Some(month) = words::name(Class::Month, token).and_then(|month| month.parse().ok()) {
        months.push(month);
    } else if let Some(unit) = Unit::written(token) {
        heading.unit = Some(unit);
    } else if words::name(Class::Note, token).is_some() {
        heading.note = true;
    } else if let Some(name) = words::name(Class::Filler, token) {
        heading.place(name);
    } else {
        rest.push(token);
    }
}

fn measure(token: &str) -> Option<Measure> {
    Some(match words::name(Class::Measure, token)? {
        "actual" => Measure::Actual,
        "budget" => Measure::Budget,
        "plan" => Measure::Plan,
        "forecast" => Measure::Forecast,
        "variance" => Measure::Variance,
        _ => Measure::Share,
    })
}

/// A year of four digits that an account can be of.
pub fn year(token: &str) -> Option<i32> {
    let digits = token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit());
    token.parse().ok().filter(|year| digits && (1980..2100).contains(year))
}

fn period(dates: &[Date], months: &[u8], years: &[i32]) -> Option<Period> {
    match dates {
        [first, .., last] => return Period::span(*first, *last),
        [day] => return Period::closing(*day),
        [] => {}
    }
    // `Budget 2024 (tkr) 2024` says it twice.
    let &[year, ref others @ ..] = years else { return None };
    if others.iter().any(|other| *other != year) {
        return None;
    }
    match months {
        [] => Some(Period::year(year)),
        [only] => Some(Period::months(year, 1, *only)),
        [first, .., last] => Some(Period::months(year, *first, *last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let h = read(text);
        let period = h.period.map(|p| p.to_string()).unwrap_or_default();
        let measure = h.measure.map(Measure::code).unwrap_or_default();
        let unit = h.unit.map(Unit::code).unwrap_or_default();
        let prior = if h.prior { "prior" } else { "" };
        format!("{period}|{measure}|{unit}|{prior}|{}", h.rest)
    }

    #[test]
    fn a_title_says_what_its_years_are() {
        use Measure::{Budget, Plan};
        let expected = vec![(2020, Budget), (2021, Plan), (2022, Plan)];
        assert_eq!(measured_years("Bilaga: Budget 2020, plan 2021-2022"), expected);
        assert_eq!(measured_years("Resultaträkning 2020"), Vec::new());
    }

    #[test]
    fn a_unit_may_be_all_that_a_text_says() {
        let texts = ["Samtliga belopp i tkr", "(mkr)", "Belopp i tkr 2020", "Intäkter i tkr", "Budget tkr"];
        assert_eq!(texts.map(says_unit_only), [true, true, false, false, false]);
    }

    #[test]
    fn a_title_declares_its_unit() {
        let unit = |text: &str| declared_unit(text).map(Unit::code);
        assert_eq!(unit("Balansräkning 2020-12-31 (tkr)"), Some("tkr"));
        assert_eq!(unit("Resultaträkning 2020 mkr"), Some("mkr"));
        assert_eq!(unit("125 tkr lägre än budget"), None);
    }

    #[test]
    fn headings_of_real_tables_are_understood() {
        let cases = [
            ("2019-01-01 -2019-12-31", "2019||||"),
            ("2019-12-31", "2019||||"),
            ("200803", "2008-01..2008-03||||"),
            ("200101-201231", "2020||||"),
            ("Utfall jan-dec 2019", "2019|actual|||"),
            ("Aktuell budget jan-dec 2019", "2019|budget|||"),
            ("Avvikelse utfall – budget", "|variance|||"),
            ("Bokslut helår 2018", "2018|actual|||"),
            ("2024 Års budget", "2024|budget|||"),
            ("Pyramis 2020", "2020||||pyramis"),
            ("SOF Södra Norrbotten 2021", "2021||||sof södra norrbotten"),
            ("Belopp i kr.", "||kr||"),
            ("Belopp tkr", "||tkr||"),
            ("Föregående år", "|||prior|"),
            ("31/12 2019", "2019||||"),
            ("Plan 2021", "2021|plan|||"),
            ("jan-jun 2019", "2019-01..2019-06||||"),
            ("Helårsprognos 2020", "2020|forecast|||"),
            ("Kvinna", "||||kvinna"),
            ("2021-03", "2021-01..2021-03||||"),
            ("202103", "2021-01..2021-03||||"),
            ("2003-04", "2003-01..2003-04||||"),
            ("2010-10", "2010-01..2010-10||||"),
            ("2010-13", "2010||||13"),
            ("2021-3", "2021||||3"),
            ("Plan 2010-12", "2010|plan|||12"),
            ("jun-24", "2024-01..2024-06||||"),
            ("31 december 2019", "2019||||"),
            ("Ingående balans 2019", "2018|||prior|"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
