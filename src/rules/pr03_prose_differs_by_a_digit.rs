use super::texts::{self, Why};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Slip, Text};
use crate::prose::{Tie, Tied, Verdict};

rule! {
    /// The running text has the table's amount but for a slip of one digit.
    ///
    /// One digit is another, two neighbours have changed places, or one is too many or too few: a slip of the hand when the amount was copied.
    ///
    /// What to do: copy the amount anew. Where the table does not add up with its own figure, the slip may be there.
    "PR03" "prose-differs-by-a-digit" Warning, Texts(observe),
    "Den löpande texten har tabellens belopp sånär som på en siffra.

En siffra är en annan, två grannar har bytt plats, eller en siffra är för mycket eller saknas: ett skrivfel när beloppet fördes över.

Gör så här: för över beloppet på nytt. Om tabellen inte går ihop med sin egen siffra kan felet finnas där."
}

fn observe(book: &Book, tied: &Tied) -> Observed {
    let ties = &tied.ties;
    let slipped = ties.iter().filter(|tie| matches!(tie.verdict, Verdict::Digit(_)));
    let findings = slipped.map(|tie| texts::finding(book, RULE.code, RULE.severity, tie, why(tie))).collect();
    let tested = ties.iter().filter(|tie| !tie.spots.is_empty()).count();
    Observed { findings, tested, ..Observed::default() }
}

fn why(tie: &Tie) -> Option<Why> {
    let Verdict::Digit(slip) = tie.verdict else { return None };
    let text = match slip {
        Slip::DigitsTransposed => Text::new("Två siffror har bytt plats.", "Two digits have changed places."),
        Slip::DigitAdded => Text::new("En siffra är för mycket.", "A digit is too many."),
        Slip::DigitOmitted => Text::new("En siffra saknas.", "A digit is missing."),
        _ => Text::new("En siffra är en annan.", "A digit is another one."),
    };
    Some(Why::new(slip, text))
}
