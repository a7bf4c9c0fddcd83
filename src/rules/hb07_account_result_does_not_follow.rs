use super::ledgers::{Fault, explained_by, shown, tell, year_name};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::Text;

rule! {
    /// The result of an account is not the sum of the year's vouchers on it.
    ///
    /// Accounts of the income statement begin each year at zero, so what they hold is what the vouchers say. Where it is not so, a voucher
    /// is missing from the file or stands in it twice.
    ///
    /// What to do: look for vouchers of the difference on the account, also among those of other years, and export the file again.
    "HB07" "account-result-does-not-follow" Error, Observations(observe),
    "Ett kontos resultat är inte summan av årets verifikationer på kontot.

Resultatkonton börjar varje år på noll, så det de innehåller är vad verifikationerna säger. Där det inte är så saknas en verifikation i filen eller står där två gånger.

Gör så här: sök verifikationer på skillnaden på kontot, även bland andra års, och exportera filen igen."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        for year in &ledger.years {
            let Some(followed) = ledger.by_vouchers(year) else {
                observed.untestable += 1;
                continue;
            };
            // What follows from a voucher that does not balance is told with it.
            let (explained, own): (Vec<_>, Vec<_>) =
                followed.results.iter().partition(|found| !found.holds() && explained_by(ledger, found).is_some());
            observed.untestable += explained.len();
            observed.tested += own.len();
            let broken = own.into_iter().filter(|found: &&crate::ledger::Expected| !found.holds());
            let faults = broken.map(|found| {
                let (number, expected) = (&found.account.number, shown(found.expected));
                let (stated, off) = (shown(found.stated()), shown(found.stated() - found.expected));
                let message = Text::new(
                    format!(
                        "Konto {number}: verifikationerna ger {expected}, men resultatet är {stated} (skillnad {off})."
                    ),
                    format!(
                        "Account {number}: the vouchers make {expected}, but the result is {stated} (difference {off})."
                    ),
                );
                Fault::of(found, message)
            });
            let faults: Vec<Fault> = faults.collect();
            let (count, year) = (faults.len(), year_name(year));
            tell(&mut observed, &RULE, ledger, faults, count, |count| {
                Text::new(
                    format!("{count} kontons resultat {year} följer inte av verifikationerna."),
                    format!("The results of {count} accounts in {year} do not follow from the vouchers."),
                )
            });
        }
    }
    observed
}
