use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::grid::At;

rule! {
    /// Figures in a workbook are stored as text.
    ///
    /// Formulas pass over them in silence: a SUM over text is 0. avstam reads them all the same.
    ///
    /// What to do: let the cleaned workbook have them as numbers.
    "TX01" "figure-stored-as-text" Info, Observations(observe),
    "Siffror i en arbetsbok är lagrade som text.

Formler går förbi dem utan att säga något: SUMMA över text är 0. avstam läser dem ändå.

Gör så här: använd den städade arbetsboken, där de är tal."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for statement in &book.statements {
        let mut cells: Vec<At> = Vec::new();
        for (i, line) in statement.lines().iter().enumerate() {
            for (c, entry) in line.entries.iter().enumerate() {
                let Some(figure) = entry.figure() else { continue };
                if figure.as_text {
                    cells.push(statement.table.at(i, c));
                }
            }
        }
        observed.tested += 1;
        if cells.is_empty() {
            continue;
        }
        let (name, count) = (statement.name(), cells.len());
        let message = match count {
            1 => Text::new(
                format!("{name}: ett belopp är lagrat som text."),
                format!("{name}: one amount is stored as text."),
            ),
            _ => Text::new(
                format!("{name}: {count} belopp är lagrade som text."),
                format!("{name}: {count} amounts are stored as text."),
            ),
        };
        let mut finding = Finding::new(RULE.code, RULE.severity, message);
        finding.cells = cells.into_iter().map(|at| (at, Role::Term)).collect();
        observed.findings.push(finding);
    }
    observed
}
