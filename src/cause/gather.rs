//! Many findings of one rule in one table that has no form are one finding: it is the table that is not what it was
//! taken for, or was built wrong throughout, and the reader is told once.

use std::collections::{BTreeMap, BTreeSet};

use super::wording::{self, Names};
use crate::book::Book;
use crate::finding::{Consequence, Finding, Severity};
use crate::statement::Kind;

/// So many of one kind in a table are told one by one.
const MOST_TOLD: usize = 10;

/// A remark on such a table is no place for every combination of figures that would do.
const MOST_CAUSES: usize = 4;

/// The same findings, those of one rule in one table together where they are many.
pub fn gather(book: &Book, mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.iter().all(|finding| finding.causes.len() <= MOST_CAUSES) && findings.len() <= MOST_TOLD {
        return findings;
    }
    let names = Names::of(book);
    let home = |finding: &Finding| {
        let (table, ..) = names.place(finding.cells.first()?.0)?;
        (book.statements[table].kind == Kind::Other).then_some((finding.rule, table))
    };
    for finding in &mut findings {
        if finding.severity == Severity::Info && home(finding).is_some() {
            finding.causes.truncate(MOST_CAUSES);
        }
    }
    let mut homes: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for home in findings.iter().filter_map(home) {
        *homes.entry(home).or_default() += 1;
    }
    let many: BTreeSet<(&str, usize)> =
        homes.into_iter().filter(|home| home.1 > MOST_TOLD).map(|home| home.0).collect();
    let mut kept: Vec<Finding> = Vec::new();
    let mut first: BTreeMap<(&str, usize), (usize, usize)> = BTreeMap::new();
    for finding in findings {
        match home(&finding).filter(|home| many.contains(home)) {
            None => kept.push(finding),
            Some(home) => match first.get_mut(&home) {
                None => {
                    first.insert(home, (kept.len(), 0));
                    kept.push(finding);
                }
                Some((main, more)) => {
                    *more += 1;
                    join(&mut kept[*main], finding);
                }
            },
        }
    }
    for (main, more) in first.into_values() {
        kept[main].message = wording::together(&[kept[main].message.clone(), wording::as_many(more)]);
    }
    kept
}

fn join(main: &mut Finding, other: Finding) {
    main.severity = main.severity.max(other.severity);
    main.consequences.push(Consequence { rule: other.rule, message: other.message, cells: other.cells });
    main.consequences.extend(other.consequences);
}
