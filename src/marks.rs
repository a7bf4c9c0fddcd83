//! Accepted findings (klarmarkeringar), kept in `avstam.marks.toml` beside the settings.
//!
//! A mark is bound to the rule and to what each cell that the finding rests on is called and holds. It knows no
//! addresses: it holds when rows are moved, sheets and files are renamed, and it expires when a value changes by an öre.

mod ground;
mod write;

use std::collections::HashMap;

use crate::book::Book;
use crate::check::{Report, UnusedMark};
use crate::config::section::Section;
use crate::config::{Fault, strictly, value};
use crate::finding::{Change, Finding, Mark, Sign};
use crate::rules::RULES;

pub use ground::{Ground, fingerprint, grounds};
pub use write::{HEADING, entry};

/// The name under which the file of marks is looked for.
pub const NAME: &str = "avstam.marks.toml";

/// A mark as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub rule: String,
    pub sign: Sign,
    /// The finding in words, for people; it binds nothing.
    pub about: String,
    pub grounds: Vec<Ground>,
}

impl Entry {
    /// A mark that accepts a finding as it stands.
    pub fn of(book: &Book, finding: &Finding, sign: Sign, about: &str) -> Entry {
        Entry { rule: finding.rule.into(), sign, about: about.into(), grounds: grounds(book, finding) }
    }
}

/// The marks of a file.
///
/// # Errors
///
/// All faults of the file, in the order of their lines.
pub fn parse(text: &str) -> Result<Vec<Entry>, Vec<Fault>> {
    strictly(text, |file| file.each("mark", mark)).map(|marks| marks.into_iter().flatten().collect())
}

fn mark(table: &mut Section) -> Option<Entry> {
    let ground = |table: &mut Section| {
        let cell = table.needs("cell", value::text);
        cell.zip(table.needs("value", value::any_text)).map(|(cell, value)| Ground { cell, value })
    };
    let rule = table.needs("rule", value::text);
    let reason = table.needs("reason", value::text);
    let initials = table.one("initials", value::text).unwrap_or_default();
    let date = table.one("date", value::text).unwrap_or_default();
    let about = table.one("about", value::text).unwrap_or_default();
    let grounds = table.each("rests-on", ground).into_iter().flatten().collect();
    Some(Entry { rule: rule?, sign: Sign { reason: reason?, initials, date }, about, grounds })
}

/// Marks the findings that are accepted, or were until a value changed. Tells of each entry whether it was used.
pub fn apply(book: &Book, report: &mut Report, entries: &[Entry]) -> Vec<bool> {
    let mut used = vec![false; entries.len()];
    if entries.is_empty() {
        return used;
    }
    for finding in &mut report.findings {
        let now = grounds(book, finding);
        let mut expired = None;
        for (i, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.rule == finding.rule) {
            match compare(&entry.grounds, &now) {
                Some(changes) if changes.is_empty() => {
                    finding.mark = Some(Mark::Accepted(entry.sign.clone()));
                    used[i] = true;
                    expired = None;
                    break;
                }
                Some(changes) => expired = Some((i, changes)),
                None => {}
            }
        }
        if let Some((i, changes)) = expired {
            finding.mark = Some(Mark::Expired(entries[i].sign.clone(), changes));
            used[i] = true;
        }
    }
    used
}

/// The entries that marked nothing, though their rule was run.
pub fn unused(report: &Report, entries: &[Entry], used: &[bool]) -> Vec<UnusedMark> {
    let ran = |entry: &Entry| {
        let runs = report.by_rule.iter().any(|(code, _)| *code == entry.rule);
        runs || !RULES.iter().any(|rule| rule.code == entry.rule)
    };
    let left = entries.iter().zip(used).filter(|(entry, used)| !**used && ran(entry));
    left.map(|(entry, _)| UnusedMark { rule: entry.rule.clone(), about: entry.about.clone(), sign: entry.sign.clone() })
        .collect()
}

/// What has changed of what a mark rests on; `None` where it rests on other cells.
fn compare(then: &[Ground], now: &[Ground]) -> Option<Vec<Change>> {
    if then.len() != now.len() {
        return None;
    }
    // Cells of one name are told apart by their values, those that are the same first.
    let mut left: HashMap<String, Vec<&Ground>> = HashMap::new();
    now.iter().for_each(|ground| left.entry(ground.key()).or_default().push(ground));
    let mut changed = Vec::new();
    for ground in then {
        let same = left.get_mut(&ground.key())?;
        match same.iter().position(|other| other.value == ground.value) {
            Some(i) => _ = same.remove(i),
            None => changed.push(ground),
        }
    }
    let change = |was: &Ground| {
        let is = left.get_mut(&was.key())?.pop()?;
        Some(Change { cell: was.cell.clone(), was: was.value.clone(), is: is.value.clone() })
    };
    changed.into_iter().map(change).collect()
}
