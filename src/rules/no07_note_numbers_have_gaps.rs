use super::notes::own_note_numbers;
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::statement::Kind;

rule! {
    /// The numbers of the notes do not run from 1 without gaps.
    ///
    /// What to do: see whether a note was left out, or renumber.
    "NO07" "note-numbers-have-gaps" Info, Observations(observe),
    "Noternas nummer löper inte från 1 utan luckor.

Gör så här: se om en not har fallit bort, eller numrera om."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for (input, numbers) in own_note_numbers(book) {
        // A note in a file of its own is one of many that are elsewhere.
        let Some(last) = numbers.iter().max().filter(|_| numbers.len() > 1) else { continue };
        observed.tested += 1;
        let missing: Vec<String> = (1..*last).filter(|n| !numbers.contains(n)).map(|n| n.to_string()).collect();
        if missing.is_empty() {
            continue;
        }
        let missing = missing.join(", ");
        let message = Text::new(
            format!("Not {missing} saknas i nummerföljden."),
            format!("Note {missing} is missing in the sequence."),
        );
        let mut finding = Finding::new(RULE.code, RULE.severity, message);
        let own = book.of_kind(Kind::Note).filter(|(_, note)| book.input(note) == input);
        let titles = own.filter_map(|(_, note)| note.table.title.as_ref());
        finding.cells = titles.map(|title| (title.at, Role::Header)).collect();
        observed.findings.push(finding);
    }
    observed.untestable = usize::from(observed.tested == 0);
    observed
}
