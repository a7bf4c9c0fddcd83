use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Consequence, Finding, Role, Slip, Text};
use crate::grid::At;
use crate::statement::Statement;

rule! {
    /// A note or a statement stands twice in the document, cell for cell the same.
    ///
    /// Readers take the second for another one, and when one of them is corrected the other is not.
    ///
    /// What to do: take one of them away.
    "NO04" "part-printed-twice" Warning, Observations(observe),
    "En not eller en räkning står två gånger i dokumentet, cell för cell lika.

Läsaren tror att den andra är en annan, och när den ena rättas blir den andra kvar.

Gör så här: ta bort den ena."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed { tested: book.statements.len(), ..Observed::default() };
    let mut copies: Vec<(At, String)> = Vec::new();
    let mut originals: Vec<At> = Vec::new();
    for statement in &book.statements {
        // The same in another file is another print of it, and no fault.
        let one_file = |original: &usize| book.input(&book.statements[*original]) == book.input(statement);
        let Some(original) = statement.copy_of.filter(one_file) else { continue };
        copies.push((place(statement), statement.name()));
        originals.push(place(&book.statements[original]));
    }
    let Some((first, name)) = copies.first().cloned() else { return observed };
    // Pages that were put in twice are one slip, however many parts they hold.
    let names: Vec<&str> = copies.iter().map(|(_, name)| name.as_str()).collect();
    let message = match names.as_slice() {
        [_] => Text::new(
            format!("{name} står två gånger, cell för cell lika."),
            format!("{name} is printed twice, cell for cell the same."),
        ),
        names => Text::new(
            format!("{} delar står två gånger, cell för cell lika: {}.", names.len(), names.join("; ")),
            format!("{} parts are printed twice, cell for cell the same: {}.", names.len(), names.join("; ")),
        ),
    };
    let mut finding = Finding::new(RULE.code, RULE.severity, message);
    finding.suspect = Some(first);
    finding.cells =
        copies.iter().map(|(at, _)| (*at, Role::Header)).chain(originals.iter().map(|at| (*at, Role::Tie))).collect();
    let text = Text::new("Sidor har kommit med två gånger.", "Pages were put in twice.");
    finding.causes.push(Cause { slip: Slip::Copied, text, edits: Vec::new() });
    let others = copies.iter().zip(&originals).skip(1).map(|((at, name), original)| Consequence {
        rule: RULE.code,
        message: Text::new(format!("{name} står två gånger."), format!("{name} is printed twice.")),
        cells: vec![(*at, Role::Header), (*original, Role::Tie)],
    });
    finding.consequences = others.collect();
    observed.findings.push(finding);
    observed
}

/// The title of a statement, or its first cell.
fn place(statement: &Statement) -> At {
    let area = statement.table.area;
    let first = At { grid: statement.table.grid, row: area.first_row, col: area.first_col };
    statement.table.title.as_ref().map_or(first, |title| title.at)
}
