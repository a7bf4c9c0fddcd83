//! A line as words and groups of digits.

/// What stands between two spaces, or between two figures that a minus alone parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    pub text: &'a str,
    /// Where it begins in the line.
    pub start: usize,
    pub mark: Mark,
    /// Nothing is glued to it.
    pub whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Word,
    /// A dash by itself: it opens a line of a list.
    Dash,
    /// A footnote star by itself: it stands where a figure could.
    Star,
    /// Digits, with a minus before them or not.
    Digits,
}

impl Piece<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// A word that goes on with what stands before it: it begins with a small letter, or is a sign as `%`.
    pub fn goes_on(&self) -> bool {
        self.mark == Mark::Word && self.text.starts_with(|c: char| c.is_lowercase() || matches!(c, '%' | '+' | ')'))
    }
}

/// The pieces of a line; `1 747-1 380` is `1`, `747`, `-1`, `380`.
pub fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for text in line.split_whitespace() {
        let start = text.as_ptr() as usize - line.as_ptr() as usize;
        let mark = match text {
            _ if text.chars().all(is_dash) => Mark::Dash,
            _ if text.chars().all(|c| c == '*') => Mark::Star,
            _ => Mark::Word,
        };
        match (mark, digits(text)) {
            (Mark::Word, Some(groups)) => {
                let whole = groups.len() == 1;
                pieces.extend(groups.into_iter().map(|(from, to)| Piece {
                    text: &text[from..to],
                    start: start + from,
                    mark: Mark::Digits,
                    whole,
                }));
            }
            _ => pieces.push(Piece { text, start, mark, whole: true }),
        }
    }
    pieces
}

pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2212}')
}

/// Where the figures of a text begin and end, if it is nothing but figures parted by minuses, and no date.
fn digits(text: &str) -> Option<Vec<(usize, usize)>> {
    let mut groups = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let from = text.len() - rest.len();
        let unsigned = rest.strip_prefix(is_dash).unwrap_or(rest);
        let whole = unsigned.trim_start_matches(|c: char| c.is_ascii_digit());
        if whole.len() == unsigned.len() {
            return None;
        }
        rest = match whole.strip_prefix([',', '.']) {
            Some(fraction) if fraction.starts_with(|c: char| c.is_ascii_digit()) => {
                fraction.trim_start_matches(|c: char| c.is_ascii_digit())
            }
            _ => whole,
        };
        if !(rest.is_empty() || rest.starts_with(is_dash)) {
            return None;
        }
        groups.push((from, text.len() - rest.len()));
    }
    let lengths: Vec<usize> = groups.iter().map(|(from, to)| to - from).collect();
    let date = matches!(lengths[..], [4, 3, 3]);
    (!date).then_some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minuses_part_figures_that_are_glued() {
        let texts = |line| pieces(line).iter().map(|piece| piece.text).collect::<Vec<_>>();
        assert_eq!(texts("poster 1 747-1 380-2 120"), ["poster", "1", "747", "-1", "380", "-2", "120"]);
        assert_eq!(texts("unga 16-29 år"), ["unga", "16", "-29", "år"]);
        assert_eq!(texts("2016-10-28 30+ 1 258,5"), ["2016-10-28", "30+", "1", "258,5"]);
    }
}
