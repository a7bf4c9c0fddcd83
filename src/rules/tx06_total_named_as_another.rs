use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Finding, Role, Slip, Text};
use crate::statement::Kind;
use crate::words::{self, Concept};

rule! {
    /// A total of income is called by the name of a line of the balance sheet.
    ///
    /// *Summa tillgångar* over contributions tells the reader that they are assets.
    ///
    /// What to do: call it *Summa intäkter*.
    "TX06" "total-named-as-another" Warning, Observations(observe),
    "En summa av intäkter har namn efter en rad i balansräkningen.

*Summa tillgångar* under bidrag säger läsaren att de är tillgångar.

Gör så här: kalla raden *Summa intäkter*."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for (_, statement) in book.of_kind(Kind::Budget) {
        for line in statement.lines().iter().filter(|line| line.role.adds()) {
            observed.tested += 1;
            let there = words::concept(&line.label, Kind::BalanceSheet.code()).map(|found| found.concept);
            if !matches!(there, Some(Concept::TotalAssets | Concept::Assets | Concept::TotalEquityAndLiabilities)) {
                continue;
            }
            let message = Text::new(
                format!("{}: raden är en summa i en budget men heter som en rad i balansräkningen.", line.label),
                format!("{}: the row is a total of a budget but is named as a line of the balance sheet.", line.label),
            );
            let mut finding = Finding::new(RULE.code, RULE.severity, message.clone());
            finding.suspect = Some(line.at);
            finding.cells = vec![(line.at, Role::Label)];
            finding.causes.push(Cause { slip: Slip::WrongRow, text: message, edits: Vec::new() });
            observed.findings.push(finding);
        }
    }
    observed
}
