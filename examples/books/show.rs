//! One book as text, for people.

use avstam::book::Book;
use avstam::finding::Language;
use avstam::grid::{At, Grid, Value, a1};
use avstam::relation::Outcome;

use crate::book::generate;
use crate::causes;
use crate::measure::{alarms, missed};
use crate::slips;
use crate::way::Way;

pub fn show(seed: u64, slip: Option<u64>) {
    let mut generated = generate(seed);
    if let Some(slip) = slip.and_then(|number| causes::slip_of(seed, number)) {
        generated.grids = slips::apply(&generated.grids, &slip);
        println!("{slip:?}");
    }
    for grid in &generated.grids {
        println!("\n=== {:?} {:?}", grid.sheet, grid.source);
        sheet(grid);
    }
    println!("\n{:?}", generated.style);
    let (book, report) = Way::default().check("", generated.grids.clone());
    for statement in &book.statements {
        println!(
            "\n## {:?} {:?} {} {}",
            statement.kind,
            statement.note,
            statement.unit.code(),
            statement.table.area.a1()
        );
        for column in statement.columns() {
            println!(
                "   {:?} {:?} {:?} {:?}",
                column.header,
                column.period.map(|p| p.to_string()),
                column.measure,
                column.entity
            );
        }
        for (i, line) in statement.lines().iter().enumerate() {
            let sum = statement
                .sum_of(i)
                .map(|sum| format!("= {:?} left {:?} {}/{}", sum.terms, sum.left_out, sum.held, sum.tested));
            let concept = line.concept.map_or("", |found| found.concept.code());
            println!("   {i:2} {:9} {:45.45} {concept:22} {}", line.role.code(), line.label, sum.unwrap_or_default());
        }
    }
    for alarm in alarms(&report) {
        println!("ALARM {alarm:?}");
    }
    for check in report.checks.iter().filter(|check| check.broke()) {
        let relation = &check.relation;
        let Outcome::Broke { expected } = check.outcome else { continue };
        let terms: Vec<String> =
            relation.terms.iter().map(|t| format!("{}·{}", t.coefficient, name(&book, t.at))).collect();
        let result = name(&book, relation.result.at);
        let stated = relation.result.figure.map(|figure| figure.middle);
        println!("BROKE {} {result} {stated:?} expected {expected} of {}", relation.rule, terms.join(" "));
    }
    for finding in &report.findings {
        println!("FOUND {} {:?} {}", finding.rule, finding.severity, finding.message.get(Language::Swedish));
        finding.causes.iter().for_each(|cause| println!("    {}", cause.text.get(Language::Swedish)));
    }
    for expected in missed(&generated.expected, &report) {
        println!("MISSED {} {} {}", expected.rule, expected.key, name(&book, expected.at));
    }
}

fn name(book: &Book, at: At) -> String {
    format!("{}!{}", book.grids[at.grid as usize].sheet, a1(at.row, at.col))
}

fn sheet(grid: &Grid) {
    let Some((last_row, last_col)) = grid.last() else { return };
    for row in 0..=last_row {
        let fields = (0..=last_col).map(|col| match grid.get(row, col).map(|cell| &cell.value) {
            Some(Value::Number(amount)) => amount.value.to_string(),
            Some(Value::Text(text)) => text.to_string(),
            Some(Value::Date(date)) => format!("{date}!"),
            _ => String::new(),
        });
        println!("{:3}\t{}", row + 1, fields.collect::<Vec<_>>().join("\t"));
    }
}
