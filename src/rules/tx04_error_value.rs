use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::table::Entry;

rule! {
    /// A cell of a statement holds an error instead of a figure: `#REF!`, `#DIV/0!`, `#VALUE!`.
    ///
    /// Everything that is computed from it is wrong too, or empty.
    ///
    /// What to do: mend the formula; a deleted row or sheet leaves `#REF!` behind.
    "TX04" "error-value" Error, Observations(observe),
    "En cell i en räkning har ett felvärde i stället för ett belopp: `#REF!`, `#DIV/0!`, `#VALUE!`.

Allt som räknas från den blir också fel, eller tomt.

Gör så här: laga formeln; en raderad rad eller flik lämnar `#REF!` efter sig."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for statement in &book.statements {
        for (i, line) in statement.lines().iter().enumerate() {
            for (c, entry) in line.entries.iter().enumerate() {
                observed.tested += usize::from(matches!(entry, Entry::Figure(_) | Entry::Error(_)));
                let Entry::Error(code) = entry else { continue };
                let message = Text::new(
                    format!("{}: cellen visar {code} i stället för ett belopp.", line.label),
                    format!("{}: the cell shows {code} instead of an amount.", line.label),
                );
                let mut finding = Finding::new(RULE.code, RULE.severity, message);
                let at = statement.table.at(i, c);
                finding.suspect = Some(at);
                finding.cells = vec![(at, Role::Term)];
                finding.period = statement.columns()[c].period;
                observed.findings.push(finding);
            }
        }
    }
    observed
}
