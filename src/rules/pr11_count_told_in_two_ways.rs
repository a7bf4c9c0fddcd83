use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Consequence, Finding, Role, Slip, Text};
use crate::prose::{self, Claim, Differ, Version};

rule! {
    /// Two places of the text say almost the same words, but not the same figure.
    ///
    /// *51 % kvinnor* in one chapter and *52 % kvinnor* in another, 27 participants of an insats and 26, or 77 participants and 77 visits:
    /// a text was copied and only one of its versions was corrected. Sentences are compared where both are about the same insats, or stand
    /// in paragraphs most of whose figures agree; a word that tells them apart (*nya*, *vid årets slut*, a name) makes them two things.
    /// Counts are no accounts, so the rule runs only when it is asked for (`--counts`).
    ///
    /// What to do: look in the source of the counts, and let all places say the same.
    "PR11" "count-told-in-two-ways" Info, Observations(observe),
    "Två ställen i texten säger nästan ordagrant samma sak, men inte samma tal.

*51 % kvinnor* i ett kapitel och *52 % kvinnor* i ett annat, 27 deltagare i en insats och 26, eller 77 deltagare och 77 besök: en text har kopierats och bara den ena versionen har rättats. Meningar jämförs om båda handlar om samma insats eller står i stycken där de flesta tal stämmer överens; ett ord som skiljer dem åt (*nya*, *vid årets slut*, ett namn) gör dem till två saker. Antal är ingen redovisning, så regeln körs bara om man ber om den (`--counts`).

Gör så här: se efter i källan till antalen och låt alla ställen säga samma sak."
}

fn observe(book: &Book) -> Observed {
    let versions = prose::versions(book);
    let mut observed = Observed { tested: versions.len(), ..Observed::default() };
    for version in versions.iter().filter(|version| version.differ != Differ::Not) {
        let input = version.places[0].input;
        let found = finding(version);
        // A document that has two versions of its text has them for one reason.
        let same = |earlier: &&mut Finding| book.grids[earlier.cells[0].0.grid as usize].input == input;
        match observed.findings.iter_mut().find(same) {
            None => observed.findings.push(found),
            Some(earlier) => {
                earlier.consequences.push(Consequence { rule: RULE.code, message: found.message, cells: found.cells })
            }
        }
    }
    observed
}

fn finding(version: &Version) -> Finding {
    let first = &version.places[0];
    let differs = |claim: &&Claim| (claim.value, claim.counted) != (first.value, first.counted);
    let other = version.places.iter().find(differs).unwrap_or(first);
    let (one, two) = (&first.quote, &other.quote);
    let message = match version.differ {
        Differ::Counted => Text::new(
            format!("Texten säger {one} på ett ställe men {two} på ett annat: samma tal räknar olika saker."),
            format!("The text says {one} in one place but {two} in another: the same figure counts different things."),
        ),
        _ => Text::new(
            format!("Texten säger {one} på ett ställe men {two} på ett annat, i nästan samma ord."),
            format!("The text says {one} in one place but {two} in another, in almost the same words."),
        ),
    };
    let mut finding = Finding::new(RULE.code, RULE.severity, message);
    if version.differ == Differ::Figure {
        (finding.stated, finding.expected) = (Some(first.value), Some(other.value));
    }
    finding.cells = vec![(first.at, Role::Tie), (other.at, Role::Tie)];
    let rest = version.places.iter().map(|claim| (claim.at, Role::Tie));
    let rest: Vec<_> = rest.filter(|cell| !finding.cells.contains(cell)).collect();
    finding.cells.extend(rest);
    let cause = Text::new("Texten finns i två versioner.", "There are two versions of the text.");
    finding.causes.push(Cause { slip: Slip::StaleValue, text: cause, edits: Vec::new() });
    finding
}
