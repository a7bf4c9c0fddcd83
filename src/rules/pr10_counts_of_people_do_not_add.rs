use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Consequence, Finding, Role, Text};
use crate::money::Money;
use crate::prose;

rule! {
    /// Counts of persons in the running text do not add up.
    ///
    /// *29 kvinnor och 35 män, totalt 74 deltagare*; or those who ended and those who go on are not all that there were. Counts are no
    /// accounts, and a person may be counted twice for good reasons, so the rule runs only when it is asked for (`--counts`).
    ///
    /// What to do: look in the source of the counts, and correct the text in all places where it is repeated.
    "PR10" "counts-of-people-do-not-add" Info, Observations(observe),
    "Antal personer i den löpande texten går inte ihop.

*29 kvinnor och 35 män, totalt 74 deltagare*; eller så är de avslutade och de pågående inte alla. Antal är ingen redovisning, och en person kan räknas två gånger av goda skäl, så regeln körs bara om man ber om den (`--counts`).

Gör så här: se efter i källan till antalen och rätta texten överallt där den upprepas."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for count in prose::counts(book) {
        observed.tested += 1;
        if count.sum() == count.stated {
            continue;
        }
        let (stated, (one, other), sum) = (count.stated, count.parts, count.sum());
        let message = Text::new(
            format!("Texten säger {stated}, men {one} + {other} är {sum}."),
            format!("The text says {stated}, but {one} + {other} is {sum}."),
        );
        let mut finding = Finding::new(RULE.code, RULE.severity, message);
        finding.stated = Some(Money::from(stated));
        finding.expected = Some(Money::from(sum));
        finding.cells = vec![(count.at, Role::Tie)];
        // A text that stands in several places says its fault in each.
        match observed.findings.iter_mut().find(|earlier| earlier.message == finding.message) {
            Some(earlier) => {
                earlier.consequences.push(Consequence {
                    rule: RULE.code,
                    message: finding.message,
                    cells: finding.cells,
                });
            }
            None => observed.findings.push(finding),
        }
    }
    observed
}
