use super::texts::{self, Why};
use super::{Observed, rule};
use crate::book::{Book, Spot};
use crate::finding::{Severity, Slip, Text};
use crate::money::Swedish;
use crate::period::Measure;
use crate::prose::{Tie, Tied, Verdict};
use crate::words::same_activity;

rule! {
    /// The running text tells another amount than the table that it speaks of.
    ///
    /// A sentence is tied to a cell only where all its words up to the amount are understood: the line or the insats, the year, outcome or
    /// budget or variance. Amounts that tell of one thing together are tied by those of them that agree: of this year and the one before
    /// (`313 tkr (190 tkr)`), of outcome and budget, how far they are apart (`163 tkr bättre än budget`), and enumerations. `ca`, `drygt` and
    /// an amount in whole millions are taken for what they claim. An amount that is the table's amount
    /// rounded is only mentioned. Amounts that cannot be tied are counted and never reported.
    ///
    /// What to do: find out which of the two was changed last, and correct the other.
    "PR01" "prose-differs-from-table" Warning, Texts(observe),
    "Den löpande texten anger ett annat belopp än tabellen som den handlar om.

En mening knyts till en cell bara om alla ord fram till beloppet är förstådda: raden eller insatsen, året, utfall, budget eller avvikelse. Belopp som tillsammans berättar om en sak knyts av dem som stämmer: årets och förra årets (`313 tkr (190 tkr)`), utfall och budget, skillnaden mellan dem (`163 tkr bättre än budget`) och uppräkningar. `ca`, `drygt` och belopp i hela miljoner tas för vad de säger. Ett belopp som är tabellens belopp avrundat nämns bara. Belopp som inte kan knytas till en cell räknas men rapporteras aldrig.

Gör så här: ta reda på vilket av de två som ändrades sist och rätta det andra."
}

fn observe(book: &Book, tied: &Tied) -> Observed {
    let wanted = |verdict: &Verdict| match verdict {
        Verdict::Agrees | Verdict::Differs | Verdict::Sign => Some(RULE.severity),
        Verdict::Rounded => Some(Severity::Info),
        _ => None,
    };
    let mut observed = texts::observe(book, RULE.code, &tied.ties, wanted, |tie| why(book, tie));
    observed.untestable = tied.untied.len();
    observed
}

fn why(book: &Book, tie: &Tie) -> Option<Why> {
    match tie.verdict {
        Verdict::Rounded => {
            let text = Text::new("Det ena beloppet är det andra avrundat.", "The one amount is the other one rounded.");
            Some(Why::new(Slip::Rounded, text))
        }
        Verdict::Sign => {
            let text = Text::new(
                "Överskott och underskott är förväxlade.",
                "A surplus and a deficit have been taken for each other.",
            );
            Some(Why::new(Slip::SignFlipped, text))
        }
        _ => stale(book, tie),
    }
}

/// A variance that was computed from another table's outcome of the same insats.
fn stale(book: &Book, tie: &Tie) -> Option<Why> {
    let [spot] = tie.spots.as_slice() else { return None };
    let statement = &book.statements[spot.statement];
    let about = &statement.columns()[spot.column];
    if about.measure != Some(Measure::Variance) {
        return None;
    }
    let budget = statement.column(about.period?, Measure::Budget)?;
    let budget = book.interval(Spot { column: budget, ..*spot })?.middle;
    let stated = tie.interval.middle;
    let (label, period) = (book.label(*spot), about.period?);
    let other = book.statements.iter().enumerate().filter(|(i, s)| *i != spot.statement && s.copy_of.is_none());
    let (source, outcome) = other.into_iter().find_map(|(i, s)| {
        let column = s.column(period, Measure::Actual)?;
        let line = s.lines().iter().position(|line| same_activity(label, &line.label))?;
        let source = Spot { statement: i, line, column };
        let outcome = book.interval(source)?.middle;
        let computed = budget.abs() - outcome.abs();
        (computed.abs() == stated.abs()).then_some((source, outcome))
    })?;
    let (table, amount) = (book.statements[source.statement].name(), Swedish(outcome));
    let text = Text::new(
        format!("Avvikelsen är räknad på utfallet i {table}, {amount} kr."),
        format!("The variance is computed from the outcome in {table}, {amount} kr."),
    );
    Some(Why { source: Some(source), ..Why::new(Slip::StaleValue, text) })
}
