//! The figures at the end of a line whose cells run together.

use crate::table::transcript::figures::Group;
use crate::table::transcript::pieces::is_dash;
use crate::written::{self, DecimalSign, Written};

/// A group of digits, and where it stands in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub start: usize,
    pub end: usize,
    pub group: Group,
}

/// So many digits has the mark of a footnote at most; the end of a figure in parentheses has three.
const MOST_MARK: usize = 2;

/// The groups that a line ends with; a dash is one that means nothing.
pub fn items(line: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut end = line.len();
    // A `%` by itself belongs to the figure before it.
    let mut percent: Option<usize> = None;
    while let Some(token) = line[..end].trim_end_matches(is_space).rsplit(is_space).next().filter(|t| !t.is_empty()) {
        let start = token.as_ptr() as usize - line.as_ptr() as usize;
        let goes_on = items.last().is_some_and(|item| item.group.goes_on());
        match read(token) {
            _ if token == "%" => percent = percent.or(Some(start + 1)),
            Some(group) => {
                let group = if percent.is_some() { group.percent() } else { group };
                items.push(Item { start, end: percent.take().unwrap_or(start + token.len()), group });
            }
            None => match parted(token, goes_on) {
                Some((at, first, second)) => {
                    items.push(Item { start: start + at, end: start + token.len(), group: second });
                    items.push(Item { start, end: start + at, group: first });
                }
                None => break,
            },
        }
        end = start;
    }
    items.reverse();
    items
}

/// Spaces between cells; those of other kinds hold the thousands of one figure together.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Two groups that only a minus parts (`5 390-10 487`), and where the second begins.
fn parted(token: &str, goes_on: bool) -> Option<(usize, Group, Group)> {
    let at = token.rfind(is_dash).filter(|at| *at > 0)?;
    let (first, second) = token.split_at(at);
    let is_digits = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    let thousands = first.trim_start_matches(is_dash).len() == 3 || goes_on;
    let digits = is_digits(first.trim_start_matches(is_dash)) && is_digits(second.trim_start_matches(is_dash));
    (digits && thousands).then_some((at, Group::read(first)?, Group::read(second)?))
}

/// A token as a group of digits, if it is one.
pub fn read(token: &str) -> Option<Group> {
    if token.chars().all(is_dash) {
        return (token.chars().count() <= 2).then(Group::dash);
    }
    // `2, 3 –11 200`: a line that refers to two notes.
    if token.ends_with(',') || !token.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let opened = token.strip_prefix('(');
    let body = opened.unwrap_or(token);
    let bare = body.trim_end_matches([')', '%']);
    let bare = bare.strip_suffix(is_dash).unwrap_or(bare);
    // `Redovisningstjänster 2)`: the mark of a footnote is the label's.
    if opened.is_none() && body.ends_with(')') && bare.len() <= MOST_MARK {
        return None;
    }
    let plain = bare.trim_start_matches(is_dash).chars().all(|c| c.is_ascii_digit() || c == ',');
    let ends = bare.len() != body.len();
    if !plain {
        // `1 234 567` with spaces that hold it together, `1.234.567`: a figure by itself.
        let Written::Figure(figure) = written::read_written(token, DecimalSign::Comma) else { return None };
        let group = Group::read(&figure.amount.value.to_string())?;
        return Some(group.closed());
    }
    let group = Group::read(bare)?;
    let group = if opened.is_some() { group.negative() } else { group };
    Some(match ends {
        true if body.ends_with(is_dash) => group.signed(),
        true if body.ends_with('%') => group.percent(),
        true => group.closed(),
        false => group,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_with_groups_of_digits() {
        let shown = |line: &str| {
            let groups: Vec<String> = items(line).iter().map(|item| item.group.shown()).collect();
            groups.join(" ")
        };
        assert_eq!(shown("Verksamhetens intäkter 1 7 666 358 -7 332 000"), "1 7 666 358 -7 332 000");
        assert_eq!(shown("Verksamhetens kostnader2, 3-11 200-10 487-10 021"), "3 -11 200 -10 487 -10 021");
        assert_eq!(shown("Kostnader 2, 3 – 11 200"), "3 0 11 200", "the list of notes is the label's");
        assert_eq!(shown("Steget Vidare 534 199 4 199-"), "534 199 4 -199");
        assert_eq!(shown("Perioden 2019-2020"), "");
        assert_eq!(shown("Skattesats (%)"), "");
        assert_eq!(shown("Redovisningstjänster 2) 489 000 569 000"), "489 000 569 000");
        assert_eq!(shown("Avskrivningar (1 200) (12)"), "-1 200 -12");
        assert_eq!(shown("Soliditet 86 % 79 %"), "86 79");
        assert_eq!(shown("Insatser för unga 16–29 år"), "");
        assert_eq!(shown("Lån - 12\u{a0}345 (1 200)"), "0 12345 -1 200");
    }
}
