//! Which groups of digits are one figure: a space parts thousands, and it parts figures.

use super::pieces::is_dash;
use crate::table::heading;

/// A group of digits between two spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub minus: bool,
    digits: String,
    /// The decimals, where it has some, with their sign.
    fraction: String,
    /// It is a figure by itself: nothing after it belongs to it.
    closed: bool,
    /// It is the end of a figure whose minus stands after it (`4 199-`).
    signed: bool,
    /// It is written with a `%`.
    percent: bool,
    /// A dash by itself, in a table that may write its minuses so (`– 423 231`): nothing, or the sign of what follows.
    dash: bool,
}

/// One figure: the groups that it is made of, and its value in steps of the table's last decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub from: usize,
    pub to: usize,
    pub value: i64,
}

impl Group {
    /// Whether it is written as a year is.
    pub fn is_year(&self) -> bool {
        heading::year(&self.shown()).is_some()
    }

    pub fn read(text: &str) -> Option<Group> {
        let unsigned = text.strip_prefix(is_dash).unwrap_or(text);
        let at = unsigned.find([',', '.']).unwrap_or(unsigned.len());
        let (digits, fraction) = unsigned.split_at(at);
        (digits.len() + fraction.len() <= 15).then(|| Group {
            minus: unsigned.len() != text.len(),
            digits: digits.to_string(),
            fraction: fraction.to_string(),
            closed: false,
            signed: false,
            percent: false,
            dash: false,
        })
    }

    /// A dash: no figure, which is nothing.
    pub fn nothing() -> Group {
        Group {
            minus: false,
            digits: "0".to_string(),
            fraction: String::new(),
            closed: true,
            signed: false,
            percent: false,
            dash: false,
        }
    }

    /// A dash that means nothing, or is the sign of the figure after it.
    pub fn dash() -> Group {
        Group { dash: true, ..Group::nothing() }
    }

    pub fn is_dash(&self) -> bool {
        self.dash
    }

    /// A dash as what it is in a table that glues its minuses to their figures.
    pub fn settled(self) -> Group {
        Group { dash: false, ..self }
    }

    /// One figure of several groups, to which nothing more belongs.
    pub fn whole(groups: &[Group]) -> Option<Group> {
        let (first, last) = (groups.first()?, groups.last()?);
        let digits: String =
            groups[usize::from(first.dash && groups.len() > 1)..].iter().map(|g| g.digits.as_str()).collect();
        let minus = first.minus || first.dash && groups.len() > 1;
        Some(Group {
            minus,
            digits,
            fraction: last.fraction.clone(),
            closed: true,
            signed: last.signed,
            percent: last.percent,
            dash: false,
        })
    }

    /// The same as the end of a figure.
    pub fn closed(self) -> Group {
        Group { closed: true, ..self }
    }

    /// The same with a `%` after it.
    pub fn percent(self) -> Group {
        Group { closed: true, percent: true, ..self }
    }

    pub fn is_percent(&self) -> bool {
        self.percent
    }

    /// Whether it has decimals, or is nothing, which is written without.
    pub fn may_have_decimals(&self) -> bool {
        self.decimals() > 0 || self.dash || self.digits == "0"
    }

    /// The same with a minus after it.
    pub fn signed(self) -> Group {
        Group { closed: true, signed: true, ..self }
    }

    pub fn negative(self) -> Group {
        Group { minus: true, ..self }
    }

    pub fn shown(&self) -> String {
        let sign = if self.minus || self.signed { "-" } else { "" };
        format!("{sign}{}{}", self.digits, self.fraction)
    }

    /// The number, if it may be that of a note.
    pub fn note_number(&self) -> Option<u32> {
        let plain = !self.minus && !self.signed && !self.dash && self.fraction.is_empty() && self.digits.len() <= 2;
        self.digits.parse().ok().filter(|_| plain)
    }

    pub fn decimals(&self) -> usize {
        self.fraction.len().saturating_sub(1)
    }

    /// Whether a figure can begin with it: `052` cannot.
    fn starts(&self) -> bool {
        self.digits.len() == 1 || !self.digits.starts_with('0')
    }

    /// Whether it can stand after the first group of a figure.
    pub fn goes_on(&self) -> bool {
        !self.minus && self.digits.len() == 3
    }

    fn can_go_on(&self, first: bool) -> bool {
        self.fraction.is_empty()
            && !self.closed
            && (!first || (self.digits.len() <= 3 && !self.digits.starts_with('0')))
    }
}

/// Whether the group after `at` can belong to the figure whose digits begin at `first`.
fn joins(groups: &[Group], first: usize, at: usize) -> bool {
    groups[at].can_go_on(at == first) && groups.get(at + 1).is_some_and(Group::goes_on)
}

