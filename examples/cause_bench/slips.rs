//! Slips put into a book, one of every kind.

use crate::book::{Book, Dice};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sign,
    Transposed,
    Replaced,
    Added,
    Omitted,
    Scaled,
    SwappedYears,
    SwappedLines,
    WrongRow,
    LeftOut,
    CountedTwice,
    Stale,
    Arbitrary,
}

pub const KINDS: [Kind; 13] = [
    Kind::Sign,
    Kind::Transposed,
    Kind::Replaced,
    Kind::Added,
    Kind::Omitted,
    Kind::Scaled,
    Kind::SwappedYears,
    Kind::SwappedLines,
    Kind::WrongRow,
    Kind::LeftOut,
    Kind::CountedTwice,
    Kind::Stale,
    Kind::Arbitrary,
];

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Sign => "sign-flipped",
            Kind::Transposed => "digits-transposed",
            Kind::Replaced => "digit-replaced",
            Kind::Added => "digit-added",
            Kind::Omitted => "digit-omitted",
            Kind::Scaled => "scaled",
            Kind::SwappedYears => "swapped-cells (years)",
            Kind::SwappedLines => "swapped-cells (lines)",
            Kind::WrongRow => "wrong-row",
            Kind::LeftOut => "row-left-out",
            Kind::CountedTwice => "row-counted-twice",
            Kind::Stale => "stale-value",
            Kind::Arbitrary => "arbitrary",
        }
    }
}

/// Puts a slip into some cell, tied to another table or not; gives the cells that it changed.
pub fn inject(book: &mut Book, dice: &mut Dice, kind: Kind, tied: bool) -> Option<Vec<usize>> {
    for _ in 0..60 {
        let cell = dice.below(book.cells.len());
        let value = book.cells[cell].value;
        let reaches = book.sums.iter().any(|(result, terms)| {
            let inside = std::iter::once(*result).chain(terms.iter().map(|term| term.0)).collect::<Vec<_>>();
            inside.contains(&cell) && inside.iter().any(|&other| book.tables[other] != book.tables[cell])
        });
        if value == 0 || reaches != tied {
            continue;
        }
        if let Some(edits) = edits(book, dice, kind, cell) {
            if edits.iter().all(|&(cell, to)| book.cells[cell].value == to) {
                continue;
            }
            edits.iter().for_each(|&(cell, to)| book.cells[cell].value = to);
            return Some(edits.iter().map(|edit| edit.0).collect());
        }
    }
    None
}

fn edits(book: &Book, dice: &mut Dice, kind: Kind, cell: usize) -> Option<Vec<(usize, i128)>> {
    let figure = &book.cells[cell];
    let (value, step) = (figure.value, figure.step);
    let mut digits: Vec<u8> = (value / step).abs().to_string().bytes().collect();
    let at = dice.below(digits.len());
    let some = |among: &[usize], dice: &mut Dice| (!among.is_empty()).then(|| among[dice.below(among.len())]);
    match kind {
        Kind::Sign => return Some(vec![(cell, -value)]),
        Kind::Scaled => return Some(vec![(cell, value * [10, 100, 1_000][dice.below(3)])]),
        Kind::Transposed if at > 0 => digits.swap(at - 1, at),
        Kind::Replaced => digits[at] = b'0' + ((digits[at] - b'0') as usize + 1 + dice.below(9)) as u8 % 10,
        Kind::Added => digits.insert(at, b'0' + dice.below(10) as u8),
        Kind::Omitted if digits.len() > 2 => {
            digits.remove(at);
        }
        Kind::SwappedYears | Kind::SwappedLines => {
            let among = if kind == Kind::SwappedYears { &figure.beside } else { &figure.upright };
            let other = some(among, dice)?;
            return Some(vec![(cell, book.cells[other].value), (other, value)]);
        }
        Kind::WrongRow => {
            let empty = figure.upright.iter().copied().find(|&other| book.cells[other].value == 0)?;
            return Some(vec![(cell, 0), (empty, value)]);
        }
        Kind::LeftOut | Kind::CountedTwice => {
            let (_, terms) = book.sums.iter().find(|(result, terms)| *result == cell && terms.len() > 2)?;
            let (term, sign) = terms[dice.below(terms.len())];
            let by = i128::from(sign) * book.cells[term].value;
            return Some(vec![(cell, if kind == Kind::LeftOut { value - by } else { value + by })]);
        }
        Kind::Stale => return Some(vec![(cell, book.cells[some(&figure.mates, dice)?].value)]),
        Kind::Arbitrary => return Some(vec![(cell, dice.amount(6) * step)]),
        _ => return None,
    }
    let text = String::from_utf8(digits).ok()?;
    if text.starts_with('0') {
        return None;
    }
    Some(vec![(cell, value.signum() * step * text.parse::<i128>().ok()?)])
}
