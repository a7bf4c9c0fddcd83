use super::splitting::{told, unknown};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Severity};
use crate::grid::At;

rule! {
    /// A table whose cells run together in a text document could not be understood in all of its rows.
    ///
    /// A transcript loses the borders of cells, row by row or with the whole table on one line: spaces part figures and thousands alike, and blank cells leave no trace. The figures of a row
    /// that has fewer of them than there are columns are placed so that the totals come out in the most columns, with the figures of a row
    /// side by side as far as can be. Where more than one way is as good, the cells are left out of every check. A total that chose the places
    /// of its figures is weak evidence for them.
    ///
    /// What to do: check the original document, or a spreadsheet of the table, where the cells are.
    "TX08" "row-could-not-be-split" Info, Observations(observe),
    "En tabell vars celler har flutit ihop i ett textdokument kunde inte förstås på alla rader.

En avskrift tappar cellernas gränser, rad för rad eller med hela tabellen på en enda rad: mellanslag skiljer både belopp och tusental, och tomma celler lämnar inga spår. Belopp på en rad som har färre belopp än tabellen har kolumner placeras så att summorna stämmer i flest kolumner, med radens belopp bredvid varandra så långt det går. Där flera sätt är lika bra lämnas cellerna utanför alla kontroller. En summa som har valt beloppens platser är ett svagt bevis för dem.

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
        for row in rows {
            finding.cells.push((At { grid: *grid, row, col: 0 }, Role::Label));
            finding.cells.extend(unknown(book, *grid, row).map(|at| (at, Role::Term)));
        }
        observed.findings.push(finding);
    }
    observed
}
