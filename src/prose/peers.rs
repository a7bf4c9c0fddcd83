//! Amounts of one enumeration (`staten 100 kr, regionen 50 kr och kommunerna 50 kr`): where one of them is a figure of a
//! table's column, the others are the figures of their own rows in that column.

use super::candidates;
use super::clause::Mention;
use super::linked::is_telling;
use super::rows::Rows;
use super::ties::{Found, Verdict, compare, judge};
use crate::book::{Book, Spot};
use crate::money::Closeness;
use crate::words::Likeness;

/// Ties those amounts of a text that are tied to nothing yet by the others of their sentences.
pub fn complete(book: &Book, rows: &Rows, input: usize, told: &mut [(&Mention, Option<Found>)]) {
    let mut start = 0;
    while start < told.len() {
        let length = 1 + told[start + 1..].iter().take_while(|(next, _)| !next.first).count();
        let sentence = &mut told[start..start + length];
        start += length;
        for i in (0..length).filter(|_| length > 1) {
            if sentence[i].1.is_none() && lists(sentence[i].0) {
                sentence[i].1 = by_peers(book, (rows, input), sentence[i].0, sentence);
            }
        }
    }
}

/// Whether an amount has a row or a payer of its own.
fn lists(mention: &Mention) -> bool {
    let plain = mention.is_level() && mention.plain && mention.measure.is_none() && mention.figure.unit.is_some();
    plain && (mention.payer.is_some() || !mention.named.is_empty())
}

fn by_peers(
    book: &Book,
    (rows, input): (&Rows, usize),
    mention: &Mention,
    sentence: &[(&Mention, Option<Found>)],
) -> Option<Found> {
    let alike = |peer: &Mention| {
        lists(peer) && is_telling(peer) && peer.payer.is_some() == mention.payer.is_some() && peer.when == mention.when
    };
    let mut columns = sentence.iter().filter(|(peer, _)| alike(peer)).filter_map(|(_, found)| {
        let spot = found.as_ref().filter(|found| found.verdict == Verdict::Agrees)?.spots.first()?;
        Some((spot.statement, spot.column))
    });
    let (statement, column) = columns.next().filter(|first| columns.all(|other| other == *first))?;
    let lines = match mention.payer {
        Some(payer) => candidates::paid_by(&book.statements[statement], column, payer),
        None => {
            let named = rows.named(input, &mention.named, Likeness::Same);
            named.into_iter().filter(|(row, _)| row.statement == statement).map(|(row, _)| row.line).collect()
        }
    };
    let [line] = lines[..] else { return None };
    let spot = Spot { statement, line, column };
    let value = book.interval(spot).filter(|value| !value.middle.is_zero())?;
    let said = mention.precision.interval(&mention.figure, mention.figure.unit?);
    let (coefficient, closeness, _) = compare(said, value);
    let verdict = if closeness == Closeness::Off { judge(mention, value) } else { Verdict::Agrees };
    Some(Found { spots: vec![spot], less: None, coefficient, verdict })
}
