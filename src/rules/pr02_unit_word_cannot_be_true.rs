use super::texts::{self, Why};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Finding, Role, Slip, Text};
use crate::money::Unit;
use crate::prose::{Tie, Tied, Verdict};

rule! {
    /// The running text names a unit that its amount cannot have.
    ///
    /// *6 132 miljoner kronor* for 6 132 tkr: the digits are those of the table, the unit is not. Without a table it is reported only where
    /// the förbund's own money would be more than the whole country spends on finansiell samordning.
    ///
    /// What to do: correct the unit word.
    "PR02" "unit-word-cannot-be-true" Warning, Texts(observe),
    "Den löpande texten anger en enhet som beloppet inte kan ha.

*6 132 miljoner kronor* för 6 132 tkr: siffrorna är tabellens, men inte enheten. Utan tabell rapporteras det bara om förbundets egna medel skulle vara mer än vad hela landet lägger på finansiell samordning.

Gör så här: rätta enheten."
}

fn observe(book: &Book, tied: &Tied) -> Observed {
    let ties = &tied.ties;
    let wrong = |tie: &Tie| match tie.verdict {
        Verdict::Unit(_) => Some(texts::finding(book, RULE.code, RULE.severity, tie, why(tie))),
        Verdict::Impossible => Some(impossible(tie)),
        _ => None,
    };
    Observed { findings: ties.iter().filter_map(wrong).collect(), tested: ties.len(), ..Observed::default() }
}

fn why(tie: &Tie) -> Option<Why> {
    let Verdict::Unit(unit) = tie.verdict else { return None };
    let (swedish, english) = texts::unit_name(unit);
    let text = Text::new(format!("Beloppet är i {swedish}."), format!("The amount is in {english}."));
    Some(Why::new(Slip::UnitMislabelled, text))
}

/// No table tells the amount, but no förbund has so much.
fn impossible(tie: &Tie) -> Finding {
    let quote = &tie.quote;
    let message = Text::new(
        format!("Texten säger {quote} om förbundets egna medel; så mycket har inget förbund."),
        format!("The text says {quote} of the förbund's own money; no förbund has so much."),
    );
    let mut finding = Finding::new(RULE.code, RULE.severity, message);
    finding.unit = Some(tie.unit);
    finding.stated = Some(tie.stated);
    finding.suspect = Some(tie.at);
    finding.cells = vec![(tie.at, Role::Tie)];
    let text = match tie.unit {
        Unit::Millions => Text::new("Beloppet är troligen i tusental kronor.", "The amount is likely in thousands."),
        _ => Text::new("Beloppet är troligen i kronor.", "The amount is likely in kronor."),
    };
    finding.causes.push(Cause { slip: Slip::UnitMislabelled, text, edits: Vec::new() });
    finding
}
