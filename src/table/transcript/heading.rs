//! The heading of a run-on table: years, what the columns are, unit, title.

use super::pieces::{Mark, Piece};
use crate::table::heading;
use crate::words::{self, Class};

/// What heads the columns, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Prose before the title.
    pub before: String,
    pub title: String,
    /// What stands right before the years: a unit, or nothing.
    pub corner: String,
    pub years: Vec<String>,
    /// What the columns are: one for each year, or fewer than there are years, or none.
    pub measures: Vec<String>,
    /// The first piece after the heading.
    pub end: usize,
}

impl Heading {
    /// Whether a column of note references stands before the years (`Belopp i kr Not 2019 2018`).
    pub fn says_note(&self) -> bool {
        let last = [&self.corner, &self.title].into_iter().find_map(|text| text.split_whitespace().next_back());
        last.is_some_and(|word| words::lookup(Class::Note, word).is_some())
    }
}

/// A title is no longer than this.
const TITLE_WORDS: usize = 16;

/// The headings that a line may hold: wherever two or more years stand in a row.
pub fn headings<'a>(line: &'a str, pieces: &'a [Piece<'a>]) -> impl Iterator<Item = Heading> + 'a {
    let is_year = |piece: &Piece| piece.mark == Mark::Digits && piece.whole && heading::year(piece.text).is_some();
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < pieces.len() {
            let first = from + pieces[from..].iter().position(is_year)?;
            let years = pieces[first..].iter().take_while(|piece| is_year(piece)).count();
            from = first + years;
            if years >= 2 {
                return Some(read(line, pieces, first, years));
            }
        }
        None
    })
}

fn read(line: &str, pieces: &[Piece<'_>], first: usize, years: usize) -> Heading {
    let (measures, end) = measures(pieces, first + years, years);
    let corner = (1..=3.min(first)).rev().find(|back| {
        let read = heading::read(between(line, &pieces[first - back..first]));
        read.unit.is_some() && read.rest.is_empty() && read.years.is_empty() && read.measure.is_none()
    });
    let (above, corner) = pieces[..first].split_at(first - corner.unwrap_or(0));
    let (before, title) = title(line, above);
    Heading {
        before: before.to_string(),
        title: title.to_string(),
        corner: between(line, corner).to_string(),
        years: pieces[first..first + years].iter().map(|piece| piece.text.to_string()).collect(),
        measures,
        end,
    }
}

/// The words after the years that say what the columns are (`rev. budget` is one), and where they end.
fn measures(pieces: &[Piece<'_>], from: usize, years: usize) -> (Vec<String>, usize) {
    let (mut measures, mut end) = (Vec::new(), from);
    let mut waiting: Vec<&str> = Vec::new();
    for (i, piece) in pieces.iter().enumerate().skip(from) {
        let read = heading::read(piece.text);
        let plain = piece.mark == Mark::Word && read.rest.is_empty() && read.years.is_empty() && read.unit.is_none();
        if !plain || measures.len() == years {
            break;
        }
        waiting.push(piece.text);
        if read.measure.is_some() {
            measures.push(waiting.join(" "));
            waiting.clear();
            end = i + 1;
        }
    }
    // A single word over many columns is more likely the first label.
    if measures.len() < 2 { (Vec::new(), from) } else { (measures, end) }
}

/// The title above the years and the prose before it.
fn title<'a>(line: &'a str, above: &[Piece<'_>]) -> (&'a str, &'a str) {
    if above.len() <= TITLE_WORDS {
        return ("", between(line, above));
    }
    let sentence = above.iter().rposition(|piece| piece.text.ends_with(['.', '!', '?']));
    match sentence.map(|at| above.split_at(at + 1)) {
        Some((before, title)) if title.len() <= TITLE_WORDS => (between(line, before), between(line, title)),
        _ => (between(line, above), ""),
    }
}

/// The line from the first of some pieces to the last.
pub fn between<'a>(line: &'a str, pieces: &[Piece<'_>]) -> &'a str {
    match pieces {
        [first, .., last] => &line[first.start..last.end()],
        [only] => &line[only.start..only.end()],
        [] => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    fn shown(line: &str) -> String {
        let pieces = pieces(line);
        let found: Vec<String> = headings(line, &pieces)
            .map(|h| {
                let rest = between(line, &pieces[h.end..]);
                format!("{}|{}|{}|{}|{rest}", h.title, h.corner, h.years.join(" "), h.measures.join(", "))
            })
            .collect();
        found.join("\n")
    }

    #[test]
    fn years_and_what_they_are() {
        assert_eq!(
            shown("Bilaga: Budget 2017, plan 2018-2019 Tkr 2015 2016 2016 Utfall Budget rev. budget Intäkter"),
            "Bilaga: Budget 2017, plan 2018-2019|Tkr|2015 2016 2016|Utfall, Budget, rev. budget|Intäkter"
        );
        assert_eq!(
            shown("Belopp i tkr 2015 2016 2017 Budget rev.budget Kostnader"),
            "|Belopp i tkr|2015 2016 2017|Budget, rev.budget|Kostnader"
        );
        assert_eq!(shown("2020 2019 Resultat före 12 13"), "||2020 2019||Resultat före 12 13");
        assert_eq!(shown("Under 2019 blev det 2020"), "");
    }
}
