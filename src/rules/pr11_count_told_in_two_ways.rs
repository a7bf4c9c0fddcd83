use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Consequence, Finding, Role, Slip, Text};
use crate::prose::{self, Claim, Differ, Version};

rule! {
    /// Two places of the text say almost the same words, but not the same figure.
    ///
    /// *51 % kvinnor* in one chapter and *52 % kvinnor* in another, 27 participants of an insats and 26, or 77 participants and 77 visits:
    /// a text was copied and only one of its versions was corrected. Sentences are compared where both are about the same insats, or stand
    /// in sections most of whose figures agree; a word that tells them apart (*nya*, *vid årets slut*, a name) makes them two things.
    /// Counts are no accounts, so the rule runs only when it is asked for (`--counts`).
    ///
    /// What to do: look in the source of the counts, and let all places say the same.
    "PR11" "count-told-in-two-ways" Info, Observations(observe),
    "Två ställen i texten säger nästan ordagrant samma sak, men inte samma tal.

*51 % kvinnor* i ett kapitel och *52 % kvinnor* i ett annat, 27 deltagare i en insats och 26, eller 77 deltagare och 77 besök: en text har kopierats och bara den ena versionen har rättats. Meningar jämförs om båda handlar om samma insats eller står i avsnitt där de flesta tal stämmer överens; ett ord som skiljer dem åt (*nya*, *vid årets slut*, ett namn) gör dem till två saker. Antal är ingen redovisning, så regeln körs bara om man ber om den (`--counts`).

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
    let (one, other) = sides(version);
    let about = one.about.as_ref();
    let (om, of) = (
        about.map_or(String::new(), |name| format!(" om {name}")),
        about.map_or(String::new(), |name| format!(" of {name}")),
    );
    let (first, second) = (&one.quote, &other.quote);
    let (swedish, english) = match version.differ {
        Differ::Counted => (": samma tal räknar olika saker.", ": the same figure counts different things."),
        _ => (", i nästan samma ord.", ", in almost the same words."),
    };
    let message = Text::new(
        format!("Texten säger {first}{om} på ett ställe men {second} på ett annat{swedish}"),
        format!("The text says {first}{of} in one place but {second} in another{english}"),
    );
    let mut finding = Finding::new(RULE.code, RULE.severity, message);
    let said = |claim: &Claim| version.places.iter().filter(|place| place.value == claim.value).count();
    if version.differ == Differ::Figure {
        finding.stated = Some(one.value);
        // Where more places say the one, the other is alone.
        if said(other) > said(one) {
            (finding.expected, finding.suspect) = (Some(other.value), Some(one.at));
        }
    }
    finding.cells = vec![(one.at, Role::Tie), (other.at, Role::Tie)];
    let rest = version.places.iter().map(|claim| (claim.at, Role::Tie));
    let rest: Vec<_> = rest.filter(|cell| !finding.cells.contains(cell)).collect();
    finding.cells.extend(rest);
    let cause = Text::new("Texten finns i två versioner.", "There are two versions of the text.");
    finding.causes.push(Cause { slip: Slip::StaleValue, text: cause, edits: Vec::new() });
    finding
}

/// Two places that differ: the one that fewer others repeat, and one of the others.
fn sides(version: &Version) -> (&Claim, &Claim) {
    let first = &version.places[0];
    let same = |claim: &&Claim| (claim.value, claim.counted) == (first.value, first.counted);
    let Some(other) = version.places.iter().find(|claim| !same(claim)) else { return (first, first) };
    let alike = version.places.iter().filter(same).count();
    if 2 * alike > version.places.len() { (other, first) } else { (first, other) }
}
