//! Findings on their cells: the fill of the gravest one, and a note that says what they are.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::layout::{Layout, Place};
use super::pen::{LONGEST_TEXT, Target, shortened};
use super::wording;
use crate::check::Report;
use crate::finding::{Finding, Language, Role, Severity};
use crate::grid::At;
use crate::money::Swedish;
use crate::report;
use crate::suggestion::Applied;

#[derive(Debug, Default)]
pub struct Marks<'a> {
    cells: BTreeMap<Target<'a>, Mark>,
}

/// A cell of a source that a finding points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The gravest of its findings.
    pub severity: Severity,
    /// What they say.
    pub note: String,
}

/// The cells of the sources that findings point at.
pub fn flags(report: &Report, language: Language) -> BTreeMap<At, Flag> {
    let mut flags: BTreeMap<At, Flag> = BTreeMap::new();
    for finding in &report.findings {
        let note = note(finding, language);
        for at in cells(finding).into_iter().collect::<BTreeSet<_>>() {
            match flags.entry(at) {
                Entry::Vacant(entry) => {
                    entry.insert(Flag { severity: finding.severity, note: note.clone() });
                }
                Entry::Occupied(mut entry) => {
                    let flag = entry.get_mut();
                    flag.severity = flag.severity.max(finding.severity);
                    flag.note.push_str(&format!("\n\n{note}"));
                }
            }
        }
    }
    for flag in flags.values_mut() {
        flag.note = shortened(&flag.note, LONGEST_TEXT);
    }
    flags
}

#[derive(Debug)]
struct Mark {
    severity: Severity,
    /// Written on the cell that the reader looks at first.
    notes: Vec<String>,
}

impl<'a> Marks<'a> {
    pub fn of(report: &Report, layout: &Layout<'a>, language: Language) -> Marks<'a> {
        let mut marks = Marks::default();
        for finding in &report.findings {
            let note = note(finding, language);
            // A part that stands twice is left out here: what is about it is nothing to mend.
            let left_out = report::primary(finding)
                .and_then(|at| layout.statement_at(at))
                .is_some_and(|i| layout.book.statements[i].copy_of.is_some());
            let severity = if left_out { Severity::Info } else { finding.severity };
            let places: BTreeSet<(Target<'a>, Target<'a>)> = cells(finding)
                .into_iter()
                .filter_map(|at| layout.place(at))
                .map(|p: &Place<'a>| (p.shown, p.stated))
                .collect();
            for (shown, stated) in places {
                marks.put(shown, severity, Some(&note));
                if stated != shown {
                    marks.put(stated, severity, None);
                }
            }
        }
        marks
    }

    /// What was suggested and put in is told on its cell.
    pub fn apply(&mut self, applied: &[Applied], layout: &Layout<'a>, language: Language) {
        for change in applied {
            let Some(place) = layout.place(change.edit.at) else { continue };
            let was = change.edit.from.map_or(String::new(), |from| Swedish(from.normalize()).to_string());
            let (applied, source) = match language {
                Language::Swedish => ("Inlagt förslag", "källan har"),
                Language::English => ("Applied suggestion", "the source has"),
            };
            let note = format!("{applied} {}: {source} {was}.\n{}", change.name, change.why.get(language));
            self.put(place.stated, Severity::Info, Some(&note));
        }
    }

    fn put(&mut self, cell: Target<'a>, severity: Severity, note: Option<&String>) {
        let mark = self.cells.entry(cell).or_insert(Mark { severity, notes: Vec::new() });
        mark.severity = mark.severity.max(severity);
        mark.notes.extend(note.cloned());
    }

    pub fn severity(&self, cell: Target<'_>) -> Option<Severity> {
        self.cells.get(&cell).map(|mark| mark.severity)
    }

    pub fn note(&self, cell: Target<'_>) -> Option<String> {
        let notes = &self.cells.get(&cell)?.notes;
        (!notes.is_empty()).then(|| notes.join("\n\n"))
    }
}

/// The cells that a finding points at: the suspect and the result; else all that it rests on.
fn cells(finding: &Finding) -> Vec<At> {
    let of_role = |wanted: &[Role]| -> Vec<At> {
        finding.cells.iter().filter(|(_, role)| wanted.contains(role)).map(|(at, _)| *at).collect()
    };
    let mut cells = of_role(&[Role::Total, Role::Header]);
    cells.extend(finding.suspect);
    match cells.is_empty() {
        true => finding.cells.iter().map(|(at, _)| *at).collect(),
        false => cells,
    }
}

fn note(finding: &Finding, language: Language) -> String {
    let severity = wording::severity(language, finding.severity);
    let mut note = format!("{severity} {}: {}", finding.rule, finding.message.get(language));
    if let Some(cause) = finding.causes.first() {
        let most_likely = wording::say(language, "Troligast", "Most likely");
        let text = match cause.text.get(language) {
            "" => wording::slip(language, cause.slip),
            text => text,
        };
        note.push_str(&format!("\n{most_likely}: {text}"));
    }
    if let Some(expected) = finding.expected {
        let label = wording::say(language, "Väntat", "Expected");
        let unit = finding.unit.map_or(String::new(), |unit| format!(" {}", unit.code()));
        note.push_str(&format!("\n{label}: {}{unit}", Swedish(expected.normalize())));
    }
    note
}
