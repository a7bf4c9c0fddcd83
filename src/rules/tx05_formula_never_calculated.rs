use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::table::Entry;

rule! {
    /// A formula of a statement has no calculated value.
    ///
    /// The file was written by a program that does not calculate; what the reader will see is not known before a spreadsheet has opened and
    /// saved it. avstam does not guess, so relations of such cells could not be tested.
    ///
    /// What to do: open the workbook in Excel or LibreOffice, save it, run again.
    "TX05" "formula-never-calculated" Warning, Observations(observe),
    "En formel i en räkning saknar beräknat värde.

Filen är skriven av ett program som inte räknar; vad läsaren får se är okänt tills ett kalkylprogram har öppnat och sparat den. avstam gissar inte, så samband med sådana celler kunde inte prövas.

Gör så här: öppna arbetsboken i Excel eller LibreOffice, spara, kör igen."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for statement in &book.statements {
        observed.tested += 1;
        let lines = statement.lines().iter().enumerate();
        let cells = lines.flat_map(|(i, line)| {
            let waiting = line.entries.iter().enumerate().filter(|(_, entry)| **entry == Entry::Uncalculated);
            waiting.map(move |(c, _)| (statement.table.at(i, c), Role::Total))
        });
        let cells: Vec<_> = cells.collect();
        if cells.is_empty() {
            continue;
        }
        let (name, count) = (statement.name(), cells.len());
        let message = match count {
            1 => Text::new(
                format!("{name}: en formel har aldrig räknats ut."),
                format!("{name}: one formula was never calculated."),
            ),
            _ => Text::new(
                format!("{name}: {count} formler har aldrig räknats ut."),
                format!("{name}: {count} formulas were never calculated."),
            ),
        };
        let mut finding = Finding::new(RULE.code, RULE.severity, message);
        finding.cells = cells;
        observed.findings.push(finding);
    }
    observed
}
