use super::notes::{References, references};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Severity, Text};
use crate::statement::{Kind, Statement};

rule! {
    /// A note that no line refers to.
    ///
    /// The reader cannot tell what it specifies, and nothing ties its amounts. A note without amounts (*Inga*) is only mentioned.
    ///
    /// What to do: put its number on the line that it belongs to.
    "NO06" "note-without-reference" Warning, Observations(observe),
    "En not som ingen rad hänvisar till.

Läsaren ser inte vad den specificerar, och inget knyter dess belopp. En not utan belopp (*Inga*) nämns bara.

Gör så här: sätt notens nummer på raden som den hör till."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let refers = |s: &&Statement| s.lines().iter().any(|line| line.note.is_some());
    let referring: Vec<usize> = book.statements.iter().filter(refers).map(|s| book.input(s)).collect();
    for (_, note) in book.of_kind(Kind::Note) {
        // Without one reference to any note, the notes are tied in a way that is not written.
        if !referring.iter().any(|input| book.together(*input, book.input(note))) {
            observed.untestable += 1;
            continue;
        }
        observed.tested += 1;
        if !matches!(references(book, note), References::None) {
            continue;
        }
        let message = Text::new(
            format!("Ingen rad hänvisar till {}.", note.name()),
            format!("No line refers to {}.", note.name()),
        );
        let has_amounts = note.lines().iter().any(|line| line.has_figures());
        let mut finding = Finding::new(RULE.code, if has_amounts { RULE.severity } else { Severity::Info }, message);
        finding.cells = note.table.title.iter().map(|title| (title.at, Role::Header)).collect();
        observed.findings.push(finding);
    }
    observed
}
