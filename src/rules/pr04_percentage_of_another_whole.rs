use super::{Observed, rule};
use crate::book::{Book, Spot};
use crate::finding::{Consequence, Finding, Role, Text};
use crate::money::{Money, Swedish};
use crate::prose::{self, Share};

rule! {
    /// The running text gives a share of one thing, but the table has that share of another.
    ///
    /// *Minst 66 % av årets nyttjade medel ska gå till insatser för målgruppen*: 66 % is the table's share of all insatser, while of all
    /// costs it is 57 %. It is reported only where the table prints that very percentage, so that the text can have it from nowhere else.
    ///
    /// What to do: name the whole that the percentage is of, or compute it of the whole that is named.
    "PR04" "percentage-of-another-whole" Warning, Observations(observe),
    "Den löpande texten anger en andel av något, men tabellen har den andelen av något annat.

*Minst 66 % av årets nyttjade medel ska gå till insatser för målgruppen*: 66 % är tabellens andel av alla insatser, medan andelen av alla kostnader är 57 %. Det rapporteras bara om tabellen visar just den procentsatsen, så att texten inte kan ha den någon annanstans ifrån.

Gör så här: skriv vad procentsatsen är en andel av, eller räkna om den på det som nämns."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for share in prose::shares(book) {
        match (share.agrees(book), share.repeats, share.real(book)) {
            (true, ..) => observed.tested += 1,
            (false, Some(repeats), Some(real)) => {
                observed.tested += 1;
                let found = finding(book, &share, repeats, real.round(1).normalize());
                // One confusion of wholes, wherever the text repeats it.
                match observed.findings.first_mut() {
                    Some(first) => {
                        let consequence = Consequence { rule: RULE.code, message: found.message, cells: found.cells };
                        first.consequences.push(consequence);
                    }
                    None => observed.findings.push(found),
                }
            }
            // A goal is not what is, and another whole may be meant.
            _ => observed.untestable += 1,
        }
    }
    observed
}

fn finding(book: &Book, share: &Share, (repeats, rest): (Spot, bool), real: Money) -> Finding {
    let labels = [share.part, share.whole, repeats].map(|spot| book.label(spot));
    let mut finding = Finding::new(RULE.code, RULE.severity, text(share.said, real, labels, rest));
    finding.stated = Some(share.said);
    finding.expected = Some(real);
    finding.cells = vec![
        (share.at, Role::Tie),
        (book.at(repeats), Role::Tie),
        (book.at(share.part), Role::Term),
        (book.at(share.whole), Role::Term),
    ];
    finding
}

fn text(said: Money, real: Money, [part, whole, repeats]: [&str; 3], rest: bool) -> Text {
    let (said, real) = (Swedish(said), Swedish(real));
    let (of, belongs) = if rest { ("resten av raden", "is the rest of the row") } else { ("raden", "is the row") };
    Text::new(
        format!("Texten säger {said} %, men {part} är {real} % av {whole}; {said} % är {of} {repeats}."),
        format!("The text says {said} %, but {part} is {real} % of {whole}; {said} % {belongs} {repeats}."),
    )
}
