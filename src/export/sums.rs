//! What a list states of its own figures: closing balances of rows, and totals of groups.

use super::balances::{Entry, Row, entries};
use super::layout::{Column, Part};
use crate::ledger::{Figure, Of, Stated};
use crate::money::Money;
use crate::words;

/// So many rows must show how a row is made.
const ROWS: usize = 3;

/// Every equation that the list states. `turned` tells the accounts whose balances are written with the other sign
/// than debit and credit have.
pub(super) fn all(rows: &[Row], columns: &[&Column], turned: &impl Fn(&str) -> bool, decimals: bool) -> Vec<Stated> {
    let mut stated = of_rows(rows, columns, turned);
    let held = stated.iter().filter(|row| row.difference().is_zero()).count();
    // Rounded figures leave a krona in every few rows; where none is left they are exact.
    let exact = decimals || (held > ROWS && 10 * held >= 9 * stated.len());
    stated.extend(groups(rows, columns));
    if !exact {
        let half = |count: usize| Money::new(5 * (count as i64 + 1), 1);
        stated.iter_mut().for_each(|equation| equation.slack = half(equation.terms.len()));
    }
    stated
}

/// One way of making the closing balance of a row.
const WAYS: [&[(Part, i32)]; 6] = [
    &[(Part::Carried, 1), (Part::Change, 1)],
    &[(Part::Opening, 1), (Part::Change, 1)],
    &[(Part::Carried, 1), (Part::Debit, 1), (Part::Credit, -1)],
    &[(Part::Opening, 1), (Part::Debit, 1), (Part::Credit, -1)],
    &[(Part::Opening, 1), (Part::Debit, 1), (Part::Credit, 1)],
    &[(Part::Debit, 1), (Part::Credit, -1)],
];

/// The rows in the way that most of them hold; none where no way does.
fn of_rows(rows: &[Row], columns: &[&Column], turned: &impl Fn(&str) -> bool) -> Vec<Stated> {
    let ways = WAYS.iter().filter_map(|way| {
        let stated: Vec<Stated> = entries(rows).filter_map(|entry| row(entry, columns, way, turned)).collect();
        let held = stated.iter().filter(|row| row.difference().abs() <= Money::new(15, 1)).count();
        (held >= ROWS && 2 * held > stated.len()).then_some((held, stated))
    });
    // Of equals the first.
    ways.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, stated)| stated).unwrap_or_default()
}

fn row(entry: &Entry, columns: &[&Column], way: &[(Part, i32)], turned: &impl Fn(&str) -> bool) -> Option<Stated> {
    let at = |part: Part| columns.iter().position(|column| column.part == part && !column.prior);
    let result = entry.figures[at(Part::Closing)?]?;
    let mut terms = Vec::new();
    for (part, sign) in way {
        let sides = matches!(part, Part::Debit | Part::Credit) && turned(&entry.number);
        let figure = entry.figures[at(*part)?];
        terms.extend(figure.map(|figure| (figure, if sides { -sign } else { *sign })));
    }
    let label = format!("{} {}", entry.number, entry.name).trim().to_owned();
    Some(Stated { label, of: Of::Row, result, terms, slack: Money::ZERO })
}

/// The totals, each of the accounts above it back to the beginning of a group that it comes to.
fn groups(rows: &[Row], columns: &[&Column]) -> Vec<Stated> {
    let mut stated = Vec::new();
    let mut starts = vec![0];
    for (at, row) in rows.iter().enumerate() {
        match row {
            Row::Account(_) => continue,
            Row::Heading => {}
            Row::Total { label, figures } => stated.extend(group(&rows[..at], &starts, label, figures)),
        }
        starts.push(at + 1);
    }
    // A label alone is no proof: some group of the list must come out.
    let proven = stated.iter().any(|group| group.holds()) || columns.len() == 1;
    stated.retain(|_| proven);
    stated
}

/// The columns of a total. The group is the one that fits in most of its columns, of equals the nearest; one that fits
/// in none counts only where the row calls itself a sum and stands right below its accounts.
fn group(above: &[Row], starts: &[usize], label: &str, figures: &[Option<Figure>]) -> Vec<Stated> {
    let mut best: Option<(usize, Vec<Stated>)> = None;
    for &start in starts.iter().rev() {
        let parts: Vec<&Entry> = entries(&above[start..]).collect();
        if parts.is_empty() {
            continue;
        }
        let of_column = |(i, result): (usize, &Option<Figure>)| {
            let terms: Vec<(Figure, i32)> = parts.iter().filter_map(|part| Some((part.figures[i]?, 1))).collect();
            let stated =
                Stated { label: label.to_owned(), of: Of::Group, result: (*result)?, terms, slack: Money::ZERO };
            (!stated.terms.is_empty()).then_some(stated)
        };
        let stated: Vec<Stated> = figures.iter().enumerate().filter_map(of_column).collect();
        let tells = |group: &&Stated| group.holds() && group.terms.iter().any(|(figure, _)| !figure.value.is_zero());
        let held = stated.iter().filter(tells).count();
        if best.as_ref().is_none_or(|(most, _)| held > *most) {
            best = Some((held, stated));
        }
    }
    let right_below = matches!(above.last(), Some(Row::Account(_)));
    match best {
        Some((0, stated)) if right_below && words::says_total(label) => {
            // Nothing of the row comes out: only where its one figure is alone does that tell of a slip.
            if stated.len() == 1 { stated } else { Vec::new() }
        }
        Some((0, _)) | None => Vec::new(),
        Some((_, stated)) => stated,
    }
}
