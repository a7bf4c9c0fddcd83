use super::notes::note_numbers;
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};

rule! {
    /// A line refers to a note that is not there.
    ///
    /// What to do: add the note, or mend the number. Where the notes are in another file, give that file too.
    "NO03" "note-missing" Warning, Observations(observe),
    "En rad hänvisar till en not som inte finns.

Gör så här: lägg till noten eller rätta numret. Om noterna finns i en annan fil, ta med den också."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let files = book.grids.iter().map(|grid| grid.input + 1).max().unwrap_or(0);
    let numbers: Vec<Vec<u32>> = (0..files).map(|input| note_numbers(book, input)).collect();
    for statement in book.statements.iter().filter(|s| s.copy_of.is_none()) {
        let numbers = &numbers[book.input(statement)];
        for line in statement.lines() {
            let Some(note) = line.note else { continue };
            // Without any note at all, the notes are in a file that was not given.
            if numbers.is_empty() {
                observed.untestable += 1;
                continue;
            }
            observed.tested += 1;
            let Some(missing) = line.notes().find(|number| !numbers.contains(number)) else { continue };
            let message = Text::new(
                format!("{} hänvisar till not {}, som inte finns.", line.label, missing),
                format!("{} refers to note {}, which is not there.", line.label, missing),
            );
            let mut finding = Finding::new(RULE.code, RULE.severity, message);
            finding.suspect = Some(note.at);
            finding.cells = vec![(note.at, Role::Tie), (line.at, Role::Label)];
            observed.findings.push(finding);
        }
    }
    observed
}
