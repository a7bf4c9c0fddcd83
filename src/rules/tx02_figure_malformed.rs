use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::money::Swedish;

rule! {
    /// A figure is written so that it can be misread: `1689 729`, `1, 8`, `155.974.54`.
    ///
    /// What to do: see that the amount avstam read is the one that was meant.
    "TX02" "figure-malformed" Info, Observations(observe),
    "En siffra är skriven så att den kan läsas fel: `1689 729`, `1, 8`, `155.974.54`.

Gör så här: se att beloppet som avstam läste är det som menades."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for statement in &book.statements {
        for (i, line) in statement.lines().iter().enumerate() {
            for (c, entry) in line.entries.iter().enumerate() {
                let Some(figure) = entry.figure() else { continue };
                observed.tested += 1;
                if !figure.malformed {
                    continue;
                }
                let at = statement.table.at(i, c);
                let written = book.cell(at).and_then(|cell| cell.text()).unwrap_or_default();
                let read = Swedish(figure.amount.value);
                let message = Text::new(
                    format!("{}: \"{written}\" är inte rätt skrivet; det lästes som {read}.", line.label),
                    format!("{}: \"{written}\" is not well written; it was read as {read}.", line.label),
                );
                let mut finding = Finding::new(RULE.code, RULE.severity, message);
                finding.suspect = Some(at);
                finding.cells = vec![(at, Role::Term)];
                observed.findings.push(finding);
            }
        }
    }
    observed
}