/// Where the digits begin of a figure whose sign may stand apart; none where no digits follow.
fn after_sign(groups: &[Group], from: usize) -> Option<usize> {
    let signed = groups.get(from + 1).is_some_and(|next| !next.minus && !next.dash && next.starts());
    (groups[from].dash && signed).then_some(from + 1)
}

pub fn starts(groups: &[Group]) -> bool {
    groups.first().is_some_and(Group::starts)
}

/// The fewest figures that the groups can be.
pub fn fewest(groups: &[Group]) -> usize {
    let (mut figures, mut first) = (0, 0);
    while first < groups.len() {
        let digits = after_sign(groups, first).unwrap_or(first);
        let mut at = digits;
        while joins(groups, digits, at) {
            at += 1;
        }
        figures += 1;
        first = at + 1;
    }
    figures
}

/// Whether the groups can be just so many figures.
pub fn could_be(groups: &[Group], figures: usize) -> bool {
    let forced = groups.iter().filter(|group| !group.starts()).count();
    fewest(groups) <= figures && figures <= groups.len() - forced.min(groups.len())
}

/// Every way in which the groups are at most so many figures, none larger than `bound`; `None` where there are more
/// ways than anyone could weigh.
pub fn readings(groups: &[Group], most: usize, decimals: usize, bound: i64) -> Option<Vec<Vec<Figure>>> {
    const MOST_READINGS: usize = 4_096;
    let mut readings = vec![Vec::new()];
    let mut done = Vec::new();
    while let Some(reading) = readings.pop() {
        let from = reading.last().map_or(0, |figure: &Figure| figure.to);
        if from == groups.len() {
            done.push(reading);
            if done.len() > MOST_READINGS {
                return None;
            }
            continue;
        }
        if reading.len() + fewest(&groups[from..]) > most || !groups[from].starts() {
            continue;
        }
        for digits in [Some(from), after_sign(groups, from)].into_iter().flatten() {
            let mut at = digits;
            // More groups make a larger figure.
            while let Some(value) = value(&groups[digits..=at], decimals).filter(|value| value.abs() <= bound) {
                let value = if digits > from { -value } else { value };
                readings.push([&reading[..], &[Figure { from, to: at + 1, value }]].concat());
                if !joins(groups, digits, at) {
                    break;
                }
                at += 1;
            }
        }
    }
    Some(done)
}

fn value(groups: &[Group], decimals: usize) -> Option<i64> {
    let mut digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let last = groups.last()?;
    digits.extend(last.fraction.chars().skip(1));
    digits.extend(std::iter::repeat_n('0', decimals - last.decimals().min(decimals)));
    let value: i64 = digits.parse().ok()?;
    Some(if groups[0].minus != last.signed { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<Group> {
        text.split(' ').filter_map(Group::read).collect()
    }

    fn values(text: &str, most: usize) -> Vec<Vec<i64>> {
        let groups = groups(text);
        let mut values: Vec<Vec<i64>> = readings(&groups, most, 0, i64::MAX)
            .unwrap_or_default()
            .iter()
            .map(|reading| reading.iter().map(|figure| figure.value).collect())
            .collect();
        values.sort();
        values
    }

    #[test]
    fn spaces_part_thousands_and_figures() {
        assert_eq!(values("3 052 3 066", 2), [[3052, 3066]]);
        assert_eq!(values("1 747 -1 380 1 12", 4), [[1747, -1380, 1, 12]]);
        assert_eq!(values("0 1 504 400", 3), [vec![0, 1, 504_400], vec![0, 1504, 400], vec![0, 1_504_400]]);
        assert_eq!(values("1680 1 693", 2), [[1680, 1693]]);
        assert_eq!(values("052 1", 2), Vec::<Vec<i64>>::new());
    }

    #[test]
    fn a_minus_may_stand_after_its_figure() {
        let groups = [groups("534 199 4"), vec![Group::read("199").unwrap().signed()]].concat();
        let read = readings(&groups, 2, 0, i64::MAX).unwrap();
        assert_eq!(read[0].iter().map(|figure| figure.value).collect::<Vec<_>>(), [534_199, -4_199]);
    }

    #[test]
    fn a_row_is_full_or_not() {
        let full = |text: &str, columns| could_be(&groups(text), columns);
        assert!(full("3 052 3 066", 2) && !full("3 052 3 066", 1) && !full("13 10 10", 4));
        assert_eq!((fewest(&groups("1 747 -2 120")), fewest(&groups("97 98 6 201"))), (2, 3));
        assert_eq!(readings(&groups("1 258,5 12"), 2, 1, i64::MAX).unwrap()[0][0].value, 12_585);
    }
}
