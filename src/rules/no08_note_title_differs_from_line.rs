use super::notes::{References, is_namesake, references, row_of, whole_named};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::statement::Kind;

rule! {
    /// A note has another title than the line that refers to it.
    ///
    /// Often the line is an old, shorter name of the same thing. It is mentioned because a wrong number looks the same.
    ///
    /// What to do: use one name, the one of LKBR's form where it has one.
    "NO08" "note-title-differs-from-line" Info, Observations(observe),
    "En not har en annan rubrik än raden som hänvisar till den.

Ofta är radens namn ett äldre eller kortare namn på samma sak. Det nämns därför att ett felaktigt notnummer ser likadant ut.

Gör så här: använd ett namn, helst det i LKBR:s uppställning."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for (_, note) in book.of_kind(Kind::Note) {
        let (References::One((statement, line)), Some((_, title))) = (references(book, note), &note.note) else {
            continue;
        };
        if title.is_empty() {
            continue;
        }
        let statement = &book.statements[statement];
        let is_of_both = whole_named(title, statement, line).is_some() || row_of(note, statement, line).is_some();
        let line = &statement.lines()[line];
        // One note of several is of a part of the line.
        if !line.further_notes.is_empty() {
            continue;
        }
        observed.tested += 1;
        if is_namesake(title, statement, line) || is_of_both {
            continue;
        }
        let message = Text::new(
            format!("Raden {} hänvisar till {}, som heter något annat.", line.label, note.name()),
            format!("The line {} refers to {}, which is called something else.", line.label, note.name()),
        );
        let mut finding = Finding::new(RULE.code, RULE.severity, message);
        finding.cells = vec![(line.at, Role::Label)];
        finding.cells.extend(note.table.title.iter().map(|title| (title.at, Role::Header)));
        observed.findings.push(finding);
    }
    observed
}
