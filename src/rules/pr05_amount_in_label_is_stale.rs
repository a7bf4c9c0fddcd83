use super::{Observed, rule};
use crate::book::{Book, Spot};
use crate::finding::{Cause, Finding, Role, Slip, Text};
use crate::money::{Closeness, Interval, Money, Swedish};
use crate::prose::{self, Label};

rule! {
    /// A row's label carries an amount that the running text contradicts.
    ///
    /// An amount typed into a label (*Beräknat eget kapital från 2022 är …*) is never computed and is left behind when the table is copied
    /// to a new year. It is reported where the text tells another amount of the same thing, and the row's own figures do not have the
    /// label's either.
    ///
    /// What to do: take the amount out of the label, and let the row's figures tell it.
    "PR05" "amount-in-label-is-stale" Warning, Observations(observe),
    "En rads benämning bär på ett belopp som den löpande texten motsäger.

Ett belopp som är inskrivet i en benämning (*Beräknat eget kapital från 2022 är …*) räknas aldrig om och blir kvar när tabellen kopieras till ett nytt år. Det rapporteras om texten anger ett annat belopp för samma sak och inte heller radens egna belopp är benämningens.

Gör så här: ta bort beloppet ur benämningen och låt radens belopp säga det."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for label in prose::labels(book) {
        let agrees = |other: Interval| absolute(other).closeness(absolute(label.interval)) != Closeness::Off;
        let own = own_figures(book, &label).any(agrees);
        if label.said.is_empty() && !own {
            observed.untestable += 1;
            continue;
        }
        observed.tested += 1;
        if !own && !label.said.iter().any(|said| agrees(said.interval)) {
            observed.findings.push(finding(book, &label));
        }
    }
    observed
}

fn own_figures<'a>(book: &'a Book, label: &Label) -> impl Iterator<Item = Interval> + 'a {
    let (statement, line) = (label.statement, label.line);
    let columns = 0..book.statements[statement].columns().len();
    columns.filter_map(move |column| book.interval(Spot { statement, line, column }))
}

fn absolute(interval: Interval) -> Interval {
    Interval { middle: interval.middle.abs(), half: interval.half }
}

fn finding(book: &Book, label: &Label) -> Finding {
    let line = &book.statements[label.statement].lines()[label.line];
    let said = &label.said[0];
    let (text, quote, amount) = (&line.label, &said.quote, Swedish(label.stated));
    let message = Text::new(
        format!("Benämningen {text} säger {amount}, men texten säger {quote}."),
        format!("The label {text} says {amount}, but the text says {quote}."),
    );
    let mut finding = Finding::new(RULE.code, RULE.severity, message);
    let expected: Money = said.interval.middle.divide(label.unit.factor()).unwrap_or(said.interval.middle).normalize();
    finding.unit = Some(label.unit);
    finding.stated = Some(label.stated);
    finding.expected = Some(expected);
    finding.suspect = Some(line.at);
    finding.cells = vec![(line.at, Role::Label)];
    finding.cells.extend(label.said.iter().map(|said| (said.at, Role::Tie)));
    let cause = Text::new("Beloppet är från ett tidigare år.", "The amount is from an earlier year.");
    finding.causes.push(Cause { slip: Slip::StaleValue, text: cause, edits: Vec::new() });
    finding
}
