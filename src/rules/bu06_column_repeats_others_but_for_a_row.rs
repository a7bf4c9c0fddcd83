use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::statement::{Kind, Statement};

rule! {
    /// Every figure of a column stands in the same row of another column, but for one row.
    ///
    /// A column that was put together from others and then changed in one place, or that was not updated with them.
    ///
    /// What to do: see which of the figures was meant.
    "BU06" "column-repeats-others-but-for-a-row" Info, Observations(observe),
    "Alla belopp i en kolumn står på samma rad i en annan kolumn, utom på en rad.

Kolumnen är sammanställd ur andra och sedan ändrad på ett ställe, eller så har den inte uppdaterats med dem.

Gör så här: se vilket av beloppen som menades."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for (_, statement) in book.of_kind(Kind::Budget) {
        for (column, about) in statement.table.amount_columns() {
            // Only a column of another body than its neighbours repeats them; one year may well repeat another.
            if about.entity.is_none() {
                continue;
            }
            observed.tested += 1;
            let Some(line) = odd_row(statement, column) else { continue };
            let (label, header) = (&statement.lines()[line].label, about.header.trim());
            let message = Text::new(
                format!("{label}: kolumnen \"{header}\" upprepar andra kolumner på alla rader utom denna."),
                format!("{label}: the column \"{header}\" repeats other columns on every row but this."),
            );
            let mut finding = Finding::new(RULE.code, RULE.severity, message);
            finding.suspect = Some(statement.table.at(line, column));
            finding.period = about.period;
            finding.cells = vec![(statement.table.at(line, column), Role::Term)];
            let others = statement.table.amount_columns().filter(|(other, _)| *other != column);
            let there = others.filter(|(other, _)| statement.amount(line, *other).is_some());
            finding.cells.extend(there.map(|(other, _)| (statement.table.at(line, other), Role::Tie)));
            observed.findings.push(finding);
        }
    }
    observed
}

/// The only line of a column whose figure stands in no other column of that line, among many that do.
fn odd_row(statement: &Statement, column: usize) -> Option<usize> {
    let lines = (0..statement.lines().len()).filter(|&line| !statement.lines()[line].role.adds());
    let figures: Vec<usize> =
        lines.filter(|&line| statement.amount(line, column).is_some_and(|a| !a.value.is_zero())).collect();
    let repeated = |line: &usize| {
        let own = statement.amount(*line, column).map(|amount| amount.value);
        statement
            .table
            .amount_columns()
            .any(|(other, _)| other != column && statement.amount(*line, other).map(|amount| amount.value) == own)
    };
    let odd: Vec<usize> = figures.iter().copied().filter(|line| !repeated(line)).collect();
    (figures.len() >= 6 && odd.len() == 1).then(|| odd[0])
}
