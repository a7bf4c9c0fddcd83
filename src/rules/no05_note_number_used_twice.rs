use similar::{ChangeTag, TextDiff};

use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::grid::At;
use crate::money::Swedish;
use crate::statement::{Kind, Statement};
use crate::table;
use crate::words::fold;

rule! {
    /// Two notes have one number, and they are not the same.
    ///
    /// A reference to the number then says nothing. Where the titles are equal too, one of them is an older version; the rows that differ are
    /// named.
    ///
    /// What to do: give one of them another number, or take the older version away.
    "NO05" "note-number-used-twice" Error, Observations(observe),
    "Två noter har samma nummer men olika innehåll.

En hänvisning till numret säger då ingenting. Om även rubrikerna är lika är den ena en äldre version; raderna som skiljer räknas upp.

Gör så här: ge den ena ett annat nummer, eller ta bort den äldre versionen."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let notes: Vec<&Statement> = book.of_kind(Kind::Note).map(|(_, statement)| statement).collect();
    for (i, note) in notes.iter().enumerate() {
        observed.tested += 1;
        let Some((number, _)) = &note.note else { continue };
        let input = |statement: &Statement| book.grids[statement.table.grid as usize].input;
        let twin = notes[..i].iter().find(|other| {
            let one_number = other.note.as_ref().is_some_and(|(other, _)| other == number);
            input(other) == input(note) && one_number && !continues(other, note)
        });
        let Some(other) = twin else { continue };
        let differing = differences(other, note);
        let rows: Vec<String> = differing.iter().map(|(row, _)| row.clone()).take(6).collect();
        let rows = rows.join("; ");
        let message = Text::new(
            format!("Not {number} finns två gånger med olika innehåll; rader som skiljer sig: {rows}."),
            format!("Note {number} is there twice with different contents; rows that differ: {rows}."),
        );
        let mut finding = Finding::new(RULE.code, RULE.severity, message);
        finding.cells =
            [*other, *note].iter().filter_map(|s| s.table.title.as_ref()).map(|t| (t.at, Role::Header)).collect();
        finding.cells.extend(differing.into_iter().map(|(_, at)| (at, Role::Tie)));
        observed.findings.push(finding);
    }
    observed
}

/// A long note may go on in another table: its title is the same with more words (*forts.*) or none, its rows are others.
fn continues(first: &Statement, second: &Statement) -> bool {
    let title = |statement: &Statement| statement.note.as_ref().map(|(_, title)| fold(title)).unwrap_or_default();
    let rows = |statement: &Statement| -> Vec<String> {
        let lines = statement.lines().iter().filter(|line| line.role == table::Role::Line && line.has_figures());
        lines.map(|line| line.wording.clone()).collect()
    };
    let (before, later) = (rows(first), rows(second));
    (title(second).is_empty() || title(second).starts_with(&title(first))) && !later.iter().any(|l| before.contains(l))
}

/// The rows that stand in one of the notes only, or with other figures: `−` the first note's, `+` the second's.
fn differences(first: &Statement, second: &Statement) -> Vec<(String, At)> {
    let (old, new) = (shown(first), shown(second));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let diff = TextDiff::from_slices(&old, &new);
    let changes = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => None,
        ChangeTag::Delete => change.old_index().map(|row| (format!("\u{2212} {}", old[row]), first.table.at(row, 0))),
        ChangeTag::Insert => change.new_index().map(|row| (format!("+ {}", new[row]), second.table.at(row, 0))),
    });
    changes.collect()
}

/// Each row as its label and its figures.
fn shown(note: &Statement) -> Vec<String> {
    let figures = |line: usize| (0..note.columns().len()).filter_map(move |column| note.amount(line, column));
    let row = |line: usize| {
        let figures = figures(line).map(|amount| Swedish(amount.value).to_string());
        std::iter::once(note.lines()[line].label.clone()).chain(figures).collect::<Vec<_>>().join(" ")
    };
    (0..note.lines().len()).map(row).collect()
}
