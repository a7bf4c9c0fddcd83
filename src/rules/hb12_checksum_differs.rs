use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// The file's check sum is not that of its records.
    ///
    /// The program that wrote the file sums its records up so that a change can be seen. Where the sum differs, something was changed or
    /// lost since; where it is missing at the end, the file is cut short.
    ///
    /// What to do: export the file again, and do not open it in an editor before it is used.
    "HB12" "checksum-differs" Error, Observations(observe),
    "Filens kontrollsumma är inte posternas.

Programmet som skrev filen summerar dess poster så att en ändring syns. Stämmer summan inte har något ändrats eller tappats sedan dess; saknas den i slutet är filen avhuggen.

Gör så här: exportera filen igen och öppna den inte i en redigerare innan den används."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let Some(checksum) = ledger.checksum else {
            observed.untestable += 1;
            continue;
        };
        observed.tested += 1;
        let computed = checksum.computed;
        let message = match checksum.stated {
            Some(stated) if stated == computed => continue,
            Some(stated) => Text::new(
                format!(
                    "Filens kontrollsumma är {stated}, men dess poster ger {computed}: filen har ändrats sedan den skrevs."
                ),
                format!(
                    "The file's check sum is {stated}, but its records make {computed}: it was changed since it was written."
                ),
            ),
            None => Text::new(
                "Filens kontrollsumma inleds men avslutas aldrig: filen är avhuggen.",
                "The file's check sum is opened and never closed: the file is cut short.",
            ),
        };
        let fault = Fault::new(message.clone(), vec![(checksum.place, Role::Total)]);
        tell(&mut observed, &RULE, ledger, vec![fault], 1, |_| message.clone());
    }
    observed
}
