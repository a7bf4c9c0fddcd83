use std::collections::BTreeMap;

use super::{Observed, rule};
use crate::book::{Book, Spot};
use crate::finding::{Cause, Finding, Role, Slip, Text};
use crate::prose::{self, Span};

rule! {
    /// An insats has money in a year in which, by the text, it does not go on.
    ///
    /// The time of the insats (*Projekttid 2020-01-01 t.o.m. 2021-12-31*) is read under the heading with its name; where several are
    /// told, all of them count. A row is easily copied across the years of a plan past the end of the project.
    ///
    /// What to do: take the amount out, or tell in the text that the insats goes on. Costs of finishing a project may come a year late.
    "PR06" "activity-outside-its-period" Info, Observations(observe),
    "En insats har medel ett år då den enligt texten inte pågår.

Insatsens tid (*Projekttid 2020-01-01 t.o.m. 2021-12-31*) läses under rubriken med dess namn; om flera tider anges räknas alla. En rad kopieras lätt över planens alla år, förbi projektets slut.

Gör så här: ta bort beloppet, eller skriv i texten att insatsen fortsätter. Kostnader för att avsluta ett projekt kan komma ett år senare."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let mut spans: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
    for span in prose::spans(book) {
        spans.entry((span.statement, span.line)).or_default().push(span);
    }
    for ((statement, line), spans) in spans {
        let table = &book.statements[statement].table;
        let years = table.columns.iter().filter_map(|column| column.period).map(|period| period.year);
        // A time that ended before the table begins is history.
        let Some((first, last)) = years.clone().min().zip(years.max()) else { continue };
        let meets = |span: &&Span| span.to.year >= first && span.from.year <= last;
        if !spans.iter().any(|span| meets(&span)) {
            observed.untestable += 1;
            continue;
        }
        observed.tested += 1;
        let (from, to) = (spans.iter().map(|span| span.from).min(), spans.iter().map(|span| span.to).max());
        let (Some(from), Some(to)) = (from, to) else { continue };
        let outside = |spot: &Spot| {
            let year = table.columns[spot.column].period.map(|period| period.year);
            let money = book.interval(*spot).is_some_and(|amount| !amount.middle.is_zero());
            money && year.is_some_and(|year| year < from.year || year > to.year)
        };
        let spots = table.amount_columns().map(|(column, _)| Spot { statement, line, column });
        let outside: Vec<Spot> = spots.filter(outside).collect();
        if let Some(first) = outside.first() {
            let (label, year) = (book.label(*first), table.columns[first.column].period);
            let year = year.map_or(String::new(), |period| period.to_string());
            let message = Text::new(
                format!("{label} har medel {year}, men pågår enligt texten {from} till {to}."),
                format!("{label} has money in {year}, but goes on from {from} to {to} by the text."),
            );
            let mut finding = Finding::new(RULE.code, RULE.severity, message);
            finding.period = table.columns[first.column].period;
            finding.unit = Some(book.statements[statement].unit);
            finding.stated = table.amount(line, first.column).map(|amount| amount.value);
            finding.cells = outside.iter().map(|spot| (book.at(*spot), Role::Term)).collect();
            finding.cells.extend(spans.iter().map(|span| (span.at, Role::Tie)));
            let cause = Text::new("Raden är kopierad förbi slutet.", "The row is copied past the end.");
            finding.causes.push(Cause { slip: Slip::Copied, text: cause, edits: Vec::new() });
            observed.findings.push(finding);
        }
    }
    observed
}
