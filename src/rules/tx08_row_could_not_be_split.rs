use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Severity, Text};
use crate::grid::At;
use crate::table::transcript::Remark;

rule! {
    /// A table that stands on one line of a text document could not be understood in all of its rows.
    ///
    /// A transcript loses the borders of cells: spaces part figures and thousands alike, and blank cells leave no trace. The figures of a row
    /// that has fewer of them than there are columns are placed so that the totals come out in the most columns, with the figures of a row
    /// side by side as far as can be. Where more than one way is as good, the cells are left out of every check. A total that chose the places
    /// of its figures is weak evidence for them.
    ///
    /// What to do: check the original document, or a spreadsheet of the table, where the cells are.
    "TX08" "row-could-not-be-split" Info, Observations(observe),
    "En tabell som står på en enda rad i ett textdokument kunde inte förstås på alla rader.

En avskrift tappar cellernas gränser: mellanslag skiljer både belopp och tusental, och tomma celler lämnar inga spår. Belopp på en rad som har färre belopp än tabellen har kolumner placeras så att summorna stämmer i flest kolumner, med radens belopp bredvid varandra så långt det går. Där flera sätt är lika bra lämnas cellerna utanför alla kontroller. En summa som har valt beloppens platser är ett svagt bevis för dem.

Gör så här: granska originaldokumentet, eller ett kalkylblad med tabellen, där cellerna finns."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for statement in &book.statements {
        let laid = book.grids[statement.table.grid as usize].line.is_some();
        observed.tested +=
            statement.lines().iter().filter(|line| laid && line.role != crate::table::Role::Heading).count();
    }
    for (grid, remark) in &book.remarks {
        let label = |row: u32| {
            let cell = book.cell(At { grid: *grid, row, col: 0 });
            cell.and_then(|cell| cell.text()).map_or("–", |text| text.trim_start_matches("- ")).to_string()
        };
        let (rows, message) = told(remark, label);
        let mut finding = Finding::new(RULE.code, Severity::Info, message);
        finding.cells = rows.into_iter().map(|row| (At { grid: *grid, row, col: 0 }, Role::Label)).collect();
        observed.findings.push(finding);
    }
    observed
}

/// The rows that a remark is about, and what it says.
fn told(remark: &Remark, label: impl Fn(u32) -> String) -> (Vec<u32>, Text) {
    let list = |rows: &[u32]| rows.iter().map(|row| label(*row)).collect::<Vec<_>>().join("; ");
    match remark {
        Remark::Undecided { rows } => (
            rows.clone(),
            Text::new(
                format!("Summorna avgör inte i vilka kolumner beloppen står: {}.", list(rows)),
                format!("The totals do not decide in which columns the figures stand: {}.", list(rows)),
            ),
        ),
        Remark::Placed { rows } if rows.len() == 1 => (
            rows.clone(),
            Text::new(
                "En rad har färre belopp än tabellen har kolumner; summorna avgör var de står.",
                "One row has fewer figures than columns; the totals decide where they stand.",
            ),
        ),
        Remark::Placed { rows } => (
            rows.clone(),
            Text::new(
                format!("{} rader har färre belopp än tabellen har kolumner; summorna avgör var de står.", rows.len()),
                format!("{} rows have fewer figures than columns; the totals decide where they stand.", rows.len()),
            ),
        ),
        Remark::LeftOut { row, figure } => (
            vec![*row],
            Text::new(
                format!("{}: {figure} ingår inte i någon summa, i vilken kolumn det än står.", label(*row)),
                format!("{}: {figure} is in no total, whichever column it stands in.", label(*row)),
            ),
        ),
        Remark::Surplus { row, figures } => (
            vec![*row],
            Text::new(
                format!("{}: raden har fler belopp än kolumner; {figures} är utan kolumn.", label(*row)),
                format!("{}: the row has more figures than columns; {figures} is left without one.", label(*row)),
            ),
        ),
        Remark::Headings { words, columns } => (
            vec![1],
            Text::new(
                format!("{words} rubriker för {columns} kolumner; det går inte att se vilka de hör till."),
                format!("{words} headings for {columns} columns; which belong to which cannot be told."),
            ),
        ),
    }
}
