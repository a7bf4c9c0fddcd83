use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// Rows of vouchers were struck or added after they were entered.
    ///
    /// A voucher that is corrected in place keeps its struck rows and tells the added ones. That is allowed, and worth
    /// a look: it is where figures changed after the fact.
    ///
    /// Not to mend: the rows count as they should, what is struck not at all and what is added once.
    "HB11" "rows-corrected" Info, Observations(observe),
    "Rader i verifikationer har strukits eller lagts till i efterhand.

En verifikation som rättas behåller sina strukna rader och anger de tillagda. Det är tillåtet och värt en blick: där har siffror ändrats i efterhand.

Ska inte rättas: raderna räknas som de ska, det strukna inte alls och det tillagda en gång."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let journal = &ledger.journal;
        observed.tested += usize::from(ledger.has_vouchers());
        let (added, struck) = (journal.added, journal.struck);
        if added + struck == 0 {
            continue;
        }
        let message = Text::new(
            format!("{struck} strukna och {added} tillagda rader i verifikationerna."),
            format!("{struck} struck and {added} added rows in the vouchers."),
        );
        let cells = journal.corrected.iter().map(|place| (*place, Role::Term)).collect();
        tell(&mut observed, &RULE, ledger, vec![Fault::new(message.clone(), cells)], 1, |_| message.clone());
    }
    observed
}
