use super::ledgers::{Fault, explained_by, opened_otherwise, shown, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::Text;
use crate::ledger::Expected;
use crate::money::Money;

rule! {
    /// An account's closing balance is not its opening balance and the year's vouchers.
    ///
    /// Opening balance + vouchers = closing balance, for every account of the balance sheet. Where it is not so, a voucher is missing from
    /// the file or stands in it twice, or a balance was changed without a voucher.
    ///
    /// What to do: look for vouchers of the difference on the account, also among those of other years, and export the file again.
    ///
    /// A file without vouchers, or with a choice of them made to be imported, is not judged.
    "HB06" "closing-balance-does-not-follow" Error, Observations(observe),
    "Ett kontos utgående balans är inte ingående balans plus årets verifikationer.

Ingående balans + verifikationer = utgående balans, för varje balanskonto. Där det inte är så saknas en verifikation i filen eller står där två gånger, eller så har ett saldo ändrats utan verifikation.

Gör så här: sök verifikationer på skillnaden på kontot, även bland andra års, och exportera filen igen.

En fil utan verifikationer, eller med ett urval av dem för inläsning, bedöms inte."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        for year in &ledger.years {
            let Some(followed) = ledger.by_vouchers(year) else {
                observed.untestable += 1;
                continue;
            };
            // What follows from a voucher that does not balance, or from an opening balance that differs, is told with
            // it.
            let opened = |found: &Expected| {
                let off = opened_otherwise(ledger, year, &found.account.number);
                off == Some(found.expected - found.stated())
            };
            let (explained, own): (Vec<_>, Vec<_>) = followed
                .closings
                .iter()
                .partition(|found| !found.holds() && (explained_by(ledger, found).is_some() || opened(found)));
            observed.untestable += explained.len();
            observed.tested += own.len();
            let broken = own.into_iter().filter(|found: &&Expected| !found.holds());
            let faults = broken.map(|found| {
                let number = &found.account.number;
                let opening = found.opening.map_or(Money::ZERO, |figure| figure.value);
                let moved = shown(found.expected - opening);
                let (opening, expected) = (shown(opening), shown(found.expected));
                let (stated, off) = (shown(found.stated()), shown(found.stated() - found.expected));
                let message = Text::new(
                    format!("Konto {number}: ingående {opening} och verifikationer {moved} ger {expected}, men utgående balans är {stated} (skillnad {off})."),
                    format!("Account {number}: opening {opening} and vouchers {moved} make {expected}, but the closing balance is {stated} (difference {off})."),
                );
                Fault::of(found, message)
            });
            let faults: Vec<Fault> = faults.collect();
            let (count, year) = (faults.len(), year_name(year));
            tell(&mut observed, &RULE, ledger, faults, count, |count| {
                Text::new(
                    format!("{count} kontons utgående balans {year} följer inte av verifikationerna."),
                    format!("The closing balances of {count} accounts in {year} do not follow from the vouchers."),
                )
            });
        }
    }
    observed
}
