use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// Two vouchers of a series have the same number.
    ///
    /// The number is what ties an entry to its document. A number that is used twice is most often a voucher that was
    /// exported twice, and then its amounts count twice.
    ///
    /// What to do: compare the two vouchers. If they are the same, leave one out; else give one of them a number of its own.
    "HB03" "voucher-number-used-twice" Warning, Observations(observe),
    "Två verifikationer i en serie har samma nummer.

Numret knyter posten till sitt underlag. Ett nummer som används två gånger är oftast en verifikation som exporterats två gånger, och då räknas beloppen dubbelt.

Gör så här: jämför de två verifikationerna. Är de lika, ta bort den ena; annars ge den ena ett eget nummer."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        for series in &ledger.journal.series {
            let numbered = series.vouchers - series.unnumbered;
            observed.tested += numbered as usize;
            observed.untestable += usize::from(numbered == 0);
            let name = &series.name;
            let faults = series.repeated_first.iter().map(|(number, place)| {
                let message = Text::new(
                    format!("Numret {number} i serie {name} används igen."),
                    format!("The number {number} of series {name} is used again."),
                );
                Fault::new(message, vec![(*place, Role::Label)])
            });
            let count = series.repeated as usize;
            tell(&mut observed, &RULE, ledger, faults.collect(), count, |count| {
                Text::new(
                    format!("{count} nummer i serie {name} används igen."),
                    format!("{count} numbers of series {name} are used again."),
                )
            });
        }
    }
    observed
}
